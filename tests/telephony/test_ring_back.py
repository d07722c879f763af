"""Callers who keep their place and are rung back, and whoever picks up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from casework.domain.conversations import Mode
from casework.domain.errors import Busy
from casework.domain.handoffs import CallState, HandoffState
from casework.use_cases.end_calls import note_lost
from telephony import caller_leg
from tests.telephony.conftest import CALLER
from tests.telephony.exchange import (
    SAM,
    Exchange,
    assert_left_to_the_team,
    make_exchange,
    rung_back,
)


@pytest.fixture
def exchange() -> Iterator[Exchange]:
    yield from make_exchange()


def test_key_1_alone_keeps_the_place_and_says_so(exchange: Exchange) -> None:
    exchange.employs("sam", SAM)
    exchange.wants_a_person()
    call = exchange.wants_a_person()
    call.silence()
    heard = call.press("1")
    assert "you are number 2 in the queue" in heard.text
    assert "ring you when it is your turn" in heard.text
    assert call.over
    second = exchange.line.talks[1]
    with exchange.line.office.store.begin(reading=True) as work:
        (handoff,) = work.handoffs.of_conversation(second.id)
        assert [one.id for one in work.handoffs.waiting()][1] == handoff.id
        assert [draft.service for draft in work.drafts.of_conversation(second.id)] == ["pothole"]
    assert handoff.state is HandoffState.WAITING
    assert handoff.ring_back == CALLER
    assert second.mode is Mode.CLOSED


def test_a_key_pressed_twice_while_waiting_keeps_one_place(exchange: Exchange) -> None:
    exchange.employs("sam", SAM)
    call = exchange.wants_a_person()
    call.press("1")
    again = call.resend(-2)
    assert b"ring you when it is your turn" in bytes(again.body)
    assert exchange.handoff.ring_back == CALLER


def test_who_kept_a_place_is_rung_before_those_who_came_later(exchange: Exchange) -> None:
    agent = exchange.employs("sam", SAM)
    first = exchange.wants_a_person()
    first.press("1")
    later = exchange.wants_a_person()
    assert "number 2 in the queue" in [later.silence().text, later.silence().text][1]
    exchange.look()
    agent.answers()
    assert "ringing them for you" in agent.presses("1").text
    assert agent.call is not None
    assert agent.call.dials is not None
    assert agent.call.dials.text == CALLER
    caller = agent.call.far_end_answers()
    caller.press("1")
    assert caller.joined
    assert "number 1 in the queue" in [later.silence().text, later.silence().text][1]
    caller.hang_up()
    assert agent.call.over
    talks = {talk.call_sid: talk for talk in exchange.line.talks}
    with exchange.line.office.store.begin(reading=True) as work:
        (handoff,) = work.handoffs.of_conversation(talks[first.call_sid].id)
    assert handoff.state is HandoffState.ENDED
    assert talks[first.call_sid].mode is Mode.CLOSED
    assert exchange.line.cases(talks[first.call_sid].id) == []
    exchange.look()
    agent.answers()
    agent.presses("1")
    assert later.talks_to == [SAM]


@pytest.mark.parametrize("status", ["no-answer", "busy", "failed"])
def test_who_does_not_answer_when_rung_back_leaves_a_case(exchange: Exchange, status: str) -> None:
    agent = exchange.employs("sam", SAM)
    exchange.wants_a_person().press("1")
    exchange.look()
    agent.answers()
    agent.presses("1")
    assert agent.call is not None
    assert "did not take the call" in agent.call.far_end_is_over(status).text
    assert_left_to_the_team(exchange)


def test_whoever_picks_up_hears_who_rings_and_nothing_of_the_matter(exchange: Exchange) -> None:
    _, caller = rung_back(exchange)
    assert "Plymouth City Council" in caller.heard.text
    assert "press 1 or say yes" in caller.heard.text
    assert "pothole" not in caller.heard.text.lower()
    assert not caller.joined


@pytest.mark.parametrize(
    "words",
    [
        "yes", "Yes please", "hello, yes", "speaking", "Yeah hello it is", "yes, that's me",
        "Okay.", "Hello? Yes, I'm still here", "yes go on then", "sure",
    ],
)  # fmt: skip
def test_whoever_says_yes_is_joined_to_the_agent(exchange: Exchange, words: str) -> None:
    agent, caller = rung_back(exchange)
    assert "putting you through" in caller.say(words).text
    assert caller.joined
    assert exchange.handoff.call_state is CallState.TALKING
    caller.hang_up()
    assert agent.call is not None
    assert "The call is over" in agent.call.news.text
    assert exchange.handoff.state is HandoffState.ENDED
    assert exchange.line.cases(exchange.line.talks[0].id) == []


def test_somebody_who_says_hello_first_is_asked_again_and_not_lost(exchange: Exchange) -> None:
    _, caller = rung_back(exchange)
    assert "This is Plymouth City Council" in caller.say("hello? who's that?").text
    assert "press 1 or say yes" in caller.say("sorry dear I was in the garden").text
    caller.press("1")
    assert caller.joined


@pytest.mark.parametrize(
    "greeting",
    [
        "",
        "Hi, you've reached Bob, please leave a message after the tone",
        "yes hello this is the voicemail of Ann Smith I can't take your call",
        "anything",
        "that would be lovely",
        "Send it.",
        "if you would like",
        "thank you very much",
    ],
)
def test_a_machine_is_not_taken_for_the_caller(exchange: Exchange, greeting: str) -> None:
    agent, caller = rung_back(exchange)
    heard = caller.say(greeting) if greeting else caller.silence()
    while not caller.over:
        heard = caller.silence()
    assert "another time" in heard.text
    assert not caller.joined
    assert exchange.handoff.reached_at is None
    assert agent.call is not None
    assert "did not take the call" in agent.call.news.text
    assert_left_to_the_team(exchange)


@pytest.mark.parametrize("answer", ["2", "no thank you", "no, wrong number"])
def test_whoever_says_no_is_not_joined(exchange: Exchange, answer: str) -> None:
    agent, caller = rung_back(exchange)
    if answer.isdigit():
        caller.press(answer)
    else:
        caller.say(answer)
    while not caller.over:
        caller.silence()
    assert not caller.joined
    assert agent.call is not None
    assert "did not take the call" in agent.call.news.text
    assert_left_to_the_team(exchange)


def test_a_yes_that_was_hardly_heard_joins_nobody(exchange: Exchange) -> None:
    _, caller = rung_back(exchange)
    caller.say("yes", 0.2)
    assert not caller.joined
    assert caller.awaiting is not None


def test_a_yes_after_the_agent_has_gone_is_told_the_truth(exchange: Exchange) -> None:
    _, caller = rung_back(exchange)
    with exchange.line.office.store.begin() as work:
        gone = work.handoffs.get(exchange.handoff.id)
        work.handoffs.save(replace(gone, state=HandoffState.CALLBACK))
    assert "another time" in caller.press("1").text
    assert not caller.joined


def test_a_yes_of_which_twilio_does_not_say_how_sure_it_is_counts(exchange: Exchange) -> None:
    _, caller = rung_back(exchange)
    caller.say("yes", 0.0)
    assert caller.joined


def test_whoever_was_written_down_as_reached_and_is_not_joined_leaves_a_case(
    exchange: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, caller = rung_back(exchange)
    real = caller_leg.note_reached

    def note_reached(*about: Any) -> bool:
        real(*about)
        raise Busy("the store")

    monkeypatch.setattr(caller_leg, "note_reached", note_reached)
    assert "another time" in caller.say("yes").text
    assert caller.over
    assert not caller.joined
    assert exchange.handoff.reached_at is None
    assert_left_to_the_team(exchange)


def test_a_talk_that_ended_before_it_was_known_that_nobody_was_joined_leaves_a_case(
    exchange: Exchange,
) -> None:
    _, caller = rung_back(exchange)
    caller.press("1")
    caller.hang_up()
    assert exchange.handoff.state is HandoffState.ENDED
    assert exchange.handoff.agent is not None
    note_lost(exchange.line.office, exchange.handoff.id, exchange.handoff.agent)
    assert_left_to_the_team(exchange)


@pytest.mark.parametrize("answer", ["1", "yes please"])
def test_a_yes_of_somebody_rung_back_outlives_a_busy_store(
    exchange: Exchange, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    _, caller = rung_back(exchange)
    busy = iter([True, True])
    real = caller_leg.note_reached

    def note_reached(*about: Any) -> bool:
        if next(busy, False):
            raise Busy("the store")
        return real(*about)

    monkeypatch.setattr(caller_leg, "note_reached", note_reached)
    if answer.isdigit():
        caller.press(answer)
    else:
        caller.say(answer)
    assert caller.joined


def test_an_agent_who_hangs_up_before_they_answer_leaves_a_case(exchange: Exchange) -> None:
    agent = exchange.employs("sam", SAM)
    exchange.wants_a_person().press("1")
    exchange.look()
    agent.answers()
    agent.presses("1")
    agent.hangs_up()
    assert_left_to_the_team(exchange)


def test_when_nobody_is_left_to_ring_back_the_team_gets_a_case(exchange: Exchange) -> None:
    agent = exchange.employs("sam", SAM)
    exchange.wants_a_person().press("1")
    exchange.look()
    agent.does_not_answer()
    exchange.look()
    assert_left_to_the_team(exchange)


def test_a_place_that_was_kept_lasts_longer_than_a_wait_on_the_line(exchange: Exchange) -> None:
    agent = exchange.employs("sam", SAM)
    exchange.wants_a_person().press("1")
    exchange.line.office.clock.advance(timedelta(minutes=45))  # type: ignore[attr-defined]
    exchange.look()
    assert agent.rings


def test_when_the_council_closes_whoever_kept_a_place_is_left_to_the_team(
    exchange: Exchange,
) -> None:
    exchange.employs("sam", SAM)
    exchange.wants_a_person().press("1")
    exchange.line.office.clock.advance(timedelta(hours=12))  # type: ignore[attr-defined]
    exchange.look()
    assert_left_to_the_team(exchange)
