"""Ends a conversation that a person has dealt with."""

from __future__ import annotations

from dataclasses import replace

from casework.domain.conversations import Mode
from casework.domain.handoffs import Handoff, HandoffState
from casework.domain.staff import StaffMember
from casework.use_cases.hold_handoff import hold_handoff, refuse_call, require_own
from casework.use_cases.office import Office
from casework.use_cases.say_in_conversation import say_words
from casework.use_cases.staff_permissions import require_conversations


def close_handoff(office: Office, member: StaffMember, handoff_id: str) -> Handoff:
    """The handoff, ended, and its conversation closed; the resident is told. Twice is as once.

    Raises NotFound, NotAllowed, and Conflict when the conversation is not this member's now, or is
    a call.
    """
    require_conversations(member)
    with office.store.begin() as work:
        conversation, handoff = hold_handoff(work, handoff_id)
        if handoff.state is HandoffState.ENDED and handoff.agent == member.id:
            return handoff
        require_own(member, handoff)
        refuse_call(conversation)
        now = office.clock.now()
        ended = replace(handoff, state=HandoffState.ENDED, ended_at=now, updated_at=now, call=None)
        work.handoffs.save(ended)
        if conversation.mode is not Mode.CLOSED:
            closed = replace(conversation, mode=Mode.CLOSED, offer=None)
            say_words(office, work, closed, "agent_left", agent=member.name)
        return ended
