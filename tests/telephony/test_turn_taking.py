"""What a caller hears before the line listens, and what it listens for."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from casework.domain.conversations import Channel, Choice, Utterance
from telephony.hints import LONGEST, MOST, Places, hints
from telephony.keys import offered
from telephony.pieces import pieces, sentences_of
from telephony.prompts import Part
from telephony.speaking import aloud, keys_for
from tests.office import Meant, the_council, the_gazetteer
from tests.telephony.conftest import Caller, Line
from tests.twilio_stand_in.twiml import Verb, parse

Ring = Callable[..., Caller]


def gathers(document: str) -> list[Verb]:
    return [verb for verb in parse(document, "text/xml", "voice") if verb.name == "Gather"]


def said_in(gather: Verb) -> str:
    return " ".join(verb.text for verb in gather.nested if verb.name == "Say")


def assert_short(document: str) -> None:
    for gather in gathers(document):
        assert len(sentences_of(said_in(gather))) <= 2, said_in(gather)


def test_a_house_move_says_at_most_two_sentences_before_it_listens(ring: Ring) -> None:
    caller = ring()
    caller.says("I'm moving house", "house_move")
    answers = {
        "direction": "within plymouth",
        "name": "Priya Shah",
        "contact": "07700 900123",
        "old_address": "14 Elm Road, PL4 7AA",
        "new_address": "7 Oak Street, PL2 1AB",
        "move_date": "12 December",
        "tenure": "renting from a private landlord",
        "other_adults": "just me",
        "services_to_tell": "bins",
    }
    for _ in range(30):
        for document in caller.heard.documents:
            assert_short(document)
        if caller.asked == "confirm":
            break
        caller.says(answers.get(str(caller.asked), "skip"))
    assert caller.asked == "confirm"
    assert "7 Oak Street, P L 2, 1 A B" in caller.heard.text
    caller.says("yes that's right")
    for document in caller.heard.documents:
        assert_short(document)
    assert caller.cases


@pytest.mark.parametrize("service", sorted(the_council().services))
def test_the_first_turn_of_every_service_is_short(ring: Ring, service: str) -> None:
    caller = ring()
    heard = caller.says("I need some help with this please", service)
    for document in heard.documents:
        assert_short(document)


def test_every_question_tells_at_most_three_choices_and_the_way_to_more() -> None:
    many = tuple(Choice(f"Team {n}", f"team_{n}") for n in range(9))
    assert len(offered(Utterance("Which?", many, asks="choices", kind="choices"))) == 3
    for field in the_council().fields.values():
        choices = tuple(Choice(one.label, one.id) for one in field.options)
        asked = Utterance("Which?", choices, asks=field.id, kind=field.type)
        assert len(offered(asked)) <= 4


@pytest.mark.parametrize("key", sorted(the_council().wording))
def test_no_wording_for_the_ear_is_longer_than_two_sentences(key: str) -> None:
    if not key.endswith("_email"):
        voice = aloud(the_council().wording[key].on(Channel.VOICE))
        assert len(sentences_of(voice)) <= 2


@pytest.mark.parametrize("field", sorted(the_council().fields))
def test_every_question_is_heard_in_pieces_of_two_sentences(line: Line, field: str) -> None:
    asked = the_council().fields[field]
    choices = [Choice(one.label, one.id) for one in asked.options]
    for text in (asked.ask.voice, asked.again.voice):
        whole = f"{text} {asked.skip or ''}"
        said = Utterance(whole, tuple(choices), asks=field, kind=asked.type)
        parts = [Part(aloud(whole)), *keys_for(said, line.wording)]
        for piece in pieces(parts, "More?"):
            assert len(piece.parts) <= 2


def test_a_long_answer_stops_to_ask_whether_to_go_on() -> None:
    answer = Part("One. Two. Three. Four. Five.", answers=True)
    found = pieces([answer, Part("Was that it?")], "Shall I go on?")
    texts = [" ".join(part.text for part in piece.parts) for piece in found]
    assert texts == [
        "One. Two.", "Shall I go on?", "Three. Four.", "Shall I go on?", "Five.", "Was that it?",
    ]  # fmt: skip
    assert [piece.more for piece in found] == [False, True, False, True, False, False]


def test_what_must_be_heard_is_not_cut_off_and_cuts_off_nothing_else() -> None:
    found = pieces([Part("Call 999.", firm=True), Part("Are you safe?")], "More?")
    assert [(len(piece.parts), piece.firm) for piece in found] == [(1, True), (1, False)]


def test_an_error_and_danger_are_heard_to_the_end(ring: Ring) -> None:
    caller = ring()
    assert all(g.attributes["bargeIn"] == "true" for g in gathers(caller.heard.documents[-1]))
    caller.keeps_silent()
    assert gathers(caller.heard.documents[-1])[0].attributes["bargeIn"] == "false"
    caller.says("there's a fire and I can't get out")
    assert gathers(caller.heard.documents[-1])[0].attributes["bargeIn"] == "false"


def test_an_answer_need_not_wait_for_all_that_is_said(ring: Ring) -> None:
    caller = ring()
    caller.line.engine.meant = Meant("house_move")
    opened = caller.call.say("I'm moving house")
    assert opened.gather is not None
    assert "left=" in opened.gather.attributes["action"]
    before = caller.asked
    caller.says("skip" if str(before).startswith("verify_") else "within plymouth")
    assert caller.asked != before


def test_a_plain_yes_in_the_middle_of_the_read_back_counts_if_it_was_heard_for_sure(
    ring: Ring,
) -> None:
    caller = ring()
    caller.says("my bin wasn't emptied at 14 Elm Road PL4 7AA", "missed_bin")
    caller.presses("1")
    caller.presses("23112026")
    caller.presses("1")
    caller.call.say("skip")
    assert caller.asked == "confirm"
    caller.says("yes", sure=0.6)
    assert caller.cases == []
    assert "Is that right?" in caller.heard.text
    caller.says("yes that's right", sure=0.95)
    assert len(caller.cases) == 1


PLACES = Places(tuple(the_gazetteer().streets()), ("Mutley",), ("Plymouth",))


def test_an_address_is_awaited_with_the_councils_streets() -> None:
    words = hints(Utterance("Where?", asks="address", kind="address"), PLACES).split(",")
    assert {"Elm Road", "Oak Street", "Mutley"} <= set(words)
    assert "December" not in words


def test_a_date_is_awaited_with_months_and_days() -> None:
    words = hints(Utterance("When?", asks="move_date", kind="date"), PLACES).split(",")
    assert {"December", "Monday", "twelfth"} <= set(words)
    assert "Elm Road" not in words


def test_hints_keep_to_what_twilio_takes() -> None:
    many = Places(tuple(f"Street {n} {'x' * 200}" for n in range(900)))
    asking = Utterance("Where?", asks="address", kind="address")
    words = hints(asking, many).split(",")
    assert len(words) <= MOST
    assert max(map(len, words)) <= LONGEST
    assert len(hints(asking, many, 10)) * 10 < 64_000


def test_the_line_waits_longer_for_a_story_than_for_a_yes(ring: Ring) -> None:
    caller = ring()
    caller.says("I want to report a pothole", "pothole")
    assert caller.heard.gather is not None
    assert caller.heard.gather.attributes["speechTimeout"] == "3"
    caller.says("Elm Road in Mutley outside number fourteen")
    caller.says("about a foot across and deep")
    assert caller.heard.gather.attributes["speechTimeout"] == "1"


def test_the_voice_is_the_councils(ring: Ring) -> None:
    document = ring().heard.documents[-1]
    assert f'voice="{the_council().facts["voice"]}"' in document
    assert re.search("Neural|Generative", the_council().facts["voice"])
