"""Shows who is at work."""

from __future__ import annotations

from casework.domain.staff import StaffMember
from casework.use_cases.office import Office
from casework.use_cases.staff_permissions import require_conversations


def read_team(office: Office, member: StaffMember) -> list[StaffMember]:
    """Everybody, by name, with where to ring them and whether they are free. Raises NotAllowed."""
    require_conversations(member)
    with office.store.begin(reading=True) as work:
        return work.staff.all()
