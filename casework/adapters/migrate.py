"""Brings a database to the newest schema."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, text

from casework.adapters.sql_engine import make_engine
from casework.adapters.sql_unit import translated

_FOLDER = Path(__file__).parent / "migrations"
_ADVISORY_LOCK = 4_823_157_206
"""Any number that nothing else in the database locks by."""


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


def reset(database_url: str) -> None:
    """Empties a database of everything and builds it anew. Only for the demo and for tests."""
    engine = make_engine(database_url, wait=60.0)
    try:
        with translated(), engine.begin() as connection:
            held = MetaData()
            held.reflect(connection)
            held.drop_all(connection)
    finally:
        engine.dispose()
    migrate(database_url)
