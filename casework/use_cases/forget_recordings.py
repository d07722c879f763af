"""Deletes recordings at the carrier: when their time has come, or with what they belong to."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import timedelta

from casework.domain.errors import CaseworkError, NoCarrier, SendingFailed
from casework.domain.recordings import GONE, REMOVED, Recording, RecordingState
from casework.domain.staff import StaffMember
from casework.ports.recordings import CallRecorder
from casework.use_cases.hear_recording import note_in_cases
from casework.use_cases.office import Office
from casework.use_cases.staff_permissions import require_recordings

log = logging.getLogger(__name__)

AT_ONCE = 20
"""Recordings deleted in one go."""

LONGEST_PAUSE = timedelta(hours=6)
"""The longest time between two attempts."""


def delete_due_recordings(office: Office) -> int:
    """Deletes those whose time has come; how many were. What fails is tried again, ever later."""
    recorder = office.recorder
    if recorder is None:
        return 0
    with office.store.begin(reading=True) as work:
        due = work.recordings.to_delete(office.clock.now(), AT_ONCE)
    deleted = 0
    for one in due:
        try:
            deleted += _deleted(office, recorder, one)
        except CaseworkError as failure:
            log.warning("recording %s is not deleted: %s", one.id, type(failure).__name__)
    return deleted


def report_undeletable(office: Office) -> int:
    """How many recordings the carrier may hold although nothing can be asked of it here, as its
    settings were taken away; it is logged. Their days are not kept to until the settings are back.
    """
    if office.recorder is not None:
        return 0
    with office.store.begin(reading=True) as work:
        left = work.recordings.held_count()
    if left:
        log.error("recordings_undeletable: %d; see docs/twilio.md#turning-it-off", left)
    return left


def forget_recordings_of_conversation(office: Office, conversation_id: str) -> int:
    """Has all recordings of a conversation deleted as soon as the carrier does it, ending what is
    being recorded; how many there are. Whoever deletes the conversation itself calls this first:
    their records stay until the carrier has deleted them, and hold nothing that was said."""
    now = office.clock.now()
    with office.store.begin() as work:
        found = [
            one for one in work.recordings.of_conversation(conversation_id) if one.state not in GONE
        ]
        for one in found:
            held = work.recordings.get(one.id)
            work.recordings.save(replace(held, delete_at=now, due_at=None, updated_at=now))
    return len(found)


def forget_recordings_of_case(office: Office, ref: str) -> int:
    """As `forget_recordings_of_conversation`, of the one that a case came of. Raises NotFound."""
    with office.store.begin(reading=True) as work:
        conversation_id = work.cases.look(ref).conversation_id
    return forget_recordings_of_conversation(office, conversation_id)


def remove_recordings(office: Office, member: StaffMember, conversation_id: str) -> int:
    """As `forget_recordings_of_conversation`, by a supervisor: it is in the history of the cases.
    Raises NotAllowed, NoCarrier when nothing can be deleted there, and Conflict when a case has
    changed meanwhile."""
    require_recordings(member)
    if office.recorder is None:
        raise NoCarrier("recordings")
    with office.store.begin() as work:
        held = work.recordings.of_conversation(conversation_id)
        found = [one for one in held if one.state not in GONE]
        if found:
            note_in_cases(office, work, found[-1], REMOVED, member.name)
    return forget_recordings_of_conversation(office, conversation_id)


def _deleted(office: Office, recorder: CallRecorder, one: Recording) -> bool:
    now = office.clock.now()
    try:
        recorder.remove(one.sid or "")
    except SendingFailed as failure:
        log.warning("recording %s is not deleted: %s", one.id, failure.code)
        attempts = one.attempts + 1
        pause = min(timedelta(minutes=2 ** min(attempts, 10)), LONGEST_PAUSE)
        changed = replace(one, attempts=attempts, due_at=now + pause)
    else:
        changed = replace(one, state=RecordingState.DELETED, deleted_at=now, due_at=None)
    with office.store.begin() as work:
        # Who listened meanwhile stays written down.
        held = work.recordings.get(one.id)
        work.recordings.save(replace(changed, heard=held.heard, updated_at=now))
    return changed.state is RecordingState.DELETED
