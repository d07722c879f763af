"""Addresses and locations against a small gazetteer."""

from __future__ import annotations

import pytest

from casework.ports.reading import Context
from tests.casework.reading.conftest import NOW

MATCHED = """
14 Elm Road | elm_road_14_mannamead
14 elm rd, plymouth pl4 8aa | elm_road_14_mannamead
12 Elm Rd., Mannamead, Plymouth, PL4 8AA. | elm_road_12_mannamead
number 14 PL4 8AA | elm_road_14_mannamead
PL48AA number 3 | elm_road_3_mannamead
house number three pl four eight double a | elm_road_3_mannamead
fourteen elm road | elm_road_14_mannamead
14a elm road | elm_road_14a_mannamead
14 A Elm Road | elm_road_14a_mannamead
14 helm road | elm_road_14_mannamead
14 elm rode mannamead | elm_road_14_mannamead
flat 2, 106 mutley plain | mutley_plain_flat_2_106_mutley
flat two one oh six mutley plain | mutley_plain_flat_2_106_mutley
106 flat 2 mutley plain | mutley_plain_flat_2_106_mutley
104 mutley plane | mutley_plain_104_mutley
2 church road plympton | church_road_2_plympton
ground floor flat, 18 mutley plain | mutley_plain_ground_floor_flat_18_mutley
flat 5 110 mutley plain | mutley_plain_flat_5_110_mutley
rose cottage, church road | church_road_rose_cottage_plympton
2 church road PL9 9AA | church_road_2_plymstock
rose cottage PL7 2DD | church_road_rose_cottage_plympton
we're moving to 3 Oak Street next week | oak_street_3_stonehouse
my new address is three oak street stonehouse plymouth p l one two a a | oak_street_3_stonehouse
1 saint levan road | st_levan_road_1_stoke
1 st levan rd | st_levan_road_1_stoke
5 hop street | hope_street_5_stoke
it's 12 elm road and my name is bob | elm_road_12_mannamead
PL2 3ST | tiny_mews_1_stoke
"""


@pytest.mark.parametrize("row", MATCHED.strip().splitlines())
def test_finds_the_property(hears, row):
    text, uprn = (part.strip() for part in row.split("|"))
    value = hears("address", text)
    assert value["uprn"] == uprn
    assert value["matched"] is True
    assert set(value) == {"uprn", "lines", "postcode", "matched"}


AS_SAID = """
3 High Street, Bristol BS1 4ST | 3 High Street; Bristol | BS1 4ST
3 high street bristol | 3 High Street; Bristol | None
14 elm road bristol | 14 Elm Road; Bristol | None
99 Elm Road | 99 Elm Road | None
99 PL4 8AA | 99 Elm Road | PL4 8AA
12 Made Up Avenue | 12 Made Up Avenue | None
Old Rectory, Church Lane, Ivybridge PL21 9AB | Old Rectory; Church Lane; Ivybridge | PL21 9AB
"""


@pytest.mark.parametrize("row", AS_SAID.strip().splitlines())
def test_takes_an_address_as_said_that_the_gazetteer_does_not_hold(hears, row):
    text, lines, postcode = (part.strip() for part in row.split("|"))
    value = hears("address", text)
    assert value["matched"] is False
    assert "; ".join(value["lines"]) == lines
    assert str(value["postcode"]) == postcode


OTHERWISE = """
PL4 8AA | ?address_number
elm road | ?address_number
110 mutley plain | ?address_flat
number 110 PL4 6LL | ?address_flat
Bristol | ?address_more
my mum's house | ?address_more
12 people | ?address_more
14 | ?address_more
yes | None
I don't know | None
hello | None
why do you need that? | None
same as before | None
jane@example.com | None
"""


@pytest.mark.parametrize("row", OTHERWISE.strip().splitlines())
def test_asks_for_what_is_missing(hears, row):
    text, value = (part.strip() for part in row.split("|"))
    assert str(hears("address", text)) == value


def test_several_properties_are_picked_from(hears):
    assert len(hears("address", "106 mutley plain")) == 3
    assert hears("address", "2 church road") == {
        "2 Church Road, Plymstock, PL9 9AA",
        "2 Church Road, Plympton, PL7 2DD",
    }
    assert "14 Elm Road, PL1 2AA" in hears("address", "14 Elm Road PL1 2AA")


CHANGES = """
number 16 | 16 Elm Road | PL4 8AA | True
16 | 16 Elm Road | PL4 8AA | True
16 not 14 | 16 Elm Road | PL4 8AA | True
number 16 not 14 | 16 Elm Road | PL4 8AA | True
it's 14a | 14a Elm Road | PL4 8AA | True
the house number is 16 | 16 Elm Road | PL4 8AA | True
it's Elm Close | 14 Elm Close | None | False
PL4 not PL14 | 14 Elm Road | PL4 8AA | True
the postcode is PL4 8AA | 14 Elm Road | PL4 8AA | True
BS1 4ST | 14 Elm Road | BS1 4ST | False
3 oak street | 3 Oak Street | PL1 2AA | True
"""


@pytest.mark.parametrize("row", CHANGES.strip().splitlines())
def test_a_correction_changes_one_part_of_an_address(reader, hears, row):
    text, line, postcode, matched = (part.strip() for part in row.split("|"))
    held = hears("address", "14 elm road")
    value = hears("address", reader.correction(text), held)
    assert value["lines"] == [line]
    assert str(value["postcode"]) == postcode
    assert str(value["matched"]) == matched


def test_a_correction_changes_an_address_of_elsewhere(reader, hears):
    held = {"lines": ["3 High Street", "Bristol"], "postcode": "BS1 4ST", "matched": False}
    value = hears("address", reader.correction("BS2 not BS1"), held)
    assert value == {**held, "postcode": "BS2 4ST"}


PLACES = """
on Mutley Plain by the bus stop | Mutley Plain | None
outside the co-op on elm rd | Elm Road | None
corner of Oak Street and Elm Road | Oak Street | None
outside 14 Elm Road | Elm Road | elm_road_14_mannamead
there's a massive pothole outside 14 elm road | Elm Road | elm_road_14_mannamead
14 elm road | Elm Road | elm_road_14_mannamead
on helm road | Elm Road | None
PL4 8AA | Elm Road | None
by the bus stop in the park | None | None
outside the library | None | None
near tesco | None | None
Charles Cross roundabout | None | None
Central Park | None | None
///filled.count.soap | None | None
"""


@pytest.mark.parametrize("row", PLACES.strip().splitlines())
def test_hears_where_a_fault_is(hears, row):
    text, street, uprn = (part.strip() for part in row.split("|"))
    value = hears("location", text)
    assert set(value) == {"text", "street", "uprn", "postcode", "lat", "lon", "matched"}
    assert (str(value["street"]), str(value["uprn"])) == (street, uprn)


@pytest.mark.parametrize(
    "text",
    ["there's a hole", "I don't know", "in the road", "on my street", "yes", "hope", "help",
     "I hope you fix it", "it's outside my house", "what?", "a big one", "not sure"],
)  # fmt: skip
def test_asks_again_when_nothing_says_where(hears, text):
    assert hears("location", text) is None


def test_a_point_is_kept_and_its_street_is_found(hears):
    value = hears("location", "50.3701,-4.1400")
    assert (value["lat"], value["lon"], value["street"]) == (50.3701, -4.14, "Elm Road")
    assert hears("location", "51.5074, -0.1278")["matched"] is False
    assert len(hears("location", "outside 2 church road")) == 2


ONLY_PLACE = """
there's a massive pothole outside 2 church road | outside 2 Church Road
pothole outside 2 Church Road and it has burst my tyre | outside 2 Church Road
there's a hole, 2 church road, it is deep | 2 Church Road
the lamp outside two church road is out | 2 Church Road
rubbish dumped next to number 2 church rd by the bins, it stinks | next to number 2 Church Road by the bins
2 church road | 2 Church Road
"""  # noqa: E501


@pytest.mark.parametrize("row", ONLY_PLACE.strip().splitlines())
def test_a_place_to_pick_has_only_the_words_that_say_where(reader, field, row):
    text, place = (part.strip() for part in row.split("|"))
    reading = reader.read(field("location"), text, Context(NOW))
    assert {one.value["text"] for one in reading.candidates} == {
        f"{place} (Plympton)",
        f"{place} (Plymstock)",
    }
