"""Gives a waiting conversation to the member of staff who takes it."""

from __future__ import annotations

from dataclasses import replace

from casework.domain.conversations import Channel, Mode
from casework.domain.errors import Conflict
from casework.domain.handoffs import Handoff, HandoffState
from casework.domain.staff import StaffMember
from casework.use_cases.hold_handoff import hold_handoff
from casework.use_cases.office import Office
from casework.use_cases.say_in_conversation import say_words
from casework.use_cases.staff_permissions import require_conversations


def accept_handoff(office: Office, member: StaffMember, handoff_id: str) -> Handoff:
    """The handoff, taken by this member; taking one's own again changes nothing.

    Of several who try at once one gets it. Raises NotFound, NotAllowed, and Conflict when somebody
    else has it or nobody waits any more.
    """
    require_conversations(member)
    with office.store.begin() as work:
        conversation, handoff = hold_handoff(work, handoff_id)
        if handoff.state is HandoffState.TAKEN and handoff.agent == member.id:
            return handoff
        if handoff.state is HandoffState.TAKEN or not handoff.is_open:
            raise Conflict(f"the handoff is {handoff.state}")
        now = office.clock.now()
        taken = replace(
            handoff,
            state=HandoffState.TAKEN,
            agent=member.id,
            taken_at=now,
            seen_at=now,
            updated_at=now,
        )
        work.handoffs.save(taken)
        # What was offered while they waited is no longer on offer.
        conversation = replace(conversation, mode=Mode.AGENT, offer=None, misses=0)
        say_words(office, work, conversation, "agent_joined", agent=member.name)
        return taken


def accept_at_desk(office: Office, member: StaffMember, handoff_id: str) -> Handoff:
    """As `accept_handoff`, for chats and texts; raises Conflict for a call, which is accepted on
    the telephone that it rings."""
    require_conversations(member)
    with office.store.begin(reading=True) as work:
        conversation_id = work.handoffs.get(handoff_id).conversation_id
        if work.conversations.get(conversation_id).channel is Channel.VOICE:
            raise Conflict("a call is accepted on the telephone")
    return accept_handoff(office, member, handoff_id)
