"""Puts a caller on hold while their agent asks somebody, and takes them off it."""

from __future__ import annotations

from dataclasses import replace

from casework.domain.conversations import Channel, Conversation
from casework.domain.errors import CallerGone, Conflict
from casework.domain.handoffs import Handoff
from casework.domain.staff import StaffMember
from casework.ports.calls import CallControl, CallHolding
from casework.use_cases.hold_handoff import hold_handoff, require_movable, require_own
from casework.use_cases.office import Office
from casework.use_cases.pause_recording import go_on_after_hold, pause_for_hold
from casework.use_cases.staff_permissions import require_conversations


def can_hold(conversation: Conversation, handoff: Handoff, calls: CallControl | None) -> bool:
    """Whether this can be put on hold: a call that came in, with a carrier that does so."""
    came_in = conversation.channel is Channel.VOICE and not handoff.ring_back
    return came_in and isinstance(calls, CallHolding)


def put_on_hold(
    office: Office, member: StaffMember, handoff_id: str, calls: CallControl | None
) -> Handoff:
    """The handoff, its caller told to wait and the agent hearing nothing. Twice is as once.

    Raises NotFound, NotAllowed, Conflict when it is not this member's call now or cannot be held,
    CallerGone, RungBack, and SendingFailed when the carrier does not do it.
    """
    return _moved(office, member, handoff_id, calls, on_hold=True)


def take_off_hold(
    office: Office, member: StaffMember, handoff_id: str, calls: CallControl | None
) -> Handoff:
    """The handoff, caller and agent talking again. Raises as `put_on_hold`."""
    return _moved(office, member, handoff_id, calls, on_hold=False)


def _moved(
    office: Office,
    member: StaffMember,
    handoff_id: str,
    calls: CallControl | None,
    *,
    on_hold: bool,
) -> Handoff:
    require_conversations(member)
    with office.store.begin(reading=True) as work:
        handoff = work.handoffs.look(handoff_id)
        conversation = work.conversations.get(handoff.conversation_id)
    require_own(member, handoff)
    require_movable(handoff)
    if conversation.channel is not Channel.VOICE or not isinstance(calls, CallHolding):
        raise Conflict("this cannot be put on hold")
    # The carrier first: a page that says "on hold" while both talk on would be worse than a wait
    # that the agent can end by pressing once more.
    call_sid = conversation.call_sid or ""
    there = calls.hold(call_sid) if on_hold else calls.resume(call_sid)
    if not there:
        raise CallerGone(conversation.id)
    with office.store.begin() as work:
        _, handoff = hold_handoff(work, handoff_id)
        require_own(member, handoff)
        now = office.clock.now()
        held_at = (handoff.held_at or now) if on_hold else None
        handoff = replace(handoff, held_at=held_at, updated_at=now)
        work.handoffs.save(handoff)
    (pause_for_hold if on_hold else go_on_after_hold)(office, member, handoff_id)
    return handoff
