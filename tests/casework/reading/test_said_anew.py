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
