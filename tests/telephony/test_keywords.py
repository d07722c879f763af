"""The words by which texts are stopped, started and explained."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from casework.adapters.scripted_sender import ScriptedSender
from casework.domain.conversations import Mode
from casework.domain.errors import OptedOut
from casework.domain.outbox import Delivery
from casework.domain.text_length import in_gsm7, pieces
from casework.use_cases.opt_out import has_opted_out
from telephony.keywords import Keyword, keyword_of
from telephony.text_messages import Text
from tests.casework.sending import deliver, message, queue, queued
from tests.telephony.conftest import CALLER, Line, Texter

STOPS = [
    "STOP",
    "stop",
    "Stop.",
    " stop ",
    "STOP!!",
    "“Stop”",
    "'stop'",
    "Stop\n",
    "stop?",
    "*stop*",
    "STOP,",
    "STOPALL",
    "stopall.",
    "STOP ALL",
    "stop  all",
    "Stop-all",
    "unsubscribe",
    "UNSUBSCRIBE.",
    "END",
    "end.",
    "Cancel",
    "CANCEL!",
    "quit",
    "Quit.",
    "OPTOUT",
    "opt out",
    "opt-out",
    "Opt Out.",
    "REVOKE",
    "revoke.",
]

GOES_ON = [
    "please stop the dustcart at number 5",
    "stop it",
    "the bus stop is broken",
    "I want to cancel my bin order",
    "the end of Elm Road",
    "stop 5",
    "don't stop",
    "cancel the last one",
    "quit smoking help",
    "bus stop",
    "can you help me",
    "start again",
    "end terrace",
    "information please",
    "no stop",
    "stop start",
]


@pytest.mark.parametrize("text", STOPS)
def test_stop_and_its_kin_in_any_case_and_with_any_signs_around(text: str) -> None:
    assert keyword_of(text) is Keyword.STOP


@pytest.mark.parametrize("text", GOES_ON)
def test_such_a_word_in_a_sentence_is_none(text: str) -> None:
    assert keyword_of(text) is None
    assert keyword_of(text, opted_out=True) is None


@pytest.mark.parametrize(
    ("text", "keyword"),
    [
        ("START", Keyword.START),
        ("Start.", Keyword.START),
        ("unstop!", Keyword.START),
        ("HELP", Keyword.HELP),
        ("help?", Keyword.HELP),
        ("Info.", Keyword.HELP),
        ("INFO", Keyword.HELP),
    ],
)
def test_start_help_and_info(text: str, keyword: Keyword) -> None:
    assert keyword_of(text) is keyword


@pytest.mark.parametrize("keyword", list(Keyword))
def test_what_the_carrier_makes_of_a_text_counts_whatever_the_words(keyword: Keyword) -> None:
    assert keyword_of("arrêt", keyword.value) is keyword
    assert keyword_of("arrêt", keyword.value.lower()) is keyword


@pytest.mark.parametrize("text", ["yes", "YES.", "Yes!"])
def test_yes_starts_texts_again_only_for_whom_they_were_stopped(text: str) -> None:
    assert keyword_of(text) is None
    assert keyword_of(text, opted_out=True) is Keyword.START


@pytest.mark.parametrize("text", ["Stop.", "opt out", "“STOP”", "stop all", "opt-out"])
def test_a_stop_that_the_carrier_does_not_know_ends_the_run_and_is_confirmed_once(
    line: Line, texter: Callable[..., Texter], text: str
) -> None:
    somebody = texter()
    somebody.texts("my bin wasn't emptied", "missed_bin")
    before = len(somebody.phone.inbox)
    (said,) = somebody.texts(text)
    assert said == line.wording.say("stopped")
    assert len(somebody.phone.inbox) == before + 1
    assert has_opted_out(line.office, CALLER)
    assert somebody.talks[0].mode is Mode.CLOSED
    assert somebody.texts(text) == []
    assert not queue(line.office, CALLER)


@pytest.mark.parametrize("text", ["STOP", " stop ", "StopAll", "unsubscribe", "Cancel", "END",
                                  "quit", "REVOKE", "optout"])  # fmt: skip
def test_a_stop_that_the_carrier_confirms_is_not_confirmed_twice(
    line: Line, texter: Callable[..., Texter], text: str
) -> None:
    somebody = texter()
    assert somebody.texts(text) == []
    assert len(somebody.phone.inbox) == 1
    assert has_opted_out(line.office, CALLER)


def test_the_confirmation_fits_into_one_text(line: Line) -> None:
    assert pieces(in_gsm7(line.wording.say("stopped"))) == [line.wording.say("stopped")]
    assert len(line.wording.say("stopped")) <= 160


def test_the_carrier_s_opt_out_type_is_obeyed_though_we_have_no_such_word(line: Line) -> None:
    assert line.texts.answer(Text("SM1", CALLER, "arrêt", "STOP")).texts == ()
    assert has_opted_out(line.office, CALLER)
    assert line.texts.answer(Text("SM2", CALLER, "bitte", "START")).texts == ()
    assert not has_opted_out(line.office, CALLER)


def test_a_number_that_the_carrier_refuses_is_written_to_no_more_from_that_moment(
    line: Line,
) -> None:
    first, second = queued(line.office, CALLER), queued(line.office, CALLER)
    sender = ScriptedSender()
    sender.fail(OptedOut("21610"))
    deliver(line.office, sender)
    assert [message(line.office, one).state for one in (first, second)] == [Delivery.OPTED_OUT] * 2
    assert sender.taken == []
    assert not queue(line.office, CALLER)
