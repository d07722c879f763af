"""A text that came in, and what is texted back."""

from __future__ import annotations

from dataclasses import dataclass

from casework.domain.conversations import Message


@dataclass(frozen=True)
class Text:
    """A text that came in. `sid` is the carrier's id of it; `keyword` what the carrier itself
    made of it, such as STOP; `pictures` are the addresses at which the carrier has what came with
    it."""

    sid: str
    number: str
    body: str
    keyword: str = ""
    pictures: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """What to text back, and the conversation that it belongs to. `key` says what kind of answer
    it is: of each kind a text gets one. `replies` are what the texts were made of; `queued` says
    that all of it is in the outbox already; `ids` are our own ids of the texts, by which the
    carrier tells what became of them (may be empty)."""

    texts: tuple[str, ...]
    conversation_id: str | None = None
    key: str = "reply"
    replies: tuple[Message, ...] = ()
    queued: bool = False
    ids: tuple[str, ...] = ()


NOTHING = Answer(())
