"""Where a fault is, in the shapes in which residents say it."""

from __future__ import annotations

import pytest

from casework.ports.reading import Context
from tests.casework.reading.conftest import NOW, rows

PLACES = """
on Elm Road | Elm Road | None
Elm Road | Elm Road | None
elm rd | Elm Road | None
elm road mannamead | Elm Road | None
outside 14 Elm Road | Elm Road | elm_road_14_mannamead
outside number 14 elm road | Elm Road | elm_road_14_mannamead
outside fourteen elm road | Elm Road | elm_road_14_mannamead
opposite 14 elm rd | Elm Road | elm_road_14_mannamead
next to 14a elm road | Elm Road | elm_road_14a_mannamead
right outside 14 Elm Road, by the postbox | Elm Road | elm_road_14_mannamead
in front of 3 oak street | Oak Street | oak_street_3_stonehouse
14 elm road | Elm Road | elm_road_14_mannamead
14 Elm Road PL4 8AA | Elm Road | elm_road_14_mannamead
it's outside 14 elm road | Elm Road | elm_road_14_mannamead
there's one outside 14 elm road | Elm Road | elm_road_14_mannamead
the pothole is outside 14 elm road | Elm Road | elm_road_14_mannamead
on Mutley Plain by the bus stop | Mutley Plain | None
mutley plane near the bank | Mutley Plain | None
on mutly plain | Mutley Plain | None
corner of Elm Road and Oak Street | Elm Road | None
junction of oak street and elm road | Oak Street | None
where elm road meets oak street | Elm Road | None
half way down Elm Road | Elm Road | None
at the top of oak street | Oak Street | None
bottom of Oak Street | Oak Street | None
the end of elm close | Elm Close | None
behind the shops on Oak Street | Oak Street | None
on helm road | Elm Road | None
PL4 8AA | Elm Road | None
near PL1 2AA | Oak Street | None
outside 2 church road plympton | Church Road | church_road_2_plympton
church road in plymstock | Church Road | None
on Church Road, Plympton, by the school | Church Road | None
outside the library | None | None
by the bus stop in the park | None | None
near Tesco on the roundabout | None | None
Central Park | None | None
Charles Cross roundabout | None | None
Plympton High School | None | None
behind Lidl | None | None
///filled.count.soap | None | None
"""

NOTHING = """there's a hole|I don't know|in the road|on my street|yes|no|help|hello|what?
where do you mean
a big one|not sure|it's outside my house|here|over there|just there|near me|everywhere
on the pavement
it's dangerous|jane@example.com|can you come|please fix it|by my house|down our road"""


@pytest.mark.parametrize(("text", "street", "uprn"), rows(PLACES))
def test_hears_where_it_is(hears, text, street, uprn):
    value = hears("location", text)
    assert isinstance(value, dict), value
    assert (str(value["street"]), str(value["uprn"])) == (street, uprn)


@pytest.mark.parametrize("text", [t for row in NOTHING.splitlines() for t in row.split("|")])
def test_takes_no_place_from_what_names_none(hears, text):
    assert hears("location", text) is None


@pytest.mark.parametrize(
    "text",
    ["church road", "on Church Road", "on church road by the bus stop", "pothole on church rd",
     "outside 2 church road", "the bottom of church road"],
)  # fmt: skip
def test_a_street_of_two_districts_is_asked_about(hears, text):
    assert {label.split(", ")[1] for label in hears("location", text)} == {"Plympton", "Plymstock"}


@pytest.mark.parametrize(
    ("text", "postcode"),
    [("church road in plymstock", "PL9"), ("on Church Road, Plympton, by the school", "PL7"),
     ("church road PL7 2DD", "PL7")],
)  # fmt: skip
def test_a_street_with_its_district_is_not_asked_about(hears, text, postcode):
    value = hears("location", text)
    assert value["street"] == "Church Road"
    assert value["text"].lower().startswith(("church road", "on church road"))


def test_a_street_of_two_districts_is_not_volunteered(finds):
    assert finds("location description", "there is a hole on church road") == {}
    assert finds("location description", "there is a hole on church road in plympton") == {
        "location": "on Church Road in plympton"
    }


TOLD_WITH_DISTRICT = """
pothole on Church Road Plympton outside number 2 | on Church Road outside number 2 (Plympton)
pothole on church road plympton by the bus stop | on Church Road by the bus stop (Plympton)
there's a hole on Church Road, Plympton, outside number 2, it's deep | on Church Road, outside number 2 (Plympton)
pothole on Church Road, Plympton, opposite the chip shop and it has burst my tyre | on Church Road, opposite the chip shop (Plympton)
pothole on Church Road Plympton on the corner by the school | on Church Road on the corner by the school (Plympton)
pothole on Oak Street Stonehouse outside number 9 | on Oak Street outside number 9
pothole on Oak Street, outside number 9 | on Oak Street, outside number 9
pothole on Oak Street outside number 9 | on Oak Street outside number 9
church road plympton by the bus stop has a pothole | Church Road by the bus stop (Plympton)
pothole on Church Road Plympton | on Church Road (Plympton)
pothole on Church Road Plympton on Monday | on Church Road (Plympton)
pothole on Church Road, Plympton, by the way it's huge | on Church Road (Plympton)
pothole on Oak Street, on my way to work | on Oak Street
pothole on Oak Street, in the dark you can't see it | on Oak Street
"""  # noqa: E501


@pytest.mark.parametrize(("text", "place"), rows(TOLD_WITH_DISTRICT))
def test_a_number_or_landmark_after_the_district_is_kept(reader, field, text, place):
    found = reader.find([field("location")], text, Context(NOW))["location"]
    assert found["text"] == place
