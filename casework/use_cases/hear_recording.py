"""Lets a supervisor listen to a recorded talk, and writes down that they did."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from casework.domain.cases import HistoryEntry
from casework.domain.errors import Conflict, NotFound
from casework.domain.recordings import HEARD, Listened, Recording
from casework.domain.staff import StaffMember
from casework.ports.recordings import Audio, Span
from casework.ports.store import Work
from casework.use_cases.office import Office
from casework.use_cases.staff_permissions import require_recordings

ATTEMPTS = 5

SAME_SITTING = timedelta(minutes=15)
"""For how long one entry stands for all that a player asks for: it fetches a talk in pieces."""


def hear_recording(
    office: Office, member: StaffMember, recording_id: str, span: Span | None = None
) -> Audio:
    """The sound, or a span of it; in the history of the conversation and of its cases before the
    first byte is given away.

    Raises NotAllowed, NotFound when there is none (any more) or it is to be deleted, Invalid for a
    span that it does not have, and SendingFailed when the carrier does not give it.
    """
    require_recordings(member)
    with office.store.begin(reading=True) as work:
        one = work.recordings.get(recording_id)
    if not one.can_be_heard(office.clock.now()) or one.sid is None or office.recorder is None:
        raise NotFound("recording")
    audio = office.recorder.listen(one.sid, span)
    try:
        _note(office, member, recording_id)
    except BaseException:
        _closed(audio.parts)
        raise
    return audio


def _note(office: Office, member: StaffMember, recording_id: str) -> None:
    for _ in range(ATTEMPTS - 1):
        try:
            return _noted(office, member, recording_id)
        except Conflict:
            continue
    return _noted(office, member, recording_id)


def _noted(office: Office, member: StaffMember, recording_id: str) -> None:
    now = office.clock.now()
    with office.store.begin() as work:
        one = work.recordings.get(recording_id)
        if not one.can_be_heard(now):
            # It was ordered deleted while the carrier was asked for it.
            raise NotFound("recording")
        if any(had.by == member.name and now - had.at < SAME_SITTING for had in one.heard):
            return
        heard = (*one.heard, Listened(now, member.name))
        work.recordings.save(replace(one, heard=heard, updated_at=now))
        note_in_cases(office, work, one, HEARD, member.name)


def note_in_cases(office: Office, work: Work, one: Recording, what: str, by: str) -> None:
    """Writes into the cases that came of a talk what was done with its recording."""
    entry = HistoryEntry(at=office.clock.now(), by=by, what=what)
    for found in work.cases.of_conversation(one.conversation_id):
        if found.parent_ref is None:
            work.cases.save(work.cases.get(found.ref).changed(entry))


def _closed(parts: Iterator[bytes]) -> None:
    close = getattr(parts, "close", None)
    if close is not None:
        close()
