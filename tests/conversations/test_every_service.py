"""Every service that ends in a case, from the first words to the case that staff see."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from _pytest.mark import ParameterSet

from tests.conversations.people import meet
from tests.conversations.playing import NUMBERS
from tests.conversations.simulated_resident import (
    PROVED,
    TABLE,
    Known,
    SimulatedResident,
    somebody_known,
)
from tests.journeys.agents import set_clock
from tests.journeys.conftest import Staff
from tests.office import the_council
from tests.product import Product

NOW = "2026-11-24T10:30"
IDENTITY = [one for one in PROVED if the_council().service(one).verify == "identity"]


def those(services: Sequence[str], which: str) -> list[ParameterSet]:
    """Services to prove; those known to fall short must be seen to."""
    known = TABLE["falls_short"].get(which, {})
    return [
        pytest.param(one, marks=pytest.mark.xfail(reason=known[one], strict=True))
        if one in known
        else pytest.param(one)
        for one in services
    ]


def play(
    service: str, channel: str, product: Product, staff: Staff, known: Known | None = None
) -> tuple[SimulatedResident, dict[str, object]]:
    """The whole conversation, and the case that came of it."""
    set_clock(product, NOW)
    person = meet(channel, product, staff, next(NUMBERS))
    resident = SimulatedResident(person, service, channel, known)
    resident.asks_for_it()
    resident.fills_the_form()
    assert not person.talk["cases"], "a case was opened without a yes"
    resident.confirms()
    if not person.refs:
        raise resident.stuck("no reference was told")
    case = staff.case(person.refs[0])
    faults = resident.faults_of(case)
    owner = the_council().service(service)
    if (case["service"], case["team"]) != (service, owner.team):
        faults.append(f"it went to {case['team']} as {case['service']}")
    if faults:
        raise resident.stuck("\n- ".join(["the case is wrong", *faults]))
    return resident, case


@pytest.mark.parametrize("service", those(PROVED, "web"))
def test_a_service_ends_in_a_correct_case_by_web(
    service: str, council: Product, staff: Staff
) -> None:
    _, case = play(service, "web", council, staff)
    if service in IDENTITY:
        assert case["verification"] == "unverified"
    assert case["due_at"]
    assert case["history"]


@pytest.mark.parametrize("service", those(TABLE["by_voice"], "voice"))
def test_a_service_ends_in_a_correct_case_by_telephone(
    service: str, council: Product, staff: Staff
) -> None:
    _, case = play(service, "voice", council, staff)
    details = case["field_details"]
    assert isinstance(details, dict)
    assert all(detail["confirmed"] for detail in details.values())


@pytest.mark.parametrize("service", those(TABLE["by_text"], "sms"))
def test_a_service_ends_in_a_correct_case_by_text(
    service: str, council: Product, staff: Staff
) -> None:
    _, case = play(service, "sms", council, staff)
    details = case["field_details"]
    assert isinstance(details, dict)
    assert all(detail["confirmed"] for detail in details.values())


@pytest.mark.parametrize("service", those(IDENTITY, "verified"))
def test_somebody_who_shows_who_they_are_is_verified_on_the_case(
    service: str, council: Product, staff: Staff
) -> None:
    known = somebody_known(IDENTITY.index(service))
    resident, case = play(service, "web", council, staff, known)
    assert (case["verification"], case["verified_how"]) == ("identity", "questions")
    assert not {"name", "address"} & set(resident.told), resident.lines


def test_every_service_that_opens_a_case_is_proved_and_ten_on_each_other_channel() -> None:
    assert set(TABLE["openings"]) == set(PROVED)
    assert len(TABLE["by_voice"]) >= 10
    assert len(TABLE["by_text"]) >= 10
