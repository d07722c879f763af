"""The phone page of the desk: who may have their browser ring, and what lets it be rung."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from casework.adapters.scripted_browser_phones import ScriptedBrowserPhones
from casework.adapters.scripted_calls import ScriptedCalls
from casework.domain.conversations import Channel
from casework.domain.staff import BROWSER, StaffMember
from casework.use_cases.accept_handoff import accept_handoff
from casework.use_cases.office import Office
from casework.use_cases.ring_agents import ring_next
from desk.labels import NO_BROWSER_PHONES
from tests.desk.agents import Agent, Residents, make_app

HOSTS = ("wss://*.carrier.example",)


@pytest.fixture
def phones() -> ScriptedBrowserPhones:
    return ScriptedBrowserPhones(hosts=HOSTS)


@pytest.fixture
def app(office: Office, phones: ScriptedBrowserPhones) -> Flask:
    return make_app(office, phones=phones)


@pytest.fixture
def without(office: Office) -> Agent:
    """Sam at a desk at which no browser can be rung."""
    return Agent(make_app(office).test_client(), "Sam Taylor")


def member(office: Office, name: str = "Sam Taylor") -> StaffMember:
    with office.store.begin(reading=True) as work:
        found = work.staff.by_name(name)
    assert found is not None
    return found


def chooses_the_browser(agent: Agent) -> str:
    page: str = agent.posts("/phone", "/phone", phone="browser").text
    return page


def asks_for_a_pass(agent: Agent) -> tuple[int, str]:
    answer = agent.client.post("/desk/phone/pass", data=agent.form("/phone", "/phone"))
    return answer.status_code, answer.text


def test_an_agent_chooses_the_browser_and_goes_back_to_a_telephone(
    sam: Agent, office: Office
) -> None:
    assert "Take calls in this browser" in sam.sees()
    assert "No telephone rings for you now" in sam.sees("/phone")
    page = chooses_the_browser(sam)
    assert "The phone is off" in page
    assert member(office).phone == BROWSER
    assert "Calls ring in your browser" in sam.sees()
    assert 'type="tel" autocomplete="tel" value=""' in sam.sees()
    sam.posts("/phone", phone="07700 900 982")
    assert member(office).phone == "+447700900982"
    assert "Calls ring on 07700 900 982 now" in sam.sees("/phone")


def test_without_what_it_takes_the_choice_is_not_there_and_the_page_says_why(
    without: Agent, office: Office
) -> None:
    for path in ("", "/phone"):
        assert NO_BROWSER_PHONES in without.sees(path)
    refused = without.posts("/phone", phone="browser")
    assert refused.status_code == 400
    assert "Enter a telephone number" in refused.text
    assert member(office).phone is None
    assert without.client.get("/desk/phone").headers["Content-Security-Policy"].count("wss") == 0
    assert asks_for_a_pass(without)[0] == 404


def test_a_pass_is_for_whoever_is_signed_in_and_is_never_kept(
    sam: Agent, jo: Agent, office: Office, phones: ScriptedBrowserPhones
) -> None:
    chooses_the_browser(sam)
    chooses_the_browser(jo)
    answer = sam.client.post(
        "/desk/phone/pass",
        data={**sam.form("/phone", "/phone"), "staff": member(office, "Jo Okafor").id},
    )
    assert answer.json == {"token": f"pass-1-of-{member(office).id}", "seconds": 600}
    assert answer.headers["Cache-Control"] == "no-store"
    assert asks_for_a_pass(jo)[0] == 200
    assert phones.given == [member(office).id, member(office, "Jo Okafor").id]


def test_nobody_else_gets_a_pass(
    app: Flask, sam: Agent, signed_in: Callable[[str], Agent], phones: ScriptedBrowserPhones
) -> None:
    assert app.test_client().post("/desk/phone/pass").status_code == 401
    chooses_the_browser(sam)
    # Another site's form has no token.
    assert sam.client.post("/desk/phone/pass").status_code == 403
    assert sam.client.get("/desk/phone/pass").status_code == 405
    office_only = signed_in("Bo Back")
    assert office_only.client.get("/desk/phone").status_code == 403
    assert asks_for_a_pass(office_only)[0] == 403
    assert office_only.client.get("/desk/phone/call").status_code == 403
    assert phones.given == []


def test_a_browser_that_is_not_to_ring_gets_no_pass(
    sam: Agent, phones: ScriptedBrowserPhones
) -> None:
    assert asks_for_a_pass(sam)[0] == 409
    chooses_the_browser(sam)
    sam.posts("/availability", availability="away")
    assert asks_for_a_pass(sam)[0] == 409
    assert phones.given == []
    # In a call an agent may be busy.
    sam.posts("/availability", availability="busy")
    assert asks_for_a_pass(sam)[0] == 200


def test_signed_out_there_is_no_pass_any_more(sam: Agent, phones: ScriptedBrowserPhones) -> None:
    chooses_the_browser(sam)
    form = sam.form("/phone", "/phone")
    sam.posts("/sign-out")
    assert sam.client.post("/desk/phone/pass", data=form).status_code == 401
    assert phones.given == []


def test_only_the_phone_page_may_talk_to_the_carrier(sam: Agent) -> None:
    assert "carrier.example" not in sam.client.get("/desk/phone").headers["Content-Security-Policy"]
    chooses_the_browser(sam)
    policy = sam.client.get("/desk/phone").headers["Content-Security-Policy"]
    assert "connect-src 'self' wss://*.carrier.example;" in policy
    assert "script-src 'self';" in policy
    assert "default-src 'none'" in policy
    assert "carrier.example" not in sam.client.get("/desk").headers["Content-Security-Policy"]


def test_the_page_asks_whether_to_ring_and_about_whom(
    sam: Agent, office: Office, residents: Residents
) -> None:
    def told() -> tuple[str | None, str | None]:
        answer = sam.client.get("/desk/phone/call")
        assert answer.headers["Cache-Control"] == "no-store"
        call = answer.json["call"]
        return answer.json["rests"], call and call["state"]

    assert told() == ("other_phone", None)
    chooses_the_browser(sam)
    assert told() == (None, None)
    sam.posts("/availability", availability="busy")
    assert told() == ("busy", None)
    sam.posts("/availability", availability="available")
    residents.waits(channel=Channel.VOICE)
    calls = ScriptedCalls()
    assert ring_next(office, calls, "h1") == member(office)
    assert calls.ringing["call-1"] == ("h1", member(office).id, BROWSER)
    assert told() == (None, "ringing")
    assert sam.client.get("/desk/phone/call").json["call"] == {
        "state": "ringing",
        "title": "Report a missed bin",
        "danger": False,
        "address": "/desk/conversations/h1",
    }
    accept_handoff(office, member(office), "h1")
    assert told() == (None, "talking")
