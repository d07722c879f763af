"""An agent pauses the recording of their talk, goes on with it, or ends it because the caller does
not want it."""

from __future__ import annotations

import logging
from dataclasses import replace

from casework.domain.conversations import Conversation
from casework.domain.errors import CaseworkError, Conflict, NotFound, SendingFailed
from casework.domain.handoffs import Handoff
from casework.domain.recordings import GONE, PauseReason, Recording, RecordingState, unrecorded
from casework.domain.staff import StaffMember
from casework.ports.recordings import CallRecorder
from casework.ports.store import Work
from casework.use_cases.hold_handoff import hold_handoff, require_own
from casework.use_cases.office import Office
from casework.use_cases.settle_recordings import confirmed, end_recording
from casework.use_cases.staff_permissions import require_conversations

log = logging.getLogger(__name__)


def pause_recording(
    office: Office, member: StaffMember, handoff_id: str, why: PauseReason
) -> Recording:
    """The recording, paused; twice is as once.

    Raises NotFound, NotAllowed, Conflict when this is not this member's talk now or nothing of it
    is recorded (any more), and SendingFailed when the carrier did not confirm it, or something else
    was asked for meanwhile: it may then go on, the recording says so, and it is asked for again by
    itself.
    """
    return _brought_to(office, member, handoff_id, RecordingState.PAUSED, why)


def go_on_recording(office: Office, member: StaffMember, handoff_id: str) -> Recording:
    """The recording, going on. Raises as `pause_recording`; Conflict also when the talk must not be
    recorded, or while the caller is on hold."""
    return _brought_to(office, member, handoff_id, RecordingState.RUNNING, None)


def refuse_recording(office: Office, member: StaffMember, handoff_id: str) -> None:
    """The caller does not want it after all: nothing more is recorded in this call, and what was
    is deleted. Raises NotFound, NotAllowed, Conflict when it is not this member's talk now, and
    SendingFailed when the carrier did not confirm the end, or it may still be about to begin; it is
    asked for again by itself."""
    require_conversations(member)
    now = office.clock.now()
    with office.store.begin() as work:
        conversation, handoff = hold_handoff(work, handoff_id)
        require_own(member, handoff)
        work.conversations.save(replace(conversation, may_record=False))
        live = [
            one
            for one in work.recordings.of_conversation(conversation.id)
            if one.deleted_at is None
        ]
        live = [replace(work.recordings.get(one.id), delete_at=now, updated_at=now) for one in live]
        for one in live:
            work.recordings.save(one)
    recorder = office.recorder
    if recorder is None:
        if any(one.state not in GONE for one in live):
            raise SendingFailed("not_configured", again=False)
        return
    for one in live:
        if one.is_live and end_recording(office, recorder, one, forget=True).is_live:
            raise SendingFailed("not_confirmed", again=True)


def pause_for_hold(office: Office, member: StaffMember, handoff_id: str) -> None:
    """What an agent says while the caller is on hold is nobody's business. The hold stands whatever
    the carrier does: the recording says if it may go on."""
    _quietly(office, member, handoff_id, on_hold=True)


def go_on_after_hold(office: Office, member: StaffMember, handoff_id: str) -> None:
    """Records again if it was the hold that stopped it."""
    _quietly(office, member, handoff_id, on_hold=False)


def _quietly(office: Office, member: StaffMember, handoff_id: str, *, on_hold: bool) -> None:
    with office.store.begin(reading=True) as work:
        one = _of_talk(work, work.handoffs.look(handoff_id))
    if one is None:
        return
    pausing = RecordingState.PAUSED in {one.state, one.wanted}
    try:
        if on_hold and one.state is not RecordingState.PAUSED:
            # What it was to be paused for goes on after the hold.
            why = one.why if pausing and one.why else PauseReason.HOLD
            pause_recording(office, member, handoff_id, why)
        elif not on_hold and one.why is PauseReason.HOLD:
            go_on_recording(office, member, handoff_id)
    except CaseworkError as failure:
        log.warning("recording %s during a hold: %s", one.id, type(failure).__name__)


def _brought_to(
    office: Office,
    member: StaffMember,
    handoff_id: str,
    wanted: RecordingState,
    why: PauseReason | None,
) -> Recording:
    recorder, one = _mine(office, member, handoff_id, wanted, why)
    if one.state is wanted:
        return one
    ask = recorder.pause if wanted is RecordingState.PAUSED else recorder.go_on
    try:
        ask(one.call, one.sid)
    except NotFound:
        held = _gone(office, one)
    else:
        held = confirmed(office, one, wanted)
    if held.state is wanted:
        return held
    # Nobody may read what was asked for as done.
    if held.is_live:
        raise SendingFailed("not_confirmed", again=True)
    raise Conflict("the recording is over")


def _mine(
    office: Office,
    member: StaffMember,
    handoff_id: str,
    wanted: RecordingState,
    why: PauseReason | None,
) -> tuple[CallRecorder, Recording]:
    """The recording of this member's talk. One that is not yet as wanted is written down as not
    confirmed first: whatever happens next, nobody reads that it is."""
    require_conversations(member)
    with office.store.begin() as work:
        conversation, handoff = hold_handoff(work, handoff_id)
        require_own(member, handoff)
        found = _of_talk(work, handoff)
        if found is None or office.recorder is None:
            raise Conflict("nothing is recorded")
        one = work.recordings.get(found.id)
        if wanted is RecordingState.RUNNING:
            _require_allowed(office, conversation, handoff)
        now = office.clock.now()
        if one.state is not wanted:
            one = replace(
                one, state=RecordingState.UNSURE, wanted=wanted, why=why, due_at=None, attempts=0
            )
        elif why is not None:
            one = replace(one, why=why)
        work.recordings.save(replace(one, updated_at=now))
    return office.recorder, one


def _require_allowed(office: Office, conversation: Conversation, handoff: Handoff) -> None:
    refused = unrecorded(office.council, conversation, handoff, by_agent=True)
    if refused is not None or handoff.held_at is not None:
        raise Conflict("this is not recorded")


def _of_talk(work: Work, handoff: Handoff) -> Recording | None:
    """What is being recorded of a handoff's talk."""
    one = work.recordings.of_call(handoff.call) if handoff.call else None
    return one if one is not None and one.is_live else None


def _gone(office: Office, one: Recording) -> Recording:
    """The carrier records nothing there any more."""
    if one.sid is None:
        # It may be about to begin: what is wanted is asked for again.
        raise SendingFailed("not_begun", again=True)
    with office.store.begin() as work:
        now = office.clock.now()
        held = replace(
            work.recordings.get(one.id),
            state=RecordingState.OVER,
            wanted=None,
            over_at=now,
            updated_at=now,
        )
        work.recordings.save(held)
    return held
