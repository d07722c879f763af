"""Callers, an agent's telephone, and the carrier that connects them, at the running product."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from tests.journeys.agents import Agent, in_time
from tests.journeys.conftest import Staff
from tests.journeys.phones import Caller, ring_through
from tests.journeys.test_phone import POTHOLE
from tests.product import Product
from tests.twilio_stand_in.handset import Handset
from tests.twilio_stand_in.rest import TwilioRest
from tests.twilio_stand_in.switchboard import ConnectedCall

AGENT_PHONE, OTHER_PHONE, CALLER = "+447700900211", "+447700900212", "+447700900124"


@dataclass
class Exchange:
    """Callers, one agent's telephone, and the carrier between them."""

    product: Product
    staff: Staff
    carrier: TwilioRest
    agent: Agent
    handset: Handset

    def rings(self, number: str | None = CALLER) -> Caller:
        """Somebody who began to report a pothole; `number` None is withheld."""
        caller = ring_through(self.product, self.staff, self.carrier, number)
        caller.says("there's a great big hole in the road")
        caller.tells(POTHOLE[:1])
        return caller

    def wants_a_person(self, number: str | None = CALLER) -> Caller:
        """As `rings`, and asks for a person; the agent is rung."""
        caller = self.rings(number)
        assert "number 1 in the queue" in caller.says("can I speak to a person please")
        assert caller.talk["mode"] == "queued"
        in_time(lambda: self.handset.rings)
        return caller

    def row(self, caller: Caller) -> dict[str, Any]:
        """The caller as the desk shows them."""
        return self.agent.row(caller.talk["id"])

    def waits(self, caller: Caller) -> bool:
        """Whether the caller is in the queue."""
        return any(row["conversation_id"] == caller.talk["id"] for row in self.agent.queue())


@contextmanager
def telephones(
    product: Product, staff: Staff, carrier: TwilioRest, agent: Agent
) -> Iterator[Exchange]:
    """The agent has a telephone while this lasts; all calls are over afterwards."""
    agent.has_a_phone(AGENT_PHONE)
    switchboard = carrier.switchboard
    switchboard.options |= {
        "base_url": product.settings.public_base_url,
        "send_to": product.address,
    }
    yield Exchange(product, staff, carrier, agent, Handset(AGENT_PHONE, switchboard))
    for call in list(switchboard.calls.values()):
        call.hang_up()
    agent.has_a_phone(None)


def line(caller: Caller) -> ConnectedCall:
    assert isinstance(caller.call, ConnectedCall)
    return caller.call


def is_brought_back(caller: Caller) -> str:
    """What the caller hears when the line speaks to them unasked."""
    in_time(lambda: caller.call.awaiting is not None and line(caller).has_news)
    caller.heard = line(caller).news
    return caller.heard.text


def arranges_a_callback(caller: Caller) -> dict[str, Any]:
    """The case that comes of answering the questions of the callback."""
    answers = {"name": "Priya Shah", "phone": "yes", "about": "a pothole", "when": "#1"}
    while caller.asked != "confirm":
        asked = str(caller.asked)
        caller.tells([(asked, answers[asked])])
    caller.presses("1")
    return caller.staff.case(caller.refs[-1])
