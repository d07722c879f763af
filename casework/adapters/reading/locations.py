"""Where something is: an address, a street with a landmark, or a point on the map."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from casework.adapters.reading.address_text import all_words, taken_apart
from casework.adapters.reading.gazetteer import STREET_TYPES, CsvGazetteer, StreetMatch, label_of
from casework.adapters.reading.phrases import is_question, is_unsaid
from casework.adapters.reading.place_words import (
    WHERE,
    district_next,
    is_named,
    more_of_where,
    says_where,
    trimmed,
    until_verb,
)
from casework.adapters.reading.postcodes import find_postcode
from casework.adapters.reading.premises import premises_in
from casework.adapters.reading.spoken import clean
from casework.domain.drafts import Candidate
from casework.ports.reading import Pick, Property, Read, Reading

_POINT = re.compile(
    r"(?<![0-9.])(-?[0-9]{1,2}\.[0-9]{3,})\s*[, ]\s*(-?[0-9]{1,3}\.[0-9]{3,})(?![0-9.])"
)
_LEAD = re.compile(
    r"^(?:(?:hello|hi|yes|yeah|ok|er|erm|um|so|well|sorry|please|and)\b[ ,]*)*"
    r"(?:(?:it'?s|it is|that'?s|they'?re|there'?s (?:a|an|one|some)|there is (?:a|an)|(?:the|"
    r"this|a) \w+(?: \w+)? is)"
    r" (?=(?:just |right |near|on|at|in|outside|opposite|by|next|behind|beside|along|between|"
    r"down|up|under|corner)))?",
    re.IGNORECASE,
)
_FOUND = re.compile(
    rf"\b((?:just |right )?(?:{WHERE})(?: of| the| to)? (?:number |no |"
    rf"flat )?(?:[0-9]+ ?[a-z]? )?(?:the )?[^,.;!?]*)",
    re.IGNORECASE,
)
_HOME = re.compile(
    r"\b(?:(?:i|we)(?:'m| am|'re| are)? (?:live|living|stay|staying)|my (?:home )?address is)\b"
    r"[^,.;!?]*?(?=,|[.;!?]|\s(?:and|but)\s|$)",
    re.IGNORECASE,
)
_STREET_OF_ELSE = re.compile(
    r"\b(?:i|we|my|our|i'm|i've|we've|we're|from|moved?|moving)\b", re.IGNORECASE
)
_MEET = re.compile(r"where [^?]+ (?:meets?|joins?|cross(?:es)?)\b", re.IGNORECASE)
MOST = 4
"""Places offered to pick from at most."""

_CUES = frozenset({"on", "of", "outside", "in", "at", "along", "the", "near"})


class Locations:
    """Reads where a fault is, in the stored form of a location field."""

    def __init__(self, gazetteer: CsvGazetteer) -> None:
        self._gazetteer = gazetteer

    def read(self, text: str) -> Reading | None:
        """A place with its street, property and point where they are known.

        Two properties that fit (streets of one name) are picked from. None when nothing says where.
        """
        plain = self._without_home(clean(text))
        asks = is_question(plain) and not _MEET.match(plain)
        if is_unsaid(plain) or asks or "@" in plain:
            return None
        point = _POINT.search(plain)
        if point:
            return self._point(plain, float(point[1]), float(point[2]))
        said = _LEAD.sub("", plain, count=1).strip(" ,.!")
        streets = self._streets(plain, bool(find_postcode(plain)))
        found = self._properties(plain, streets)
        if len(found) > 1:
            place = self._place_words(plain, streets[0]) if streets else said
            return Pick(tuple(self._candidate(place, one) for one in found[:MOST]))
        twins = () if found else self._twins(plain, streets)
        if twins:
            place = self._place_words(plain, streets[0])
            return Pick(tuple(self._district(place, streets[0].street, one) for one in twins))
        if found or streets or says_where(said):
            street = found[0].street if found else streets[0].street if streets else None
            street = street or self._street_of_postcode(plain)
            shown = self._with_street(said, plain, streets)
            return Read(self._place(shown, street, found[0] if found else None, plain))
        return None

    def _candidate(self, said: str, one: Property) -> Candidate:
        shown = f"{said} ({one.locality or one.postcode})"
        return Candidate(label_of(one), self._place(shown, one.street, one))

    def _twins(self, plain: str, streets: Sequence[StreetMatch]) -> Sequence[str]:
        """The districts that have a street of this name, where nothing said tells which is meant.

        A second street, as at a corner, tells as much as a district does.
        """
        if len({match.street for match in streets}) != 1 or _POINT.search(plain):
            return ()
        rows = self._gazetteer.on_street(streets[0].street)
        districts = sorted({one.locality for one in rows if one.locality})
        lowered, postcode = plain.lower(), find_postcode(plain)
        if postcode or any(re.search(rf"\b{re.escape(d.lower())}\b", lowered) for d in districts):
            return ()
        return districts[:MOST] if len(districts) > 1 else ()

    def _district(self, said: str, street: str, district: str) -> Candidate:
        return Candidate(f"{street}, {district}", self._place(f"{said} ({district})", street, None))

    def find(self, text: str) -> dict[str, Any] | None:
        """A place volunteered in a longer sentence: only with a street of ours, or a point."""
        plain = self._without_home(clean(text))
        if _POINT.search(plain):
            reading = self.read(plain)
            return reading.value if isinstance(reading, Read) else None
        streets = self._streets(plain, False, exact=True)
        if not streets:
            return None
        districts = self._gazetteer.localities
        for match in _FOUND.finditer(plain):
            said = until_verb(match[1])
            said += district_next(plain[match.start(1) + len(said) :], districts)
            reading = self.read(said) if self._streets(said, False, exact=True) else None
            if isinstance(reading, Read) and reading.value["street"]:
                place = trimmed(reading.value, plain[match.start(1) + len(said) :], districts)
                return self._with_district(place, plain)
        if len({match.street for match in streets}) > 1 or _STREET_OF_ELSE.search(plain):
            return None
        reading = self.read(plain)
        if not isinstance(reading, Read) or not reading.value["street"]:
            return None
        place = {**reading.value, "text": self._place_words(plain, streets[0])}
        return self._with_district(place, plain)

    def _with_district(self, place: dict[str, Any], plain: str) -> dict[str, Any]:
        """A found place with the district that was named, where streets of one name lie in several
        and the house does not tell which."""
        districts = {one.locality for one in self._gazetteer.on_street(place["street"])}
        if place["uprn"] is not None or len(districts) < 2:
            return place
        named = [d for d in districts if d and re.search(rf"(?i)\b{re.escape(d)}\b", plain)]
        if len(named) != 1 or named[0].lower() in place["text"].lower():
            return place
        return {**place, "text": f"{place['text']} ({named[0]})"}

    def _words(self, plain: str) -> tuple[str, ...]:
        """The words to look for streets in: all of them where one is named, for an address ends
        at "next to 5" and a place does not."""
        words = all_words(plain)
        return words if self._exact(words) else taken_apart(plain).words

    def _exact(self, words: Sequence[str]) -> list[StreetMatch]:
        return [m for m in self._gazetteer.streets_in(words) if is_named(m, words)]

    def _without_home(self, plain: str) -> str:
        """A sentence without where the resident lives, if it names a street besides."""
        rest = _HOME.sub(" ", plain, count=1).strip(" ,")
        return rest if rest != plain and self._exact(all_words(rest)) else plain

    def _place_words(self, plain: str, street: StreetMatch) -> str:
        """The words of a sentence that say where: "outside 14 Elm Road"."""
        words = self._words(plain)
        number = words[street.start - 1] if street.start else ""
        number = number if number[:1].isdigit() else ""
        heard = r"\W+".join(re.escape(word) for word in words[street.start : street.end])
        digits = re.sub(r"(?<=[0-9])(?=[a-z])", " ?", number)
        numbered = rf"(?:number |no\.? ?)?\b{digits}\W+" if number else r"\b"
        match = re.search(
            rf"(?:\b(?:just |right )?(?:{WHERE}) (?:the |to |of )?)?{numbered}{heard}\b",
            plain,
            re.IGNORECASE,
        )
        if match is None:
            return f"{number.upper()} {street.street}".strip()
        said = self._with_street(match.group(), plain, [street])
        return said + more_of_where(plain[match.end() :], self._gazetteer.localities)

    def _streets(self, plain: str, near: bool, exact: bool = False) -> list[StreetMatch]:
        words = self._words(plain)
        streets = self._exact(words)
        if streets or exact:
            return streets
        # Misheard streets count after a number or a word of place, or with a word like "road".
        for start in range(len(words)):
            before = words[start - 1] if start else ""
            cued = before[:1].isdigit() or before in _CUES
            if start and not cued:
                continue
            for match in self._gazetteer.street_like(words, start, 84):
                if any(word in STREET_TYPES for word in words[match.start + 1 : match.end]):
                    return [match]
        return []

    def _properties(self, plain: str, streets: Sequence[StreetMatch]) -> list[Property]:
        found = find_postcode(plain)
        words = self._words(plain)
        near = self._gazetteer.at_postcode(found.postcode if found else "")
        if not streets:
            wanted = premises_in(words)
            return [
                one
                for one in near
                if wanted and self._gazetteer.premise(one).number == wanted[0].number
            ][:1]
        street = streets[0]
        before = words[max(street.start - 3, 0) : street.start]
        if not before or not before[-1][0].isdigit():
            return []
        # "One outside 14 Elm Road" is number 14.
        last = next((n for n, w in enumerate(reversed(before)) if not w[0].isdigit()), len(before))
        wanted = premises_in(before if "flat" in before else before[len(before) - last :])
        rows = [one for one in self._gazetteer.on_street(street.street)
                if wanted and self._gazetteer.premise(one).number == wanted[0].number]  # fmt: skip
        rows = [one for one in rows if one in near] or rows
        named = [one for one in rows if one.locality and one.locality.lower() in plain.lower()]
        by_house = {(one.street, one.postcode): one for one in reversed(named or rows)}
        return list(by_house.values())

    def _point(self, plain: str, lat: float, lon: float) -> Reading | None:
        if not (-90 <= lat <= 90 and -180 <= lon <= 180):
            return None
        near = self._gazetteer.nearest(lat, lon, 150)
        return Read({
            "text": plain, "street": near.street if near else None, "uprn": None, "postcode": None,
            "lat": lat, "lon": lon, "matched": near is not None,
        })  # fmt: skip

    def _street_of_postcode(self, plain: str) -> str | None:
        found = find_postcode(plain)
        streets = (
            {one.street for one in self._gazetteer.at_postcode(found.postcode)} if found else set()
        )
        return streets.pop() if len(streets) == 1 else None

    def _place(
        self, text: str, street: str | None, one: Property | None, plain: str = ""
    ) -> dict[str, Any]:
        found = find_postcode(plain) if plain and one is None else None
        return {
            "text": text,
            "street": street,
            "uprn": one.uprn if one else None,
            "postcode": one.postcode if one else found.postcode if found else None,
            "lat": one.lat if one else None,
            "lon": one.lon if one else None,
            "matched": street is not None,
        }

    def _with_street(self, said: str, plain: str, streets: Sequence[StreetMatch]) -> str:
        """What was said with its streets spelt as the gazetteer spells them."""
        words = self._words(plain)
        for match in streets:
            heard = r"\W+".join(re.escape(word) for word in words[match.start : match.end])
            said = re.sub(rf"(?i)\b{heard}\b", match.street, said)
            number = words[match.start - 1] if match.start else ""
            if re.fullmatch(r"[0-9]+[a-z]", number):
                said = re.sub(rf"(?i)\b{number[:-1]} ?{number[-1]}\b", number.upper(), said)
        return said
