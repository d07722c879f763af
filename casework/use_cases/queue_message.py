"""Puts a message to a resident into the outbox, to be sent once the unit is committed."""

from __future__ import annotations

from datetime import datetime

from casework.domain.outbox import Delivery, Medium, Outgoing
from casework.ports.store import Work
from casework.use_cases.office import Office


def queue_message(
    office: Office,
    work: Work,
    *,
    medium: Medium,
    to: str,
    text: str,
    subject: str = "",
    key: str | None = None,
    conversation_id: str | None = None,
    case_ref: str | None = None,
    due_at: datetime | None = None,
) -> bool:
    """Whether it was queued: not when one with its `key` was, nor a text to an opted-out number.

    `to` is a number (E.164) or an e-mail address; nothing is sent before `due_at`. It shares the
    fate of the caller's unit.
    """
    if medium is Medium.TEXT and work.opt_outs.has(to):
        return False
    now = office.clock.now()
    return work.outbox.add(
        Outgoing(
            id=office.ids.new_id(),
            medium=medium,
            to=to,
            text=text,
            subject=subject,
            key=key,
            conversation_id=conversation_id,
            case_ref=case_ref,
            created_at=now,
            due_at=due_at or now,
            updated_at=now,
        )
    )


def note_replied(
    office: Office, work: Work, *, to: str, text: str, key: str, conversation_id: str | None
) -> str | None:
    """Keeps a text that goes out as the reply to one that came in, so that what becomes of it can
    be told; gives its id. None when one with its `key` is there."""
    now = office.clock.now()
    message = Outgoing(
        id=office.ids.new_id(),
        medium=Medium.TEXT,
        to=to,
        text=text,
        key=key,
        conversation_id=conversation_id,
        created_at=now,
        due_at=now,
        updated_at=now,
        state=Delivery.SENT,
    )
    return message.id if work.outbox.add(message) else None


def was_replied(message: Outgoing) -> bool:
    """Whether a text went out as a reply, and was not sent by the outbox."""
    return message.state is not Delivery.QUEUED and not message.attempts
