"""Has the carrier record a talk, from the moment in which caller and agent hear each other."""

from __future__ import annotations

import logging
from dataclasses import replace

from casework.domain.errors import Conflict, NotFound, SendingFailed
from casework.domain.handoffs import Handoff, HandoffState
from casework.domain.recordings import Recording, RecordingState, agent_begins, unrecorded
from casework.domain.staff import StaffMember
from casework.ports.recordings import CallRecorder
from casework.ports.store import Work
from casework.use_cases.hold_handoff import hold_handoff, require_own
from casework.use_cases.office import Office
from casework.use_cases.settle_recordings import settle
from casework.use_cases.staff_permissions import require_conversations

log = logging.getLogger(__name__)


def record_talk(office: Office, handoff_id: str) -> Recording | None:
    """The recording of the talk that has just begun; None when it is not to be recorded, or waits
    for the agent. Twice is as once. Raises NotFound.

    What the carrier does not confirm is ended again and deleted: the talk goes on unrecorded.
    """
    recorder = office.recorder
    if recorder is None:
        return None
    with office.store.begin() as work:
        conversation, handoff = hold_handoff(work, handoff_id)
        if unrecorded(office.council, conversation, handoff) is not None:
            return None
        if handoff.state is not HandoffState.TAKEN or handoff.call is None:
            return None
        if work.recordings.of_call(handoff.call) is not None:
            return None
        asked = _asked(office, work, handoff, handoff.call)
    return _started(office, recorder, asked)


def record_as_agent(office: Office, member: StaffMember, handoff_id: str) -> Recording:
    """The recording, begun by the agent: because it waited for them, or did not begin by itself.

    Raises NotFound, NotAllowed, Conflict when it is not this member's talk now, is paused, must not
    be recorded or may have been already, and SendingFailed when the carrier did not confirm it:
    nothing is kept then.
    """
    require_conversations(member)
    recorder = office.recorder
    with office.store.begin() as work:
        conversation, handoff = hold_handoff(work, handoff_id)
        require_own(member, handoff)
        before = work.recordings.of_call(handoff.call) if handoff.call else None
        if before is not None and before.is_live:
            return _going_on(before)
        begins = agent_begins(office.council, conversation, handoff, before)
        if recorder is None or handoff.call is None or not begins:
            raise Conflict("this is not recorded")
        asked = _asked(office, work, handoff, handoff.call, before)
    started = _started(office, recorder, asked)
    if started.state is not RecordingState.RUNNING:
        raise SendingFailed("not_recorded", again=True)
    return started


def _going_on(one: Recording) -> Recording:
    """What is being recorded already, if it surely is."""
    if one.state is RecordingState.PAUSED:
        raise Conflict("this is paused")
    if one.state is not RecordingState.RUNNING:
        raise SendingFailed("not_confirmed", again=True)
    return one


def _asked(
    office: Office, work: Work, handoff: Handoff, call: str, before: Recording | None = None
) -> Recording:
    """The recording before the carrier knows of it."""
    now = office.clock.now()
    if before is not None:
        again = Recording(before.id, before.conversation_id, handoff.id, call, now, now)
        work.recordings.save(again)
        return again
    asked = Recording(office.ids.new_id(), handoff.conversation_id, handoff.id, call, now, now)
    work.recordings.add(asked)
    return asked


def _started(office: Office, recorder: CallRecorder, asked: Recording) -> Recording:
    """The recording with the carrier's answer."""
    sid: str | None = None
    unsure = False
    try:
        sid = recorder.start(asked.id, asked.call)
    except NotFound:
        log.info("recording %s: the call is over", asked.id)
    except SendingFailed as failure:
        unsure = failure.again
        log.warning("recording %s is not begun: %s", asked.id, failure.code)
    now = office.clock.now()
    with office.store.begin() as work:
        held = replace(work.recordings.get(asked.id), updated_at=now)
        if sid is not None:
            # An agent may have been quicker: what they asked for stands.
            running = held.state is RecordingState.ASKED
            state = RecordingState.RUNNING if running else held.state
            held = replace(held, sid=sid, state=state)
        elif unsure:
            # It may have begun: it is ended, and what there is of it deleted.
            held = replace(
                held, state=RecordingState.UNSURE, wanted=RecordingState.OVER, delete_at=now
            )
        else:
            held = replace(held, state=RecordingState.NONE, over_at=now)
        work.recordings.save(held)
    settled = held.state in {RecordingState.RUNNING, RecordingState.NONE}
    return held if settled else settle(office, recorder, held)
