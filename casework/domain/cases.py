"""Cases: what a team has to do, for whom, by when, and what has happened so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from casework.domain.drafts import Answer


class CaseStatus(StrEnum):
    """Status words of Open311 as UK councils extend them."""

    OPEN = "open"
    FOR_TRIAGE = "for_triage"
    INVESTIGATING = "investigating"
    ACTION_SCHEDULED = "action_scheduled"
    IN_PROGRESS = "in_progress"
    PLANNED = "planned"
    NO_FURTHER_ACTION = "no_further_action"
    NOT_COUNCILS_RESPONSIBILITY = "not_councils_responsibility"
    DUPLICATE = "duplicate"
    INTERNAL_REFERRAL = "internal_referral"
    CANCELLED = "cancelled"
    FIXED = "fixed"
    CLOSED = "closed"


class Verification(StrEnum):
    """How sure we are who reported this."""

    NOT_NEEDED = "not_needed"
    CONTACT = "contact"
    UNVERIFIED = "unverified"
    IDENTITY = "identity"


APPLIED = "applied"
"""What a history says when a change was written into the resident's record."""

ALL_DONE = "all_done"
"""What a parent's history says when its own part and all its children are done."""


@dataclass(frozen=True)
class RecordChange:
    """A column of the resident's record before and after a change was applied; for staff only."""

    column: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class HistoryEntry:
    """Something that happened to a case. `by` is a staff name, `resident` or `assistant`.

    `assignee` is who works it from then on, "" nobody any more; `duplicate_of` the case it was
    joined with; `changes` what was written into the resident's record.
    """

    at: datetime
    by: str
    what: str
    status: CaseStatus | None = None
    team: str | None = None
    note: str | None = None
    told_resident: str | None = None
    assignee: str | None = None
    duplicate_of: str | None = None
    changes: tuple[RecordChange, ...] = ()


@dataclass(frozen=True)
class Case:
    """`about` is the service meant when the case itself is an information request or callback.

    `valid_notice` says whether the report counts as the notice a rule asks for; None where no
    notice is required. `flags` are the conversation's, such as `safe_contact`: whoever gets in
    touch must see them first. `account_ref` is of whoever proved to be its resident; `verified_how`
    says how that was done (`questions`, `website`), or why it was not (`declined`, `not_known`,
    `failed`, `third_party`); None where nobody was asked. `assignee` is the name of the member of
    staff who works it; `duplicate_of` the case it was joined with.
    """

    ref: str
    service: str
    team: str
    tier: str
    opened_at: datetime
    conversation_id: str
    status: CaseStatus = CaseStatus.OPEN
    about: str | None = None
    verification: Verification = Verification.NOT_NEEDED
    valid_notice: bool | None = None
    flags: tuple[str, ...] = ()
    fields: Mapping[str, Answer] = field(default_factory=dict)
    due_at: datetime | None = None
    parent_ref: str | None = None
    account_ref: str | None = None
    verified_how: str | None = None
    assignee: str | None = None
    duplicate_of: str | None = None
    history: tuple[HistoryEntry, ...] = ()

    @property
    def applied(self) -> bool:
        """Whether its change has been written into the resident's record."""
        return any(entry.what == APPLIED for entry in self.history)

    def changed(self, entry: HistoryEntry) -> Case:
        """This case after an entry: what it sets follows, nothing already written is lost.

        Another team's case is nobody's until somebody there takes it, and a case that is no
        duplicate any more is joined with none.
        """
        status, team = entry.status or self.status, entry.team or self.team
        assignee = self.assignee if team == self.team else None
        if entry.assignee is not None:
            assignee = entry.assignee or None
        joined = self.duplicate_of if status is CaseStatus.DUPLICATE else None
        return replace(
            self,
            status=status,
            team=team,
            assignee=assignee,
            duplicate_of=entry.duplicate_of or joined,
            history=(*self.history, entry),
        )
