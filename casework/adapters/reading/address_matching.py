"""Address texts set against the gazetteer: which street, premises and place they may mean."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from casework.adapters.reading.address_text import IGNORED, AddressText, is_abroad
from casework.adapters.reading.gazetteer import STREET_TYPES, CsvGazetteer, StreetMatch
from casework.adapters.reading.premises import TOWNS, Premise, premises_in
from casework.adapters.reading.sounding import nearest
from casework.ports.reading import Property

SOUNDS_THE_SAME = 0.82
"""Likeness in sound from which the name of a street is taken for one of the council's."""

SOUNDS_ALIKE = 0.74
"""Likeness in sound from which the name of a place is taken for one of the council's."""


@dataclass(frozen=True)
class Heard:
    """An address text set against the gazetteer."""

    parts: AddressText
    street: StreetMatch | None
    rivals: tuple[StreetMatch, ...]
    numbers: tuple[Premise, ...]
    elsewhere: bool
    locality: str


class AddressMatching:
    """Matches address texts. `towns` are the council's own towns, as they stand in addresses."""

    def __init__(self, gazetteer: CsvGazetteer, towns: Sequence[str]) -> None:
        self._gazetteer = gazetteer
        self._towns = frozenset(town.lower() for town in towns)

    def hear(self, parts: AddressText) -> Heard:
        """Which street, premises and place an address text may mean."""
        near = self._gazetteer.at_postcode(parts.postcode) if parts.postcode else ()
        streets = self._streets(parts, near)
        abroad = is_abroad(parts)
        streets = [] if abroad else streets
        street = streets[0] if streets else None
        numbers = premises_in(parts.words[: street.start] if street else parts.words)
        tail = parts.words[street.end :] if street else ()
        locality, strange = self._tail(tail)
        if len(strange) > 2 and not TOWNS & set(strange):
            strange = ()  # Not the name of a place but the sentence going on.
        foreign = abroad or (bool(parts.postcode) and not near and street is None)
        return Heard(parts, street, tuple(streets[1:]), numbers, bool(strange) or foreign, locality)

    def _streets(self, parts: AddressText, near: Sequence[Property]) -> list[StreetMatch]:
        exact = self._gazetteer.streets_in(parts.words)
        if exact:
            # "14 Elm Road, Mutley": the first street that has a number before it is meant.
            numbered = [m for m in exact if m.start and parts.words[m.start - 1][0].isdigit()]
            return [*(numbered or exact)[:1]]
        if parts.postcode and not near:
            return []
        starts = [at + 1 for at, word in enumerate(parts.words) if word[0].isdigit()] or [0]
        cutoff = 68.0 if near else 80.0
        local = {one.street for one in near}
        for start in reversed(starts):
            found = self._gazetteer.street_like(parts.words, start, cutoff)
            found = [m for m in found if not local or m.street in local or m.score >= 88]
            if found:
                close = [m for m in found[1:] if found[0].score - m.score < 4]
                return [found[0], *close]
        return self._by_sound(parts.words, starts) if not near else []

    def _by_sound(self, words: Sequence[str], starts: Sequence[int]) -> list[StreetMatch]:
        """The one street that words after a number sound like, if it has that number."""
        for start in reversed(starts):
            numbers = premises_in(words[:start])
            match = self._gazetteer.street_sounding(words, start, SOUNDS_THE_SAME)
            if match is not None and numbers:
                homes = map(self._gazetteer.premise, self._gazetteer.on_street(match.street))
                if any(home.number == said.number for home in homes for said in numbers):
                    return [match]
        return []

    def _tail(self, words: Sequence[str]) -> tuple[str, tuple[str, ...]]:
        """The locality named after a street, and words there that are no place of this council."""
        text = " ".join(words)
        known = self._gazetteer.localities | self._towns
        locality = ""
        for place in sorted(known, key=len, reverse=True):
            if re.search(rf"\b{re.escape(place)}\b", text):
                text = re.sub(rf"\b{re.escape(place)}\b", " ", text)
                locality = locality or (place if place in self._gazetteer.localities else "")
        strange = []
        for word in text.split():
            if word in IGNORED or not word.isalpha() or len(word) < 3:
                continue
            near = self._place_like(word, known)
            if near is None and word not in STREET_TYPES:
                strange.append(word)
            elif near in self._gazetteer.localities:
                locality = locality or str(near)
        # A name is written as two words: "devon port".
        together = self._place_like("".join(words), known) if strange and len(words) > 1 else None
        if together is not None:
            strange = []
            locality = locality or (together if together in self._gazetteer.localities else "")
        return locality, tuple(strange)

    def _place_like(self, word: str, known: frozenset[str]) -> str | None:
        """The place of the council's whose name was misspelt or misheard so."""
        near = process.extractOne(word, known, scorer=fuzz.ratio, score_cutoff=82)
        if near is not None:
            return str(near[0])
        return nearest(word, known, SOUNDS_ALIKE) if word not in TOWNS else None
