"""The store in memory: a stateful fake that keeps the contract of the SQL store."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from datetime import datetime

from casework.adapters.memory_continuations import MemoryContinuationStore
from casework.adapters.memory_conversations import MemoryConversationStore, MemoryDraftStore
from casework.adapters.memory_evidence import (
    MemoryEvidenceRecords,
    MemoryPictureQueue,
    MemoryUploadLinks,
)
from casework.adapters.memory_figures import MemoryFigureStore
from casework.adapters.memory_guesses import MemoryGuessStore
from casework.adapters.memory_handoffs import MemoryHandoffStore
from casework.adapters.memory_outbox import MemoryOptOuts, MemoryOutbox
from casework.adapters.memory_recordings import MemoryRecordingStore
from casework.adapters.memory_residents import MemoryAttemptStore, MemoryResidentStore
from casework.adapters.memory_resumes import MemoryFollowerStore, MemoryResumeStore
from casework.adapters.memory_unit import MemoryUnit, Records, as_stored, record_of, utc
from casework.adapters.writer_turn import WriterTurn
from casework.domain.cases import Case, CaseStatus
from casework.domain.errors import Conflict
from casework.domain.staff import StaffMember, by_name
from casework.ports.events import Event


class MemoryCaseStore:
    """See SqlCaseStore."""

    def __init__(self, unit: MemoryUnit) -> None:
        self._unit = unit

    def add(self, case: Case) -> None:
        records = self._unit.writing()
        if case.ref in records.cases:
            raise Conflict("case reference is taken")
        if case.parent_ref is not None:
            self.get(case.parent_ref)
        records.cases[case.ref] = as_stored(case)

    def get(self, ref: str) -> Case:
        return record_of(self._unit.records.cases, ref, "case")

    def look(self, ref: str) -> Case:
        return self.get(ref)

    def save(self, case: Case) -> None:
        stored = self.get(case.ref).history
        if stored != case.history[: len(stored)]:
            raise Conflict("the case has changed meanwhile")
        self._unit.writing().cases[case.ref] = as_stored(case)

    def children(self, ref: str) -> list[Case]:
        return [case for case in self._oldest_first() if case.parent_ref == ref]

    def duplicates(self, ref: str) -> list[Case]:
        return [case for case in self._oldest_first() if case.duplicate_of == ref]

    def of_conversation(self, conversation_id: str) -> list[Case]:
        return [case for case in self._oldest_first() if case.conversation_id == conversation_id]

    def of_account(self, account_ref: str) -> list[Case]:
        return [case for case in self._oldest_first() if case.account_ref == account_ref]

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
        found = [
            case
            for case in reversed(self._oldest_first())
            if (status is None or case.status == status)
            and (teams is None or case.team in teams)
            and (service is None or case.service == service)
            and (assignee is None or case.assignee == assignee)
            and (after is None or case.opened_at > after)
        ]
        return found[:limit]

    def _oldest_first(self) -> list[Case]:
        return sorted(self._unit.records.cases.values(), key=lambda case: case.opened_at)


class MemoryStaffStore:
    """See SqlStaffStore."""

    def __init__(self, unit: MemoryUnit) -> None:
        self._unit = unit

    def save(self, member: StaffMember) -> None:
        staff = self._unit.writing().staff
        others = [one for one in staff.values() if one.id != member.id]
        if any(one.name == member.name or one.token_hash == member.token_hash for one in others):
            raise Conflict("name or token is taken")
        staff[member.id] = as_stored(member)

    def get(self, staff_id: str) -> StaffMember:
        return record_of(self._unit.records.staff, staff_id, "staff")

    def all(self) -> list[StaffMember]:
        return sorted(self._unit.records.staff.values(), key=by_name)

    def by_token(self, token_hash: str) -> StaffMember | None:
        staff = self._unit.records.staff.values()
        return next((one for one in staff if one.token_hash == token_hash), None)

    def by_name(self, name: str) -> StaffMember | None:
        staff = self._unit.records.staff.values()
        return next((one for one in staff if one.name == name), None)


class MemoryEventLog:
    """See SqlEventLog."""

    def __init__(self, unit: MemoryUnit) -> None:
        self._unit = unit

    def append(self, conversation_id: str, kind: str, at: datetime) -> None:
        self._unit.announce(conversation_id, kind, at)

    def since(self, event_id: int) -> list[Event]:
        return [event for event, _ in self._unit.records.events.values() if event.id > event_id]

    def last_id(self) -> int:
        return max(self._unit.records.events, default=0)

    def prune(self, before: datetime) -> int:
        events = self._unit.writing().events
        old = [event_id for event_id, (_, at) in events.items() if at < utc(before)]
        for event_id in old:
            del events[event_id]
        return len(old)


class MemoryWork:
    """One transaction over all records."""

    def __init__(self, unit: MemoryUnit) -> None:
        self.conversations = MemoryConversationStore(unit)
        self.drafts = MemoryDraftStore(unit)
        self.cases = MemoryCaseStore(unit)
        self.handoffs = MemoryHandoffStore(unit)
        self.staff = MemoryStaffStore(unit)
        self.outbox = MemoryOutbox(unit)
        self.opt_outs = MemoryOptOuts(unit)
        self.continuations = MemoryContinuationStore(unit)
        self.resumes = MemoryResumeStore(unit)
        self.followers = MemoryFollowerStore(unit)
        self.guesses = MemoryGuessStore(unit)
        self.residents = MemoryResidentStore(unit)
        self.attempts = MemoryAttemptStore(unit)
        self.evidence = MemoryEvidenceRecords(unit)
        self.upload_links = MemoryUploadLinks(unit)
        self.pictures = MemoryPictureQueue(unit)
        self.recordings = MemoryRecordingStore(unit)
        self.figures = MemoryFigureStore(unit)
        self.events = MemoryEventLog(unit)


class MemoryStore:
    """Records that end with the process. Units that write take turns, as on SQLite."""

    def __init__(self, *, wait: float = 5.0) -> None:
        self._records = Records()
        self._turn = WriterTurn(wait)
        self._listeners: list[Callable[[Sequence[Event]], None]] = []

    def on_commit(self, listener: Callable[[Sequence[Event]], None]) -> None:
        """Has `listener` called after each commit with the events that the unit wrote."""
        self._listeners.append(listener)

    @contextmanager
    def begin(self, *, reading: bool = False) -> Iterator[MemoryWork]:
        """One transaction; `reading` promises not to write and then waits for no writer."""
        with nullcontext() if reading else self._turn.taken():
            unit = MemoryUnit(self._records if reading else self._records.copy(), reading)
            yield MemoryWork(unit)
            if not reading:
                self._records = unit.records
        if unit.announced:
            for listener in self._listeners:
                listener(unit.announced)

    def check(self) -> None:
        """Memory always answers."""
