"""What the answers so far change about a form."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from casework.domain.branches import at_odds, branched, holds, is_doubtful, is_last_of
from casework.domain.catalogue import FieldUse, Kind, Service, Sooner, Tell, Tier
from casework.domain.fields import Branch, Field
from casework.domain.wording import Spoken

NOTHING = Spoken("", "", "")


def field(name: str, **more: Any) -> Field:
    return Field(
        id=name, type="date", label=more.pop("label", name), ask=NOTHING, again=NOTHING, **more
    )


def service(*uses: FieldUse, **more: Any) -> Service:
    return Service(
        id="move", title="", short="", about="", tier=Tier.SIMPLE, kind=Kind.CHANGE,
        team="revenues", full=True, uses=uses, **more,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("when", "values", "expected"),
    [
        ({}, {}, True),
        ({"a": (1, 2)}, {"a": 2}, True),
        ({"a": (1, 2)}, {"a": 3}, False),
        ({"a": (1,)}, {}, False),
        ({"a": (None,)}, {}, True),
        ({"a": ("given",)}, {"a": "x"}, True),
        ({"a": ("given",)}, {"a": False}, True),
        ({"a": ("given",)}, {"a": None}, False),
        ({"a": ("phone",)}, {"a": "+447700900123"}, True),
        ({"a": ("phone",)}, {"a": "p@example.com"}, False),
        ({"a": ("email",)}, {"a": "p@example.com"}, True),
        ({"a": (1,), "b": (2,)}, {"a": 1, "b": 3}, False),
    ],
)
def test_conditions_hold_when_each_field_has_one_of_its_values(
    when: dict[str, tuple[Any, ...]], values: dict[str, Any], expected: bool
) -> None:
    assert holds(when, values) is expected


def test_a_field_takes_the_words_that_fit_the_answers() -> None:
    other = field("adults", label="Tenants")
    adults = field("adults", branches=(Branch({"tenure": ("landlord",)}, other),))
    form = service(FieldUse(adults))
    assert branched(form, {"tenure": "landlord"}).uses[0].field is other
    assert branched(form, {"tenure": "owner"}) is form


def test_a_field_is_optional_and_asked_on_some_answers_alone() -> None:
    form = service(
        FieldUse(field("old"), optional_when={"direction": ("in",)}),
        FieldUse(field("ref"), optional=True, asked=False, asked_when={"stage": ("second",)}),
    )
    inwards = branched(form, {"direction": "in", "stage": "second"}).uses
    assert (inwards[0].optional, inwards[1].asked) == (True, True)
    within = branched(form, {"direction": "within"}).uses
    assert (within[0].optional, within[1].asked) == (False, False)


def test_the_last_of_a_group_that_needs_one_cannot_be_left_out() -> None:
    form = service(
        FieldUse(field("phone", may_be_unknown=True), optional=True),
        FieldUse(field("email"), optional=True),
        one_of=(("phone", "email"),),
    )
    assert not is_last_of(form, "email", {})
    assert not is_last_of(form, "email", {"phone": "+44"})
    assert is_last_of(form, "email", {"phone": None})
    last = branched(form, {"email": None}).uses[0]
    assert (last.optional, last.field.may_be_unknown) == (False, False)


def test_another_time_is_promised_and_other_teams_come_first_on_some_answers() -> None:
    form = service(
        sla_days=10,
        sla_when=(Sooner({"stage": ("second",)}, 20),),
        tells=(Tell("waste", "", "", ()), Tell("housing", "", "", (), concerns={"rents": (True,)})),
    )
    later = branched(form, {"stage": "second", "rents": True})
    assert later.sla_days == 20
    assert [tell.team for tell in later.tells] == ["housing", "waste"]
    assert branched(form, {}).sla_days == 10


@pytest.mark.parametrize(
    ("value", "values", "expected"),
    [
        ("2026-12-01", {"start": "2026-12-03"}, True),
        ("2026-12-03", {"start": "2026-12-03"}, False),
        ("2026-12-09", {"start": "2026-12-03", "end": "2026-12-05"}, True),
        ("2026-12-04", {"start": None, "end": None}, False),
        (None, {"start": "2026-12-03"}, False),
        ("2026-12-01", {}, False),
    ],
)
def test_a_date_must_lie_between_those_it_is_compared_with(
    value: str | None, values: dict[str, Any], expected: bool
) -> None:
    assert at_odds(field("day", not_before="start", not_after="end"), value, values) is expected


def test_what_must_differ_is_not_the_same() -> None:
    new = field("new", not_same="old")
    assert at_odds(new, "WA26KLM", {"old": "WA26KLM"})
    assert not at_odds(new, "WA26KLM", {"old": "WA26KLN"})
    assert not at_odds(new, "WA26KLM", {"old": None})
    assert not at_odds(new, None, {"old": None})


@pytest.mark.parametrize(
    ("value", "expected"),
    [("2025-11-24", False), ("2025-11-23", True), ("2026-12-24", False), (None, False)],
)
def test_a_date_long_ago_is_doubtful(value: str | None, expected: bool) -> None:
    today = date(2026, 11, 24)
    assert is_doubtful(field("day", sure_past_days=365), value, today) is expected
    assert not is_doubtful(field("day"), value, today)
