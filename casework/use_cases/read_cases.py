"""Shows staff the cases they may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from casework.domain.cases import Case, CaseStatus
from casework.domain.outbox import Outgoing
from casework.domain.staff import StaffMember
from casework.ports.store import Work
from casework.use_cases.office import Office
from casework.use_cases.staff_permissions import require_case, visible_teams

MOST = 200
"""Records of one list; the newest are shown."""


@dataclass(frozen=True)
class CaseRow:
    """A case with the references of those opened with it for other teams."""

    case: Case
    children: tuple[str, ...]


@dataclass(frozen=True)
class CaseRecord(CaseRow):
    """A case whole: with the messages to the resident about it, oldest first."""

    messages: tuple[Outgoing, ...]


def read_case(office: Office, member: StaffMember, ref: str) -> CaseRecord:
    """The case with this reference (eight digits). Raises NotFound."""
    with office.store.begin(reading=True) as work:
        case = work.cases.get(ref)
        require_case(member, case)
        return case_record(work, case)


def search_cases(
    office: Office,
    member: StaffMember,
    *,
    status: CaseStatus | None = None,
    team: str | None = None,
    service: str | None = None,
    after: datetime | None = None,
) -> list[CaseRow]:
    """The newest cases this member may see, newest first; `after` compares with the opening."""
    with office.store.begin(reading=True) as work:
        found = work.cases.search(
            status=status,
            teams=visible_teams(member, team),
            service=service,
            after=after,
            limit=MOST,
        )
        return [CaseRow(case, _children(work, case)) for case in found]


def case_record(work: Work, case: Case) -> CaseRecord:
    """The case as staff see it when they look at it alone."""
    messages = tuple(work.outbox.of_case(case.ref))
    return CaseRecord(case, _children(work, case), messages)


def _children(work: Work, case: Case) -> tuple[str, ...]:
    """A child has no children: there are two levels."""
    children = [] if case.parent_ref else work.cases.children(case.ref)
    return tuple(child.ref for child in children)
