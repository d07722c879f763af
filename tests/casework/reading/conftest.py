"""A small town to read addresses of, and a Tuesday in November to read dates on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from casework.adapters.reading.gazetteer import CsvGazetteer
from casework.adapters.reading.reader import PlainReader
from casework.domain.fields import Field, Option
from casework.domain.wording import Spoken
from casework.ports.reading import Context, Pick, Property, Read, Refused

NOW = datetime(2026, 11, 24, 10, 30, tzinfo=ZoneInfo("Europe/London"))
NOTHING = Spoken("", "", "")


def rows(table: str) -> list[tuple[str, ...]]:
    """The rows of a table of shapes, cells between bars; the last cell is what is expected."""
    return [tuple(cell.strip() for cell in row.split(" | ")) for row in table.strip().splitlines()]


def _rows() -> list[Property]:
    streets: list[tuple[str, str, str, list[str]]] = [
        ("Elm Road", "Mannamead", "PL4 8AA", [*map(str, range(1, 31)), "14a"]),
        ("Oak Street", "Stonehouse", "PL1 2AA", [*map(str, range(1, 13))]),
        ("Elm Close", "Plympton", "PL7 1BB", [*map(str, range(1, 9))]),
        (
            "Mutley Plain",
            "Mutley",
            "PL4 6LL",
            [
                *("104", "Ground Floor Flat, 18", "Flat 1, 106", "Flat 2, 106", "Flat 3, 106"),
                *(f"Flat {flat}, 110" for flat in range(1, 7)),
            ],
        ),
        ("Church Road", "Plymstock", "PL9 9AA", ["1", "2", "3"]),
        ("Church Road", "Plympton", "PL7 2DD", ["1", "2", "3", "4", "5", "Rose Cottage,"]),
        ("St Levan Road", "Stoke", "PL2 1JJ", ["1", "2", "3"]),
        ("Hope Street", "Stoke", "PL2 3SS", ["1", "5"]),
        ("Tiny Mews", "Stoke", "PL2 3ST", ["1"]),
    ]
    rows = []
    for street, locality, postcode, numbers in streets:
        for number in numbers:
            uprn = f"{street} {number} {locality}".replace(",", "").replace(" ", "_").lower()
            rows.append(
                Property(
                    uprn=uprn,
                    address=f"{number} {street}",
                    street=street,
                    locality=locality,
                    postcode=postcode,
                    ward="W",
                    bin_day="Monday",
                    bin_week="A",
                    lat=50.37 + len(rows) / 10_000,
                    lon=-4.14,
                )
            )
    return rows


@pytest.fixture(scope="session")
def gazetteer() -> CsvGazetteer:
    return CsvGazetteer(_rows())


@pytest.fixture(scope="session")
def reader(gazetteer: CsvGazetteer) -> PlainReader:
    return PlainReader(gazetteer, account_ref_pattern="[0-9]{8}", towns=["Plymouth"])


STREETS = frozenset(one.street for one in _rows())

OPTIONS = {
    "bin_type": (
        Option("refuse", "Brown bin (rubbish)", ("brown", "brown bin", "rubbish", "black bags")),
        Option("recycling", "Green bin (recycling)", ("green", "green bin", "recycling")),
        Option("garden", "Garden waste", ("garden", "garden waste", "grass")),
    ),
    "direction": (
        Option("in", "Into Plymouth", ("moving in", "to plymouth", "moving into plymouth")),
        Option("out", "Out of Plymouth", ("moving out", "leaving", "moving out of plymouth")),
        Option("within", "Within Plymouth", ("within plymouth", "across town")),
    ),
    "tenure": (
        Option("owner", "Owner", ("own", "bought", "buying", "mortgage", "i'm the owner")),
        Option("tenant", "Tenant", ("tenant", "renting", "rent", "i rent")),
        Option("other", "Something else", ("other", "something else", "none of those")),
    ),
    "evidence": (
        Option("have_it", "I have it", ("have it", "got it", "yes i have")),
        Option("will_send", "I will send it", ("will send", "send it", "later")),
        Option("do_not_have", "I do not have it", ("don't have it", "do not have", "haven't got")),
    ),
    "services_to_tell": (
        Option("revenues", "Council tax", ("council tax", "tax")),
        Option("waste", "Bins and recycling", ("bins", "recycling", "rubbish")),
        Option("parking", "Parking", ("parking", "permit")),
        Option("libraries", "Libraries", ("library", "library card")),
    ),
    "when": tuple(
        Option(f"2026-11-{day}T{start}/2026-11-{day}T{end}", f"{name} {day} November, {part}")
        for day, name in (("25", "Wednesday"), ("26", "Thursday"))
        for start, end, part in (("09:00", "12:00", "morning"), ("13:00", "16:30", "afternoon"))
    ),
}

FIELDS: dict[str, dict[str, Any]] = {
    "name": {"type": "person_name", "label": "Your full name", "names": ("name", "my name")},
    "old_name": {"type": "person_name", "names": ("old name",)},
    "new_name": {"type": "person_name", "names": ("new name",)},
    "contact": {"type": "contact", "names": ("contact", "phone", "phone number", "email")},
    "phone": {"type": "phone"},
    "email": {"type": "email"},
    "address": {"type": "address", "names": ("address", "postcode")},
    "old_address": {"type": "address", "names": ("old address", "old postcode")},
    "new_address": {"type": "address", "names": ("new address", "new postcode")},
    "location": {"type": "location"},
    "move_date": {"type": "date", "past_days": 365, "future_days": 365, "names": ("date",)},
    "change_date": {"type": "date", "past_days": 365, "future_days": 365},
    "event_date": {"type": "date_past"},
    "date_of_birth": {"type": "date_past"},
    "collection_date": {"type": "date_past", "past_days": 30},
    "danger": {"type": "yes_no"},
    "direction": {"type": "choice"},
    "tenure": {"type": "choice"},
    "bin_type": {"type": "choice"},
    "evidence": {"type": "choice"},
    "services_to_tell": {"type": "choices"},
    "description": {"type": "text"},
    "summary": {"type": "text", "min_length": 3, "max_length": 500},
    "account_ref": {"type": "account_ref", "names": ("account number",)},
    "claim_ref": {"type": "reference"},
    "case_ref": {"type": "case_ref"},
    "registration": {"type": "registration"},
    "old_registration": {"type": "registration"},
    "new_registration": {"type": "registration"},
    "amount": {"type": "money"},
    "postcode": {"type": "postcode"},
    "when": {"type": "callback_slot"},
}


@pytest.fixture(scope="session")
def field() -> Callable[[str], Field]:
    def make(field_id: str) -> Field:
        given = {"label": field_id.replace("_", " ").capitalize(), **FIELDS[field_id]}
        options = OPTIONS.get(field_id, ())
        return Field(field_id, ask=NOTHING, again=NOTHING, options=options, **given)

    return make


@pytest.fixture(scope="session")
def fields(field: Callable[[str], Field]) -> list[Field]:
    return [field(one) for one in FIELDS]


Hears = Callable[..., Any]


@pytest.fixture(scope="session")
def hears(reader: PlainReader, field: Callable[[str], Field]) -> Hears:
    """What is heard: a value, "?reason" when refused, {labels} to pick from, None for nothing."""

    def hear(field_id: str, text: str, held: Any = None) -> Any:
        reading = reader.read(field(field_id), text, Context(NOW, held))
        if isinstance(reading, Read):
            return reading.value
        if isinstance(reading, Refused):
            return "?" + reading.reason
        if isinstance(reading, Pick):
            assert 1 <= len(reading.candidates) <= 4
            return {candidate.label for candidate in reading.candidates}
        return None

    return hear


@pytest.fixture(scope="session")
def finds(reader: PlainReader, field: Callable[[str], Field]) -> Hears:
    """What a sentence volunteers for the fields named; addresses and places by their first line."""

    def find(field_ids: str, text: str) -> dict[str, Any]:
        wanted = [field(one) for one in field_ids.split()]
        found = reader.find(wanted, text, Context(NOW))
        return {name: _short(value) for name, value in found.items()}

    return find


def _short(value: Any) -> Any:
    if isinstance(value, dict):
        return value["text"] if "text" in value else ", ".join(value["lines"])
    return value
