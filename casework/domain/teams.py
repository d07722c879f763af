"""The teams that work cases, and whom to ring while nobody is at work."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class EmergencyLine:
    """The number that answers while nobody is at work. `what` says what for, and fits behind
    "ring it about"; `services` are those whose residents are told of it whatever the matter."""

    phone: str
    what: str
    services: tuple[str, ...] = ()


@dataclass(frozen=True)
class Team:
    """Who works a case. `name` fits in a sentence, `label` on a button; `line` is the team's own
    emergency line, where it has one."""

    id: str
    name: str
    label: str
    words: tuple[str, ...]
    email: str
    line: EmergencyLine | None = None
