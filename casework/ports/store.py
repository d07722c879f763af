"""Where records live. A unit of work is one transaction; leaving it without an error commits."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from casework.domain.cases import Case, CaseStatus
from casework.domain.continuations import Continuation
from casework.domain.conversations import Channel, Conversation, Message, Mode
from casework.domain.drafts import Draft
from casework.domain.outbox import Outgoing
from casework.domain.staff import StaffMember
from casework.ports.evidence import EvidenceRecords, PictureQueue, UploadLinks
from casework.ports.figure_store import FigureStore
from casework.ports.guess_store import GuessStore
from casework.ports.handoff_store import HandoffStore
from casework.ports.residents import AttemptStore, ResidentStore
from casework.ports.resume_store import FollowerStore, ResumeStore


@dataclass(frozen=True)
class Event:
    """Something that others should hear of: `kind` is `message`, `mode` or `queue`."""

    id: int
    conversation_id: str
    kind: str


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


class CaseStore(Protocol):
    """Cases with their history."""

    def add(self, case: Case) -> None:
        """Raises Conflict if the reference is taken."""
        ...

    def get(self, ref: str) -> Case:
        """Raises NotFound."""
        ...

    def look(self, ref: str) -> Case:
        """As `get`, without holding the case: for a unit that changes other things. Raises
        NotFound."""
        ...

    def save(self, case: Case) -> None: ...

    def children(self, ref: str) -> list[Case]: ...

    def duplicates(self, ref: str) -> list[Case]:
        """Cases that were joined with this one, oldest first; not held."""
        ...

    def of_conversation(self, conversation_id: str) -> list[Case]:
        """Oldest first, children after their parent."""
        ...

    def of_account(self, account_ref: str) -> list[Case]:
        """Those opened by whoever had proved to be this account's resident; oldest first."""
        ...

    def search(
        self,
        *,
        status: CaseStatus | None = None,
        teams: Sequence[str] | None = None,
        service: str | None = None,
        assignee: str | None = None,
        after: datetime | None = None,
        limit: int = 100,
    ) -> list[Case]:
        """Newest first; `teams` None means all, an empty sequence none."""
        ...


class StaffStore(Protocol):
    """Members of staff."""

    def save(self, member: StaffMember) -> None:
        """Adds, or replaces the one of the same id."""
        ...

    def get(self, staff_id: str) -> StaffMember:
        """Raises NotFound."""
        ...

    def all(self) -> list[StaffMember]:
        """By name; not held."""
        ...

    def by_token(self, token_hash: str) -> StaffMember | None: ...

    def by_name(self, name: str) -> StaffMember | None: ...


class Outbox(Protocol):
    """Messages to residents, sent and to be sent."""

    def add(self, message: Outgoing) -> bool:
        """False, and nothing added, when there is one with its key already."""
        ...

    def get(self, message_id: str) -> Outgoing:
        """Raises NotFound."""
        ...

    def save(self, message: Outgoing) -> None: ...

    def of_key(self, key: str) -> Outgoing | None:
        """The message with this key, held until the end of the unit."""
        ...

    def due(self, now: datetime, limit: int) -> list[Outgoing]:
        """Queued messages that are due, oldest first, held until the end of the unit: those that
        another unit holds are left out (PostgreSQL)."""
        ...

    def queued_to(self, to: str) -> list[Outgoing]:
        """Queued messages to a number or an address, oldest first, held until the end of the
        unit."""
        ...

    def of_case(self, ref: str) -> list[Outgoing]:
        """Messages about a case, in whatever state, oldest first; not held."""
        ...

    def recent(self, limit: int = 100) -> list[Outgoing]:
        """Newest first."""
        ...


class OptOuts(Protocol):
    """Numbers that want no more texts."""

    def add(self, number: str, at: datetime) -> None:
        """Adding one twice changes nothing."""
        ...

    def remove(self, number: str) -> None: ...

    def has(self, number: str) -> bool: ...


class ContinuationStore(Protocol):
    """Links by which conversations go on elsewhere."""

    def add(self, continuation: Continuation) -> None: ...

    def get(self, code_hash: str) -> Continuation:
        """Raises NotFound."""
        ...

    def save(self, continuation: Continuation) -> None: ...


class EventLog(Protocol):
    """Tells other threads and processes that something happened."""

    def append(self, conversation_id: str, kind: str, at: datetime) -> None: ...

    def since(self, event_id: int) -> list[Event]:
        """Events with an id above this one. One written in an open transaction elsewhere may
        turn up later with a lower id: readers look back a little."""
        ...

    def last_id(self) -> int:
        """The newest event's id; 0 when there is none."""
        ...

    def prune(self, before: datetime) -> int:
        """Deletes events older than `before` and gives their number."""
        ...


class Work(Protocol):
    """One transaction over all records."""

    @property
    def conversations(self) -> ConversationStore: ...
    @property
    def drafts(self) -> DraftStore: ...
    @property
    def cases(self) -> CaseStore: ...
    @property
    def handoffs(self) -> HandoffStore: ...
    @property
    def staff(self) -> StaffStore: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def opt_outs(self) -> OptOuts: ...
    @property
    def continuations(self) -> ContinuationStore: ...
    @property
    def resumes(self) -> ResumeStore: ...
    @property
    def followers(self) -> FollowerStore: ...
    @property
    def guesses(self) -> GuessStore: ...
    @property
    def residents(self) -> ResidentStore: ...
    @property
    def attempts(self) -> AttemptStore: ...
    @property
    def evidence(self) -> EvidenceRecords: ...
    @property
    def upload_links(self) -> UploadLinks: ...
    @property
    def pictures(self) -> PictureQueue: ...
    @property
    def figures(self) -> FigureStore: ...
    @property
    def events(self) -> EventLog: ...


class Store(Protocol):
    """Opens units of work; raises Busy when the database cannot be had in time."""

    def begin(self, *, reading: bool = False) -> AbstractContextManager[Work]:
        """A unit of work. One that only reads waits for no writer, and refuses to write (Invalid).

        A record got in a unit that may write is held until its end: nobody else changes it.
        Units of one thread do not nest.
        """
        ...

    def check(self) -> None:
        """Raises Busy or CaseworkError when the database does not answer or is not migrated."""
        ...
