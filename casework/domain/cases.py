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


@dataclass(frozen=True)
class HistoryEntry:
    """Something that happened to a case. `by` is a staff name, `resident` or `assistant`."""

    at: datetime
    by: str
    what: str
    status: CaseStatus | None = None
    team: str | None = None
    note: str | None = None
    told_resident: str | None = None


@dataclass(frozen=True)
class Case:
    """`about` is the service meant when the case itself is an information request or callback.

    `valid_notice` says whether the report counts as the notice a rule asks for; None where no
    notice is required. `flags` are the conversation's, such as `safe_contact`: whoever gets in
    touch must see them first.
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
    history: tuple[HistoryEntry, ...] = ()

    def changed(self, entry: HistoryEntry) -> Case:
        """This case after an entry: its status and team follow, nothing already written is lost."""
        return replace(
            self,
            status=entry.status or self.status,
            team=entry.team or self.team,
            history=(*self.history, entry),
        )
