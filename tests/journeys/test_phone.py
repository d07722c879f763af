"""Calls to the running product, signed as Twilio signs them, with the trained assistant."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import httpx

from tests.journeys.conftest import Staff
from tests.journeys.phones import Caller, ring
from tests.product import Product
from tests.twilio_stand_in.signing import signature

POTHOLE = [
    ("location", "Elm Road in Mutley outside number fourteen"),
    ("description", "about a foot across and really deep by the kerb"),
    ("danger", "no I don't think so"),
    ("contact", "no thanks"),
]


def reference(ref: str) -> str:
    """A reference as it is read aloud."""
    return f"{' '.join(ref[:4])}, {' '.join(ref[4:])}"


def test_an_enquiry_is_answered_and_the_call_ends(product: Product, staff: Staff) -> None:
    caller = ring(product, staff)
    assert "automated" in caller.heard.text
    assert "Direct Debit" in caller.says("how do I go about paying me council tax")
    caller.says("yes thanks")
    caller.says("no that's everything")
    assert caller.heard.over
    assert caller.talk["mode"] == "closed"
    assert caller.talk["messages"][1]["text"] == "how do I go about paying me council tax"


def test_a_pothole_by_speech_alone(product: Product, staff: Staff) -> None:
    caller = ring(product, staff, None)
    caller.says("there's a great big hole in the road")
    caller.tells(POTHOLE)
    assert caller.asked == "confirm"
    said = caller.says("yes that's right")
    case = staff.case(caller.refs[0])
    assert reference(case["ref"]) in said
    assert case["service"] == "pothole"
    assert case["fields"]["danger"] is False
    assert caller.talk["channel"] == "voice"
    assert {field["source"] for field in caller.fields.values()} == {"said"}


def test_a_missed_bin_by_keypad_and_speech(product: Product, staff: Staff) -> None:
    caller = ring(product, staff)
    caller.says("me bin's not been took")
    caller.tells(
        [
            ("address", "fourteen elm road p l 4 7 double a"),
            ("bin_type", "#1"),
            ("collection_date", "yesterday"),
            ("out_on_time", "#1"),
            ("contact", "#07700900123"),
        ]
    )
    assert caller.asked == "confirm"
    assert "P L 4, 7 A A" in caller.heard.text
    assert "0 7 7 0 0, 9 0 0, 1 2 3" in caller.heard.text
    caller.presses("1")
    case = staff.case(caller.refs[0])
    assert case["fields"]["address"]["postcode"] == "PL4 7AA"
    assert case["fields"]["bin_type"] == "refuse"
    assert case["fields"]["contact"] == "+447700900123"
    sources = {name: field["source"] for name, field in caller.fields.items()}
    assert sources["bin_type"] == sources["contact"] == "keyed"
    assert sources["address"] == "said"


def test_a_house_move_by_speech_with_a_spelt_postcode_and_a_correction(
    product: Product, staff: Staff
) -> None:
    caller = ring(product, staff)
    caller.says("hiya I'm moving house")
    caller.tells(
        [
            ("direction", "to another house in plymouth"),
            ("name", "Priya Shah"),
            ("contact", "oh seven seven double oh nine hundred one two three"),
            ("old_address", "fourteen elm road p for peter l for lima four seven a for apple a"),
            ("new_address", "five oak street papa lima two one alpha bravo"),
            ("move_date", "no sorry it's number seven oak street"),
            ("move_date", "the twelfth of december"),
            ("tenure", "we're renting it"),
            ("landlord", "skip"),
            ("other_adults", "just me"),
            ("account_ref", "skip"),
            ("services_to_tell", "bins and parking please"),
        ]
    )
    assert caller.asked == "confirm"
    assert "7 Oak Street, P L 2, 1 A B" in caller.heard.text
    said = caller.says("know it should be the thirteenth")
    assert "13 December" in said
    said = caller.says("yes please that's right")
    case = staff.case(caller.refs[0])
    assert reference(case["ref"]) in said
    assert case["fields"]["direction"] == "within"
    assert case["fields"]["new_address"]["postcode"] == "PL2 1AB"
    assert case["fields"]["new_address"]["lines"] == ["7 Oak Street"]
    assert case["fields"]["move_date"].endswith("-12-13")
    assert len(case["children"]) == 2


def test_zero_in_the_middle_brings_a_person_with_what_was_said(
    product: Product, staff: Staff
) -> None:
    caller = ring(product, staff)
    caller.says("my bin wasn't emptied")
    caller.says("14 Elm Road PL4 7AA")
    assert "a person" in caller.presses("0")
    while caller.asked != "confirm":
        caller.tells([{"name": ("name", "Priya Shah"), "when": ("when", "#1"),
                       "about": ("about", "my bin")}[str(caller.asked)]])  # fmt: skip
    caller.presses("1")
    case = staff.case(caller.refs[0])
    assert (case["service"], case["about"]) == ("callback", "missed_bin")
    assert case["fields"]["address"]["postcode"] == "PL4 7AA"
    assert case["fields"]["phone"] == "+447700900123"


def test_three_silences_end_the_call_politely(product: Product, staff: Staff) -> None:
    caller = ring(product, staff)
    caller.says("I want to report a pothole")
    said = [caller.keeps_silent() for _ in range(3)]
    assert len(set(said)) == 3
    assert "ring again" in said[-1]
    assert caller.heard.over
    assert caller.talk["mode"] == "closed"
    assert caller.talk["service"] == "pothole"


def test_hanging_up_in_the_middle_keeps_what_was_said(product: Product, staff: Staff) -> None:
    caller = ring(product, staff)
    caller.says("they never emptied my bin at 14 Elm Road PL4 7AA")
    caller.says("the brown one")
    caller.call.hang_up()
    talk = caller.talk
    assert talk["mode"] == "closed"
    assert caller.fields["bin_type"]["value"] == "refuse"
    assert caller.fields["address"]["value"]["postcode"] == "PL4 7AA"
    assert talk["cases"] == []


def test_two_withheld_callers_one_after_the_other_share_nothing(
    product: Product, staff: Staff
) -> None:
    one = ring(product, staff, None)
    one.says("they never emptied my bin at 14 Elm Road PL4 7AA")
    one.call.hang_up()
    two = ring(product, staff, None)
    two.says("my bin wasn't emptied")
    assert two.asked == "address"
    assert "Elm" not in str(two.talk)


def test_two_withheld_callers_interleaved_share_nothing(product: Product, staff: Staff) -> None:
    one, two = ring(product, staff, None), ring(product, staff, None)
    one.says("I want to report a pothole")
    two.says("my bin wasn't emptied")
    one.tells([POTHOLE[0]])
    two.tells([("address", "14 Elm Road PL4 7AA")])
    one.tells([POTHOLE[1]])
    assert (one.asked, two.asked) == ("danger", "bin_type")
    assert set(one.fields).isdisjoint(two.fields)


def test_whatever_twilio_did_not_sign_gets_403(product: Product, staff: Staff) -> None:
    base, token = product.settings.public_base_url, product.settings.twilio_auth_token
    form = {"CallSid": "CA" + "1" * 32, "From": "+447700900123", "CallStatus": "ringing"}
    right = signature(token, f"{base}/twilio/voice", form)
    forged = signature("not the token", f"{base}/twilio/voice", form)
    with httpx.Client(base_url=product.address, trust_env=False) as http:
        for header in ({}, {"X-Twilio-Signature": forged}, {"X-Twilio-Signature": "x" * 4000}):
            assert http.post("/twilio/voice", data=form, headers=header).status_code == 403
        signed = {"X-Twilio-Signature": right}
        tampered = {**form, "From": "+447700900999"}
        assert http.post("/twilio/voice", data=tampered, headers=signed).status_code == 403
        assert http.post("/twilio/voice?turn=1", data=form, headers=signed).status_code == 403
        assert http.post("/twilio/sms", data=form, headers=signed).status_code == 403
        through_proxy = {**signed, "X-Forwarded-Host": "evil.example", "Host": "elsewhere.example"}
        answer = http.post("/twilio/voice", data=form, headers=through_proxy)
        assert answer.status_code == 200
    assert len(staff.get("/conversations", call_sid=form["CallSid"])) == 1


def test_the_same_webhook_twice_opens_one_case(product: Product, staff: Staff) -> None:
    caller = ring(product, staff)
    caller.says("I want to report a pothole")
    caller.tells(POTHOLE)
    caller.says("yes that's right")
    first = caller.heard.documents[-1]
    assert caller.call.retry_last().body.decode() == first
    assert caller.call.retry_last().body.decode() == first
    assert len(caller.talk["cases"]) == 1
    assert len(caller.refs) == 1


def test_twenty_calls_at_once_each_get_their_own_case(product: Product, staff: Staff) -> None:
    def reports(number: int) -> Caller:
        caller = ring(product, staff, None if number % 2 else f"+44770090{number:04}")
        caller.says("I want to report a pothole")
        caller.says(POTHOLE[0][1])
        if caller.asked == "offer":
            # One of the others was quicker, and theirs could be followed.
            caller.says("no")
        caller.says(f"hole number {number} is about a foot across")
        for _, text in POTHOLE[2:]:
            caller.says(text)
        caller.says("yes that's right")
        return caller

    with ThreadPoolExecutor(20) as people:
        callers = list(people.map(reports, range(20)))
    refs = [caller.refs for caller in callers]
    assert [len(own) for own in refs] == [1] * 20
    assert len({own[0] for own in refs}) == 20
    for number, caller in enumerate(callers):
        case = staff.case(caller.refs[0])
        assert f"number {number} " in case["fields"]["description"]
