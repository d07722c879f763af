"""The reader of answers: one entrance, a reader for each type of field behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from casework.adapters.reading import amendments, corrections
from casework.adapters.reading.callbacks import read_slot
from casework.adapters.reading.choices import read_choice, read_choices
from casework.adapters.reading.contact_wishes import contact_wishes
from casework.adapters.reading.contacts import read_contact
from casework.adapters.reading.dates_put_right import read_date
from casework.adapters.reading.finding import Finder
from casework.adapters.reading.finding_addresses import spans_of, without_spans
from casework.adapters.reading.free_text import read_text
from casework.adapters.reading.gazetteer import CsvGazetteer
from casework.adapters.reading.language import people
from casework.adapters.reading.locations import Locations
from casework.adapters.reading.moves import to_or_from_elsewhere, without_joining
from casework.adapters.reading.names import read_name
from casework.adapters.reading.places import Places
from casework.adapters.reading.plain import read_money, read_yes_no
from casework.adapters.reading.postcodes import find_postcode, looks_like_postcode
from casework.adapters.reading.references import (
    read_account_ref,
    read_case_ref,
    read_code,
    read_digits,
    read_reference,
    read_registration,
)
from casework.adapters.reading.said_anew import PHONES, said_anew, with_new_end
from casework.adapters.reading.spoken import clean
from casework.domain.contact_wishes import ContactWishes
from casework.domain.fields import Field
from casework.ports.reading import Context, Pick, Read, Reading, Refused

_FREE = frozenset({"text", "yes_no"})
"""Types of which any words, or none of a value's own, are an answer."""

ReadsType = Callable[[Field, str, Context], Reading | None]

REFERENCE = "(?=[A-Z]*[0-9])[A-Z0-9]{4,20}"


class PlainReader:
    """Implements `AnswerReader` with rules, the gazetteer and a language model for names.

    `account_ref_pattern` and `reference_pattern` are regular expressions over capitals and digits
    without spaces; `towns` the names of the council's own towns. Never raises for what is said.
    """

    def __init__(
        self,
        gazetteer: CsvGazetteer,
        account_ref_pattern: str,
        towns: Sequence[str],
        reference_pattern: str = REFERENCE,
    ) -> None:
        places = self._places = Places(gazetteer, towns)
        self._localities = gazetteer.localities
        locations = Locations(gazetteer)
        self._finder = Finder(places, locations, account_ref_pattern, gazetteer.localities)
        self._readers: dict[str, ReadsType] = {
            "date": read_date,
            "date_past": read_date,
            "date_of_birth": read_date,
            "person_name": lambda field, text, context: read_name(text, context.held),
            "contact": lambda field, text, context: read_contact(field, text),
            "phone": lambda field, text, context: read_contact(field, text),
            "email": lambda field, text, context: read_contact(field, text),
            "address": lambda field, text, context: places.read(text, context.held),
            "location": lambda field, text, context: locations.read(text),
            "yes_no": lambda field, text, context: read_yes_no(field, text),
            "choice": lambda field, text, context: self._read_choice(field, text),
            "choices": lambda field, text, context: read_choices(field, text),
            "text": lambda field, text, context: read_text(field, text),
            "money": lambda field, text, context: read_money(text),
            "account_ref": lambda field, text, context: read_account_ref(account_ref_pattern, text),
            "reference": lambda field, text, context: read_reference(reference_pattern, text),
            "case_ref": lambda field, text, context: read_case_ref(text),
            "registration": lambda field, text, context: read_registration(text),
            "resume_code": lambda field, text, context: read_code(text),
            "digits": lambda field, text, context: read_digits(text),
            "postcode": lambda field, text, context: _read_postcode(text),
            "callback_slot": read_slot,
        }

    def read(self, field: Field, text: str, context: Context) -> Reading | None:
        """See `AnswerReader`. Raises KeyError for a type that the catalogue does not have."""
        reads = self._readers[field.type]
        for head, tail in said_anew(field.type, text):
            before = self.read(field, head, context)
            held = before.value if isinstance(before, Read) else None
            after = reads(field, tail, Context(context.now, held)) if before else None
            if isinstance(after, Read | Pick):
                return after
            if ended := _with_new_end(field, held, tail):
                return ended
        return reads(field, text, context)

    def _read_choice(self, field: Field, text: str) -> Reading | None:
        if field.id != "direction":
            return read_choice(field, self._without_addresses(field, text))
        told = to_or_from_elsewhere(text, self._localities)
        option = field.option(told) if told else None
        return Read(option.id) if option else read_choice(field, without_joining(text))

    def _without_addresses(self, field: Field, text: str) -> str:
        """The reply without its addresses, where it is an option that has words of its own."""
        if not any(option.words for option in field.options):
            return text
        plain = clean(text)
        spans = spans_of(self._places, plain)
        return without_spans(plain, spans) if spans else text

    def find(self, fields: Sequence[Field], text: str, context: Context) -> dict[str, Any]:
        """See `AnswerReader`."""
        return self._finder.find(fields, text, context)

    def mentions(self, fields: Sequence[Field], text: str) -> str | None:
        """See `AnswerReader`."""
        return corrections.mentions(fields, text)

    def amended(self, field: Field, text: str, context: Context) -> Reading | None:
        """See `AnswerReader`."""
        whole = amendments.amended(field.type, context.held, text)
        if whole is not None:
            reading = self.read(field, whole, Context(context.now))
            return _at_outward(reading, whole, context.held)
        pair = corrections.replaced(text)
        if pair is None or context.held is None or field.type in _FREE:
            return None
        keep, drop = pair
        was = self.read(field, drop, Context(context.now))
        replaces = isinstance(was, Read) and was.value == context.held
        return self.read(field, keep, Context(context.now)) if replaces else None

    def correction(self, text: str) -> str:
        """See `AnswerReader`."""
        return corrections.correction(text)

    def wishes(self, text: str, asks: str | None = None) -> ContactWishes:
        """See `AnswerReader`."""
        return contact_wishes(text, asks)

    def warm(self, now: datetime) -> None:
        """Loads what is otherwise loaded by the first resident's sentence."""
        people("My name is Jane Smith")
        self._finder.find((), "two weeks ago", Context(now))


def _with_new_end(field: Field, held: Any, tail: str) -> Reading | None:
    """The telephone number held with its last digits said anew."""
    if field.type not in PHONES or not isinstance(held, str) or not held.startswith("+44"):
        return None
    whole = with_new_end("0" + held.removeprefix("+44"), tail)
    reading = None if whole is None else read_contact(field, whole)
    return reading if isinstance(reading, Read) else None


def _at_outward(reading: Reading | None, whole: str, held: Any) -> Reading | None:
    """Of several homes the one whose postcode begins as the amended one does ("PL7, not PL4"), or
    as the one held does."""
    if not isinstance(reading, Pick) or not isinstance(held, dict):
        return reading
    found = find_postcode(whole)
    outward = (found.postcode if found else str(held["postcode"])).split()[0]
    near = [one for one in reading.candidates if str(one.value["postcode"]).split()[0] == outward]
    return Read(near[0].value) if len(near) == 1 else reading


def _read_postcode(text: str) -> Reading | None:
    found = find_postcode(text)
    if found:
        return Read(found.postcode)
    return Refused("postcode_invalid") if looks_like_postcode(text) else None
