"""Holds a handoff together with its conversation, for whoever is to change them."""

from __future__ import annotations

from casework.domain.conversations import Channel, Conversation
from casework.domain.errors import Conflict, Invalid, RungBack
from casework.domain.handoffs import Handoff, HandoffState
from casework.domain.redaction import redact_cards
from casework.domain.staff import StaffMember
from casework.domain.storable import storable
from casework.ports.calls import CallControl
from casework.ports.store import Work

MAX_TEXT = 2_000
"""Characters of what an agent writes at once."""


def hold_handoff(work: Work, handoff_id: str) -> tuple[Conversation, Handoff]:
    """Both as they are now, and until the end of the unit. Raises NotFound."""
    # The conversation first, as everywhere: two units that held one each would wait for ever.
    conversation = work.conversations.get(work.handoffs.look(handoff_id).conversation_id)
    return conversation, work.handoffs.get(handoff_id)


def require_own(member: StaffMember, handoff: Handoff) -> None:
    """Raises Conflict unless this member has the conversation now."""
    if handoff.state is not HandoffState.TAKEN or handoff.agent != member.id:
        raise Conflict("the conversation is not this member's")


def require_means(conversation: Conversation, calls: CallControl | None) -> None:
    """Raises Conflict for a call that nothing here can move: it ends on the telephone."""
    if conversation.channel is Channel.VOICE and calls is None:
        raise Conflict("a call is ended on the telephone")


def require_movable(handoff: Handoff) -> None:
    """Raises RungBack for a caller whom the agent rang back: they are in the agent's own call, and
    their first one, by which callers are moved, is over."""
    if handoff.ring_back:
        raise RungBack("the caller was rung back")


def written(text: str) -> str:
    """What an agent wrote, fit to be kept. Raises Invalid if it is empty or too long."""
    text = redact_cards(storable(text).strip())
    if not text or len(text) > MAX_TEXT:
        raise Invalid("text")
    return text
