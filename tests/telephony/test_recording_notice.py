"""Callers hear that a talk may be recorded before they are put through, and can say no."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from casework.domain.errors import Conflict
from casework.use_cases.put_on_hold import put_on_hold, take_off_hold
from casework.use_cases.record_talk import record_as_agent
from casework.use_cases.settle_recordings import settle_recordings
from telephony.prompts import Prompt, Room
from telephony.recording_notice import RecordingNotice
from telephony.transfer import Transfer
from telephony.twiml import VoiceTwiml
from tests.office import Meant
from tests.telephony.conftest import BASE, TOKEN
from tests.telephony.exchange import SAM, Exchange
from tests.telephony.recorded_calls import (
    NOTICE,
    RUNNING,
    heard_of,
    make_recording_exchange,
    ours,
    sam,
    talks,
    waits,
)
from tests.twilio_stand_in.signing import signature


@pytest.fixture
def exchange() -> Iterator[Exchange]:
    yield from make_recording_exchange()


@pytest.fixture
def off() -> Iterator[Exchange]:
    yield from make_recording_exchange(on=False)


def test_off_there_is_no_trace_of_it(off: Exchange) -> None:
    agent = off.employs("sam", SAM)
    call = off.wants_a_person()
    waited = [call.silence() for _ in range(4)]
    off.look()
    parts = [*waited, agent.answers(), agent.presses("1"), call.news]
    documents = [document for heard in parts for document in heard.documents]
    assert agent.talks_to
    assert any("<Conference" in document for document in documents)
    assert not any("record" in document.lower() for document in documents)
    assert not any("statusCallback" in document for document in documents)
    assert heard_of(off) == []
    assert off.line.talks[0].may_record is None


def test_who_was_told_and_says_nothing_is_recorded_once_the_two_talk(exchange: Exchange) -> None:
    agent = exchange.employs("sam", SAM)
    call = waits(exchange)
    heard = call.silence()
    assert "called back when it is your turn" in heard.text
    exchange.look()
    agent.answers()
    assert heard_of(exchange) == []
    heard = agent.presses("1")
    assert "The call is recorded" in heard.text
    made = heard_of(exchange)
    assert [(one.call_sid, one.status) for one in made] == [
        (agent.call and agent.call.call_sid, "in-progress")
    ]
    assert made[0].events == ("completed", "absent")
    assert call.call_sid not in {one.call_sid for one in made}
    assert (ours(exchange).state, ours(exchange).sid) == (RUNNING, made[0].sid)
    # Nothing that the assistant says, to either of them, is on it.
    assert made[0].caught == []


def test_the_notice_comes_before_the_two_are_joined_however_quick_the_agent_is(
    exchange: Exchange,
) -> None:
    agent = exchange.employs("sam", SAM)
    call = exchange.wants_a_person()
    exchange.look()
    agent.answers()
    heard = agent.presses("1")
    assert "being told that it may be recorded" in heard.text
    assert "You are through" not in heard.text
    assert NOTICE in call.news.text
    assert agent.talks_to == []
    assert heard_of(exchange) == []
    call.silence()
    assert agent.talks_to == [call.number]
    assert len(heard_of(exchange)) == 1


def test_a_notice_that_was_cut_off_is_told_again(exchange: Exchange) -> None:
    agent = exchange.employs("sam", SAM)
    call = waits(exchange)
    exchange.look()
    agent.answers()
    agent.presses("1")
    assert NOTICE in call.news.text
    assert exchange.line.talks[0].may_record is None


@pytest.mark.parametrize("quick", [True, False])
@pytest.mark.parametrize("no", ["2", "no", "No, thank you.", "know", "I don't want to be recorded"])
def test_a_no_by_key_or_word_is_honoured_and_keeps_the_place(
    exchange: Exchange, no: str, quick: bool
) -> None:
    agent = exchange.employs("sam", SAM)
    call = exchange.wants_a_person()
    place = exchange.handoff.created_at
    if quick:
        exchange.look()
        agent.answers()
        agent.presses("1")
    else:
        call.silence()
    heard = call.press(no) if no == "2" else call.say(no)
    assert "will not be recorded" in heard.text
    assert exchange.line.talks[0].may_record is False
    if not quick:
        assert "called back when it is your turn" in call.silence().text
        assert exchange.handoff.created_at == place
        assert NOTICE not in "".join(call.silence().text for _ in range(4))
        exchange.look()
        agent.answers()
        assert "The call is not recorded." in agent.presses("1").text
    assert agent.talks_to == [call.number]
    assert heard_of(exchange) == []
    with pytest.raises(Conflict, match="not recorded"):
        record_as_agent(exchange.line.office, sam(exchange), exchange.handoff.id)


@pytest.mark.parametrize("no", ["2", "2.", "Two.", "too", "press two"])
def test_the_key_for_no_may_be_said(exchange: Exchange, no: str) -> None:
    call = waits(exchange)
    assert "will not be recorded" in call.say(no).text
    assert exchange.line.talks[0].may_record is False


@pytest.mark.parametrize("said", ["1", "One."])
def test_the_key_for_yes_may_be_said(exchange: Exchange, said: str) -> None:
    call = waits(exchange)
    call.say(said)
    assert exchange.line.talks[0].may_record is True


@pytest.mark.parametrize("said", ["3", "14", "..."])
def test_what_is_no_word_is_no_consent(exchange: Exchange, said: str) -> None:
    call = waits(exchange)
    exchange.line.engine.meant = Meant()
    call.say(said)
    assert exchange.line.talks[0].may_record is False


@pytest.mark.parametrize("yes", ["1", "yes", "That's fine."])
def test_a_yes_is_heard_as_well(exchange: Exchange, yes: str) -> None:
    call = waits(exchange)
    heard = call.press(yes) if yes == "1" else call.say(yes)
    assert "called back when it is your turn" in heard.text
    assert exchange.line.talks[0].may_record is True


def test_a_yes_that_was_hardly_heard_is_none(exchange: Exchange) -> None:
    call = waits(exchange)
    assert "will not be recorded" in call.say("yes", 0.2).text


def test_another_key_means_nothing_and_the_notice_comes_again(exchange: Exchange) -> None:
    call = waits(exchange)
    assert NOTICE in call.press("5").text
    assert exchange.line.talks[0].may_record is None


@pytest.mark.parametrize("quick", [True, False])
def test_what_else_is_said_to_it_is_no_yes_and_is_not_lost(exchange: Exchange, quick: bool) -> None:
    agent = exchange.employs("sam", SAM)
    call = exchange.wants_a_person()
    if quick:
        exchange.look()
        agent.answers()
        agent.presses("1")
        assert NOTICE in call.news.text
    else:
        call.silence()
    exchange.line.engine.meant = Meant()
    call.listen(call.say("it is the one by the school gate"))
    talk = exchange.line.talks[0]
    assert talk.may_record is False
    said = [line.said.text for line in exchange.line.transcript(talk.id)]
    assert "it is the one by the school gate" in said
    if quick:
        assert agent.talks_to == [call.number]
    assert heard_of(exchange) == []


def test_danger_told_at_the_notice_is_heard_as_danger(exchange: Exchange) -> None:
    call = waits(exchange)
    exchange.line.engine.meant = Meant()
    assert "999" in call.say("my house is on fire please help").text
    assert exchange.line.talks[0].may_record is False


def test_who_is_rung_back_was_told_nothing_and_the_agent_hears_so(exchange: Exchange) -> None:
    agent = exchange.employs("sam", SAM)
    call = exchange.wants_a_person()
    call.press("1")
    exchange.look()
    agent.answers()
    assert "The call is not recorded." in agent.presses("1").text
    assert agent.call is not None
    agent.call.far_end_answers()
    settle_recordings(exchange.line.office)
    assert heard_of(exchange) == []


def test_who_may_be_in_danger_hears_no_notice_and_is_not_recorded(exchange: Exchange) -> None:
    agent = exchange.employs("sam", SAM)
    call = exchange.wants_a_person()
    with exchange.line.office.store.begin() as work:
        held = work.conversations.get(exchange.line.talks[0].id)
        work.conversations.save(replace(held, flags=("safe_contact",)))
    assert NOTICE not in "".join(call.silence().text for _ in range(3))
    exchange.look()
    agent.answers()
    assert "The call is not recorded." in agent.presses("1").text
    assert agent.talks_to == [call.number]
    assert heard_of(exchange) == []


def test_the_answer_to_the_notice_takes_no_longer_than_any_other(
    exchange: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    call = waits(exchange)

    def slowly(real: Callable[..., Any]) -> Callable[..., Any]:
        def work(*about: Any) -> Any:
            time.sleep(2)
            return real(*about)

        return work

    monkeypatch.setattr(RecordingNotice, "keep", slowly(RecordingNotice.keep))
    monkeypatch.setattr(Transfer, "queued", slowly(Transfer.queued))
    began = time.monotonic()
    answer = posted(exchange, "/twilio/voice/recording?turn=3&failures=4", call.call_sid, "2")
    assert time.monotonic() - began < 3.9
    assert "said=no" in answer
    assert "failures=4" in answer


def test_what_is_known_of_a_call_outlives_the_notice(exchange: Exchange) -> None:
    room = Room("h", joined=True, notice=True)
    prompt = Prompt((), 3, failures=4, missed=2, room=room)
    written = VoiceTwiml(exchange.line.wording).write(prompt)
    assert written.count("failures=4") == 2
    assert written.count("missed=2") == 2


def posted(exchange: Exchange, path: str, call_sid: str, digits: str) -> str:
    """What Twilio would get for a key."""
    form = {"CallSid": call_sid, "Digits": digits}
    signed = {"X-Twilio-Signature": signature(TOKEN, BASE + path, form)}
    return exchange.line.post(BASE + path, form, signed).body.decode()


def test_a_store_that_is_busy_does_not_lose_the_no(
    exchange: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    call = waits(exchange)
    real, failures = exchange.line.office.store.begin, [True]

    def begin(**about: Any) -> Any:
        if failures and not about.get("reading"):
            failures.pop()
            raise RuntimeError("busy")
        return real(**about)

    monkeypatch.setattr(exchange.line.office.store, "begin", begin)
    assert "will not be recorded" in call.press("2").text
    assert exchange.line.talks[0].may_record is False


def test_a_caller_who_is_put_back_after_a_hold_hears_no_second_notice(exchange: Exchange) -> None:
    _, call = talks(exchange)
    office = exchange.line.office
    put_on_hold(office, sam(exchange), exchange.handoff.id, exchange.control)
    assert heard_of(exchange)[0].status == "paused"
    assert "on hold" in call.news.text
    take_off_hold(office, sam(exchange), exchange.handoff.id, exchange.control)
    assert NOTICE not in call.news.text
    assert heard_of(exchange)[0].status == "in-progress"
    assert len(heard_of(exchange)) == 1
