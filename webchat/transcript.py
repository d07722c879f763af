"""A copy of a chat to keep: as text, or through the template `transcript.html`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from urllib.parse import urlsplit

from casework.domain.conversations import Link, Message
from webchat.wording import Council


def when(at: datetime, council: Council) -> str:
    """Date and time in the council's zone: 4 March 2026, 9:05am."""
    local = at.astimezone(council.timezone)
    return f"{local.day} {local:%B %Y}, {clock(at, council)}"


def clock(at: datetime, council: Council) -> str:
    """Time of day in the council's zone, as GOV.UK writes it: 9:05am."""
    local = at.astimezone(council.timezone)
    return f"{local.hour % 12 or 12}:{local:%M}{'am' if local.hour < 12 else 'pm'}"


def grouped(ref: str) -> str:
    """A reference in groups of four, as it is spoken: 4829 1573."""
    return " ".join(ref[start : start + 4] for start in range(0, len(ref), 4))


def safe(links: Iterable[Link]) -> list[Link]:
    """The links that may be shown as links: nothing that could run."""
    return [one for one in links if urlsplit(one.url).scheme in {"http", "https", "tel", "mailto"}]


def as_text(messages: Iterable[Message], council: Council, wording: Mapping[str, str]) -> str:
    """Plain text, one paragraph a message."""
    lines = [wording["transcript_title"]]
    said = list(messages)
    if said:
        lines.append(wording["transcript_started"].replace("{when}", when(said[0].at, council)))
    else:
        lines.append(wording["transcript_empty"])
    for message in said:
        who = wording[f"from_{message.author.value}"]
        lines += ["", f"{clock(message.at, council)} {who}:", message.said.text]
        lines += [f"{wording['reference']}: {grouped(ref)}" for ref in message.said.case_refs]
        lines += [f"{one.label}: {one.url}" for one in safe(message.said.links)]
    return "\n".join(lines) + "\n"
