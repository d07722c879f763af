"""The whole product on real parts: the trained assistant, its actions, the web server, a database.

Started once for the run, on ports of its own, as `make demo` starts it.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from casework.adapters.migrate import migrate
from server.processes import Program
from server.running import programs
from server.settings import Settings, read_settings
from server.training import fitting_model

TOP = Path(__file__).resolve().parents[2]
READY_WITHIN = 120


@dataclass
class Product:
    """The running product. Programs can be killed and started by name."""

    settings: Settings
    programs: dict[str, Program]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.settings.port}"

    def kill(self, name: str) -> None:
        program = self.programs[name]
        program.signal(signal.SIGKILL)
        if program.running is not None:
            program.running.wait()

    def start(self, *names: str) -> None:
        for name in names:
            self.programs[name].start(TOP)
        deadline = time.monotonic() + READY_WITHIN
        while waiting := [name for name in names if not self.programs[name].answers()]:
            if time.monotonic() > deadline:
                logs = {n: self.programs[n].log.read_text()[-2000:] for n in waiting}
                pytest.fail(f"not ready: {logs}")
            time.sleep(0.2)

    def run(self, *command: str) -> str:
        """The command line on this product's settings."""
        environment = {**os.environ, **dict(next(iter(self.programs.values())).environment)}
        done = subprocess.run(
            [str(TOP / "civicline"), *command],
            capture_output=True,
            text=True,
            env=environment,
            check=True,
        )
        return done.stdout.strip()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    model = fitting_model(TOP)
    if not model.exists():
        pytest.fail("the assistant is not trained; run make train")
    var = tmp_path_factory.mktemp("var")
    chosen = {
        "DEMO": "1",
        "PORT": str(_free_port()),
        "RASA_PORT": str(_free_port()),
        "ACTIONS_PORT": str(_free_port()),
        "CIVICLINE_VAR": str(var),
        "DATABASE_URL": os.environ.get("JOURNEY_DATABASE_URL", ""),
        "RASA_TRACKER_DB": str(var / "assistant.db"),
    }
    before = {name: os.environ.get(name) for name in chosen}
    os.environ.update(chosen)
    settings = read_settings(os.environ, TOP)
    migrate(settings.database_url)
    running = Product(
        settings, {p.name: p for p in programs(TOP, settings, model, var / "log")}
    )
    try:
        running.start(*running.programs)
        yield running
    finally:
        for name in running.programs:
            running.kill(name)
        for name, value in before.items():
            if value is None:
                os.environ.pop(name)
            else:
                os.environ[name] = value


@dataclass
class Resident:
    """Somebody in a chat, as a program that keeps to the contract sees it."""

    address: str
    conversation_id: str = ""
    token: str = ""
    heard: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.http = httpx.Client(base_url=self.address, timeout=30, trust_env=False)
        answer = self.http.post("/api/chat/sessions", json={})
        assert answer.status_code == 201
        session = answer.json()
        self.conversation_id, self.token = session["conversation_id"], session["token"]
        self.heard = session["messages"]

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    @property
    def path(self) -> str:
        return f"/api/chat/sessions/{self.conversation_id}"

    def send(self, **body: str) -> httpx.Response:
        return self.http.post(f"{self.path}/messages", json=body, headers=self.headers)

    def says(self, text: str) -> list[dict[str, Any]]:
        return self._replies(id=str(uuid.uuid4()), text=text)

    def picks(self, value: str) -> list[dict[str, Any]]:
        return self._replies(id=str(uuid.uuid4()), choice=value)

    def _replies(self, **body: str) -> list[dict[str, Any]]:
        answer = self.send(**body)
        assert answer.status_code == 200, answer.text
        self.heard = answer.json()["messages"]
        return self.heard

    @property
    def asked(self) -> str | None:
        """What the assistant now waits for."""
        return self.heard[-1]["asks"]

    @property
    def text(self) -> str:
        return "\n".join(message["text"] for message in self.heard)

    @property
    def refs(self) -> list[str]:
        return [ref for message in self.heard for ref in message["case_refs"]]

    def tells(self, answers: Sequence[tuple[str, str]]) -> None:
        """Answers each question in turn, checking that it is the one expected."""
        for asks, text in answers:
            assert self.asked == asks, f"asked for {self.asked}, not {asks}: {self.text}"
            self.says(text)


@pytest.fixture
def resident(product: Product) -> Resident:
    return Resident(product.address)


@dataclass
class Staff:
    """A member of staff at the JSON API."""

    http: httpx.Client

    def get(self, path: str, **query: str) -> Any:
        answer = self.http.get(f"/api/staff{path}", params=query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def case(self, ref: str) -> dict[str, Any]:
        found: dict[str, Any] = self.get(f"/cases/{ref}")
        return found

    def patch(self, path: str, body: dict[str, Any]) -> httpx.Response:
        return self.http.patch(f"/api/staff{path}", json=body)


@pytest.fixture(scope="session")
def staff(product: Product) -> Staff:
    token = product.run("staff", "token", "Morgan Reed")
    headers = {"Authorization": f"Bearer {token}"}
    return Staff(
        httpx.Client(base_url=product.address, headers=headers, timeout=30, trust_env=False)
    )
