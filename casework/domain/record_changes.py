"""What a reported change makes of a resident's record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from casework.domain.cases import RecordChange
from casework.domain.catalogue import Applies
from casework.domain.residents import Resident

_SHOWN = ("name", "address", "postcode", "phone", "email", "registration")
"""Columns in the order in which staff read what has changed."""


def written(resident: Resident, applies: Applies, values: Mapping[str, Any]) -> Resident:
    """The record after the change; `values` are stored ones by field id. What was not given, or is
    not known, stays as it is. An address brings its postcode, and leaves none of the old one."""
    changes: dict[str, Any] = {}
    for column, name in applies.record.items():
        value = values.get(name)
        if not value:
            continue
        if column == "address":
            lines = value.get("lines") or [value.get("text", "")]
            changes["address"] = ", ".join(lines)
            changes["postcode"] = value.get("postcode") or ""
        else:
            changes[column] = str(value)
    return replace(resident, **changes)


def differences(before: Resident, after: Resident) -> tuple[RecordChange, ...]:
    """The columns that are not the same, with what each held; None and nothing are alike."""
    pairs = ((name, getattr(before, name) or None, getattr(after, name) or None) for name in _SHOWN)
    return tuple(RecordChange(name, old, new) for name, old, new in pairs if old != new)


def holds_from(applies: Applies, values: Mapping[str, Any]) -> date | None:
    """The day from which the change holds; None where it says none."""
    given = values.get(applies.since or "")
    return date.fromisoformat(given) if isinstance(given, str) else None
