"""Agents rung in their browsers: what lets a browser in, and calls to it on the stand-in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import jwt
import pytest
from flask import Flask

from casework.domain.conversations import Mode
from casework.domain.handoffs import HandoffState
from casework.domain.staff import BROWSER
from casework.use_cases.update_staff import update_staff
from server.carriers import make_browser_phones
from server.demo_data import demo_staff, seed_staff
from server.settings import SettingsError, read_settings
from telephony.browser_phone_files import SCRIPT, SDK, create_browser_phone_files
from telephony.browser_phones import TwilioBrowserPhones, client_of, region_of
from telephony.simulator.browser_phones import SimulatedBrowserPhones
from tests.desk.agents import Agent
from tests.office import COUNCIL, TOP
from tests.telephony.conftest import CALLER
from tests.telephony.exchange import ALEX, Exchange, make_exchange
from tests.telephony.test_simulator import run_demo
from tests.twilio_stand_in.handset import BrowserPhone

ACCOUNT, KEY, SECRET = "AC" + "1" * 32, "SK" + "2" * 32, "s" * 32
NOON = 1_800_000_000.9


@pytest.fixture
def exchange() -> Iterator[Exchange]:
    yield from make_exchange()


def browser_of(exchange: Exchange, name: str, *, registers: bool = True) -> BrowserPhone:
    """An agent who has their browser ring; it does while it is registered."""
    exchange.employs(name, BROWSER)
    browser = BrowserPhone(client_of(name), exchange.rest.switchboard)
    if registers:
        browser.registers()
    return browser


def read(token: str) -> tuple[dict[str, Any], dict[str, Any]]:
    claims = jwt.decode(token, SECRET, algorithms=["HS256"], options={"verify_exp": False})
    return jwt.get_unverified_header(token), claims


def test_a_pass_lets_a_browser_be_rung_for_ten_minutes_and_nothing_else() -> None:
    phones = TwilioBrowserPhones(ACCOUNT, KEY, SECRET, clock=lambda: NOON)
    given = phones.give_pass("3f1c")
    header, claims = read(given.token)
    assert header == {"alg": "HS256", "typ": "JWT", "cty": "twilio-fpa;v=1"}
    assert claims.pop("jti").startswith(f"{KEY}-")
    assert claims == {
        "iss": KEY,
        "sub": ACCOUNT,
        "exp": 1_800_000_600,
        "grants": {
            "identity": client_of("3f1c").removeprefix("client:"),
            "voice": {"incoming": {"allow": True}},
        },
    }
    assert given.seconds == 600


@pytest.mark.parametrize("staff_id", ["3f1c", "sam", "Sam Taylor", "x-y.z", "ö"])
def test_a_browser_has_a_name_that_twilio_takes_and_that_names_nobody(staff_id: str) -> None:
    client = client_of(staff_id)
    assert re.fullmatch(r"client:[A-Za-z0-9_]{1,121}", client)
    assert staff_id.lower() not in client
    assert client == client_of(staff_id) != client_of(f"{staff_id} ")


@pytest.mark.parametrize(
    ("api_base", "region"),
    [
        ("https://api.twilio.com", None),
        ("https://api.dublin.ie1.twilio.com", "ie1"),
        ("https://api.ie1.twilio.com", "ie1"),
        ("http://127.0.0.1:8000/demo/twilio", None),
    ],
)
def test_a_pass_is_for_the_region_of_the_account(api_base: str, region: str | None) -> None:
    assert region_of(api_base) == region
    token = TwilioBrowserPhones(ACCOUNT, KEY, SECRET, region).give_pass("sam").token
    assert read(token)[0].get("twr") == region


def test_a_browser_is_rung_and_takes_the_call_as_a_telephone_does(exchange: Exchange) -> None:
    browser = browser_of(exchange, "sam")
    call = exchange.wants_a_person()
    exchange.look()
    (placed,) = exchange.rest.switchboard.placed
    assert placed.to_number == client_of("sam")
    assert placed.from_number == "+441632960000"
    brief, keys = browser.answers().said
    assert "pothole" in brief.lower()
    assert "1" in keys
    assert browser.presses("1").said == ["You are through to the caller."]
    assert browser.talks_to == [CALLER]
    assert exchange.handoff.state is HandoffState.TAKEN
    browser.hangs_up()
    assert "has left the call" in call.news.text
    assert exchange.mode is Mode.BOT


def test_two_takes_the_next_agent_and_so_does_turning_the_call_away(exchange: Exchange) -> None:
    first, second = browser_of(exchange, "ann"), browser_of(exchange, "bo")
    third = exchange.employs("cy", ALEX)
    call = exchange.wants_a_person()
    exchange.look()
    first.answers()
    first.presses("2")
    assert exchange.handoff.state is HandoffState.WAITING
    exchange.look()
    second.rejects()
    exchange.look()
    assert third.rings
    third.answers()
    third.presses("1")
    assert call.talks_to == [ALEX]
    assert exchange.handoff.tried == ("ann", "bo", "cy")


@pytest.mark.parametrize("status", ["no-answer", "busy", "failed"])
def test_a_browser_that_is_not_there_makes_the_next_agent_ring(
    exchange: Exchange, status: str
) -> None:
    exchange.rest.switchboard.unregistered = status
    browser_of(exchange, "ann", registers=False)
    bo = exchange.employs("bo", ALEX)
    exchange.wants_a_person()
    exchange.look()
    assert exchange.handoff.state is HandoffState.WAITING
    exchange.look()
    assert bo.rings


def test_with_no_browser_there_the_caller_hears_the_truth(exchange: Exchange) -> None:
    browser_of(exchange, "ann", registers=False)
    call = exchange.wants_a_person()
    exchange.look()
    exchange.look()
    assert exchange.handoff.state is HandoffState.CALLBACK
    assert "nobody can come to you now" in call.news.text
    assert call.awaiting is not None


def test_a_browser_that_hangs_up_before_the_key_has_declined(exchange: Exchange) -> None:
    browser = browser_of(exchange, "ann")
    exchange.wants_a_person()
    exchange.look()
    browser.answers()
    browser.hangs_up()
    assert exchange.handoff.state is HandoffState.WAITING
    assert exchange.handoff.tried == ("ann",)


def test_a_caller_who_kept_their_place_is_dialled_into_the_browsers_call(
    exchange: Exchange,
) -> None:
    browser = browser_of(exchange, "ann")
    call = exchange.wants_a_person()
    call.press("1")
    exchange.look()
    browser.answers()
    browser.presses("1")
    assert browser.call is not None
    assert browser.call.dials is not None
    assert browser.call.dials.text == CALLER
    # The number they know, and not the browser's address.
    assert browser.heard.verbs[-1].attributes["callerId"] == "+441632960000"


def test_a_number_in_place_of_the_browser_is_rung_again(exchange: Exchange) -> None:
    browser_of(exchange, "ann")
    with exchange.line.office.store.begin(reading=True) as work:
        ann = work.staff.get("ann")
    update_staff(exchange.line.office, ann, phone=ALEX)
    exchange.wants_a_person()
    exchange.look()
    assert exchange.rest.switchboard.placed[-1].to_number == ALEX


# What is served, and when


def test_the_files_are_served_and_change_their_address_with_their_content(tmp_path: Path) -> None:
    sdk = tmp_path / "sdk.js"
    sdk.write_text("window.Twilio = {}", encoding="utf-8")
    app = Flask("files")
    app.register_blueprint(create_browser_phone_files(sdk))
    client = app.test_client()
    script = client.get(SCRIPT)
    assert script.content_type == "text/javascript; charset=utf-8"
    assert "max-age" in script.headers["Cache-Control"]
    assert client.get("/browser-phone/sdk.js").text == "window.Twilio = {}"
    assert client.get("/browser-phone/sdk.js").headers["Cache-Control"] == "no-cache"
    assert client.get("/browser-phone/silence.wav").data[:4] == b"RIFF"
    assert client.get("/browser-phone/package.json").status_code == 404


def settings_with(**environment: str) -> Any:
    return read_settings(environment, TOP)


def test_browsers_are_rung_with_an_api_key_and_in_the_demo_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert make_browser_phones(settings_with()) is None
    account = {"TWILIO_ACCOUNT_SID": ACCOUNT, "TWILIO_AUTH_TOKEN": "x"}
    assert make_browser_phones(settings_with(**account)) is None
    assert make_browser_phones(settings_with(DEMO="1", **account)) is None
    assert isinstance(make_browser_phones(settings_with(DEMO="1")), SimulatedBrowserPhones)
    keys = settings_with(**account, TWILIO_API_KEY_SID=KEY, TWILIO_API_KEY_SECRET=SECRET)
    assert SECRET not in repr(keys)
    sdk = tmp_path / "sdk.js"
    monkeypatch.setattr("server.carriers.SDK", sdk)
    with pytest.raises(SettingsError, match="run scripts/setup"):
        make_browser_phones(keys)
    sdk.write_text("", encoding="utf-8")
    assert isinstance(make_browser_phones(keys), TwilioBrowserPhones)
    ireland = replace(keys, twilio_api_base="https://api.dublin.ie1.twilio.com")
    phones = make_browser_phones(ireland)
    assert phones is not None
    assert read(phones.give_pass("sam").token)[0]["twr"] == "ie1"


@pytest.mark.skipif(not SDK.exists(), reason="Twilio's SDK is not installed")
def test_with_an_api_key_the_desk_rings_browsers_through_twilio() -> None:
    keys = {"TWILIO_API_KEY_SID": KEY, "TWILIO_API_KEY_SECRET": SECRET}
    running = run_demo(TWILIO_ACCOUNT_SID=ACCOUNT, TWILIO_AUTH_TOKEN="x", **keys)
    demo = next(running)
    seed_staff(demo.office, COUNCIL)
    agent = Agent(demo.http, demo_staff(COUNCIL)[0])  # type: ignore[arg-type]
    assert "data-line" in agent.posts("/phone", "/phone", phone="browser").text
    page = agent.client.get("/desk/phone")
    assert SCRIPT in page.text
    assert "wss://*.twilio.com https://*.twilio.com" in page.headers["Content-Security-Policy"]
    assert demo.http.get(SCRIPT).status_code == 200
    assert "Twilio" in demo.http.get("/browser-phone/sdk.js").text
    given = agent.client.post("/desk/phone/pass", data=agent.form("/phone", "/phone")).json()
    assert read(given["token"])[1]["grants"]["voice"] == {"incoming": {"allow": True}}
    next(running, None)
