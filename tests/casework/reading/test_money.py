"""Amounts of money typed and said, and what is none."""

from __future__ import annotations

import pytest

from tests.casework.reading.conftest import rows

AMOUNTS = """
£12.50 | 12.50
£12 | 12.00
12.50 | 12.50
12 | 12.00
12.5 | 12.50
£ 12.50 | 12.50
£1,200 | 1200.00
1,200.75 | 1200.75
£1200pcm | 1200.00
£850 a month | 850.00
850 pounds per month | 850.00
about £300 | 300.00
£300ish | 300.00
50p | 0.50
50 pence | 0.50
GBP 40 | 40.00
12 quid | 12.00
1k | 1000.00
1.2k | 1200.00
£0 | 0.00
twelve pounds | 12.00
twelve pounds fifty | 12.50
twelve pound fifty | 12.50
twelve fifty | 12.50
twelve pounds and fifty pence | 12.50
a hundred pounds | 100.00
a hundred and twenty pounds a week | 120.00
one hundred and twenty | 120.00
one thousand two hundred | 1200.00
twelve hundred pounds | 1200.00
two and a half thousand | 2500.00
a grand | 1000.00
two grand a month | 2000.00
a tenner | 10.00
fifty quid | 50.00
nine hundred and fifty | 950.00
ninety nine pounds ninety nine | 99.99
it's gone up to 850 pounds | 850.00
nothing | None
I don't know | None
it depends | None
a lot | None
yes | None
pounds | None
£ | None
on the 5th | None
999999999999 | ?amount_invalid
"""


@pytest.mark.parametrize(("text", "value"), rows(AMOUNTS))
def test_reads_an_amount(hears, text, value):
    assert str(hears("amount", text)) == value


def test_two_amounts_are_picked_from(hears):
    assert hears("amount", "from £800 to £950") == {"£800.00", "£950.00"}
