"""Migrations lead from nothing to the tables, on one line."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, MetaData, Table, inspect

from casework.adapters.migrate import alembic_config, migrate, newest_revision
from casework.adapters.sql_engine import make_engine
from casework.adapters.sql_store import SqlStore
from casework.adapters.sql_tables import metadata
from casework.adapters.sql_tables.cases import case_history, cases
from casework.adapters.sql_tables.conversations import conversations, events, messages
from casework.adapters.sql_tables.drafts import continuations, drafts
from casework.adapters.sql_tables.evidence import evidence, pictures_to_fetch, upload_links
from casework.adapters.sql_tables.handoffs import handoffs, staff
from casework.adapters.sql_tables.outbox import outbox
from casework.domain.cases import Case, HistoryEntry
from casework.domain.continuations import Continuation
from casework.domain.conversations import Conversation, Message, Utterance
from casework.domain.drafts import Draft
from casework.domain.errors import CaseworkError
from casework.domain.evidence import Evidence, PictureToFetch, UploadLink
from casework.domain.handoffs import Handoff
from casework.domain.outbox import Outgoing
from casework.domain.staff import StaffMember
from casework.ports.events import Event
from tests.casework.store.conftest import fresh_database
from tests.casework.store.records import (
    continuation,
    draft,
    full_case,
    full_conversation,
    full_message,
    handoff,
    outgoing,
)

ROOT = Path(__file__).parents[3]


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/deeper/empty.db"
        return
    with fresh_database() as url:
        yield url


@pytest.fixture
def engine(empty_url: str) -> Iterator[Engine]:
    engine = make_engine(empty_url)
    yield engine
    engine.dispose()


def test_there_is_one_head() -> None:
    script = ScriptDirectory.from_config(alembic_config())
    assert script.get_heads() == [newest_revision()]


def test_an_empty_database_gets_the_tables(empty_url: str, engine: Engine) -> None:
    migrate(empty_url)
    migrate(empty_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, metadata) == []
        for table in metadata.sorted_tables:
            found = inspect(connection).get_indexes(table.name)
            unique = {one["name"] for one in found if one["unique"]}
            wanted = {one.name for one in table.indexes if one.unique}
            assert wanted <= unique
    store = SqlStore(empty_url)
    store.check()
    store.close()


def copy_rows(from_url: str, engine: Engine) -> None:
    """Copies the rows of today's tables into older ones, as far as these have the columns."""
    source = make_engine(from_url)
    old = MetaData()
    with source.connect() as reading, engine.begin() as writing:
        old.reflect(writing)
        for table in metadata.sorted_tables:
            if table.name not in old.tables or table is events:
                continue
            # Numbers are given anew, as they were then.
            columns = set(old.tables[table.name].columns.keys()) - {"number"}
            for row in reading.execute(table.select()):
                kept = {name: value for name, value in row._mapping.items() if name in columns}
                typed = {name: table.c[name] for name in kept}
                insert = table.insert().values({typed[name]: kept[name] for name in kept})
                writing.execute(insert)
    source.dispose()


def first_case() -> Case:
    """A case with no more than the first version had of one."""
    newer = {"account_ref", "verified_how", "assignee", "duplicate_of"}
    case = full_case()
    history = tuple(
        HistoryEntry(**{name: value for name, value in vars(one).items() if name in FIRST_HISTORY})
        for one in case.history
    )
    kept = {name: value for name, value in vars(case).items() if name not in newer}
    return Case(**{**kept, "history": history})


FIRST_HISTORY = frozenset("at by what status team note told_resident".split())


def test_records_of_the_first_version_are_kept(
    empty_url: str, engine: Engine, tmp_path: Path
) -> None:
    """Written by what the tables then were: columns have come since."""
    migrate(empty_url, "0001")
    store = SqlStore(empty_url)
    with pytest.raises(CaseworkError, match="not migrated"):
        store.check()
    other_url = f"sqlite:///{tmp_path}/newest.db"
    newest = SqlStore(other_url)
    migrate(other_url)
    with newest.begin() as work:
        work.conversations.add(full_conversation())
        work.conversations.append(full_message())
        work.drafts.add(draft())
        work.cases.add(first_case())
    newest.close()
    copy_rows(other_url, engine)
    migrate(empty_url)
    store.check()
    with store.begin() as work:
        assert work.conversations.get("c1") == full_conversation()
        assert work.conversations.messages("c1") == [full_message()]
        assert work.drafts.get("d1") == draft()
        assert work.cases.get("10000012") == first_case()
        assert work.outbox.add(outgoing())
        work.continuations.add(continuation())
        work.handoffs.add(handoff())
    store.close()


def test_the_outbox_can_be_taken_back_and_leaves_the_rest(empty_url: str, engine: Engine) -> None:
    migrate(empty_url)
    store = SqlStore(empty_url)
    with store.begin() as work:
        work.conversations.add(full_conversation())
        work.outbox.add(outgoing())
    with engine.begin() as connection:
        config = alembic_config()
        config.attributes["connection"] = connection
        command.downgrade(config, "0001")
    migrate(empty_url)
    with store.begin() as work:
        assert work.conversations.get("c1") == full_conversation()
        assert work.outbox.recent() == []
    store.close()


def test_the_queue_can_be_taken_back_and_leaves_the_rest(empty_url: str, engine: Engine) -> None:
    migrate(empty_url)
    store = SqlStore(empty_url)
    with store.begin() as work:
        work.conversations.add(full_conversation())
        work.handoffs.add(handoff())
    with engine.begin() as connection:
        config = alembic_config()
        config.attributes["connection"] = connection
        command.downgrade(config, "0002")
    migrate(empty_url)
    with store.begin() as work:
        assert work.conversations.get("c1") == full_conversation()
        assert work.handoffs.open() == []
    store.close()


def test_a_migration_can_be_taken_back(empty_url: str, engine: Engine) -> None:
    migrate(empty_url)
    with engine.begin() as connection:
        config = alembic_config()
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    with engine.connect() as connection:
        assert inspect(connection).get_table_names() == ["alembic_version"]
    migrate(empty_url)


@pytest.mark.parametrize(
    ("table", "record", "apart"),
    [
        (conversations, Conversation, set()),
        (messages, Message, {"said"} ^ {field.name for field in fields(Utterance)}),
        (drafts, Draft, set()),
        (cases, Case, {"history"}),
        (handoffs, Handoff, set()),
        (case_history, HistoryEntry, {"case_ref", "seq"}),
        (staff, StaffMember, set()),
        (outbox, Outgoing, set()),
        (continuations, Continuation, set()),
        (events, Event, {"at"}),
        (evidence, Evidence, set()),
        (upload_links, UploadLink, set()),
        (pictures_to_fetch, PictureToFetch, set()),
    ],
)
def test_every_field_of_a_record_has_a_column(table: Table, record: type, apart: set[str]) -> None:
    columns = {column.name for column in table.c} - {"number"}
    assert columns ^ {field.name for field in fields(record)} == apart


def test_migrating_needs_no_other_folder(tmp_path: Path) -> None:
    code = "import sys; from casework.adapters.migrate import migrate; migrate(sys.argv[1])"
    subprocess.run(
        [sys.executable, "-c", code, f"sqlite:///{tmp_path}/here.db"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT)},
        check=True,
        capture_output=True,
    )
    SqlStore(f"sqlite:///{tmp_path}/here.db").check()
