"""The contract of handoffs and of the queue that they make."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from casework.domain.errors import Conflict, Invalid, NotFound
from casework.domain.handoffs import Handoff, HandoffReason, HandoffState, Note
from casework.ports.store import Store
from tests.casework.store.records import NOW, conversation, full_handoff, handoff

OVER = [
    HandoffState.RETURNED,
    HandoffState.ENDED,
    HandoffState.GONE,
    HandoffState.CALLBACK,
]
OPEN = [HandoffState.WAITING, HandoffState.RINGING, HandoffState.TAKEN]


def add(store: Store, *handoffs: Handoff) -> None:
    """Each in its own conversation, named after it."""
    with store.begin() as work:
        for one in handoffs:
            work.conversations.add(conversation(f"of-{one.id}"))
            work.handoffs.add(replace(one, conversation_id=f"of-{one.id}"))


def ids(found: list[Handoff]) -> list[str]:
    return [one.id for one in found]


def queue_events(store: Store) -> list[str]:
    with store.begin(reading=True) as work:
        return [e.conversation_id for e in work.events.since(0) if e.kind == "queue"]


def test_a_handoff_comes_back_as_it_was_written(store: Store) -> None:
    with store.begin() as work:
        work.conversations.add(conversation())
        work.handoffs.add(full_handoff())
    with store.begin() as work:
        assert work.handoffs.get("h1") == work.handoffs.look("h1") == full_handoff()
        work.handoffs.save(handoff())
    with store.begin(reading=True) as work:
        assert work.handoffs.get("h1") == handoff()


def test_handoffs_that_are_unknown_taken_or_homeless(store: Store) -> None:
    for call in ("get", "look"):
        with pytest.raises(NotFound), store.begin() as work:
            getattr(work.handoffs, call)("h1")
    with pytest.raises(NotFound), store.begin() as work:
        work.handoffs.save(handoff())
    with pytest.raises(NotFound), store.begin() as work:
        work.handoffs.add(handoff())
    with store.begin() as work:
        work.conversations.add(conversation())
        work.handoffs.add(handoff(state=HandoffState.GONE))
        with pytest.raises(Conflict):
            work.handoffs.add(handoff())


@pytest.mark.parametrize("state", OPEN)
def test_a_conversation_has_one_open_handoff(store: Store, state: HandoffState) -> None:
    with store.begin() as work:
        work.conversations.add(conversation())
        work.handoffs.add(handoff(state=state))
    with store.begin() as work, pytest.raises(Conflict):
        work.handoffs.add(handoff("h2"))
    with store.begin() as work:
        assert ids(work.handoffs.of_conversation("c1")) == ["h1"]


@pytest.mark.parametrize("state", OVER)
def test_once_it_is_over_there_may_be_another(store: Store, state: HandoffState) -> None:
    with store.begin() as work:
        work.conversations.add(conversation())
        work.handoffs.add(handoff())
        work.handoffs.save(handoff(state=state))
        work.handoffs.add(handoff("h2"))
    with pytest.raises(Conflict), store.begin() as work:
        work.handoffs.save(handoff())
    with store.begin() as work:
        assert work.handoffs.get("h1").state is state
        assert ids(work.handoffs.of_conversation("c1")) == ["h1", "h2"]


def test_handoffs_of_a_conversation_oldest_first(store: Store) -> None:
    ended: dict[str, Any] = {"state": HandoffState.ENDED}
    with store.begin() as work:
        work.conversations.add(conversation())
        for name in ("h3", "h1"):
            work.handoffs.add(handoff(name, **ended))
        work.handoffs.add(handoff("h0", created_at=NOW - timedelta(seconds=1), **ended))
        work.handoffs.add(handoff("h2"))
    with store.begin(reading=True) as work:
        assert ids(work.handoffs.of_conversation("c1")) == ["h0", "h3", "h1", "h2"]
        assert work.handoffs.of_conversation("c2") == []


def test_the_queue_has_danger_first_and_then_the_oldest(store: Store) -> None:
    later = NOW + timedelta(minutes=1)
    add(
        store,
        handoff("late", created_at=later),
        handoff("first"),
        handoff("taken", state=HandoffState.TAKEN, agent="s1"),
        handoff("second"),
        handoff("rung", state=HandoffState.RINGING, agent="s2", created_at=later),
        handoff("danger", created_at=later, reason=HandoffReason.DANGER),
        *(handoff(f"over-{state}", state=state, agent="s1") for state in OVER),
    )
    with store.begin(reading=True) as work:
        assert ids(work.handoffs.waiting()) == ["danger", "first", "second", "late", "rung"]
        assert ids(work.handoffs.open()) == ["danger", "first", "taken", "second", "late", "rung"]
        assert ids(work.handoffs.open_of("s1")) == ["taken"]
        assert ids(work.handoffs.open_of("s2")) == ["rung"]
        assert work.handoffs.open_of("s3") == []


def test_others_hear_of_the_queue_but_not_of_an_open_desk(store: Store) -> None:
    add(store, handoff())
    taken = handoff(conversation_id="of-h1", state=HandoffState.TAKEN, agent="s1", seen_at=NOW)
    with store.begin() as work:
        work.handoffs.save(taken)
    assert queue_events(store) == ["of-h1"] * 2
    with store.begin() as work:
        work.handoffs.save(replace(taken, seen_at=NOW + timedelta(seconds=10)))
    assert queue_events(store) == ["of-h1"] * 2
    with store.begin() as work:
        assert work.handoffs.get("h1").seen_at == NOW + timedelta(seconds=10)


def test_moments_without_a_zone_are_refused(store: Store) -> None:
    naive = NOW.replace(tzinfo=None)
    with store.begin() as work:
        work.conversations.add(conversation())
    for wrong in (handoff(taken_at=naive), handoff(notes=(Note(naive, "Sam", "x"),))):
        with pytest.raises(Invalid), store.begin() as work:
            work.handoffs.add(wrong)


def test_of_two_who_queue_a_conversation_at_once_one_is_refused(store: Store) -> None:
    with store.begin() as work:
        work.conversations.add(conversation())
    outcomes: list[str] = []
    both_ready = threading.Barrier(2)

    def run(name: str) -> None:
        both_ready.wait()
        try:
            with store.begin() as work:
                work.handoffs.add(handoff(name))
            outcomes.append("queued")
        except Conflict:
            outcomes.append("refused")

    threads = [threading.Thread(target=run, args=(name,)) for name in ("h1", "h2")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert Counter(outcomes) == {"queued": 1, "refused": 1}


def test_those_to_whom_no_person_came_are_found_by_when_they_left(store: Store) -> None:
    with store.begin() as work:
        for number, state in enumerate(HandoffState):
            work.conversations.add(conversation(f"c{number}"))
            ended_at = None if handoff(state=state).is_open else NOW + timedelta(minutes=number)
            one = handoff(f"h-{state}", conversation_id=f"c{number}", state=state)
            work.handoffs.add(replace(one, ended_at=ended_at))
    with store.begin(reading=True) as work:
        left = [one.id for one in work.handoffs.over_since(NOW)]
        assert left == ["h-callback", "h-gone"]
        assert work.handoffs.over_since(NOW + timedelta(hours=1)) == []
