"""Turns that take their time: the caller hears so, and every webhook answers soon."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from bot.conversation import Conversations, Then
from bot.engine import Question
from bot.messages import Inbound
from casework.adapters.memory_store import MemoryStore
from casework.domain.conversations import Message, Mode, Utterance
from casework.domain.errors import Busy
from casework.use_cases.queue_message import was_replied
from server.logs import kind_of_end
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


def outbox(line: Line) -> list[str]:
    with line.office.store.begin(reading=True) as work:
        sent = [message for message in work.outbox.recent() if not was_replied(message)]
    return [message.text for message in sent]


def until(holds: Callable[[], bool]) -> None:
    """Waits for what another thread is about to do."""
    for _ in range(200):
        if holds():
            return
        threading.Event().wait(0.05)
    raise AssertionError("it never came")


@contextmanager
def store_busy(monkeypatch: pytest.MonkeyPatch, after: float) -> Iterator[None]:
    """Has every unit that may write wait `after` seconds, and then find the store busy."""
    begin = MemoryStore.begin

    def busy(store: MemoryStore, *, reading: bool = False) -> Any:
        if reading:
            return begin(store, reading=True)
        threading.Event().wait(after)
        raise Busy("now")

    with monkeypatch.context() as broken:
        broken.setattr(MemoryStore, "begin", busy)
        yield


def test_danger_in_a_slow_turn_is_not_told_to_wait(
    ring: Ring, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    caller = ring()
    with store_busy(monkeypatch, 0.5):
        heard = caller.call.say("there's a fire and I can't get out")
        assert "call 999" in heard.text.lower()
        assert "moment" not in heard.text
        assert caller.call.awaiting is not None
    # Its words are still on their way into the record, and nothing else takes their place.
    heard = caller.call.say("please hurry")
    assert "999" in heard.text
    (said,) = [m for m in line.transcript(caller.talk.id) if m.author == "resident"]
    assert "fire" in said.said.text


def test_danger_in_a_slow_text_is_answered_at_once_and_only_once(
    line: Line, texter: Callable[..., Texter], monkeypatch: pytest.MonkeyPatch
) -> None:
    somebody = texter()
    somebody.texts("hello", "greet")
    answer = line.conversations.handle

    def late(inbound: Inbound, then: Then | None = None) -> list[Message]:
        threading.Event().wait(0.6)
        return answer(inbound, then)

    monkeypatch.setattr(Conversations, "handle", lambda _, inbound, then=None: late(inbound, then))
    (said,) = somebody.texts("there's a fire and I can't get out")
    assert said.startswith("Call 999")
    until(lambda: bool(outbox(line)))
    assert "person" in " ".join(outbox(line))
    assert said not in " ".join(outbox(line))


def test_danger_in_a_text_that_fails_late_is_told_once(
    line: Line, texter: Callable[..., Texter], monkeypatch: pytest.MonkeyPatch
) -> None:
    somebody = texter()
    somebody.texts("hello", "greet")
    with store_busy(monkeypatch, 0.5):
        (said,) = somebody.texts("there's a fire and I can't get out")
        threading.Event().wait(0.6)
    assert said.startswith("Call 999")
    assert outbox(line) == []


def test_a_turn_that_is_late_while_the_store_is_busy_is_tried_again(
    ring: Ring, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    caller = ring()
    line.engine.meant = Meant("missed_bin")
    heard: list[str] = []
    for module in ("calls", "voice"):
        monkeypatch.setattr(f"telephony.{module}.POLLS", 4)
    with store_busy(monkeypatch, 0.4):
        turn = threading.Thread(
            target=lambda: heard.append(caller.call.say("my bin wasn't emptied").text)
        )
        turn.start()
        threading.Event().wait(0.5)
    turn.join(10)
    assert "say it again" not in heard[0]
    until(lambda: caller.asked == "address")
    said = [m for m in line.transcript(caller.talk.id) if m.author == "resident"]
    assert len(said) == 1


def test_whatever_comes_late_and_cannot_be_handed_on_is_logged_by_its_kind(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(_: object) -> None:
        raise Busy("07700 900123")

    def fails_late() -> None:
        threading.Event().wait(0.1)
        raise Busy("07700 900123")

    assert within(0.01, lambda: threading.Event().wait(0.1), fail) is LATE
    assert within(0.01, fails_late, None, fail) is LATE
    until(lambda: len(caplog.records) == 3)
    assert "Busy" in caplog.text
    assert "07700" not in caplog.text


def test_a_thread_that_ends_by_a_fault_logs_its_kind_only(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(threading, "excepthook", kind_of_end)

    def fail() -> None:
        raise Busy("07700 900123")

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join(5)
    assert caplog.messages == ["a thread ended: Busy"]
