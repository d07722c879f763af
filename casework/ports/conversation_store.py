"""Where conversations live, with the forms filled in them and the links out of them."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from casework.domain.continuations import Continuation
from casework.domain.conversations import Channel, Conversation, Message, Mode
from casework.domain.drafts import Draft


class ConversationStore(Protocol):
    """Conversations and their transcripts."""

    def add(self, conversation: Conversation) -> None: ...

    def get(self, conversation_id: str) -> Conversation:
        """Raises NotFound."""
        ...

    def save(self, conversation: Conversation) -> None: ...

    def append(self, message: Message) -> None:
        """Adds to the transcript. Raises Conflict if the seq is taken."""
        ...

    def last_seq(self, conversation_id: str) -> int:
        """The seq of the newest message; 0 when there is none."""
        ...

    def messages(self, conversation_id: str, after: int = 0) -> list[Message]:
        """Messages with a seq above `after`, in order."""
        ...

    def turn(self, conversation_id: str, turn_id: str) -> list[Message]:
        """The resident's message with this id and its replies, in order; empty when unknown."""
        ...

    def last_asking(self, conversation_id: str) -> Message | None:
        """The newest message from our side if it awaits something, whatever the resident has said
        since; for telling an answer from a digression."""
        ...

    def search(
        self,
        *,
        channel: Channel | None = None,
        call_sid: str | None = None,
        caller: str | None = None,
        after: datetime | None = None,
        limit: int = 100,
    ) -> list[Conversation]:
        """Newest first; `after` compares with the start."""
        ...

    def silent_since(
        self,
        channel: Channel,
        before: datetime,
        limit: int = 100,
        *,
        mode: Mode | None = None,
    ) -> list[str]:
        """Ids of conversations not closed in which nothing was said since `before`, oldest
        first; only those in `mode`, if given."""
        ...

    def unanswered(self, channel: Channel, since: datetime, before: datetime) -> list[Message]:
        """What residents said last in conversations that the assistant answers, if that was from
        `since` on and before `before`; oldest first."""
        ...


class DraftStore(Protocol):
    """Half-filled forms."""

    def add(self, draft: Draft) -> None: ...

    def get(self, draft_id: str) -> Draft:
        """Raises NotFound."""
        ...

    def save(self, draft: Draft) -> None: ...

    def of_conversation(self, conversation_id: str) -> list[Draft]:
        """Oldest first."""
        ...


class ContinuationStore(Protocol):
    """Links by which conversations go on elsewhere."""

    def add(self, continuation: Continuation) -> None: ...

    def get(self, code_hash: str) -> Continuation:
        """Raises NotFound."""
        ...

    def save(self, continuation: Continuation) -> None: ...
