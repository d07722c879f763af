"""Texts through the stand-in, with the real rooms and an assistant told what is meant."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.messages import Inbound
from casework.adapters.surroundings import FixedClock
from casework.domain.conversations import Author, Channel, Message, Mode
from casework.domain.drafts import DraftState
from casework.domain.errors import Busy
from casework.use_cases.opt_out import has_opted_out
from telephony.texts_in import Answer, Text
from tests.telephony.conftest import CALLER, Line, Texter
from tests.twilio_stand_in.texts import TextPhone

Texting = Callable[..., Texter]


def test_the_first_answer_says_who_answers_and_how_to_reach_a_person(texter: Texting) -> None:
    said = texter().texts("my bin wasn't emptied", "missed_bin")
    assert "automated" in said[0]
    assert "PERSON" in said[0]
    assert "address" in said[-1].lower()


def test_a_run_of_texts_is_one_conversation_for_a_day(line: Line, texter: Texting) -> None:
    somebody = texter()
    somebody.texts("my bin wasn't emptied", "missed_bin")
    assert isinstance(line.office.clock, FixedClock)
    line.office.clock.advance(timedelta(hours=23))
    somebody.texts("14 Elm Road PL4 7AA")
    assert len(somebody.talks) == 1
    line.office.clock.advance(timedelta(hours=24, minutes=1))
    said = somebody.texts("hello", "greet")
    assert len(somebody.talks) == 2
    assert "automated" in said[0]


def test_every_text_is_short_and_asks_one_thing(texter: Texting) -> None:
    somebody = texter()
    for words, label in [
        ("my bin wasn't emptied", "missed_bin"),
        ("14 Elm Road PL4 7AA", None),
        ("1", None),
        ("yesterday", None),
        ("yes", None),
        ("skip", None),
        ("yes", None),
    ]:
        said = somebody.texts(words, label)
        assert said
        assert all(len(text) <= 320 for text in said)
        assert sum(text.count("?") for text in said) <= 1
    (talk,) = somebody.talks
    (case,) = somebody.line.cases(talk.id)
    assert case.fields["bin_type"].value == "refuse"


def test_choices_are_numbered_and_taken_by_number_or_by_their_words(texter: Texting) -> None:
    somebody = texter()
    somebody.texts("my bin wasn't emptied at 14 Elm Road PL4 7AA", "missed_bin")
    assert "1 Brown bin (rubbish), 2 " in somebody.phone.inbox[-1]
    somebody.texts("2.")
    (talk,) = somebody.talks
    with somebody.line.office.store.begin(reading=True) as work:
        (draft,) = work.drafts.of_conversation(talk.id)
    assert draft.value("bin_type") not in {None, "refuse"}


def test_stop_is_respected_at_once_and_start_takes_it_back(line: Line, texter: Texting) -> None:
    somebody = texter()
    somebody.texts("my bin wasn't emptied", "missed_bin")
    assert somebody.texts(" Stop. ") == []
    assert has_opted_out(line.office, CALLER)
    assert somebody.talks[0].mode is Mode.CLOSED
    assert somebody.texts("my bin wasn't emptied", "missed_bin") == []
    assert len(somebody.talks) == 1
    assert "again" in somebody.texts("START")[0]
    assert not has_opted_out(line.office, CALLER)
    assert somebody.texts("my bin wasn't emptied", "missed_bin")


@pytest.mark.parametrize("word", ["STOPALL", "unsubscribe", "Cancel", "END", "quit", "stop all"])
def test_the_kin_of_stop_stop_too(line: Line, word: str) -> None:
    phone = TextPhone(CALLER, "/twilio/sms", "a-token-of-the-tests", "http://localhost:8000",
                      post=line.post)  # fmt: skip
    phone.text(word)
    assert has_opted_out(line.office, CALLER)


def test_a_sentence_with_stop_in_it_stops_nothing(line: Line, texter: Texting) -> None:
    texter().texts("please stop the dustcart at number 5", "missed_bin")
    assert not has_opted_out(line.office, CALLER)


def test_yes_is_an_answer_unless_texts_were_stopped(line: Line, texter: Texting) -> None:
    somebody = texter()
    somebody.texts("is it bin day", "council_tax_pay")
    assert somebody.texts("yes", "affirm")
    somebody.texts("STOP")
    somebody.texts("YES")
    assert not has_opted_out(line.office, CALLER)


def test_what_the_carrier_has_answered_itself_is_not_answered_again(texter: Texting) -> None:
    somebody = texter(opt_out_type=True)
    assert somebody.texts("HELP") == []


def test_help_says_what_this_is(texter: Texting) -> None:
    (said,) = texter().texts("help")
    assert "STOP" in said
    assert "PERSON" in said


def test_the_same_webhook_twice_answers_alike_and_does_nothing_twice(
    line: Line, texter: Texting
) -> None:
    somebody = texter()
    somebody.texts("my bin wasn't emptied", "missed_bin")
    first = somebody.phone.last_reply
    again = somebody.phone.retry_last()
    assert first is not None
    assert first.body == again.body
    assert len(line.talks) == 1
    said = [m for m in line.transcript(line.talks[0].id) if m.author is Author.RESIDENT]
    assert len(said) == 1


def test_an_assisted_service_gets_a_link_that_goes_on_in_the_chat(
    line: Line, texter: Texting
) -> None:
    somebody = texter()
    said = somebody.texts("I'm moving to 14 Elm Road PL4 7AA", "house_move")
    link = next(word for text in said for word in text.split() if "/chat/go-on/" in word)
    assert "CALL" in " ".join(said)
    code = link.rsplit("/", 1)[1]
    assert line.conversations.can_go_on(code)
    begun = line.conversations.go_on(code)
    assert not line.conversations.can_go_on(code)
    assert begun.messages[-1].said.service == "house_move"
    assert begun.messages[-1].said.asks not in {None, "new_address", "topic"}
    with line.office.store.begin(reading=True) as work:
        (here,) = work.drafts.of_conversation(begun.conversation_id)
        (there,) = work.drafts.of_conversation(somebody.talks[0].id)
    assert here.value("new_address")["postcode"] == "PL4 7AA"
    assert (here.state, there.state) == (DraftState.FILLING, DraftState.DROPPED)


def test_a_link_is_too_old_after_a_day(line: Line, texter: Texting) -> None:
    said = texter().texts("I'm moving house", "house_move")
    code = " ".join(said).split("/chat/go-on/")[1].split()[0]
    assert isinstance(line.office.clock, FixedClock)
    line.office.clock.advance(timedelta(hours=24))
    assert not line.conversations.can_go_on(code)


@pytest.mark.parametrize("word", ["CALL", "call", "yes", "call me please"])
def test_or_a_person_rings_whoever_replies_call(line: Line, texter: Texting, word: str) -> None:
    somebody = texter()
    somebody.texts("I'm moving house to 14 Elm Road PL4 7AA", "house_move")
    somebody.texts(word)
    asked = {"name": "Priya Shah", "when": "1", "about": "moving house"}
    while (want := line.transcript(somebody.talks[0].id)[-1].said.asks) in asked:
        somebody.texts(asked[str(want)])
    somebody.texts("yes")
    (case,) = line.cases(somebody.talks[0].id)
    assert case.service == "callback"
    assert case.about == "house_move"
    assert case.fields["phone"].value == CALLER
    assert case.fields["new_address"].value["postcode"] == "PL4 7AA"


def test_a_complex_matter_by_text_is_rung_about(line: Line, texter: Texting) -> None:
    somebody = texter()
    somebody.texts("my mum has passed away", "bereavement")
    with line.office.store.begin(reading=True) as work:
        (draft,) = work.drafts.of_conversation(somebody.talks[0].id)
    assert (draft.service, draft.about) == ("callback", "bereavement")


def test_an_empty_text_or_a_picture_gets_a_clear_sentence(texter: Texting) -> None:
    (said,) = texter().texts("   ")
    assert "words" in said


def test_too_long_a_text_gets_a_clear_sentence(line: Line) -> None:
    answer = line.texts.answer(Text("SM1", CALLER, "a" * 2001))
    assert "2,000" in answer.texts[0]


def test_a_late_answer_is_queued_once(line: Line) -> None:
    text = Text("SM1", CALLER, "my bin wasn't emptied")
    for _ in range(2):
        line.texts.queue(text, Answer(("One.", "Two."), None))
    with line.office.store.begin(reading=True) as work:
        queued = work.outbox.recent()
    assert sorted(message.text for message in queued) == ["One.", "Two."]


def test_a_text_left_over_by_a_process_that_died_is_answered(line: Line) -> None:
    line.engine.breaks_off = True
    text = Text("SM1", CALLER, "my bin wasn't emptied")
    line.engine.meant = replace(line.engine.meant, label="missed_bin")
    with pytest.raises(KeyboardInterrupt):
        line.texts.answer(text)
    line.engine.breaks_off = False
    assert line.texts.answer_left_over() == 0
    assert isinstance(line.office.clock, FixedClock)
    line.office.clock.advance(timedelta(minutes=2))
    assert line.texts.answer_left_over() == 1
    assert line.texts.answer_left_over() == 0
    with line.office.store.begin(reading=True) as work:
        (queued,) = work.outbox.recent()
    assert queued.to == CALLER
    assert "address" in queued.text.lower()


def test_two_numbers_share_nothing(texter: Texting) -> None:
    one, two = texter(), texter("+447700900456")
    one.texts("my bin wasn't emptied at 14 Elm Road PL4 7AA", "missed_bin")
    said = two.texts("my bin wasn't emptied", "missed_bin")
    assert "address" in said[-1].lower()
    assert one.talks[0].id != two.talks[0].id
    assert one.talks[0].channel is Channel.SMS


def test_a_number_with_noughts_in_front_names_no_choice(texter: Texting) -> None:
    somebody = texter()
    somebody.texts("my bin wasn't emptied at 14 Elm Road PL4 7AA", "missed_bin")
    assert "can't answer" not in " ".join(somebody.texts("0010"))


def test_a_run_that_ended_a_moment_ago_loses_no_text(line: Line, texter: Texting) -> None:
    somebody = texter()
    somebody.texts("hello", "greet")
    handle = line.conversations.handle

    def closed_first(inbound: Inbound) -> list[Message]:
        line.conversations.handle = handle  # type: ignore[method-assign]
        line.conversations.end(inbound.conversation_id)
        return handle(inbound)

    line.conversations.handle = closed_first  # type: ignore[method-assign]
    said = somebody.texts("my bin wasn't emptied", "missed_bin")
    assert "address" in said[-1].lower()
    assert len(somebody.talks) == 2


def test_an_apology_does_not_stand_in_the_way_of_the_answer(line: Line) -> None:
    text = Text("SM9", CALLER, "my bin wasn't emptied")
    line.texts.queue(text, line.texts.failed(text, Busy("now")))
    line.texts.queue(text, Answer(("Which bin is it?",), None))
    with line.office.store.begin(reading=True) as work:
        assert len(work.outbox.recent()) == 2


def test_danger_by_text_is_met_with_whom_to_call_whatever_fails(line: Line) -> None:
    text = Text("SM9", CALLER, "there's a fire and I can't get out")
    answer = line.texts.failed(text, Busy("now"))
    assert "999" in answer.texts[0]
    assert all(len(part) <= 320 for part in answer.texts)


def test_one_text_that_cannot_be_answered_keeps_no_other_waiting(line: Line) -> None:
    line.engine.breaks_off = True
    for sid, number in (("SM1", CALLER), ("SM2", "+447700900456")):
        with pytest.raises(KeyboardInterrupt):
            line.texts.answer(Text(sid, number, "my bin wasn't emptied"))
    line.engine.breaks_off = False
    handle = line.conversations.handle

    def fails_for_the_first(inbound: Inbound) -> list[Message]:
        if inbound.id == "SM1":
            raise Busy("now")
        return handle(inbound)

    line.conversations.handle = fails_for_the_first  # type: ignore[method-assign]
    assert isinstance(line.office.clock, FixedClock)
    line.office.clock.advance(timedelta(minutes=2))
    line.texts.answer_left_over()
    with line.office.store.begin(reading=True) as work:
        assert {message.to for message in work.outbox.recent()} == {"+447700900456"}
