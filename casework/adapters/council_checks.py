"""Mistakes in a council's folder that a schema cannot see, found before a resident does."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, time
from string import Formatter
from typing import Any
from zoneinfo import ZoneInfo

from casework.adapters.yaml_lines import Source
from casework.domain.catalogue import FieldUse, Spoken

LOOKED_UP = frozenset({"address", "collections", "name", "how"})
"""What answers may have filled in besides the council's own facts."""


def check_council(source: Source) -> None:
    """Time zone and patterns. Raises CouncilDataError, as all checks here do."""
    if not _succeeds(ZoneInfo, source.data["timezone"]):
        raise source.error(["timezone"], "write a time zone such as Europe/London")
    for name in ("account_ref", "reference"):
        if not _succeeds(re.compile, source.data[name]["pattern"]):
            raise source.error([name, "pattern"], "write a regular expression such as [0-9]{8}")


def check_hours(source: Source) -> None:
    """Times that are on the clock and in order, days that are in the calendar."""
    for place in ("contact_centre", "first_stop"):
        for day, spans in source.data.get(place, {}).items():
            for number, span in enumerate(spans):
                if not _in_order(*span.split("-")):
                    raise source.error([place, day, number], 'write times such as "09:00-17:00"')
    for number, part in enumerate(source.data["callback_slots"]):
        if not _in_order(part["from"], part["to"]):
            raise source.error(
                ["callback_slots", number], 'write times such as from: "09:00", to: "12:00"'
            )
    for number, entry in enumerate(source.data.get("closed_days", ())):
        day = entry["date"]
        if not isinstance(day, date) and not _succeeds(date.fromisoformat, day):
            raise source.error(["closed_days", number, "date"], "write a date as 2026-12-29")


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
            if options and not set(values) <= set(options):
                raise source.error(
                    [*where, number], f"when {name}: write some of: {', '.join(options)}"
                )
        before[use.field.id] = use


def check_answer(
    source: Source, name: str, services: Mapping[str, Any], facts: Mapping[str, str]
) -> None:
    """An answer's review date, what follows it, and what is filled in."""
    entry = source.data["answers"][name]
    if not isinstance(entry["reviewed"], date):
        raise source.error(["answers", name, "reviewed"], "write a date as 2026-11-01")
    if entry.get("next", name) not in services:
        raise source.error(["answers", name, "next"], "write the id of a service of services.yml")
    for text in (entry[channel] for channel in ("web", "sms", "voice")):
        _check_filled(source, ["answers", name], text, {*LOOKED_UP, *facts})


def check_said(
    source: Source, where: list[str | int], said: Spoken, known: Collection[str]
) -> None:
    """A wording's braces: only what is filled in there."""
    for text in (said.web, said.sms, said.voice):
        _check_filled(source, where, text, set(known))


def _check_filled(source: Source, where: list[str | int], text: str, known: set[str]) -> None:
    try:
        named = {field for _, field, _, _ in Formatter().parse(text) if field is not None}
    except ValueError as error:
        raise source.error(where, f"check the braces: {error}") from None
    if not named <= known:
        unknown = ", ".join(sorted(named - known))
        raise source.error(
            where, f"{{{unknown}}} is not known; write one of: {', '.join(sorted(known))}"
        )


def _in_order(start: str, end: str) -> bool:
    return all(_succeeds(time.fromisoformat, text) for text in (start, end)) and start < end


def _succeeds(attempt: Callable[..., object], value: str) -> bool:
    try:
        attempt(value)
    except (ValueError, TypeError, KeyError, OSError, re.error):
        return False
    return True
