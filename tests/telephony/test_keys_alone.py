"""Callers who never speak, and callers who want to be talked to otherwise."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from casework.domain.catalogue import PERSON, Tier
from casework.domain.conversations import Mode, Utterance
from telephony.keys import PAGE, postcode_on_keys
from telephony.manner import KEYPAD, LOUDER, RELAY, SLOWER, Wish, wish_in, without_go_ahead
from tests.office import the_council, the_gazetteer
from tests.telephony.conftest import Caller, Line

Ring = Callable[..., Caller]

KEYED = {
    "date": "12122026#", "date_past": "23112026#", "contact": "07700900123#",
    "phone": "07700900123#", "address": "754722#", "location": "754722#", "postcode": "754722#",
    "case_ref": "12345674#", "account_ref": "40217753#", "money": "12#", "callback_slot": "1",
    "text": "2", "person_name": "2", "email": "2", "reference": "2", "registration": "2",
}  # fmt: skip


def keys_for(caller: Caller) -> str:
    ours = [m.said for m in caller.line.transcript(caller.talk.id) if m.author != "resident"]
    asked = ours[-1]
    if "house number" in asked.text.lower() and not asked.choices:
        return "14#"
    if asked.choices and [c for c in asked.choices if c.value not in ("skip", "speak_to_agent")]:
        return "1"
    return KEYED.get(asked.kind or "", "1")


def presses_on(caller: Caller, most: int = 40) -> None:
    """Answers by keys alone until cases are opened, or the call has somewhere else to go."""
    for _ in range(most):
        if caller.heard.over or caller.cases or caller.talk.mode is not Mode.BOT:
            return
        if caller.asked in {"satisfied", "topic", "offer", None} and caller.asked != "offer":
            return
        caller.presses(keys_for(caller))


def test_two_silences_bring_services_to_choose_by_key(ring: Ring) -> None:
    caller = ring()
    caller.keeps_silent()
    caller.keeps_silent()
    assert caller.asked == "service"
    assert "press 1 for" in caller.heard.text
    assert "0 is a person" in caller.heard.text
    caller.presses("4")
    caller.presses("1")
    assert KEYPAD in caller.talk.flags


def test_a_caller_who_never_speaks_reports_a_missed_bin(ring: Ring) -> None:
    caller = ring()
    caller.presses("1")
    assert caller.asked == "service"
    caller.presses("1")
    assert caller.talk.service == "missed_bin"
    assert "letters on the keys" in caller.heard.text
    presses_on(caller)
    (case,) = caller.cases
    assert case.service == "missed_bin"
    assert case.fields["address"].value["postcode"] == "PL4 7AA"


SIMPLE = sorted(
    service.id
    for service in the_council().services.values()
    if service.tier is Tier.SIMPLE and service.on("voice") and service.id != "speak_to_agent"
)


def chooses(caller: Caller, service: str) -> None:
    """Finds a service in the menu that key 1 brings, by keys."""
    caller.presses("1")
    assert caller.asked == "service"
    values = [choice.value for choice in said_last(caller).choices if choice.value != PERSON]
    at = values.index(service)
    for _ in range(at // PAGE):
        caller.presses("4")
    caller.presses(str(at % PAGE + 1), service)


def said_last(caller: Caller) -> Utterance:
    ours = [m.said for m in caller.line.transcript(caller.talk.id) if m.author != "resident"]
    return ours[-1]


@pytest.mark.parametrize("number", ["+447700900123", None], ids=["mobile", "withheld"])
@pytest.mark.parametrize("service", SIMPLE)
def test_a_caller_who_never_speaks_finishes_every_simple_service(
    ring: Ring, service: str, number: str | None
) -> None:
    caller = ring(number)
    chooses(caller, service)
    presses_on(caller)
    told = [m for m in caller.line.transcript(caller.talk.id) if m.said.service == service]
    answered = bool(told) and caller.asked in {"satisfied", "topic", "offer", None}
    elsewhere = caller.talk.mode is not Mode.BOT
    assert caller.cases or elsewhere or answered, (caller.asked, caller.heard.text)


def test_what_no_key_can_say_goes_on_at_a_link_by_text(ring: Ring, line: Line) -> None:
    caller = ring()
    caller.presses("1")
    caller.presses("4")
    caller.presses("4")
    caller.presses("4")
    caller.presses("2")
    for _ in range(10):
        if "link where you can type it" in caller.heard.text:
            break
        caller.presses(keys_for(caller))
    caller.presses("1")
    assert "texted you a link" in caller.heard.text
    with line.office.store.begin(reading=True) as work:
        (text,) = [one for one in work.outbox.recent(10) if one.to == caller.call.from_number]
    assert "/chat/go-on/" in text.text


def test_every_postcode_of_the_council_is_keyed_without_doubt() -> None:
    codes = the_gazetteer().postcodes()
    assert postcode_on_keys("754722", codes) == "PL4 7AA"
    assert postcode_on_keys("123456", codes) is None


@pytest.mark.parametrize(
    ("said", "flag"),
    [
        ("can I use the keypad please", KEYPAD), ("I'd like to use the keys", KEYPAD),
        ("keypad", KEYPAD), ("let me use the buttons", KEYPAD), ("I can't speak", KEYPAD),
        ("can I key it in", KEYPAD), ("I'm using Relay UK", RELAY), ("text relay", RELAY),
        ("hello this is a Relay UK call", RELAY), ("calling via the text relay service", RELAY),
        ("could you speak more slowly", SLOWER), ("slower please", SLOWER),
        ("you're talking too fast", SLOWER), ("slow down please", SLOWER),
        ("I can't hear you", LOUDER), ("speak up please", LOUDER), ("louder", LOUDER),
        ("sorry it's too quiet", LOUDER), ("I can hardly hear you", LOUDER),
    ],
)  # fmt: skip
def test_plain_ways_of_asking_to_be_talked_to_otherwise(said: str, flag: str) -> None:
    wish = wish_in(said)
    assert wish is not None
    assert wish.flags == (flag,)


@pytest.mark.parametrize(
    "said",
    ["what is Relay UK", "I'm not using relay uk", "the road is too quiet at night for parking",
     "there's a slow leak", "the music is louder every night", "I lost my keys", "my bin",
     "I can't hear the traffic light beep", "press the council to act", "a b c"],
)  # fmt: skip
def test_sentences_about_something_else_ask_for_no_manner(said: str) -> None:
    assert wish_in(said) is None


def test_somebody_on_relay_uk_gets_time_and_is_not_cut_off(ring: Ring) -> None:
    caller = ring()
    caller.says("hello I'm using Relay UK")
    assert "all the time you need" in caller.heard.text
    assert RELAY in caller.talk.flags
    caller.says("my bin wasn't emptied", "missed_bin")
    gather = caller.heard.gather
    assert gather is not None
    assert int(gather.attributes["timeout"]) >= 15
    assert int(gather.attributes["speechTimeout"]) >= 4
    for _ in range(4):
        caller.keeps_silent()
    assert not caller.heard.over


def test_relay_and_the_matter_in_one_breath_are_both_heard(ring: Ring) -> None:
    caller = ring()
    caller.says("this is Relay UK, they want to report a missed bin collection", "missed_bin")
    assert caller.asked == "address"
    assert RELAY in caller.talk.flags


def test_slower_and_louder_say_it_again_so(ring: Ring) -> None:
    caller = ring()
    caller.says("my bin wasn't emptied", "missed_bin")
    question = caller.heard.text
    caller.says("slower please")
    assert "prosody rate" in caller.heard.documents[-1]
    assert question in caller.heard.text
    caller.says("I can't hear you")
    assert "volume" in caller.heard.documents[-1]
    assert caller.asked == "address"


def test_spell_it_says_the_names_letter_by_letter(ring: Ring) -> None:
    caller = ring()
    caller.says("my bin wasn't emptied at 14 Elm Road PL4 7AA", "missed_bin")
    caller.presses("1")
    caller.presses("23112026")
    caller.presses("1")
    caller.says("skip")
    assert caller.asked == "confirm"
    caller.says("can you spell it")
    assert "E L M" in caller.heard.text
    assert caller.asked == "confirm"


def test_a_caller_who_uses_keys_is_not_answered_by_noise(ring: Ring) -> None:
    caller = ring()
    caller.presses("1")
    caller.presses("1")
    assert caller.heard.gather is not None
    assert caller.heard.gather.attributes["input"] == "dtmf"


@pytest.mark.parametrize(
    ("said", "rest"),
    [
        ("I'm a relay assistant calling for a deaf person", ""),
        ("I have a deaf caller typing to you", ""),
        ("Hello, this is Relay UK, I will be typing what you say. GA", ""),
        ("relay uk. my bin was missed, go ahead", "my bin was missed"),
    ],
)
def test_what_an_assistant_says_of_the_service_is_no_matter(said: str, rest: str) -> None:
    assert wish_in(said) == Wish((RELAY,), rest)


@pytest.mark.parametrize(
    ("said", "left"),
    [("skip GA", "skip"), ("14 Elm Road go ahead", "14 Elm Road"), ("go ahead", "go ahead")],
)
def test_go_ahead_passes_the_word_on_and_is_no_part_of_an_answer(said: str, left: str) -> None:
    assert without_go_ahead(said) == left
