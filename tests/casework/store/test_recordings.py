"""What is known of recordings is kept alike by every store."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from casework.domain.errors import Conflict, Invalid, NotFound
from casework.domain.recordings import Listened, PauseReason, Recording, RecordingState
from tests.casework.store.records import NOW, SUMMER, conversation

ONE = Recording("r1", "c1", "h1", "CA1", NOW, NOW)
FULL = Recording(
    id="r2",
    conversation_id="c1",
    handoff_id="h1",
    call="CA2",
    asked_at=NOW,
    updated_at=NOW,
    state=RecordingState.UNSURE,
    sid="RE2",
    why=PauseReason.IDENTITY,
    wanted=RecordingState.PAUSED,
    over_at=NOW,
    seconds=61,
    delete_at=NOW + timedelta(days=30),
    deleted_at=NOW,
    attempts=2,
    due_at=NOW,
    heard=(Listened(NOW, "Kim Dean"),),
)


def test_recordings_come_back_as_they_were_oldest_first(store: Any) -> None:
    with store.begin() as work:
        work.recordings.add(ONE)
        summer = NOW.astimezone(SUMMER)
        work.recordings.add(replace(FULL, asked_at=summer, heard=(Listened(summer, "Kim Dean"),)))
    with store.begin() as work:
        assert work.recordings.of_conversation("c1") == [ONE, FULL]
        assert work.recordings.of_call("CA2") == FULL
        assert work.recordings.of_call("CA3") is None
        assert work.recordings.get("r1") == ONE


@pytest.mark.parametrize("said", [True, False, None])
def test_what_a_caller_said_to_it_comes_back(store: Any, said: bool | None) -> None:
    with store.begin() as work:
        work.conversations.add(conversation(may_record=said))
    with store.begin(reading=True) as work:
        assert work.conversations.get("c1").may_record is said


def test_a_call_has_one_recording(store: Any) -> None:
    with store.begin() as work:
        work.recordings.add(ONE)
        for taken in (replace(FULL, id="r1"), replace(FULL, call="CA1")):
            with pytest.raises(Conflict):
                work.recordings.add(taken)


def test_one_that_is_not_there_is_neither_got_nor_saved(store: Any) -> None:
    with store.begin() as work, pytest.raises(NotFound):
        work.recordings.get("r9")
    with store.begin() as work, pytest.raises(NotFound):
        work.recordings.save(ONE)


def test_a_moment_has_a_zone(store: Any) -> None:
    naive = replace(ONE, heard=(Listened(NOW.replace(tzinfo=None), "Kim Dean"),))
    with pytest.raises(Invalid), store.begin() as work:
        work.recordings.add(naive)


def test_those_of_which_the_carrier_has_more_to_say_are_found(store: Any) -> None:
    states = list(RecordingState)
    with store.begin() as work:
        for state in states:
            work.recordings.add(replace(ONE, id=state.value, call=state.value, state=state))
    with store.begin(reading=True) as work:
        found = [one.id for one in work.recordings.unsettled(NOW, 20)]
        assert found == ["asked", "unsure", "over"]
        assert len(work.recordings.unsettled(NOW, 2)) == 2
        assert [one.id for one in work.recordings.steady(20)] == ["running", "paused"]
        assert len(work.recordings.steady(1)) == 1
        assert work.recordings.held_count() == len(states) - 2


def test_what_waits_for_its_time_does_not_stand_in_front_of_what_is_due(store: Any) -> None:
    over, later = replace(ONE, state=RecordingState.OVER), NOW + timedelta(minutes=1)
    with store.begin() as work:
        for name, due, changed in (
            ("waits", later, NOW),
            ("newer", NOW, NOW + timedelta(seconds=2)),
            ("older", None, NOW + timedelta(seconds=1)),
        ):
            one = replace(over, id=name, call=name, due_at=due, updated_at=changed)
            work.recordings.add(one)
    with store.begin(reading=True) as work:
        assert [one.id for one in work.recordings.unsettled(NOW, 1)] == ["older"]
        assert [one.id for one in work.recordings.unsettled(NOW, 9)] == ["older", "newer"]
        assert len(work.recordings.unsettled(later, 9)) == 3


def test_those_whose_time_has_come_are_found_once_they_are_to_be_tried_again(store: Any) -> None:
    kept = replace(ONE, state=RecordingState.KEPT, delete_at=NOW)
    with store.begin() as work:
        work.recordings.add(kept)
        work.recordings.add(replace(kept, id="r2", call="CA2", delete_at=None))
        work.recordings.add(replace(FULL, id="r3", call="CA3", delete_at=NOW))
    with store.begin() as work:
        assert work.recordings.to_delete(NOW - timedelta(seconds=1), 20) == []
        assert work.recordings.to_delete(NOW, 20) == [kept]
        work.recordings.save(replace(kept, due_at=NOW + timedelta(minutes=1)))
        assert work.recordings.to_delete(NOW, 20) == []
        assert len(work.recordings.to_delete(NOW + timedelta(minutes=1), 20)) == 1


def test_what_changes_is_heard_of_at_the_desk(store: Any) -> None:
    with store.begin() as work:
        work.recordings.add(ONE)
        work.recordings.save(replace(ONE, state=RecordingState.RUNNING))
    with store.begin(reading=True) as work:
        assert [(event.conversation_id, event.kind) for event in work.events.since(0)] == [
            ("c1", "queue"), ("c1", "queue"),
        ]  # fmt: skip
