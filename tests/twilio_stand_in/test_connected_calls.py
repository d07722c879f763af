"""Conferences, and calls placed and moved by the REST API, go as Twilio's documentation says."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.twilio_stand_in import faults
from tests.twilio_stand_in.handset import BrowserPhone, Handset
from tests.twilio_stand_in.our_server import BASE, CALLER, OURS, TOKEN, OurServer
from tests.twilio_stand_in.rest import TwilioRest
from tests.twilio_stand_in.switchboard import ConnectedCall, Switchboard
from tests.twilio_stand_in.twiml import TwimlRefused
from tests.twilio_stand_in.web import Reply

SID = "AC" + "1" * 32
AGENT = "+447700900201"
WAITS = (
    '<Dial action="/left" hangupOnStar="true"><Conference startConferenceOnEnter="false"'
    ' waitUrl="/hold">room</Conference></Dial>'
)
JOINS = '<Dial><Conference endConferenceOnExit="true">room</Conference></Dial>'


def switchboard(server: OurServer) -> Switchboard:
    return Switchboard(TOKEN, SID, base_url=BASE, post=server)


def call_on(board: Switchboard) -> ConnectedCall:
    return ConnectedCall("/voice", switchboard=board, from_number=CALLER)


def test_a_conference_starts_with_whoever_may_start_it() -> None:
    server = OurServer(voice=WAITS, agent=JOINS, left="<Say>Alone</Say>", hold="<Say>Wait</Say>")
    board = switchboard(server)
    call = call_on(board)
    assert call.begin().waiting
    assert call.hold().said == ["Wait"]
    agent = board.ring(AGENT, OURS, f"{BASE}/agent")
    assert agent.answer().waiting
    assert server.form()["Direction"] == "outbound-api"
    assert (call.talks_to, agent.talks_to) == ([AGENT], [CALLER])
    assert call.hold().said == []


def test_who_ends_the_conference_sends_the_others_on() -> None:
    server = OurServer(voice=WAITS, agent=JOINS, left="<Gather><Say>And now?</Say></Gather>")
    board = switchboard(server)
    call = call_on(board)
    call.begin()
    agent = board.ring(AGENT, OURS, f"{BASE}/agent")
    agent.answer()
    agent.hang_up()
    assert call.news.said == ["And now?"]
    assert call.awaiting is not None
    assert board.rooms == {}


def test_the_star_leads_out_and_other_keys_do_nothing() -> None:
    server = OurServer(voice=WAITS, left="<Gather><Say>Out</Say></Gather>")
    call = call_on(switchboard(server))
    call.begin()
    assert call.press("1").said == []
    assert call.press("*").said == ["Out"]
    assert server.form()["DialCallStatus"] == "answered"


@pytest.mark.refused_by_twilio
def test_what_is_played_on_hold_may_not_listen() -> None:
    server = OurServer(voice=WAITS, hold="<Gather/>", left="")
    call = call_on(switchboard(server))
    call.begin()
    with pytest.raises(TwimlRefused):
        call.hold()


def test_hold_goes_on_where_it_is_redirected() -> None:
    server = OurServer(
        voice=WAITS, hold="<Say>One</Say><Redirect>/more</Redirect>", more="<Say>Two</Say>"
    )
    call = call_on(switchboard(server))
    call.begin()
    assert [call.hold().said, call.hold().said] == [["One"], ["Two"]]


def test_hold_is_fetched_as_the_conference_says() -> None:
    fetched: list[str] = []

    def get(url: str, headers: dict[str, str]) -> Reply:
        fetched.append(url)
        return Reply(200, "text/xml", "<Response><Say>Wait</Say></Response>")

    server = OurServer(voice=WAITS.replace("waitUrl", 'waitMethod="GET" waitUrl'))
    call = ConnectedCall("/voice", switchboard=switchboard(server), from_number=CALLER, get=get)
    call.begin()
    assert call.hold().said == ["Wait"]
    assert fetched[0].startswith(f"{BASE}/hold?CallSid=")


@pytest.mark.refused_by_twilio
def test_a_refused_document_is_noted_where_nobody_waits_for_it() -> None:
    server = OurServer(voice="<Gather/>", back="<Speak>Hello</Speak>")
    call = call_on(switchboard(server))
    call.begin()
    call.redirected(f"{BASE}/back")
    assert call.over
    assert faults.noted() == ["TwiML 12200: <Speak> is no verb here"]


@pytest.mark.parametrize("status", ["busy", "no-answer", "failed"])
def test_a_call_that_does_not_come_about_is_told_of(status: str) -> None:
    server = OurServer(state="")
    board = switchboard(server)
    board.ring(AGENT, OURS, f"{BASE}/agent", status_url=f"{BASE}/state").fails(status)
    assert server.form()["CallStatus"] == status
    assert not Handset(AGENT, board).rings


def api(rest: TwilioRest, path: str, **form: Any) -> httpx.Response:
    url = f"{rest.url}/2010-04-01/Accounts/{SID}/Calls{path}.json"
    with httpx.Client(auth=(SID, TOKEN), trust_env=False) as client:
        return client.post(url, data=form) if form else client.get(url)


def test_the_api_places_shows_moves_and_ends_calls() -> None:
    server = OurServer(agent="<Gather/>", other="<Gather><Say>Moved</Say></Gather>", state="")
    with TwilioRest(SID, TOKEN, {OURS}, base_url=BASE, post=server).serve() as rest:
        given = {"To": AGENT, "From": OURS, "Url": f"{BASE}/agent"}
        placed = api(rest, "", **given, StatusCallback=f"{BASE}/state")
        assert placed.status_code == 201
        sid = placed.json()["sid"]
        handset = Handset(AGENT, rest.switchboard)
        handset.answers()
        assert api(rest, f"/{sid}").json()["status"] == "in-progress"
        assert api(rest, f"/{sid}", Url=f"{BASE}/other").status_code == 200
        assert handset.call is not None
        assert handset.call.news.said == ["Moved"]
        assert api(rest, f"/{sid}", Status="completed").json()["status"] == "completed"
        assert server.form()["CallStatus"] == "completed"
        assert api(rest, f"/{sid}", Url=f"{BASE}/other").json()["code"] == 21220


@pytest.mark.refused_by_twilio
@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"To": ""}, 21201),
        ({"To": "+4477"}, 21211),
        ({"From": ""}, 21213),
        ({"From": "+441632960777"}, 21210),
        ({"From": "Plymouth"}, 21212),
        ({"Url": "/agent"}, 21205),
        ({"To": "client:"}, 21211),
        ({"To": "client:sam@desk"}, 21211),
        ({"From": "client:jo"}, 21212),
    ],
)
def test_calls_are_refused_with_twilio_s_codes(wrong: dict[str, str], code: int) -> None:
    with TwilioRest(SID, TOKEN, {OURS}, base_url=BASE, post=OurServer()).serve() as rest:
        given = {"To": AGENT, "From": OURS, "Url": f"{BASE}/agent"} | wrong
        assert api(rest, "", **given).json()["code"] == code
        assert api(rest, "/CA1").json()["code"] == 20404


def test_a_browser_rings_while_it_is_registered() -> None:
    server = OurServer(agent="<Gather><Say>A caller</Say></Gather>", state="")
    board = switchboard(server)
    browser = BrowserPhone("client:agent_1", board)
    browser.registers()
    board.ring(browser.number, OURS, f"{BASE}/agent")
    assert browser.answers().said == ["A caller"]
    assert (server.form()["To"], server.form()["From"]) == ("client:agent_1", OURS)
    assert "ToCountry" not in server.form()
    browser.hangs_up()
    browser.unregisters()
    board.ring(browser.number, OURS, f"{BASE}/agent", status_url=f"{BASE}/state")
    assert not browser.rings
    assert server.form()["CallStatus"] == "no-answer"


def test_the_api_places_calls_to_browsers_from_a_number_or_a_browser() -> None:
    server = OurServer(agent="", state="")
    with TwilioRest(SID, TOKEN, {OURS}, base_url=BASE, post=server).serve() as rest:
        rest.switchboard.registered.add("client:sam")
        for sender in (OURS, "client:jo"):
            placed = api(rest, "", To="client:sam", From=sender, Url=f"{BASE}/agent")
            assert placed.status_code == 201
            assert placed.json()["to"] == "client:sam"
