"""A call that may be recorded, at the running product of a council that has switched it on."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator

import httpx
import pytest

from tests.journeys.agents import in_time
from tests.journeys.conftest import ACCOUNT, AUTH_TOKEN, OUR_NUMBER, office_hours, staff_of
from tests.journeys.phones import Caller, ring_through
from tests.journeys.test_call_handover import Exchange, is_brought_back
from tests.journeys.test_phone import POTHOLE
from tests.office import COUNCIL
from tests.product import running_product
from tests.twilio_stand_in.handset import Handset
from tests.twilio_stand_in.recordings import Recording
from tests.twilio_stand_in.rest import TwilioRest

AGENT_PHONE, CALLER = "+447700900241", "+447700900142"


@pytest.fixture(scope="module")
def exchange(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Exchange]:
    council = shutil.copytree(COUNCIL, tmp_path_factory.mktemp("town") / "council")
    about = council / "council.yml"
    about.write_text(about.read_text().replace("switched_on: false", "switched_on: true"))
    with TwilioRest(ACCOUNT, AUTH_TOKEN, [OUR_NUMBER]).serve() as carrier:
        settings = {
            "TWILIO_ACCOUNT_SID": ACCOUNT,
            "TWILIO_AUTH_TOKEN": AUTH_TOKEN,
            "TWILIO_FROM": OUR_NUMBER,
            "TWILIO_API_BASE": carrier.url,
            "COUNCIL_DIR": str(council),
        }
        with running_product(tmp_path_factory.mktemp("var"), "", **settings) as product:
            carrier.switchboard.options |= {
                "base_url": product.settings.public_base_url,
                "send_to": product.address,
            }
            with office_hours(product) as (agent, _):
                agent.has_a_phone(AGENT_PHONE)
                handset = Handset(AGENT_PHONE, carrier.switchboard)
                yield Exchange(product, staff_of(product), carrier, agent, handset)


@pytest.fixture(autouse=True)
def hang_up(exchange: Exchange) -> Iterator[None]:
    yield
    for call in list(exchange.carrier.switchboard.calls.values()):
        call.hang_up()


def wants_a_person(exchange: Exchange) -> Caller:
    """Somebody who began to report a pothole, asks for a person, and hears the notice."""
    caller = ring_through(exchange.product, exchange.staff, exchange.carrier, CALLER)
    caller.says("there's a great big hole in the road")
    caller.tells(POTHOLE[:1])
    assert "number 1 in the queue" in caller.says("can I speak to a person please")
    assert "may be recorded" in caller.keeps_silent()
    return caller


def recorded(exchange: Exchange) -> list[Recording]:
    return list(exchange.carrier.switchboard.recordings.made.values())


def supervisor_hears(exchange: Exchange, handoff: str) -> bytes:
    """What a supervisor hears at the desk."""
    with httpx.Client(
        base_url=exchange.product.address, follow_redirects=True, timeout=30, trust_env=False
    ) as desk:
        entrance = desk.get("/desk/sign-in").text
        form = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', entrance))
        # A new code for the one whom the other tests use would end theirs.
        code = exchange.product.run("staff", "token", "Robin Pengelly")
        desk.post("/desk/sign-in", data={**form, "code": code})
        page = desk.get(f"/desk/conversations/{handoff}").text
        (sound,) = re.findall(r'<audio[^>]* src="([^"]+)"', page)
        return desk.get(sound).content


def test_a_call_is_announced_recorded_paused_heard_and_holds_only_the_talk(
    exchange: Exchange,
) -> None:
    caller, handset = wants_a_person(exchange), exchange.handset
    assert "called back" in caller.keeps_silent()
    in_time(lambda: handset.rings)
    handset.answers()
    assert "The call is recorded" in handset.presses("1").text
    in_time(lambda: handset.talks_to == [CALLER])
    in_time(lambda: exchange.row(caller)["recording"] == "running")
    (one,) = recorded(exchange)
    assert handset.call is not None
    assert one.call_sid == handset.call.call_sid
    handoff = exchange.row(caller)["id"]
    paused = exchange.agent.does(handoff, "recording", want="pause", why="payment")
    assert paused.json()["recording"] == "paused"
    assert one.status == "paused"
    exchange.carrier.fail_next(503, times=2)
    assert exchange.agent.does(handoff, "recording", want="go_on").status_code == 502
    # The worker asks again by itself.
    in_time(lambda: exchange.row(caller)["recording"] == "running")
    assert exchange.agent.does(handoff, "return").status_code == 200
    assert is_brought_back(caller)
    in_time(lambda: one.status == "completed")
    assert one.caught == []
    in_time(lambda: caller.talk["recordings"][0]["state"] == "kept")
    assert supervisor_hears(exchange, handoff) == one.sound
    assert [had["by"] for had in caller.talk["recordings"][0]["heard"]] == ["Robin Pengelly"]


def test_a_no_is_honoured_and_the_call_put_through_all_the_same(exchange: Exchange) -> None:
    before = len(recorded(exchange))
    caller, handset = wants_a_person(exchange), exchange.handset
    assert "will not be recorded" in caller.says("no thank you")
    in_time(lambda: handset.rings)
    handset.answers()
    assert "The call is not recorded." in handset.presses("1").text
    in_time(lambda: handset.talks_to == [CALLER])
    assert exchange.row(caller)["recording"] == "refused"
    assert len(recorded(exchange)) == before
