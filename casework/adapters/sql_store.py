"""The store in SQLite or PostgreSQL."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from datetime import datetime

from sqlalchemy import Connection, delete, func, select, text

from casework.adapters.migrate import newest_revision
from casework.adapters.sql_cases import SqlCaseStore
from casework.adapters.sql_continuations import SqlContinuationStore
from casework.adapters.sql_conversations import SqlConversationStore
from casework.adapters.sql_drafts import SqlDraftStore
from casework.adapters.sql_engine import READING, make_engine
from casework.adapters.sql_evidence import SqlEvidenceRecords, SqlPictureQueue, SqlUploadLinks
from casework.adapters.sql_figures import SqlFigureStore
from casework.adapters.sql_guesses import SqlGuessStore
from casework.adapters.sql_handoffs import SqlHandoffStore
from casework.adapters.sql_outbox import SqlOptOuts, SqlOutbox
from casework.adapters.sql_recordings import SqlRecordingStore
from casework.adapters.sql_residents import SqlAttemptStore, SqlResidentStore
from casework.adapters.sql_resumes import SqlFollowerStore, SqlResumeStore
from casework.adapters.sql_staff import SqlStaffStore
from casework.adapters.sql_tables.conversations import events
from casework.adapters.sql_unit import Unit, translated
from casework.adapters.writer_turn import WriterTurn
from casework.domain.errors import Busy, CaseworkError
from casework.ports.events import Event

_log = logging.getLogger(__name__)

Listener = Callable[[Sequence[Event]], None]


class SqlEventLog:
    """Events others should hear of."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def append(self, conversation_id: str, kind: str, at: datetime) -> None:
        """Writes one; it is heard of when the unit has been committed."""
        self._unit.announce(conversation_id, kind, at)

    def since(self, event_id: int) -> list[Event]:
        """Events with an id above this one, in order of ids."""
        rows = self._unit.read(select(events).where(events.c.id > event_id).order_by(events.c.id))
        return [Event(row.id, row.conversation_id, row.kind) for row in rows]

    def last_id(self) -> int:
        """0 when there is none."""
        return self._unit.read(select(func.max(events.c.id)))[0][0] or 0

    def prune(self, before: datetime) -> int:
        """Deletes events older than `before` (aware) and gives their number."""
        return self._unit.write(delete(events).where(events.c.at < before))


class SqlWork:
    """One transaction over all records."""

    def __init__(self, unit: Unit) -> None:
        self.conversations = SqlConversationStore(unit)
        self.drafts = SqlDraftStore(unit)
        self.cases = SqlCaseStore(unit)
        self.handoffs = SqlHandoffStore(unit)
        self.staff = SqlStaffStore(unit)
        self.outbox = SqlOutbox(unit)
        self.opt_outs = SqlOptOuts(unit)
        self.continuations = SqlContinuationStore(unit)
        self.resumes = SqlResumeStore(unit)
        self.followers = SqlFollowerStore(unit)
        self.guesses = SqlGuessStore(unit)
        self.residents = SqlResidentStore(unit)
        self.attempts = SqlAttemptStore(unit)
        self.evidence = SqlEvidenceRecords(unit)
        self.upload_links = SqlUploadLinks(unit)
        self.pictures = SqlPictureQueue(unit)
        self.recordings = SqlRecordingStore(unit)
        self.figures = SqlFigureStore(unit)
        self.events = SqlEventLog(unit)


class SqlStore:
    """Records in SQLite (`sqlite:///file`) or PostgreSQL (`postgresql://...`).

    `wait` is how many seconds a unit waits for a lock or a connection before it raises Busy.
    The database must have been migrated.
    """

    def __init__(self, database_url: str, *, wait: float = 5.0, pool_size: int = 10) -> None:
        self._engine = make_engine(database_url, wait, pool_size)
        self._reading_engine = self._engine.execution_options(**{READING: True})
        self._listeners: list[Listener] = []
        is_sqlite = self._engine.dialect.name == "sqlite"
        self._writer_turn = WriterTurn(wait) if is_sqlite else None

    def on_commit(self, listener: Listener) -> None:
        """Has `listener` called after each commit with the events that the unit wrote."""
        self._listeners.append(listener)

    @contextmanager
    def begin(self, *, reading: bool = False) -> Iterator[SqlWork]:
        """One transaction; `reading` promises not to write and then waits for no writer."""
        turn = self._writer_turn.taken() if self._writer_turn and not reading else nullcontext()
        with turn, self._transaction(reading) as connection:
            unit = Unit(connection, reading)
            yield SqlWork(unit)
        self._tell(unit.announced)

    def check(self) -> None:
        """Raises Busy when the database does not answer, CaseworkError when not migrated."""
        with self._transaction(reading=True) as connection:
            version = text("SELECT version_num FROM alembic_version")
            try:
                with translated():
                    found = connection.execute(version).scalar_one_or_none()
            except Busy:
                raise
            except CaseworkError:
                found = None
        if found != newest_revision():
            raise CaseworkError("the database is not migrated")

    def close(self) -> None:
        """Closes idle connections."""
        self._engine.dispose()

    @contextmanager
    def _transaction(self, reading: bool) -> Iterator[Connection]:
        with translated():
            connection = (self._reading_engine if reading else self._engine).connect()
        with connection:
            with translated():
                transaction = connection.begin()
            try:
                yield connection
                with translated():
                    transaction.commit()
            finally:
                # Rolls back unless committed.
                with translated():
                    transaction.close()

    def _tell(self, announced: Sequence[Event]) -> None:
        if not announced:
            return
        for listener in self._listeners:
            try:
                listener(announced)
            except Exception as error:
                # The records are safe and pollers will find the events.
                _log.warning("telling of events failed: %s", type(error).__name__)
