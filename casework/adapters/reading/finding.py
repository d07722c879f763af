"""Values volunteered in a sentence that answered something else. When in doubt, nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from casework.adapters.reading.address_text import taken_apart
from casework.adapters.reading.choices import distinctive, hits_in, tokens_of
from casework.adapters.reading.contacts import find_email, phones_in
from casework.adapters.reading.finding_dates import dates_in
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
from casework.adapters.reading.premises import TOWNS
from casework.adapters.reading.references import find_account_ref, find_case_ref, find_plates
from casework.adapters.reading.spoken import clean, digit_runs
from casework.domain.fields import Field
from casework.ports.reading import Context, Read

_PREMISE = re.compile(
    r"\b(?:(?:flat|apartment|unit) \w+,? )?(?:number )?[0-9]+ ?[a-z]?\b,? (?!.{0,3}$)"
)
_CLAUSE = re.compile(
    r"(?<=[a-z])[,.;]\s|\s(?:and|on|my name|i'm|because|next|this)\s", re.IGNORECASE
)


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
        places = self._addresses(fields, plain)
        found.update(places)
        found.update(dates_in(fields, plain, context))
        found.update(_names(fields, plain))
        found.update(_choices(fields, without_joining(plain)))
        found.update(self._direction(fields, plain, found))
        found.update(self._location(fields, plain, bool(places)))
        found.update(_money(fields, plain))
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

    def _addresses(self, fields: Sequence[Field], plain: str) -> dict[str, Any]:
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
        spans = self._spans(plain)
        if (old or new) and not others:
            return moved(spans, plain, old, new)
        values = [value for _, value in spans]
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

    def _spans(self, plain: str) -> list[tuple[int, Any]]:
        """Addresses in a sentence with where they begin."""
        lowered = plain.lower()
        starts = [match.start() for match in _PREMISE.finditer(lowered)]
        for match in digit_words(plain):
            if match not in starts:
                starts.append(match)
        found: list[tuple[int, Any]] = []
        taken = -1
        for start in sorted(starts):
            if start < taken:
                continue
            segment = _segment(plain[start:])
            reading = self.places.read(segment) if _address_like(segment, self.places) else None
            if isinstance(reading, Read) and _plainly_address(reading.value, segment):
                found.append((start, reading.value))
                taken = start + len(segment)
        return found

    def _location(self, fields: Sequence[Field], plain: str, has_address: bool) -> dict[str, Any]:
        wanted = [field for field in fields if field.type == "location"]
        if len(wanted) != 1 or has_address:
            return {}
        place = self.locations.find(plain)
        return {wanted[0].id: place} if place else {}


def digit_words(plain: str) -> list[int]:
    """Where numbers said in words begin ("fourteen elm road")."""
    return [run.start for run in digit_runs(plain) if not plain[run.start].isdigit()]


def _segment(text: str) -> str:
    """A text from a number on, cut where a clause or the next number after a street begins."""
    postcode = find_postcode(text[:80])
    if postcode and len(text[:80]) - len(postcode.rest) >= 0:
        ends = re.search(
            r"[a-z]{1,2}\s?[0-9][0-9a-z]?\s*[0-9]\s?[a-z]{2}\b", text[:80], re.IGNORECASE
        )
        if ends and not re.search(r"\b(?:to|and|from|on)\b", text[: ends.start()], re.IGNORECASE):
            return text[: ends.end()]
    cut = re.search(
        r"[.;!?](?:\s|$)|,\s*(?=(?:my|i|i'm|we|the|and|it|on|0|\+|please|from|to|next)\b|"
        r"[0-9+])|\s(?:to|from|and|on|by|"
        r"my|i'm|i|we|because|but|next|this|last|tomorrow|today|yesterday|since|into|has|have|"
        r"was|were|is|it|so|in the|"
        r"for|with|at|please|if|which|that|hasn't|wasn't|not|again|every|where|as|when|until|"
        r"of)(?=\s|$)",
        text[2:], re.IGNORECASE)  # fmt: skip
    return text[: cut.start() + 2] if cut else text[:100]


def _address_like(segment: str, places: Places) -> bool:
    """Whether a segment names a street of ours, or has a street word or postcode of elsewhere."""
    parts = taken_apart(segment)
    if not 2 <= len(parts.words) <= 12:
        return bool(parts.postcode and parts.words)
    return (
        bool(parts.postcode)
        or places.knows_street(parts.words)
        or bool(
            re.search(
                r"\b(?:road|rd|street|avenue|ave|close|lane|drive|terrace|gardens|crescent|"
                r"court|square|grove)\b",
                " ".join(parts.words[1:]),
            )
        )
    )


def _plainly_address(value: dict[str, Any], segment: str) -> bool:
    """Whether an address is sure enough without having been asked for.

    One that the gazetteer does not hold needs a postcode, or lines that are written as a place is.
    """
    if value["matched"] or value["postcode"]:
        return True
    rest = value["lines"][1:]
    return all(line in segment or line.lower() in TOWNS for line in rest) and len(rest) <= 2


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


def _names(fields: Sequence[Field], plain: str) -> dict[str, Any]:
    wanted = {field.id for field in fields if field.type == "person_name"}
    if not wanted:
        return {}
    if {"old_name", "new_name"} <= wanted:
        both = find_new_names(plain)
        return {"old_name": both[0], "new_name": both[1]} if both else {}
    name = find_own_name(plain) if "name" in wanted else None
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


def _choices(fields: Sequence[Field], plain: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    tokens = tokens_of(plain)
    for field in fields:
        if field.type != "choice" or field.id in ("evidence", "relationship"):
            continue
        hits = hits_in(field.options, plain)
        options = {hit.option for hit in hits if hit.option != "other"}
        plainly = [hit for hit in hits if distinctive(hit, tokens)]
        if len(options) == 1 and any(hit.option in options for hit in plainly):
            found[field.id] = options.pop()
    return found


def _money(fields: Sequence[Field], plain: str) -> dict[str, Any]:
    wanted = [field for field in fields if field.type == "money"]
    marked = re.findall(r"£ ?[0-9][0-9,.]*[0-9]|£ ?[0-9]|\b[0-9][0-9,.]* ?(?:pounds|quid)\b", plain)
    if len(wanted) != 1 or len(marked) != 1:
        return {}
    amounts = amounts_in(marked[0])
    return {wanted[0].id: amounts[0]} if len(amounts) == 1 else {}
