"""The council's properties from `gazetteer.csv`, found by street, number and postcode."""

from __future__ import annotations

import csv
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz, process

from casework.adapters.reading.postcodes import canonical
from casework.adapters.reading.premises import Premise, premise_from
from casework.adapters.reading.sounding import nearest as nearest_sound
from casework.ports.reading import Property

SUFFIXES = {
    "rd": "road", "st": "street", "str": "street", "ave": "avenue", "av": "avenue", "cl": "close",
    "cls": "close", "ln": "lane", "dr": "drive", "pl": "place", "plc": "place", "ter": "terrace",
    "terr": "terrace", "gdns": "gardens", "gdn": "gardens", "cres": "crescent", "crt": "court",
    "ct": "court", "sq": "square", "pk": "park", "hts": "heights", "wy": "way", "gro": "grove",
    "rode": "road", "rowed": "road", "streets": "street", "claus": "close", "clothes": "close",
    "plane": "plain", "garden": "gardens", "saint": "st", "cent": "st",
}  # fmt: skip
STREET_TYPES = frozenset(
    """road street avenue close lane drive place terrace gardens crescent court square park heights
    way grove hill row walk view rise mews plain parade quay wharf green gate path passage crossway
    vale villas villa cottages cottage house lodge farm barbican esplanade mount embankment approach
    circus croft dale end fields meadow meadows orchard ridge side yard ope alley""".split()
)


@dataclass(frozen=True)
class StreetMatch:
    """A street heard among words: its name, the words it takes, and how well it was heard (100)."""

    street: str
    start: int
    end: int
    score: float


class CsvGazetteer:
    """Implements `Gazetteer`, and the look-ups by which addresses are heard.

    Columns: uprn,address,street,locality,postcode,ward,lat,lon,bin_day,bin_week (more are ignored).
    """

    def __init__(self, properties: Iterable[Property]) -> None:
        self._by_uprn: dict[str, Property] = {}
        self._by_street: dict[str, list[Property]] = defaultdict(list)
        self._by_postcode: dict[str, list[Property]] = defaultdict(list)
        self._premises: dict[str, Premise] = {}
        self._names: dict[str, str] = {}
        for one in properties:
            key = street_key(one.street)
            self._by_uprn[one.uprn] = one
            self._by_street[key].append(one)
            self._by_postcode[one.postcode].append(one)
            self._names[key] = one.street
            self._premises[one.uprn] = premise_of(one)
        self._keys = list(self._names)
        self._longest = max((len(key.split()) for key in self._keys), default=0)
        self.localities = frozenset(
            one.locality.lower() for one in self._by_uprn.values() if one.locality
        )

    @classmethod
    def from_file(cls, path: Path) -> CsvGazetteer:
        """Reads the file. Raises KeyError or ValueError when a column is missing or no number."""
        with path.open(encoding="utf-8", newline="") as rows:
            return cls([_property(row) for row in csv.DictReader(rows)])

    def streets(self) -> Sequence[str]:
        """Names of streets, those with the most properties first."""
        by_size = sorted(self._names, key=lambda key: (-len(self._by_street[key]), key))
        return [self._names[key] for key in by_size]

    def postcodes(self) -> Sequence[str]:
        """Postcodes in use, in order."""
        return sorted(self._by_postcode)

    def property(self, uprn: str) -> Property | None:
        """The property of this number."""
        return self._by_uprn.get(uprn)

    def premise(self, one: Property) -> Premise:
        """Number, flat and house name of a property."""
        return self._premises[one.uprn]

    def at_postcode(self, postcode: str) -> Sequence[Property]:
        """Properties with a postcode."""
        return self._by_postcode.get(postcode, ())

    def on_street(self, street: str) -> Sequence[Property]:
        """Properties on a street, in every locality that has one of this name."""
        return self._by_street.get(street_key(street), ())

    def streets_in(self, words: Sequence[str]) -> list[StreetMatch]:
        """Streets named in a row of small words exactly, the longest name at a place."""
        found: list[StreetMatch] = []
        start = 0
        while start < len(words):
            for size in range(min(self._longest, len(words) - start), 0, -1):
                key = _joined(words[start : start + size])
                if key in self._names:
                    found.append(StreetMatch(self._names[key], start, start + size, 100))
                    start += size - 1
                    break
            start += 1
        return found

    def street_like(self, words: Sequence[str], start: int, cutoff: float) -> list[StreetMatch]:
        """The streets nearest to what stands at a place, at most two, best first."""
        best: dict[str, StreetMatch] = {}
        for size in range(1, min(self._longest + 1, len(words) - start) + 1):
            said = _joined(words[start : start + size])
            if len(said) < 4:
                continue
            for key, score, _ in process.extract(
                said, self._keys, scorer=fuzz.ratio, score_cutoff=cutoff, limit=2
            ):
                if key not in best or best[key].score < score:
                    best[key] = StreetMatch(self._names[key], start, start + size, score)
        return sorted(best.values(), key=lambda match: -match.score)[:2]

    def street_sounding(
        self, words: Sequence[str], start: int, at_least: float
    ) -> StreetMatch | None:
        """The street that what stands at a place sounds like; None when none does, or two do."""
        for size in range(min(self._longest + 1, len(words) - start), 1, -1):
            key = nearest_sound(_joined(words[start : start + size]), self._keys, at_least)
            if key is not None:
                return StreetMatch(self._names[key], start, start + size, 100 * at_least)
        return None

    def nearest(self, lat: float, lon: float, metres: float) -> Property | None:
        """The property nearest to a point, if one lies within so many metres."""

        def distance(one: Property) -> float:
            east = (one.lon - lon) * math.cos(math.radians(lat))
            return math.hypot(one.lat - lat, east) * 111_195

        best = min(self._by_uprn.values(), key=distance, default=None)
        return best if best is not None and distance(best) <= metres else None


def _property(row: dict[str, str]) -> Property:
    return Property(
        uprn=row["uprn"].strip(),
        address=row["address"].strip(),
        street=row["street"].strip(),
        locality=(row["locality"] or "").strip(),
        postcode=canonical(row["postcode"]) or row["postcode"].strip().upper(),
        ward=row["ward"].strip(),
        bin_day=row["bin_day"].strip(),
        bin_week=row["bin_week"].strip(),
        lat=float(row["lat"]),
        lon=float(row["lon"]),
    )


def street_key(street: str) -> str:
    """A street's name for comparing: small letters, suffixes in full, no marks."""
    return _joined(re.findall(r"[a-z0-9]+", street.lower().replace("'", "")))


def _joined(words: Sequence[str]) -> str:
    """Words as a key. "St" begins a saint's name, and ends a street's."""
    last = len(words) - 1
    return " ".join(
        word if at == 0 and word in ("st", "garden") else SUFFIXES.get(word, word)
        for at, word in enumerate(words)
        if word != "the" or at in (0, last)
    )


def premise_of(one: Property) -> Premise:
    """The premise in a property's address: what stands before its street."""
    before, found, _ = one.address.lower().partition(one.street.lower())
    before = before.strip(" ,") if found else one.address.lower().split(",")[0]
    return premise_from(before)


def stored(one: Property) -> dict[str, object]:
    """A property as an address field stores it."""
    return {"uprn": one.uprn, "lines": lines_of(one), "postcode": one.postcode, "matched": True}


def lines_of(one: Property) -> list[str]:
    """The lines of a property's address without its postcode."""
    parts = [part.strip() for part in one.address.split(",")]
    return [part for part in parts if part and canonical(part) != one.postcode]


def label_of(one: Property) -> str:
    """A property in one line, for choosing among several."""
    lines = lines_of(one)
    told = not one.locality or one.locality.lower() in " ".join(lines).lower()
    return ", ".join([*lines, *([] if told else [one.locality]), one.postcode])
