"""Messages queued and sent, for the tests of the outbox."""

from __future__ import annotations

from typing import Any

from casework.domain.outbox import Medium, Outgoing
from casework.ports.sending import Sender
from casework.use_cases.deliver_messages import deliver_due
from casework.use_cases.office import Office
from casework.use_cases.queue_message import queue_message

MOBILE = "+447700900123"
OTHER = "+447700900456"


def queue(office: Office, to: str = MOBILE, **about: Any) -> bool:
    """Queues a message in a unit of its own: an e-mail if the address is one."""
    medium = Medium.EMAIL if "@" in to else Medium.TEXT
    with office.store.begin() as work:
        return queue_message(
            office, work, **{"medium": medium, "to": to, "text": "Hello.", **about}
        )


def queued(office: Office, to: str = MOBILE, **about: Any) -> str:
    """The id of a message queued so."""
    assert queue(office, to, **about)
    return outbox(office)[-1].id


def outbox(office: Office) -> list[Outgoing]:
    """All messages, oldest first."""
    with office.store.begin(reading=True) as work:
        return work.outbox.recent()[::-1]


def message(office: Office, message_id: str) -> Outgoing:
    with office.store.begin(reading=True) as work:
        return work.outbox.get(message_id)


def deliver(office: Office, *senders: Sender, limit: int = 20) -> int:
    """Delivers with these senders: the first for texts, the second for e-mail."""
    return deliver_due(office, dict(zip(Medium, senders, strict=False)), limit)
