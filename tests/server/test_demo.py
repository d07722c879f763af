"""The demo's commands never touch a database or a system that is not the demo's."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import create_engine, inspect, text

from casework.adapters.migrate import NotADemo, mark_as_demo, migrate, reset
from casework.adapters.sql_store import SqlStore
from casework.adapters.surroundings import RandomIdentifiers
from casework.domain.staff import Role
from casework.use_cases.create_staff_token import create_staff_token
from server.cli import main
from server.composition import make_office
from server.demo_data import seed_demo
from server.settings import Settings, read_settings
from tests.office import COUNCIL
from tests.office import make_office as office_on
from tests.product import free_port

TOP = COUNCIL.parent


def still_there(url: str) -> bool:
    """Whether the one who works there still does."""
    store = SqlStore(url)
    with store.begin(reading=True) as work:
        found = work.staff.by_name("Sam Taylor") is not None
    store.close()
    return found


def serve_residents(url: str) -> None:
    """What a database holds that was never the demo's: somebody who works there."""
    migrate(url)
    store = SqlStore(url)
    office = office_on(store=store, ids=RandomIdentifiers())
    create_staff_token(office, "Sam Taylor", Role.SUPERVISOR, ())
    store.close()


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'elsewhere.db'}"


@pytest.fixture
def var(tmp_path: Path) -> Path:
    return tmp_path / "var"


@pytest.fixture
def environment(var: Path) -> dict[str, str]:
    return {
        "DEMO": "1", "CIVICLINE_VAR": str(var), "COUNCIL_DIR": str(COUNCIL), "DATABASE_URL": "",
        "PORT": str(free_port()),
    }  # fmt: skip


def call(words: str, on: dict[str, str]) -> Result:
    return CliRunner().invoke(main, words.split(), env=on)


def test_a_database_with_records_never_becomes_the_demos(url: str) -> None:
    serve_residents(url)
    with pytest.raises(NotADemo, match="not the demo's"):
        mark_as_demo(url)
    with pytest.raises(NotADemo):
        reset(url)
    assert still_there(url)


def test_an_empty_database_becomes_the_demos_and_can_be_emptied_ever_after(url: str) -> None:
    migrate(url)
    mark_as_demo(url)
    serve_residents(url)
    mark_as_demo(url)
    reset(url)
    assert not still_there(url)
    reset(url)


def test_emptying_leaves_what_is_not_ours(url: str) -> None:
    migrate(url)
    mark_as_demo(url)
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE parking (spaces INTEGER)"))
    reset(url)
    assert "parking" in inspect(engine).get_table_names()
    engine.dispose()


def test_reset_refuses_a_database_that_is_not_the_demos(
    environment: dict[str, str], url: str
) -> None:
    serve_residents(url)
    done = call("demo reset", {**environment, "DATABASE_URL": url})
    assert done.exit_code == 1
    assert "not the demo's" in done.output
    assert still_there(url)


def test_reset_empties_the_demos_own_file(environment: dict[str, str], var: Path) -> None:
    own = f"sqlite:///{var / 'demo.db'}"
    serve_residents(own)
    done = call("demo reset", environment)
    assert done.exit_code == 0, done.output
    assert not still_there(own)


def test_the_clock_is_moved_for_the_demo(environment: dict[str, str], var: Path) -> None:
    done = call("demo clock 2026-11-24T22:30", environment)
    assert done.exit_code == 0, done.output
    assert "Tuesday 24 November 2026, 22:30" in done.output
    assert (var / "demo-clock").exists()


def test_the_clock_of_another_database_stays(
    environment: dict[str, str], var: Path, url: str
) -> None:
    serve_residents(url)
    done = call("demo clock 2026-11-24T22:30", {**environment, "DATABASE_URL": url})
    assert done.exit_code == 1
    assert "not the demo's" in done.output
    assert not (var / "demo-clock").exists()


class _Service(BaseHTTPRequestHandler):
    """A running system without the demo's page."""

    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/healthz" else 404)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Says nothing."""


@pytest.fixture
def service() -> Iterator[int]:
    with HTTPServer(("127.0.0.1", 0), _Service) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


def test_the_clock_stays_when_what_runs_is_no_demo(
    environment: dict[str, str], var: Path, service: int
) -> None:
    done = call("demo clock 2026-11-24T22:30", {**environment, "PORT": str(service)})
    assert done.exit_code == 1
    assert f"port {service} is not the demo" in done.output
    assert not (var / "demo-clock").exists()


def settings_with(environment: dict[str, str], council: Path) -> Settings:
    return read_settings({**environment, "COUNCIL_DIR": str(council)}, TOP)


def test_a_council_without_demo_cases_has_nothing_to_seed(
    environment: dict[str, str], tmp_path: Path
) -> None:
    council = shutil.copytree(COUNCIL, tmp_path / "council", ignore=shutil.ignore_patterns("demo"))
    settings = settings_with(environment, council)
    migrate(settings.database_url)
    office, store = make_office(settings)
    assert seed_demo(office, council) == 0
    store.close()


@pytest.mark.parametrize(
    ("right", "wrong", "advice"),
    [
        ("status: in_progress", "status: nearly_done", "write one of: open, for_triage"),
        ("service: missed_bin", "service: missed_bins", "missed_bins is not in services.yml"),
        ("bin_type: recycling", "bin_typ: recycling", "bin_typ is not asked by missed_bin"),
    ],
)
def test_a_mistake_in_the_demos_cases_is_named(
    environment: dict[str, str], tmp_path: Path, right: str, wrong: str, advice: str
) -> None:
    council = Path(shutil.copytree(COUNCIL, tmp_path / "council"))
    file = council / "demo" / "cases.yml"
    said = file.read_text(encoding="utf-8")
    assert right in said, "this test is out of date"
    file.write_text(said.replace(right, wrong, 1), encoding="utf-8")
    settings = settings_with(environment, council)
    migrate(settings.database_url)
    office, store = make_office(settings)
    with pytest.raises(Exception, match=advice) as refused:
        seed_demo(office, council)
    assert str(refused.value).startswith(f"{file}, line ")
    store.close()
