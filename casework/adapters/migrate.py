"""Brings a database to the newest schema."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Column, Connection, MetaData, String, Table, inspect, select, text

from casework.adapters.sql_engine import make_engine
from casework.adapters.sql_tables import metadata
from casework.adapters.sql_tables.cases import cases
from casework.adapters.sql_tables.conversations import conversations
from casework.adapters.sql_tables.handoffs import staff
from casework.adapters.sql_unit import translated
from casework.domain.errors import CaseworkError

_FOLDER = Path(__file__).parent / "migrations"
_ADVISORY_LOCK = 4_823_157_206
"""Any number that nothing else in the database locks by."""

# Not among our tables: only a database of the demo has it, and no migration makes it.
_marker = Table("demo_marker", MetaData(), Column("made_by", String, primary_key=True))


class NotADemo(CaseworkError):
    """A database that the demo did not make, and that must keep what it holds."""

    def __init__(self) -> None:
        super().__init__(
            "this database is not the demo's; unset DATABASE_URL, or give the address of an "
            "empty database"
        )


def alembic_config() -> Config:
    """Alembic's settings; the connection is passed in `attributes["connection"]`."""
    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


@cache
def newest_revision() -> str | None:
    """The revision a migrated database has. Raises alembic's CommandError with several heads."""
    return ScriptDirectory.from_config(alembic_config()).get_current_head()


def migrate(database_url: str, revision: str = "head") -> None:
    """Upgrades an empty or older database in one transaction; does nothing when up to date.

    Several processes may do so at once: the others wait up to a minute. Raises Busy when the
    database cannot be had.
    """
    engine = make_engine(database_url, wait=60.0)
    try:
        with translated(), engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text(f"SELECT pg_advisory_xact_lock({_ADVISORY_LOCK})"))
            config = alembic_config()
            config.attributes["connection"] = connection
            command.upgrade(config, revision)
    finally:
        engine.dispose()


def mark_as_demo(database_url: str, *, own: bool = False) -> None:
    """Marks a database as the demo's, which it stays.

    Raises NotADemo for one without the mark that already holds conversations, cases or staff,
    unless it is known to be the demo's `own`.
    """
    engine = make_engine(database_url, wait=60.0)
    try:
        with translated(), engine.begin() as connection:
            if _is_marked(connection):
                return
            if not own and _holds_records(connection):
                raise NotADemo
            _marker.create(connection)
            connection.execute(_marker.insert().values(made_by="make demo"))
    finally:
        engine.dispose()


def is_demo(database_url: str) -> bool:
    """Whether a database has the demo's mark."""
    engine = make_engine(database_url, wait=60.0)
    try:
        with translated(), engine.connect() as connection:
            return _is_marked(connection)
    finally:
        engine.dispose()


def reset(database_url: str) -> None:
    """Empties our tables in the demo's database and builds them anew; the mark stays.

    Raises NotADemo for a database without it.
    """
    if not is_demo(database_url):
        raise NotADemo
    # Tables of an older version have to be ours before they can go.
    migrate(database_url)
    engine = make_engine(database_url, wait=60.0)
    try:
        with translated(), engine.begin() as connection:
            metadata.drop_all(connection)
            connection.execute(text("DROP TABLE alembic_version"))
    finally:
        engine.dispose()
    migrate(database_url)


def _is_marked(connection: Connection) -> bool:
    return inspect(connection).has_table(_marker.name)


def _holds_records(connection: Connection) -> bool:
    return any(
        inspect(connection).has_table(table.name)
        and connection.execute(select(table).limit(1)).first() is not None
        for table in (conversations, cases, staff)
    )
