"""Writes a reported change into the resident's record: by a person's press, or where the council's
data allows it by itself."""

from __future__ import annotations

from dataclasses import dataclass

from casework.domain.cases import APPLIED, Case, HistoryEntry, Verification
from casework.domain.catalogue import Applies
from casework.domain.errors import NotApplicable
from casework.domain.record_changes import differences, holds_from, written
from casework.domain.redaction import redact_cards
from casework.domain.residents import Resident
from casework.domain.staff import StaffMember
from casework.ports.store import Work
from casework.use_cases.office import Office
from casework.use_cases.plan_change import applies_now, record_of, values_of
from casework.use_cases.read_cases import CaseRecord, case_record
from casework.use_cases.staff_permissions import require_case, require_decision


@dataclass(frozen=True)
class Check:
    """How a member of staff made sure who it was: in their words, and the account or claim
    reference they found, if the case names none."""

    note: str
    reference: str | None = None


def apply_change(
    office: Office, member: StaffMember, ref: str, check: Check | None = None
) -> CaseRecord:
    """Writes the change once, with before and after in the case's history.

    Raises NotFound, NotAllowed, and NotApplicable with why not: among others `check` while nobody
    has proved or checked who reported it.
    """
    with office.store.begin() as work:
        case = work.cases.get(ref)
        require_case(member, case)
        require_decision(member)
        applies = applies_now(office, case)
        if case.verification is not Verification.IDENTITY and check is None:
            raise NotApplicable("check")
        resident = record_of(work, case, None if check is None else check.reference)
        note = None if check is None else redact_cards(check.note)
        changed = _write(office, work, case, applies, resident, member.name, note)
        return case_record(office, work, member, changed)


def apply_at_once(office: Office, work: Work, case: Case) -> Case:
    """The case just opened, its change written if the council's data allows that for this type and
    this level of proof, and it holds from today or earlier."""
    service = office.council.service(case.service)
    applies = service.applies
    if applies is None or not applies.automatic or case.parent_ref is not None:
        return case
    if case.verification is not Verification.IDENTITY or case.account_ref is None:
        return case
    since = holds_from(applies, values_of(case))
    if since is not None and since > office.local_now.date():
        return case
    resident = work.residents.get(case.account_ref)
    if resident is None:
        return case
    return _write(office, work, case, applies, resident, "assistant", None)


def _write(
    office: Office,
    work: Work,
    case: Case,
    applies: Applies,
    resident: Resident,
    by: str,
    note: str | None,
) -> Case:
    after = written(resident, applies, values_of(case))
    work.residents.save(after)
    changes = differences(resident, after)
    entry = HistoryEntry(office.clock.now(), by, APPLIED, note=note, changes=changes)
    changed = case.changed(entry)
    work.cases.save(changed)
    return changed
