"""Moves a case on: its status, its team, who works it, a note for colleagues, a word to the
resident."""

from __future__ import annotations

from dataclasses import dataclass, replace

from casework.domain.cases import Case, CaseStatus, HistoryEntry
from casework.domain.errors import BadPart, Invalid, StatusNotAllowed
from casework.domain.redaction import redact_cards
from casework.domain.staff import StaffMember
from casework.domain.transitions import may_follow, next_words, reopens
from casework.ports.store import Work
from casework.use_cases.close_parent import settle_family
from casework.use_cases.join_cases import join, survivor_of
from casework.use_cases.office import Office
from casework.use_cases.read_cases import CaseRecord, case_record
from casework.use_cases.staff_permissions import require_case, require_decision, works_for
from casework.use_cases.tell_followers import tell_followers
from casework.use_cases.tell_resident import Told, address_of, tell_joined, tell_resident
from casework.use_cases.try_anew import try_anew


@dataclass(frozen=True)
class CaseChange:
    """What is to change; None leaves as it is. `tell_resident` is the text they are to read,
    `assignee` the name of who is to work it ("" nobody any more), `duplicate_of` the reference of
    the case it is joined with."""

    status: CaseStatus | None = None
    team: str | None = None
    note: str | None = None
    tell_resident: str | None = None
    assignee: str | None = None
    duplicate_of: str | None = None

    @property
    def decides(self) -> bool:
        """Whether it is for those who decide about cases."""
        parts = (self.status, self.team, self.assignee, self.duplicate_of)
        return any(part is not None for part in parts)


@dataclass(frozen=True)
class UpdatedCase:
    """The case afterwards; `told` is None when the resident was not to be told."""

    record: CaseRecord
    told: Told | None


def update_case(office: Office, member: StaffMember, ref: str, change: CaseChange) -> UpdatedCase:
    """Makes the change and writes it into the case's history under the member's name.

    All or nothing, and changes made at the same time all stay: each is applied to the case as
    the one before left it. Raises Invalid (nothing to change, unknown team), BadPart (nobody of
    that name works for the team; no case to join with; what was over is reopened without a reason),
    StatusNotAllowed, NotFound, NotAllowed, or Conflict when others were faster time and again.
    """
    if change == CaseChange():
        raise Invalid("nothing to change")
    if change.team is not None and change.team not in office.council.teams:
        raise Invalid("unknown team")
    if change.duplicate_of is not None:
        if change.status not in {None, CaseStatus.DUPLICATE}:
            raise BadPart("status")
        change = replace(change, status=CaseStatus.DUPLICATE)
    change = replace(change, note=_safe(change.note), tell_resident=_safe(change.tell_resident))
    return try_anew(lambda: _update(office, member, ref, change))


def _safe(text: str | None) -> str | None:
    return None if text is None else redact_cards(text)


def _update(office: Office, member: StaffMember, ref: str, change: CaseChange) -> UpdatedCase:
    with office.store.begin() as work:
        case = work.cases.get(ref)
        require_case(member, case)
        if change.decides:
            require_decision(member)
        _check(work, case, change)
        survivor = None
        if change.duplicate_of is not None:
            survivor = survivor_of(work, member, case, change.duplicate_of)
        told = None
        if change.tell_resident is not None:
            told = tell_resident(office, work, case, change.tell_resident)
            tell_joined(office, work, case, change.tell_resident, member.name)
        entry = HistoryEntry(
            at=office.clock.now(),
            by=member.name,
            what="updated",
            status=change.status,
            team=change.team,
            note=change.note,
            told_resident=change.tell_resident,
            assignee=change.assignee,
            duplicate_of=None if survivor is None else survivor.ref,
        )
        changed = case.changed(entry)
        work.cases.save(changed)
        if survivor is not None:
            join(office, work, changed, survivor, member.name)
        if changed.status is not case.status:
            already = () if told is None else (address_of(office, work, case),)
            tell_followers(office, work, changed, already)
            changed = settle_family(office, work, changed, told=told is not None)
        return UpdatedCase(case_record(office, work, member, changed), told)


def _check(work: Work, case: Case, change: CaseChange) -> None:
    """Raises StatusNotAllowed, and BadPart for what does not fit the case as it is now."""
    if change.status is not None and not may_follow(case.status, change.status):
        raise StatusNotAllowed([word.value for word in next_words(case.status)])
    if reopens(case.status, change.status) and not (change.note or change.tell_resident):
        raise BadPart("note")
    if change.assignee:
        wanted = (one for one in work.staff.all() if one.name == change.assignee)
        found = next(wanted, None)
        if found is None or not works_for(found, change.team or case.team):
            raise BadPart("assignee")
