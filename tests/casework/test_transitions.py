"""Which status may follow which, and when a family of cases is done."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.domain.cases import Case, CaseStatus, HistoryEntry
from casework.domain.transitions import (
    ALLOWED,
    OVER,
    family_done,
    may_follow,
    next_words,
    reopens,
)
from tests.office import NOW

S = CaseStatus
CASE = Case("10000012", "house_move", "revenues", "assisted", NOW, "c")
words = st.sampled_from(list(CaseStatus))


@pytest.mark.parametrize(
    ("path"),
    [
        (S.OPEN, S.IN_PROGRESS, S.FIXED, S.CLOSED),
        (S.OPEN, S.FOR_TRIAGE, S.INVESTIGATING, S.ACTION_SCHEDULED, S.IN_PROGRESS, S.FIXED),
        (S.OPEN, S.INTERNAL_REFERRAL, S.OPEN, S.PLANNED, S.CLOSED, S.OPEN),
        (S.OPEN, S.DUPLICATE, S.INVESTIGATING, S.NO_FURTHER_ACTION, S.CLOSED),
        (S.FOR_TRIAGE, S.NOT_COUNCILS_RESPONSIBILITY, S.OPEN, S.CANCELLED),
    ],
)
def test_ways_that_cases_go(path: tuple[CaseStatus, ...]) -> None:
    for present, wanted in pairwise(path):
        assert may_follow(present, wanted), (present, wanted)


@pytest.mark.parametrize(
    ("present", "wanted"),
    [
        (S.IN_PROGRESS, S.OPEN),
        (S.ACTION_SCHEDULED, S.FOR_TRIAGE),
        (S.CLOSED, S.FIXED),
        (S.CLOSED, S.IN_PROGRESS),
        (S.FIXED, S.CANCELLED),
        (S.CANCELLED, S.PLANNED),
        (S.DUPLICATE, S.FIXED),
    ],
)
def test_ways_that_they_do_not(present: CaseStatus, wanted: CaseStatus) -> None:
    assert not may_follow(present, wanted)
    assert wanted not in next_words(present)


def test_every_status_has_its_line_and_none_leads_to_itself() -> None:
    assert set(ALLOWED) == set(CaseStatus)
    assert all(word not in wanted for word, wanted in ALLOWED.items())


@given(words, words)
def test_from_work_every_end_can_be_reached_and_from_an_end_only_work_begins_again(
    present: CaseStatus, wanted: CaseStatus
) -> None:
    if present not in OVER and wanted in OVER:
        assert may_follow(present, wanted)
    if present in OVER and may_follow(present, wanted) and wanted not in OVER:
        assert wanted in {S.OPEN, S.INVESTIGATING}
        assert reopens(present, wanted)
    assert may_follow(present, present)


@given(st.lists(words, min_size=1, max_size=30))
def test_no_case_is_ever_stuck(path: list[CaseStatus]) -> None:
    case = CASE
    for wanted in path:
        if may_follow(case.status, wanted):
            case = case.changed(HistoryEntry(NOW, "Sam", "updated", status=wanted))
        assert next_words(case.status)
    assert case.status is S.OPEN or case.history[-1].status is case.status


@pytest.mark.parametrize(
    ("parent", "children", "done"),
    [
        (S.OPEN, [], False),
        (S.FIXED, [], False),
        (S.FIXED, [S.OPEN], False),
        (S.OPEN, [S.FIXED], False),
        (S.FIXED, [S.FIXED, S.IN_PROGRESS], False),
        (S.FIXED, [S.CLOSED, S.NO_FURTHER_ACTION], True),
    ],
)
def test_a_parent_is_done_when_every_team_is(
    parent: CaseStatus, children: list[CaseStatus], done: bool
) -> None:
    parts = [replace(CASE, ref=str(n), status=word) for n, word in enumerate(children)]
    assert family_done(replace(CASE, status=parent), parts) is done


def test_a_call_back_is_no_part() -> None:
    call = replace(CASE, service="callback")
    assert not family_done(replace(CASE, status=S.FIXED), [call])
    part = replace(CASE, status=S.CLOSED)
    assert family_done(replace(CASE, status=S.FIXED), [part, call])


def test_another_teams_case_is_nobodys_until_somebody_takes_it() -> None:
    mine = CASE.changed(HistoryEntry(NOW, "Sam", "updated", assignee="Ann"))
    assert mine.assignee == "Ann"
    assert mine.changed(HistoryEntry(NOW, "Sam", "updated", note="seen")).assignee == "Ann"
    assert mine.changed(HistoryEntry(NOW, "Sam", "updated", team="waste")).assignee is None
    moved = HistoryEntry(NOW, "Sam", "updated", team="waste", assignee="Bob")
    assert mine.changed(moved).assignee == "Bob"
    assert mine.changed(HistoryEntry(NOW, "Sam", "updated", assignee="")).assignee is None


def test_a_case_that_is_no_duplicate_any_more_is_joined_with_none() -> None:
    entry = HistoryEntry(NOW, "Sam", "updated", status=S.DUPLICATE, duplicate_of="20000024")
    joined = CASE.changed(entry)
    assert joined.duplicate_of == "20000024"
    assert joined.changed(HistoryEntry(NOW, "Sam", "updated", note="x")).duplicate_of == "20000024"
    again = HistoryEntry(NOW, "Sam", "updated", status=S.OPEN)
    assert joined.changed(again).duplicate_of is None
