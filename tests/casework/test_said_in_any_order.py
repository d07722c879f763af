"""Whatever is said, put right, skipped or gone back to, the case is what was said last."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.office import Talk, flaws, make_office, values_of

ADDRESSES = (
    ("14 Elm Road PL4 7AA", "14 Elm Road"),
    ("12 elm road, p l four seven a a", "12 Elm Road"),
    ("5 Oak Street PL2 1AB", "5 Oak Street"),
    ("4 Channel Gardens PL4 1TY", "4 Channel Gardens"),
)
CONTACTS = (
    ("07700 900123", "+447700900123"),
    ("oh seven seven double oh nine hundred four five six", "+447700900456"),
    ("priya@example.com", "priya@example.com"),
)
NAMES = (("Priya Shah", "Priya Shah"), ("Bill Street", "Bill Street"), ("May Jones", "May Jones"))
AHEAD = (("12 December", "2026-12-12"), ("the third of january", "2027-01-03"))
PLATES = (("WA26 KLM", "WA26KLM"), ("whisky alpha two seven k l m", "WA27KLM"))
SUMS = (("412 pounds 50", "412.50"), ("£90", "90.00"))

SAID: dict[str, dict[str, tuple[tuple[str, Any], ...]]] = {
    "missed_bin": {
        "address": ADDRESSES,
        "bin_type": (("the green bin", "recycling"), ("brown", "refuse"), ("glass box", "glass")),
        "collection_date": (("yesterday", "2026-11-23"), ("20 November", "2026-11-20")),
        "out_on_time": (("yes", True), ("no I forgot", False), ("the night before", True)),
        "contact": (*CONTACTS, ("skip", None)),
    },
    "bin_order": {
        "bin_type": (("brown", "refuse"), ("the recycling one", "recycling")),
        "reason": (("it was stolen", "lost_or_stolen"), ("too small", "too_small")),
        "address": ADDRESSES,
        "name": NAMES,
        "contact": CONTACTS,
    },
    "income_change": {
        "change": (("my rent went up", "rent_changed"), ("my job ended", "job_ended")),
        "change_date": (("1 December", "2026-12-01"), ("2nd of november", "2026-11-02")),
        "amount": (*SUMS, ("skip", None)),
        "frequency": (("every week", "weekly"), ("monthly", "monthly")),
        "employer": (("called Sutton Bakery", "Sutton Bakery"), ("skip", None)),
        "evidence": (("I have the letter", "have_it"), ("no", "do_not_have")),
        "name": NAMES,
        "contact": CONTACTS,
        "claim_ref": (("skip", None), ("HB 204 118", "HB204118")),
    },
    "permit_vehicle_change": {
        "new_registration": PLATES,
        "old_registration": (("AB12 CDE", "AB12CDE"), ("skip", None)),
        "start_date": AHEAD[:1],
        "end_date": (("skip", None),),
        "name": NAMES,
        "permit_ref": (("RP 31 442", "RP31442"), ("not a clue", None)),
        "contact": CONTACTS,
    },
    "blue_badge_change": {
        "change": (("it's lost", "lost"), ("stolen", "stolen"), ("it's damaged", "damaged")),
        "name": NAMES,
        "badge_ref": (("skip", None),),
        "crime_ref": (("skip", None), ("50260 123456", "50260123456")),
        "contact": CONTACTS,
    },
    "pest_control": {
        "pest": (("rats", "rats"), ("wasps", "wasps"), ("mice", "mice")),
        "address": ADDRESSES,
        "name": NAMES,
        "contact": CONTACTS,
    },
    "house_move": {
        "direction": (("within Plymouth", "within"),),
        "name": NAMES,
        "contact": CONTACTS,
        "old_address": ADDRESSES[:2],
        "new_address": ADDRESSES[2:],
        "move_date": AHEAD,
        "tenure": (("I rent it", "tenant"), ("I own it", "owner")),
        "landlord": (("they're called Apex Lettings", "Apex Lettings"), ("skip", None)),
        "other_adults": (("Sam Reed", "Sam Reed"), ("no one", "no one")),
        "account_ref": (("4021 7753", "40217753"), ("skip", None)),
        "services_to_tell": (("bins and voting", ["elections", "waste"]), ("none", [])),
    },
}
"""Service, field, and what is said to it with what is then stored; of an address its first line."""

BY_NAME = {
    "address": "the address",
    "bin_type": "the bin",
    "collection_date": "the collection date",
    "contact": "the contact",
    "name": "my name",
    "reason": "the reason",
    "pest": "the pest",
    "change_date": "the date",
    "amount": "the amount",
    "move_date": "the moving date",
    "old_address": "the old address",
    "new_address": "the new address",
    "new_registration": "the new registration",
}
"""Fields that can be put right at any time, and how they are named."""

LEADS = ("sorry, {name} should be {said}", "{name} is wrong, it's {said}", "no, {name} is {said}")
ASIDES = (("go back", "go_back"), ("hmm", None), ("wait a minute", None), ("what?", None))


def fits(held: Any, wanted: Any) -> bool:
    if isinstance(held, dict) and "lines" in held:
        return bool(held["lines"][0] == wanted)
    return bool(held == wanted)


@pytest.mark.parametrize("service", sorted(SAID))
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_the_case_is_what_was_said_last(service: str, data: st.DataObject) -> None:
    talk = Talk(make_office())
    said: dict[str, Any] = {}
    told: list[str] = []
    steps = SAID[service]

    def tell(field: str, words: str, value: Any, label: str | None = None) -> None:
        said[field] = value
        told.append(words)
        talk.says(words, label)

    talk.says("I need that please", service)
    for _ in range(60):
        asks = str(talk.asks)
        assert talk.cases == [], told
        if asks == "offer":
            talk.presses("no")
            continue
        held = [f for f in BY_NAME if f in steps and talk.values.get(f) is not None]
        kind = data.draw(st.sampled_from(("answer", "answer", "correct", "aside")))
        if kind == "correct" and held:
            field = data.draw(st.sampled_from(held))
            words, value = data.draw(st.sampled_from([s for s in steps[field] if s[1] is not None]))
            lead = data.draw(st.sampled_from(LEADS))
            label = data.draw(st.sampled_from((None, "correct_answer")))
            tell(field, lead.format(name=BY_NAME[field], said=words), value, label)
        elif kind == "aside" and len(told) % 3 == 2:
            words, label = data.draw(st.sampled_from(ASIDES))
            told.append(words)
            talk.says(words, label)
        elif asks == "confirm":
            break
        else:
            words, value = data.draw(st.sampled_from(steps[asks]))
            tell(asks, words, value)
    while talk.asks != "confirm":
        asks = str(talk.asks)
        words, value = steps[asks][0]
        tell(asks, words, value)
    talk.says("yes", "affirm")
    parent = next(one for one in talk.cases if one.service == service and not one.parent_ref)
    case = values_of(parent)
    wrong = {name: held for name, held in case.items() if not fits(held, said.get(name, ...))}
    assert not wrong, told
    assert [one for one in flaws(talk) if not one.startswith("asked again")] == []
