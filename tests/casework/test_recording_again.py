"""A recording that the carrier refused can be asked for again. One that it began, or may have
begun, cannot: of two of the same call one would be looked for, and the other stay for ever."""

from __future__ import annotations

from datetime import timedelta

import pytest

from casework.domain.errors import Conflict, NotFound
from casework.domain.handoffs import HandoffState
from casework.domain.recordings import RecordingState
from casework.ports.recordings import Held
from casework.use_cases.forget_recordings import delete_due_recordings
from casework.use_cases.note_recording import note_recording
from casework.use_cases.read_recording import read_recording
from casework.use_cases.record_talk import record_as_agent, record_talk
from casework.use_cases.settle_recordings import READY_WITHIN, settle_recordings
from tests.casework.desk import SAM
from tests.casework.recorded import CALL, Recorded, a_talk

RUNNING, NONE = RecordingState.RUNNING, RecordingState.NONE


def may_begin(talk: Recorded) -> bool:
    with talk.office.store.begin(reading=True) as work:
        conversation = work.conversations.get(talk.talk.id)
        shown = read_recording(talk.office, work, conversation, work.handoffs.look("h1"))
    return shown is not None and shown.may_begin


def nothing_stays(talk: Recorded) -> bool:
    """Whether the carrier holds nothing once the talk is over and everything was looked at."""
    talk.handoff(state=HandoffState.ENDED)
    for _ in range(20):
        talk.passes(minutes=5)
        settle_recordings(talk.office)
        delete_due_recordings(talk.office)
    return RUNNING not in talk.recorder.states.values()


def absent(talk: Recorded, sid: str = "RE1") -> None:
    """The carrier says that a recording of the call came to nothing."""
    talk.recorder.states[sid] = NONE
    note_recording(talk.office, talk.one.id, CALL, Held(sid, NONE))


def test_one_that_came_to_nothing_is_not_begun_again_by_an_answer_that_is_lost() -> None:
    talk = a_talk()
    assert record_talk(talk.office, "h1") is not None
    absent(talk)
    assert talk.one.state is NONE
    talk.recorder.deaf = True
    with pytest.raises(Conflict):
        record_as_agent(talk.office, SAM, "h1")
    talk.recorder.deaf = False
    assert not may_begin(talk)
    assert nothing_stays(talk)


def test_one_that_may_have_begun_is_not_begun_again_when_it_came_to_nothing() -> None:
    talk = a_talk()
    talk.recorder.deaf = True
    record_talk(talk.office, "h1")
    assert (talk.one.state, talk.one.sid) == (RecordingState.UNSURE, None)
    talk.recorder.deaf = False
    absent(talk)
    assert (talk.one.state, talk.one.sid) == (NONE, "RE1")
    with pytest.raises(Conflict):
        record_as_agent(talk.office, SAM, "h1")
    assert not may_begin(talk)


def test_one_that_was_never_found_is_not_begun_again_either() -> None:
    talk = a_talk()
    talk.recorder.down = True
    record_talk(talk.office, "h1")
    talk.recorder.down = False
    for _ in range(3):
        talk.passes(minutes=1)
        settle_recordings(talk.office)
    talk.passes(seconds=(READY_WITHIN + timedelta(minutes=1)).total_seconds())
    settle_recordings(talk.office)
    assert (talk.one.state, talk.one.sid) == (NONE, None)
    # It may yet be told of: what comes of a second one could not be told from it.
    with pytest.raises(Conflict):
        record_as_agent(talk.office, SAM, "h1")


def test_what_is_found_to_have_come_to_nothing_is_known_by_its_id() -> None:
    talk = a_talk()
    talk.recorder.deaf = True
    record_talk(talk.office, "h1")
    talk.recorder.deaf = False
    talk.recorder.states["RE1"] = NONE
    for _ in range(2):
        talk.passes(minutes=1)
        settle_recordings(talk.office)
    assert (talk.one.state, talk.one.sid) == (NONE, "RE1")


def test_one_that_was_refused_begins_again_as_if_it_were_the_first() -> None:
    talk = a_talk()
    talk.recorder.refuses = True
    record_talk(talk.office, "h1")
    refused = talk.one
    assert refused.never_began
    assert may_begin(talk)
    talk.recorder.refuses = False
    talk.passes(minutes=1)
    again = record_as_agent(talk.office, SAM, "h1")
    assert (again.id, again.state, again.sid) == (refused.id, RUNNING, "RE1")
    assert (again.over_at, again.wanted, again.why, again.due_at) == (None, None, None, None)
    with pytest.raises(NotFound):
        note_recording(talk.office, again.id, CALL, Held("RE2", NONE))
    assert nothing_stays(talk)
