"""Turns that take their time: the caller hears so, and every webhook answers soon."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from bot.engine import Question
from casework.adapters.memory_store import MemoryStore
from casework.domain.conversations import Mode, Utterance
from casework.domain.errors import Busy
from telephony.promptness import LATE, within
from tests.office import Meant
from tests.telephony.conftest import BASE, TOKEN, Caller, Line, Texter, make_line
from tests.twilio_stand_in.call import Call

Ring = Callable[..., Caller]


@pytest.fixture
def line() -> Line:
    """A line that has no patience."""
    return make_line(seconds=0.3)


@contextmanager
def slow(line: Line) -> Iterator[threading.Event]:
    """Has the assistant answer only once the event is set."""
    go_on, answer = threading.Event(), line.engine.answer

    def late(question: Question) -> list[Utterance]:
        assert go_on.wait(30)
        return answer(question)

    line.engine.answer = late  # type: ignore[method-assign]
    try:
        yield go_on
    finally:
        go_on.set()
        line.engine.answer = answer  # type: ignore[method-assign]


def test_work_in_time_gives_its_result_and_late_work_goes_on_by_itself() -> None:
    assert within(5, lambda: 7) == 7
    go_on, came = threading.Event(), threading.Event()
    assert within(0.01, lambda: go_on.wait(5), lambda result: came.set()) is LATE
    go_on.set()
    assert came.wait(5)


def test_what_fails_in_time_is_raised() -> None:
    def fail() -> None:
        raise Busy("now")

    with pytest.raises(Busy):
        within(5, fail)


def test_a_slow_turn_says_so_and_is_asked_after(ring: Ring, line: Line) -> None:
    caller = ring()
    line.engine.meant = Meant("missed_bin")
    with slow(line) as go_on:
        polled = threading.Timer(0.8, go_on.set)
        polled.start()
        heard = caller.call.say("my bin wasn't emptied")
    assert "One moment" in heard.text
    assert "address" in heard.text.lower()
    assert len([m for m in line.transcript(caller.talk.id) if m.author == "resident"]) == 1


def test_a_turn_that_never_ends_is_told_the_truth_and_the_call_goes_on(
    ring: Ring, line: Line
) -> None:
    caller = ring()
    line.engine.meant = Meant("missed_bin")
    with slow(line):
        heard = caller.call.say("my bin wasn't emptied")
        assert "still working" in heard.text
        assert "can't answer just now" in heard.text
        assert not heard.over
    assert caller.presses("0").text


def test_a_slow_text_is_answered_later_by_itself(line: Line, texter: Callable[..., Texter]) -> None:
    somebody = texter()
    with slow(line) as go_on:
        assert somebody.texts("my bin wasn't emptied", "missed_bin") == []
        go_on.set()
        for _ in range(100):
            with line.office.store.begin(reading=True) as work:
                queued = work.outbox.recent()
            if queued:
                break
            threading.Event().wait(0.05)
    assert any("address" in message.text.lower() for message in queued)


def test_the_answer_to_a_turn_given_up_is_told_before_anything_new(ring: Ring, line: Line) -> None:
    caller = ring()
    caller.says("my bin wasn't emptied at 14 Elm Road PL4 7AA", "missed_bin")
    line.engine.meant = Meant()
    with slow(line) as go_on:
        heard = caller.call.say("the brown one")
        assert "can't answer just now" in heard.text
        go_on.set()
        for _ in range(100):
            if caller.asked == "collection_date":
                break
            threading.Event().wait(0.05)
    heard = caller.call.say("the brown one")
    assert "What day" in heard.text
    assert caller.asked == "collection_date"


def test_a_store_that_hangs_ends_the_call_with_the_truth(
    ring: Ring, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()

    def hangs(*args: object, **options: object) -> None:
        go_on.wait(30)
        raise Busy("now")

    monkeypatch.setattr(MemoryStore, "begin", hangs)
    caller = Call("/twilio/voice", TOKEN, from_number=None, base_url=BASE, post=line.post)
    heard = caller.begin()
    go_on.set()
    assert heard.over
    assert "can't take your call" in heard.text


def test_hanging_up_during_a_slow_turn_is_recorded_when_the_turn_is_over(
    ring: Ring, line: Line
) -> None:
    caller = ring()
    line.engine.meant = Meant("missed_bin")
    with slow(line) as go_on:
        turn = threading.Thread(target=lambda: caller.call.say("my bin wasn't emptied"))
        turn.start()
        threading.Event().wait(0.2)
        go_on.set()
        turn.join(10)
    caller.call.hang_up()
    for _ in range(100):
        if caller.talk.mode is Mode.CLOSED:
            break
        threading.Event().wait(0.05)
    assert caller.talk.mode is Mode.CLOSED
