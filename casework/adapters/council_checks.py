"""Mistakes in a council's folder that a schema cannot see, found before a resident does."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime
from difflib import get_close_matches
from string import Formatter
from typing import Any
from zoneinfo import ZoneInfo

from casework.adapters.yaml_lines import Source
from casework.domain.catalogue import FieldUse
from casework.domain.wording import Spoken

LONGEST = 1000
"""Characters of a text whose field does not say how long it may be."""


def check_council(source: Source) -> None:
    """Time zone, patterns and bin weeks. Raises CouncilDataError, as all checks here do."""
    if not succeeds(ZoneInfo, source.data["timezone"]):
        raise source.error(["timezone"], "write a time zone such as Europe/London")
    for name in ("account_ref", "reference"):
        if not succeeds(re.compile, source.data[name]["pattern"]):
            raise source.error([name, "pattern"], "write a regular expression such as [0-9]{8}")
    monday = source.data["bin_rounds"]["week_a_starts"]
    if not is_day(monday) or as_day(monday).weekday() != 0:
        raise source.error(["bin_rounds", "week_a_starts"], "write a Monday as 2026-10-26")


def is_day(value: object) -> bool:
    """Whether a value of YAML is a day, in quotes or without."""
    if isinstance(value, datetime):
        return False
    return isinstance(value, date) or (
        isinstance(value, str) and succeeds(date.fromisoformat, value)
    )


def as_day(value: date | str) -> date:
    """The day of such a value."""
    return value if isinstance(value, date) else date.fromisoformat(value)


def check_teams(source: Source) -> None:
    """No team twice."""
    seen: set[str] = set()
    for number, team in enumerate(source.data["teams"]):
        if team["id"] in seen:
            raise source.error(
                ["teams", number, "id"], f"{team['id']} is there twice; keep one of them"
            )
        seen.add(team["id"])


def check_conditions(source: Source, where: Sequence[str | int], uses: Sequence[FieldUse]) -> None:
    """A field's `when` names fields asked before it, and options of theirs."""
    before: dict[str, FieldUse] = {}
    for number, use in enumerate(uses):
        for name, values in use.when.items():
            if name not in before:
                known = ", ".join(before) or "nothing, it is asked first"
                raise source.error([*where, number], f"when {name}: write one of: {known}")
            options = [option.id for option in before[name].field.options]
            if before[name].field.type == "contact":
                options = ["phone", "email"]
            if options and not set(values) <= {*options, "given"}:
                raise source.error(
                    [*where, number], f"when {name}: write some of: {', '.join(options)}"
                )
        before[use.field.id] = use


def check_options(source: Source, service: Mapping[str, Any], uses: Sequence[FieldUse]) -> None:
    """A field that lets residents choose gives them something to choose from."""
    for use in uses:
        field = use.field
        if field.type in {"choice", "choices"} and not (field.options or service.get("tells")):
            raise source.error(
                ["fields", field.id], f"write choices as well; {service['id']} offers none"
            )


def check_lengths(source: Source, name: str, entry: Mapping[str, Any]) -> None:
    """The shortest text allowed is no longer than the longest."""
    if entry.get("min_length", 0) > entry.get("max_length", LONGEST):
        raise source.error(["fields", name, "min_length"], "write less than max_length")


def check_said(
    source: Source, where: list[str | int], said: Spoken, known: Collection[str]
) -> None:
    """A wording's braces: only what is filled in there."""
    for text in (said.web, said.sms, said.voice):
        check_filled(source, where, text, set(known))


def check_flat(source: Source, facts: Mapping[str, str]) -> None:
    """The braces of a flat file of texts whose schema says what is filled in."""
    known: Mapping[str, Sequence[str]] | None = source.schema.get("placeholders")
    if known is None:
        return
    for key, text in source.data.items():
        check_filled(source, [key], text, {*facts, *known.get(key, ())})


LISTED = 20
"""Names up to which all are told; of more, those spelt nearly like the one that is wrong."""
NEAR = 6


def check_filled(source: Source, where: list[str | int], text: str, known: set[str]) -> None:
    """The braces of one text: only what is filled in there."""
    try:
        named = {field for _, field, _, _ in Formatter().parse(text) if field is not None}
    except ValueError as error:
        raise source.error(where, f"check the braces: {error}") from None
    if not named <= known:
        unknown = ", ".join(sorted(named - known))
        near = get_close_matches(unknown, sorted(known), NEAR, 0.5)
        some = near if near and len(known) > LISTED else sorted(known)
        raise source.error(where, f"{{{unknown}}} is not known; write one of: {', '.join(some)}")


def succeeds(attempt: Callable[..., object], value: str) -> bool:
    """Whether a value can be read as what it should be."""
    try:
        attempt(value)
    except (ValueError, TypeError, KeyError, OSError, re.error):
        return False
    return True
