"""Sending to residents. Adapters bring the carriers: texts in telephony, e-mail in connectors."""

from __future__ import annotations

from typing import Protocol

from casework.domain.outbox import Outgoing


class Sender(Protocol):
    """Hands messages of one medium to their carrier."""

    def send(self, message: Outgoing) -> str | None:
        """The carrier's id of the message, if it gives one.

        Raises SendingFailed, and OptedOut when the recipient has asked the carrier for no more.
        """
        ...
