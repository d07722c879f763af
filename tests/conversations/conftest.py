"""The running product, with its residents known, for whole conversations."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.journeys.agents import Agent, set_clock
from tests.journeys.conftest import Staff, carrier_of_all, product, staff
from tests.product import TOP, Product

__all__ = ["carrier_of_all", "product", "staff"]


@pytest.fixture(scope="session")
def residents(product: Product) -> None:
    """The demo's residents are on the council's books."""
    product.run("residents", "import", str(TOP / "council" / "demo" / "residents.csv"))


class Rota:
    """Whether anybody is at work; nobody is until a script says so."""

    def __init__(self, agent: Agent) -> None:
        self._agent = agent
        self._at_work = False

    def is_at_work(self, at_work: bool) -> None:
        if at_work != self._at_work:
            self._agent.is_at_work("available" if at_work else "away")
            self._at_work = at_work


@pytest.fixture(scope="session")
def rota(product: Product) -> Iterator[Rota]:
    agent = Agent(product, "Asha Patel")
    agent.is_at_work("away")
    rota = Rota(agent)
    yield rota
    rota.is_at_work(False)


@pytest.fixture(scope="session")
def council(product: Product, staff: Staff, residents: None) -> Iterator[Product]:
    """The product, ready to be talked to; its clock shows real time afterwards."""
    set_clock(product, "2026-11-24T10:30")
    yield product
    product.settings.clock_file.unlink(missing_ok=True)
