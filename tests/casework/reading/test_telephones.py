"""Telephone numbers as people type, key and say them, and what is none."""

from __future__ import annotations

import pytest

from tests.casework.reading.conftest import rows

PHONES = """
07700900123 | +447700900123
07700 900 123 | +447700900123
0 7 7 0 0 9 0 0 1 2 3 | +447700900123
07700-900-123 | +447700900123
07700.900.123 | +447700900123
(07700) 900123 | +447700900123
+447700900123 | +447700900123
+44 (0) 7700 900123 | +447700900123
+44 07700 900123 | +447700900123
0044 7700 900123 | +447700900123
00447700900123 | +447700900123
447700900123 | +447700900123
7700900123 | +447700900123
tel: 07700 900123 | +447700900123
07700 900123 (mobile) | +447700900123
my number's 07700 900123, evenings are best | +447700900123
07700 900123 not 07700 900124 | +447700900123
０７７００ ９００１２３ | +447700900123
oh seven seven double oh nine double oh one two three | +447700900123
oh double seven oh oh nine oh oh one two three | +447700900123
zero double seven double zero nine zero zero one two three | +447700900123
oh seven seven hundred nine hundred one two three | +447700900123
0 double 7 double 0 900 123 | +447700900123
o double seven double o nine double o one two three | +447700900123
oh double seven double oh nine hundred one double two | +447700900122
oh double seven double oh nine double oh treble seven | +447700900777
oh double seven double oh nine double oh triple five | +447700900555
nought double seven double nought nine hundred one two three | +447700900123
it's oh seven seven double oh, nine hundred, one two three | +447700900123
oh seven seven zero zero nine zero zero one twenty three | +447700900123
plus double four seven seven double oh nine double oh one two three | +447700900123
07700 nine double oh one two three | +447700900123
oh one seven five two double six eight thousand | +441752668000
01752 668000 | +441752668000
oh one six three two nine six oh one double oh | +441632960100
020 7946 0018 | +442079460018
+33 6 12 34 56 78 | +33612345678
0033 6 12 34 56 78 | +33612345678
+353 86 123 4567 | +353861234567
07700 90012 | ?phone_invalid
07700 9001234 | ?phone_invalid
00000000000 | ?phone_invalid
12345678 | ?phone_invalid
+44 7700 | ?phone_invalid
07700 | ?phone_short
oh seven seven double oh | ?phone_short
01752 | ?phone_short
999 | ?phone_invalid
jane@example.com | None
the one I'm calling from | None
I don't have a phone | None
yes | None
14 elm road | None
double trouble | None
5 December | None
treble | None
"""


@pytest.mark.parametrize(("text", "value"), rows(PHONES))
def test_reads_a_telephone_number(hears, text, value):
    assert str(hears("phone", text)) == value
