"""The demo's telephone of an agent, beside a caller's, on the real webhooks."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from casework.domain.staff import Availability, Role, StaffMember
from casework.use_cases.ring_agents import RingAgents
from server.carriers import make_calls
from tests.office import Meant
from tests.telephony.test_simulator import HERE, Demo, run_demo

AGENT = "+441632960551"


@pytest.fixture
def demo() -> Iterator[Demo]:
    yield from run_demo()


def employed(demo: Demo) -> None:
    sam = StaffMember(
        "sam", "Sam", Role.AGENT, "sam", phone=AGENT, availability=Availability.AVAILABLE
    )
    with demo.office.store.begin() as work:
        work.staff.save(sam)


def handset(demo: Demo, act: str | None = None, key: str = "") -> dict[str, Any]:
    if act is None:
        answer = demo.http.get("/demo/handset/state", params={"number": AGENT})
    else:
        given = {"number": AGENT, "act": act, "key": key}
        answer = demo.http.post("/demo/handset/act", json=given, headers=HERE)
    told: dict[str, Any] = answer.json()
    return told


def caller(demo: Demo) -> Callable[..., dict[str, Any]]:
    kept: dict[str, Any] = {}

    def does(**what: Any) -> dict[str, Any]:
        path = "input" if kept else "call"
        given = {**what, "state": kept["state"]} if kept else {"from": "+447700900982"}
        answer = demo.http.post(f"/demo/phone/{path}", json=given, headers=HERE)
        assert answer.status_code == 200, answer.text
        kept.update(answer.json())
        return kept

    does()
    return does


def test_an_agent_takes_a_call_in_the_demo(demo: Demo) -> None:
    employed(demo)
    demo.engine.meant = Meant()
    does = caller(demo)
    assert does(digits="0")["waiting"]
    assert "press 1" in " ".join(does(wait=True)["said"])
    assert handset(demo)["state"] == "idle"
    RingAgents(demo.office, make_calls(demo.settings), timedelta(minutes=20)).look()
    assert handset(demo)["state"] == "ringing"
    assert "Press 1" in " ".join(handset(demo, "answer")["lines"])
    handset(demo, "key", "1")
    # The caller is fetched once the agent has been answered.
    until = time.monotonic() + 10
    while handset(demo)["state"] != "talking" and time.monotonic() < until:
        time.sleep(0.05)
    assert handset(demo)["state"] == "talking"
    assert does(wait=True)["talking"]
    assert handset(demo, "hang_up")["state"] == "idle"
    heard = does(wait=True)
    assert "has left the call" in " ".join(heard["said"])
    assert heard["listening"]["keys"]


def test_a_caller_leaves_the_queue_by_the_star(demo: Demo) -> None:
    employed(demo)
    demo.engine.meant = Meant()
    does = caller(demo)
    does(digits="0")
    assert does(speech="hello?")["waiting"]
    assert "press 1" in " ".join(does(digits="*")["said"])
    assert not does(digits="1")["waiting"]


def test_a_telephone_that_does_not_ring_cannot_be_answered(demo: Demo) -> None:
    assert handset(demo, "answer")["error"]["code"] == "nothing"
    assert handset(demo, "sing")["error"]["code"] == "act"
    assert handset(demo, "key", "x")["error"]["code"] == "act"


def test_the_page_shows_who_can_be_rung(demo: Demo) -> None:
    assert "No agent has a telephone" in demo.http.get("/demo/handset").text
    employed(demo)
    assert AGENT in demo.http.get("/demo/handset").text
