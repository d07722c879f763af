"""What the web chat needs of the gateway (`bot.conversation`)."""

from __future__ import annotations

from typing import Protocol

from bot.messages import Inbound, Since, Started
from casework.domain.conversations import Channel, Conversation, Message


class Conversations(Protocol):
    """Begins conversations, takes turns in them and tells what was said."""

    def start(
        self,
        channel: Channel,
        *,
        language: str = "en",
        page: str | None = None,
        identity: str | None = None,
    ) -> Started:
        """Begins a conversation and greets. `identity` is the website's signed word for who the
        resident is; one that proves nothing is left aside, and that is said."""
        ...

    def go_on(self, code: str, *, language: str = "en", page: str | None = None) -> Started:
        """Begins a conversation with what was said where the link was given out. Raises NotFound
        for a link that is unknown, used or too old."""
        ...

    def can_go_on(self, code: str) -> bool:
        """Whether a link still works; asking uses nothing up."""
        ...

    def authorise(self, conversation_id: str, token: str) -> Conversation:
        """The conversation this token opens. Raises NotFound for unknown id and wrong token."""
        ...

    def handle(self, inbound: Inbound) -> list[Message]:
        """Our replies to one message; the same id again gives the same replies.

        Raises Busy (try again), Invalid (nothing was said) or Conflict (the chat has ended).
        """
        ...

    def since(self, conversation_id: str, after: int = 0) -> Since:
        """The mode, and every message with a seq above `after`."""
        ...

    def queue_place(self, conversation_id: str) -> tuple[int, int] | None:
        """Place in the queue for a person, from 1, and expected wait in minutes; None when the
        conversation does not wait."""
        ...

    def end(self, conversation_id: str) -> list[Message]:
        """Ends the conversation; ending twice does nothing more."""
        ...

    def rate(self, conversation_id: str, rating: int, comment: str | None) -> None:
        """Records what the resident thought of it. Raises Invalid outside 1 to 5."""
        ...
