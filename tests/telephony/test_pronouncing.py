"""How values are read aloud."""

from __future__ import annotations

import pytest
from twilio.twiml.voice_response import VoiceResponse

from telephony.manner import Manner
from telephony.pronouncing import read_out, spans, spell_names
from tests.twilio_stand_in.twiml import parse

SPELT = '<say-as interpret-as="characters">'
LETTER = '<phoneme alphabet="ipa" ph="eɪ">A</phoneme>'


@pytest.mark.parametrize(
    ("text", "value", "how"),
    [
        ("The postcode is P L 4, 7 A A.", "P L 4", "characters"),
        ("Your reference is 4 8 2 9, 1 5 7 3.", "1 5 7 3", "characters"),
        ("Ring 01752 668000 now.", "01752 668000", "telephone"),
        ("Ring 0300 123 1015.", "0300 123 1015", "telephone"),
        ("It is number 40217753.", "40217753", "digits"),
        ("Write PL4 7AA.", "PL4 7AA", "characters"),
        ("On Saturday 12 December 2026.", "12 December 2026", "the 12th of December 2026"),
        ("On 1 May.", "1 May", "the 1st of May"),
        ("On 22 June.", "22 June", "the 22nd of June"),
        ("Between 9am and midday.", "9am", "9 a m"),
        ("By 4.30pm.", "4.30pm", "4 30 p m"),
        ("By 4:05pm.", "4:05pm", "4 oh 5 p m"),
        ("It costs £12.50.", "£12.50", "12 pounds 50"),
        ("It costs £1,910 a year.", "£1,910", "1910 pounds"),
        ("It costs £1.", "£1", "1 pound"),
        ("It costs £0.20.", "£0.20", "20 pence"),
        ("It costs £3.05.", "£3.05", "3 pounds and 5 pence"),
    ],
)
def test_a_value_is_marked_by_its_shape(text: str, value: str, how: str) -> None:
    found = {span.text: span.say_as or span.alias for span in spans(text)}
    assert found[value] == how
    assert "".join(span.text for span in spans(text)) == text


@pytest.mark.parametrize(
    "text",
    ["I can do that for you now.", "A person will ring.", "Press 1 for yes, or 2 for no.",
     "You are number 2 in the queue, and the wait is about 10 minutes.", "Flat 2, 106 North Hill.",
     "Band A or B.", "In 12 days."],
)  # fmt: skip
def test_plain_sentences_are_left_as_they_are(text: str) -> None:
    assert [span.text for span in spans(text)] == [text]


def test_what_is_read_slowly_and_loudly_is_still_good_twiml() -> None:
    response = VoiceResponse()
    manner = Manner(slow=True, loud=True)
    read_out(response, "Ring 01752 668000 & ask, by 4.30pm <please>.", "Polly.Amy-Neural", manner)
    (say,) = parse(str(response), "text/xml", "voice")
    assert say.text == "Ring 01752 668000 & ask, by 4.30pm <please>."
    assert '<prosody rate="80%" volume="x-loud">' in str(response)


@pytest.mark.parametrize(
    ("voice", "written"),
    [
        ("Polly.Amy-Neural", f"P L 4, 7 {LETTER} {LETTER}."),
        ("Polly.Amy", f"{SPELT}P L 4</say-as>, {SPELT}7 A A</say-as>."),
        ("Polly.Amy-Generative", f"{SPELT}P L 4</say-as>, {SPELT}7 A A</say-as>."),
        ("Google.en-GB-Neural2-A", f"{SPELT}P L 4</say-as>, {SPELT}7 A A</say-as>."),
    ],
)
def test_letters_are_spelt_as_the_voice_can(voice: str, written: str) -> None:
    response = VoiceResponse()
    read_out(response, "The postcode is P L 4, 7 A A.", voice)
    assert written in str(response)
    (say,) = parse(str(response), "text/xml", "voice")
    assert say.text == "The postcode is P L 4, 7 A A."


def test_a_code_is_spelt_with_a_pause_between_its_halves() -> None:
    response = VoiceResponse()
    read_out(response, "Write PL4 7EE to us.", "Polly.Amy-Neural", Manner(slow=True))
    assert ">Write P L 4, 7 E E to us.</prosody>" in str(response)


def test_names_are_spelt_for_whoever_asks() -> None:
    assert spell_names("Name: Priya Shah. Is that right?") == (
        "Name: Priya, P R I Y A, Shah, S H A H. Is that right?"
    )
    assert spell_names("On Saturday 12 December.") == "On Saturday 12 December."
