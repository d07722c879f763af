"""Recordings are listened to by supervisors, with an entry each time, and deleted in time."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from casework.domain.errors import Invalid, NoCarrier, NotAllowed, NotFound, SendingFailed
from casework.domain.recordings import RecordingState
from casework.ports.recordings import Span
from casework.use_cases.forget_recordings import (
    delete_due_recordings,
    forget_recordings_of_case,
    forget_recordings_of_conversation,
    remove_recordings,
    report_undeletable,
)
from casework.use_cases.hear_recording import hear_recording
from casework.use_cases.record_talk import record_talk
from casework.use_cases.settle_recordings import settle_recordings
from server.telephone import recording_chores
from tests.casework.desk import BO, KIM, SAM
from tests.casework.recorded import Recorded, a_talk


def kept(**rules: object) -> Recorded:
    """A talk that was recorded, with a case that came of it; the carrier holds it."""
    talk = a_talk(**rules)
    record_talk(talk.office, "h1")
    with talk.office.store.begin() as work:
        case = talk.case()
        work.cases.add(case)
    talk.ends()
    return talk


def history(talk: Recorded) -> list[tuple[str, str]]:
    with talk.office.store.begin(reading=True) as work:
        case = work.cases.of_conversation(talk.talk.id)[0]
    return [(entry.what, entry.by) for entry in case.history]


def test_a_supervisor_hears_it_and_that_is_in_both_histories() -> None:
    talk = kept()
    for _ in range(2):
        audio = hear_recording(talk.office, KIM, talk.one.id)
        assert b"".join(audio.parts) == b"sound of RE1"
        assert audio.length == 12
    assert [one.by for one in talk.one.heard] == ["Kim Dean"]
    assert history(talk) == [("recording_heard", "Kim Dean")]
    talk.passes(minutes=16)
    hear_recording(talk.office, KIM, talk.one.id)
    assert len(talk.one.heard) == len(history(talk)) == 2


def test_nobody_else_does() -> None:
    talk = kept()
    for member in (SAM, BO):
        with pytest.raises(NotAllowed):
            hear_recording(talk.office, member, talk.one.id)
        with pytest.raises(NotAllowed):
            remove_recordings(talk.office, member, talk.talk.id)
    assert talk.one.heard == ()


def test_a_piece_of_it_is_had_and_one_that_is_not_there_is_not() -> None:
    talk = kept()
    audio = hear_recording(talk.office, KIM, talk.one.id, Span(6, 7))
    assert (b"".join(audio.parts), audio.span, audio.whole) == (b"of", (6, 7), 12)
    with pytest.raises(Invalid):
        hear_recording(talk.office, KIM, talk.one.id, Span(9, 2))


def test_what_the_carrier_does_not_give_was_not_heard() -> None:
    talk = kept()
    talk.recorder.down = True
    with pytest.raises(SendingFailed):
        hear_recording(talk.office, KIM, talk.one.id)
    assert talk.one.heard == ()
    with pytest.raises(NotFound):
        hear_recording(talk.office, KIM, "r9")


def test_it_is_deleted_when_its_time_has_come_and_then_not_heard_any_more() -> None:
    talk = kept(keep_days=7)
    talk.passes(days=7, minutes=-5)
    assert delete_due_recordings(talk.office) == 0
    talk.passes(minutes=5)
    assert delete_due_recordings(talk.office) == 1
    assert talk.recorder.states == {}
    assert (talk.one.state, talk.one.deleted_at) == (RecordingState.DELETED, talk.clock.now())
    with pytest.raises(NotFound):
        hear_recording(talk.office, KIM, talk.one.id)
    assert delete_due_recordings(talk.office) == 0


def test_what_was_ordered_deleted_is_nobodys_to_hear_while_the_carrier_still_has_it() -> None:
    talk = kept()
    remove_recordings(talk.office, KIM, talk.talk.id)
    assert talk.one.state is RecordingState.KEPT
    with pytest.raises(NotFound):
        hear_recording(talk.office, KIM, talk.one.id)
    assert talk.one.heard == ()


def test_without_the_carrier_nothing_is_said_to_be_deleted_and_the_log_has_how_many_are_left(
    caplog: pytest.LogCaptureFixture,
) -> None:
    talk = kept()
    assert report_undeletable(talk.office) == 0
    talk.office = replace(talk.office, recorder=None)
    with pytest.raises(NoCarrier):
        remove_recordings(talk.office, KIM, talk.talk.id)
    assert history(talk) == []
    assert talk.one.delete_at is not None
    assert talk.one.delete_at > talk.clock.now()
    (chore,) = recording_chores(talk.office)
    assert chore.do() == 1
    assert [one.levelname for one in caplog.records if "undeletable: 1" in one.message] == ["ERROR"]


def test_deleting_is_tried_again_ever_later() -> None:
    talk = kept()
    talk.passes(days=31)
    talk.recorder.down = True
    assert delete_due_recordings(talk.office) == 0
    assert delete_due_recordings(talk.office) == 0
    assert talk.one.attempts == 1
    talk.passes(minutes=2)
    delete_due_recordings(talk.office)
    assert talk.one.due_at == talk.clock.now() + timedelta(minutes=4)
    talk.recorder.down = False
    talk.passes(minutes=4)
    assert delete_due_recordings(talk.office) == 1


@pytest.mark.parametrize("of_case", [True, False])
def test_it_goes_with_the_case_or_the_conversation_that_it_belongs_to(of_case: bool) -> None:
    talk = kept()
    if of_case:
        assert forget_recordings_of_case(talk.office, talk.case().ref) == 1
    else:
        assert forget_recordings_of_conversation(talk.office, talk.talk.id) == 1
    assert delete_due_recordings(talk.office) == 1
    assert forget_recordings_of_conversation(talk.office, talk.talk.id) == 0


def test_one_that_still_goes_on_is_ended_for_it() -> None:
    talk = a_talk()
    record_talk(talk.office, "h1")
    assert forget_recordings_of_conversation(talk.office, talk.talk.id) == 1
    for _ in range(2):
        settle_recordings(talk.office)
        talk.passes(minutes=1)
    assert delete_due_recordings(talk.office) == 1


def test_a_supervisor_deletes_it_before_its_time_and_the_case_says_so() -> None:
    talk = kept()
    assert remove_recordings(talk.office, KIM, talk.talk.id) == 1
    assert history(talk) == [("recording_deleted", "Kim Dean")]
    assert delete_due_recordings(talk.office) == 1
