"""Agents who cannot be rung at once: the carrier fails, they are busy, or news of them is lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from casework.domain.drafts import DraftState
from casework.domain.handoffs import HandoffState
from tests.telephony.exchange import (
    ALEX,
    SAM,
    Exchange,
    make_exchange,
)


@pytest.fixture
def exchange() -> Iterator[Exchange]:
    yield from make_exchange()


def test_a_carrier_that_fails_is_tried_again(exchange: Exchange) -> None:
    agent = exchange.employs("sam", SAM)
    exchange.wants_a_person()
    exchange.rest.fail_next(503, times=2)
    exchange.look()
    exchange.look()
    assert not agent.rings
    exchange.look()
    assert agent.rings
    assert exchange.handoff.tried == ("sam",)


def test_a_carrier_that_keeps_failing_leads_to_a_call_back(exchange: Exchange) -> None:
    exchange.employs("sam", SAM)
    call = exchange.wants_a_person()
    exchange.rest.fail_next(503, times=5)
    for _ in range(4):
        exchange.look()
    assert exchange.handoff.state is HandoffState.CALLBACK
    # The carrier does not move the caller either: they come by themselves.
    assert call.silence().gather is not None
    assert exchange.drafts[-1] == ("callback", DraftState.FILLING)


def test_a_number_that_cannot_be_rung_is_passed_over(exchange: Exchange) -> None:
    exchange.employs("alex", "+4477")
    agent = exchange.employs("sam", SAM)
    exchange.wants_a_person()
    exchange.look()
    exchange.look()
    assert agent.rings


def test_an_agent_who_is_talking_is_waited_for(exchange: Exchange) -> None:
    agent = exchange.employs("sam", SAM)
    first = exchange.wants_a_person()
    exchange.look()
    agent.answers()
    agent.presses("1")
    second = exchange.wants_a_person()
    exchange.look()
    assert not agent.rings
    assert second.room is None
    assert "number 1 in the queue" in [second.silence().text, second.silence().text][1]
    first.hang_up()
    exchange.look()
    assert agent.rings


def test_lost_news_of_a_call_does_not_keep_the_caller_waiting(exchange: Exchange) -> None:
    exchange.employs("alex", ALEX)
    sam = exchange.employs("sam", SAM)
    exchange.wants_a_person()
    exchange.look()
    exchange.line.office.clock.advance(timedelta(seconds=100))  # type: ignore[attr-defined]
    exchange.look()
    exchange.look()
    assert sam.rings
