"""What agents do with those who wait leaves the assistant able to go on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from casework.domain.conversations import Author, Channel, Mode
from casework.domain.drafts import DraftState, Source
from casework.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from casework.domain.handoffs import HandoffState
from casework.use_cases.accept_handoff import accept_at_desk, accept_handoff
from casework.use_cases.close_handoff import close_handoff
from casework.use_cases.fill_as_agent import fill_as_agent
from casework.use_cases.hand_back import hand_back
from casework.use_cases.note_on_handoff import add_note
from casework.use_cases.office import Office
from casework.use_cases.opt_out import opt_out
from casework.use_cases.queue_rows import read_row
from casework.use_cases.read_context import read_context
from casework.use_cases.reply_as_agent import reply_as_agent
from tests.casework.desk import (
    BO,
    KIM,
    MOBILE,
    SAM,
    enqueue,
    handoff_of,
    newest,
    taken,
    team,
    texts,
    waiting,
)
from tests.office import Talk, make_office


@pytest.fixture
def office() -> Office:
    return make_office()


def test_whoever_takes_it_has_it_and_the_resident_is_told(office: Office) -> None:
    talk = waiting(office)
    asked = talk.heard[-1].said
    handoff = accept_handoff(office, SAM, "h1")
    assert handoff == handoff_of(office)
    assert (handoff.state, handoff.agent) == (HandoffState.TAKEN, "s")
    assert handoff.taken_at == handoff.seen_at == office.clock.now()
    assert talk.conversation.mode is Mode.AGENT
    told = newest(talk)
    assert (told.author, told.mode) == (Author.SYSTEM, Mode.AGENT)
    assert SAM.name in told.said.text
    # The question of the form is still the one to be answered.
    assert (told.said.asks, told.said.kind) == (asked.asks, asked.kind)
    assert told.said.choices == asked.choices
    assert accept_handoff(office, SAM, "h1") == handoff
    assert newest(talk) == told


@pytest.mark.parametrize("state", [*HandoffState])
def test_what_somebody_else_has_or_nobody_wants_cannot_be_taken(
    office: Office, state: HandoffState
) -> None:
    team(office)
    talk = Talk(office)
    enqueue(talk, state=state, agent=KIM.id)
    before = talk.transcript
    if state in {HandoffState.WAITING, HandoffState.RINGING}:
        assert accept_handoff(office, SAM, "h1").agent == SAM.id
        return
    with pytest.raises(Conflict):
        accept_handoff(office, SAM, "h1")
    assert talk.transcript == before


def test_a_call_is_not_taken_at_the_desk(office: Office) -> None:
    talk = waiting(office, Channel.VOICE, caller=MOBILE)
    with pytest.raises(Conflict):
        accept_at_desk(office, SAM, "h1")
    accept_handoff(office, SAM, "h1")
    with pytest.raises(Conflict):
        reply_as_agent(office, SAM, "h1", "Hello", "m1")
    assert talk.conversation.mode is Mode.AGENT
    assert texts(office) == []


CALLS: list[Callable[..., Any]] = [
    accept_handoff,
    accept_at_desk,
    hand_back,
    close_handoff,
    lambda office, member, it: reply_as_agent(office, member, it, "Hello", "m1"),
    lambda office, member, it: add_note(office, member, it, "Rang."),
    lambda office, member, it: fill_as_agent(office, member, it, "collection_date", "today"),
    read_context,
    read_row,
]


@pytest.mark.parametrize("call", CALLS)
def test_the_back_office_talks_to_nobody_and_an_unknown_handoff_is_nothing(
    office: Office, call: Callable[..., Any]
) -> None:
    taken(office)
    with pytest.raises(NotAllowed):
        call(office, BO, "h1")
    with pytest.raises(NotFound):
        call(office, SAM, "h2")


@pytest.mark.parametrize("call", CALLS[2:5] + CALLS[6:7])
def test_what_a_colleague_has_is_left_alone(office: Office, call: Callable[..., Any]) -> None:
    talk = taken(office)
    before = talk.transcript
    with pytest.raises(Conflict):
        call(office, KIM, "h1")
    assert talk.transcript == before


def test_a_reply_is_said_once_without_card_numbers(office: Office) -> None:
    talk = taken(office)
    said = reply_as_agent(office, SAM, "h1", " Not 4111 1111 1111 1111, please. ", "m1")
    assert (said.author, said.turn_id, said.mode) == (Author.AGENT, "agent-m1", Mode.AGENT)
    assert said.said.text == "Not ••••, please."
    assert said.said.asks == talk.heard[-1].said.asks
    assert reply_as_agent(office, SAM, "h1", "Again", "m1") == said
    assert newest(talk) == said
    for text in ("", " ", "x" * 2001):
        with pytest.raises(Invalid):
            reply_as_agent(office, SAM, "h1", text, "m2")
    with pytest.raises(Invalid):
        reply_as_agent(office, SAM, "h1", "Hello", "")


def test_in_a_run_of_texts_all_of_it_goes_out(office: Office) -> None:
    talk = taken(office, Channel.SMS, caller=MOBILE)
    reply_as_agent(office, SAM, "h1", "Hello", "m1")
    reply_as_agent(office, SAM, "h1", "word " * 350, "m2")
    hand_back(office, SAM, "h1")
    sent = texts(office)
    assert {one.to for one in sent} == {MOBILE}
    assert SAM.name in sent[0].text
    assert [one.key for one in sent[1:4]] == [
        f"agent:{talk.id}:m1",
        f"agent:{talk.id}:m2",
        f"agent:{talk.id}:m2:2",
    ]
    assert all(len(one.text) <= 1_500 for one in sent)
    # The question comes again with its answers by number.
    question = newest(talk).said
    assert question.text in sent[-1].text
    assert f"\n1 {question.choices[0].label}" in sent[-1].text


def test_a_number_that_takes_no_texts_is_not_replied_to(office: Office) -> None:
    talk = taken(office, Channel.SMS, caller=MOBILE)
    opt_out(office, MOBILE)
    before = talk.transcript
    with pytest.raises(Conflict):
        reply_as_agent(office, SAM, "h1", "Hello", "m1")
    assert talk.transcript == before


def test_notes_are_for_colleagues(office: Office) -> None:
    talk = taken(office)
    before = talk.transcript
    add_note(office, KIM, "h1", "Card 4111 1111 1111 1111")
    close_handoff(office, SAM, "h1")
    noted = add_note(office, SAM, "h1", "Rang off.")
    assert [(note.by, note.text) for note in noted.notes] == [
        (KIM.name, "Card ••••"),
        (SAM.name, "Rang off."),
    ]
    assert talk.transcript[:-1] == before
    with pytest.raises(Invalid):
        add_note(office, SAM, "h1", " ")


def test_handed_back_the_form_goes_on_where_it_was(office: Office) -> None:
    talk = taken(office)
    asked = talk.heard[-1].said
    talk.says("are you there?")
    handoff = hand_back(office, SAM, "h1")
    assert (handoff.state, handoff.agent) == (HandoffState.RETURNED, SAM.id)
    assert handoff.ended_at == office.clock.now()
    assert talk.conversation.mode is Mode.BOT
    assert newest(talk).said == asked
    assert hand_back(office, SAM, "h1") == handoff
    talk.heard = talk.transcript[-1:]
    talk.presses(asked.choices[0].value)
    assert talk.values[str(asked.asks)] == asked.choices[0].value


def test_handed_back_without_a_form_it_asks_what_else(office: Office) -> None:
    team(office)
    talk = Talk(office)
    enqueue(talk)
    accept_handoff(office, SAM, "h1")
    assert newest(talk).said.asks is None
    hand_back(office, SAM, "h1")
    assert newest(talk).said.asks == "topic"
    talk.heard = talk.transcript[-1:]
    talk.says("I'm moving house", "house_move")
    assert talk.draft is not None


def test_handed_back_with_nothing_left_to_ask_the_answer_is_looked_up(office: Office) -> None:
    team(office)
    talk = Talk(office)
    talk.says("when is my bin day", "bin_day")
    enqueue(talk)
    accept_handoff(office, SAM, "h1")
    fill_as_agent(office, SAM, "h1", "address", "1 Nowhere Lane, PL4 8AA")
    hand_back(office, SAM, "h1")
    assert talk.draft is not None
    assert talk.draft.state is DraftState.CONFIRMED
    assert newest(talk).said.asks == "topic"


def test_closed_the_resident_is_told_and_can_say_no_more(office: Office) -> None:
    talk = taken(office)
    handoff = close_handoff(office, SAM, "h1")
    assert handoff.state is HandoffState.ENDED
    assert (talk.conversation.mode, newest(talk).said.asks) == (Mode.CLOSED, None)
    assert SAM.name in newest(talk).said.text
    assert close_handoff(office, SAM, "h1") == handoff
    with pytest.raises(Conflict):
        talk.says("hello?")
    with pytest.raises(Conflict):
        hand_back(office, SAM, "h1")


def test_a_field_filled_by_an_agent_is_shown_to_the_resident_and_asked_no_more(
    office: Office,
) -> None:
    talk = taken(office)
    field = str(talk.heard[-1].said.asks)
    choice = talk.heard[-1].said.choices[0]
    captured = fill_as_agent(office, SAM, "h1", field, choice.label)
    assert (captured.field, captured.service) == (field, "missed_bin")
    assert (captured.answer.value, captured.answer.source) == (choice.value, Source.AGENT)
    told = newest(talk).said
    assert choice.label in told.text
    assert talk.draft is not None
    assert talk.draft.asking == told.asks != field
    hand_back(office, SAM, "h1")
    assert newest(talk).said.asks == told.asks
    assert field in talk.values


@pytest.mark.parametrize(
    ("field", "text", "problem"),
    [
        ("collection_date", "31 February 2027", "date_impossible"),
        ("collection_date", "purple", "not_understood"),
        ("collection_date", " ", "text"),
        ("move_date", "today", "no form"),
    ],
)
def test_what_cannot_be_filled_is_refused_with_the_reason(
    office: Office, field: str, text: str, problem: str
) -> None:
    talk = taken(office)
    before = talk.transcript, talk.draft
    with pytest.raises((Invalid, Conflict), match=problem):
        fill_as_agent(office, SAM, "h1", field, text)
    assert (talk.transcript, talk.draft) == before
