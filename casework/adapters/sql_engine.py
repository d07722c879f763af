"""Engines: one way to reach SQLite and PostgreSQL, with the same meaning of a transaction."""

from __future__ import annotations

import json
import os
import random
import sqlite3
import time
import weakref
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection

from casework.domain.errors import Busy, CaseworkError, Invalid

READING = "civicline_reading"
"""Execution option of a connection whose transaction only reads."""

_to_json = partial(json.dumps, ensure_ascii=False, allow_nan=False)


def database_address(database_url: str) -> URL:
    """The address with our driver filled in.

    `postgres://` and `postgresql://` mean PostgreSQL, `sqlite:///` a file. Raises Invalid for
    anything else; the message leaves out the address, which may hold a password.
    """
    try:
        url = make_url(database_url)
    except Exception:
        raise Invalid("the database address cannot be read") from None
    if url.drivername in {"postgres", "postgresql", "postgresql+psycopg"}:
        return url.set(drivername="postgresql+psycopg")
    if url.drivername in {"sqlite", "sqlite+pysqlite"}:
        if url.database in {None, "", ":memory:"}:
            raise Invalid("SQLite needs a file: sqlite:///path/to/file.db")
        return url
    raise Invalid("the database is neither sqlite nor postgresql")


def make_engine(database_url: str, wait: float = 5.0, pool_size: int = 10) -> Engine:
    """An engine that waits up to `wait` seconds for a lock or a connection. Connects lazily."""
    url = database_address(database_url)
    is_sqlite = url.get_backend_name() == "sqlite"
    if is_sqlite:
        Path(str(url.database)).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url,
        hide_parameters=True,
        json_serializer=_to_json,
        pool_size=pool_size,
        max_overflow=pool_size * 2,
        pool_timeout=wait,
        pool_pre_ping=not is_sqlite,
        connect_args={} if is_sqlite else {"connect_timeout": max(2, round(wait))},
    )
    if is_sqlite:
        _prepare_sqlite(engine, wait)
    else:
        _prepare_postgresql(engine, wait)
    _forget_connections_after_fork(engine)
    return engine


def _prepare_sqlite(engine: Engine, wait: float) -> None:
    """WAL lets readers go on while one writes; BEGIN IMMEDIATE makes writers queue instead of
    failing when a unit that has read wants to write (SQLite never waits there)."""

    @event.listens_for(engine, "connect")
    def connected(connection: Any, _record: object) -> None:
        # The driver's own BEGIN is off: it would come late and deferred.
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout = {int(wait * 1000)}")
        connection.execute("PRAGMA journal_mode = WAL").close()
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        if connection.get_execution_options().get(READING, False):
            connection.exec_driver_sql("BEGIN")
        else:
            _begin_writing(connection, wait)


def _begin_writing(connection: Connection, wait: float) -> None:
    """Takes SQLite's one lock for writing. Raises Busy after `wait` seconds.

    SQLite would wait inside C, in ever longer naps, with every greenlet of the process stopped;
    naps of our own let the others run.
    """
    driver: Any = connection.connection.dbapi_connection
    until = time.monotonic() + wait
    driver.execute("PRAGMA busy_timeout = 0")
    try:
        while True:
            try:
                driver.execute("BEGIN IMMEDIATE")
                return
            except sqlite3.OperationalError as error:
                if not error.sqlite_errorname.startswith("SQLITE_BUSY"):
                    raise CaseworkError(f"the database refused: {error.sqlite_errorname}") from None
                if time.monotonic() > until:
                    raise Busy("the database is being written to") from None
            time.sleep(random.uniform(0.0005, 0.003))  # noqa: S311, spreads the waiting apart
    finally:
        driver.execute(f"PRAGMA busy_timeout = {int(wait * 1000)}")


def _prepare_postgresql(engine: Engine, wait: float) -> None:
    """Waits for rows no longer than for SQLite's lock."""

    @event.listens_for(engine, "connect")
    def connected(connection: DBAPIConnection, _record: object) -> None:
        cursor = connection.cursor()
        cursor.execute(f"SET lock_timeout = {int(wait * 1000)}")
        cursor.close()
        connection.commit()


def _forget_connections_after_fork(engine: Engine) -> None:
    """A connection shared by parent and child corrupts both."""
    known = weakref.ref(engine)

    def forget() -> None:
        if (mine := known()) is not None:
            mine.dispose(close=False)

    os.register_at_fork(after_in_child=forget)
