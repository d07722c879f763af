"""Where records live. A unit of work is one transaction; leaving it without an error commits."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol

from casework.ports.case_store import CaseStore
from casework.ports.conversation_store import ContinuationStore, ConversationStore, DraftStore
from casework.ports.events import EventLog
from casework.ports.evidence import EvidenceRecords, PictureQueue, UploadLinks
from casework.ports.figure_store import FigureStore
from casework.ports.guess_store import GuessStore
from casework.ports.handoff_store import HandoffStore
from casework.ports.outbox import OptOuts, Outbox
from casework.ports.recordings import RecordingStore
from casework.ports.residents import AttemptStore, ResidentStore
from casework.ports.resume_store import FollowerStore, ResumeStore
from casework.ports.staff_store import StaffStore


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
    def recordings(self) -> RecordingStore: ...
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
