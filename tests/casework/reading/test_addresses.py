"""Addresses in the shapes in which residents give them, against a small gazetteer."""

from __future__ import annotations

import pytest

from tests.casework.reading.conftest import rows

KNOWN = """
14 Elm Road | elm_road_14_mannamead
14, Elm Road | elm_road_14_mannamead
14 ELM ROAD | elm_road_14_mannamead
14 Elm Rd | elm_road_14_mannamead
14 elm rd. mannamead | elm_road_14_mannamead
No 14 Elm Road | elm_road_14_mannamead
no. 14 elm road | elm_road_14_mannamead
#14 Elm Road | elm_road_14_mannamead
number fourteen elm road | elm_road_14_mannamead
one four elm road | elm_road_14_mannamead
14 Elm Road PL48AA | elm_road_14_mannamead
PL4 8AA, 14 Elm Road | elm_road_14_mannamead
14 elm road, plymouth, devon, PL4 8AA, UK | elm_road_14_mannamead
14 elm road in mannamead | elm_road_14_mannamead
14 elm road in plymouth | elm_road_14_mannamead
I live at 14 Elm Road | elm_road_14_mannamead
we live at 14 elm road now | elm_road_14_mannamead
my address is 14 Elm Road please | elm_road_14_mannamead
it's 14 Elm Road, thanks | elm_road_14_mannamead
the address is fourteen elm road | elm_road_14_mannamead
yeah it's number 14 elm road | elm_road_14_mannamead
14 elm raod | elm_road_14_mannamead
14 elmroad | elm_road_14_mannamead
14 elms road | elm_road_14_mannamead
fourteen helm rode | elm_road_14_mannamead
14a Elm Road | elm_road_14a_mannamead
14-a elm road | elm_road_14a_mannamead
fourteen a elm road | elm_road_14a_mannamead
14 PL4 8AA | elm_road_14_mannamead
PL4 8AA number 14 | elm_road_14_mannamead
104 mutley plane | mutley_plain_104_mutley
104 mutly plain | mutley_plain_104_mutley
one oh four mutley plain | mutley_plain_104_mutley
one hundred and four mutley plain | mutley_plain_104_mutley
Flat 2, 106 Mutley Plain | mutley_plain_flat_2_106_mutley
flat 2 106 mutley plain pl4 6ll | mutley_plain_flat_2_106_mutley
apartment 2, 106 mutley plain | mutley_plain_flat_2_106_mutley
apt 2 106 mutley plain | mutley_plain_flat_2_106_mutley
2/106 mutley plain | mutley_plain_flat_2_106_mutley
ground floor flat 18 mutley plain | mutley_plain_ground_floor_flat_18_mutley
gff 18 mutley plain | mutley_plain_ground_floor_flat_18_mutley
3 church road plympton | church_road_3_plympton
3 church road in plympton please | church_road_3_plympton
3 church rd plymton | church_road_3_plympton
4 church road | church_road_4_plympton
rose cottage church road plympton | church_road_rose_cottage_plympton
1 saint levan road stoke | st_levan_road_1_stoke
1 st. levan road | st_levan_road_1_stoke
"""

AS_SAID = """
3 High Street, Bristol, BS1 4ST | 3 High Street; Bristol | BS1 4ST
3 high street bristol | 3 High Street; Bristol | None
Flat 4, 22 Castle Road, Bedford MK40 3PT | Flat 4; 22 Castle Road; Bedford | MK40 3PT
22 Castle Road, Bedford | 22 Castle Road; Bedford | None
99 Elm Road | 99 Elm Road | None
12 Rue de la Paix, Paris, France | 12 Rue de la Paix; Paris; France | None
Hauptstrasse 5, 10115 Berlin, Germany | Hauptstrasse 5; 10115 Berlin; Germany | None
5 Main Street, Dublin 2, Ireland | 5 Main Street; Dublin 2; Ireland | None
120 Broadway, New York, USA | 120 Broadway; New York; USA | None
ul. Kwiatowa 7, Warszawa, Poland | Ul. Kwiatowa 7; Warszawa; Poland | None
Villa Rosa, Marbella, Spain | Villa Rosa; Marbella; Spain | None
14 Elm Road, Sydney, Australia | 14 Elm Road; Sydney; Australia | None
Madrid, Spain | Madrid; Spain | None
Dublin in Ireland | Dublin in Ireland | None
Calle Mayor 3, Madrid, Spain | Calle Mayor 3; Madrid; Spain | None
"""

OTHERWISE = """
Elm Road | ?address_number
PL4 8AA | ?address_number
mutley plain | ?address_number
110 Mutley Plain | ?address_flat
14 | ?address_more
flat 2 | ?address_more
Plymouth | ?address_more
Spain | ?address_more
my mum's | ?address_more
yes | None
no | None
what | None
I don't know | None
the same | None
hello there | None
why do you ask? | None
jane@example.com | None
"""


@pytest.mark.parametrize(("text", "uprn"), rows(KNOWN))
def test_finds_the_property_in_every_shape(hears, text, uprn):
    value = hears("address", text)
    assert isinstance(value, dict), value
    assert value.get("uprn") == uprn


@pytest.mark.parametrize(("text", "lines", "postcode"), rows(AS_SAID))
def test_takes_an_address_of_elsewhere_at_once(hears, text, lines, postcode):
    value = hears("address", text)
    assert isinstance(value, dict), value
    assert not value["matched"]
    assert ("; ".join(value["lines"]), str(value["postcode"])) == (lines, postcode)


@pytest.mark.parametrize(("text", "value"), rows(OTHERWISE))
def test_asks_for_what_an_address_lacks(hears, text, value):
    assert str(hears("address", text)) == value


@pytest.mark.parametrize(
    ("text", "count"),
    [("2 church road", 2), ("number two church rd", 2), ("2 church road plymouth", 2),
     ("106 mutley plain", 3), ("14 elm road PL1 2AA", 2)],
)  # fmt: skip
def test_asks_which_when_several_fit(hears, text, count):
    assert len(hears("address", text)) == count
