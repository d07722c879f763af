"""Moves a case on: its status, its team, a note for colleagues, a word to the resident."""

from __future__ import annotations

from dataclasses import dataclass, replace

from casework.domain.cases import CaseStatus, HistoryEntry
from casework.domain.errors import Conflict, Invalid
from casework.domain.redaction import redact_cards
from casework.domain.staff import StaffMember
from casework.use_cases.office import Office
from casework.use_cases.read_cases import CaseRecord, case_record
from casework.use_cases.staff_permissions import require_case, require_decision
from casework.use_cases.tell_resident import Told, tell_resident

ATTEMPTS = 5


@dataclass(frozen=True)
class CaseChange:
    """What is to change; None leaves as it is. `tell_resident` is the text they are to read."""

    status: CaseStatus | None = None
    team: str | None = None
    note: str | None = None
    tell_resident: str | None = None


@dataclass(frozen=True)
class UpdatedCase:
    """The case afterwards; `told` is None when the resident was not to be told."""

    record: CaseRecord
    told: Told | None


def update_case(office: Office, member: StaffMember, ref: str, change: CaseChange) -> UpdatedCase:
    """Makes the change and writes it into the case's history under the member's name.

    All or nothing, and changes made at the same time all stay: each is applied to the case as
    the one before left it. Raises Invalid (nothing to change, unknown team), NotFound, NotAllowed,
    or Conflict when others were faster time and again.
    """
    if change == CaseChange():
        raise Invalid("nothing to change")
    if change.team is not None and change.team not in office.council.teams:
        raise Invalid("unknown team")
    change = replace(change, note=_safe(change.note), tell_resident=_safe(change.tell_resident))
    for _ in range(ATTEMPTS - 1):
        try:
            return _update(office, member, ref, change)
        except Conflict:
            continue
    return _update(office, member, ref, change)


def _safe(text: str | None) -> str | None:
    return None if text is None else redact_cards(text)


def _update(office: Office, member: StaffMember, ref: str, change: CaseChange) -> UpdatedCase:
    with office.store.begin() as work:
        case = work.cases.get(ref)
        require_case(member, case)
        if change.status is not None or change.team is not None:
            require_decision(member)
        told = None
        if change.tell_resident is not None:
            told = tell_resident(office, work, case, change.tell_resident)
        entry = HistoryEntry(
            at=office.clock.now(),
            by=member.name,
            what="updated",
            status=change.status,
            team=change.team,
            note=change.note,
            told_resident=change.tell_resident,
        )
        changed = case.changed(entry)
        work.cases.save(changed)
        return UpdatedCase(case_record(work, changed), told)
