"""Mistakes in a council's hours: times off the clock, spans that overlap, no day that is open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time
from itertools import pairwise

from casework.adapters.council_checks import is_day, succeeds
from casework.adapters.yaml_lines import Source

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def check_hours(source: Source) -> None:
    """Hours, days closed, and times for ringing back. Raises CouncilDataError."""
    for place in ("contact_centre", "first_stop"):
        for day, spans in source.data.get(place, {}).items():
            _check_spans(source, [place, day], spans)
    if not any(source.data["contact_centre"].values()):
        # Due times and times for ringing back are counted in days that are open.
        raise source.error(["contact_centre"], "open on one day at least")
    for number, entry in enumerate(source.data.get("closed_days", ())):
        if not is_day(entry["date"]):
            raise source.error(["closed_days", number, "date"], "write a date as 2026-12-29")
    _check_callback_slots(source)


def _check_spans(source: Source, where: Sequence[str], spans: Sequence[str]) -> None:
    for number, span in enumerate(spans):
        if not _in_order(*span.split("-")):
            raise source.error([*where, number], 'write times such as "09:00-17:00"')
    for number, (one, next_one) in enumerate(pairwise(spans), start=1):
        if next_one.split("-")[0] < one.split("-")[1]:
            raise source.error([*where, number], f"begin after {one}, or make it one span")


def _check_callback_slots(source: Source) -> None:
    """Each is on the clock, has an id of its own, and is in opening hours on some day."""
    week = source.data["contact_centre"].values()
    spans = [span.split("-") for day in week for span in day]
    seen: set[str] = set()
    for number, part in enumerate(source.data["callback_slots"]):
        where: list[str | int] = ["callback_slots", number]
        start, end = part["from"], part["to"]
        if not _in_order(start, end):
            raise source.error(where, 'write times such as from: "09:00", to: "12:00"')
        if part["id"] in seen:
            raise source.error(where, f"{part['id']} is there twice; keep one of them")
        seen.add(part["id"])
        if not any(opens <= start and end <= closes for opens, closes in spans):
            raise source.error(where, "write times at which the contact centre is open")


def _in_order(start: str, end: str) -> bool:
    return all(succeeds(time.fromisoformat, text) for text in (start, end)) and start < end
