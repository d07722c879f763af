"""Starting the programs of one machine together, and leaving none behind."""

from __future__ import annotations

import errno
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from server.processes import CannotStart, Machine, Program, check_port
from tests.office import TOP

SERVES = """
import http.server, os, subprocess, sys
child = subprocess.Popen(["sleep", "600"])
with open(sys.argv[2], "a") as file:
    file.write(f"{os.getpid()} {child.pid}\\n")
class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers()
    def log_message(self, *_): pass
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Answer).serve_forever()
"""
"""A program that is ready at once, and has started another one itself."""

STUBBORN = "import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n" + SERVES

RUNS = """
import os, sys
from pathlib import Path
from server import processes
from server.processes import Machine, Program
processes.STOPPED_WITHIN = processes.RESTARTS_AFTER = 0.3
top, port = Path(sys.argv[1]), sys.argv[2]
program = Program("the program", [sys.executable, "serves.py", port, "pids"],
                  f"http://127.0.0.1:{port}/", top / "program.log", dict(os.environ))
Machine(top, [program], lambda line: print(line, flush=True)).run(
    lambda: print("everything is up", flush=True))
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and was not collected yet does not."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return False
    return status.rsplit(")", 1)[1].split()[0] != "Z"


def soon(what: Callable[[], bool]) -> bool:
    """Whether something comes true within a while."""
    for _ in range(100):
        if what():
            return True
        time.sleep(0.1)
    return False


class Run:
    """A machine in a process of its own, with the pids that its program has written down."""

    def __init__(self, top: Path, program: str) -> None:
        self.top = top
        (top / "serves.py").write_text(program, encoding="utf-8")
        (top / "runs.py").write_text(RUNS, encoding="utf-8")
        self.process = subprocess.Popen(
            [sys.executable, "runs.py", str(top), str(free_port())],
            cwd=top, env={**os.environ, "PYTHONPATH": str(TOP)}, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.strip() == "everything is up":
                break

    @property
    def pids(self) -> list[int]:
        return [int(pid) for pid in (self.top / "pids").read_text(encoding="utf-8").split()]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[str], Run]]:
    runs: list[Run] = []

    def begin(program: str) -> Run:
        runs.append(Run(tmp_path, program))
        return runs[-1]

    yield begin
    for run in runs:
        if run.process.poll() is None:
            run.process.kill()
        run.process.wait()
        assert run.process.stdout is not None
        run.process.stdout.close()
        for pid in run.pids:
            if alive(pid):
                os.kill(pid, signal.SIGKILL)


def test_a_port_in_use_is_said_in_one_sentence_with_what_to_do() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(CannotStart) as refused:
            check_port("RASA_PORT", port)
    said = str(refused.value)
    assert said == (
        f"Port {port} is in use by another program: stop that, or choose another port with "
        f"RASA_PORT, for example RASA_PORT={port + 10}."
    )
    assert "\n" not in said


class _Refusing:
    """A socket that the system refuses to bind."""

    def __init__(self, error: OSError) -> None:
        self._error = error

    def __enter__(self) -> _Refusing:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing to close."""

    def setsockopt(self, *_: int) -> None:
        """As a socket has it."""

    def bind(self, _: tuple[str, int]) -> None:
        raise self._error


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (
            PermissionError(errno.EACCES, "Permission denied"),
            "Port 80 is reserved for the administrator: choose one from 1024 up with PORT, for "
            "example PORT=8080.",
        ),
        (
            OSError(errno.EADDRNOTAVAIL, "Cannot assign requested address"),
            "Port 80 (PORT) cannot be had: Cannot assign requested address.",
        ),
    ],
)
def test_a_port_that_may_not_be_had_is_not_called_in_use(
    monkeypatch: pytest.MonkeyPatch, error: OSError, said: str
) -> None:
    monkeypatch.setattr("server.processes.socket.socket", lambda: _Refusing(error))
    with pytest.raises(CannotStart) as refused:
        check_port("PORT", 80)
    assert str(refused.value) == said


def test_the_port_proposed_is_one() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 65530))
        other.listen()
        with pytest.raises(CannotStart, match="PORT=65520"):
            check_port("PORT", 65530)


def test_a_program_that_dies_again_and_again_is_started_ever_later() -> None:
    program = Program("the web server", [], "", Path("var/log/web.log"), {})
    now, waits = 0.0, []
    for _ in range(9):
        program.started_at = now
        said = program.died(now)
        assert program.restart_at is not None
        waits.append(program.restart_at - now)
        now = program.restart_at
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert said == (
        "the web server ended 9 times in a row, see var/log/web.log; starting it again in 60 s"
    )


def test_a_program_that_ran_well_for_a_while_is_started_again_soon() -> None:
    program = Program("the web server", [], "", Path("web.log"), {})
    for _ in range(5):
        program.died(0.0)
    said = program.died(3600.0)
    assert program.restart_at == 3601.0
    assert said == "the web server ended, see web.log; starting it again in 1 s"


def test_a_free_port_is_fine_and_stays_free() -> None:
    port = free_port()
    check_port("PORT", port)
    check_port("PORT", port)


def test_a_program_that_ends_at_once_is_named_with_its_log(tmp_path: Path) -> None:
    log = tmp_path / "log" / "assistant.log"
    broken = Program(
        "the assistant", [sys.executable, "-c", "print('the reason'); raise SystemExit(3)"],
        f"http://127.0.0.1:{free_port()}/", log, dict(os.environ),
    )  # fmt: skip
    before = {n: signal.getsignal(n) for n in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        with pytest.raises(CannotStart, match=f"the assistant ended at once; see {log}"):
            Machine(tmp_path, [broken], lambda line: None).run(lambda: None)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    assert "the reason" in log.read_text(encoding="utf-8")


def test_what_had_started_is_stopped_when_another_program_cannot_start(tmp_path: Path) -> None:
    (tmp_path / "serves.py").write_text(SERVES, encoding="utf-8")
    port = free_port()
    good = Program(
        "the actions", [sys.executable, "serves.py", str(port), "pids"],
        f"http://127.0.0.1:{port}/", tmp_path / "a.log", dict(os.environ),
    )  # fmt: skip
    slow_end = "import time; time.sleep(2); raise SystemExit(1)"
    broken = Program(
        "the assistant", [sys.executable, "-c", slow_end],
        f"http://127.0.0.1:{free_port()}/", tmp_path / "b.log", dict(os.environ),
    )  # fmt: skip
    before = {n: signal.getsignal(n) for n in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        with pytest.raises(CannotStart):
            Machine(tmp_path, [good, broken], lambda line: None).run(lambda: None)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    pids = [int(pid) for pid in (tmp_path / "pids").read_text(encoding="utf-8").split()]
    assert len(pids) == 2
    assert soon(lambda: not any(alive(pid) for pid in pids))


def test_a_program_without_an_address_is_ready_once_it_runs(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "import time; time.sleep(600)"]
    worker = Program("the worker", command, None, tmp_path / "worker.log", dict(os.environ))
    assert not worker.answers()
    worker.start(tmp_path)
    assert worker.running is not None
    try:
        assert worker.answers()
    finally:
        worker.signal(signal.SIGKILL)
        worker.running.wait()
    assert not worker.answers()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_stopping_leaves_no_process_behind(
    start: Callable[[str], Run], number: signal.Signals
) -> None:
    run = start(SERVES)
    pids = run.pids
    assert len(pids) == 2
    assert all(alive(pid) for pid in pids)
    run.process.send_signal(number)
    assert run.process.wait(20) == 0
    assert soon(lambda: not any(alive(pid) for pid in pids))


def test_a_program_that_will_not_stop_is_killed(start: Callable[[str], Run]) -> None:
    run = start(STUBBORN)
    run.process.send_signal(signal.SIGTERM)
    assert run.process.wait(20) == 0
    assert soon(lambda: not any(alive(pid) for pid in run.pids))


def test_a_program_that_dies_is_started_again(start: Callable[[str], Run]) -> None:
    run = start(SERVES)
    first, _ = run.pids
    os.kill(first, signal.SIGKILL)
    assert soon(lambda: len(run.pids) == 4 and alive(run.pids[2]))
    run.process.send_signal(signal.SIGINT)
    assert run.process.wait(20) == 0
    assert soon(lambda: not any(alive(pid) for pid in run.pids))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a child with its parent")
def test_a_machine_that_is_killed_takes_its_programs_with_it(start: Callable[[str], Run]) -> None:
    run = start(SERVES)
    run.process.kill()
    run.process.wait()
    assert soon(lambda: not alive(run.pids[0]))
