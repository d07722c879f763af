"""People who work for the council, as far as CivicLine needs to know them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

BROWSER = "browser"
"""What stands for a telephone number where calls ring in the agent's browser."""


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
    """`teams` are the teams whose cases they work; a supervisor sees all. `phone` is what rings for
    calls: a number (E.164), BROWSER, or nothing."""

    id: str
    name: str
    role: Role
    token_hash: str
    teams: tuple[str, ...] = ()
    phone: str | None = None
    availability: Availability = Availability.AWAY

    @property
    def rings_in_browser(self) -> bool:
        """Whether calls ring in their browser, and not on a telephone."""
        return self.phone == BROWSER


def by_name(member: StaffMember) -> tuple[str, str]:
    """What to sort members of staff by."""
    return member.name.casefold(), member.name
