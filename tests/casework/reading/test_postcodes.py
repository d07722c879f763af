"""Postcodes as people type and say them, and what is none."""

from __future__ import annotations

import pytest

from tests.casework.reading.conftest import rows

TYPED = """
PL4 8AA | PL4 8AA
pl4 8aa | PL4 8AA
PL48AA | PL4 8AA
pl48aa. | PL4 8AA
Pl4-8Aa | PL4 8AA
PL4.8AA | PL4 8AA
PL4  8AA | PL4 8AA
PL 4 8AA | PL4 8AA
PL4 8 AA | PL4 8AA
P L 4 8 A A | PL4 8AA
p.l.4 8.a.a | PL4 8AA
PL12 AA | PL1 2AA
PL12AA | PL1 2AA
PL12 3AA | PL12 3AA
PL123AA | PL12 3AA
(PL4 8AA) | PL4 8AA
"PL4 8AA" | PL4 8AA
postcode: pl4 8aa | PL4 8AA
my postcode's PL4 8AA, cheers | PL4 8AA
14 Elm Road, Plymouth PL4 8AA | PL4 8AA
W1A 1AA | W1A 1AA
EC1A 1BB | EC1A 1BB
M1 1AE | M1 1AE
B33 8TH | B33 8TH
tr1 3uj | TR1 3UJ
ＰＬ４ ８ＡＡ | PL4 8AA
PL4 8A | ?postcode_invalid
PL4 8AAA | ?postcode_invalid
PL4 8CV | ?postcode_invalid
QX1 2AA | ?postcode_invalid
PL4 AA8 | ?postcode_invalid
PL48 | ?postcode_invalid
12345 | None
plymouth | None
PL | None
devon | None
I don't have one | None
same as before | None
07700 900123 | None
14 elm road | None
"""

SPOKEN = """
p l four eight a a | PL4 8AA
P. L. four, eight A. A. | PL4 8AA
pee ell four eight ay ay | PL4 8AA
p l 4 eight double a | PL4 8AA
p l for eight a a | PL4 8AA
pl4 ate aa | PL4 8AA
p l four ate double a | PL4 8AA
papa lima four eight alpha alpha | PL4 8AA
p for peter l for larry four eight a for apple a for apple | PL4 8AA
p as in papa l as in lima 4 8 a as in alpha a as in alpha | PL4 8AA
it's p l four eight a a please | PL4 8AA
um p l four eight a a I think | PL4 8AA
p l one two a a | PL1 2AA
p l one to a a | PL1 2AA
pl1 too double a | PL1 2AA
p l twelve three a a | PL12 3AA
p l eleven two a a | PL11 2AA
p l twenty one nine b d | PL21 9BD
s w one a one a a | SW1A 1AA
e x four one d y | EX4 1DY
t q one three x x | TQ1 3XX
p l nine nine double you x | PL9 9WX
p l six five zed zed | PL6 5ZZ
p l six five x ray foxtrot | PL6 5XF
capital p capital l four eight a a | PL4 8AA
p l four oh a a | PL4 0AA
p l four zero a a | PL4 0AA
number fourteen p l four eight a a | PL4 8AA
p l four | None
p l | None
four eight a a | None
please be quick | None
double you what | None
no idea sorry | None
I have two cats and a dog | None
call me at ten to eight | None
a b c d e | None
one two three four | None
yes | None
p l four eight a | ?postcode_invalid
"""


@pytest.mark.parametrize(("text", "value"), rows(TYPED))
def test_reads_a_typed_postcode(hears, text, value):
    assert str(hears("postcode", text)) == value


@pytest.mark.parametrize(("text", "value"), rows(SPOKEN))
def test_reads_a_spoken_postcode(hears, text, value):
    assert str(hears("postcode", text)) == value
