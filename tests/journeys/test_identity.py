"""Who a resident is, on real parts: on the web, failed twice, and by telephone."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import Resident, Staff
from tests.journeys.phones import Caller, ring
from tests.product import TOP, Product

KNOWN = [
    ("verify_name", "Priya Shah"),
    ("verify_account_ref", "4021 7753"),
    ("verify_postcode", "PL4 7AA"),
    ("verify_date_of_birth", "14 October 1991"),
]
WRONG = [("verify_postcode", "PL1 1AA"), ("verify_date_of_birth", "3 May 1970")]
REST = {
    "direction": "from one plymouth home to another",
    "name": "Priya Shah",
    "contact": "07700 900123",
    "old_address": "14 Elm Road, PL4 7AA",
    "new_address": "5 Oak Street, PL2 1AB",
    "move_date": "12 December",
    "tenure": "I own it",
    "other_adults": "just me",
    "services_to_tell": "none",
}


@pytest.fixture(scope="module", autouse=True)
def residents(product: Product) -> None:
    file = str(TOP / "council" / "demo" / "residents.csv")
    assert "added" in product.run("residents", "import", file)
    assert product.run("residents", "import", file).startswith("0 added, 0 changed")


def finish(one: Resident | Caller) -> set[str]:
    """Answers the rest of the form; what was asked on the way."""
    asked: set[str] = set()
    while one.asked != "confirm":
        assert len(asked) < 30
        asked.add(str(one.asked))
        one.says(REST.get(str(one.asked), "skip"))
    return asked


def test_a_move_by_somebody_who_shows_who_they_are(resident: Resident, staff: Staff) -> None:
    resident.says("I'm moving house")
    resident.tells(KNOWN)
    asked = finish(resident)
    assert not asked & {"name", "contact", "old_address", "account_ref"}
    assert "14 Elm Road" in resident.text
    resident.says("yes that's right")
    case = staff.case(resident.refs[0])
    assert (case["verification"], case["verified_how"]) == ("identity", "questions")
    assert case["field_details"]["contact"]["source"] == "record"
    shown = staff.get(f"/conversations/{resident.conversation_id}")
    assert shown["verification"] == "identity"
    texts = [message["text"] for message in shown["messages"]]
    assert "[checked]" in texts
    assert not any("1991" in text for text in texts)


def test_two_failures_and_the_move_is_still_taken_down(resident: Resident, staff: Staff) -> None:
    resident.says("I'm moving house")
    resident.tells([*KNOWN[:2], *WRONG])
    assert "did not match" in resident.text
    resident.tells(WRONG)
    assert "couldn't check who you are" in resident.text
    asked = finish(resident)
    assert {"contact", "old_address"} <= asked
    resident.says("yes that's right")
    case = staff.case(resident.refs[0])
    assert (case["verification"], case["verified_how"]) == ("unverified", "failed")
    assert case["valid_notice"] is False


def test_a_caller_says_and_keys_who_they_are(product: Product, staff: Staff) -> None:
    caller = ring(product, staff, "+447700900167")
    caller.says("hiya I'm moving house")
    caller.tells(
        [
            ("verify_name", "priya shah"),
            ("verify_account_ref", "#40217753"),
            ("verify_postcode", "I don't know that"),
            ("verify_date_of_birth", "I'd rather not, skip"),
        ]
    )
    while caller.asked == "verify_date_of_birth":
        caller.says("skip")
    caller.tells([("verify_phone_digits", "#167"), ("verify_code", "T Q four two seven three")])
    assert caller.talk["verification"] == "identity"
    finish(caller)
    caller.presses("1")
    case = staff.case(caller.refs[0])
    assert (case["verification"], case["verified_how"]) == ("identity", "questions")
