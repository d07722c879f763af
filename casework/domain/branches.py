"""What the answers so far change about a form: its words, what may be left out, when it is due."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from casework.domain.catalogue import FieldUse, Service, Tell
from casework.domain.fields import Field

Conditions = Mapping[str, tuple[Any, ...]]
"""For each earlier field the values, one of which it must have."""

GIVEN = "given"
"""The condition that a field is known, whatever its value."""


def holds(when: Conditions, values: Mapping[str, Any]) -> bool:
    """Whether the answers so far meet all conditions. A contact also meets `phone` or `email`, and
    whatever is known meets `given`."""
    return all(_is_one_of(values.get(name), wanted) for name, wanted in when.items())


def _is_one_of(value: Any, wanted: tuple[Any, ...]) -> bool:
    known = value is not None and GIVEN in wanted
    return known or value in wanted or _kind_of_contact(value) in wanted


def _kind_of_contact(value: Any) -> str:
    text = value if isinstance(value, str) else ""
    if "@" in text:
        return "email"
    return "phone" if text.startswith("+") else ""


def branched(service: Service, values: Mapping[str, Any]) -> Service:
    """The service as it is on these answers: each field in the words that fit them, optional or
    not, the teams that they concern before the others, and the time that is promised."""
    tells = tuple(sorted(service.tells, key=lambda tell: not _concerns(tell, values)))
    if tells != service.tells:
        service = replace(service, tells=tells)
    uses = tuple(_branched(service, use, values) for use in service.uses)
    sooner = next((one for one in service.sla_when if holds(one.when, values)), None)
    if sooner is not None:
        return replace(service, uses=uses, sla_days=sooner.sla_days, sla_hours=None)
    return service if uses == service.uses else replace(service, uses=uses)


def _concerns(tell: Tell, values: Mapping[str, Any]) -> bool:
    return bool(tell.concerns) and holds(tell.concerns, values)


def _branched(service: Service, use: FieldUse, values: Mapping[str, Any]) -> FieldUse:
    branch = next((b for b in use.field.branches if holds(b.when, values)), None)
    if branch is not None:
        use = replace(use, field=branch.field)
    if use.optional_when:
        use = replace(use, optional=holds(use.optional_when, values))
    if use.asked_when:
        use = replace(use, asked=holds(use.asked_when, values))
    if use.optional and is_last_of(service, use.field.id, values):
        field = replace(use.field, may_be_unknown=False)
        use = replace(use, optional=False, field=field)
    return use


def is_last_of(service: Service, field_id: str, values: Mapping[str, Any]) -> bool:
    """Whether at least one of a group is needed, and all others of it have been left out."""
    return any(
        field_id in group and all(n in values and values[n] is None for n in group if n != field_id)
        for group in service.one_of
    )


def at_odds(field: Field, value: Any, values: Mapping[str, Any]) -> bool:
    """Whether a value cannot be true beside another one of the form: a date on the wrong side of
    another date, or anything the same as what it must differ from."""
    if value is not None and field.not_same and value == values.get(field.not_same):
        return True
    first = values.get(field.not_before) if field.not_before else None
    last = values.get(field.not_after) if field.not_after else None
    # Dates are stored as YYYY-MM-DD, which sorts as they do.
    return value is not None and (
        (first is not None and value < first) or (last is not None and value > last)
    )


def is_doubtful(field: Field, value: Any, today: date) -> bool:
    """Whether a date lies so far back that it is rather a slip."""
    if field.sure_past_days is None or value is None:
        return False
    return (today - date.fromisoformat(str(value))).days > field.sure_past_days
