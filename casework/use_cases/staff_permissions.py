"""Who may see and do what: the one place that knows what each role is for.

| | conversations | cases | note, tell the resident | status, team, assign, join, apply |
|---|---|---|---|---|
| agent | all | all | yes | no |
| back_office | none | their teams' | their teams' | their teams' |
| supervisor | all | all | yes | yes |

An agent talks to residents and needs all their matters in view; a back office works its own
teams' cases, and what else a resident said in a conversation is not its business. Recordings of
talks are listened to, and deleted before their time, by supervisors alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from casework.domain.cases import Case
from casework.domain.errors import NotAllowed, NotFound
from casework.domain.staff import Role, StaffMember

_TALK = frozenset({Role.AGENT, Role.SUPERVISOR})
_DECIDE = frozenset({Role.BACK_OFFICE, Role.SUPERVISOR})


def require_conversations(member: StaffMember) -> None:
    """Raises NotAllowed unless this member may read conversations."""
    if member.role not in _TALK:
        raise NotAllowed(f"role {member.role} reads no conversations")


def require_case(member: StaffMember, case: Case) -> None:
    """Raises NotFound if the case is another team's: its very existence is that team's business."""
    if member.role is Role.BACK_OFFICE and case.team not in member.teams:
        raise NotFound("case")


def decides(member: StaffMember) -> bool:
    """Whether this member may set status, team and who works a case, join and apply."""
    return member.role in _DECIDE


def works_for(member: StaffMember, team: str) -> bool:
    """Whether cases of this team can be given to this member."""
    return decides(member) and (member.role is Role.SUPERVISOR or team in member.teams)


def require_decision(member: StaffMember) -> None:
    """Raises NotAllowed unless this member decides about cases."""
    if not decides(member):
        raise NotAllowed(f"role {member.role} sets no status or team")


def hears_recordings(member: StaffMember) -> bool:
    """Whether this member may listen to recordings of talks, and delete them."""
    return member.role is Role.SUPERVISOR


def require_recordings(member: StaffMember) -> None:
    """Raises NotAllowed unless this member may listen to recordings."""
    if not hears_recordings(member):
        raise NotAllowed(f"role {member.role} hears no recordings")


def visible_teams(member: StaffMember, team: str | None) -> Sequence[str] | None:
    """Teams whose cases a search may show, `team` being the one asked for; None means all."""
    if member.role is not Role.BACK_OFFICE:
        return None if team is None else (team,)
    return tuple(mine for mine in member.teams if team in {None, mine})
