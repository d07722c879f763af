"""Sentences by which residents take back what they said, over every type of field.

Each is said in the middle of a form (`next`: at the question after the one taken back, or a later
one) and at the read-back, as the model labels it and unlabelled, and changes that value alone.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from casework.adapters.memory_store import MemoryStore
from tests.office import Talk, make_office

MOVE = {
    "direction": "within", "name": "Priya Shah", "contact": "07700 900123",
    "old_address": "14 Elm Road PL4 7AA", "new_address": "5 Oak Street PL2 1AB",
    "move_date": "12 December", "tenure": "rent", "landlord": "Harbour Lettings",
    "other_adults": "no one", "account_ref": "skip", "services_to_tell": "none",
}  # fmt: skip

DATE, PHONE, NAME, TENURE = "move_date", "contact", "name", "tenure"
OLD, NEW = "old_address", "new_address"

MOVED: list[tuple[str, dict[str, Any]]] = [
    # a date: named, alone, in part, with what it replaces, spoken
    ("sorry, it's the 13th", {DATE: "2026-12-13"}),
    ("no, the 13th", {DATE: "2026-12-13"}),
    ("no, the 13th not the 12th", {DATE: "2026-12-13"}),
    ("not the 12th, the 13th", {DATE: "2026-12-13"}),
    ("it's not the 12th it's the 13th", {DATE: "2026-12-13"}),
    ("actually 13 December", {DATE: "2026-12-13"}),
    ("I meant the 13th of December", {DATE: "2026-12-13"}),
    ("wait, 13th of December", {DATE: "2026-12-13"}),
    ("hang on, it's the thirteenth of December", {DATE: "2026-12-13"}),
    ("the date is wrong, it's 13 December", {DATE: "2026-12-13"}),
    ("change the date to 13 December", {DATE: "2026-12-13"}),
    ("can you change the date to the 13th", {DATE: "2026-12-13"}),
    ("the moving date should be 13 December", {DATE: "2026-12-13"}),
    ("my moving date is actually 13/12/2026", {DATE: "2026-12-13"}),
    ("make that the 13th", {DATE: "2026-12-13"}),
    ("sorry I got the date wrong, it's the 13th", {DATE: "2026-12-13"}),
    ("correction, thirteenth december", {DATE: "2026-12-13"}),
    ("no january, not december", {DATE: "2027-01-12"}),
    ("sorry, january not december", {DATE: "2027-01-12"}),
    ("I said the 13th", {DATE: "2026-12-13"}),
    ("oops, should be the 13th", {DATE: "2026-12-13"}),
    ("no sorry I meant to say the 13th", {DATE: "2026-12-13"}),
    # a telephone number, an e-mail address
    ("sorry I meant 07700 900456", {PHONE: "+447700900456"}),
    ("no, my number is 07700 900456", {PHONE: "+447700900456"}),
    ("the phone number is wrong, it's 07700 900456", {PHONE: "+447700900456"}),
    ("change my phone number to 07700900456", {PHONE: "+447700900456"}),
    ("it's 07700 900456 not 07700 900123", {PHONE: "+447700900456"}),
    ("wait, oh double seven double oh 900 456", {PHONE: "+447700900456"}),
    ("actually use my email, priya@example.com", {PHONE: "priya@example.com"}),
    ("sorry, priya at example dot com", {PHONE: "priya@example.com"}),
    ("no it ends 456 not 123", {PHONE: "+447700900456"}),
    ("it's 456 at the end", {PHONE: "+447700900456"}),
    # a name: all of it, a word of it, its spelling
    ("sorry, my name is Priya Shaw", {NAME: "Priya Shaw"}),
    ("no my surname is Shaw", {NAME: "Priya Shaw"}),
    ("the name should be Priya Shaw", {NAME: "Priya Shaw"}),
    ("my surname is spelt S H A W", {NAME: "Priya Shaw"}),
    ("it's Shaw not Shah", {NAME: "Priya Shaw"}),
    ("Shaw not Shah", {NAME: "Priya Shaw"}),
    ("change my name to Priya Shaw", {NAME: "Priya Shaw"}),
    ("you got my name wrong, it's Priya Shaw", {NAME: "Priya Shaw"}),
    ("my first name is wrong, it's Prija", {NAME: "Prija Shah"}),
    ("Shah with an e at the end", {NAME: "Priya Shahe"}),
    ("my surname has an e on the end", {NAME: "Priya Shahe"}),
    ("Priya with two y's", {NAME: "Priyya Shah"}),
    ("it's spelt with an a at the end, Shaha", {NAME: "Priya Shaha"}),
    # an address: all of it, its number, its postcode, its street
    ("my old address is 12 Elm Road PL4 7AA", {OLD: "12 Elm Road"}),
    ("the old address is wrong, it's 12 Elm Road", {OLD: "12 Elm Road"}),
    ("sorry, 12 Elm Road not 14", {OLD: "12 Elm Road"}),
    ("it's 12 Elm Road not 14 Elm Road", {OLD: "12 Elm Road"}),
    ("it's number 7 Oak Street", {NEW: "7 Oak Street"}),
    ("no, 7 Oak Street", {NEW: "7 Oak Street"}),
    ("my new address should be 7 Oak Street PL2 1AB", {NEW: "7 Oak Street"}),
    ("change the new address to 7 Oak Street", {NEW: "7 Oak Street"}),
    ("the new house number is 7", {NEW: "7 Oak Street"}),
    ("12 not 14", {OLD: "12 Elm Road"}),
    ("it's 12 not 14", {OLD: "12 Elm Road"}),
    ("seven not five", {NEW: "7 Oak Street"}),
    # choices and free words
    ("actually I own it", {TENURE: "owner"}),
    ("sorry, I'm a lodger", {TENURE: "lodger"}),
    ("no wait I own it", {TENURE: "owner"}),
    ("change tenure to owner", {TENURE: "owner"}),
    ("the landlord is Sea View Homes", {"landlord": "Sea View Homes"}),
    ("the landlord is wrong, it's Sea View Homes", {"landlord": "Sea View Homes"}),
    ("the landlord should be Sea View Homes", {"landlord": "Sea View Homes"}),
    ("no, my landlord is Sea View Homes", {"landlord": "Sea View Homes"}),
    # two at once
    ("sorry, it's 07700 900456 and the date is 13 December",
     {PHONE: "+447700900456", DATE: "2026-12-13"}),
    ("my name is Priya Shaw and the date should be the 13th",
     {NAME: "Priya Shaw", DATE: "2026-12-13"}),
    ("change the date to the 13th and my number to 07700 900456",
     {PHONE: "+447700900456", DATE: "2026-12-13"}),
    ("the landlord is Sea View Homes and the date is 13 December",
     {"landlord": "Sea View Homes", DATE: "2026-12-13"}),
]  # fmt: skip

IN_TURN: list[tuple[str, str, dict[str, Any]]] = [
    # what is asked when it is said, what is said, what changes
    ("contact", "sorry, my name is Priya Shaw", {NAME: "Priya Shaw"}),
    ("contact", "Shaw not Shah", {NAME: "Priya Shaw"}),
    ("old_address", "no wait, 07700 900456", {PHONE: "+447700900456"}),
    ("new_address", "sorry, 12 Elm Road not 14", {OLD: "12 Elm Road"}),
    ("new_address", "it's 12 not 14", {OLD: "12 Elm Road"}),
    ("move_date", "sorry, 7 Oak Street", {NEW: "7 Oak Street"}),
    ("move_date", "7 not 5", {NEW: "7 Oak Street"}),
    ("tenure", "sorry, the 13th", {DATE: "2026-12-13"}),
    ("tenure", "no, the 13th not the 12th", {DATE: "2026-12-13"}),
    ("tenure", "actually the date is 13 December", {DATE: "2026-12-13"}),
    ("landlord", "sorry, I'm a lodger", {TENURE: "lodger"}),
    ("other_adults", "sorry, the landlord is Sea View Homes", {"landlord": "Sea View Homes"}),
    ("services_to_tell", "wait, my name is spelt with an e at the end", {NAME: "Priya Shahe"}),
    ("services_to_tell", "I gave the wrong number, it's 07700 900456", {PHONE: "+447700900456"}),
]  # fmt: skip

NAMED: list[tuple[str, str]] = [
    ("the date is wrong", DATE), ("I got the date wrong", DATE), ("wrong date", DATE),
    ("change the date", DATE), ("the moving date is not right", DATE),
    ("my phone number is wrong", PHONE), ("can I change my number", PHONE),
    ("that's the wrong name", NAME), ("you spelt my name wrong", NAME), ("my name is wrong", NAME),
    ("the old address is wrong", OLD), ("the new address isn't right", NEW),
    ("I need to change my old address", OLD), ("the landlord is wrong", "landlord"),
    ("the postcode of my old address is wrong", OLD), ("my new postcode is wrong", NEW),
]  # fmt: skip


@cache
def _moved() -> tuple[Talk, Any]:
    """A move read back, and what the store then holds."""
    store = MemoryStore()
    talk = Talk(make_office(store=store))
    talk.says("I'm moving house", "house_move")
    while talk.asks != "confirm":
        talk.says(MOVE[talk.asks or ""])
    return talk, (store, store._records)


@pytest.fixture
def talk() -> Talk:
    """A move read back; made once, and put back each time."""
    moved, (store, records) = _moved()
    store._records = records.copy()
    moved.heard = moved.transcript[-1:]
    return moved


def simple(values: dict[str, Any]) -> dict[str, Any]:
    """Values with addresses by their first line."""
    return {k: v["lines"][0] if isinstance(v, dict) else v for k, v in values.items()}


@pytest.mark.parametrize("label", [None, "correct_answer"])
@pytest.mark.parametrize(("said", "wanted"), MOVED, ids=[said for said, _ in MOVED])
def test_at_the_read_back(talk: Talk, said: str, wanted: dict[str, Any], label: str | None) -> None:
    before = simple(talk.values)
    talk.says(said, label)
    changed = {k: v for k, v in simple(talk.values).items() if before.get(k) != v}
    assert changed == wanted
    assert talk.asks == (
        "confirm" if TENURE not in wanted or "lodger" in str(wanted) else talk.asks
    )
    assert talk.cases == []


@pytest.mark.parametrize(("said", "asked"), NAMED, ids=[said for said, _ in NAMED])
def test_what_is_only_named_is_asked_again(talk: Talk, said: str, asked: str) -> None:
    before = {k: v for k, v in talk.values.items() if k != asked}
    talk.says(said)
    assert talk.asks == asked
    assert {k: v for k, v in talk.values.items() if k != asked} == before


@pytest.mark.parametrize(("asks", "said", "wanted"), IN_TURN)
def test_in_the_middle_of_the_form(asks: str, said: str, wanted: dict[str, Any]) -> None:
    moving = Talk(make_office())
    moving.says("I'm moving house", "house_move")
    while moving.asks != asks:
        moving.says(MOVE[moving.asks or ""])
    before = simple(moving.values)
    moving.says(said)
    after = simple(moving.values)
    assert {name: v for name, v in after.items() if before.get(name) != v} == wanted
    assert moving.asks == asks or TENURE in wanted


HOLE = {"location": "outside 14 Elm Road, Mutley", "description": "a deep hole", "danger": "no"}
OTHER: list[tuple[str, dict[str, str], str, str, str]] = [
    ("pothole", HOLE,
     "sorry it's outside 2 Elm Road, Mutley", "location", "2 Elm Road"),
    ("pothole", HOLE,
     "the description should be a very deep hole", "description", "a very deep hole"),
    ("pothole", HOLE,
     "no, it is dangerous, change danger to yes", "danger", "True"),
    ("permit_vehicle_change", {}, "sorry, the new registration is WA12 ABD", "new_registration",
     "WA12ABD"),
    ("permit_vehicle_change", {}, "it's WA12 ABD not WA12 ABC", "new_registration", "WA12ABD"),
    ("name_change", {}, "sorry the new name is Priya Turner", "new_name", "Priya Turner"),
    ("name_change", {}, "Turner not Shaw", "new_name", "Priya Turner"),
]  # fmt: skip
PLAIN = {
    "text": "because it changed", "person_name": "Priya Shah", "contact": "07700 900123",
    "address": "14 Elm Road PL4 7AA", "registration": "WA12 ABC", "yes_no": "no",
    "date": "12 December", "date_past": "2 November", "reference": "AB123456",
    "account_ref": "skip", "location": "outside 14 Elm Road",
}  # fmt: skip


@pytest.mark.parametrize(("service", "answers", "said", "field", "wanted"), OTHER)
def test_other_services_and_types(
    service: str, answers: dict[str, str], said: str, field: str, wanted: str
) -> None:
    talk = Talk(make_office())
    talk.says("I need this", service)
    own = {"new_name": "Priya Shaw", "old_registration": "WA12 XYZ"}
    for _ in range(20):
        if talk.asks == "confirm":
            break
        asked = talk.heard[-1].said
        choice = next((c.value for c in asked.choices), "")
        reply = answers.get(talk.asks or "") or own.get(talk.asks or "")
        reply = reply or (f"[{choice}]" if asked.kind in {"choice", "choices"} else "")
        talk.answers(reply or PLAIN.get(asked.kind or "", "skip"))
    assert talk.asks == "confirm", (talk.asks, talk.said)
    before = {k: v for k, v in talk.values.items() if k != field}
    talk.says(said)
    assert wanted in str(talk.values[field])
    assert {k: v for k, v in talk.values.items() if k != field} == before
    assert talk.asks == "confirm"
