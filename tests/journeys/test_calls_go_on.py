"""Calls that take a turn: other manners, danger, long answers, lost webhooks, and on in writing."""

from __future__ import annotations

import itertools
import re

import httpx
import pytest

from tests.journeys.conftest import Staff
from tests.journeys.phones import Caller, ring
from tests.journeys.test_phone import POTHOLE
from tests.journeys.test_texts import awaited, sent_to
from tests.product import Product
from tests.twilio_stand_in.call import Call
from tests.twilio_stand_in.rest import TwilioRest
from tests.twilio_stand_in.twiml import Verb, parse
from tests.twilio_stand_in.web import Webhook

NUMBERS = (f"+4477009007{number:02}" for number in itertools.count())
HOME = "fourteen elm road p l four seven a a"


def missed_bin(product: Product, staff: Staff) -> Caller:
    """Somebody who reports a missed bin, from a mobile that nobody has rung from."""
    caller = ring(product, staff, next(NUMBERS))
    caller.says("my bin wasn't emptied")
    return caller


def gathers(caller: Caller) -> list[Verb]:
    """What listened while the newest words were said, in order."""
    verbs = parse(caller.heard.documents[-1], "text/xml", "voice")
    return [verb for verb in verbs if verb.name == "Gather"]


def test_louder_again_slower_spelt_and_then_by_keys_in_one_call(
    product: Product, staff: Staff
) -> None:
    caller = missed_bin(product, staff)
    question = caller.heard.said[-1]
    assert question in caller.says("I can't hear you")
    assert 'volume="x-loud"' in caller.heard.documents[-1]
    assert caller.asked == "address"
    caller.tells([("address", HOME)])
    assert "Which bin" in caller.says("say that again please")
    assert "Which bin" in caller.says("slower please")
    assert "prosody rate" in caller.heard.documents[-1]
    caller.tells([("bin_type", "the green one"), ("collection_date", "yesterday")])
    caller.tells([("out_on_time", "yes"), ("contact", "no thanks")])
    assert "E L M" in caller.says("can you spell it")
    assert caller.asked == "confirm"
    assert "press 1 for yes" in caller.says("can I use the keypad please")
    assert gathers(caller)[-1].attributes["input"] == "dtmf"
    assert set(caller.talk["flags"]) >= {"keypad", "louder", "slower"}
    caller.presses("1")
    assert staff.case(caller.refs[-1])["fields"]["address"]["postcode"] == "PL4 7AA"


def test_streets_are_expected_for_an_address_and_months_for_a_date(
    product: Product, staff: Staff
) -> None:
    caller = missed_bin(product, staff)
    streets = gathers(caller)[-1].attributes["hints"].split(",")
    assert {"Elm Road", "Kensington Hill", "Mutley"} <= set(streets)
    caller.tells([("address", HOME), ("bin_type", "the green one")])
    days = gathers(caller)[-1].attributes["hints"].split(",")
    assert {"November", "Monday", "yesterday"} <= set(days)
    assert "Elm Road" not in days


def test_danger_in_mid_form_is_heard_to_the_end_and_the_form_waits(
    product: Product, staff: Staff
) -> None:
    caller = ring(product, staff, next(NUMBERS))
    caller.says("there's a great big hole in the road")
    assert gathers(caller)[0].attributes["bargeIn"] == "true"
    caller.tells(POTHOLE[:1])
    assert "999" in caller.says("oh no there's a fire in my kitchen")
    first = gathers(caller)[0]
    assert "999" in first.nested[0].text
    assert first.attributes["bargeIn"] == "false"
    assert "emergency" in caller.talk["flags"]
    caller.says("no")
    for _ in range(3):
        if caller.asked == "description":
            break
        caller.says("yes")
    assert caller.asked == "description"
    assert caller.fields["location"]["value"]["street"] == "Elm Road"


def test_a_long_answer_stops_until_more_is_wanted_and_goes_on_after_a_silence(
    product: Product, staff: Staff
) -> None:
    caller = ring(product, staff, next(NUMBERS))
    caller.says("there's a great big hole in the road")
    caller.tells(POTHOLE)
    caller.says("yes that's right")
    (ref,) = caller.refs
    call = caller.call

    def asks_how_it_stands() -> None:
        """As far as the question whether to go on."""
        caller.says("how is my report getting on")
        begun = call.press(ref)
        assert "roads team" in begun.text
        assert "go on" not in begun.text
        assert call.silence().text == "Shall I go on?"

    asks_how_it_stands()
    heard = call.listen(call.say("yes please"))
    assert "aim to finish" in heard.text
    assert "anything else" in heard.text
    asks_how_it_stands()
    heard = call.listen(call.say("that's enough thanks"))
    assert "aim to finish" not in heard.text
    assert "anything else" in heard.text
    asks_how_it_stands()
    assert "aim to finish" in call.listen(call.silence()).text
    assert len(caller.talk["cases"]) == 1


def test_turns_that_come_late_or_twice_and_the_fallback_change_nothing(
    product: Product, staff: Staff
) -> None:
    caller = missed_bin(product, staff)
    caller.tells([("address", HOME), ("bin_type", "the green one")])
    before = caller.talk["messages"]
    first = caller.call.webhooks[1]
    late = Webhook.fresh("POST", first.url, {**first.params, "SpeechResult": "there's a pothole"})
    answered = caller.call.line.send(late)[0]
    assert answered.body == caller.call.resend(1).body
    assert caller.talk["messages"] == before
    goes_on = _by_the_fallback(product, caller)
    assert "something went wrong" in goes_on.heard.text
    assert "What day" in goes_on.heard.text
    goes_on.tells([("collection_date", "yesterday"), ("out_on_time", "yes")])
    goes_on.tells([("contact", "no thanks")])
    goes_on.says("yes")
    (ref,) = goes_on.talk["cases"]
    assert staff.case(ref)["fields"]["bin_type"] == "recycling"


def _by_the_fallback(product: Product, caller: Caller) -> Caller:
    """The call as Twilio goes on with it, which could not reach us."""
    settings = product.settings
    call = Call(
        "/twilio/voice/fallback",
        settings.twilio_auth_token,
        from_number=caller.call.from_number,
        base_url=settings.public_base_url,
        send_to=product.address,
        call_sid=caller.call.call_sid,
    )
    goes_on = Caller(call, caller.staff)
    goes_on.rings()
    return goes_on


@pytest.mark.usefixtures("by_day")
def test_what_no_key_can_say_goes_on_at_a_link_by_text(
    product: Product, staff: Staff, carrier_of_all: TwilioRest
) -> None:
    number = next(NUMBERS)
    caller = ring(product, staff, number)
    # The menu, its fourth page, and a complaint.
    for key in "14442":
        caller.presses(key)
    assert caller.asked == "service_concerned"
    assert "texted you a link" in caller.presses("1")
    body = awaited(lambda: sent_to(carrier_of_all, number))["body"]
    path = re.search(r"/chat/go-on/\S+", body)
    assert path is not None, body
    with httpx.Client(base_url=product.address, trust_env=False, follow_redirects=True) as web:
        form = re.search(r'name="form" value="([^"]+)"', web.get(path[0]).text)
        assert form is not None
        page = web.post(path[0], data={"form": form[1]}).text
    assert "from where you were" in page
    assert "Which service or team is your complaint about?" in page


@pytest.mark.usefixtures("by_day")
def test_after_three_silences_a_code_is_texted_by_which_the_form_goes_on(
    product: Product, staff: Staff, carrier_of_all: TwilioRest
) -> None:
    caller = missed_bin(product, staff)
    caller.tells([("address", HOME)])
    for _ in range(3):
        caller.keeps_silent()
    assert "text you a code" in caller.heard.text
    assert "texted you the code" in caller.presses("1")
    number = str(caller.call.from_number)
    body = awaited(lambda: sent_to(carrier_of_all, number))["body"]
    code = re.search(r"\b(\d{3}) (\d{3})\b", body)
    assert code is not None, body
    caller.call.hang_up()
    again = ring(product, staff, number)
    again.says("I have a code to carry on with my form")
    assert again.asked == "resume_code"
    assert "Elm" not in again.presses("".join(code.groups()))
    again.tells([("verify_postcode", "p l four seven a a"), ("bin_type", "the green one")])
    assert again.asked == "collection_date"
    assert again.fields["address"]["value"]["lines"] == ["14 Elm Road"]
