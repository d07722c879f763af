"""Values volunteered in a sentence that answered something else. When in doubt, nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from casework.adapters.reading.contacts import find_email, phones_in
from casework.adapters.reading.finding_addresses import Span, spans_of, without_spans
from casework.adapters.reading.finding_choices import SUM, answers_in, choices_in, how_often
from casework.adapters.reading.finding_dates import dates_in
from casework.adapters.reading.finding_names import find_listed_name
from casework.adapters.reading.locations import Locations
from casework.adapters.reading.moves import (
    NEW,
    OLD,
    direction_of,
    moved,
    to_or_from_elsewhere,
    without_joining,
)
from casework.adapters.reading.names import find_new_names, find_own_name
from casework.adapters.reading.places import Places
from casework.adapters.reading.plain import amounts_in
from casework.adapters.reading.postcodes import find_postcode
from casework.adapters.reading.references import find_account_ref, find_case_ref, find_plates
from casework.adapters.reading.spoken import clean
from casework.domain.fields import Field
from casework.ports.reading import Context


@dataclass(frozen=True)
class Finder:
    """Finds values for several fields in one sentence."""

    places: Places
    locations: Locations
    account_ref_pattern: str
    localities: frozenset[str] = frozenset()

    def find(self, fields: Sequence[Field], text: str, context: Context) -> dict[str, Any]:
        """Values in stored form, by field id."""
        plain = clean(text)
        if not plain:
            return {}
        found: dict[str, Any] = {}
        found.update(_contacts(fields, plain))
        found.update(_plates(fields, plain))
        found.update(self._references(fields, plain))
        spans = spans_of(self.places, plain)
        places = self._addresses(fields, plain, spans)
        found.update(places)
        found.update(dates_in(fields, plain, context))
        found.update(_names(fields, plain, spans))
        rest = without_spans(plain, spans)
        found.update(choices_in([f for f in fields if f.id != "direction"], rest))
        found.update(choices_in([f for f in fields if f.id == "direction"], without_joining(rest)))
        found.update(answers_in(fields, rest))
        found.update(self._direction(fields, plain, found))
        found.update(self._location(fields, plain, bool(places)))
        found.update(_money(fields, plain))
        found.update(how_often(fields, rest))
        return found

    def _references(self, fields: Sequence[Field], plain: str) -> dict[str, Any]:
        wanted = [field for field in fields if field.type in ("account_ref", "case_ref")]
        if len(wanted) != 1:
            return {}
        field = wanted[0]
        value = (
            find_case_ref(plain)
            if field.type == "case_ref"
            else find_account_ref(self.account_ref_pattern, plain)
        )
        return {field.id: value} if value else {}

    def _addresses(
        self, fields: Sequence[Field], plain: str, spans: Sequence[Span]
    ) -> dict[str, Any]:
        wanted = [field for field in fields if field.type == "address"]
        postcodes = [field for field in fields if field.type == "postcode"]
        if len(postcodes) == 1 and not wanted:
            postcode = find_postcode(plain)
            return {postcodes[0].id: postcode.postcode} if postcode else {}
        if not wanted:
            return {}
        old = next((f.id for f in wanted if f.id in OLD), None)
        new = next((f.id for f in wanted if f.id in NEW), None)
        # Any further address field (forwarding) is only ever filled when it is asked for.
        others = [f.id for f in wanted if f.id not in OLD | NEW and f.id != "forwarding_address"]
        sure = [(span.start, span.value) for span in spans if span.value is not None]
        if (old or new) and not others:
            return moved(sure, plain, old, new)
        values = [value for _, value in sure]
        return {others[0]: values[0]} if len(others) == 1 == len(values) else {}

    def _direction(
        self, fields: Sequence[Field], plain: str, found: dict[str, Any]
    ) -> dict[str, Any]:
        """Whether a move stays within the council's area, where the sentence shows it."""
        asked = next((field for field in fields if field.id == "direction"), None)
        if asked is None or asked.option("within") is None:
            return {}
        told = direction_of(plain, found, self.localities)
        told = told or to_or_from_elsewhere(plain, self.localities)
        return {asked.id: told} if told and asked.option(told) else {}

    def _location(self, fields: Sequence[Field], plain: str, has_address: bool) -> dict[str, Any]:
        wanted = [field for field in fields if field.type == "location"]
        if len(wanted) != 1 or has_address:
            return {}
        place = self.locations.find(plain)
        return {wanted[0].id: place} if place else {}


def _contacts(fields: Sequence[Field], plain: str) -> dict[str, Any]:
    phones = [field for field in fields if field.type in ("contact", "phone")]
    emails = [field for field in fields if field.type in ("contact", "email")]
    found: dict[str, Any] = {}
    numbers = phones_in(plain) if phones else []
    if len(numbers) == 1 == len(phones):
        found[phones[0].id] = numbers[0]
    email = find_email(plain) if emails else None
    if email and len(emails) == 1 and emails[0].id not in found:
        found[emails[0].id] = email
    return found


def _names(fields: Sequence[Field], plain: str, spans: Sequence[Span]) -> dict[str, Any]:
    wanted = {field.id for field in fields if field.type == "person_name"}
    if not wanted:
        return {}
    if {"old_name", "new_name"} <= wanted:
        both = find_new_names(plain)
        return {"old_name": both[0], "new_name": both[1]} if both else {}
    name = find_own_name(plain) if "name" in wanted else None
    if "name" in wanted and name is None:
        name = find_listed_name(plain, [(span.start, span.end) for span in spans])
    return {"name": name} if name else {}


def _plates(fields: Sequence[Field], plain: str) -> dict[str, Any]:
    wanted = [field.id for field in fields if field.type == "registration"]
    plates = find_plates(plain) if wanted else []
    if len(wanted) == 1 and len(plates) == 1:
        old_only = wanted[0] in OLD and not re.search(r"\bold\b|\bfrom\b", plain.lower())
        return {} if old_only else {wanted[0]: plates[0]}
    if len(plates) == 2 and re.search(r"\bfrom\b.+\bto\b", plain.lower()):
        old, new = (next((w for w in wanted if w in kind), None) for kind in (OLD, NEW))
        return {old: plates[0], new: plates[1]} if old and new else {}
    if len(plates) == 1 and re.search(
        r"\bnew (?:car|reg|vehicle|van|registration)\b", plain.lower()
    ):
        return {one: plates[0] for one in wanted if one in NEW}
    return {}


def _money(fields: Sequence[Field], plain: str) -> dict[str, Any]:
    wanted = [field for field in fields if field.type == "money"]
    marked = [sum_said.group() for sum_said in SUM.finditer(plain)]
    if len(wanted) != 1 or len(marked) != 1:
        return {}
    amounts = amounts_in(marked[0])
    return {wanted[0].id: amounts[0]} if len(amounts) == 1 else {}
