"""The rules about danger that outrank everything else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class SafetyRule:
    """Token patterns (spaCy Matcher) that outrank everything, and the ones that silence them."""

    id: str
    label: str
    wording: str
    safe_contact: bool
    patterns: tuple[tuple[Mapping[str, Any], ...], ...]
    unless: tuple[tuple[Mapping[str, Any], ...], ...]
    fires: tuple[str, ...]
    quiet: tuple[str, ...]
