"""Another time to be rung, asked for at the read-back: the one before it is never sent."""

from __future__ import annotations

import pytest

from tests.casework.changes import fill, said
from tests.office import Talk, make_office

HELD = "2026-11-25T09:00"
FRIDAY_MORNING = "2026-11-27T09:00"
LABELS = [None, "greet", "thanks", "repeat", "affirm", "correct_answer", "bin_day"]
"""What the model may take such a reply for."""


def read_back() -> Talk:
    """A call back, read back for Wednesday morning."""
    return fill(Talk(make_office()), "callback")


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize(
    ("words", "start"),
    [
        ("make it Friday morning", FRIDAY_MORNING),
        ("Friday morning", FRIDAY_MORNING),
        ("Friday morning please", FRIDAY_MORNING),
        ("can we do Friday morning instead", FRIDAY_MORNING),
        ("could it be Friday morning?", FRIDAY_MORNING),
        ("what about Friday morning?", FRIDAY_MORNING),
        ("yes, but Friday morning", FRIDAY_MORNING),
        ("yes, Friday morning", FRIDAY_MORNING),
        ("I'd rather Friday morning", FRIDAY_MORNING),
        ("no, Thursday afternoon", "2026-11-26T13:00"),
        ("Thursday at 2 would be better", "2026-11-26T13:00"),
        ("tomorrow afternoon", "2026-11-25T13:00"),
        ("the afternoon would suit me better", "2026-11-25T13:00"),
        ("2pm", "2026-11-25T13:00"),
        ("as soon as possible", "2026-11-24T13:00"),
    ],
)
def test_another_time_takes_the_place_of_the_one_read_back(
    words: str, start: str, label: str | None
) -> None:
    talk = read_back()
    talk.says(words, label)
    assert talk.asks == "confirm"
    talk.says("yes", "affirm")
    assert talk.refs
    assert talk.cases[-1].fields["when"].value.startswith(start)


@pytest.mark.parametrize("label", [None, "greet", "thanks"])
@pytest.mark.parametrize(
    "words",
    [
        "can you make it Friday instead",
        "make it Friday",
        "not Wednesday",
        "I can't do Wednesday",
        "I'm busy on Wednesday",
        "Wednesday is no good",
        "Saturday morning",
        "later in the week",
        "can I change the time",
        "a different day please",
    ],
)
def test_where_the_new_time_is_open_it_is_asked_for_and_nothing_is_sent(
    words: str, label: str | None
) -> None:
    talk = read_back()
    talk.says(words, label)
    assert (talk.asks, talk.values.get("when")) == ("when", None)
    talk.says("yes", "affirm")
    assert not talk.cases


@pytest.mark.parametrize("label", [None, "greet", "thanks"])
@pytest.mark.parametrize(
    "words",
    [
        "good morning",
        "thanks, have a good afternoon",
        "I'm at work on Friday",
        "I can't do Friday",
        "the bin was out on Friday morning",
        "hello",
    ],
)
def test_other_words_leave_the_time_as_it_is(words: str, label: str | None) -> None:
    talk = read_back()
    talk.says(words, label)
    assert talk.values["when"].startswith(HELD)
    assert not talk.cases


def test_a_time_and_a_number_are_put_right_in_one() -> None:
    talk = read_back()
    talk.says("make it Friday and my number is 07700 900888")
    assert (talk.asks, talk.values["phone"]) == ("when", "+447700900888")
    talk.says("the morning")
    assert talk.values["when"].startswith(FRIDAY_MORNING)


@pytest.mark.parametrize(
    ("service", "asks", "words", "held"),
    [
        ("house_move", "move_date", "the 12th of December", "2026-12-12"),
        ("missed_bin", "contact", "07700 900888", "+447700900888"),
        ("callback", "when", "Friday morning", None),
    ],
)
def test_a_value_is_an_answer_though_it_is_taken_for_a_greeting(
    service: str, asks: str, words: str, held: str | None
) -> None:
    talk = Talk(make_office())
    talk.says("I need that please", service)
    for _ in range(20):
        if talk.asks == asks:
            break
        talk.says(said(service, str(talk.asks))[0])
    talk.says(words, "greet")
    value = talk.values[asks]
    assert value == held if held else value.startswith(FRIDAY_MORNING)


def test_a_later_goodbye_is_no_other_time() -> None:
    talk = read_back()
    talk.says("I'll do it tomorrow")
    assert not talk.cases
    assert talk.asks != "when"
