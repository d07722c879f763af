"""Callers who leave the wait or the talk: by the star, by a hold, or because the agent has gone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from casework.domain.conversations import Mode
from casework.domain.drafts import DraftState
from casework.domain.handoffs import HandoffState
from telephony.calls_out import TwilioCalls
from telephony.prompts import Room
from telephony.transfer import LOOKS, Transfer
from tests.telephony.conftest import BASE, CALLER, TOKEN
from tests.telephony.exchange import (
    SAM,
    Exchange,
    make_exchange,
    talks,
)
from tests.twilio_stand_in.signing import signature


@pytest.fixture
def exchange() -> Iterator[Exchange]:
    yield from make_exchange()


def test_star_leads_to_a_call_back(exchange: Exchange) -> None:
    agent = exchange.employs("sam", SAM)
    call = exchange.wants_a_person()
    exchange.look()
    assert "press 1" in call.press("*").text
    assert "ring you when it is your turn" in call.press("1").text
    assert call.over
    assert exchange.handoff.ring_back == CALLER
    assert agent.rings


def test_a_caller_of_no_known_number_is_asked_for_one(exchange: Exchange) -> None:
    exchange.employs("sam", SAM)
    call = exchange.rings(None)
    call.press("0")
    call.press("1")
    assert exchange.handoff.state is HandoffState.CALLBACK
    assert exchange.mode is Mode.BOT
    assert exchange.drafts[-1] == ("callback", DraftState.FILLING)
    assert not call.over


def test_star_leads_on_without_a_person(exchange: Exchange) -> None:
    exchange.employs("sam", SAM)
    call = exchange.wants_a_person()
    call.press("*")
    call.press("2")
    assert exchange.mode is Mode.BOT
    assert exchange.drafts == [("pothole", DraftState.FILLING)]


def test_who_says_nothing_after_the_star_keeps_their_place(exchange: Exchange) -> None:
    agent = exchange.employs("sam", SAM)
    call = exchange.wants_a_person()
    call.press("*")
    heard = call.silence()
    assert heard.gather is not None
    assert exchange.mode is Mode.QUEUED
    exchange.look()
    agent.answers()
    agent.presses("1")
    assert call.talks_to == [SAM]


def test_star_while_talking_does_not_end_the_talk(exchange: Exchange) -> None:
    agent = exchange.employs("sam", SAM)
    call = exchange.wants_a_person()
    exchange.look()
    agent.answers()
    agent.presses("1")
    call.press("*")
    assert call.talks_to == [SAM]


def test_who_is_out_of_the_talk_as_the_agent_goes_is_told_so(
    exchange: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    agent = exchange.employs("sam", SAM)
    call = exchange.wants_a_person()
    exchange.look()
    agent.answers()
    agent.presses("1")
    room = Transfer.room

    def goes_first(transfer: Transfer, call_sid: str) -> Room | None:
        with exchange.line.office.store.begin() as work:
            held = work.handoffs.get(exchange.handoff.id)
            work.handoffs.save(replace(held, state=HandoffState.ENDED, call=None))
            talk = work.conversations.get(exchange.line.talks[0].id)
            work.conversations.save(replace(talk, mode=Mode.BOT))
        return room(transfer, call_sid)

    monkeypatch.setattr(Transfer, "room", goes_first)
    path, form = f"/twilio/voice/left?poll={LOOKS}", {"CallSid": call.call_sid}
    signed = {"X-Twilio-Signature": signature(TOKEN, BASE + path, form)}
    answer = exchange.line.post(BASE + path, form, signed).body.decode()
    assert "has left the call" in answer


def test_a_caller_on_hold_hears_so_and_comes_back_to_the_same_agent(exchange: Exchange) -> None:
    call, agent = talks(exchange)
    control = exchange.control
    assert isinstance(control, TwilioCalls)
    assert control.hold(call.call_sid)
    assert "on hold" in call.news.text
    assert agent.talks_to == []
    assert agent.call is not None
    assert not agent.call.over
    assert exchange.handoff.state is HandoffState.TAKEN
    assert "on hold" in call.silence().text
    assert control.resume(call.call_sid)
    assert agent.talks_to == [CALLER]
    assert exchange.mode is Mode.AGENT


def test_an_agent_who_hangs_up_during_a_hold_leaves_nobody_on_hold(exchange: Exchange) -> None:
    call, agent = talks(exchange)
    control = exchange.control
    assert isinstance(control, TwilioCalls)
    control.hold(call.call_sid)
    agent.hangs_up()
    heard = call.listen(call.silence())
    assert "has left the call" in heard.text
    assert exchange.mode is Mode.BOT


def test_nobody_is_held_who_has_hung_up(exchange: Exchange) -> None:
    call, _ = talks(exchange)
    control = exchange.control
    assert isinstance(control, TwilioCalls)
    call.hang_up()
    assert not control.hold(call.call_sid)
