"""Lets a member of staff in, or gives them a fresh token in place of the one they had."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from casework.domain.errors import Invalid
from casework.domain.staff import Role, StaffMember
from casework.domain.tokens import hash_of
from casework.use_cases.office import Office

MAX_NAME = 100
"""Characters of a name; a case's history carries it."""

_NOT_PEOPLE = frozenset({"resident", "assistant"})


def create_staff_token(office: Office, name: str, role: Role, teams: Sequence[str] = ()) -> str:
    """A fresh bearer token of `name`, shown this once; any token they had is void from now on.

    `role` and `teams` (team ids of the council) replace what they had, phone and availability
    stay. Raises Invalid for a name that a history could mistake, an unknown team, or a back
    office without a team.
    """
    name = _checked(name)
    for team in teams:
        if team not in office.council.teams:
            raise Invalid(f"no team {team!r}; teams: {', '.join(office.council.teams)}")
    if role is Role.BACK_OFFICE and not teams:
        raise Invalid("a back office member needs at least one team")
    token = office.ids.new_token()
    with office.store.begin() as work:
        known = work.staff.by_name(name)
        member = known or StaffMember(office.ids.new_id(), name, role, token_hash="")
        work.staff.save(
            replace(member, role=role, teams=tuple(dict.fromkeys(teams)), token_hash=hash_of(token))
        )
    return token


def _checked(name: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > MAX_NAME or not name.isprintable():
        raise Invalid(f"a name has 1 to {MAX_NAME} printable characters")
    if name.casefold() in _NOT_PEOPLE:
        raise Invalid(f"the name {name!r} means somebody else in a case's history")
    return name
