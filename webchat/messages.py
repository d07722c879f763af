"""The contract's JSON of a message."""

from __future__ import annotations

from typing import Any

from casework.domain.conversations import Message


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
    }
