"""Texts through the stand-in, with the real rooms and an assistant told what is meant."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.conversation import Then
from bot.messages import Inbound
from casework.adapters.memory_store import MemoryStore
from casework.adapters.surroundings import FixedClock
from casework.domain.conversations import Author, Channel, Message, Mode
from casework.domain.drafts import DraftState
from casework.domain.errors import Busy
from casework.domain.outbox import Delivery
from casework.use_cases.opt_out import has_opted_out
from telephony.text_messages import Answer, Text
from telephony.texts_in import MOST_LEFT_OVER
from tests.office import Meant, the_council
from tests.telephony.conftest import BASE, CALLER, TOKEN, Line, Texter
from tests.twilio_stand_in.signing import signature
from tests.twilio_stand_in.texts import TextPhone
from tests.twilio_stand_in.web import Reply

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
    assert somebody.texts(" Stop ") == []
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


def test_the_fallback_gives_the_answer_that_was_lost(line: Line) -> None:
    lost: list[Reply] = []

    def post(url: str, form: dict[str, str], headers: dict[str, str]) -> Reply:
        reply = line.post(url, form, headers)
        if lost:
            return reply
        lost.append(reply)
        return Reply(502, "text/html", "")

    phone = TextPhone(CALLER, "/twilio/sms", TOKEN, BASE, post=post, fallback_url="/twilio/sms")
    line.engine.meant = Meant("missed_bin")
    assert phone.text("my bin wasn't emptied")
    assert phone.last_reply is not None
    assert phone.last_reply.body == lost[0].body
    assert phone.webhooks[-1].params["ErrorCode"] == "11200"
    assert len(line.talks) == 1


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

    def closed_first(inbound: Inbound, then: Then | None = None) -> list[Message]:
        line.conversations.handle = handle  # type: ignore[method-assign]
        line.conversations.end(inbound.conversation_id)
        return handle(inbound, then)

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

    def fails_for_the_first(inbound: Inbound, then: Then | None = None) -> list[Message]:
        if inbound.id == "SM1":
            raise Busy("now")
        return handle(inbound, then)

    line.conversations.handle = fails_for_the_first  # type: ignore[method-assign]
    assert isinstance(line.office.clock, FixedClock)
    line.office.clock.advance(timedelta(minutes=2))
    line.texts.answer_left_over()
    with line.office.store.begin(reading=True) as work:
        assert {message.to for message in work.outbox.recent()} == {"+447700900456"}


def queued(line: Line) -> list[str]:
    """The words of all texts in the outbox, oldest first."""
    with line.office.store.begin(reading=True) as work:
        return [message.text for message in work.outbox.recent()][::-1]


def break_off(line: Line, text: Text, label: str | None = None) -> None:
    """The process dies after the text is dealt with, before its answer is written."""
    line.engine.breaks_off, line.engine.meant = True, Meant(label)
    with pytest.raises(KeyboardInterrupt):
        line.texts.answer(text)
    line.engine.breaks_off = False


def later(line: Line) -> None:
    """Late enough for a text to count as left over."""
    assert isinstance(line.office.clock, FixedClock)
    line.office.clock.advance(timedelta(minutes=2))


def test_the_first_text_left_over_is_answered_with_the_greeting(line: Line) -> None:
    break_off(line, Text("SM1", CALLER, "my bin wasn't emptied"), "missed_bin")
    later(line)
    line.texts.answer_left_over()
    said = "\n".join(queued(line))
    assert "automated" in said
    assert "address" in said.lower()


def test_a_few_texts_left_over_are_answered_at_a_time(line: Line) -> None:
    for number in range(MOST_LEFT_OVER + 2):
        break_off(line, Text(f"SM{number}", f"+4477009001{number:02}", "my bin wasn't emptied"))
    later(line)
    assert line.texts.answer_left_over() == MOST_LEFT_OVER
    assert line.texts.answer_left_over() == 2
    assert line.texts.answer_left_over() == 0


def test_texts_left_over_that_fail_keep_no_other_waiting_for_ever(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(MOST_LEFT_OVER + 1):
        break_off(line, Text(f"SM{number}", f"+4477009001{number:02}", "my bin wasn't emptied"))
    later(line)
    last, handle = f"SM{MOST_LEFT_OVER}", line.conversations.handle

    def fails_for_most(inbound: Inbound, then: Then | None = None) -> list[Message]:
        if inbound.id != last:
            raise Busy("now")
        return handle(inbound, then)

    monkeypatch.setattr(line.conversations, "handle", fails_for_most)
    line.texts.answer_left_over()
    assert queued(line) == []
    line.texts.answer_left_over()
    assert queued(line)


def test_an_answer_left_over_that_cannot_be_queued_is_not_written_either(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_off(line, Text("SM1", CALLER, "my bin wasn't emptied"), "missed_bin")
    later(line)

    def busy(*args: object, **options: object) -> None:
        raise Busy("now")

    with monkeypatch.context() as broken:
        broken.setattr("telephony.texts_in.queue_message", busy)
        line.texts.answer_left_over()
    assert line.transcript(line.talks[0].id)[-1].author is Author.RESIDENT
    line.texts.answer_left_over()
    assert "address" in "\n".join(queued(line)).lower()


def test_an_answer_that_is_late_is_queued_with_the_record_of_it(line: Line) -> None:
    line.engine.meant = Meant("missed_bin")
    answer = line.texts.answer(Text("SM1", CALLER, "my bin wasn't emptied"), lambda: True)
    assert (answer.texts, answer.queued) == ((), True)
    (said,) = queued(line)
    assert "automated" in said
    assert "address" in said.lower()


def test_a_text_after_one_left_over_gets_both_answers(line: Line, texter: Texting) -> None:
    break_off(line, Text("SM1", CALLER, "my bin wasn't emptied"), "missed_bin")
    said = "\n".join(texter().texts("14 Elm Road PL4 7AA"))
    assert "Which bin is it" in said
    (talk,) = line.talks
    assert [m.turn_id for m in line.transcript(talk.id)][1:3] == ["SM1", texter_sid(line)]
    later(line)
    assert line.texts.answer_left_over() == 0


def texter_sid(line: Line) -> str | None:
    """The carrier's id of the text that came last."""
    said = [m for m in line.transcript(line.talks[0].id) if m.author is Author.RESIDENT]
    return said[-1].turn_id


def test_stop_is_tried_again_and_never_apologised_for(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin, refused = MemoryStore.begin, []

    def busy_at_first(store: MemoryStore, *, reading: bool = False) -> Any:
        if len(refused) < 3:
            refused.append(1)
            raise Busy("now")
        return begin(store, reading=reading)

    monkeypatch.setattr(MemoryStore, "begin", busy_at_first)
    monkeypatch.setattr("telephony.opting.TRIED_EVERY", 0.01)
    assert line.texts.answer(Text("SM1", CALLER, "STOP")).texts == ()
    assert len(refused) == 3
    assert has_opted_out(line.office, CALLER)


@pytest.mark.parametrize("told", ["", "STOP"])
def test_stop_that_fails_for_good_is_answered_with_nothing(line: Line, told: str) -> None:
    assert line.texts.failed(Text("SM1", CALLER, "stop", told), Busy("now")).texts == ()
    line.texts.failed_late(Text("SM1", CALLER, "stop", told), Busy("now"))
    assert queued(line) == []


def test_help_is_given_even_if_nothing_can_be_read(line: Line) -> None:
    (said,) = line.texts.failed(Text("SM1", CALLER, "HELP"), Busy("now")).texts
    assert "STOP" in said
    assert line.texts.failed(Text("SM1", CALLER, "HELP", "HELP"), Busy("now")).texts == ()


@pytest.mark.parametrize("path", ["/twilio/sms", "/twilio/voice", "/twilio/voice/turn?turn=1",
                                  "/twilio/status"])  # fmt: skip
def test_a_request_that_names_no_call_and_no_text_is_refused(line: Line, path: str) -> None:
    form = {"From": CALLER, "Body": "hello", "CallStatus": "completed"}
    signed = {"X-Twilio-Signature": signature(TOKEN, BASE + path, form)}
    assert line.post(BASE + path, form, signed).status == 400
    assert line.talks == []


def test_an_answer_by_text_ends_with_where_to_read_more(texter: Texting) -> None:
    answer = the_council().answers["council_tax_pay"]
    assert answer.links
    said = texter().texts("how do I pay my council tax", "council_tax_pay")
    assert any(answer.links[0].url in text for text in said)
    assert all(len(text) <= 320 for text in said)


def test_what_becomes_of_a_reply_is_known_and_staff_see_that_it_did_not_arrive(
    line: Line, texter: Texting
) -> None:
    somebody = texter()
    somebody.texts("my bin wasn't emptied", "missed_bin")
    with line.office.store.begin(reading=True) as work:
        replied = work.outbox.recent()[0]
    assert replied.state is Delivery.SENT
    url = f"{BASE}/twilio/status?message={replied.id}"
    form = {"MessageSid": "SM" + "1" * 32, "MessageStatus": "undelivered", "ErrorCode": "30003"}
    signed = {"X-Twilio-Signature": signature(TOKEN, url, form)}
    assert line.post(url, form, signed).status == 204
    with line.office.store.begin(reading=True) as work:
        assert work.outbox.get(replied.id).state is Delivery.UNDELIVERED
    assert "message_undelivered" in somebody.talks[0].flags


def test_a_retry_of_a_text_whose_answer_went_out_by_itself_gets_no_second_one(line: Line) -> None:
    text = Text("SM" + "2" * 32, CALLER, "my bin wasn't emptied")
    line.engine.meant = Meant("missed_bin")
    first = line.texts.answer(text, lambda: True)
    assert first.queued
    again = line.texts.answer(text)
    assert again.texts == ()
    with line.office.store.begin(reading=True) as work:
        assert len({one.key for one in work.outbox.recent()}) == len(work.outbox.recent())


def test_an_answer_that_just_missed_the_reply_goes_out_by_itself_and_only_so(line: Line) -> None:
    text = Text("SM" + "3" * 32, CALLER, "my bin wasn't emptied")
    line.engine.meant = Meant("missed_bin")
    answer = line.texts.answer(text)
    line.texts.queue(text, answer)
    with line.office.store.begin(reading=True) as work:
        assert {one.state for one in work.outbox.recent()} == {Delivery.QUEUED}
    assert line.texts.answer(text).texts == ()


def test_a_retry_of_a_text_answered_in_time_gets_the_same_reply(line: Line) -> None:
    text = Text("SM" + "4" * 32, CALLER, "my bin wasn't emptied")
    line.engine.meant = Meant("missed_bin")
    assert line.texts.answer(text).texts == line.texts.answer(text).texts != ()
