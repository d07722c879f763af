"""Callers who ask for something by text: sent, or told why not and asked for a mobile number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from casework.domain.conversations import Channel
from casework.domain.drafts import DraftState
from casework.domain.outbox import Delivery
from casework.use_cases import text_on_wish
from casework.use_cases.opt_out import opt_out
from casework.use_cases.text_on_wish import wants_text
from tests.casework.sending import outbox
from tests.office import Talk

Begin = Callable[..., Talk]
MOBILE, OTHER, LANDLINE = "+447700900123", "+447700900456", "+441752000123"

WANTS = [
    "can you text me the link",
    "text me a link please",
    "could you send me a text with the link",
    "text it to me",
    "please send me the link by text",
    "send it to me by text",
    "can you text me that instead",
    "I'd like you to text me the web address",
    "send me a link where I can type it",
    "text it to 07700 900123",
    "text it to +44 7700 900123",
    "can you text that to this number",
    "send it to my phone",
    "please text this to the number I'm calling from",
    "send me the form",
    "could you send me the form please",
    "yes please send the link to my mobile",
    "send me the link to the website",
    "text the link over please",
    "oh great can you text it",
    "send that through to my mobile please",
]
WANTS_NOT = [
    "please only text me",
    "don't text me",
    "text me on weekdays after six",
    "I got a text from you",
    "send someone round",
    "send me a new bin",
    "my landlord wants me out he just text me to go",
    "the text message said after 5",
    "send it",
    "I sent you a text last week",
    "text message",
    "by text",
    "send the form",
    "send me the form by post",
    "send me the form in large print",
    "send me the details",
    "send me a new bin for my number",
    "text it to my daughter",
    "send me your phone number",
    "email me the link",
]


@pytest.mark.parametrize("text", WANTS)
def test_a_wish_for_a_text_is_understood(text: str) -> None:
    assert wants_text(text)


@pytest.mark.parametrize("text", WANTS_NOT)
def test_other_words_about_texts_are_no_such_wish(text: str) -> None:
    assert not wants_text(text)


def telling(begin: Begin, caller: str | None) -> Talk:
    """Somebody on the telephone who tells of graffiti."""
    talk = begin(Channel.VOICE, caller=caller)
    talk.says("I want to report graffiti", "graffiti")
    assert talk.draft is not None
    return talk


def test_a_caller_from_a_mobile_gets_the_form_by_text_at_once(begin: Begin) -> None:
    talk = telling(begin, MOBILE)
    talk.says("can you text me the link")
    (text,) = outbox(talk.office)
    assert text.to == MOBILE
    assert "/chat/go-on/" in text.text
    assert "I've texted you a link" in talk.said


def test_a_withheld_number_is_told_plainly_and_a_mobile_is_taken(begin: Begin) -> None:
    talk = telling(begin, None)
    talk.says("can you text me the link")
    assert "I can't see your number" in talk.said
    assert talk.asks == "phone"
    assert outbox(talk.office) == []
    talk.says("07700 900456")
    assert "0 7 7 0 0, 9 0 0, 4 5 6" in talk.said
    assert outbox(talk.office) == []
    talk.says("yes that's right", "affirm")
    (text,) = outbox(talk.office)
    assert text.to == OTHER
    assert talk.drafts[-1].state is DraftState.PARKED
    assert "I've texted you a link" in talk.said


def test_a_landline_is_asked_for_a_mobile_and_another_landline_only_once_more(
    begin: Begin,
) -> None:
    talk = telling(begin, LANDLINE)
    before = talk.asks
    talk.says("text me a link please")
    assert "not calling from a mobile" in talk.said
    talk.says("01752 000456")
    assert "starting with zero seven" in talk.said
    talk.says("01752 000456")
    assert "I won't text you" in talk.said
    assert talk.asks == before
    assert outbox(talk.office) == []


def test_a_number_heard_wrong_is_put_right(begin: Begin) -> None:
    talk = telling(begin, None)
    talk.says("text me a link please")
    talk.says("07700 900123")
    talk.says("no it's 07700 900456", "deny")
    assert "4 5 6" in talk.said
    talk.presses("yes")
    assert [one.to for one in outbox(talk.office)] == [OTHER]


def test_who_would_rather_not_say_goes_on_where_they_were(begin: Begin) -> None:
    talk = telling(begin, None)
    before = talk.asks
    talk.says("text me a link please")
    talk.says("no I'd rather not", "deny")
    assert "I won't text you" in talk.said
    assert talk.asks == before
    assert talk.conversation.offer is None
    assert outbox(talk.office) == []


def test_an_answer_to_the_form_instead_of_a_number_is_taken_as_such(begin: Begin) -> None:
    talk = telling(begin, None)
    talk.says("text me a link please")
    talk.says("it's on the wall in Elm Road in Mutley")
    assert talk.draft is not None
    assert talk.draft.state is DraftState.FILLING
    assert talk.draft.answers
    assert talk.conversation.offer is None


def test_nobody_unsafe_is_asked_for_a_number(begin: Begin) -> None:
    talk = telling(begin, None)
    with talk.office.store.begin() as work:
        work.conversations.save(replace(talk.conversation, flags=("safe_contact",)))
    talk.says("text me a link please")
    assert "I can't text you a link" in talk.said
    assert talk.asks != "phone"
    assert outbox(talk.office) == []


def test_a_number_that_stopped_texts_is_told_how_to_have_them_again(begin: Begin) -> None:
    talk = telling(begin, MOBILE)
    opt_out(talk.office, MOBILE)
    talk.says("text me a link please")
    assert "text START to us" in talk.said
    assert outbox(talk.office) == []


def test_after_an_answer_the_page_is_texted_and_what_was_asked_is_asked_again(
    begin: Begin,
) -> None:
    talk = begin(Channel.VOICE, caller=None)
    talk.says("my driving licence", "not_council")
    talk.says("can you text me the link")
    talk.says("07700 900456")
    talk.presses("yes")
    (text,) = outbox(talk.office)
    assert text.to == OTHER
    assert "http" in text.text
    assert "sent it to that number" in talk.said
    assert talk.asks == "satisfied"


def test_with_nothing_to_send_the_words_are_left_to_the_assistant(begin: Begin) -> None:
    talk = begin(Channel.VOICE, caller=None)
    talk.says("can you text me the link")
    assert "I can't see your number" not in talk.said


def test_the_same_turn_twice_texts_once(begin: Begin) -> None:
    talk = telling(begin, MOBILE)
    for _ in range(2):
        talk.says("can you text me the link", turn_id="turn-9")
    assert len(outbox(talk.office)) == 1


@pytest.mark.parametrize(
    "said",
    [
        "text me on 07700 900123",
        "you can text me on my mobile",
        "you can text me on 07700 900123 please",
    ],
)
def test_how_to_be_reached_is_an_answer_and_no_wish_for_a_text(begin: Begin, said: str) -> None:
    talk = asked_for_contact(begin)
    talk.says(said)
    assert talk.values["contact"] == MOBILE
    assert talk.asks == "confirm"
    assert outbox(talk.office) == []


def test_yes_text_me_leaves_the_form_open_where_a_number_is_asked_for(begin: Begin) -> None:
    talk = asked_for_contact(begin)
    talk.says("yes text me")
    assert talk.draft is not None
    assert talk.draft.state is DraftState.FILLING
    assert outbox(talk.office) == []


def test_the_link_asked_for_by_name_is_texted_where_a_number_is_asked_for(begin: Begin) -> None:
    talk = asked_for_contact(begin)
    talk.says("can you text me the link")
    assert len(outbox(talk.office)) == 1
    assert talk.drafts[-1].state is DraftState.PARKED


def asked_for_contact(begin: Begin) -> Talk:
    """Somebody who is asked on what number they can be reached."""
    talk = begin(Channel.VOICE, caller=MOBILE)
    talk.says("there's a pothole on Mutley Plain", "pothole")
    talk.answers("it's deep", "no")
    assert talk.asks == "contact"
    return talk


def asks_for_page(talk: Talk, number: str) -> None:
    talk.says("can you text me the link")
    talk.says(number)
    talk.presses("yes")


def test_the_same_page_goes_to_another_number_too_and_once_to_each(begin: Begin) -> None:
    talk = begin(Channel.VOICE, caller=None)
    talk.says("my driving licence", "not_council")
    asks_for_page(talk, "07700 900456")
    first = len(outbox(talk.office))
    for number in ("07700 900456", "07700 900123", "07700 900456", "07700 900123"):
        asks_for_page(talk, number)
        assert "sent it to that number" in talk.said
    sent = [(one.to, one.text) for one in outbox(talk.office)]
    assert first == 1
    assert len(set(sent)) == len(sent)
    assert {to for to, _ in sent} == {MOBILE, OTHER}


def test_a_text_that_never_arrived_is_not_said_to_have_been_sent(begin: Begin) -> None:
    talk = begin(Channel.VOICE, caller=MOBILE)
    talk.says("my driving licence", "not_council")
    for _ in range(3):
        talk.says("can you text me the link")
    assert "already sent it to the number you are calling from" in talk.said
    with talk.office.store.begin() as work:
        for text in work.outbox.recent():
            work.outbox.save(replace(work.outbox.get(text.id), state=Delivery.UNDELIVERED))
    talk.says("can you text me the link")
    assert "already sent it" not in talk.said
    assert "can't send texts" in talk.said


BLUE_BADGE_PARKING = (
    "https://www.gov.uk/government/publications/the-blue-badge-scheme-rights-and-responsibilities"
    "-in-england"
)


def asks_where_to_park(begin: Begin, caller: str | None) -> Talk:
    """Somebody who was told of a topic that has a page of its own."""
    talk = begin(Channel.VOICE, caller=caller)
    talk.says("where can I park with my blue badge", "blue_badge", topic="where_to_park",
              question=True)  # fmt: skip
    return talk


def pages(talk: Talk) -> list[str]:
    return [one.text for one in outbox(talk.office)]


def test_the_page_of_what_was_answered_is_texted_after_a_number_was_asked_for(
    begin: Begin,
) -> None:
    talk = asks_where_to_park(begin, None)
    asks_for_page(talk, "07700 900456")
    (text,) = pages(talk)
    assert BLUE_BADGE_PARKING in text


def test_so_it_is_after_a_number_that_had_to_be_said_again(begin: Begin) -> None:
    talk = asks_where_to_park(begin, LANDLINE)
    talk.says("text it to 01752 000456")
    talk.says("07700 900456")
    talk.says("no it's 07700 900123", "deny")
    talk.presses("yes")
    (text,) = pages(talk)
    assert BLUE_BADGE_PARKING in text


def test_the_same_page_is_texted_when_it_is_asked_for_again_and_after_it_was_enough(
    begin: Begin,
) -> None:
    talk = asks_where_to_park(begin, None)
    asks_for_page(talk, "07700 900456")
    asks_for_page(talk, "07700 900123")
    talk.says("yes", "affirm")
    asks_for_page(talk, "07700 900789")
    assert [BLUE_BADGE_PARKING in text for text in pages(talk)] == [True] * 3


def test_a_later_answer_has_its_own_page(begin: Begin) -> None:
    talk = asks_where_to_park(begin, MOBILE)
    talk.says("no thanks", "deny")
    talk.says("how do I pay", "council_tax_pay", topic="direct_debit")
    talk.says("text me the link please")
    assert pages(talk)
    assert not any(BLUE_BADGE_PARKING in text for text in pages(talk))


class Dies(BaseException):
    """The process, in mid-turn."""


def test_a_process_that_dies_over_an_answer_to_no_number_leaves_it_to_be_answered(
    begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(*about: object) -> None:
        raise Dies

    talk = telling(begin, None)
    talk.says("text me a link please")
    with monkeypatch.context() as broken:
        broken.setattr(text_on_wish, "_forget", dies)
        with pytest.raises(Dies):
            talk.says("it's on the wall in Elm Road in Mutley", turn_id="again")
    assert talk.says("it's on the wall in Elm Road in Mutley", turn_id="again")
    assert talk.draft is not None
    assert talk.draft.answers
