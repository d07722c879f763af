"""The contract's JSON of a message."""

from __future__ import annotations

from typing import Any

from casework.domain.conversations import Message, Mode, Upload
from webchat.conversations import Conversations


def queue_json(stands: tuple[int, int] | None) -> dict[str, int] | None:
    """Where somebody stands in the queue for a person: `place` from 1 and `minutes` to wait."""
    return None if stands is None else {"place": stands[0], "minutes": stands[1]}


def standing(conversations: Conversations, conversation: str, mode: Mode) -> dict[str, int] | None:
    """Where a conversation in this mode stands in the queue."""
    return queue_json(conversations.queue_place(conversation) if mode is Mode.QUEUED else None)


def as_json(message: Message) -> dict[str, Any]:
    """`Message` of the contract; `at` is RFC 3339 with zone."""
    said = message.said
    return {
        "seq": message.seq,
        "from": message.author.value,
        "text": said.text,
        "at": message.at.isoformat(),
        "choices": [{"label": one.label, "value": one.value} for one in said.choices],
        "service": said.service,
        "asks": said.asks,
        "case_refs": list(said.case_refs),
        "links": [{"label": link.label, "url": link.url} for link in said.links],
        "mode": message.mode.value,
        "upload": upload_json(said.upload),
    }


def upload_json(upload: Upload | None) -> dict[str, Any] | None:
    """That evidence can be sent, for which case, and what is needed."""
    if upload is None:
        return None
    needed = [
        {"kind": one.kind, "label": one.label, "optional": one.optional} for one in upload.needed
    ]
    return {"case_ref": upload.case_ref, "needed": needed}
