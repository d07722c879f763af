"""One open transaction, and the translation of what a database refuses into casework's errors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, CursorResult, Executable, Row, Select, Table, exc
from sqlalchemy.dialects import postgresql, sqlite

from casework.adapters.sql_tables.conversations import events
from casework.domain.errors import Busy, CaseworkError, Conflict, Invalid, NotFound
from casework.ports.events import Event

_FOREIGN_KEY = {"23503", "SQLITE_CONSTRAINT_FOREIGNKEY"}


@contextmanager
def translated() -> Iterator[None]:
    """Turns errors of the database into casework's.

    The cause is cut off: PostgreSQL quotes the refused row in its messages, and a row holds what
    a resident said. The database's own code of the error is kept.
    """
    try:
        yield
    except exc.TimeoutError:
        raise Busy("no connection to the database is free") from None
    except exc.DBAPIError as error:
        raise _refusal(error) from None
    except (exc.StatementError, TypeError, ValueError):
        raise Invalid("a value cannot be stored") from None


def _refusal(error: exc.DBAPIError) -> CaseworkError:
    """Casework's error for one of the database."""
    cause = error.orig
    code = str(getattr(cause, "sqlstate", None) or getattr(cause, "sqlite_errorname", None) or "")
    said = f"the database refused: {type(cause).__name__} {code}".rstrip()
    match error:
        case exc.IntegrityError() if code in _FOREIGN_KEY:
            return NotFound(said)
        case exc.IntegrityError():
            return Conflict(said)
        case exc.DataError():
            return Invalid(said)
        case exc.OperationalError() if code.startswith("SQLITE_"):
            locked = code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))
            return Busy(said) if locked else CaseworkError(said)
        case exc.OperationalError() | exc.InterfaceError():
            return Busy(said)
        case _:
            return CaseworkError(said)


class Unit:
    """Statements of one transaction. `announced` are the events it has written so far.

    After any error but a Conflict of `add` the transaction is spent: leave it.
    """

    def __init__(self, connection: Connection, reading: bool) -> None:
        self.announced: list[Event] = []
        self._connection = connection
        self._reading = reading
        self._insert: Any = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}[
            connection.dialect.name
        ]

    def read(self, statement: Executable) -> Sequence[Row[Any]]:
        """The rows of a query."""
        with translated():
            return self._connection.execute(statement).all()

    def held(self, statement: Select[Any], *, free: bool = False) -> Sequence[Row[Any]]:
        """Runs a query for a record that this unit may change, and holds its row until the end.

        Without it two units could each read, change and write, and one change would be lost;
        SQLite's writers queue anyhow. References to the row by others go on. `free` leaves out
        rows that another unit holds instead of waiting for it.
        """
        if self._reading:
            return self.read(statement)
        return self.read(statement.with_for_update(key_share=True, skip_locked=free))

    def write(self, statement: Executable, values: list[dict[str, Any]] | None = None) -> int:
        """Runs an INSERT, UPDATE or DELETE and gives the number of rows touched."""
        self._refuse_when_reading()
        with translated():
            result = self._connection.execute(statement, values)
            assert isinstance(result, CursorResult)
            return result.rowcount

    def add(self, table: Table, values: Mapping[str, Any], name: str) -> Any:
        """Inserts a row and gives its first column. Raises Conflict when a key is taken.

        The transaction stays usable then, on PostgreSQL too, so that another key may be tried.
        """
        self._refuse_when_reading()
        first = next(iter(table.c))
        insert = self._insert(table).on_conflict_do_nothing().returning(first)
        with translated():
            row = self._connection.execute(insert, dict(values)).first()
        if row is None:
            raise Conflict(f"{name} is taken")
        return row[0]

    def announce(self, conversation_id: str, kind: str, at: datetime) -> None:
        """Writes an event; others hear of it when the unit has been committed."""
        values = {"conversation_id": conversation_id, "kind": kind, "at": at}
        event_id = self.add(events, values, "event")
        self.announced.append(Event(event_id, conversation_id, kind))

    def _refuse_when_reading(self) -> None:
        if self._reading:
            raise Invalid("this unit of work only reads")
