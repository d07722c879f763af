"""An error of ours in the middle of a call that Twilio placed or moved for us."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from casework.domain.conversations import Mode
from casework.domain.handoffs import HandoffState
from telephony import caller_leg
from telephony.calls_out import TwilioCalls
from tests.telephony.conftest import BASE, TOKEN
from tests.telephony.exchange import ALEX, SAM, Exchange, make_exchange, rung_back
from tests.twilio_stand_in.signing import signature
from tests.twilio_stand_in.web import Reply


@pytest.fixture
def exchange() -> Iterator[Exchange]:
    yield from make_exchange()


@pytest.fixture
def breaks(exchange: Exchange, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Has each document at a path fail from now on."""
    whole = exchange.line.post
    broken: set[str] = set()

    def post(url: str, form: dict[str, str], headers: dict[str, str]) -> Reply:
        if url.removeprefix(BASE).partition("?")[0] in broken:
            return Reply(500, "text/html", "<h1>Internal Server Error</h1>")
        return whole(url, form, headers)

    monkeypatch.setattr(exchange.line, "post", post)
    return broken.add


def test_an_agent_whose_brief_fails_hears_the_truth_and_the_next_is_rung(
    exchange: Exchange, breaks: Callable[[str], None]
) -> None:
    agent, other = exchange.employs("sam", SAM), exchange.employs("alex", ALEX)
    exchange.wants_a_person()
    exchange.look()
    first, second = (agent, other) if agent.rings else (other, agent)
    breaks("/twilio/agent")
    heard = first.answers()
    assert "something went wrong on our side" in heard.text
    assert heard.over
    assert exchange.handoff.state is HandoffState.WAITING
    exchange.look()
    assert second.rings


def test_an_agent_whose_key_fails_does_not_take_the_call(
    exchange: Exchange, breaks: Callable[[str], None]
) -> None:
    agent = exchange.employs("sam", SAM)
    exchange.wants_a_person()
    exchange.look()
    agent.answers()
    breaks("/twilio/agent/key")
    assert "something went wrong on our side" in agent.presses("1").text
    assert exchange.handoff.state is HandoffState.WAITING


def test_an_agent_who_has_taken_it_is_put_through_after_all(exchange: Exchange) -> None:
    agent = exchange.employs("sam", SAM)
    exchange.wants_a_person()
    exchange.look()
    agent.answers()
    agent.presses("1")
    assert agent.call is not None
    path = f"/twilio/agent/fallback?handoff={exchange.handoff.id}&staff=sam"
    form = {"CallSid": agent.call.call_sid, "ErrorCode": "11200"}
    answer = exchange.line.post(BASE + path, form, signed(path, form))
    assert b"<Conference" in answer.body
    assert exchange.mode is Mode.AGENT


def test_who_is_rung_back_is_not_dialled_twice(exchange: Exchange) -> None:
    agent, _ = rung_back(exchange)
    assert agent.call is not None
    path = f"/twilio/agent/fallback?handoff={exchange.handoff.id}&staff=sam"
    form = {"CallSid": agent.call.call_sid, "ErrorCode": "11200"}
    answer = exchange.line.post(BASE + path, form, signed(path, form))
    assert b"<Number" not in answer.body
    assert exchange.handoff.state is HandoffState.CALLBACK


def test_nobody_is_rung_about_a_handoff_that_is_not_there(exchange: Exchange) -> None:
    path, form = "/twilio/agent/fallback?handoff=none&staff=sam", {"CallSid": "CA1"}
    answer = exchange.line.post(BASE + path, form, signed(path, form))
    assert b"something went wrong on our side" in answer.body


def test_a_caller_who_is_moved_and_finds_an_error_goes_on(
    exchange: Exchange, breaks: Callable[[str], None]
) -> None:
    agent = exchange.employs("sam", SAM)
    call = exchange.wants_a_person()
    exchange.look()
    agent.answers()
    agent.presses("1")
    control = exchange.control
    assert isinstance(control, TwilioCalls)
    breaks("/twilio/voice/held")
    assert control.hold(call.call_sid)
    # The fallback puts them where they belong: with their agent.
    assert not call.over
    assert call.room is not None
    assert call.room.name == exchange.handoff.id


def test_a_yes_is_answered_within_one_limit_however_slow_the_store_is(
    exchange: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, caller = rung_back(exchange)

    def slow(*about: Any) -> bool:
        time.sleep(6)
        return False

    monkeypatch.setattr(caller_leg, "note_reached", slow)
    monkeypatch.setattr(caller_leg, "note_lost", slow)
    path = f"/twilio/agent/caller/agreed?handoff={exchange.handoff.id}&staff=sam&nth=1&tries=3"
    form = {"CallSid": caller.call_sid, "Digits": "1"}
    began = time.monotonic()
    answer = exchange.line.post(BASE + path, form, signed(path, form))
    assert time.monotonic() - began < 4.5
    assert b"another time" in answer.body


def signed(path: str, form: dict[str, str]) -> dict[str, str]:
    return {"X-Twilio-Signature": signature(TOKEN, BASE + path, form)}
