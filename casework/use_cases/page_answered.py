"""Remembers the page about what was answered last: by telephone none is shown, but it can be
texted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from casework.domain.conversations import Channel, Conversation, Link

PAGE = "page:"
"""What the note in `offered` begins with; the service and the address follow."""


def with_page(conversation: Conversation, service_id: str, links: Sequence[Link]) -> Conversation:
    """A call with a note of the page of an answer, in place of the one before."""
    if conversation.channel is not Channel.VOICE:
        return conversation
    others = tuple(one for one in conversation.offered if not one.startswith(PAGE))
    noted = (f"{PAGE}{service_id}:{links[0].url}",) if links else ()
    return replace(conversation, offered=(*others, *noted))


def page_answered(conversation: Conversation, service_id: str) -> str | None:
    """The address of the page about what was answered last, if that was of this service."""
    note = f"{PAGE}{service_id}:"
    pages = (one.removeprefix(note) for one in conversation.offered if one.startswith(note))
    return next(pages, None)
