"""When two reports are of the same thing, and two changes the same. Rules are pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import asin, cos, radians, sin, sqrt
from typing import Any

POSSIBLE = "possible_duplicate"
"""The flag of a case that may be one told before; also what its history says, with that
reference in the note."""

EARTH = 6_371_000
"""Metres from the middle of the earth."""

ALIKE = 0.5
"""Share of telling words that two places on one street have in common, to be the same."""

_NUMBER = re.compile(
    r"\b(?:lamp ?posts?|lights?|columns?|posts?|poles?|number|no\.?|nr\.?|outside|opposite|at|by|"
    r"near|unit)\s*(?:number |no\.? ?|column )?(\d{1,4}[a-z]?)\b",
    re.IGNORECASE,
)
_SAYS_LITTLE = frozenset(
    "a an the on in at of to by near outside opposite just right next from by with and or is it "
    "its there road street lane avenue close side end number no".split()
)


@dataclass(frozen=True)
class SameReport:
    """Two reports within `metres` and `days` are of the same thing, unless they differ in one of
    the fields `differs`."""

    metres: int
    days: int
    differs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Duplicates:
    """What counts as told before: reports by service id, and days for changes."""

    reports: Mapping[str, SameReport] = field(default_factory=dict)
    change_days: int = 30


def metres_between(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Along the surface of the earth (haversine)."""
    up, across = radians(other_lat - lat), radians(other_lon - lon)
    half = sin(up / 2) ** 2 + cos(radians(lat)) * cos(radians(other_lat)) * sin(across / 2) ** 2
    return 2 * EARTH * asin(sqrt(half))


def same_place(rule: SameReport, place: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two locations, in their stored form, are of one place.

    Two points decide by their distance. Else it is one street, with the same number of a house or
    a light if both have one, and in words that are alike.
    """
    points = [place.get("lat"), place.get("lon"), other.get("lat"), other.get("lon")]
    if all(isinstance(value, int | float) for value in points):
        return (
            metres_between(*(float(value) for value in points if value is not None)) <= rule.metres
        )
    street = place.get("street")
    if not street or street != other.get("street"):
        return False
    text, other_text = str(place.get("text", "")), str(other.get("text", ""))
    numbers, others = _numbers(text), _numbers(other_text)
    if numbers and others:
        return bool(numbers & others)
    words, other_words = _telling(text, street), _telling(other_text, street)
    if not words and not other_words:
        return bool(numbers) == bool(others)
    common = len(words & other_words)
    return common / max(1, min(len(words), len(other_words))) >= ALIKE and common > 0


def same_fields(rule: SameReport, values: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two reports differ in none of the fields that tell them apart."""
    given = [(values.get(name), other.get(name)) for name in rule.differs]
    return all(one == two for one, two in given if one and two)


def same_change(values: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two changes of one service are the same: by the same account, or else the same name,
    with the same addresses and dates. How they are reached or told apart otherwise matters not."""
    account, other_account = values.get("account_ref"), other.get("account_ref")
    name, other_name = values.get("name"), other.get("name")
    if account and other_account:
        if account != other_account:
            return False
    elif not name or _plain(name) != _plain(other_name):
        return False
    told, before = _telling_values(values), _telling_values(other)
    return bool(told) and told == before


def _telling_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """Addresses and days by field: what makes a change this one."""
    found = {}
    for name, value in values.items():
        if isinstance(value, dict) and "lines" in value:
            lines = "".join(str(line) for line in value["lines"])
            found[name] = value.get("uprn") or f"{_plain(lines)}{_plain(value.get('postcode'))}"
        elif isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
            found[name] = value
    return found


def _plain(value: object) -> str:
    return re.sub(r"[^a-z0-9]", "", str(value or "").lower())


def _numbers(text: str) -> set[str]:
    """Numbers of houses or lights in the words for a place."""
    leading = re.match(r"\s*(\d{1,4}[a-z]?)\s+[a-z]", text, re.IGNORECASE)
    found = {match[1].lower() for match in _NUMBER.finditer(text)}
    return found | ({leading[1].lower()} if leading else set())


def _telling(text: str, street: str) -> set[str]:
    own = set(re.findall(r"[a-z]+", street.lower()))
    words = set(re.findall(r"[a-z]{2,}", text.lower()))
    return words - own - _SAYS_LITTLE
