"""What a case needs to see, on the answers it holds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from casework.domain.branches import holds
from casework.domain.cases import Case
from casework.domain.evidence import HAS_NONE, HAS_PROOF, EvidenceRules, Need


def needs_on(rules: EvidenceRules, service: str, values: Mapping[str, Any]) -> tuple[Need, ...]:
    """What a service needs on these answers; nothing for most."""
    of = rules.services.get(service)
    return () if of is None else tuple(need for need in of.needs if holds(need.when, values))


def needs_of(rules: EvidenceRules, case: Case) -> tuple[Need, ...]:
    """What a case lists as needed. A part for another team, and a case that is only about a
    service, list nothing of their own."""
    if case.parent_ref is not None or case.about is not None:
        return ()
    values = {name: answer.value for name, answer in case.fields.items()}
    return needs_on(rules, case.service, values)


def has_none(case: Case) -> bool:
    """Whether the resident said that they have no proof."""
    held = case.fields.get(HAS_PROOF)
    return held is not None and held.value == HAS_NONE


def due_on(rules: EvidenceRules, case: Case, zone: ZoneInfo) -> date | None:
    """The local day by which what it needs should be here; None where it needs nothing."""
    of = rules.services.get(case.service)
    return None if of is None else of.due(case.opened_at.astimezone(zone).date())


def shares_evidence(part: Case) -> bool:
    """Whether a part for another team may see what was sent for the whole."""
    return part.parent_ref is not None and HAS_PROOF in part.fields
