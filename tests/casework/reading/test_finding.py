"""What residents volunteer, what they correct, and which answer they mean."""

from __future__ import annotations

import pytest

MOVE = "direction name contact old_address new_address move_date tenure account_ref"
BIN = "address bin_type collection_date contact"
HOLE = "location danger contact summary"

FOUND = [
    (MOVE, "I'm moving from 12 Elm Road PL4 8AA to 3 Oak Street on 5 December, my name's Jo Bloggs,"
     " 07700 900123",
     {"old_address": "12 Elm Road", "new_address": "3 Oak Street", "move_date": "2026-12-05",
      "name": "Jo Bloggs", "contact": "+447700900123", "direction": "within"}),
    (MOVE, "from stonehouse to a flat in plympton", {"direction": "within"}),
    (MOVE, "we have moved into mutley", {}),
    (MOVE, "I'm moving", {}),
    (MOVE, "I'm moving house", {}),
    (MOVE, "I'm moving out of Plymouth next Friday",
     {"direction": "out", "move_date": "2026-12-04"}),
    (MOVE, "moving from fourteen elm road to three oak street tomorrow",
     {"old_address": "14 Elm Road", "new_address": "3 Oak Street", "move_date": "2026-11-25",
      "direction": "within"}),
    (MOVE, "my old address is 5 Elm Road", {"old_address": "5 Elm Road"}),
    (MOVE, "I live at 14 Elm Road", {}),
    (MOVE, "we're moving into 3 high street bristol", {"new_address": "3 High Street, Bristol"}),
    (MOVE, "we're renting", {"tenure": "tenant"}),
    (MOVE, "I'm calling today to tell you I moved", {}),
    (MOVE, "I sat and waited for a second", {}),
    (MOVE, "email me at jo@example.com", {"contact": "jo@example.com"}),
    (MOVE, "council tax account number 4021 7753", {"account_ref": "40217753"}),
    (BIN, "my green bin wasn't collected yesterday at 14 elm road",
     {"bin_type": "recycling", "collection_date": "2026-11-23", "address": "14 Elm Road"}),
    (BIN, "you missed my recycling on Monday",
     {"bin_type": "recycling", "collection_date": "2026-11-23"}),
    (BIN, "my bins are collected every Monday", {}),
    (BIN, "not the green bin", {}),
    (BIN, "missed bin at 2 church road", {}),
    (HOLE, "there's a massive pothole outside 14 Elm Road", {"location": "outside 14 Elm Road"}),
    (HOLE, "there's a pothole on oak street and it's huge", {"location": "on Oak Street"}),
    (HOLE, "big hole on Mutley Plain by the bus stop",
     {"location": "on Mutley Plain by the bus stop"}),
    (HOLE, "the road by the Co-op on Oak Street has sunk",
     {"location": "by the Co-op on Oak Street"}),
    (HOLE, "someone left a fridge next to 14 elm road last night",
     {"location": "next to 14 Elm Road"}),
    (HOLE, "Oak Street has a massive pothole that is getting worse", {"location": "Oak Street"}),
    (HOLE, "pothole 14 elm road", {"location": "14 Elm Road"}),
    (HOLE, "I live at 2 church road and there's a pothole on oak street",
     {"location": "on Oak Street"}),
    (HOLE, "I moved from Oak Street last week and want to report a pothole", {}),
    (HOLE, "there's a massive pothole outside 2 church road", {}),
    (HOLE, "I want to report a pothole", {}),
    (HOLE, "there is a hole in the road", {}),
    ("old_registration new_registration", "changed my car from AB12 CDE to WF21 XYZ",
     {"old_registration": "AB12CDE", "new_registration": "WF21XYZ"}),
    ("registration", "my car is WF21 XYZ", {"registration": "WF21XYZ"}),
    ("registration", "PL12 3AA", {}),
    ("old_name new_name", "changed my name from Jane Smith to Jane Jones",
     {"old_name": "Jane Smith", "new_name": "Jane Jones"}),
    ("move_date event_date", "on 5 December", {}),
    ("phone", "delete 07700 900002 and put 07700 900077", {}),
    ("move_date", "I have a car till thursday", {}),
    ("move_date", "landlord here, tenant vacated 2 july", {"move_date": "2026-07-02"}),
    ("event_date", "it broke on saturday", {"event_date": "2026-11-21"}),
    ("event_date", "the funeral was Tuesday", {}),
    ("address", "im at 9 northumberland terrace they 4got us", {}),
    ("location", "seen a dog on mutley plain looks scared", {"location": "on Mutley Plain"}),
    ("date_of_birth", "I was born on 4 July 1984", {"date_of_birth": "1984-07-04"}),
    ("date_of_birth", "on 4 July 2020 it broke", {}),
    ("summary danger evidence", "yes it is all very bad", {}),
    ("case_ref", "my reference is 4829 1578", {"case_ref": "48291578"}),
    ("postcode", "I'm in PL4 8AA", {"postcode": "PL4 8AA"}),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "text", "value"), FOUND)
def test_finds_only_what_is_plainly_given(finds, fields, text, value):
    assert finds(fields, text) == value


MENTIONS = """
the postcode is wrong | name address | address
the postcode is wrong | old_address new_address | None
the new address is wrong | old_address new_address | new_address
the old postcode | old_address new_address | old_address
change the date | name move_date | move_date
my name is spelt wrong | name contact | name
wrong email | name contact | contact
the account number | contact account_ref | account_ref
no that's wrong | name contact move_date | None
yes | name contact | None
"""


@pytest.mark.parametrize("row", MENTIONS.strip().splitlines())
def test_knows_which_answer_is_meant(reader, field, row):
    text, fields, named = (part.strip() for part in row.split("|"))
    assert str(reader.mentions([field(one) for one in fields.split()], text)) == named


CORRECTIONS = """
no I meant 14 | 14
actually it's the 12th | the 12th
it should be 16 not 14 | 16
PL4 not PL14 | PL4
no sorry, the 12th not the 10th | the 12th
not the 10th, the 12th | the 12th
it's not 14 it's 16 | 16
no sorry it's Jane not Jayne | Jane
change it to Friday | Friday
the date should be the 5th of december | the 5th of december
that's not right, it's PL4 8AA | PL4 8AA
14 Elm Road | 14 Elm Road
No one | No one
nothing | nothing
Norman Jones | Norman Jones
notting hill road | notting hill road
the bin was not collected | the bin was not collected
it's been there since 5 December | it's been there since 5 December
not sure, maybe friday | not sure, maybe friday
it was the green one not the brown | the green one
sorry the date is wrong, it's the 14th | the 14th
yes but the house number is 7 | the house number is 7
oh no sorry I said the wrong house it is number 12 | number 12
the street is wrong its elm hill | elm hill
the postcode is wrong it should be PL4 8AA | PL4 8AA
you've got my name wrong, it's Sam | Sam
that's the wrong date. it's the 14th not the 12th | the 14th
no, I gave you the wrong house number, it's 16 | 16
the date of birth is wrong, should be 4 July 1984 | 4 July 1984
change the date to the 14th | the 14th
can you please change the date to the 14th | the 14th
make it the 14th | the 14th
can you make it the 14th | the 14th
can you change my name to Jane Brown | Jane Brown
please change my new address to 5 Elm Road | 5 Elm Road
no the surname's spelt O'Neil | O'Neil
my name is spelt wrong | my name is spelt wrong
the date is wrong | the date is wrong
change the date | change the date
the light is wrong, it's on all day | the light is wrong, it's on all day
changed my name to Jane Brown | changed my name to Jane Brown
sorry | sorry
it's wrong | it's wrong
"""


@pytest.mark.parametrize("row", CORRECTIONS.strip().splitlines())
def test_keeps_what_a_correction_puts_in_place(reader, row):
    text, kept = (part.strip() for part in row.split("|"))
    assert reader.correction(text) == kept


@pytest.mark.parametrize(
    ("field_id", "text", "value"),
    [
        ("move_date", "sorry the date is wrong, it's the 14th", "2026-12-14"),
        ("name", "you've got my name wrong, it's Sam Brown", "Sam Brown"),
        ("name", "no the surname's spelt O'Neil", "Sam O'Neil"),
        ("name", "my name is wrong, can you change it", None),
        ("postcode", "the postcode is wrong it should be PL4 8AA", "PL4 8AA"),
    ],
)
def test_what_a_correction_keeps_can_be_read(reader, hears, field_id, text, value):
    held = "Sam Oneill" if field_id == "name" else None
    assert hears(field_id, reader.correction(text), held) == value
