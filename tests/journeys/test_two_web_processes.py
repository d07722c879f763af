"""Two web processes on PostgreSQL and Redis: it does not matter which of them answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import httpx
import pytest
from redis import Redis
from redis.exceptions import RedisError

from tests.casework.store.conftest import REDIS, fresh_database, missing
from tests.journeys.agents import Agent
from tests.journeys.conftest import Resident, Staff, office_hours, staff_of
from tests.journeys.test_handover import hands_over_in_mid_form, reach_for_the_same
from tests.product import Product, running_product

STREAMS = 8
"""Open at once, so that either process has some of them."""


@pytest.fixture(scope="module")
def two_processes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """The product with two web processes."""
    with Redis.from_url(REDIS) as client:
        try:
            client.ping()
        except RedisError:
            missing("Redis")
    var = tmp_path_factory.mktemp("two")
    more = {"REDIS_URL": REDIS, "WEB_PROCESSES": "2"}
    with fresh_database() as url, running_product(var, url, **more) as product:
        yield product


@pytest.fixture(scope="module")
def their_agents(two_processes: Product) -> Iterator[tuple[Agent, Agent]]:
    with office_hours(two_processes) as both:
        yield both


@pytest.fixture
def their_resident(two_processes: Product) -> Resident:
    return Resident(two_processes.address)


@pytest.fixture(scope="module")
def their_staff(two_processes: Product) -> Staff:
    return staff_of(two_processes)


@contextmanager
def stream(resident: Resident, after: int) -> Iterator[Iterator[dict[str, Any]]]:
    """The messages that the event stream tells, each as it comes, on a connection of its own."""
    query: dict[str, str | int] = {"token": resident.token, "after": after}
    with (
        httpx.Client(base_url=resident.address, timeout=60, trust_env=False) as http,
        http.stream("GET", f"{resident.path}/events", params=query) as answer,
    ):
        assert answer.status_code == 200
        yield messages(answer.iter_lines())


def messages(lines: Iterator[str]) -> Iterator[dict[str, Any]]:
    event = ""
    for line in lines:
        name, _, value = line.partition(": ")
        if name == "event":
            event = value
        elif name == "data" and event == "message":
            yield json.loads(value)


def test_a_chat_is_handed_over_in_mid_form_and_back_by_two_processes(
    their_agents: tuple[Agent, Agent], their_resident: Resident, their_staff: Staff
) -> None:
    hands_over_in_mid_form(their_agents[0], their_resident, their_staff)


def test_an_agents_words_reach_every_stream_whichever_process_serves_it(
    their_agents: tuple[Agent, Agent], their_resident: Resident
) -> None:
    agent, resident = their_agents[0], their_resident
    resident.says("I want to talk to a real person")
    handoff = agent.accepts(resident.conversation_id)
    seen = resident.news()["messages"][-1]["seq"]
    with ExitStack() as stack:
        streams = [stack.enter_context(stream(resident, seen)) for _ in range(STREAMS)]
        for words in ("Hello, this is Asha.", "How can I help?"):
            agent.says(handoff, words)
            assert [next(one)["text"] for one in streams] == [words] * STREAMS
    assert agent.does(handoff, "close").status_code == 200
    assert resident.news()["mode"] == "closed"


def test_of_two_agents_at_once_one_wins_in_either_process(
    their_agents: tuple[Agent, Agent], two_processes: Product
) -> None:
    for _ in range(4):
        reach_for_the_same(their_agents, Resident(two_processes.address))
