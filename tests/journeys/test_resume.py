"""A form left on one channel and gone on with on another, and a fault followed instead of told
again: the running product with the trained assistant."""

from __future__ import annotations

import re

from tests.journeys.conftest import Resident, Staff
from tests.journeys.phones import ring
from tests.product import Product

PLACE = "50.37218, -4.14311"
HALF_A_MOVE = [
    ("direction", "within Plymouth"),
    ("name", "Rowan Treloar"),
    ("contact", "rowan.treloar@example.com"),
]
OTHERS = {
    "old_address": "14 Elm Road PL4 7AA", "new_address": "5 Oak Street PL2 1AB",
    "move_date": "12 December", "tenure": "I own it", "other_adults": "nobody else",
    "account_ref": "skip", "services_to_tell": "none of them", "description": "deep and wide",
    "danger": "no", "contact": "skip",
}  # fmt: skip


def half_a_move(resident: Resident) -> None:
    """A move as far as the new address, without a check of who they are."""
    resident.says("I'm moving house")
    for _ in range(12):
        asked = resident.asked or ""
        if asked == "new_address":
            return
        if asked.startswith("verify_"):
            resident.says("skip the check")
        else:
            resident.says(dict(HALF_A_MOVE).get(asked) or OTHERS[asked])
    raise AssertionError(f"still asked for {resident.asked}: {resident.text}")


def code_in(text: str) -> str:
    found = re.search(r"\b(\d{3}) (\d{3})\b", text)
    assert found is not None, text
    return "".join(found.groups())


def test_a_form_left_in_the_chat_is_finished_on_the_phone(
    product: Product, resident: Resident, staff: Staff
) -> None:
    half_a_move(resident)
    resident.says("I'll do it later")
    assert resident.asked == "offer"
    resident.says("yes please")
    code = code_in(resident.text)
    resident.http.post(f"{resident.path}/end", headers=resident.headers)
    caller = ring(product, staff)
    caller.says("hello I have a code to carry on with my form")
    assert caller.asked == "resume_code"
    heard = caller.presses(code)
    assert caller.asked == "verify_postcode"
    assert "move" not in heard.lower()
    assert "Rowan" not in heard
    caller.says("p l four seven double a")
    assert caller.asked == "new_address"
    for _ in range(12):
        asked = caller.asked or ""
        if asked == "confirm":
            break
        caller.says("skip the check" if asked.startswith("verify_") else OTHERS[asked])
    assert "Rowan Treloar" in caller.heard.text
    caller.says("yes that's right")
    case = staff.case(caller.refs[0])
    assert case["fields"]["name"] == "Rowan Treloar"
    assert case["fields"]["old_address"]["postcode"] == "PL4 7AA"
    assert case["fields"]["move_date"].endswith("-12-12")


def test_what_is_stopped_is_kept_only_with_a_yes(resident: Resident, staff: Staff) -> None:
    half_a_move(resident)
    resident.says("stop")
    assert resident.asked == "offer"
    resident.says("no thanks")
    talk = staff.get(f"/conversations/{resident.conversation_id}")
    assert talk["fields"] in ({}, [])
    assert talk["cases"] == []


def test_a_second_pothole_at_one_place_is_followed(product: Product, staff: Staff) -> None:
    first = Resident(product.address)
    first.says("I want to report a pothole")
    first.says(PLACE)
    for _ in range(6):
        if first.asked == "confirm":
            break
        first.says("no" if first.asked == "offer" else OTHERS[first.asked or ""])
    first.says("yes")
    (ref,) = first.refs
    second = Resident(product.address)
    second.says("I want to report a pothole")
    second.says(PLACE)
    assert second.asked == "offer"
    assert "told us about this" in second.text
    second.says("yes please")
    assert second.asked == "contact"
    second.says("no thanks")
    assert f"{ref[:4]} {ref[4:]}" in second.text
    assert second.refs == []
