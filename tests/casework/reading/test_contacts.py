"""Telephone numbers, email addresses and postcodes."""

from __future__ import annotations

import pytest

from casework.adapters.reading.postcodes import find_postcode

CONTACTS = """
07700 900123 | +447700900123
07700900123 | +447700900123
oh double seven double oh nine hundred one two three | +447700900123
zero seven seven double zero nine zero zero one two three | +447700900123
07700 nine hundred 123 | +447700900123
07700, 900, 123 | +447700900123
plus four four seven seven double oh nine hundred one two three | +447700900123
+44 7700 900123 | +447700900123
+44 (0)7700 900123 | +447700900123
0044 7700 900123 | +447700900123
7700 900123 | +447700900123
my number is 07700900123 thanks | +447700900123
020 7946 0123 | +442079460123
0113 496 0999 | +441134960999
01632 960000 | +441632960000
oh one six three two nine six oh one two three | +441632960123
0808 157 0123 | +448081570123
03069 990001 | +443069990001
028 9649 6123 | +442896496123
029 2018 0123 | +442920180123
01752 668000 | +441752668000
+33 6 12 34 56 78 | +33612345678
jane.smith@Example.com | jane.smith@example.com
my email is jane+bins@example.co.uk | jane+bins@example.co.uk
jane dot smith at example dot com | jane.smith@example.com
j a n e at gmail dot com | jane@gmail.com
jane smith 42 at g mail dot com | janesmith42@gmail.com
you can email me at bob_jones at yahoo dot co dot uk | bob_jones@yahoo.co.uk
jane underscore smith at example dot org | jane_smith@example.org
07700 90012 | ?phone_invalid
07700 9001234 | ?phone_invalid
1234 | ?phone_invalid
07700 | ?phone_short
oh seven seven double oh | ?phone_short
jane@example | ?email_invalid
jane@@example.com | ?email_invalid
jane@example.con | ?email_invalid
just use this number | None
the one I'm calling from | None
yes | None
12 elm road | None
"""


@pytest.mark.parametrize("row", CONTACTS.strip().splitlines())
def test_hears_how_to_reach_a_resident(hears, row):
    text, value = (part.strip() for part in row.split("|"))
    assert str(hears("contact", text)) == value


def test_a_field_for_one_kind_takes_no_other(hears):
    assert hears("phone", "jane@example.com") is None
    assert hears("email", "07700 900123") is None
    assert hears("email", "jane.example.com") == "?email_invalid"


POSTCODES = """
pl12aa | PL1 2AA
PL1 2AA | PL1 2AA
P L 1 2 A A | PL1 2AA
p l one two a a | PL1 2AA
pl1 to double a | PL1 2AA
pl 1 to a a | PL1 2AA
PL12 AA | PL1 2AA
PL12 3AA | PL12 3AA
p l twelve three a a | PL12 3AA
p for papa l for lima four eight alpha alpha | PL4 8AA
pee el four eight a a | PL4 8AA
p l 4 eight double a | PL4 8AA
14 elm road pl4 8aa please | PL4 8AA
number 14 p l one two a a | PL1 2AA
sw1a 1aa | SW1A 1AA
no postcode | None
my number is 07700900123 | None
I have 2 cats and a dog | None
"""


@pytest.mark.parametrize("row", POSTCODES.strip().splitlines())
def test_hears_a_postcode_in_every_shape(row):
    text, value = (part.strip() for part in row.split("|"))
    found = find_postcode(text)
    assert str(found and found.postcode) == value


def test_half_a_postcode_is_refused(hears):
    assert hears("postcode", "PL4 8A") == "?postcode_invalid"
