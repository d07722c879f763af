"""Which parts the settings choose, and what the programs are given."""

from __future__ import annotations

import time
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from redis.exceptions import RedisError

import server.actions_server
from casework.adapters.demo_clock import DemoClock
from casework.adapters.event_hub import PollingEventHub, RedisEventHub
from casework.adapters.memory_store import MemoryStore
from casework.adapters.migrate import migrate
from casework.adapters.sql_store import SqlStore
from casework.adapters.surroundings import FixedClock
from server.assistant_environment import of_the_assistant
from server.cli import main
from server.composition import make_announcements, make_redis
from server.running import programs
from server.settings import read_settings
from tests.office import COUNCIL, NOW, TOP, copy_of_council, make_office
from tests.product import free_port

SECRETS = {
    "SECRET_KEY": "x", "TWILIO_AUTH_TOKEN": "x", "TWILIO_ACCOUNT_SID": "x", "DATABASE_URL": "x",
    "AWS_SECRET_ACCESS_KEY": "x", "PGPASSWORD": "x", "SMTP_PASSWORD": "x", "TOKEN": "x",
}  # fmt: skip
FINE = {
    "PATH": "x", "HOME": "x", "LANG": "x", "LC_ALL": "x", "TZ": "x", "PYTHONPATH": "x",
    "RASA_PORT": "x", "RASA_TRACKER_DB": "x", "ACTIONS_PORT": "x", "ACTIONS_TIMEOUT": "x",
    "REDIS_URL": "x", "CIVICLINE_VAR": "x", "TMPDIR": "x", "SSL_CERT_FILE": "x",
}  # fmt: skip


def test_the_assistant_is_given_what_it_needs_and_nothing_else() -> None:
    assert of_the_assistant({**SECRETS, **FINE}) == FINE


def test_only_the_assistant_is_kept_short(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)
    settings = read_settings({"DEMO": "1", "CIVICLINE_VAR": str(tmp_path)}, TOP)
    made = {p.name: p for p in programs(TOP, settings, TOP / "model", tmp_path)}
    assert not SECRETS.keys() & made["the assistant"].environment.keys()
    assert made["the assistant"].environment["RASA_TRACKER_DB"]
    assert made["the assistant"].environment["PYTHONPATH"] == str(TOP)
    assert made["the actions"].environment.keys() >= SECRETS.keys()
    assert made["the web server"].environment.keys() >= SECRETS.keys()
    assert made["the worker"].environment.keys() >= SECRETS.keys()
    assert made["the worker"].ready_url is None


def test_without_redis_events_are_polled() -> None:
    settings = read_settings({"DEMO": "1"}, TOP)
    assert make_redis(settings) is None
    store = MemoryStore()
    hub = make_announcements(make_office(store=store), store, None)  # type: ignore[arg-type]
    assert type(hub) is PollingEventHub


def test_redis_out_of_reach_is_given_up_soon() -> None:
    """The address is set aside for documentation: nothing answers there, and nothing refuses."""
    client = make_redis(read_settings({"REDIS_URL": "redis://192.0.2.1:6379/0"}, TOP))
    assert client is not None
    began = time.monotonic()
    with pytest.raises(RedisError):
        client.ping()
    assert time.monotonic() - began < 6


@pytest.fixture
def demo(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path / 'demo.db'}"
    migrate(url)
    for name, value in {
        "DEMO": "1", "CIVICLINE_VAR": str(tmp_path), "DATABASE_URL": url,
        "COUNCIL_DIR": str(COUNCIL),
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    return url


def test_the_actions_tell_other_processes_through_redis(
    demo: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[type] = []
    monkeypatch.setenv("REDIS_URL", f"redis://127.0.0.1:{free_port()}/0")
    monkeypatch.setattr(server.actions_server, "serve_actions", lambda office, port: None)

    class Noted(RedisEventHub):
        def __init__(self, *args: object, **more: object) -> None:
            super().__init__(*args, **more)  # type: ignore[arg-type]
            made.append(RedisEventHub)

    monkeypatch.setattr("server.composition.RedisEventHub", Noted)
    done = CliRunner().invoke(main, ["actions"])
    assert done.exit_code == 0, done.output
    assert made == [RedisEventHub]


def test_old_events_are_deleted_now_and_then(demo: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casework.adapters.event_hub._PRUNED_EVERY", 0.0)
    store = SqlStore(demo)
    with store.begin() as work:
        for minutes in (180, 61, 59, 0):
            work.events.append("c1", f"{minutes} minutes ago", NOW - timedelta(minutes=minutes))
    hub = PollingEventHub(store, interval=0.01, clock=FixedClock(NOW))
    with hub.subscribe("c1"):
        kept: list[str] = []
        for _ in range(200):
            with store.begin(reading=True) as work:
                kept = [event.kind for event in work.events.since(0)]
            if len(kept) < 4:
                break
            time.sleep(0.01)
    assert kept == ["59 minutes ago", "0 minutes ago"]
    store.close()


def test_the_clock_can_be_read_while_it_is_set(tmp_path: Path) -> None:
    file = tmp_path / "demo-clock"
    clock, other = DemoClock(file), DemoClock(file)
    clock.set(NOW)
    first = file.stat().st_ino
    opened = file.open(encoding="utf-8")
    clock.set(NOW + timedelta(days=1))
    assert float(opened.read())
    opened.close()
    assert file.stat().st_ino != first
    assert [path.name for path in tmp_path.iterdir()] == ["demo-clock"]
    assert abs(other.now() - NOW - timedelta(days=1)) < timedelta(seconds=5)


@pytest.mark.parametrize(
    ("key", "wrong"),
    [("patterns", "{LOWR: fire}"), ("patterns", "fire"), ("unless", "{LOWER: {INN: [fire]}}")],
)
def test_a_safety_pattern_that_cannot_be_compiled_is_named(
    tmp_path: Path, key: str, wrong: str
) -> None:
    folder = copy_of_council(tmp_path)
    file = folder / "safety.yml"
    lines = file.read_text(encoding="utf-8").splitlines()
    at = next(n for n, line in enumerate(lines) if line == f"    {key}:")
    lines.insert(at + 1, f"      - [{wrong}]")
    file.write_text("\n".join(lines), encoding="utf-8")
    done = CliRunner().invoke(main, ["check"], env={"COUNCIL_DIR": str(folder), "DEMO": "1"})
    assert done.exit_code == 1
    assert f"safety.yml, line {at + 2}: rules." in done.output, done.output
    assert "Traceback" not in done.output
