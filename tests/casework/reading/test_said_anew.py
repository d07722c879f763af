"""Values that are put right in the same breath."""

from __future__ import annotations

import pytest

ELM_16, OAK_7 = "elm_road_16_mannamead", "oak_street_7_stonehouse"


@pytest.mark.parametrize(
    ("text", "home"),
    [
        ("14 Elm Road, no sorry, 16 Elm Road, PL4 8AA", ELM_16),
        ("14 elm road no sorry 16 elm road pl4 8aa", ELM_16),
        ("14 Elm Road PL4 8AA no sorry it's 16", ELM_16),
        ("number 14, sorry, 16 Elm Road", ELM_16),
        ("it's 5 oak street no hang on 7 oak street PL1 2AA", OAK_7),
        ("5 oak street, no, 6, no sorry, 7 oak street", OAK_7),
        ("16 Elm Road PL4 8AA, sorry about the noise", ELM_16),
        ("16 Elm Road PL4 8AA, actually my brother lives at 7 Oak Street PL1 2AA", ELM_16),
    ],
)
def test_an_address(hears, text, home):
    read = hears("address", text)
    assert isinstance(read, dict), read
    assert read["uprn"] == home


@pytest.mark.parametrize(
    ("asked", "text", "value"),
    [
        ("phone", "07700 900123 no sorry 07700 900124", "+447700900124"),
        ("contact", "07700 900123, sorry, I mean 07700 900125", "+447700900125"),
        ("contact", "07700 900123, no actually use sam@example.com", "sam@example.com"),
        ("contact", "07700 900123, sorry about that", "+447700900123"),
        ("name", "Sarah Jones, sorry, Sarah Johnson", "Sarah Johnson"),
        ("name", "Priya Shah, no I mean Priya Patel, I got married", "Priya Patel"),
        ("name", "Sarah Jones, sorry for the noise", "Sarah Jones"),
        ("amount", "1200 no sorry 1300 pounds a month", "1300.00"),
    ],
)
def test_a_number_a_name_or_an_amount(hears, asked, text, value):
    assert str(hears(asked, text)) == value


@pytest.mark.parametrize("kind", ["phone", "contact"])
@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("07700 900 555 no wait 556", "+447700900556"),
        ("07700 900 555, no wait, 900 556", "+447700900556"),
        ("07700 900555 no sorry 556", "+447700900556"),
        ("07700 900 555, sorry, five five six", "+447700900556"),
        (
            "oh seven seven double oh nine hundred five five five no wait five five six",
            "+447700900556",
        ),
        ("07700900555 no wait five five six", "+447700900556"),
        ("my number is 07700 900555, I mean 556", "+447700900556"),
        ("07700 900 555 no it's 56", "+447700900556"),
        ("07700 900555, actually it ends 456", "+447700900456"),
        ("07700 900555, sorry, the last three are 456", "+447700900456"),
        ("07700 900555 sorry, 07700 900 556", "+447700900556"),
        (
            "07700 900 555 no wait oh seven seven double oh nine hundred five five six",
            "+447700900556",
        ),
        ("01752 668000 no wait 668 001", "+441752668001"),
        ("07700 900555, no wait until 5", "+447700900555"),
        ("07700 900555, sorry, after 5 o'clock", "+447700900555"),
        ("07700 900555, actually flat 12", "+447700900555"),
    ],
)
def test_the_end_of_a_number(hears, kind, text, value):
    assert hears(kind, text) == value
