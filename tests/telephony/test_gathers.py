"""What every Gather of a call says to Twilio, and how a long answer is read out in one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from casework.domain.conversations import Utterance
from casework.domain.wording import Spoken
from telephony.prompts import Part, Prompt
from telephony.twiml import VoiceTwiml
from tests.office import Meant, the_council
from tests.telephony.conftest import Caller, Line, make_line
from tests.telephony.exchange import SAM, Exchange, make_exchange, rung_back
from tests.telephony.recorded_calls import make_recording_exchange
from tests.twilio_stand_in.heard import Heard
from tests.twilio_stand_in.twiml import Verb, parse

Ring = Callable[..., Caller]
TOPIC, STORY = Utterance("What else?", asks="topic"), Utterance("?", asks="details", kind="text")
ASKED = "recycling_centre"
LONG = "Alpha is open. Bravo is shut. Charlie takes wood. Delta takes glass. Echo takes none."


@pytest.fixture
def line() -> Line:
    """A council that publishes one answer of five sentences."""
    council = the_council()
    book = replace(council.answers[ASKED], said=Spoken(LONG, LONG, LONG), topics={}, links=())
    return make_line(council=replace(council, answers={**council.answers, ASKED: book}))


@pytest.fixture
def exchange() -> Iterator[Exchange]:
    yield from make_exchange()


def gathers(document: str) -> list[Verb]:
    return [verb for verb in parse(document, "text/xml", "voice") if verb.name == "Gather"]


def assert_heard_as_said(*documents: str) -> None:
    """Nothing that is heard is masked: "Scunthorpe" is a place, and whoever swears is in need."""
    found = [gather for document in documents for gather in gathers(document)]
    speech = [one for one in found if "speech" in one.attributes["input"].split()]
    assert speech
    assert {one.attributes.get("profanityFilter") for one in speech} == {"false"}
    assert {one.attributes.get("language") for one in speech} == {"en-GB"}


def test_nothing_that_is_said_in_a_call_is_masked(ring: Ring) -> None:
    caller = ring()
    documents = [*caller.heard.documents]
    for words in ("my bin wasn't emptied", "14 Elm Road PL4 7AA", "the brown one", "yesterday"):
        documents += caller.says(words, "missed_bin").documents
    documents += caller.keeps_silent().documents
    documents += caller.says("I need to know about the tip please", ASKED).documents
    for document in documents:
        assert_heard_as_said(document)


def test_nor_while_waiting(exchange: Exchange) -> None:
    exchange.employs("alex", SAM)
    starred = exchange.wants_a_person().press("*")
    assert_heard_as_said(starred.documents[-1])


def test_nor_by_whoever_is_rung_back(exchange: Exchange) -> None:
    _, caller = rung_back(exchange)
    assert_heard_as_said(caller.heard.documents[-1])


def test_nor_in_answer_to_the_notice_of_a_recording() -> None:
    for exchange in make_recording_exchange():
        exchange.employs("sam", SAM)
        call = exchange.wants_a_person()
        assert_heard_as_said(call.silence().documents[-1])


def test_only_the_last_gather_of_a_document_tells_of_silence(ring: Ring) -> None:
    caller = ring()
    documents = list(caller.heard.documents)
    for words in ("I'm moving house", "within plymouth", "Priya Shah"):
        documents += caller.says(words, "house_move").documents
    assert any(len(gathers(document)) > 1 for document in documents)
    for document in documents:
        *before, last = [one.attributes for one in gathers(document)]
        assert last["actionOnEmptyResult"] == "true"
        assert all("actionOnEmptyResult" not in one for one in before)


def test_the_streets_are_in_the_question_for_an_address_and_in_no_other(ring: Ring) -> None:
    caller = ring()
    caller.says("my bin wasn't emptied", "missed_bin")
    assert caller.asked == "address"
    for gather in gathers(caller.heard.documents[-1]):
        assert {"Elm Road", "Mutley", "PL4"} <= set(gather.attributes["hints"].split(","))
    caller.says("14 Elm Road PL4 7AA")
    assert caller.asked == "bin_type"
    for gather in gathers(caller.heard.documents[-1]):
        assert "Elm Road" not in gather.attributes["hints"]
        assert "Brown bin" in gather.attributes["hints"]


def asks(caller: Caller) -> Heard:
    """Asks what has the long answer, and hears its first two sentences."""
    caller.line.engine.meant = Meant(ASKED)
    heard = caller.call.say("when is the tip open please")
    assert heard.text == "Alpha is open. Bravo is shut."
    return heard


def test_a_long_answer_stops_to_ask_whether_to_go_on(ring: Ring) -> None:
    caller = ring()
    asks(caller)
    heard = caller.call.silence()
    assert heard.text == "Shall I go on?"
    assert heard.gather is not None
    assert "more=1" in heard.gather.attributes["action"]
    assert heard.gather.attributes["timeout"] == "4"


@pytest.mark.parametrize("yes", ["yes", "yes please", "go on", "tell me more"])
def test_it_goes_on_at_a_yes(ring: Ring, yes: str) -> None:
    caller = ring()
    asks(caller)
    caller.call.silence()
    heard = caller.call.say(yes)
    assert heard.text == "Charlie takes wood. Delta takes glass."
    assert caller.call.silence().text == "Shall I go on?"
    assert caller.call.say(yes).text.startswith("Echo takes none.")


def test_it_goes_on_at_silence(ring: Ring) -> None:
    caller = ring()
    asks(caller)
    caller.call.silence()
    assert caller.call.silence().text == "Charlie takes wood. Delta takes glass."


@pytest.mark.parametrize("enough", ["no", "no thanks", "that's enough", "stop", "#"])
def test_it_stops_at_a_no(ring: Ring, enough: str) -> None:
    caller = ring()
    asks(caller)
    caller.call.silence()
    before = caller.line.transcript(caller.talk.id)
    heard = caller.call.press("#") if enough == "#" else caller.call.say(enough)
    heard = caller.call.listen(heard)
    assert "takes" not in heard.text
    assert caller.asked == "satisfied"
    assert caller.line.transcript(caller.talk.id) == before


def test_a_hash_while_it_is_read_out_is_enough(ring: Ring) -> None:
    caller = ring()
    asks(caller)
    heard = caller.call.listen(caller.call.press("#"))
    assert "takes" not in heard.text
    assert caller.asked == "satisfied"


def test_a_hash_in_an_answer_before_the_open_question_is_heard_and_in_a_story_is_not(
    line: Line,
) -> None:
    twiml = VoiceTwiml(line.wording)
    answer = Prompt((Part(LONG, answers=True), Part("What else?", asks=True)), asking=TOPIC)
    *reading, last = gathers(twiml.write(answer))
    assert {one.attributes["finishOnKey"] for one in reading} == {""}
    assert last.attributes["finishOnKey"] == "#"
    (story,) = gathers(twiml.write(Prompt((Part("What is it like?", asks=True),), asking=STORY)))
    assert story.attributes["finishOnKey"] == "#"


def test_a_hash_in_what_is_to_be_confirmed_leaves_nothing_of_it_out(ring: Ring) -> None:
    caller = ring()
    caller.says("my bin wasn't emptied at 14 Elm Road PL4 7AA", "missed_bin")
    caller.presses("1")
    caller.presses("23112026")
    caller.presses("1")
    first = caller.call.say("skip")
    assert caller.asked == "confirm"
    rest = caller.call.listen(caller.call.press("#"))
    assert first.text not in rest.text
    assert "Is that right?" in rest.text
    assert "P L 4, 7 A A" in first.text + rest.text
    assert caller.cases == []


def test_something_else_said_meanwhile_is_dealt_with(ring: Ring) -> None:
    caller = ring()
    asks(caller)
    caller.call.silence()
    caller.says("my bin wasn't emptied", "missed_bin")
    assert caller.asked == "address"
