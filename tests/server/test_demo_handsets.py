"""The demo's telephones carry out what the product writes for them, or say that they do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from server.demo_carrier import StandIn, Wire
from server.demo_handsets import StandInHandsets
from server.settings import read_settings
from telephony.simulator.carrier import HandsetAct
from tests.twilio_stand_in.our_server import BASE, CALLER, OURS, TOKEN, OurServer
from tests.twilio_stand_in.switchboard import Switchboard
from tests.twilio_stand_in.web import Reply

AGENT = "+447700900201"


def test_a_number_that_an_agent_has_rung_is_not_answered_and_the_call_goes_on() -> None:
    dials = f'<Dial action="/dialled" timeout="25"><Number>{CALLER}</Number></Dial>'
    server = OurServer(agent=dials, dialled="<Say>They did not answer.</Say><Hangup/>")
    board = Switchboard(TOKEN, base_url=BASE, post=server)
    now = [100.0]
    handsets = StandInHandsets(board, clock=lambda: now[0])
    board.ring(AGENT, OURS, f"{BASE}/agent")
    state = handsets.act(AGENT, HandsetAct.ANSWER)
    assert (state.state, len(state.lines)) == ("listening", 1)
    assert CALLER in state.lines[0]
    now[0] = 124.0
    assert handsets.look(AGENT) == state
    now[0] = 125.0
    state = handsets.look(AGENT)
    assert (state.state, state.lines[-1]) == ("idle", "They did not answer.")
    assert server.form()["DialCallStatus"] == "no-answer"


@pytest.mark.refused_by_twilio
def test_what_the_telephone_does_not_play_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = read_settings({"DEMO": "1"}, Path(__file__).parents[2])
    body = "<Response><Say>Leave a message.</Say><Record/></Response>"
    answer = Reply(200, "text/xml", body)
    monkeypatch.setattr(Wire, "post", lambda self, url, form, headers: answer)
    board = Switchboard(settings.twilio_auth_token, base_url=settings.public_base_url)
    _, heard = StandIn(settings, set(), board).place(CALLER)
    assert heard.said == ("Leave a message.",)
    assert heard.problem is not None
    assert "does not play <Record>" in heard.problem
