"""Email addresses typed and by voice, and what is none."""

from __future__ import annotations

import pytest

from tests.casework.reading.conftest import rows

TYPED = """
jane@example.com | jane@example.com
Jane.Smith@Example.COM | jane.smith@example.com
jane_smith@example.co.uk | jane_smith@example.co.uk
jane-smith@example.org.uk | jane-smith@example.org.uk
jane+bins@example.com | jane+bins@example.com
j@example.com | j@example.com
jane123@mail.example.com | jane123@mail.example.com
o'neil@example.com | o'neil@example.com
<jane@example.com> | jane@example.com
mailto:jane@example.com | jane@example.com
jane@example.com. | jane@example.com
it's jane@example.com thanks | jane@example.com
my email is jane@example.com and I'm at home | jane@example.com
jane @ example.com | jane@example.com
jane@ example.com | jane@example.com
jane@my-firm.co.uk | jane@my-firm.co.uk
jane@example | ?email_invalid
jane@@example.com | ?email_invalid
jane@example.con | ?email_invalid
jane@example..com | ?email_invalid
jane..smith@example.com | ?email_invalid
@example.com | ?email_invalid
jane@ | ?email_invalid
jane at gmail | ?email_invalid
www.example.com | ?email_invalid
jane.example.com | ?email_invalid
07700 900123 | None
I don't have one | None
no | None
same as before | None
meet me at the shop | None
look at page 4 dot 2 | None
at noon | None
hello | None
"""

SPOKEN = """
jane at example dot com | jane@example.com
jane dot smith at example dot com | jane.smith@example.com
Jane dot Smith at Example dot co dot uk. | jane.smith@example.co.uk
jane underscore smith at gmail dot com | jane_smith@gmail.com
jane dash smith at gmail dot com | jane-smith@gmail.com
jane hyphen smith at hotmail dot co dot uk | jane-smith@hotmail.co.uk
j a n e at gmail dot com | jane@gmail.com
j dot smith at yahoo dot co dot uk | j.smith@yahoo.co.uk
j smith 42 at outlook dot com | jsmith42@outlook.com
jane smith forty two at gmail dot com | janesmith42@gmail.com
jane one nine eight four at gmail dot com | jane1984@gmail.com
jane smith all one word at gmail dot com | janesmith@gmail.com
all lower case jane smith at gmail dot com | janesmith@gmail.com
my email is jane at example dot com | jane@example.com
my email address is jane at example dot com | jane@example.com
you can email me at jane dot smith at example dot org | jane.smith@example.org
it's jane at g mail dot com | jane@gmail.com
jane at sign example dot com | jane@example.com
jane full stop smith at example full stop com | jane.smith@example.com
jane plus bins at example dot com | jane+bins@example.com
"""


@pytest.mark.parametrize(("text", "value"), [*rows(TYPED), *rows(SPOKEN)])
def test_reads_an_email_address(hears, text, value):
    assert str(hears("email", text)) == value
