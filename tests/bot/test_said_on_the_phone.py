"""What callers say in their own words is taken for what it is, and nothing told before is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from casework.domain.conversations import Channel
from casework.use_cases.own_number import points_at_own
from casework.use_cases.tell_what_is_kept import asks_if_recorded
from tests.office import Talk

CALLER = "+447700900144"


@pytest.fixture
def call(begin: Callable[..., Talk]) -> Talk:
    return begin(Channel.VOICE, caller=CALLER)


@pytest.mark.parametrize(
    "said",
    [
        "yeah you can ring me on this one",
        "me mobile you can use this one",
        "yes the number I'm ringing from",
        "just use my mobile",
        "you've got my number",
        "it came up on your screen love",
    ],
)
def test_the_number_they_ring_from_is_an_answer_whatever_the_model_takes_it_for(
    call: Talk, said: str
) -> None:
    call.says("there's a pothole on Mutley Plain", "pothole")
    call.answers("it's deep", "no")
    assert call.asks == "contact"
    call.says(said, "callback")
    assert call.values["contact"] == CALLER
    assert call.asks == "confirm"


@pytest.mark.parametrize(
    "said",
    [
        "not this one",
        "can somebody ring me on this one",
        "put me through on this number",
        "is this the number for the council because I rang it before and nobody answered me at all",
        "07700 900123 is this one",
    ],
)
def test_more_than_the_number_at_hand_is_for_the_assistant_to_understand(said: str) -> None:
    assert not points_at_own(said)


def test_a_house_number_is_kept_with_the_street_that_is_still_to_be_picked(call: Talk) -> None:
    call.says("there's a pothole on Elm Road", "pothole")
    assert [choice.label for choice in call.heard[-1].said.choices][:2] == [
        "Elm Road, Mutley",
        "Elm Road, Plympton",
    ]
    call.says("by the bus stop")
    assert call.asks == "location"
    call.says("the first one")
    assert call.values["location"]["street"] == "Elm Road"
    assert call.values["location"]["text"] == "on Elm Road (Mutley), by the bus stop"


def test_the_district_of_a_street_told_in_the_opening_words_is_kept(call: Talk) -> None:
    call.says("I want to report a pothole on Oak Street Keyham", "pothole")
    assert call.values["location"]["text"] == "on Oak Street (Keyham)"


@pytest.mark.parametrize("said", ["it's on Elm Road", "on Elm rode"])
def test_a_street_told_where_a_place_is_asked_for_holds_the_answer(call: Talk, said: str) -> None:
    """Otherwise the assistant tells of the roadworks there."""
    call.says("the street light is out", "street_light")
    call.says(said)
    assert call.engine.asked[-1].reads


def test_a_place_that_nobody_knows_proves_nothing(call: Talk) -> None:
    call.says("the street light is out", "street_light")
    call.says("what about my bins")
    assert not call.engine.asked[-1].reads


def test_not_yet_is_an_answer_where_it_is_one_of_the_choices(call: Talk) -> None:
    call.says("I've started a new job", "income_change")
    call.answers("Priya Shah", "last Monday", "1200 pounds", "every month", "Tesco")
    assert call.asks == "evidence"
    call.says("not yet")
    assert call.values["evidence"] == "will_send"


@pytest.mark.parametrize(
    "said",
    [
        "I want to speak to someone about me rent arrears",
        "can I talk to somebody about my rent please",
        "I'd like to speak with a real person about the rent",
        "put me through to someone about my rent",
    ],
)
def test_a_person_asked_for_by_what_it_is_about_is_a_person(call: Talk, said: str) -> None:
    call.says(said, "rent")
    assert "ring you" in call.said
    assert call.draft is not None
    assert call.draft.service == "callback"
    assert call.draft.about == "rent"


@pytest.mark.parametrize(
    "said",
    ["who do I speak to about my rent", "I don't want to speak to someone, how do I pay my rent"],
)
def test_a_question_about_it_is_answered(call: Talk, said: str) -> None:
    call.says(said, "rent")
    assert call.draft is None


@pytest.mark.parametrize(
    "said",
    ["why do you need to know that", "what do you need that for", "but why", "why are you asking"],
)
def test_whoever_asks_why_is_told_and_nothing_is_counted(call: Talk, said: str) -> None:
    call.says("there's a pothole on Mutley Plain", "pothole")
    asked = call.heard[-1].said.text
    call.says(said)
    assert call.draft is not None
    assert call.draft.tries == 0
    assert call.heard[-1].said.text == asked
    assert len(call.heard) == 2


def test_a_story_that_begins_with_why_is_no_such_question(call: Talk) -> None:
    call.says("I want to make a freedom of information request", "freedom_of_information")
    call.says("why so many potholes are not repaired in Mutley, and what it cost last year")
    assert "potholes" in call.values["summary"]


@pytest.mark.parametrize(
    "said",
    [
        "Why do I have to pay for garden waste when my neighbours in Mutley pay nothing at all",
        "why are you asking for money twice",
        "why do we have to wait so long",
    ],
)
def test_a_complaint_that_asks_why_is_the_complaint(call: Talk, said: str) -> None:
    call.says("I want to make a complaint", "complaint")
    call.says("the bins")
    assert call.asks == "summary"
    call.says(said)
    assert call.asks != "summary"
    assert call.values["summary"] == said


def test_a_complaint_that_is_taken_for_something_else_hears_no_reason_for_the_question(
    call: Talk,
) -> None:
    call.says("I want to make a complaint", "complaint")
    call.says("the bins")
    assert call.asks == "summary"
    call.says("why is my council tax so high when you never empty a bin", "council_tax_bill")
    told = " ".join(message.said.text for message in call.heard[-2:])
    assert "reads this first" not in told
    call.says("what is that for")
    assert "reads this first" in call.heard[-2].said.text


@pytest.mark.parametrize("said", ["why do you need to know that", "what is that for", "but why?"])
def test_what_a_free_text_is_for_is_told_too(call: Talk, said: str) -> None:
    call.says("I want to make a complaint", "complaint")
    call.says("the bins")
    assert call.asks == "summary"
    call.says(said)
    assert call.asks == "summary"
    assert call.draft is not None
    assert call.draft.tries == 0


def test_whoever_asks_why_again_and_again_is_led_on(call: Talk) -> None:
    call.says("there's a pothole on Mutley Plain", "pothole")
    asked = call.asks
    for _ in range(6):
        if call.asks == asked:
            call.says("why do you need to know that")
    assert call.asks != asked


@pytest.mark.parametrize("said", ["me name's Priya Shah", "yeah me name is Priya Shah love"])
def test_a_name_is_a_name_in_anybodys_english(call: Talk, said: str) -> None:
    call.says("I want a new bin", "bin_order")
    while call.asks != "name":
        call.says(
            {"bin_type": "brown", "reason": "it was stolen"}.get(
                str(call.asks), "14 Elm Road PL4 7AA"
            )
        )
    call.says(said)
    assert call.values["name"] == "Priya Shah"


@pytest.mark.parametrize("said", ["about twelve hundred a month before tax", "1200 a month"])
def test_how_often_is_not_asked_of_whoever_said_it_with_the_amount(call: Talk, said: str) -> None:
    call.says("I've started a new job", "income_change")
    call.answers("Priya Shah", "last Monday", said)
    assert call.values["frequency"] == "monthly"
    assert call.asks == "employer"


@pytest.mark.parametrize("said", ["I haven't got it on me", "skip"])
def test_a_number_that_they_have_not_got_is_asked_for_once_and_money_is_read_back_as_money(
    begin: Callable[..., Talk], said: str
) -> None:
    call = begin(Channel.VOICE, caller=CALLER, identifies=True)
    call.says("I've started a new job", "income_change")
    call.says("Priya Shah")
    assert call.asks == "verify_account_ref"
    call.says(said)
    call.answers("last Monday", "1200 a month", "Tesco", "not yet", "this one")
    assert call.asks == "confirm"
    assert "£1,200.00" in call.said


@pytest.mark.parametrize(
    "said", ["well it could be if you're on a bike", "it might be", "possibly"]
)
def test_danger_that_is_only_likely_is_danger(call: Talk, said: str) -> None:
    call.says("there's a pothole on Mutley Plain", "pothole")
    call.answers("as big as a plate", said)
    assert call.values["danger"] is True


@pytest.mark.parametrize(
    "said", [("Polish interpreter please",), ("nie mówię po angielsku", "po polsku proszę")]
)
def test_whoever_needs_an_interpreter_gets_a_person_to_arrange_one(
    call: Talk, said: tuple[str, ...]
) -> None:
    for words in said:
        call.says(words, "language")
    assert call.asks == "offer"
    assert "Would you like a person to ring you" in call.said


def test_a_person_asked_for_in_words_the_model_does_not_know_comes(call: Talk) -> None:
    call.says("no I meant can I have a real person then", "out_of_scope")
    assert call.draft is not None
    assert call.draft.service == "callback"


def test_whoever_asks_why_is_told_no_commands_even_if_the_model_hears_a_cry_for_help(
    call: Talk,
) -> None:
    call.says("there's a pothole on Mutley Plain", "pothole")
    call.says("what do you need that for", "help")
    assert not any("You can also say go back" in one.said.text for one in call.heard)


def test_a_person_asked_for_in_a_question_comes_and_is_not_told_of(call: Talk) -> None:
    call.says("can I have a real person then", "speak_to_agent", topic="hours", question=True)
    assert call.draft is not None
    assert call.draft.service == "callback"


@pytest.mark.parametrize(
    "said",
    [
        "before I start is this call being recorded",
        "are you recording me",
        "hang on, is this being taped?",
        "Do you record calls?",
        "are these calls recorded",
        "am I being recorded",
    ],
)
def test_who_asks_whether_they_are_recorded_is_told_and_asked_the_same_again(
    call: Talk, said: str
) -> None:
    call.says("there's a pothole on Mutley Plain", "pothole")
    asked = call.asks
    call.says(said, "callback")
    assert "is not recorded" in call.heard[-2].said.text
    assert call.asks == asked


def test_before_anything_is_told_the_open_question_stays_open(call: Talk) -> None:
    call.says("is this recorded", "callback")
    assert "is not recorded" in call.heard[-2].said.text
    assert "help with" in call.heard[-1].said.text
    assert call.asks == "topic"


@pytest.mark.parametrize(
    "said",
    [
        "do you record",
        "Do you record? I'd rather not be",
        "do you record all your calls or not",
        "do you record what I say",
        "did you record me",
        "are you recording this call for training",
        "is this call recorded for training purposes",
        "will this be recorded for quality",
        "are calls on this line recorded",
        "are my calls recorded",
        "does this call get recorded",
        "you're not recording this are you",
        "is it recording",
        "this call isn't being recorded is it",
        "am I being taped here",
    ],
)
def test_the_question_is_understood_however_it_is_put(said: str) -> None:
    assert asks_if_recorded(said)


@pytest.mark.parametrize(
    "said",
    [
        "is it recorded as a right of way",
        "I recorded the noise next door",
        "will my complaint be recorded against him",
        "do you have records of births",
        "can I get a recording of the meeting",
        "do you record births",
        "did you record my complaint",
        "Do you record deaths? My dad died on Sunday",
        "are you recording my complaint",
        "will you record the noise from next door",
        "do you record who parks there",
        "did they record my payment",
        "is my mum's death recorded with you",
        "will it be recorded on my file",
        "is this recorded against me",
        "you're recording the wrong address",
        "has my report been recorded",
    ],
)
def test_other_records_are_for_the_assistant_to_understand(said: str) -> None:
    assert not asks_if_recorded(said)
