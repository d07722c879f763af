"""Which question of identity stands in front of a form, as a field like any other."""

from __future__ import annotations

from dataclasses import replace

from casework.domain.catalogue import Council, FieldUse, Service
from casework.domain.drafts import Draft
from casework.domain.identity import AUTHORITY, QUESTIONS, RELATIONSHIP, RESIDENT

IDENTITY = "identity"
"""What `verify` of a service says when it asks who the resident is."""

CASE_STATUS = "case_status"
CASE_REF = "case_ref"

ASKED_FIRST = frozenset({*QUESTIONS, RELATIONSHIP, AUTHORITY, RESIDENT})
"""What a draft may be asking before its own questions."""

_RELATIONSHIP = "third_party_relationship"
"""The field in which a third party is asked what a service asks of somebody else."""


def needs_identity(service: Service, draft: Draft) -> bool:
    """Whether it is asked who the resident is: the service says so, or the reference is lost."""
    lost = CASE_REF in draft.answers and draft.value(CASE_REF) is None
    return service.verify == IDENTITY or (service.id == CASE_STATUS and lost)


def asked_use(council: Council, service: Service, asking: str | None) -> FieldUse | None:
    """How what a draft asks for is asked: a field of its service, or a question of identity."""
    own = service.use(asking or "")
    if own is not None and asking != RELATIONSHIP:
        return own
    if asking == RELATIONSHIP and own is None:
        field = council.fields[_RELATIONSHIP]
        return FieldUse(replace(field, id=RELATIONSHIP), optional=True)
    if own is None and asking in ASKED_FIRST and asking in council.fields:
        return FieldUse(council.fields[asking], optional=True)
    return own
