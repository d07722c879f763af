"""Addresses: matched with the gazetteer where it holds them, taken as said where it does not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from rapidfuzz import fuzz, process

from casework.adapters.reading.address_matching import AddressMatching, Heard
from casework.adapters.reading.address_text import (
    TOO_LITTLE,
    AddressText,
    after_number,
    is_enough,
    is_only_small,
    said_lines,
    taken_apart,
)
from casework.adapters.reading.gazetteer import (
    CsvGazetteer,
    StreetMatch,
    label_of,
    stored,
)
from casework.adapters.reading.phrases import is_filler, is_question, is_unsaid
from casework.adapters.reading.postcodes import outward_only
from casework.adapters.reading.premises import (
    LONGEST_NUMBER,
    Premise,
    only_premise,
    sounds_like,
)
from casework.domain.drafts import Candidate
from casework.ports.reading import Pick, Property, Read, Reading, Refused

MOST_ALIKE = 3
"""Homes that may be asked about, besides what was said."""


class Places:
    """Reads addresses. `towns` are the council's own towns, as they stand in addresses."""

    def __init__(self, gazetteer: CsvGazetteer, towns: Sequence[str]) -> None:
        self._gazetteer = gazetteer
        self._matching = AddressMatching(gazetteer, towns)

    def read(self, text: str, held: Any = None) -> Reading | None:
        """An address in its stored form, or several to pick from.

        Refused as address_number (a street or a postcode), address_flat (a house with more than
        four flats) or address_more (too little to be an address). When `held` is a stored address,
        a reply with one part of an address changes that part of it.
        """
        if is_filler(text) or is_unsaid(text) or is_question(text) or "@" in text:
            return None
        parts = taken_apart(text)
        if isinstance(held, dict) and held.get("lines"):
            changed = self._changed(parts, text, held)
            if changed is not None:
                return changed
        if not parts.words and not parts.postcode:
            return None
        return self._resolved(self._matching.hear(parts))

    def knows_street(self, words: Sequence[str]) -> bool:
        """Whether small words name one of the council's streets, exactly."""
        return bool(self._gazetteer.streets_in(words))

    def _resolved(self, heard: Heard) -> Reading | None:
        near = self._gazetteer.at_postcode(heard.parts.postcode or "")
        if heard.elsewhere and not near:
            return self._as_said(heard)
        if near:
            return self._at_postcode(heard, near)
        if heard.street is None:
            return self._as_said(heard)
        if heard.rivals and heard.numbers:
            return self._rivals(heard)
        rows = list(self._gazetteer.on_street(heard.street.street))
        if heard.locality:
            rows = [one for one in rows if one.locality.lower() == heard.locality] or rows
        named = self._by_house_name(heard, rows)
        if named or not heard.numbers:
            return Read(stored(named)) if named else _choose(rows, "address_number")
        found = self._with_premise(rows, heard.numbers)
        if found:
            return self._one_of(found)
        said = self._as_said(heard, heard.street)
        return self._misheard(heard, rows, said) if isinstance(said, Read) else said

    def _misheard(self, heard: Heard, rows: Sequence[Property], said: Read) -> Reading:
        """A number that a street does not have, and the one it has that sounds like it: which?"""
        alike = self._with_premise(rows, [one for has in heard.numbers for one in sounds_like(has)])
        if heard.elsewhere or not 0 < len(alike) <= MOST_ALIKE:
            return said
        label = ", ".join(said.value["lines"])
        known = [Candidate(label_of(one), stored(one)) for one in alike]
        return Pick((*known, Candidate(label, said.value)))

    def _at_postcode(self, heard: Heard, near: Sequence[Property]) -> Reading | None:
        if not heard.numbers:
            named = self._by_house_name(heard, near)
            if named:
                return Read(stored(named))
            return Read(stored(near[0])) if len(near) == 1 else _choose(near, "address_number")
        found = self._with_premise(near, heard.numbers)
        if heard.street is None:
            return self._one_of(found) if found else self._new_at_postcode(heard, near)
        same = [one for one in found if one.street == heard.street.street]
        if same:
            return self._one_of(same)
        rows = self._with_premise(self._gazetteer.on_street(heard.street.street), heard.numbers)
        if any(one.street == heard.street.street for one in near):
            return self._as_said(heard, heard.street)
        # Street and postcode disagree: the resident says which was meant.
        both = {one.uprn: one for one in [*rows, *found][:3]}
        said = self._as_said(heard, heard.street)
        if not both or not isinstance(said, Read):
            return said
        label = ", ".join([*said.value["lines"], said.value["postcode"]])
        known = [Candidate(label_of(one), stored(one)) for one in both.values()]
        return Pick((*known, Candidate(label, said.value)))

    def _new_at_postcode(self, heard: Heard, near: Sequence[Property]) -> Reading | None:
        """A number that a known postcode does not have: as said, if it has one street."""
        streets = sorted({one.street for one in near})
        if len(heard.parts.words) > 2 and heard.street is None:
            return self._as_said(heard)
        if len(streets) != 1:
            return Refused("address_more")
        return self._as_said(heard, StreetMatch(streets[0], 0, 0, 100))

    def _by_house_name(self, heard: Heard, near: Sequence[Property]) -> Property | None:
        said = " ".join(heard.parts.words)
        names = {p.house: one for one in near if (p := self._gazetteer.premise(one)).house}
        flats = [p.house for one in near if (p := self._gazetteer.premise(one)).house and p.flat]
        single = [house for house in names if house not in flats and len(house) > 3]
        if heard.street and heard.street.start:
            said = " ".join(heard.parts.words[: heard.street.start])
        best = process.extractOne(said, single, scorer=fuzz.ratio, score_cutoff=82)
        return names[best[0]] if best else None

    def _rivals(self, heard: Heard) -> Reading:
        """Two streets sound alike: whichever has the number, or a choice of both."""
        rows: list[Property] = []
        for match in (heard.street, *heard.rivals):
            if match is not None:
                rows.extend(
                    self._with_premise(self._gazetteer.on_street(match.street), heard.numbers)
                )
        return self._one_of(rows) if rows else self._as_said(heard) or Refused("address_more")

    def _with_premise(self, rows: Sequence[Property], wanted: Sequence[Premise]) -> list[Property]:
        """Rows that a premise said fits: number and flat, or all flats of a number."""
        for said in wanted:
            premises = [(one, self._gazetteer.premise(one)) for one in rows]
            whole = [one for one, has in premises
                     if has.number == said.number and has.flat == said.flat]  # fmt: skip
            if whole:
                return whole
            if not said.flat:
                flats = [one for one, has in premises if has.number == said.number]
                if flats:
                    return flats
        return []

    def _one_of(self, found: Sequence[Property]) -> Reading:
        if len(found) == 1:
            return Read(stored(found[0]))
        houses = {(one.postcode, self._gazetteer.premise(one).number) for one in found}
        return _choose(found, "address_flat" if len(houses) == 1 else "address_number")

    def _as_said(self, heard: Heard, street: StreetMatch | None = None) -> Reading | None:
        parts = heard.parts
        lines = said_lines(parts)
        if street is not None:
            # With a number that is not in the gazetteer the street's own spelling is kept.
            numbers = heard.numbers[0]
            flat = [f"Flat {numbers.flat.upper()}"] if numbers.flat else []
            lines = [*flat, f"{numbers.number.upper()} {street.street}"]
            if heard.elsewhere or not numbers.number:
                lines = said_lines(parts)
        if not is_enough(parts) and street is None:
            short = len(parts.words) <= 6 and not TOO_LITTLE & set(parts.words)
            tries = bool(parts.postcode or parts.words) and short
            return Refused("address_more") if tries and not is_only_small(parts) else None
        return Read({"lines": lines, "postcode": parts.postcode, "matched": False})

    def _changed(self, parts: AddressText, text: str, held: dict[str, Any]) -> Reading | None:
        """The held address with the one part that was said put in the place of its own."""
        before = taken_apart(", ".join(str(line) for line in held["lines"]))
        old = self._matching.hear(before)
        street = old.street.street if old.street else after_number(before)
        premise = old.numbers[0] if old.numbers else Premise()
        outward = outward_only(parts.said) if not parts.postcode else None
        said = self._matching.hear(parts)
        if outward and held.get("postcode"):
            inward = str(held["postcode"]).split(" ")[-1]
            return self._rebuilt(premise, street, f"{outward} {inward}", held)
        if parts.postcode and not parts.words:
            return self._rebuilt(premise, street, parts.postcode, held)
        number = only_premise(parts.words)
        if number is not None and len(re.sub(r"\D", "", number.number)) > LONGEST_NUMBER:
            return None
        if number is not None and re.fullmatch(r"(?:19|20)[0-9]{2}", number.number):
            # A year, put right in a date.
            return None
        if number is not None and not parts.postcode:
            merged = replace(number, number=number.number or premise.number)
            if not number.flat and premise.flat and not held.get("matched"):
                merged = replace(merged, flat=premise.flat)
            return self._rebuilt(merged, street, held.get("postcode"), held, keep_postcode=False)
        if said.street and not said.numbers and premise.number and not said.elsewhere:
            return self._rebuilt(premise, said.street.street, parts.postcode, held)
        if said.street and said.numbers and not parts.postcode and said.street.street == street:
            # The next house in the same street, not in another one of that name.
            return self._rebuilt(said.numbers[0], street, held.get("postcode"), held)
        return None

    def _rebuilt(
        self, premise: Premise, street: str, postcode: str | None, held: dict[str, Any],
        keep_postcode: bool = True,
    ) -> Reading | None:  # fmt: skip
        flat = f"flat {premise.flat} " if premise.flat else ""
        text = f"{flat}{premise.number} {street}"
        words = taken_apart(text)
        if not keep_postcode:
            alone = self._resolved(self._matching.hear(words))
            if isinstance(alone, Read) and alone.value["matched"]:
                return alone
        heard = self._matching.hear(replace(words, postcode=postcode))
        near = self._gazetteer.at_postcode(postcode or "")
        if near and premise.number:
            found = [
                one
                for one in self._with_premise(near, (premise,))
                if one.street == street or not street
            ]
            if len(found) == 1:
                return Read(stored(found[0]))
        if not near and postcode and held.get("lines") and street in " ".join(held["lines"]):
            lines = [str(line) for line in held["lines"]]
            if (
                premise
                == (self._matching.hear(taken_apart(", ".join(lines))).numbers or (Premise(),))[0]
            ):
                return Read({"lines": lines, "postcode": postcode, "matched": False})
        return self._resolved(heard)


def _choose(rows: Sequence[Property], reason: str) -> Reading:
    unique = list({one.uprn: one for one in rows}.values())
    if len(unique) > 4:
        return Refused(reason)
    return Pick(tuple(Candidate(label_of(one), stored(one)) for one in unique))
