"""The whole product on real parts, on ports of its own: for journeys and benchmarks.

The trained assistant, its actions, the web server and a database, as `make demo` starts them.
"""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from casework.adapters.migrate import migrate
from server.processes import Program
from server.running import check_database, programs
from server.settings import Settings, read_settings
from server.training import fitting_model

TOP = Path(__file__).resolve().parents[1]
READY_WITHIN = 120


class NotReady(RuntimeError):
    """A part of the product did not start; the message holds the end of its log."""


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
            ended = any(self.programs[name].running.poll() is not None for name in waiting)
            if ended or time.monotonic() > deadline:
                logs = {n: self.programs[n].log.read_text()[-2000:] for n in waiting}
                raise NotReady(str(logs))
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


def free_port() -> int:
    """A port that nobody listens on, below those the system gives to outgoing connections."""
    while True:
        port = random.randint(15000, 30000)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port


@contextmanager
def running_product(var: Path, database_url: str = "", **more: str) -> Iterator[Product]:
    """The product, running, on `more` settings as well; stopped at the end.

    Raises NotReady without a trained model.
    """
    model = fitting_model(TOP)
    if not model.exists():
        raise NotReady("the assistant is not trained; run make train")
    chosen = {
        "DEMO": "1",
        "PORT": str(free_port()),
        "RASA_PORT": str(free_port()),
        "ACTIONS_PORT": str(free_port()),
        "CIVICLINE_VAR": str(var),
        "DATABASE_URL": database_url,
        "RASA_TRACKER_DB": str(var / "assistant.db"),
        **more,
    }
    before = {name: os.environ.get(name) for name in chosen}
    os.environ.update(chosen)
    settings = read_settings(os.environ, TOP)
    migrate(settings.database_url)
    check_database(settings)
    running = Product(settings, {p.name: p for p in programs(TOP, settings, model, var / "log")})
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
