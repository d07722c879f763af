"""What a case becomes when something happens to it."""

from __future__ import annotations

import pytest

from casework.domain.cases import Case, CaseStatus, HistoryEntry
from tests.office import NOW

CASE = Case(
    ref="10000012", service="pothole", team="highways", tier="simple", opened_at=NOW,
    conversation_id="c", history=(HistoryEntry(NOW, "resident", "opened"),),
)  # fmt: skip


@pytest.mark.parametrize(
    ("entry", "status", "team"),
    [
        (HistoryEntry(NOW, "Sam", "updated", note="seen"), CaseStatus.OPEN, "highways"),
        (HistoryEntry(NOW, "Sam", "updated", status=CaseStatus.FIXED), CaseStatus.FIXED,
         "highways"),
        (HistoryEntry(NOW, "Sam", "updated", team="waste"), CaseStatus.OPEN, "waste"),
        (HistoryEntry(NOW, "Sam", "updated", status=CaseStatus.INTERNAL_REFERRAL, team="waste"),
         CaseStatus.INTERNAL_REFERRAL, "waste"),
        (HistoryEntry(NOW, "Sam", "updated", told_resident="On its way"), CaseStatus.OPEN,
         "highways"),
    ],
)  # fmt: skip
def test_status_and_team_follow_the_newest_entry_that_names_them(
    entry: HistoryEntry, status: CaseStatus, team: str
) -> None:
    changed = CASE.changed(entry)
    assert (changed.status, changed.team) == (status, team)
    assert changed.history == (*CASE.history, entry)


def test_a_change_leaves_everything_else_and_the_case_before_it_alone() -> None:
    changed = CASE.changed(HistoryEntry(NOW, "Sam", "updated", status=CaseStatus.CLOSED))
    assert CASE.status is CaseStatus.OPEN
    assert len(CASE.history) == 1
    assert (changed.ref, changed.opened_at, changed.due_at) == (CASE.ref, CASE.opened_at, None)


def test_changes_add_up() -> None:
    changed = CASE
    for status in (CaseStatus.INVESTIGATING, CaseStatus.ACTION_SCHEDULED, CaseStatus.FIXED):
        changed = changed.changed(HistoryEntry(NOW, "Sam", "updated", status=status))
    assert changed.status is CaseStatus.FIXED
    assert [entry.status for entry in changed.history] == [
        None, CaseStatus.INVESTIGATING, CaseStatus.ACTION_SCHEDULED, CaseStatus.FIXED,
    ]  # fmt: skip
