"""Shows staff the cases they may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from casework.domain.cases import Case, CaseStatus
from casework.domain.outbox import Outgoing
from casework.domain.staff import StaffMember
from casework.ports.store import Work
from casework.use_cases.find_contact import Contact, conversation_of, family_of, find_contact
from casework.use_cases.list_evidence import CaseEvidence, list_evidence
from casework.use_cases.office import Office
from casework.use_cases.plan_change import Plan, plan_change
from casework.use_cases.staff_permissions import decides, require_case, visible_teams, works_for

MOST = 200
"""Records of one list; the newest are shown."""


@dataclass(frozen=True)
class CaseRow:
    """A case with the references of those opened with it for other teams."""

    case: Case
    children: tuple[str, ...]


@dataclass(frozen=True)
class CaseRecord(CaseRow):
    """A case whole: with the messages to the resident about it, oldest first, the cases joined with
    it, and how the resident is told. `plan` is what one press would write into their record, for
    those who may, and `colleagues` are the names of those it can be given to; `parts` are the
    children themselves; `evidence` is what it needs to see and what has come; `followers` says how
    many follow it."""

    messages: tuple[Outgoing, ...]
    duplicates: tuple[str, ...]
    contact: Contact
    plan: Plan | None
    parts: tuple[Case, ...]
    colleagues: tuple[str, ...]
    evidence: CaseEvidence
    followers: int = 0


def read_case(office: Office, member: StaffMember, ref: str) -> CaseRecord:
    """The case with this reference (eight digits). Raises NotFound."""
    with office.store.begin(reading=True) as work:
        case = work.cases.get(ref)
        require_case(member, case)
        return case_record(office, work, member, case)


def search_cases(
    office: Office,
    member: StaffMember,
    *,
    status: CaseStatus | None = None,
    team: str | None = None,
    service: str | None = None,
    assignee: str | None = None,
    after: datetime | None = None,
) -> list[CaseRow]:
    """The newest cases this member may see, newest first; `after` compares with the opening,
    `assignee` is a name."""
    with office.store.begin(reading=True) as work:
        found = work.cases.search(
            status=status,
            teams=visible_teams(member, team),
            service=service,
            assignee=assignee,
            after=after,
            limit=MOST,
        )
        return [CaseRow(one, tuple(part.ref for part in _children(work, one))) for one in found]


def case_record(office: Office, work: Work, member: StaffMember, case: Case) -> CaseRecord:
    """The case as a member of staff sees it when they look at it alone."""
    parts = _children(work, case)
    contact = find_contact(office, work, family_of(work, case), conversation_of(work, case))
    return CaseRecord(
        case,
        tuple(part.ref for part in parts),
        messages=tuple(work.outbox.of_case(case.ref)),
        duplicates=tuple(one.ref for one in work.cases.duplicates(case.ref)),
        contact=contact,
        plan=plan_change(office, work, case) if decides(member) else None,
        parts=parts,
        colleagues=_colleagues(work, case) if decides(member) else (),
        evidence=list_evidence(office, work, case),
        followers=len(work.followers.of_case(case.ref)),
    )


def _colleagues(work: Work, case: Case) -> tuple[str, ...]:
    """By name."""
    return tuple(one.name for one in work.staff.all() if works_for(one, case.team))


def _children(work: Work, case: Case) -> tuple[Case, ...]:
    """A child has no children: there are two levels."""
    return () if case.parent_ref else tuple(work.cases.children(case.ref))
