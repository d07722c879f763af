"""The stand-in for Twilio keeps to what Twilio publishes: signatures and TwiML.

Its calls, texts and REST API are tested beside it, in `tests/twilio_stand_in/`.
"""

import ast
import inspect
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from twilio.twiml import messaging_response, voice_response

from tests.twilio_stand_in.signing import signature
from tests.twilio_stand_in.twiml import TwimlRefused, parse
from tests.twilio_stand_in.verbs import RULES

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
        '<Say voice="Polly.Amy-Neural" language="en-GB"><prosody rate="80%" volume="x-loud">Ring'
        ' <say-as interpret-as="telephone">01752 668000</say-as>,'
        ' <phoneme alphabet="ipa" ph="eɪ">A</phoneme> or <sub alias="the 1st of May">1 May</sub>'
        "</prosody></Say>",
        '<Say voice="Google.en-GB-Neural2-A">Hello</Say>',
        '<Say voice="Polly.Gwyneth" language="cy-GB">Helo</Say>',
        '<Say voice="Polly.Joanna-Neural">Hello</Say>',
        '<Gather speechModel="phone_call" enhanced="true" speechTimeout="2"/>',
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


@pytest.mark.refused_by_twilio
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
        ('<Say><break strength="long"/>Hello</Say>', 12200),
        ('<Say><prosody rate="500%">Hello</prosody></Say>', 12200),
        ('<Say><prosody volume="louder">Hello</prosody></Say>', 12200),
        ("<Say><prosody>Hello</prosody></Say>", 12200),
        ("<Say><say-as>101</say-as></Say>", 12200),
        ('<Say><say-as interpret-as="postcode">PL1</say-as></Say>', 12200),
        ('<Say><say-as interpret-as="digits">1<break/>2</say-as></Say>', 12200),
        ("<Say><sub>Dr</sub></Say>", 12200),
        ("<Say><p>One <p>two</p></p></Say>", 12200),
        ("<Say><voice>Hello</voice></Say>", 12200),
        ('<Say voice="Polly.Amy-Neural">The <emphasis>first</emphasis></Say>', 13520),
        ('<Say voice="Polly.Amy-Neural"><prosody pitch="high">Hi</prosody></Say>', 13520),
        (
            '<Say voice="Polly.Amy-Neural"><say-as interpret-as="characters">PL1</say-as></Say>',
            13520,
        ),
        ('<Say voice="Polly.Arthur">Hello</Say>', 13511),
        ('<Say voice="Polly.Amy-Longform" language="en-GB">Hello</Say>', 13511),
        ('<Say voice="Polly.Joanna-Neural" language="en-GB">Hello</Say>', 13511),
        ('<Say voice="Polly.Amy-Neural" language="en-US">Hello</Say>', 13512),
        ('<Say voice="Google.en-GB-Neural2-Z">Hello</Say>', 13511),
        ('<Say voice="Google.en-GB-Neural2-A" language="cy-GB">Hello</Say>', 13512),
        ("<Play/>", 11100),
        ("<Play>file:///a.mp3</Play>", 11100),
        ('<Play loop="often">/a.mp3</Play>', 13410),
        ('<Play digits="1x"/>', 13430),
        ('<Pause length="1.5"/>', 13910),
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
        ('<Gather input="speech dtmf"/>', 13326),
        ('<Gather speechTimeout="soon"/>', 13327),
        ('<Gather speechModel="googlev2_best"/>', 13334),
        ('<Gather enhanced="true"/>', 13334),
        ('<Gather partialResultCallback="/part one"/>', 11100),
        ('<Gather partialResultCallbackMethod="PUT"/>', 13329),
        ("<Gather><Hangup/></Gather>", 13320),
        ('<Gather dtmfDetection="best"/>', 12200),
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
        ('<Dial><Conference startConferenceOnEnter="yes">a</Conference></Dial>', 13232),
        ('<Dial><Conference endConferenceOnExit="1">a</Conference></Dial>', 13231),
        ('<Dial><Conference waitUrl="/hold music">a</Conference></Dial>', 13233),
        ('<Dial><Conference waitMethod="PUT">a</Conference></Dial>', 13234),
        ('<Dial><Conference statusCallbackEvent="join left">a</Conference></Dial>', 12200),
        ('<Dial><Conference record="true">a</Conference></Dial>', 12200),
        ("<Dial><Conference></Conference></Dial>", 13237),
        ('<Dial record="yes">+441632960001</Dial>', 13217),
        ('<Dial hangupOnStar="on">+441632960001</Dial>', 13213),
        ('<Dial callerId="Council">+441632960001</Dial>', 13214),
        ('<Dial><Number statusCallbackEvent="answer">+441632960001</Number></Dial>', 12200),
        ('<Dial><Number statusCallback="/told">+441632960001</Number></Dial>', 11100),
        ("<Enqueue/>", 14204),
        ("<Sms></Sms>", 14103),
        (f"<Message>{'a' * 1601}</Message>", 14103),
        ("<Message><Say>Hello</Say></Message>", 12200),
        ('<Message statusCallback="status report">Hello</Message>', 14105),
        ('<Message statusCallback="/status">Hello</Message>', 14105),
        (f"<Message>Hello{'<Media>/a.png</Media>' * 11}</Message>", 14103),
        ('<Message to="07700900123">Hello</Message>', 14101),
    ],
)
def test_twiml_is_refused_with_the_code_that_twilio_gives(inner: str, code: int) -> None:
    with pytest.raises(TwimlRefused) as refused:
        parse(f"<Response>{inner}</Response>", "text/xml")
    assert refused.value.code == code


@pytest.mark.refused_by_twilio
@pytest.mark.parametrize(
    ("body", "content_type", "code"),
    [
        ("<Response>", "text/xml", 12100),
        ("  <?xml version='1.0'?><Response/>", "text/xml", 12100),
        ("<!DOCTYPE r []><Response/>", "text/xml", 12100),
        ("<Response><Say>\x0b</Say></Response>", "text/xml", 12100),
        ("<Response><Say>a & b</Say></Response>", "text/xml", 12100),
        ("<Response/><Response/>", "text/xml", 12100),
        ("<?xml version='1.0' encoding='klingon'?><Response/>", "text/xml", 12100),
        ("<response/>", "text/xml", 12102),
        ('<Response lang="en"/>', "text/xml", 12200),
        (b"<Response><Say>caf\xe9</Say></Response>", "text/xml", 12100),
        ("<Reply/>", "text/xml", 12102),
        ("<Response/>", "application/json", 12300),
        ("<Response/>", "", 12300),
        ("", "text/xml", 11770),
        (f"<Response><!--{'a' * 65536}--></Response>", "text/xml", 11750),
    ],
)
def test_a_document_is_refused_as_a_whole(body: str | bytes, content_type: str, code: int) -> None:
    with pytest.raises(TwimlRefused) as refused:
        parse(body, content_type)
    assert refused.value.code == code


@pytest.mark.refused_by_twilio
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


# Twilio's library writes what the stand-in reads


def _library(module: ModuleType) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Which attributes an element can be given there, and which elements it can hold, by name."""
    tree = ast.parse(inspect.getsource(module))
    classes = {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}
    names = {name: _element(getattr(module, name)) for name in classes}
    attributes: dict[str, set[str]] = {}
    nested: dict[str, set[str]] = {}
    for name, node in classes.items():
        for method in (one for one in node.body if isinstance(one, ast.FunctionDef)):
            made = {call.id for call in ast.walk(method) if isinstance(call, ast.Name)} & set(names)
            for child in {names[one] for one in made if method.name != "__init__"}:
                nested.setdefault(names[name], set()).add(child)
                given = attributes.setdefault(child, set())
                given |= {argument.arg.strip("_").replace("_", "") for argument in method.args.args}
    return attributes, nested


def _element(kind: type) -> str:
    found = re.search(r'self\.name = "([^"]+)"', inspect.getsource(kind))
    return found[1] if found else ""


def test_the_stand_in_takes_nothing_that_twilio_s_own_library_does_not_know() -> None:
    attributes: dict[str, set[str]] = {}
    nested: dict[str, set[str]] = {}
    for known, holds in map(_library, (voice_response, messaging_response)):
        for name, given in known.items():
            attributes.setdefault(name, set()).update(given)
        for name, held in holds.items():
            nested.setdefault(name, set()).update(held)
    for name, rule in RULES.items():
        taken = {one.replace(":", "").replace("-", "").lower() for one in rule.attributes}
        assert taken - attributes[name] <= NEWER.get(name, set()), name
        assert rule.nested <= nested.get(name, set()), name


NEWER = {"Record": {"recordingtrack"}}
"""Attributes that Twilio documents and its library does not have."""


# What is refused fails the test


def test_a_fault_that_nobody_saw_fails_the_test_it_came_up_in(tmp_path: Path) -> None:
    (tmp_path / "test_net.py").write_text(
        """
import pytest
from twilio.twiml.voice_response import VoiceResponse
from tests.twilio_stand_in import faults

def test_hidden():
    try:
        response = VoiceResponse()
        response.say("Hello", voice="Amy")
        str(response)
    except Exception:
        pass

@pytest.mark.refused_by_twilio
def test_meant():
    faults.note("on purpose")

def test_clean():
    pass
"""
    )
    root = Path(__file__).parents[1]
    options = ["-q", "-p", "tests.conftest", "-c", root / "pyproject.toml", "--rootdir", root]
    command = [sys.executable, "-m", "pytest", *options, tmp_path]
    run = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert "3 passed, 1 error" in run.stdout, run.stdout
    assert "TwiML 13511: Say voice='Amy'" in run.stdout
