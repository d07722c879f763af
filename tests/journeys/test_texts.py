"""Texts to and from the running product, with the trained assistant and a carrier of our own."""

from __future__ import annotations

import email
import email.policy
import itertools
import re
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import httpx
import pytest

from tests.journeys.agents import set_clock
from tests.journeys.conftest import Resident, Staff
from tests.journeys.phones import text_phone
from tests.product import Product
from tests.twilio_stand_in.rest import TwilioRest
from tests.twilio_stand_in.texts import TextPhone
from tests.twilio_stand_in.web import Webhook

Found = TypeVar("Found")
LATE = "2026-11-24T21:00"
"""After the hours in which the council writes to people."""
NUMBERS = (f"+4477009005{number:02}" for number in itertools.count())


@pytest.fixture
def phone(product: Product) -> TextPhone:
    """A mobile that nobody has texted from."""
    return text_phone(product, next(NUMBERS))


@pytest.fixture
def carrier(product: Product, carrier_of_all: TwilioRest) -> Iterator[TwilioRest]:
    """The carrier's API, with nothing left of another test."""
    carrier_of_all.sent.clear()
    carrier_of_all.blocked.clear()
    yield carrier_of_all
    carrier_of_all.blocked.clear()


def awaited(find: Callable[[], Found | None], seconds: float = 30.0) -> Found:
    """What `find` gives once it gives something."""
    until = time.monotonic() + seconds
    while (found := find()) is None:
        assert time.monotonic() < until, "it never came"
        time.sleep(0.1)
    return found


def sent_to(carrier: TwilioRest, number: str) -> dict[str, Any] | None:
    return next((one for one in carrier.sent if one["to"] == number), None)


def missed_bin(phone: TextPhone) -> str:
    """A missed bin by text; gives its reference."""
    phone.text("my recycling hasn't been collected")
    phone.text("14 Elm Road PL4 7AA")
    if "Reply with a number" in phone.inbox[-1]:
        phone.text("2")
    phone.text("yesterday")
    phone.text("yes")
    phone.text(phone.number.replace("+44", "0"))
    (said,) = phone.text("yes")[:1]
    found = re.search(r"Reference (\d{4} \d{4})", said)
    assert found is not None, phone.inbox
    return found[1].replace(" ", "")


def test_a_report_by_text_and_its_status_later(
    phone: TextPhone, staff: Staff, product: Product
) -> None:
    ref = missed_bin(phone)
    case = staff.case(ref)
    assert case["service"] == "missed_bin"
    assert case["fields"]["address"]["postcode"] == "PL4 7AA"
    assert all(len(text) <= 320 for text in phone.inbox)
    staff.patch(f"/cases/{ref}", {"status": "in_progress"})
    other = text_phone(product, next(NUMBERS))
    said = " ".join(other.text(f"how is my report {ref[:4]} {ref[4:]} getting on"))
    assert "being worked on" in said


@pytest.mark.usefixtures("by_day")
def test_an_update_goes_out_by_text_and_its_delivery_is_known(
    phone: TextPhone, staff: Staff, carrier: TwilioRest, product: Product
) -> None:
    ref = missed_bin(phone)
    answer = staff.patch(f"/cases/{ref}", {"tell_resident": "A crew comes back on Friday."})
    assert answer.json()["told"] == "text"
    text = awaited(lambda: sent_to(carrier, phone.number))
    assert "A crew comes back on Friday." in text["body"]
    assert text["from"] == product.settings.twilio_from

    def state() -> str:
        (message,) = staff.case(ref)["messages"]
        assert message["medium"] == "text"
        told: str = message["state"]
        return told

    assert awaited(lambda: state() if state() != "queued" else None) == "sent"
    carrier.deliver(text["sid"], "delivered")
    assert state() == "delivered"
    carrier.deliver(text["sid"], "sent")
    assert state() == "delivered"
    sent = httpx.get(f"{product.address}/demo/sent", trust_env=False).text
    assert "A crew comes back on Friday." in sent


@pytest.mark.usefixtures("by_day")
def test_nothing_goes_out_to_a_number_that_the_carrier_knows_has_stopped(
    phone: TextPhone, staff: Staff, carrier: TwilioRest
) -> None:
    ref = missed_bin(phone)
    carrier.blocked.add(phone.number)
    staff.patch(f"/cases/{ref}", {"tell_resident": "A crew comes back on Friday."})

    def told_again() -> bool | None:
        told = staff.patch(f"/cases/{ref}", {"tell_resident": "And again."}).json()["told"]
        return True if told == "recorded" else None

    assert awaited(told_again)
    assert sent_to(carrier, phone.number) is None


@pytest.mark.usefixtures("by_day")
def test_a_carrier_that_fails_is_tried_again(
    phone: TextPhone, staff: Staff, carrier: TwilioRest
) -> None:
    ref = missed_bin(phone)
    carrier.fail_next(503)
    staff.patch(f"/cases/{ref}", {"tell_resident": "A crew comes back on Friday."})
    assert awaited(lambda: sent_to(carrier, phone.number), seconds=60)
    assert len([one for one in carrier.sent if one["to"] == phone.number]) == 1


@pytest.mark.usefixtures("by_day")
def test_an_update_goes_out_by_email_to_whoever_gave_an_address(
    resident: Resident, staff: Staff, product: Product
) -> None:
    resident.says("I want to report a pothole")
    resident.tells(
        [
            ("location", "outside 14 Elm Road PL4 7AA"),
            ("description", "as big as a dinner plate and six inches deep"),
            ("danger", "no"),
            ("contact", "priya.shah@example.com"),
        ]
    )
    resident.says("yes that's right")
    ref = resident.refs[0]
    answer = staff.patch(f"/cases/{ref}", {"tell_resident": "It is filled in."})
    assert answer.json()["told"] == "email"
    box = Path(product.settings.var_dir) / "demo-mail"

    def mail() -> email.message.EmailMessage | None:
        for file in sorted(box.glob("*.eml")):
            found = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
            if "It is filled in." in found.get_content():
                return found
        return None

    found = awaited(mail)
    assert found["To"] == "priya.shah@example.com"
    assert f"{ref[:4]} {ref[4:]}" in found["Subject"]


def test_stop_ends_it_and_start_begins_anew(phone: TextPhone) -> None:
    phone.text("my bin wasn't emptied")
    assert phone.text("STOP") == []
    assert phone.text("are you there") == []
    assert phone.text("START")
    assert "address" in phone.text("my bin wasn't emptied")[-1].lower()


@pytest.mark.usefixtures("by_day")
def test_a_text_that_did_not_arrive_is_flagged_for_staff(
    phone: TextPhone, staff: Staff, carrier: TwilioRest
) -> None:
    ref = missed_bin(phone)
    staff.patch(f"/cases/{ref}", {"tell_resident": "A crew comes back on Friday."})
    text = awaited(lambda: sent_to(carrier, phone.number))
    carrier.deliver(text["sid"], "undelivered", 30003)
    case = staff.case(ref)
    assert [message["state"] for message in case["messages"]] == ["undelivered"]
    talk = staff.get(f"/conversations/{case['conversation_id']}")
    assert "message_undelivered" in talk["flags"]


def keyword(phone: TextPhone, body: str, kind: str) -> bytes | str:
    """Our answer to a word of the council's own that Twilio took for `kind`, and answered."""
    sid = f"SM{uuid.uuid4().hex}"
    ids = {"MessageSid": sid, "SmsSid": sid, "SmsMessageSid": sid}
    form = {**phone.webhooks[-1].params, **ids, "Body": body, "OptOutType": kind}
    return phone.line.send(Webhook.fresh("POST", phone.sms_url, form))[0].body


@pytest.mark.usefixtures("by_day")
def test_what_twilio_took_for_stop_start_or_help_is_obeyed_and_answered_by_twilio_alone(
    phone: TextPhone, staff: Staff
) -> None:
    assert "PERSON for a person" in phone.text("HELP")[-1]
    ref = missed_bin(phone)

    def told() -> str:
        found: str = staff.patch(f"/cases/{ref}", {"tell_resident": "On Friday."}).json()["told"]
        return found

    assert "<Message" not in str(keyword(phone, "what is this", "HELP"))
    assert "<Message" not in str(keyword(phone, "no more of this", "STOP"))
    assert told() == "recorded"
    assert phone.text("are you there") == []
    assert "<Message" not in str(keyword(phone, "go on then", "START"))
    assert told() == "text"


def test_stop_and_its_kin_hold_back_also_what_was_due(
    phone: TextPhone, staff: Staff, product: Product
) -> None:
    ref = missed_bin(phone)
    set_clock(product, LATE)
    try:
        staff.patch(f"/cases/{ref}", {"tell_resident": "A crew comes back on Friday."})
        (due,) = staff.case(ref)["messages"]
        assert due["state"] == "queued"
        phone.text("Unsubscribe.")
        (held,) = staff.case(ref)["messages"]
        assert held["state"] == "opted_out"
        told = staff.patch(f"/cases/{ref}", {"tell_resident": "And again."}).json()["told"]
    finally:
        product.settings.clock_file.unlink()
    assert told == "recorded"
    assert phone.text("are you there") == []


def test_a_house_move_by_text_goes_on_in_the_chat(
    phone: TextPhone, staff: Staff, product: Product
) -> None:
    said = " ".join(phone.text("I'm moving to 7 Oak Street, PL2 1AB on 12 December"))
    path = re.search(r"/chat/go-on/\S+", said)
    assert path is not None, said
    with httpx.Client(base_url=product.address, trust_env=False, follow_redirects=True) as web:
        assert web.get(path[0]).status_code == 200
        page = web.get(path[0]).text
        token = re.search(r'name="form" value="([^"]+)"', page)
        assert token is not None
        page = web.post(path[0], data={"form": token[1]}).text
        assert "from where you were" in page
        conversation = re.search(r'data-conversation="([^"]+)" data-token="([^"]+)"', page)
        assert conversation is not None
        assert web.get(path[0]).status_code == 404
    goes_on = Resident(product.address)
    goes_on.conversation_id, goes_on.token = conversation[1], conversation[2]
    goes_on.heard = goes_on.http.get(f"{goes_on.path}/messages", headers=goes_on.headers).json()[
        "messages"
    ]
    answers = {
        "verify_name": "skip",
        "direction": "within plymouth",
        "name": "Priya Shah",
        "contact": "07700 900123",
        "old_address": "14 Elm Road, PL4 7AA",
        "tenure": "renting it from a private landlord",
        "landlord": "skip",
        "other_adults": "just me",
        "account_ref": "skip",
        "services_to_tell": "bins",
    }
    asked = []
    while goes_on.asked in answers:
        asked.append(goes_on.asked)
        goes_on.says(answers[goes_on.asked])
    assert goes_on.asked == "confirm", goes_on.text
    assert "new_address" not in asked
    assert "move_date" not in asked
    goes_on.says("yes")
    case = staff.case(goes_on.refs[0])
    assert case["fields"]["new_address"]["postcode"] == "PL2 1AB"


def test_or_a_person_rings_whoever_asks_for_it(phone: TextPhone, staff: Staff) -> None:
    phone.text("I'm moving house on 12 December")
    phone.text("call me please")
    phone.text("Priya Shah")
    phone.text("1")
    said = " ".join(phone.text("yes"))
    ref = re.search(r"Reference (\d{4}) (\d{4})", said)
    assert ref is not None, phone.inbox
    case = staff.case(ref[1] + ref[2])
    assert (case["service"], case["about"]) == ("callback", "house_move")
    assert case["fields"]["phone"] == phone.number


def test_danger_by_text_is_met_with_whom_to_ring(phone: TextPhone) -> None:
    assert "999" in " ".join(phone.text("theres a fire in my flat and I cant get out"))
