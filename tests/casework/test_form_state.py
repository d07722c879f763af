"""Whatever order fields arrive in, whatever is corrected, the case equals what was agreed to."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.domain.branches import branched
from casework.domain.catalogue import Service
from casework.domain.conversations import Channel, Conversation, Turn
from casework.domain.drafts import (
    CONFIRM,
    Answer,
    Draft,
    DraftState,
    Source,
    next_question,
    pruned,
    uses_in_order,
)
from casework.domain.errors import Invalid
from casework.use_cases.filling import Filling
from casework.use_cases.finish_draft import go_on
from casework.use_cases.open_cases import open_cases
from casework.use_cases.take_answer import take_answer
from tests.casework.changes import said, taken
from tests.office import NOW, make_office, values_of

SERVICES = taken()
DIFFERENT: dict[str, tuple[Any, ...]] = {
    "date": ("2026-12-01", "2026-11-20", "2027-01-15"),
    "date_past": ("2026-11-20", "2008-11-04", "1990-06-01"),
    "yes_no": (True, False),
    "address": ({"lines": ["1 A St"], "postcode": "PL1 1AA", "matched": False},
                {"lines": ["2 B St"], "postcode": "PL2 2BB", "matched": True}),
    "location": ({"text": "Elm Road", "matched": True}, {"text": "Oak Street", "matched": True}),
    "contact": ("+447700900123", "p@example.com"),
}  # fmt: skip
"""Values by type; of a choice its options, of anything else a few words."""


def values_for(service: Service, field_id: str) -> st.SearchStrategy[Any]:
    """Values that a field may come to hold."""
    use = service.use(field_id)
    assert use is not None
    field = use.field
    if field.type == "choices":
        teams = [tell.team for tell in service.tells if not tell.must]
        return st.lists(st.sampled_from(teams), unique=True)
    values: tuple[Any, ...] = DIFFERENT.get(field.type, ("one", "another"))
    if field.options:
        values = tuple(option.id for option in field.options)
    if use.optional or field.may_be_unknown:
        values = (*values, None)
    return st.sampled_from(values)


@st.composite
def tellings(draw: st.DrawFn) -> tuple[Service, list[tuple[str, Any]]]:
    """A service, and answers to its fields in any order, some of them more than once."""
    service = draw(st.sampled_from(SERVICES))
    names = [use.field.id for use in service.uses]
    order = draw(st.lists(st.sampled_from(names), max_size=3 * len(names)))
    return service, [(name, draw(values_for(service, name))) for name in order]


def begun(service: Service) -> tuple[Any, Conversation, Draft]:
    office = make_office()
    conversation = Conversation("c", Channel.WEB, NOW, NOW, "hash")
    draft = Draft("d", "c", service.id, NOW, NOW)
    with office.store.begin() as work:
        work.conversations.add(conversation)
        work.drafts.add(draft)
    return office, conversation, draft


def told(service: Service, draft: Draft, answers: list[tuple[str, Any]]) -> Draft:
    """The draft after these answers."""
    for name, value in answers:
        here = branched(service, draft.values)
        if any(use.field.id == name for use in uses_in_order(here, draft)):
            draft = draft.with_answer(name, Answer(value, Source.TYPED, NOW))
            draft = pruned(branched(service, draft.values), draft)
    return draft


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tellings(), st.data())
def test_the_case_equals_the_last_values_whatever_their_order(
    telling: tuple[Service, list[tuple[str, Any]]], data: st.DataObject
) -> None:
    service, answers = telling
    office, conversation, draft = begun(service)
    draft = told(service, draft, answers)
    for _ in range(60):
        wanted = next_question(branched(service, draft.values), draft)
        if wanted == CONFIRM:
            break
        value = data.draw(values_for(service, wanted))
        last_of = any(
            wanted in group and all(draft.value(n) is None for n in group)
            for group in service.one_of
        )
        if last_of and value is None:
            value = "one"
        draft = told(service, draft, [(wanted, value)])
    agreed = replace(draft, asking=CONFIRM, yes_turn_id="yes")
    with office.store.begin() as work:
        parent, children = open_cases(office, work, conversation, agreed)
    last = {name: answer.value for name, answer in agreed.answers.items()}
    assert values_of(parent) == last
    applying = {u.field.id for u in uses_in_order(branched(service, last), agreed)}
    assert set(last) <= applying
    for group in service.one_of:
        assert any(last[name] is not None for name in group)
    must = {tell.team for tell in service.tells if tell.must}
    chosen = must | set(last.get("services_to_tell") or ())
    own = [child for child in children if child.service == service.id]
    assert {child.team for child in own} == chosen - {service.team}
    tells = {tell.team: tell.fields for tell in service.tells}
    for child in own:
        assert values_of(child) == {k: last[k] for k in tells[child.team] if k in last}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tellings())
def test_no_draft_becomes_a_case_without_a_yes(
    telling: tuple[Service, list[tuple[str, Any]]],
) -> None:
    service, answers = telling
    office, conversation, draft = begun(service)
    draft = told(service, draft, answers)
    with office.store.begin() as work:
        with pytest.raises(Invalid):
            open_cases(office, work, conversation, draft)
        assert work.cases.of_conversation("c") == []


SAYINGS = ["no", "skip", "I don't know", "go back", "what?", "the date is wrong", "start again",
           "no, it's 20 November", "sorry I meant 07700 900456", "wait"]  # fmt: skip
LABELS = {"go back": "go_back", "start again": "start_again", "I don't know": "dont_know"}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(SERVICES), st.lists(st.sampled_from([*SAYINGS, ""]), max_size=25))
def test_no_words_but_a_yes_to_the_read_back_open_a_case(
    service: Service, sayings: list[str]
) -> None:
    """An empty saying stands for a fitting answer to what is asked."""
    office, conversation, draft = begun(service)
    with office.store.begin() as work:
        work.conversations.save(replace(conversation, draft_id="d"))
        filling = Filling(office, work, work.conversations.get("c"), draft, Turn("t0", "hello"))
        go_on(filling)
    for number, saying in enumerate(sayings):
        with office.store.begin(reading=True) as work:
            draft = work.drafts.get("d")
        if draft.state is not DraftState.FILLING:
            break
        asking = draft.asking or ""
        text = saying
        if not saying:
            fitting = "skip it all" if asking.startswith("verify_") else ""
            if asking == CONFIRM:
                fitting = "hmm"
            text = fitting or said(service.id, asking)[0]
        label = LABELS.get(text)
        turn = Turn(f"turn-{number}", text, label, 0.95 if label else 0.0)
        take_answer(office, "c", turn)
        with office.store.begin(reading=True) as work:
            opened = work.cases.of_conversation("c")
        if opened:
            # "Yes" was never said: a call may have been arranged, but nothing sent as agreed.
            assert all(case.service != service.id for case in opened)
