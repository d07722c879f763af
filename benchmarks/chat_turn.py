"""How long a resident waits for a turn: chat API, store, assistant and actions included.

    make bench

Conversations of ten turns, one at a time and then four at once; the median of several runs.
"""

from __future__ import annotations

import statistics
import tempfile
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx

from tests.product import running_product

TURNS = (
    "hello",
    "I'm moving house",
    "from one plymouth home to another",
    "Jane O'Brien",
    "07700 900123",
    "14 Elm Road, PL4 7AA",
    "what are your opening hours",
    "5 Oak Street, PL2 1AB",
    "sorry, my name is Jane Brown",
    "12 December",
)
RUNS = 7
AT_ONCE = 4


def conversation(address: str) -> list[float]:
    """The milliseconds of each turn of one conversation."""
    with httpx.Client(base_url=address, timeout=30, trust_env=False) as http:
        session = http.post("/api/chat/sessions", json={}).json()
        path = f"/api/chat/sessions/{session['conversation_id']}/messages"
        headers = {"Authorization": f"Bearer {session['token']}"}
        waited = []
        for text in TURNS:
            body = {"id": str(uuid.uuid4()), "text": text}
            began = time.perf_counter()
            http.post(path, json=body, headers=headers).raise_for_status()
            waited.append((time.perf_counter() - began) * 1000)
        return waited


def row(name: str, runs: list[list[float]]) -> str:
    """A line of the table: p50 and p95 over all turns, and the slowest turn's median."""
    every = sorted(ms for run in runs for ms in run)
    slowest = max(statistics.median(turn) for turn in zip(*runs, strict=True))
    p95 = every[int(len(every) * 0.95)]
    return f"| {name} | {statistics.median(every):.1f} | {p95:.1f} | {slowest:.1f} |"


def main() -> None:
    """Starts the product on ports of its own, measures, prints a table and stops it."""
    with tempfile.TemporaryDirectory() as var, running_product(Path(var)) as product:
        conversation(product.address)
        alone = [conversation(product.address) for _ in range(RUNS)]
        with ThreadPoolExecutor(AT_ONCE) as pool:
            busy = list(pool.map(conversation, [product.address] * (RUNS * 2)))
    print("| ten turns of a chat | p50 ms | p95 ms | slowest turn, median ms |")  # noqa: T201
    print("|---|---|---|---|")  # noqa: T201
    print(row("one conversation", alone))  # noqa: T201
    print(row(f"{AT_ONCE} conversations at once", busy))  # noqa: T201


if __name__ == "__main__":
    main()
