"""What residents say when they put something right, as they type it and as a recogniser hears it.

Each row: the service, the question it is said at, what is said, and every answer that is another
one afterwards. Nothing else may have changed.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.casework.changes import said
from tests.office import Talk, make_office

GIVEN: dict[str, dict[str, str]] = {
    "income_change": {"change": "my wages went down"},
    "pest_control": {"name": "Jan Smith", "pest": "rats"},
    "name_change": {"old_name": "Hannah Lowe", "new_name": "Hannah Price"},
    "bereavement": {"name": "Jonathan Reed", "deceased_name": "Margaret Pascoe"},
}
"""Answers other than the usual ones."""

ROWS: list[tuple[str, str, str, dict[str, Any]]] = [
    # by the value alone, at the read-back
    ("house_move", "confirm", "no the 13th", {"move_date": "2026-12-13"}),
    ("house_move", "confirm", "sorry the thirteenth", {"move_date": "2026-12-13"}),
    ("house_move", "confirm", "actually its the 3rd of january", {"move_date": "2027-01-03"}),
    ("house_move", "confirm", "no, 07700 900777", {"contact": "+447700900777"}),
    ("house_move", "confirm", "no oh seven seven double oh nine hundred seven seven seven",
     {"contact": "+447700900777"}),
    ("house_move", "confirm", "no I own it", {"tenure": "owner", "landlord": ...}),
    ("house_move", "confirm", "wait no priya.shah@example.org",
     {"contact": "priya.shah@example.org"}),
    ("house_move", "confirm", "no its priya shaw", {"name": "Priya Shaw"}),
    ("house_move", "confirm", "shah with a w not an h at the end", {}),
    ("house_move", "confirm", "its priyah with an h on the end", {"name": "Priyah Shah"}),
    # by naming the field
    ("house_move", "confirm", "the surname is Shaw", {"name": "Priya Shaw"}),
    ("house_move", "confirm", "my first name's Pria", {"name": "Pria Shah"}),
    ("house_move", "confirm", "the landlord should be Apex Lettings",
     {"landlord": "Apex Lettings"}),
    ("house_move", "confirm", "landlord is called Apex Lettings", {"landlord": "Apex Lettings"}),
    ("house_move", "confirm", "change the moving date to 20 December", {"move_date": "2026-12-20"}),
    ("house_move", "confirm", "the phone number's wrong it's 07700 900888",
     {"contact": "+447700900888"}),
    ("house_move", "confirm", "can you change my number to 07700 900888",
     {"contact": "+447700900888"}),
    ("house_move", "confirm", "my council tax number is 4021 7761", {"account_ref": "40217761"}),
    ("house_move", "confirm", "old address should be 12 Elm Road PL4 7AA",
     {"old_address": ("12 Elm Road", "PL4 7AA")}),
    ("house_move", "confirm", "the new house is number 7 not 5",
     {"new_address": ("7 Oak Street", "PL2 1AB")}),
    # half a value
    ("house_move", "confirm", "no p l 7 not p l 4", {"old_address": ("14 Elm Road", "PL7 9AF")}),
    ("house_move", "confirm", "number 12 not 14", {"old_address": ("12 Elm Road", "PL4 7AA")}),
    ("house_move", "confirm", "not 14 12 elm road", {"old_address": ("12 Elm Road", "PL4 7AA")}),
    ("house_move", "confirm", "it ends 456 not 123", {"contact": "+447700900456"}),
    ("house_move", "confirm", "January not December", {"move_date": "2027-01-12"}),
    ("house_move", "confirm", "the 12th of January I mean", {"move_date": "2027-01-12"}),
    ("house_move", "confirm", "sorry 2025", {"move_date": "2025-12-12"}),
    # two at once
    ("house_move", "confirm", "the date is the 14th and the phone number is 07700 900888",
     {"move_date": "2026-12-14", "contact": "+447700900888"}),
    ("house_move", "confirm", "no, I own it and it's the 20th",
     {"tenure": "owner", "landlord": ..., "move_date": "2026-12-20"}),
    ("house_move", "confirm", "change the name to Priya Shaw and the date to 1 December",
     {"name": "Priya Shaw", "move_date": "2026-12-01"}),
    # of an earlier question, while another is asked
    ("house_move", "tenure", "sorry, the twelfth of january", {"move_date": "2027-01-12"}),
    ("house_move", "tenure", "hang on, my number is 07700 900888", {"contact": "+447700900888"}),
    ("house_move", "other_adults", "oh sorry I actually own it",
     {"tenure": "owner", "landlord": ...}),
    ("house_move", "move_date", "sorry the old one was number 12",
     {"old_address": ("12 Elm Road", "PL4 7AA")}),
    ("house_move", "new_address", "wait, my name is spelt Priyah Shah", {"name": "Priyah Shah"}),
    # other services
    ("missed_bin", "confirm", "no it was the brown one", {"bin_type": "refuse"}),
    ("missed_bin", "confirm", "sorry brown not green", {"bin_type": "refuse"}),
    ("missed_bin", "confirm", "no it was friday", {"collection_date": "2026-11-20"}),
    ("missed_bin", "confirm", "it was number 12", {"address": ("12 Elm Road", "PL4 7AA")}),
    ("missed_bin", "out_on_time", "actually it was Friday it should have been",
     {"collection_date": "2026-11-20"}),
    ("missed_bin", "contact", "oh and its number 16 not 14",
     {"address": ("16 Elm Road", "PL4 7AA")}),
    ("bin_order", "confirm", "no its too small not broken", {"reason": "too_small"}),
    ("bin_order", "confirm", "the brown one sorry", {"bin_type": "refuse"}),
    ("bin_order", "confirm", "it should be the garden bin", {"bin_type": "garden"}),
    ("pest_control", "confirm", "no mice", {"pest": "mice"}),
    ("pest_control", "confirm", "sorry wasps not rats", {"pest": "wasps"}),
    ("pest_control", "confirm", "its smith with a y", {"name": "Jan Smyth"}),
    ("pest_control", "confirm", "no it's Janet", {"name": "Janet Smith"}),
    ("pest_control", "contact", "sorry it's Smythe", {"name": "Jan Smythe"}),
    ("income_change", "confirm", "no it's 450 pounds", {"amount": "450.00"}),
    ("income_change", "confirm", "it's every week not every month", {"frequency": "weekly"}),
    ("income_change", "confirm", "no it's £90 a week", {"amount": "90.00", "frequency": "weekly"}),
    ("income_change", "confirm", "the amount is wrong, it's 512 pounds 50", {"amount": "512.50"}),
    ("income_change", "confirm", "sorry the 2nd of december", {"change_date": "2026-12-02"}),
    ("permit_vehicle_change", "confirm", "no, whisky alpha two seven K L M",
     {"new_registration": "WA27KLM"}),
    ("permit_vehicle_change", "confirm", "new reg should be WA27 KLM",
     {"new_registration": "WA27KLM"}),
    ("permit_vehicle_change", "confirm", "the old plate is wrong it's WA11 KLM",
     {"old_registration": "WA11KLM"}),
    ("permit_vehicle_change", "start_date", "no the new one is WA27 KLM",
     {"new_registration": "WA27KLM"}),
    ("name_change", "confirm", "no it's Hannah Pryce", {"new_name": "Hannah Pryce"}),
    ("name_change", "confirm", "price with a y", {"new_name": "Hannah Pryce"}),
    ("name_change", "confirm", "the old name is Hannah Low", {"old_name": "Hannah Low"}),
    ("name_change", "evidence", "oh sorry it's divorce not marriage", {"reason": "divorce"}),
    ("bereavement", "confirm", "no it's Margaret Rose Pascoe",
     {"deceased_name": "Margaret Rose Pascoe"}),
    ("bereavement", "confirm", "my name is Jonathon Reed", {"name": "Jonathon Reed"}),
    ("bereavement", "confirm", "she died on the 10th", {"date_of_death": "2026-11-10"}),
    ("blue_badge_change", "confirm", "it's lost not stolen", {"change": "lost", "crime_ref": ...}),
    ("noise", "confirm", "no it's outside 16 Elm Road PL4 7AA", {"location": "16 Elm Road"}),
    ("pothole", "danger", "sorry it's outside number 16 Elm Road PL4 7AA",
     {"location": "16 Elm Road"}),
    ("contact_details_change", "confirm", "no its 07700 900999", {"new_phone": "+447700900999"}),
    ("contact_details_change", "confirm", "email is priya.s@example.com",
     {"new_email": "priya.s@example.com"}),
]  # fmt: skip


def asked(service_id: str, field_id: str) -> Talk:
    """A conversation about a service, up to one question."""
    talk = Talk(make_office())
    talk.says("I need that please", service_id)
    for _ in range(30):
        asks = str(talk.asks)
        if asks == field_id:
            return talk
        if asks == "offer":
            talk.presses("no")
            continue
        talk.says(GIVEN.get(service_id, {}).get(asks) or said(service_id, asks)[0])
    raise AssertionError(f"{field_id} is not asked: {talk.said}")


def shown(value: Any) -> Any:
    """A stored value as the rows write it."""
    if isinstance(value, dict) and "lines" in value:
        return (value["lines"][0], value["postcode"])
    return value


def is_as(wanted: Any, held: Any) -> bool:
    if wanted is ...:
        return True
    if isinstance(held, dict) and "text" in held:
        return wanted in held["text"]
    return bool(shown(held) == wanted)


@pytest.mark.parametrize("label", [None, "correct_answer"])
@pytest.mark.parametrize(("service", "at", "words", "changed"), ROWS)
def test_what_is_put_right_is_what_is_then_held(
    service: str, at: str, words: str, changed: dict[str, Any], label: str | None
) -> None:
    talk = asked(service, at)
    before = talk.values
    talk.says(words, label)
    after = talk.values
    different = {n for n in {*before, *after} if before.get(n) != after.get(n)}
    wrong = {n: shown(after.get(n)) for n in different if n not in changed}
    wrong |= {n: shown(after.get(n)) for n, w in changed.items() if not is_as(w, after.get(n))}
    assert not wrong, talk.said
    assert talk.draft is not None
    assert not talk.cases
