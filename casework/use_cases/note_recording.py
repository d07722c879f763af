"""Keeps what the carrier reports of a recording."""

from __future__ import annotations

import logging
from dataclasses import replace

from casework.domain.errors import NotFound
from casework.domain.recordings import RecordingState
from casework.ports.recordings import Held
from casework.use_cases.office import Office
from casework.use_cases.settle_recordings import kept

log = logging.getLogger(__name__)

FINAL = frozenset({RecordingState.KEPT, RecordingState.DELETED})


def note_recording(office: Office, recording_id: str, call: str, held: Held) -> None:
    """Keeps that the carrier holds a recording now, or holds none. The same report again, and one
    that comes late, change nothing. Raises NotFound when it is of no recording of that call."""
    with office.store.begin() as work:
        one = work.recordings.get(recording_id)
        if one.call != call or one.sid not in {None, held.sid}:
            raise NotFound("recording")
        if one.state in FINAL:
            return
        if held.state is RecordingState.NONE:
            now = office.clock.now()
            work.recordings.save(
                replace(
                    one,
                    state=held.state,
                    sid=held.sid,
                    wanted=None,
                    over_at=now,
                    updated_at=now,
                )
            )
            return
        if one.state is RecordingState.NONE:
            # It was taken for one that never began: what there is of it is not wanted.
            now = office.clock.now()
            one = replace(one, state=RecordingState.OVER, delete_at=now, updated_at=now)
            work.recordings.save(one)
    if held.state is RecordingState.KEPT:
        kept(office, one, held)
