"""What the store in memory holds, and one transaction over it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, TypeVar

from casework.adapters.sql_answers import (
    answers_from_json,
    answers_to_json,
    candidates_from_json,
    candidates_to_json,
)
from casework.domain.cases import Case
from casework.domain.continuations import Continuation
from casework.domain.conversations import Conversation, Message
from casework.domain.drafts import Draft
from casework.domain.errors import Invalid, NotFound
from casework.domain.evidence import Evidence, PictureToFetch, UploadLink
from casework.domain.followers import Follower
from casework.domain.guesses import Guess
from casework.domain.handoffs import Handoff
from casework.domain.outbox import Outgoing
from casework.domain.recordings import Recording
from casework.domain.residents import Resident
from casework.domain.resumes import Resume
from casework.domain.staff import StaffMember
from casework.ports.events import Event
from casework.ports.residents import Attempt

Record = TypeVar(
    "Record", Conversation, Message, Draft, Case, Handoff, StaffMember, Outgoing, Continuation
)
Held = TypeVar("Held")


@dataclass
class Records:
    """Everything stored, in the order of adding. Events are kept with their time."""

    conversations: dict[str, Conversation] = field(default_factory=dict)
    messages: dict[str, dict[int, Message]] = field(default_factory=dict)
    drafts: dict[str, Draft] = field(default_factory=dict)
    cases: dict[str, Case] = field(default_factory=dict)
    handoffs: dict[str, Handoff] = field(default_factory=dict)
    staff: dict[str, StaffMember] = field(default_factory=dict)
    outbox: dict[str, Outgoing] = field(default_factory=dict)
    opt_outs: dict[str, datetime] = field(default_factory=dict)
    continuations: dict[str, Continuation] = field(default_factory=dict)
    resumes: dict[str, Resume] = field(default_factory=dict)
    followers: dict[tuple[str, str], Follower] = field(default_factory=dict)
    guesses: dict[str, Guess] = field(default_factory=dict)
    residents: dict[str, Resident] = field(default_factory=dict)
    attempts: list[Attempt] = field(default_factory=list)
    evidence: dict[str, Evidence] = field(default_factory=dict)
    upload_links: dict[str, UploadLink] = field(default_factory=dict)
    pictures: dict[str, PictureToFetch] = field(default_factory=dict)
    recordings: dict[str, Recording] = field(default_factory=dict)
    events: dict[int, tuple[Event, datetime]] = field(default_factory=dict)
    last_event: int = 0

    def copy(self) -> Records:
        """A copy that can be changed without touching this one; records are immutable."""
        return Records(
            dict(self.conversations),
            {name: dict(lines) for name, lines in self.messages.items()},
            dict(self.drafts),
            dict(self.cases),
            dict(self.handoffs),
            dict(self.staff),
            dict(self.outbox),
            dict(self.opt_outs),
            dict(self.continuations),
            dict(self.resumes),
            dict(self.followers),
            dict(self.guesses),
            dict(self.residents),
            list(self.attempts),
            dict(self.evidence),
            dict(self.upload_links),
            dict(self.pictures),
            dict(self.recordings),
            dict(self.events),
            self.last_event,
        )


def utc(moment: datetime) -> datetime:
    """The moment in UTC. Raises Invalid for one without a zone."""
    if moment.tzinfo is None:
        raise Invalid("a moment without a time zone")
    return moment.astimezone(UTC)


def as_stored(record: Record) -> Record:
    """A record as it would come back from SQL: moments in UTC, values as JSON leaves them.

    Raises Invalid for what SQL would refuse.
    """
    changes: dict[str, Any] = {
        name: utc(value) for name, value in vars(record).items() if isinstance(value, datetime)
    }
    try:
        if isinstance(record, Draft):
            candidates = _through_json(candidates_to_json(record.candidates))
            changes["candidates"] = candidates_from_json(candidates)
            changes["answers"] = answers_from_json(_through_json(answers_to_json(record.answers)))
        if isinstance(record, Case):
            changes["fields"] = answers_from_json(_through_json(answers_to_json(record.fields)))
            changes["history"] = tuple(replace(e, at=utc(e.at)) for e in record.history)
        if isinstance(record, Handoff):
            changes["notes"] = tuple(replace(n, at=utc(n.at)) for n in record.notes)
    except (TypeError, ValueError):
        raise Invalid("a value cannot be stored") from None
    return replace(record, **changes)


def _through_json(value: Any) -> Any:
    return json.loads(json.dumps(value, allow_nan=False))


def record_of(records: Mapping[str, Held], key: str, name: str) -> Held:
    """The record under a key. Raises NotFound."""
    if key not in records:
        raise NotFound(name)
    return records[key]


class MemoryUnit:
    """One transaction's records, and the events it has written so far."""

    def __init__(self, records: Records, reading: bool) -> None:
        self.records = records
        self.announced: list[Event] = []
        self._reading = reading

    def writing(self) -> Records:
        """The records, to be changed."""
        if self._reading:
            raise Invalid("this unit of work only reads")
        return self.records

    def announce(self, conversation_id: str, kind: str, at: datetime) -> None:
        """Writes an event."""
        records = self.writing()
        records.last_event += 1
        event = Event(records.last_event, conversation_id, kind)
        records.events[event.id] = event, utc(at)
        self.announced.append(event)
