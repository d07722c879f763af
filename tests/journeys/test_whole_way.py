"""From a sentence to a case, on real parts."""

from __future__ import annotations

import uuid

from tests.journeys.conftest import Resident, Staff
from tests.product import Product

OLD, NEW = "14 Elm Road, PL4 7AA", "5 Oak Street, PL2 1AB"

MOVE = [
    ("direction", "from one plymouth home to another"),
    ("name", "Jane O'Brien"),
    ("contact", "07700 900123"),
    ("old_address", OLD),
    ("new_address", NEW),
    ("move_date", "12 December"),
    ("tenure", "renting it from a private landlord"),
    ("landlord", "skip"),
    ("other_adults", "just me"),
    ("account_ref", "skip"),
    ("services_to_tell", "bins and parking please"),
]


def test_an_enquiry_is_answered_and_followed_up(resident: Resident) -> None:
    resident.says("how can I pay my council tax")
    assert resident.heard[0]["service"] == "council_tax_pay"
    assert "Direct Debit" in resident.text
    assert resident.asked == "topic"
    resident.says("what are the dates for direct debit")
    assert resident.heard[0]["service"] == "council_tax_pay"
    assert resident.asked == "satisfied"
    resident.picks("yes")
    assert resident.asked == "topic"


def test_a_bin_day_is_looked_up(resident: Resident) -> None:
    resident.says("when do you collect my bins")
    assert resident.asked == "address"
    resident.says(NEW)
    assert "green bin" in resident.text
    assert resident.heard[0]["service"] == "bin_day"


def test_a_pothole_becomes_a_case(resident: Resident, staff: Staff) -> None:
    resident.says("I want to report a pothole")
    resident.tells(
        [
            ("location", "outside 14 Elm Road PL4 7AA"),
            ("description", "as big as a dinner plate and six inches deep"),
            ("danger", "yes, bikes swerve round it"),
            ("contact", "skip"),
        ]
    )
    assert resident.asked == "confirm"
    assert not staff.get(f"/conversations/{resident.conversation_id}")["cases"]
    resident.says("yes that's right")
    case = staff.case(resident.refs[0])
    assert case["service"] == "pothole"
    assert case["team"] == "highways"
    assert case["fields"]["danger"] is True
    assert case["fields"]["location"]["street"] == "Elm Road"
    assert case["verification"] == "not_needed"
    assert case["due_at"]


def test_a_missed_bin_needs_no_address_given_before(resident: Resident, staff: Staff) -> None:
    resident.says("when is my bin day")
    resident.says(NEW)
    resident.says("you never emptied my recycling yesterday")
    asked = [resident.asked]
    assert "address" not in asked
    while resident.asked != "confirm":
        asked.append(resident.asked)
        resident.says(
            {
                "bin_type": "the recycling",
                "collection_date": "yesterday",
                "out_on_time": "yes",
                "contact": "skip",
            }[resident.asked or ""]
        )
    assert "address" not in asked
    resident.says("yes")
    assert staff.case(resident.refs[0])["fields"]["address"]["postcode"] == "PL2 1AB"


def test_a_house_move_tells_every_team_chosen_and_no_other(
    resident: Resident, staff: Staff
) -> None:
    resident.says("I'm moving house")
    resident.tells(MOVE)
    assert resident.asked == "confirm"
    resident.picks("yes")
    (ref,) = resident.refs
    parent = staff.case(ref)
    assert parent["service"] == "house_move"
    assert parent["team"] == "revenues"
    assert parent["verification"] == "unverified"
    assert parent["valid_notice"] is False
    assert parent["fields"]["move_date"].endswith("-12-12")
    children = {case["team"]: case for case in map(staff.case, parent["children"])}
    assert set(children) == {"waste", "parking"}
    assert "tenure" not in children["waste"]["fields"]
    assert children["waste"]["fields"]["new_address"]["postcode"] == "PL2 1AB"
    assert resident.asked == "offer"


def test_several_answers_in_one_sentence_are_not_asked_again(resident: Resident) -> None:
    resident.says(f"I'm moving house from {OLD} to {NEW} on 12 December")
    asked = []
    answers = {**dict(MOVE), "services_to_tell": "none of them", "verify_name": "skip"}
    while resident.asked != "confirm":
        asked.append(resident.asked)
        resident.says(answers[resident.asked or ""])
        assert len(asked) < 15, asked
    assert not {"old_address", "new_address", "move_date"} & set(asked)
    assert len(asked) == len(set(asked))


def test_a_case_can_be_tracked_by_its_reference(resident: Resident, staff: Staff) -> None:
    resident.says("there is a pothole on Mutley Plain by the bus stop, as deep as my fist")
    answers = {
        "location": "Mutley Plain by the bus stop",
        "description": "as deep as my fist",
        "danger": "no",
        "contact": "skip",
        "confirm": "yes",
    }
    while resident.asked in answers:
        resident.says(answers[resident.asked])
    (ref,) = resident.refs or [resident.heard[0]["case_refs"][0]]
    told = {"status": "action_scheduled", "tell_resident": "We will fill it on Thursday."}
    assert staff.patch(f"/cases/{ref}", told).status_code == 200
    other = Resident(resident.address)
    other.says("what's happening with the thing I reported")
    assert other.asked == "case_ref"
    other.says(f"{ref[:4]} {ref[4:]}")
    assert "scheduled" in other.text
    assert "Mutley" not in other.text


def test_two_residents_share_nothing(product: Product) -> None:
    one, two = Resident(product.address), Resident(product.address)
    one.says("I'm moving house")
    two.says("I'm moving house")
    one.tells(MOVE[:3])
    two.tells([("direction", "I'm leaving plymouth"), ("name", "Kofi Mensah")])
    assert one.asked == "old_address"
    assert two.asked == "contact"
    stolen = one.http.get(f"{two.path}/messages", headers=one.headers)
    assert stolen.status_code == 404


def test_the_same_message_twice_does_nothing_twice(resident: Resident, staff: Staff) -> None:
    resident.says("I'm moving house")
    resident.tells(MOVE)
    twice = {"id": str(uuid.uuid4()), "choice": "yes"}
    first, second = resident.send(**twice).json(), resident.send(**twice).json()
    assert first == second
    cases = staff.get(f"/conversations/{resident.conversation_id}")["cases"]
    assert len(cases) == 3


def test_danger_outranks_a_form_which_can_be_taken_up_again(resident: Resident) -> None:
    resident.says("I want to report a pothole")
    resident.says("hang on I can smell gas really strongly in the kitchen")
    assert "0800 111 999" in resident.heard[0]["text"]
    assert resident.asked == "offer"
    resident.picks("no")
    assert resident.asked == "offer"
    resident.says("yes")
    assert resident.asked == "location"


def test_a_question_nobody_has_an_answer_for_is_taken_down(
    resident: Resident, staff: Staff
) -> None:
    resident.says("I have a question for the council about sandbags for my street")
    answers = {
        "summary": "do you give out sandbags to homes by the river",
        "name": "Sam Lee",
        "contact": "sam@example.com",
        "confirm": "yes",
    }
    for _ in range(8):
        if resident.asked not in answers:
            break
        resident.says(answers[resident.asked])
    ref = next(ref for message in resident.heard for ref in message["case_refs"])
    case = staff.case(ref)
    assert case["service"] == "information_request"
    assert case["team"] == "customer_services"


def test_a_person_asked_for_in_mid_form_gets_what_was_captured(
    resident: Resident, staff: Staff
) -> None:
    resident.says("I'm moving house")
    resident.tells(MOVE[:4])
    resident.says("can I talk to a real person please")
    assert resident.asked == "when"
    resident.picks(resident.heard[-1]["choices"][0]["value"])
    assert resident.asked == "confirm"
    resident.says("yes")
    case = staff.case(resident.refs[0])
    assert case["service"] == "callback"
    assert case["about"] == "house_move"
    assert case["fields"]["old_address"]["postcode"] == "PL4 7AA"
    assert case["fields"]["phone"] == "+447700900123"
