"""Shows staff what left us in a conversation, and how far each message got."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from casework.domain.conversations import Author, Message
from casework.domain.outbox import Delivery, Outgoing
from casework.domain.text_length import in_gsm7

REPLIES = ("reply", "danger", "sorry")
"""What the keys of texts that answer one that came in begin with, before the carrier's id of it."""

CODE = "[code]"
"""What staff read instead of a code by which somebody goes on with what they had begun."""

_BEHIND_ADDRESS = re.compile(r"(https?://[^/\s]+)/\S*")

_FURTHEST_LAST = (
    Delivery.OPTED_OUT,
    Delivery.FAILED,
    Delivery.UNDELIVERED,
    Delivery.QUEUED,
    Delivery.SENT,
    Delivery.DELIVERED,
)


@dataclass(frozen=True)
class Sent:
    """What was sent in a conversation. `by_line` has it by the `seq` of the line that it carries;
    `others` carry none, such as a link or a code, oldest first."""

    by_line: Mapping[int, tuple[Outgoing, ...]]
    others: tuple[Outgoing, ...] = ()


def sent_in(messages: Sequence[Message], sent: Sequence[Outgoing]) -> Sent:
    """What was sent, by what was said. Several lines of one answer may share their texts."""
    by_line: dict[int, tuple[Outgoing, ...]] = {}
    found: set[str] = set()
    updates = _updates(sent)
    for message in messages:
        if message.author is Author.RESIDENT:
            continue
        starts = _starts(message, messages)
        mine = tuple(one for one in sent if _carries(one, starts)) or _update(message, updates)
        if mine:
            by_line[message.seq] = mine
            found |= {one.id for one in mine}
    return Sent(by_line, tuple(one for one in sent if one.id not in found))


def furthest(sent: Iterable[Outgoing]) -> Outgoing:
    """Of the texts that carry one line, the one that got least far: it is what staff must see."""
    return min(sent, key=lambda one: _FURTHEST_LAST.index(one.state))


def staff_text(sent: Outgoing) -> str:
    """What was sent, but for a code or what a link opens: whoever has those can go on with it."""
    return CODE if (sent.key or "").startswith("code:") else without_paths(sent.text)


def without_paths(text: str) -> str:
    """The text with no more of its links than where they lead to."""
    return _BEHIND_ADDRESS.sub(r"\1/…", text)


def _starts(message: Message, messages: Sequence[Message]) -> tuple[str, ...]:
    """What the key of a text that carries a line begins with."""
    own = f"agent:{message.conversation_id}"
    if message.author is Author.AGENT and message.turn_id is not None:
        return (f"{own}:{message.turn_id.removeprefix('agent-')}:",)
    if message.turn_id is not None:
        return tuple(f"{kind}:{message.turn_id}:" for kind in REPLIES)
    if message.seq == 1:
        # The greeting goes out with the first answer.
        first = next((one.turn_id for one in messages if one.turn_id), None)
        return tuple(f"{kind}:{first}:" for kind in REPLIES) if first else ()
    return (f"{own}:seq-{_first_of_group(message, messages)}:",)


def _first_of_group(message: Message, messages: Sequence[Message]) -> int:
    """The first line of what was said at once, by which its texts are known."""
    first = message.seq
    for one in reversed([one for one in messages if one.seq < message.seq]):
        if (one.author, one.at, one.turn_id) != (message.author, message.at, message.turn_id):
            break
        first = one.seq
    return first


def _updates(sent: Sequence[Outgoing]) -> list[tuple[Outgoing, ...]]:
    """The pieces of each update about a case, in order."""
    found: dict[str, list[tuple[int, Outgoing]]] = {}
    for one in sent:
        # update:<case>:<place in its history>, and for all pieces but the first their number.
        update = re.fullmatch(r"(update:[^:]*:[^:]*)(?::(\d+))?", one.key or "")
        if update is not None:
            found.setdefault(update[1], []).append((int(update[2] or 1), one))
    return [
        tuple(one for _, one in sorted(pieces, key=lambda piece: piece[0]))
        for pieces in found.values()
    ]


def _update(message: Message, updates: Sequence[tuple[Outgoing, ...]]) -> tuple[Outgoing, ...]:
    """The update about a case that carries this very line; of some with the same words the one that
    was sent when it was said."""
    words = _bare(message.said.text)
    if message.author is not Author.SYSTEM or not words:
        return ()
    same = [one for one in updates if words in _bare("".join(piece.text for piece in one))]
    return min(same, key=lambda one: abs(one[0].created_at - message.at), default=())


def _bare(text: str) -> str:
    """The text as its texts have it: they are written in other characters, and cut at spaces."""
    return "".join(in_gsm7(text).split())


def _carries(sent: Outgoing, starts: tuple[str, ...]) -> bool:
    """Whether a text is the first, or a later, piece of what begins so."""
    return f"{sent.key}:".startswith(starts)
