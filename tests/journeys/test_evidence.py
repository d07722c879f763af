"""Photos and documents at the running product: from a resident's hand to a member of staff."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping

import httpx
import pytest

from tests import evidence_files as files
from tests.journeys.conftest import Resident, Staff
from tests.journeys.phones import ring, text_phone
from tests.journeys.test_texts import awaited, sent_to
from tests.product import Product
from tests.twilio_stand_in.rest import TwilioRest
from tests.twilio_stand_in.texts import TextPhone

NUMBERS = (f"+4477009007{number:02}" for number in itertools.count())
NEW_NAME = {
    "old_name": "Hannah Lowe",
    "new_name": "Hannah Pryce",
    "reason": "I got married",
    "change_date": "7 November",
    "evidence": "I'll send it later",
    "account_ref": "skip",
}


@pytest.fixture
def carrier(product: Product, carrier_of_all: TwilioRest) -> TwilioRest:
    """The carrier's API, with nothing left of another test."""
    carrier_of_all.sent.clear()
    carrier_of_all.blocked.clear()
    return carrier_of_all


def answers(resident: Resident, said: Mapping[str, str]) -> None:
    """Answers whatever is asked up to the read-back, and agrees to it."""
    for _ in range(20):
        asks = str(resident.asked)
        if asks == "confirm":
            resident.says("yes")
            return
        resident.says(
            "skip" if asks.startswith("verify_") else "no" if asks == "offer" else said[asks]
        )
    raise AssertionError(resident.text)


def test_a_photo_sent_in_the_chat_is_opened_by_staff(resident: Resident, staff: Staff) -> None:
    resident.says("I got married and changed my name")
    answers(resident, {**NEW_NAME, "contact": "hannah@example.com"})
    (offer,) = [one["upload"] for one in resident.heard if one["upload"]]
    (ref,) = resident.refs
    assert offer["case_ref"] == ref
    assert staff.case(ref)["evidence"] == []
    sent = resident.http.post(
        f"{resident.path}/evidence",
        headers=resident.headers,
        files={"file": ("IMG_1.HEIC", files.heic(), "image/heic")},
        data={"case_ref": ref},
    )
    assert sent.status_code == 201, sent.text
    assert "We have your photo" in resident.news()["messages"][-1]["text"]
    (held,) = staff.case(ref)["evidence"]
    opened = staff.http.get(f"/api/staff/cases/{ref}/evidence/{held['id']}")
    assert opened.headers["Content-Type"] == "image/jpeg"
    assert files.CAMERA not in opened.content
    history = [entry["what"] for entry in staff.case(ref)["history"]]
    assert history[-2:] == ["evidence_received", "evidence_opened"]
    # What was asked is still awaited.
    assert resident.says("no that's all")


def test_whoever_wants_to_send_a_photo_in_the_middle_of_a_report_can(
    resident: Resident, staff: Staff
) -> None:
    resident.says("there's graffiti on a wall")
    asked = resident.asked
    resident.says("can I send you a photo of it?")
    assert resident.heard[0]["upload"] == {"case_ref": None, "needed": []}
    assert resident.asked == asked
    sent = resident.http.post(
        f"{resident.path}/evidence",
        headers=resident.headers,
        files={"file": ("wall.png", files.png(), "image/png")},
    )
    assert sent.status_code == 201, sent.text
    said = {
        "location": "outside 22 Elm Road in Mutley",
        "description": "blue paint over the whole wall",
        "offensive": "no",
        "contact": "no thanks",
    }
    answers(resident, said)
    assert [one["media_type"] for one in staff.case(resident.refs[0])["evidence"]] == ["image/png"]


def test_a_picture_texted_is_on_the_report_and_told_once(
    product: Product, staff: Staff, carrier: TwilioRest
) -> None:
    phone: TextPhone = text_phone(product, next(NUMBERS))
    url = carrier.url + carrier.media.keep(files.photo())
    phone.text("somebody has sprayed graffiti on a wall", [url])
    told = awaited(lambda: sent_to(carrier, phone.number))
    assert "We have your photo" in told["body"]
    for words in ("outside 24 Elm Road in Mutley", "red letters a metre high", "no", "no thanks"):
        phone.text(words)
        if "yes" in phone.inbox[-1].lower() and "right" in phone.inbox[-1].lower():
            break
    for words in ("yes", "no", "yes"):
        found = re.search(r"Reference (\d{4} \d{4})", " ".join(phone.inbox))
        if found:
            break
        phone.text(words)
    assert found is not None, phone.inbox
    case = staff.case(found[1].replace(" ", ""))
    assert [one["channel"] for one in case["evidence"]] == ["sms"]
    assert len([one for one in carrier.sent if "We have your photo" in one["body"]]) == 1


def test_a_caller_gets_a_link_and_sends_a_document_by_it(
    product: Product, staff: Staff, carrier: TwilioRest
) -> None:
    number = next(NUMBERS)
    caller = ring(product, staff, number)
    caller.says("I got married and I've changed my name")
    said = {**NEW_NAME, "contact": number.replace("+44", "0"), "change_date": "7th of November"}
    for _ in range(25):
        asks = str(caller.asked)
        if caller.refs:
            break
        skip = "skip" if asks.startswith("verify_") else "no" if asks == "offer" else "yes"
        caller.says(said.get(asks, skip))
    assert caller.refs, caller.heard.text
    text = awaited(lambda: sent_to(carrier, number))
    found = re.search(r"https?://\S+/evidence/[\w-]+", text["body"])
    assert found is not None, text["body"]
    path = found[0].split("/evidence/")[1]
    with httpx.Client(base_url=product.address, trust_env=False, timeout=30) as browser:
        page = browser.get(f"/evidence/{path}")
        assert "Change your name" in page.text
        assert "Pryce" not in page.text
        sent = browser.post(f"/evidence/{path}", files={"file": ("deed.pdf", files.acting_pdf())})
        assert sent.status_code == 303
        browser.post(f"/evidence/{path}", data={"done": "1"})
        assert browser.get(f"/evidence/{path}").status_code == 404
    (held,) = staff.case(caller.refs[0])["evidence"]
    assert held["media_type"] == "application/pdf"
