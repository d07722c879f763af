"""Every request of a call again: the same TwiML to the letter, and nothing done twice."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from bot.engine import Question
from casework.domain.conversations import Conversation, Mode, Utterance
from casework.domain.drafts import Draft
from tests.telephony.conftest import BASE, CALLER, TOKEN, Caller, Line
from tests.telephony.recorded_calls import make_recording_exchange, waits
from tests.twilio_stand_in.signing import signature

Ring = Callable[..., Caller]
LANDLINE = "+441752000111"


def stands(caller: Caller) -> tuple[Conversation, list[Draft], object, object]:
    """All that a request could have changed."""
    line = caller.line
    with line.office.store.begin(reading=True) as work:
        drafts = work.drafts.of_conversation(caller.talk.id)
        texts = list(work.outbox.recent(10))
    return caller.talk, drafts, line.transcript(caller.talk.id), (caller.cases, texts)


@contextmanager
def repeated(caller: Caller) -> Iterator[None]:
    """What is done in it, the last request of it posted three times over, once at the same time."""
    yield
    document, before = caller.heard.documents[-1], stands(caller)
    about = [n for n, one in enumerate(caller.call.webhooks) if "/twilio/voice" in one.url]
    assert caller.call.resend(about[-1]).body.decode() == document
    with ThreadPoolExecutor(2) as posts:
        again = [posts.submit(caller.call.resend, about[-1]) for _ in range(2)]
    assert [one.result().body.decode() for one in again] == [document] * 2
    assert stands(caller) == before


def of_a_bin(ring: Ring, number: str | None = "+447700900123") -> Caller:
    caller = ring(number)
    caller.says("my bin wasn't emptied", "missed_bin")
    caller.says("14 Elm Road PL4 7AA")
    return caller


def test_the_greeting(ring: Ring, line: Line) -> None:
    caller = ring()
    with repeated(caller):
        pass
    assert len(line.talks) == 1


def test_a_key_for_the_menu_chooses_nothing_from_it(ring: Ring) -> None:
    caller = ring()
    with repeated(caller):
        caller.presses("1")
    assert caller.asked == "service"
    assert caller.talk.service is None
    with repeated(caller):
        caller.presses("4")
    with repeated(caller):
        caller.presses("1", "missed_bin")


def test_the_wish_for_keys(ring: Ring) -> None:
    caller = ring()
    with repeated(caller):
        caller.says("can I use the keypad please")
    assert caller.asked == "service"


@pytest.mark.parametrize("number", ["+447700900123", LANDLINE, None])
def test_each_silence_of_three_and_the_one_after(ring: Ring, number: str | None) -> None:
    caller = of_a_bin(ring, number)
    for _ in range(4):
        if not caller.heard.over:
            with repeated(caller):
                caller.keeps_silent()
    assert caller.heard.over


def test_the_offer_of_a_code_is_not_ended_by_a_repeat(ring: Ring) -> None:
    caller = of_a_bin(ring)
    caller.keeps_silent()
    caller.keeps_silent()
    with repeated(caller):
        caller.keeps_silent()
    assert caller.talk.mode is Mode.BOT
    with repeated(caller):
        caller.presses("1")
    assert "texted you the code" in caller.heard.text


def test_silences_at_the_greeting(ring: Ring) -> None:
    caller = ring()
    for _ in range(3):
        with repeated(caller):
            caller.keeps_silent()
    assert caller.heard.over


def test_wrong_keys_until_a_person_is_brought_and_the_team_gets_it(ring: Ring) -> None:
    caller = of_a_bin(ring, LANDLINE)
    for key in ("8", "8", "8", "8*8", "8*8", "8*8"):
        with repeated(caller):
            caller.presses(key)
    assert caller.heard.over
    assert len(caller.cases) == 1


def test_wrong_keys_at_the_greeting(ring: Ring) -> None:
    caller = ring()
    for _ in range(3):
        with repeated(caller):
            caller.presses("7")
    assert "bring in a person" in caller.heard.text


def test_a_silence_that_brings_a_person(ring: Ring) -> None:
    caller = of_a_bin(ring, LANDLINE)
    caller.presses("8")
    caller.keeps_silent()
    with repeated(caller):
        caller.keeps_silent()
    assert "bring in a person" in caller.heard.text


@pytest.mark.parametrize(
    ("words", "sure"),
    [("the brown one", 0.2), ("the brown one", 0.9), ("slower please", 0.9), ("louder", 0.9),
     ("can you spell it", 0.9), ("hello? hello?", 0.9), ("this is relay UK", 0.9),
     ("I need a person", 0.9), ("wibble flarn", 0.9), ("the quick brown fox", 0.5)],
)  # fmt: skip
def test_what_is_said(ring: Ring, words: str, sure: float) -> None:
    caller = of_a_bin(ring)
    caller.says("blurgh")
    with repeated(caller):
        caller.says(words, sure=sure)


@pytest.mark.parametrize("keys", ["0", "1", "4", "8", "9", "*", "#"])
def test_what_is_pressed(ring: Ring, keys: str) -> None:
    caller = of_a_bin(ring)
    caller.says("blurgh")
    with repeated(caller):
        caller.presses(keys)


def test_a_link_by_key(ring: Ring) -> None:
    caller = ring()
    caller.says("I want to report a pothole", "pothole")
    caller.says("can I use the keypad please")
    caller.presses("754722#")
    for _ in range(5):
        if "link where you can type it" in caller.heard.text:
            break
        caller.presses("14#")
    assert caller.heard.gather is not None
    url = f"{BASE}{caller.heard.gather.attributes['action']}&failures=3"
    form = {"CallSid": caller.call.call_sid, "From": CALLER, "Digits": "1"}
    first, again = (
        caller.line.post(url, dict(form), {"X-Twilio-Signature": signature(TOKEN, url, form)})
        for _ in range(2)
    )
    assert first.body == again.body
    assert b"texted you a link" in first.body
    with caller.line.office.store.begin(reading=True) as work:
        assert len(list(work.outbox.recent(10))) == 1


def test_going_on_after_a_menu_by_the_fallback_counts_its_turn(ring: Ring) -> None:
    caller = ring()
    caller.presses("1")
    path = "/twilio/voice/fallback"
    caller.call.voice_url = caller.call.line.public(path)
    caller.heard = caller.call.begin()
    assert "something went wrong" in caller.heard.text
    caller.presses("1", "missed_bin")
    assert caller.talk.service == "missed_bin"


def test_a_turn_that_is_still_being_answered_is_dealt_with_once(ring: Ring, line: Line) -> None:
    caller = of_a_bin(ring)
    asked, go_on, answer = threading.Event(), threading.Event(), line.engine.answer

    def late(question: Question) -> list[Utterance]:
        asked.set()
        assert go_on.wait(3)
        return answer(question)

    line.engine.answer = late  # type: ignore[method-assign]
    with ThreadPoolExecutor(2) as posts:
        first = posts.submit(caller.says, "the brown one")
        assert asked.wait(3)
        again = posts.submit(caller.call.retry_last)
        go_on.set()
        documents = [first.result().documents[-1], again.result().body.decode()]
    assert documents[0] == documents[1]
    said = [one.said.text for one in line.transcript(caller.talk.id) if one.author == "resident"]
    assert said.count("the brown one") == 1


def test_what_is_asked_after_a_slow_turn(ring: Ring) -> None:
    caller = of_a_bin(ring)
    caller.says("the brown one")
    form = dict(caller.call.webhooks[0].params)
    said = []
    for _ in range(3):
        path = f"{BASE}/twilio/voice/wait?turn=3&poll=1"
        signed = {"X-Twilio-Signature": signature(TOKEN, path, form)}
        said.append(caller.line.post(path, dict(form), signed).body)
    assert said[0] == said[1] == said[2]
    assert b"What day" in said[0]


@pytest.mark.parametrize("answer", ["2", "1", "7", "yes", "no", "what does that mean", ""])
def test_an_answer_to_the_recording_notice(answer: str) -> None:
    for exchange in make_recording_exchange():
        call = waits(exchange)
        if answer.isdigit():
            heard = call.press(answer)
        else:
            heard = call.say(answer) if answer else call.silence()
        talk = exchange.line.talks[0]
        before = (talk, exchange.line.transcript(talk.id), exchange.handoff)
        for _ in range(2):
            assert call.retry_last().body.decode() == heard.documents[-1]
        talk = exchange.line.talks[0]
        assert (talk, exchange.line.transcript(talk.id), exchange.handoff) == before
