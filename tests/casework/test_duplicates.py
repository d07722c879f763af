"""When two reports are of one thing, and two changes the same."""

from __future__ import annotations

from typing import Any

import pytest

from casework.domain.duplicates import SameReport, metres_between, same_change, same_place

RULE = SameReport(metres=50, days=60)


def place(text: str, street: str | None = "Elm Road", **point: float) -> dict[str, Any]:
    return {"text": text, "street": street, "lat": None, "lon": None, **point}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("light 14 on Elm Road", "lamp post 14, Elm Road"),
        ("outside 14 Elm Road", "opposite number 14 Elm Road"),
        ("Elm Road near the post office", "Elm Road by the Post Office"),
        ("Elm Road", "on Elm Road"),
        ("by the bus stop on Elm Road", "Elm Road, bus stop"),
    ],
)
def test_one_place(one: str, other: str) -> None:
    assert same_place(RULE, place(one), place(other))
    assert same_place(RULE, place(other), place(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("light 14 on Elm Road", "light 41 on Elm Road"),
        ("outside 14 Elm Road", "outside 2 Elm Road"),
        ("Elm Road near the post office", "Elm Road by the school"),
        ("Elm Road near the post office", "Elm Road"),
    ],
)
def test_two_places_on_one_street(one: str, other: str) -> None:
    assert not same_place(RULE, place(one), place(other))


def test_points_decide_before_words() -> None:
    here: Any = {"lat": 50.37999, "lon": -4.12920}
    assert same_place(RULE, place("a", "Elm Road", **here), place("b", "Oak Street", **here))
    away: Any = {"lat": 50.38100, "lon": -4.12920}
    assert not same_place(RULE, place("a", **here), place("a", **away))


def test_no_street_is_no_place() -> None:
    assert not same_place(RULE, place("somewhere", None), place("somewhere", None))


def test_metres() -> None:
    assert 110_000 < metres_between(50.0, -4.0, 51.0, -4.0) < 112_000
    assert metres_between(50.0, -4.0, 50.0, -4.0) == 0


HOME = {"lines": ["14 Elm Road"], "postcode": "PL4 7AA", "uprn": None}
MOVE = {"name": "Priya Shah", "old_address": HOME, "move_date": "2026-12-12", "contact": "+44"}


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ({}, True),
        ({"name": "PRIYA  SHAH", "contact": "a@b.uk"}, True),
        ({"old_address": {**HOME, "lines": ["14 elm road"]}}, True),
        ({"name": "Alan Shah"}, False),
        ({"move_date": "2026-12-13"}, False),
        ({"old_address": {**HOME, "lines": ["15 Elm Road"]}}, False),
    ],
)
def test_the_same_change(other: dict[str, Any], same: bool) -> None:
    assert same_change(MOVE, {**MOVE, **other}) is same


def test_two_accounts_are_two_changes_and_one_account_is_one_whatever_the_name() -> None:
    assert not same_change({**MOVE, "account_ref": "1"}, {**MOVE, "account_ref": "2"})
    assert same_change({**MOVE, "account_ref": "1"}, {**MOVE, "account_ref": "1", "name": "P."})


def test_a_change_that_tells_neither_address_nor_day_is_never_the_same() -> None:
    assert not same_change({"name": "Priya Shah"}, {"name": "Priya Shah"})
