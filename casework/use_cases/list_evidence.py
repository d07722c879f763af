"""Lists what a case needs to see and what has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from casework.domain.cases import Case
from casework.domain.evidence import Evidence, Need
from casework.domain.evidence_needs import due_on, needs_of, shares_evidence
from casework.ports.store import Work
from casework.use_cases.office import Office


@dataclass(frozen=True)
class CaseEvidence:
    """`needed` by `due` (the council's local day), and `received`, oldest first. A part for another
    team that was told of the proof sees what was sent for the whole."""

    needed: tuple[Need, ...] = ()
    due: date | None = None
    received: tuple[Evidence, ...] = ()

    @property
    def missing(self) -> bool:
        """Whether something is needed and nothing has come. Which file is which proof, a person
        has to say."""
        return not self.received and any(not need.optional for need in self.needed)


def list_evidence(office: Office, work: Work, case: Case) -> CaseEvidence:
    """What there is of a case's evidence, and what there should be."""
    whole = case
    if shares_evidence(case) and case.parent_ref is not None:
        whole = work.cases.look(case.parent_ref)
    rules = office.council.evidence
    received = list(work.evidence.of_case(case.ref))
    if whole is not case:
        received = [*work.evidence.of_case(whole.ref), *received]
    needed = needs_of(rules, whole)
    due = due_on(rules, whole, office.zone) if needed else None
    return CaseEvidence(needed, due, tuple(received))
