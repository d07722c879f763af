"""The outbox: what is to be sent to residents, and how far each message got."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Medium(StrEnum):
    """How a message leaves us."""

    TEXT = "text"
    EMAIL = "email"


class Delivery(StrEnum):
    """How far a message got. Only `queued` ones are still to be sent."""

    QUEUED = "queued"
    SENT = "sent"
    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"
    FAILED = "failed"
    OPTED_OUT = "opted_out"


LOST = frozenset({Delivery.UNDELIVERED, Delivery.FAILED, Delivery.OPTED_OUT})
"""How far a message got that will not arrive."""


@dataclass(frozen=True)
class Outgoing:
    """A message to a resident. `to` is a number (+44...) or an e-mail address.

    It is sent at or after `due_at`, which a sender moves on while it tries, so that nobody else
    sends the same meanwhile. `key` says what it is for: a second one with the same key is never
    queued. `provider_id` is the carrier's own id, `problem` the code of the last failure.
    """

    id: str
    medium: Medium
    to: str
    text: str
    created_at: datetime
    due_at: datetime
    updated_at: datetime
    subject: str = ""
    key: str | None = None
    conversation_id: str | None = None
    case_ref: str | None = None
    state: Delivery = Delivery.QUEUED
    attempts: int = 0
    provider_id: str | None = None
    problem: str | None = None
