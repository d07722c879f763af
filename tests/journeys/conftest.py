"""The running product, and the people who use it."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest

from telephony.browser_phone_files import SDK
from tests.journeys.agents import OPEN, Agent, set_clock
from tests.product import Product, running_product
from tests.twilio_stand_in.rest import TwilioRest

ACCOUNT, AUTH_TOKEN, OUR_NUMBER = "AC" + "5" * 32, "the-token-of-the-journeys", "+441632960000"
BROWSERS = {"TWILIO_API_KEY_SID": "SK" + "6" * 32, "TWILIO_API_KEY_SECRET": "s" * 32}
"""What lets agents' browsers be rung, where Twilio's SDK is installed."""


@pytest.fixture(scope="session")
def carrier_of_all() -> Iterator[TwilioRest]:
    """The carrier that the product of the journeys sends its texts through."""
    with TwilioRest(ACCOUNT, AUTH_TOKEN, [OUR_NUMBER]).serve() as carrier:
        yield carrier


@pytest.fixture(scope="session")
def product(
    tmp_path_factory: pytest.TempPathFactory, carrier_of_all: TwilioRest
) -> Iterator[Product]:
    """Started once for the run; JOURNEY_DATABASE_URL puts it on another database."""
    var = tmp_path_factory.mktemp("var")
    carrier = {
        "TWILIO_ACCOUNT_SID": ACCOUNT,
        "TWILIO_AUTH_TOKEN": AUTH_TOKEN,
        "TWILIO_FROM": OUR_NUMBER,
        "TWILIO_API_BASE": carrier_of_all.url,
        **(BROWSERS if SDK.exists() else {}),
    }
    address = os.environ.get("JOURNEY_DATABASE_URL", "")
    with running_product(var, address, **carrier) as running:
        yield running


@dataclass
class Resident:
    """Somebody in a chat, as a program that keeps to the contract sees it."""

    address: str
    conversation_id: str = ""
    token: str = ""
    heard: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.http = httpx.Client(base_url=self.address, timeout=30, trust_env=False)
        answer = self.http.post("/api/chat/sessions", json={})
        assert answer.status_code == 201
        session = answer.json()
        self.conversation_id, self.token = session["conversation_id"], session["token"]
        self.heard = session["messages"]

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    @property
    def path(self) -> str:
        return f"/api/chat/sessions/{self.conversation_id}"

    def send(self, **body: str) -> httpx.Response:
        return self.http.post(f"{self.path}/messages", json=body, headers=self.headers)

    def says(self, text: str) -> list[dict[str, Any]]:
        return self._replies(id=str(uuid.uuid4()), text=text)

    def picks(self, value: str) -> list[dict[str, Any]]:
        return self._replies(id=str(uuid.uuid4()), choice=value)

    def _replies(self, **body: str) -> list[dict[str, Any]]:
        answer = self.send(**body)
        assert answer.status_code == 200, answer.text
        self.heard = answer.json()["messages"]
        return self.heard

    @property
    def asked(self) -> str | None:
        """What the assistant now waits for."""
        return self.heard[-1]["asks"]

    @property
    def text(self) -> str:
        return "\n".join(message["text"] for message in self.heard)

    @property
    def refs(self) -> list[str]:
        return [ref for message in self.heard for ref in message["case_refs"]]

    def news(self, after: int = 0) -> dict[str, Any]:
        """Mode and messages as the browser hears them."""
        answer = self.http.get(
            f"{self.path}/messages", params={"after": after}, headers=self.headers
        )
        found: dict[str, Any] = answer.json()
        return found

    def tells(self, answers: Sequence[tuple[str, str]]) -> None:
        """Answers each question in turn, checking that it is the one expected. Who they are is
        skipped unless it is among them."""
        for asks, text in answers:
            if str(self.asked).startswith("verify_") and not asks.startswith("verify_"):
                self.says("skip")
            if self.asked == "offer" and asks != "offer":
                # Somebody else in this run has told of the same fault.
                self.says("no")
            assert self.asked == asks, f"asked for {self.asked}, not {asks}: {self.text}"
            self.says(text)


@pytest.fixture
def resident(product: Product) -> Resident:
    return Resident(product.address)


@pytest.fixture
def by_day(product: Product) -> Iterator[None]:
    """Within the hours in which the council writes to people."""
    set_clock(product, OPEN)
    yield
    product.settings.clock_file.unlink(missing_ok=True)


@contextmanager
def office_hours(product: Product) -> Iterator[tuple[Agent, Agent]]:
    """A working day with two agents, who are away afterwards."""
    set_clock(product, OPEN)
    both = Agent(product, "Asha Patel"), Agent(product, "Tom Luscombe")
    for one in both:
        one.is_at_work()
    yield both
    for one in both:
        one.is_at_work("away")
    product.settings.clock_file.unlink(missing_ok=True)


@dataclass
class Staff:
    """A member of staff at the JSON API."""

    http: httpx.Client

    def get(self, path: str, **query: str) -> Any:
        answer = self.http.get(f"/api/staff{path}", params=query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def case(self, ref: str) -> dict[str, Any]:
        found: dict[str, Any] = self.get(f"/cases/{ref}")
        return found

    def patch(self, path: str, body: dict[str, Any]) -> httpx.Response:
        return self.http.patch(f"/api/staff{path}", json=body)


def staff_of(product: Product) -> Staff:
    token = product.run("staff", "token", "Morgan Reed")
    headers = {"Authorization": f"Bearer {token}"}
    return Staff(
        httpx.Client(base_url=product.address, headers=headers, timeout=30, trust_env=False)
    )


@pytest.fixture(scope="session")
def staff(product: Product) -> Staff:
    return staff_of(product)


@pytest.fixture(scope="module")
def agents(product: Product) -> Iterator[tuple[Agent, Agent]]:
    """Two agents at work in office hours."""
    with office_hours(product) as both:
        yield both
