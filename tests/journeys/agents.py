"""Members of staff who talk to residents, at the running product."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import httpx

from casework.adapters.demo_clock import DemoClock
from tests.product import Product

LONDON = ZoneInfo("Europe/London")
OPEN, CLOSED = "2026-11-24T10:30", "2026-11-24T19:30"
"""A Tuesday in office hours, and after them."""


def set_clock(product: Product, moment: str) -> None:
    """Moves every process's clock to a local time, as `civicline demo clock` does."""
    at = datetime.fromisoformat(moment).replace(tzinfo=LONDON)
    DemoClock(product.settings.clock_file).set(at)


class Agent:
    """A member of staff who talks to residents, of `teams` or of none."""

    def __init__(self, product: Product, name: str, *teams: str) -> None:
        of = [word for team in teams for word in ("--team", team)]
        token = product.run("staff", "token", name, "--role", "agent", *of)
        self.name, self.code = name, token
        self.http = httpx.Client(
            base_url=f"{product.address}/api/staff",
            headers={"Authorization": f"Bearer {token}"},
            timeout=30,
            trust_env=False,
        )

    def is_at_work(self, availability: str = "available") -> None:
        answer = self.http.put("/me", json={"availability": availability})
        assert answer.status_code == 200, answer.text

    def has_a_phone(self, number: str | None) -> None:
        answer = self.http.put("/me", json={"phone": number})
        assert answer.status_code == 200, answer.text

    def queue(self) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self.http.get("/queue").json()
        return rows

    def row(self, conversation_id: str) -> dict[str, Any]:
        return next(row for row in self.queue() if row["conversation_id"] == conversation_id)

    def does(self, handoff: str, what: str, **body: str) -> httpx.Response:
        return self.http.post(f"/queue/{handoff}/{what}", json=body or None)

    def accepts(self, conversation_id: str) -> str:
        handoff: str = self.row(conversation_id)["id"]
        assert self.does(handoff, "accept").status_code == 200
        return handoff

    def says(self, handoff: str, text: str) -> None:
        answer = self.does(handoff, "messages", id=str(uuid.uuid4()), text=text)
        assert answer.status_code == 200, answer.text


def in_time(what: Callable[[], bool], seconds: float = 90) -> None:
    """Waits for what the worker does now and then; how long that takes is not what is tested."""
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.2)
