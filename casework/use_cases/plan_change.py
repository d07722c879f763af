"""Works out what a reported change would write into which resident's record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from casework.domain.cases import Case, RecordChange, Verification
from casework.domain.catalogue import Applies
from casework.domain.errors import NotApplicable
from casework.domain.record_changes import differences, holds_from, written
from casework.domain.residents import Resident
from casework.domain.transitions import OVER
from casework.ports.store import Work
from casework.use_cases.office import Office

REFERENCES = ("account_ref", "claim_ref")
"""Fields by which somebody who was not verified may have named the record."""


@dataclass(frozen=True)
class Plan:
    """What one press would write. `check_needed`: a person must first make sure who reported it;
    `changes` is None while the record is not known, `since` the day from which they hold."""

    check_needed: bool
    changes: tuple[RecordChange, ...] | None
    since: date | None


def plan_change(office: Office, work: Work, case: Case) -> Plan | None:
    """What can be written now; None where nothing can."""
    try:
        applies = applies_now(office, case)
    except NotApplicable:
        return None
    values = values_of(case)
    changes = None
    try:
        resident = record_of(work, case)
        changes = differences(resident, written(resident, applies, values))
    except NotApplicable:
        pass
    check_needed = case.verification is not Verification.IDENTITY
    return Plan(check_needed, changes, holds_from(applies, values))


def applies_now(office: Office, case: Case) -> Applies:
    """What the council's data has written for this case. Raises NotApplicable."""
    service = office.council.services.get(case.service)
    if service is None or service.applies is None:
        raise NotApplicable("nothing")
    if case.parent_ref is not None:
        raise NotApplicable("part")
    if case.applied:
        raise NotApplicable("done")
    if case.status in OVER:
        raise NotApplicable("over")
    return service.applies


def record_of(work: Work, case: Case, reference: str | None = None) -> Resident:
    """Whose record it is: of whoever proved it, else of the `reference` that a member of staff
    found, else of the one that the case names. Raises NotApplicable."""
    if case.account_ref is not None:
        found = work.residents.get(case.account_ref)
    else:
        named = [reference] if reference else _named(case)
        records = (work.residents.find(one.replace(" ", "").upper()) for one in named)
        found = next((one for one in records if one is not None), None)
    if found is None:
        raise NotApplicable("no_record")
    return found


def values_of(case: Case) -> dict[str, Any]:
    """The case's fields without their provenance."""
    return {name: answer.value for name, answer in case.fields.items()}


def _named(case: Case) -> list[str]:
    given = (case.fields[name].value for name in REFERENCES if name in case.fields)
    return [str(value) for value in given if value]
