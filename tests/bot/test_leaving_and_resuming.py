"""Leaving a form, having it kept or forgotten, and going on with it by its code on any channel."""

from __future__ import annotations

from datetime import timedelta

import pytest

from casework.adapters.surroundings import FixedClock
from casework.domain.conversations import Channel, Mode
from casework.domain.drafts import DraftState
from casework.domain.outbox import Outgoing
from casework.use_cases.close_silent import close_silent
from casework.use_cases.end_calls import caller_left
from casework.use_cases.office import Office
from tests.office import Talk, make_office, values_of

MOBILE = "+447700900123"
CODE = "400 001"


@pytest.fixture
def office() -> Office:
    return make_office()


def talk_in(office: Office, channel: Channel = Channel.WEB, caller: str | None = None) -> Talk:
    return Talk(office, channel, identifies=True, caller=caller)


def half_a_move(office: Office, channel: Channel = Channel.WEB, caller: str | None = None) -> Talk:
    """A move up to the new address; who they are is left to be checked later."""
    talk = Talk(office, channel, caller=caller)
    talk.says("I'm moving house", "house_move")
    talk.answers("within", "Priya Shah", "07700 900123", "14 Elm Road PL4 7AA")
    assert talk.asks == "new_address"
    return talk


def kept(office: Office) -> Talk:
    """A move left half done in a chat, with a code for it."""
    talk = half_a_move(office)
    talk.says("I'll do it later")
    talk.says("yes", "affirm")
    assert CODE in talk.said
    return talk


def texts(office: Office) -> list[Outgoing]:
    with office.store.begin(reading=True) as work:
        return work.outbox.recent()


LATER = (
    "I'll do it later", "i'll finish this later", "can I do this another time", "not right now",
    "I have to go", "I've got to go now", "save it for later", "save my form",
    "I'll come back later",
    "sorry I need to go", "can I carry on tomorrow", "maybe later", "stop", "stop please",
    "forget it", "I'll ring back tomorrow",
)  # fmt: skip


@pytest.mark.parametrize("said", LATER)
def test_leaving_a_form_offers_to_keep_it(office: Office, said: str) -> None:
    talk = half_a_move(office)
    talk.says(said, "stop" if "stop" in said else None)
    assert talk.asks == "offer"
    assert "7 days" in talk.said
    assert talk.draft is not None
    assert talk.draft.state is DraftState.DROPPED


def test_a_goodbye_in_a_form_offers_to_keep_it(office: Office) -> None:
    talk = half_a_move(office)
    talk.says("ok bye", "goodbye")
    assert "7 days" in talk.said


@pytest.mark.parametrize("said", ["no", "no thanks"])
def test_without_a_yes_nothing_is_kept(office: Office, said: str) -> None:
    talk = half_a_move(office)
    talk.says("stop", "stop")
    talk.says(said, "deny")
    assert talk.asks == "topic"
    (draft,) = talk.drafts
    assert draft.answers == {}
    assert draft.opening == ""
    assert draft.state is DraftState.DROPPED


def test_whoever_asks_for_something_else_instead_has_nothing_kept(office: Office) -> None:
    talk = half_a_move(office)
    talk.says("stop", "stop")
    talk.says("report a pothole", "pothole")
    assert talk.asks == "location"
    assert talk.drafts[0].answers == {}


def test_whoever_closes_the_tab_at_that_question_has_nothing_kept(office: Office) -> None:
    talk = half_a_move(office)
    talk.says("stop", "stop")
    talk.conversations.end(talk.id)
    assert talk.drafts[0].answers == {}


def test_a_form_kept_is_not_offered_again_at_once(office: Office) -> None:
    talk = kept(office)
    assert talk.asks == "topic"
    assert talk.drafts[0].state is DraftState.PARKED


def test_the_same_conversation_goes_on_without_the_code(office: Office) -> None:
    talk = kept(office)
    talk.says("carry on with my move", "house_move")
    assert talk.asks == "new_address"


def test_a_code_of_the_web_goes_on_by_telephone_after_a_check(office: Office) -> None:
    kept(office)
    call = talk_in(office, Channel.VOICE)
    call.says("I have a code")
    assert call.asks == "resume_code"
    call.says("four zero zero, zero zero one")
    assert call.asks == "verify_postcode"
    assert "Elm" not in call.said
    assert "Priya" not in call.said
    assert "move" not in call.said.lower()
    call.says("PL4 7AA")
    assert call.asks == "new_address"
    assert call.values["name"] == "Priya Shah"
    assert call.values["old_address"]["postcode"] == "PL4 7AA"


def test_a_whole_form_is_sent_that_was_begun_elsewhere(office: Office) -> None:
    first = kept(office)
    second = talk_in(office)
    second.says("my code is 400001")
    second.says("pl4 7aa")
    second.answers("5 Oak Street PL2 1AB", "12 December")
    while second.asks != "confirm":
        second.answers(
            {"tenure": "I own it", "services_to_tell": "none"}.get(second.asks or "", "no")
        )
    second.says("yes", "affirm")
    sent = values_of(second.cases[0])
    assert sent["move_date"] == "2026-12-12"
    assert sent["name"] == "Priya Shah"
    assert first.drafts[0].state is DraftState.DROPPED
    assert first.cases == []


@pytest.mark.parametrize(
    "said", ["400001", "400 001", "my code is 400001", "I've got a code 400 001", "code 400-001"]
)
def test_a_code_is_understood_whenever_no_form_is_filled(office: Office, said: str) -> None:
    kept(office)
    talk = talk_in(office)
    talk.says(said, "case_status")
    assert talk.asks == "verify_postcode"


@pytest.mark.parametrize(
    "said",
    ["I have a code", "I want to carry on with my form", "can I continue where I left off",
     "I'd like to finish my form", "I was given a six digit code", "I was cut off",
     "resume my application"],
)  # fmt: skip
@pytest.mark.parametrize("label", [None, "house_move", "case_status", "help"])
def test_whoever_wants_to_go_on_is_asked_for_the_code(
    office: Office, said: str, label: str | None
) -> None:
    talk = talk_in(office)
    talk.says(said, label)
    assert talk.asks == "resume_code"


@pytest.mark.parametrize(
    ("said", "label"),
    [("I have a discount code for garden waste", "garden_waste"), ("my postcode is PL4 7AA", None),
     ("what is the dress code", None), ("my sort code is 12 34 56", None)],
)  # fmt: skip
def test_other_codes_are_not_taken_for_one_of_ours(
    office: Office, said: str, label: str | None
) -> None:
    talk = talk_in(office)
    talk.says(said, label)
    assert talk.asks != "resume_code"


def test_three_wrong_codes_end_it(office: Office) -> None:
    kept(office)
    talk = talk_in(office)
    talk.says("I have a code")
    talk.says("123456")
    assert talk.asks == "resume_code"
    talk.says("123457")
    talk.says("123458")
    assert talk.asks == "topic"
    talk.says("400001")
    assert talk.asks == "topic"


def test_five_wrong_checks_end_the_code_whoever_makes_them(office: Office) -> None:
    kept(office)
    for wrong in range(5):
        talk = talk_in(office)
        talk.says("400001")
        assert talk.asks == "verify_postcode", wrong
        talk.says("PL1 2AA")
    assert talk.asks == "topic"
    again = talk_in(office)
    again.says("400001")
    assert again.asks == "resume_code"


def test_a_code_works_once(office: Office) -> None:
    kept(office)
    for asked in ("verify_postcode", "resume_code"):
        talk = talk_in(office)
        talk.says("400001")
        assert talk.asks == asked
        if asked == "verify_postcode":
            talk.says("PL4 7AA")
            assert talk.asks == "new_address"


def test_a_code_ends_after_seven_days(office: Office) -> None:
    kept(office)
    assert isinstance(office.clock, FixedClock)
    office.clock.advance(timedelta(days=7))
    talk = talk_in(office)
    talk.says("400001")
    assert talk.asks == "resume_code"


def test_without_the_answer_to_the_check_it_is_left(office: Office) -> None:
    kept(office)
    talk = talk_in(office)
    talk.says("400001")
    talk.says("I don't know", "dont_know")
    assert talk.asks == "topic"


def test_a_caller_gets_the_code_by_text(office: Office) -> None:
    talk = half_a_move(office, Channel.VOICE, MOBILE)
    talk.says("I'll do it later")
    assert "text you" in talk.said
    talk.says("yes", "affirm")
    (text,) = texts(office)
    assert text.to == MOBILE
    assert CODE in text.text
    assert "move" not in text.text
    assert CODE not in talk.said


@pytest.mark.parametrize("said", ["yes, text it to me", "yes text me", "text it to me please"])
def test_a_form_is_kept_for_whoever_says_yes_by_wanting_its_text(office: Office, said: str) -> None:
    talk = half_a_move(office, Channel.VOICE, MOBILE)
    talk.says("I'll do it later")
    talk.says(said)
    assert talk.drafts[0].answers
    assert talk.drafts[0].state is DraftState.PARKED
    (text,) = texts(office)
    assert CODE in text.text


def test_a_form_is_still_there_while_a_name_for_it_is_awaited(office: Office) -> None:
    talk = a_complaint(office, Channel.VOICE, MOBILE)
    talk.says("I'll do it later")
    talk.says("yes", "affirm")
    assert talk.asks == "name"
    talk.says("text it to me")
    assert talk.asks == "name"
    assert talk.drafts[0].answers
    assert texts(office) == []


def test_a_caller_whose_number_is_withheld_hears_the_code(office: Office) -> None:
    talk = half_a_move(office, Channel.VOICE)
    talk.says("I'll do it later")
    talk.says("yes", "affirm")
    assert "4 0 0, 0 0 1" in talk.said
    assert texts(office) == []


def test_a_call_cut_off_brings_a_text_with_the_code(office: Office) -> None:
    talk = half_a_move(office, Channel.VOICE, MOBILE)
    caller_left(office, talk.id)
    talk.conversations.end(talk.id)
    (text,) = texts(office)
    assert CODE in text.text
    again = talk_in(office, Channel.WEB)
    again.says("400001")
    again.says("PL4 7AA")
    assert again.asks == "new_address"


PRIVATE = "I have debts and depression and was spoken to badly"


def a_complaint(office: Office, channel: Channel, caller: str | None = None) -> Talk:
    """A complaint of which only the story is told: nothing in it shows who told it."""
    talk = Talk(office, channel, caller=caller)
    talk.says("I want to complain", "complaint")
    talk.says(PRIVATE)
    assert talk.draft is not None
    assert PRIVATE in map(str, talk.draft.values.values())
    return talk


def test_a_private_story_that_shows_no_teller_is_not_kept_when_cut_off(office: Office) -> None:
    talk = a_complaint(office, Channel.VOICE, MOBILE)
    caller_left(office, talk.id)
    assert texts(office) == []
    assert not any(draft.state is DraftState.PARKED for draft in talk.drafts)


def test_for_a_private_story_a_name_is_asked_before_it_is_kept(office: Office) -> None:
    talk = a_complaint(office, Channel.WEB)
    talk.says("I'll do it later")
    talk.says("yes", "affirm")
    assert talk.asks == "name"
    talk.says("Priya Shah")
    assert CODE in talk.said
    other = talk_in(office)
    other.says(f"my code is {CODE}")
    assert "debts" not in other.said
    assert other.asks == "verify_name"


def test_a_call_cut_off_at_the_question_keeps_nothing(office: Office) -> None:
    talk = half_a_move(office, Channel.VOICE, MOBILE)
    talk.says("stop", "stop")
    caller_left(office, talk.id)
    assert texts(office) == []
    assert talk.drafts[0].answers == {}


def test_nothing_is_texted_where_it_is_not_safe_or_nothing_was_told(office: Office) -> None:
    unsafe = half_a_move(office, Channel.VOICE, MOBILE)
    unsafe.says("my partner hits me and checks my phone")
    caller_left(office, unsafe.id)
    empty = Talk(office, Channel.VOICE, caller=MOBILE)
    empty.says("I'm moving house", "house_move")
    caller_left(office, empty.id)
    withheld = half_a_move(office, Channel.VOICE)
    caller_left(office, withheld.id)
    assert texts(office) == []


def test_a_chat_left_alone_has_its_code_texted_to_the_mobile_given(office: Office) -> None:
    talk = half_a_move(office)
    assert isinstance(office.clock, FixedClock)
    office.clock.advance(timedelta(hours=2))
    assert close_silent(office, Channel.WEB, timedelta(hours=1)) == 1
    assert talk.conversation.mode is Mode.CLOSED
    (text,) = texts(office)
    assert text.to == MOBILE


def test_texts_left_unanswered_bring_no_text_of_ours(office: Office) -> None:
    half = Talk(office, Channel.SMS, caller=MOBILE)
    half.says("report a pothole", "pothole")
    half.answers("outside 14 Elm Road, Mutley")
    assert isinstance(office.clock, FixedClock)
    office.clock.advance(timedelta(days=2))
    close_silent(office, Channel.SMS, timedelta(days=1))
    assert texts(office) == []


WAITS = (
    "wait", "hang on", "hold on a minute", "one moment please", "just a sec", "give me a minute",
    "bear with me", "let me check", "wait, I'll get my bill", "hang on I need to find my glasses",
    "let me find it", "one second", "ok hold on", "I'm just looking for it",
)  # fmt: skip


@pytest.mark.parametrize("said", WAITS)
def test_whoever_needs_a_moment_has_one(office: Office, said: str) -> None:
    talk = half_a_move(office)
    for _ in range(4):
        talk.says(said)
        assert talk.asks == "new_address"
        assert "ake your time" in talk.said
    assert talk.draft is not None
    assert talk.draft.tries == 0


@pytest.mark.parametrize("said", ["wait", "hang on"])
def test_a_moment_outside_a_form_is_no_failure(office: Office, said: str) -> None:
    talk = talk_in(office)
    for _ in range(3):
        talk.says(said)
    assert talk.asks == "topic"
    assert talk.conversation.misses == 0


@pytest.mark.parametrize("moments", [1, 2])
@pytest.mark.parametrize(
    ("said", "label"),
    [
        ("pardon", "repeat"),
        ("sorry what did you say", "repeat"),
        ("blurgh", None),
        ("say it", "repeat"),
    ],
)
def test_after_a_moment_the_question_itself_is_said_again(
    office: Office, moments: int, said: str, label: str | None
) -> None:
    talk = half_a_move(office)
    talk.says("can you ring me", "callback")
    talk.says("stop")
    asked = talk.heard[-1].said
    for _ in range(moments):
        talk.says("hang on")
    assert "ake your time" in talk.said
    talk.says(said, label)
    assert talk.heard[-1].said.text == asked.text
    assert talk.choices == [choice.value for choice in asked.choices]
    assert "ake your time" not in talk.said
