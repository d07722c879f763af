"""What comes in from a resident and what goes out, in no channel's own words."""

from __future__ import annotations

from dataclasses import dataclass

from casework.domain.conversations import Message, Mode

MAX_TEXT = 2000
"""Characters of one message that a resident may send; longer ones are refused by the channel."""


@dataclass(frozen=True)
class Inbound:
    """One message from a resident. `id` is unique in its conversation: a repeat is answered with
    the reply already given. Either `text` or `choice` (the value of something offered) is set.
    `answering` is the seq of the question a choice belongs to, where the channel knows it; `keyed`
    says that it was entered on a telephone's keypad; `sure` how sure a recogniser was of the words,
    from 0 to 1, None where nothing was recognised."""

    id: str
    conversation_id: str
    text: str = ""
    choice: str | None = None
    answering: int | None = None
    keyed: bool = False
    sure: float | None = None


@dataclass(frozen=True)
class Started:
    """A conversation begun. `token` is shown this once; only its hash is kept."""

    conversation_id: str
    token: str
    messages: tuple[Message, ...]


@dataclass(frozen=True)
class Since:
    """What a listener has missed."""

    mode: Mode
    messages: tuple[Message, ...]
