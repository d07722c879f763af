"""Starts the processes of one machine, waits until they are ready, and stops them together."""

from __future__ import annotations

import ctypes
import errno
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

import httpx

READY_WITHIN = 120.0
"""Seconds after which a process that does not answer is given up."""

STOPPED_WITHIN = 10.0
"""Seconds a process has to end by itself before it is killed."""

RESTARTS_AFTER = 1.0
"""Seconds before a process that died is started again; doubled each time it soon dies again."""

RESTARTS_WITHIN = 60.0
"""Seconds before a restart at most; a process that ran for longer has recovered."""


class CannotStart(RuntimeError):
    """A process cannot be started; the message says which and what to do."""


@dataclass
class Program:
    """A process to run. `ready_url` answers 200 once it is ready; one without is ready once it
    runs."""

    name: str
    command: Sequence[str]
    ready_url: str | None
    log: Path
    environment: Mapping[str, str]
    running: subprocess.Popen[bytes] | None = field(default=None)
    started_at: float = 0.0
    deaths: int = 0
    restart_at: float | None = None

    def start(self, top: Path) -> None:
        """Starts it in a process group of its own, its output going to its log."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        self.started_at, self.restart_at = time.monotonic(), None
        with self.log.open("ab") as out:
            self.running = subprocess.Popen(  # noqa: S603 - our own programs
                list(self.command),
                cwd=top,
                env=dict(self.environment),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_die_with_parent,
            )

    def answers(self) -> bool:
        """Whether it is ready."""
        if self.ready_url is None:
            return self.running is not None and self.running.poll() is None
        try:
            return httpx.get(self.ready_url, timeout=1.0, trust_env=False).status_code == 200
        except httpx.HTTPError:
            return False

    def died(self, now: float) -> str:
        """Sets when it is started again, later each time it soon dies again; says so."""
        recovered = now - self.started_at > RESTARTS_WITHIN
        self.deaths = 1 if recovered else self.deaths + 1
        # 2**9 seconds are far past the longest wait already.
        wait = min(RESTARTS_AFTER * 2 ** min(self.deaths - 1, 9), RESTARTS_WITHIN)
        self.restart_at = now + wait
        times = "" if self.deaths == 1 else f" {self.deaths} times in a row"
        return f"{self.name} ended{times}, see {self.log}; starting it again in {wait:g} s"

    def signal(self, number: signal.Signals) -> None:
        """Signals the whole group; one that is gone is no error."""
        if self.running is not None:
            try:
                os.killpg(self.running.pid, number)
            except ProcessLookupError:
                return


def _die_with_parent() -> None:
    """Has the kernel end the process with its parent, should that be killed outright."""
    if sys.platform == "linux":
        pr_set_pdeathsig = 1
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGTERM)


def check_port(name: str, port: int) -> None:
    """Raises CannotStart if a port of this machine cannot be listened on."""
    other = port + 10 if port <= 65525 else port - 10
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError:
            raise CannotStart(
                f"Port {port} is reserved for the administrator: choose one from 1024 up with "
                f"{name}, for example {name}={8000 + port}."
            ) from None
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise CannotStart(
                    f"Port {port} ({name}) cannot be had: {error.strerror}."
                ) from None
            raise CannotStart(
                f"Port {port} is in use by another program: stop that, or choose another port "
                f"with {name}, for example {name}={other}."
            ) from None


class Machine:
    """The programs that run together; one that dies is started again."""

    def __init__(self, top: Path, programs: Sequence[Program], tell: Callable[[str], None]) -> None:
        self._top = top
        self._programs = programs
        self._tell = tell

    def run(self, when_ready: Callable[[], None]) -> None:
        """Starts everything, calls `when_ready`, and stays until a signal asks to stop.

        Raises CannotStart when a program does not get ready; nothing is left running then.
        """
        stop_on_signals()
        try:
            for program in self._programs:
                program.start(self._top)
            self._wait_until_ready()
            when_ready()
            self._watch()
        except KeyboardInterrupt:
            self._tell("stopping")
        finally:
            self._stop()

    def _wait_until_ready(self) -> None:
        began = told = time.monotonic()
        waiting = list(self._programs)
        while waiting:
            for program in list(waiting):
                if program.running is not None and program.running.poll() is not None:
                    raise CannotStart(f"{program.name} ended at once; see {program.log}")
                if program.answers():
                    waiting.remove(program)
                    self._tell(f"{program.name} is ready")
            now = time.monotonic()
            if now - began > READY_WITHIN:
                names = ", ".join(f"{p.name} (see {p.log})" for p in waiting)
                raise CannotStart(f"not ready after {READY_WITHIN:.0f} s: {names}")
            if waiting and now - told > 5:
                told = now
                self._tell(f"waiting for {', '.join(p.name for p in waiting)}")
            time.sleep(0.2)

    def _watch(self) -> None:
        while True:
            for program in self._programs:
                if program.restart_at is not None:
                    if time.monotonic() >= program.restart_at:
                        program.start(self._top)
                elif program.running is not None and program.running.poll() is not None:
                    # What it had started itself would otherwise outlive it, and us.
                    program.signal(signal.SIGKILL)
                    self._tell(program.died(time.monotonic()))
            time.sleep(0.3)

    def _stop(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        for program in self._programs:
            program.signal(signal.SIGTERM)
        deadline = time.monotonic() + STOPPED_WITHIN
        for program in self._programs:
            if program.running is None:
                continue
            try:
                program.running.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                program.signal(signal.SIGKILL)
                program.running.wait()
            # Whatever it left behind in its group goes with it.
            program.signal(signal.SIGKILL)


def stop_on_signals() -> None:
    """Has every way of asking this process to stop arrive as KeyboardInterrupt."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)


def _interrupt(number: int, frame: object) -> NoReturn:
    raise KeyboardInterrupt
