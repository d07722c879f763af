"""People who work for the council, as far as CivicLine needs to know them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a member of staff may do: talk to residents, work cases, or see everything."""

    AGENT = "agent"
    BACK_OFFICE = "back_office"
    SUPERVISOR = "supervisor"


class Availability(StrEnum):
    """Whether an agent takes conversations now."""

    AVAILABLE = "available"
    BUSY = "busy"
    AWAY = "away"


@dataclass(frozen=True)
class StaffMember:
    """`teams` are the teams whose cases they work; a supervisor sees all."""

    id: str
    name: str
    role: Role
    token_hash: str
    teams: tuple[str, ...] = ()
    phone: str | None = None
    availability: Availability = Availability.AWAY


def by_name(member: StaffMember) -> tuple[str, str]:
    """What to sort members of staff by."""
    return member.name.casefold(), member.name
