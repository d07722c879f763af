"""Says to a resident what the person who has the conversation wrote."""

from __future__ import annotations

from casework.domain.conversations import Author, Channel, Message
from casework.domain.errors import Conflict, Invalid
from casework.domain.staff import StaffMember
from casework.use_cases.hold_handoff import hold_handoff, require_own, written
from casework.use_cases.office import Office
from casework.use_cases.say_in_conversation import awaiting, say_in_conversation, takes_texts
from casework.use_cases.staff_permissions import require_conversations

MAX_ID = 100
"""Characters of a message's id."""


def reply_as_agent(
    office: Office, member: StaffMember, handoff_id: str, text: str, message_id: str
) -> Message:
    """The line of the transcript; the same `message_id` again gives the same and does nothing.

    In a run of texts it goes out by text too. Raises Invalid (empty, over 2,000 characters),
    NotFound, NotAllowed, and Conflict when the conversation is not this member's now, on a call,
    and when the number takes no more texts.
    """
    require_conversations(member)
    if not 0 < len(message_id) <= MAX_ID:
        raise Invalid("message id")
    text, turn_id = written(text), f"agent-{message_id}"
    with office.store.begin() as work:
        conversation, handoff = hold_handoff(work, handoff_id)
        before = [
            message
            for message in work.conversations.turn(conversation.id, turn_id)
            if message.author is Author.AGENT
        ]
        if before:
            return before[0]
        require_own(member, handoff)
        if conversation.channel is Channel.VOICE:
            raise Conflict("a caller is spoken to on the telephone")
        if conversation.channel is Channel.SMS and not takes_texts(work, conversation):
            raise Conflict("the number takes no texts")
        said = awaiting(office, work, conversation, text)
        messages = say_in_conversation(
            office, work, conversation, [said], Author.AGENT, turn_id=turn_id
        )
        return messages[0]
