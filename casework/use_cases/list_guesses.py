"""What residents meant when the assistant was not sure, for those who write its examples."""

from __future__ import annotations

from casework.domain.errors import NotAllowed
from casework.domain.guesses import Guess
from casework.domain.staff import Role, StaffMember
from casework.use_cases.office import Office

MOST = 500
"""Guesses shown, or written to a file, at once."""


def list_guesses(office: Office, member: StaffMember, chosen: str | None = None) -> list[Guess]:
    """Newest first; only those of which `chosen` (a service or NEITHER) was chosen, if given.

    Back office see those in which a service of their own teams was offered or dealt with. Raises
    NotAllowed for agents.
    """
    if member.role is Role.AGENT:
        raise NotAllowed("guesses")
    with office.store.begin(reading=True) as work:
        found = work.guesses.recent(chosen, MOST)
    return [guess for guess in found if _concerns(office, member, guess)]


def _concerns(office: Office, member: StaffMember, guess: Guess) -> bool:
    if member.role is not Role.BACK_OFFICE:
        return True
    names = {*(name for name, _ in guess.offered), guess.dealt}
    known = (office.council.services.get(name or "") for name in names)
    return any(service.team in member.teams for service in known if service is not None)
