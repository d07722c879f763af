"""Every test that asks for `store` runs on memory, SQLite and PostgreSQL alike."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from redis import Redis
from redis.exceptions import RedisError

from casework.adapters.memory_store import MemoryStore
from casework.adapters.migrate import migrate
from casework.adapters.sql_engine import database_address
from casework.adapters.sql_store import SqlStore
from casework.adapters.sql_tables import metadata

SERVER = os.environ.get("TEST_DATABASE_URL", "postgresql://postgres@127.0.0.1:5432/test")
REDIS = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/0")


def missing(what: str) -> None:
    """Skips a test that needs a server; on CI the server must be there."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what} cannot be reached")
    pytest.skip(f"{what} cannot be reached")


@contextmanager
def fresh_database() -> Iterator[str]:
    """The address of a new and empty PostgreSQL database, dropped afterwards."""
    name = f"civicline_{secrets.token_hex(6)}"
    plain = database_address(SERVER).set(drivername="postgresql")
    admin = plain.render_as_string(hide_password=False)
    try:
        connection = psycopg.connect(admin, autocommit=True, connect_timeout=3)
    except psycopg.OperationalError:
        missing("PostgreSQL")
    with connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    try:
        yield plain.set(database=name).render_as_string(hide_password=False)
    finally:
        with psycopg.connect(admin, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@pytest.fixture(scope="session")
def migrated_postgresql() -> Iterator[str]:
    with fresh_database() as url:
        migrate(url)
        yield url


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("template") / "records.db"
    migrate(f"sqlite:///{file}")
    return file


@pytest.fixture
def sqlite_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    file = tmp_path / "records.db"
    shutil.copy(migrated_sqlite, file)
    return f"sqlite:///{file}"


@pytest.fixture
def postgresql_url(migrated_postgresql: str) -> str:
    names = ", ".join(table.name for table in metadata.sorted_tables)
    with psycopg.connect(migrated_postgresql, autocommit=True) as connection:
        connection.execute(f"TRUNCATE {names} RESTART IDENTITY".encode())
    return migrated_postgresql


@pytest.fixture(params=["sqlite", "postgresql"])
def sql_url(request: pytest.FixtureRequest) -> str:
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def sql_store(sql_url: str) -> Iterator[SqlStore]:
    store = SqlStore(sql_url)
    yield store
    store.close()


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def store(request: pytest.FixtureRequest) -> Iterator[Any]:
    if request.param == "memory":
        yield MemoryStore()
        return
    store = SqlStore(request.getfixturevalue(f"{request.param}_url"))
    yield store
    store.close()


@pytest.fixture
def redis_client() -> Iterator[Redis]:
    client = Redis.from_url(REDIS)
    try:
        client.ping()
    except RedisError:
        missing("Redis")
    yield client
    client.close()
