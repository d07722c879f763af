"""The stand-in for Twilio keeps to what Twilio publishes: signatures and TwiML.

Its calls, texts and REST API are tested beside it, in `tests/twilio_stand_in/`.
"""

import re

import pytest

from tests.twilio_stand_in.signing import signature
from tests.twilio_stand_in.twiml import TwimlRefused, parse

# Signatures


@pytest.mark.parametrize(
    ("caller", "published"),
    [
        ("+14158675309", "RSOYDt4T1cUTdK1PDd93/VVr8B8="),
        ("+14158675310", "GvWf1cFY/Q7PnoempGyD5oXAezc="),
    ],
)
def test_the_signature_is_that_of_the_published_examples(caller: str, published: str) -> None:
    params = {
        "CallSid": "CA1234567890ABCDE",
        "Caller": caller,
        "Digits": "1234",
        "From": caller,
        "To": "+18005551212",
    }
    url = "https://mycompany.com/myapp.php?foo=1&bar=2"
    assert signature("12345", url, params) == published


# TwiML


@pytest.mark.parametrize(
    "inner",
    [
        '<Say voice="Polly.Amy-Neural" language="en-GB">Hello <break time="500ms"/> you</Say>',
        '<Gather input="dtmf speech" language="en-GB" speechTimeout="auto" timeout="5"'
        ' action="/next?turn=2&amp;x=1" actionOnEmptyResult="true" hints="bins, council tax"'
        ' finishOnKey=""><Say>Yes?</Say><Pause/><Play>https://council.example/a.mp3</Play></Gather>',
        '<Redirect method="GET">/voice?again=1</Redirect>',
        '<Dial timeout="20" action="/after"><Number url="/whisper">+441632960001</Number></Dial>',
        '<Dial><Conference beep="false" waitUrl="/wait" statusCallbackEvent="join leave"'
        ' endConferenceOnExit="true">room-1</Conference></Dial>',
        '<Enqueue waitUrl="/wait">agents</Enqueue>',
        '<Pause length="2"/><Leave/><Hangup/>',
        '<Reject reason="busy"/>',
        "<Message><Body>Hello</Body><Media>https://council.example/a.png</Media></Message>",
        "<!-- nothing to do -->",
    ],
)
def test_documented_twiml_is_taken(inner: str) -> None:
    verbs = parse(f"<?xml version='1.0' encoding='UTF-8'?><Response>{inner}</Response>", "text/xml")
    written = re.findall(r"<([A-Z]\w+)", inner)
    assert written[:1] == [verb.name for verb in verbs][:1]
    assert {verb.name for verb in verbs} <= set(written)


@pytest.mark.parametrize(
    ("inner", "code"),
    [
        ("<Speak>Hello</Speak>", 12200),
        ("<say>Hello</say>", 12200),
        ('<Say volume="loud">Hello</Say>', 12200),
        ("Hello", 12200),
        ("<Say>Hello</Say> there", 12200),
        ("<Say> </Say>", 13520),
        ("<Say>...</Say>", 13520),
        (f"<Say>{'a' * 4097}</Say>", 13521),
        ('<Say loop="-1">Hello</Say>', 13510),
        ('<Say voice="Amy">Hello</Say>', 13511),
        ('<Say language="English">Hello</Say>', 13512),
        ("<Say><b>Hello</b></Say>", 12200),
        ('<Say><break time="20s"/>Hello</Say>', 12200),
        ('<Say voice="alice">Hello <s>you</s></Say>', 13520),
        ('<Pause length="0"/>', 13910),
        ("<Redirect/>", 11100),
        ("<Redirect>ftp://council.example/</Redirect>", 11100),
        ('<Redirect method="PUT">/next</Redirect>', 13710),
        ('<Reject reason="tired"/>', 13810),
        ("<Hangup>now</Hangup>", 12200),
        ('<Gather finishOnKey="##"/>', 13310),
        ('<Gather finishOnKey="a"/>', 13310),
        ('<Gather method="post"/>', 13312),
        ('<Gather timeout="soon"/>', 13313),
        ('<Gather numDigits="0"/>', 13314),
        ("<Gather><Gather/></Gather>", 13320),
        ("<Gather><Redirect>/x</Redirect></Gather>", 13320),
        ("<Gather>Hello</Gather>", 12200),
        ('<Gather><Say voice="Amy">Hello</Say></Gather>', 13321),
        ('<Gather><Say loop="x">Hello</Say></Gather>', 13322),
        ('<Gather input="voice"/>', 13326),
        ('<Gather input="dtmf,speech"/>', 13326),
        ('<Gather speechTimeout="0"/>', 13327),
        (f'<Gather hints="{"a" * 101}"/>', 13330),
        (f'<Gather hints="{",".join(["bin"] * 501)}"/>', 13330),
        ('<Gather language="en"/>', 13331),
        ('<Gather language="en_GB"/>', 13331),
        ('<Gather bargeIn="yes"/>', 13332),
        ('<Gather profanityFilter="True"/>', 13333),
        ('<Gather speechModel="best"/>', 13334),
        ('<Gather speechModel="phone_call" speechTimeout="auto"/>', 13335),
        ('<Gather actionOnEmptyResult="1"/>', 13338),
        ('<Gather action="not an address"/>', 11100),
        ('<Gather repeat="3"/>', 12200),
        ("<Dial/>", 13223),
        ("<Dial>07700 900123</Dial>", 13223),
        ('<Dial timeout="0">+441632960001</Dial>', 13212),
        ("<Dial><Say>Hello</Say></Dial>", 13215),
        ("<Dial><Conference>a</Conference><Number>+441632960001</Number></Dial>", 13215),
        ('<Dial><Conference beep="loud">a</Conference></Dial>', 13235),
        ("<Enqueue/>", 14204),
        ("<Sms></Sms>", 14103),
        (f"<Message>{'a' * 1601}</Message>", 14103),
        ("<Message><Say>Hello</Say></Message>", 12200),
        ('<Message to="07700900123">Hello</Message>', 14101),
    ],
)
def test_twiml_is_refused_with_the_code_that_twilio_gives(inner: str, code: int) -> None:
    with pytest.raises(TwimlRefused) as refused:
        parse(f"<Response>{inner}</Response>", "text/xml")
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("body", "content_type", "code"),
    [
        ("<Response>", "text/xml", 12100),
        ("  <?xml version='1.0'?><Response/>", "text/xml", 12100),
        ("<!DOCTYPE r []><Response/>", "text/xml", 12100),
        ("<Reply/>", "text/xml", 12102),
        ("<Response/>", "application/json", 12300),
        ("<Response/>", "", 12300),
        ("", "text/xml", 11770),
        (f"<Response><!--{'a' * 65536}--></Response>", "text/xml", 11750),
    ],
)
def test_a_document_is_refused_as_a_whole(body: str, content_type: str, code: int) -> None:
    with pytest.raises(TwimlRefused) as refused:
        parse(body, content_type)
    assert refused.value.code == code


def test_a_channel_takes_only_its_own_verbs() -> None:
    with pytest.raises(TwimlRefused, match="14110"):
        parse("<Response><Say>Hello</Say></Response>", "text/xml", "messaging")
    with pytest.raises(TwimlRefused, match="12200"):
        parse("<Response><Message>Hello</Message></Response>", "text/xml", "voice")


def test_a_say_reads_as_its_plain_text() -> None:
    say = '<Say>Call <say-as interpret-as="digits">101</say-as>.<break/><p>Thank\n you</p>now</Say>'
    assert parse(f"<Response>{say}</Response>", "text/xml")[0].text == "Call 101. Thank you now"


def test_a_message_keeps_its_lines() -> None:
    [verb] = parse("<Response><Message><Body>One\n\nTwo</Body></Message></Response>", "text/xml")
    assert verb.text == "One\n\nTwo"
