"""What the council publishes about its services."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from casework.domain.conversations import Link
from casework.domain.wording import Spoken


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What is published about one thing, per channel, with where it comes from and when it was
    last checked. It is due for review after `review_by`. With a `table` its braces are filled from
    the row that the resident means, and `missing` is said when there is none."""

    said: Spoken
    links: tuple[Link, ...] = ()
    source: str
    reviewed: date
    review_by: date
    next: str | None = None
    table: str | None = None
    missing: Spoken | None = None


@dataclass(frozen=True, kw_only=True)
class Topic(Answer):
    """One thing residents ask about a service. `title` fits on a button, `short` in a sentence;
    `asked` is how they ask it. What a topic that `looks_up` asks is answered by the service's own
    look-up, which first asks for an address or a place."""

    id: str
    title: str
    short: str
    asked: tuple[str, ...]
    looks_up: bool = False


@dataclass(frozen=True, kw_only=True)
class PublishedAnswer(Answer):
    """What is published about a service: what is said when no topic fits, and its topics by id.
    `owner` is the team that keeps it right."""

    service: str
    owner: str
    topics: Mapping[str, Topic] = field(default_factory=dict)

    def parts(self) -> tuple[Answer, ...]:
        """The answer without a topic, and every topic."""
        return (self, *self.topics.values())
