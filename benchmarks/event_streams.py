"""Which server holds several hundred open chats: the measurement behind ADR 0004.

    python benchmarks/event_streams.py [--streams 400] [--turns 300] [--contended]

For each candidate it starts the web chat with a gateway that writes to SQLite and waits as long
as the assistant takes (30 ms), opens the streams, lets them rest, and then has eight residents
talk at a time. Reported: memory of the server (all processes, PSS) before and with the streams,
CPU while they rest, the time of a turn (POST), and how long after its turn was written a message
reached the stream of its conversation. Server and residents share the machine. `--contended`
lets another process hold SQLite's write lock for 50 ms, five times a second.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
from flask import Flask

ROOT = Path(__file__).parents[1]
PORT = 8799
ASSISTANT = 0.03
CANDIDATES = {
    "gevent": ["--worker-class", "gevent", "--worker-connections", "2000"],
    "gthread, 500 threads": ["--worker-class", "gthread", "--threads", "500"],
}


def create() -> Flask:
    """The web chat over the tests' gateway, made to wait and write as the real one does."""
    sys.path.insert(0, str(ROOT))
    from bot.messages import Inbound
    from casework.domain.conversations import Message
    from tests.webchat.fakes import FakeAnnouncements, FakeConversations, create_app

    class Writing(FakeConversations):
        def __init__(self, announcements: FakeAnnouncements) -> None:
            super().__init__(announcements)
            self.path = os.environ["BENCH_DB"]
            with self._open() as db:
                db.execute("CREATE TABLE IF NOT EXISTS lines (at REAL, text TEXT)")

        def _open(self) -> sqlite3.Connection:
            db = sqlite3.connect(self.path, timeout=5)
            db.execute("PRAGMA journal_mode=WAL")
            db.execute("PRAGMA synchronous=NORMAL")
            return db

        def _write(self, text: str) -> None:
            db = self._open()
            with db:
                db.execute("INSERT INTO lines VALUES (?, ?)", (time.time(), text))
            db.close()

        def handle(self, inbound: Inbound) -> list[Message]:
            self._write(inbound.text)
            time.sleep(ASSISTANT)
            # The reply tells its reader when it was written.
            written = Inbound(inbound.id, inbound.conversation_id, text=f"{time.time()}")
            self._write("reply")
            return super().handle(written)

    announcements = FakeAnnouncements()
    return create_app(Writing(announcements), announcements)


def processes(parent: int) -> Iterator[int]:
    yield parent
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    for child in children:
        yield from processes(int(child))


def memory(parent: int) -> float:
    """MB in use by a process and its children, shared pages counted once."""
    total = 0
    for pid in processes(parent):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1])
    return total / 1024


def cpu(parent: int) -> float:
    """Seconds of CPU used so far."""
    ticks = 0
    for pid in processes(parent):
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


class Resident:
    """One chat with its stream open; `delays` are seconds from written to heard."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client
        self.delays: list[float] = []
        self.listening = asyncio.Event()

    async def begin(self) -> None:
        begun = (await self.client.post("/api/chat/sessions", json={})).json()
        self.path = f"/api/chat/sessions/{begun['conversation_id']}"
        self.headers = {"Authorization": f"Bearer {begun['token']}"}

    async def listen(self) -> None:
        address = f"{self.path}/events?after=1"
        async with self.client.stream("GET", address, headers=self.headers, timeout=None) as answer:
            async for line in answer.aiter_lines():
                self.listening.set()
                if line.startswith("data: ") and '"from": "bot"' in line:
                    said = json.loads(line[6:])["text"].rsplit(" ", 1)[1]
                    self.delays.append(time.time() - float(said))

    async def say(self, number: int) -> float:
        start = time.perf_counter()
        body = {"id": f"turn-{number}", "text": "hello"}
        answer = await self.client.post(f"{self.path}/messages", json=body, headers=self.headers)
        answer.raise_for_status()
        return time.perf_counter() - start


async def measure(pid: int, streams: int, turns: int) -> dict[str, float]:
    limits = httpx.Limits(max_connections=streams + 50, max_keepalive_connections=50)
    address = f"http://127.0.0.1:{PORT}"
    async with httpx.AsyncClient(base_url=address, limits=limits, timeout=60) as client:
        before = memory(pid)
        residents = [Resident(client) for _ in range(streams)]
        for one in residents:
            await one.begin()
        ears = [asyncio.create_task(one.listen()) for one in residents]
        await asyncio.gather(*(one.listening.wait() for one in residents))
        await asyncio.sleep(2)
        resting, clock = cpu(pid), time.monotonic()
        await asyncio.sleep(20)
        idle = (cpu(pid) - resting) / (time.monotonic() - clock)
        took: list[float] = []

        async def talk(share: int) -> None:
            for number in range(share, turns, 8):
                took.append(await residents[number * 7 % streams].say(number))

        await asyncio.gather(*(talk(share) for share in range(8)))
        await asyncio.sleep(0.5)
        heard = [delay for one in residents for delay in one.delays]
        full = memory(pid)
        for ear in ears:
            ear.cancel()
    turn, reach = statistics.quantiles(took, n=20), statistics.quantiles(heard, n=20)
    return {
        "MB at rest": before, "MB with streams": full, "CPU idle %": idle * 100,
        "turn p50 ms": turn[9] * 1000, "turn p95 ms": turn[18] * 1000,
        "heard p50 ms": reach[9] * 1000, "heard p95 ms": reach[18] * 1000,
        "heard": len(heard),
    }  # fmt: skip


HOLDER = """
import sqlite3, sys, time
db = sqlite3.connect(sys.argv[1], timeout=5, isolation_level=None)
while True:
    db.execute("BEGIN IMMEDIATE"); time.sleep(0.05); db.execute("COMMIT"); time.sleep(0.15)
"""


def run(arguments: list[str], streams: int, turns: int, contended: bool) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        others: list[subprocess.Popen[bytes]] = []
        command = [sys.executable, "-m", "gunicorn", "--workers", "1", "--bind",
                   f"127.0.0.1:{PORT}", "--no-control-socket", *arguments,
                   "benchmarks.event_streams:create()"]  # fmt: skip
        server = subprocess.Popen(  # noqa: S603
            command, cwd=ROOT, env=os.environ | {"BENCH_DB": f"{folder}/bench.db"},
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            for _ in range(100):
                try:
                    httpx.get(f"http://127.0.0.1:{PORT}/api/chat/words")
                    break
                except httpx.TransportError:
                    time.sleep(0.1)
            if contended:
                holder = [sys.executable, "-c", HOLDER, f"{folder}/bench.db"]
                others.append(subprocess.Popen(holder))  # noqa: S603
            return asyncio.run(measure(server.pid, streams, turns))
        finally:
            for other in others:
                other.kill()
                other.wait()
            server.send_signal(signal.SIGTERM)
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--streams", type=int, default=400)
    parser.add_argument("--turns", type=int, default=300)
    parser.add_argument("--contended", action="store_true")
    parser.add_argument("--only", choices=CANDIDATES, help="measure one candidate")
    given = parser.parse_args()
    for name, arguments in CANDIDATES.items():
        if given.only not in {None, name}:
            continue
        found = run(arguments, given.streams, given.turns, given.contended)
        cells = " | ".join(f"{label} {value:.1f}" for label, value in found.items())
        print(f"{name}: {cells}")  # noqa: T201


if __name__ == "__main__":
    main()
