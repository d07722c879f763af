"""Joins a case with another that is about the same thing."""

from __future__ import annotations

from casework.domain.cases import Case, HistoryEntry
from casework.domain.errors import BadPart, NotFound
from casework.domain.staff import StaffMember
from casework.ports.store import Work
from casework.use_cases.office import Office
from casework.use_cases.staff_permissions import require_case


def survivor_of(work: Work, member: StaffMember, case: Case, ref: str) -> Case:
    """The case that goes on: the one of this reference, or the one that was itself joined with.

    Raises BadPart when there is none that this member may see, or it would be the case itself.
    """
    seen = {case.ref}
    while True:
        if ref in seen:
            raise BadPart("duplicate_of")
        seen.add(ref)
        try:
            found = work.cases.get(ref)
            require_case(member, found)
        except NotFound:
            raise BadPart("duplicate_of") from None
        if found.duplicate_of is None:
            return found
        ref = found.duplicate_of


def join(office: Office, work: Work, case: Case, survivor: Case, by: str) -> None:
    """Writes into the survivor what was joined with it, and hands on to it what had been joined
    with the case."""
    now = office.clock.now()
    for one in work.cases.duplicates(case.ref):
        moved = work.cases.get(one.ref)
        entry = HistoryEntry(now, by, "updated", duplicate_of=survivor.ref)
        work.cases.save(moved.changed(entry))
    entry = HistoryEntry(now, by, "joined", note=case.ref)
    work.cases.save(survivor.changed(entry))
