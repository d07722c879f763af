"""Keeps what a member of staff says of themselves: where to ring them, whether they are free."""

from __future__ import annotations

from dataclasses import replace

from casework.domain.errors import Invalid
from casework.domain.staff import Availability, StaffMember
from casework.use_cases.office import Office


def update_staff(
    office: Office,
    member: StaffMember,
    *,
    phone: str | None = None,
    availability: Availability | None = None,
) -> StaffMember:
    """The member as saved. `phone` is E.164 or BROWSER; empty removes it, None leaves it as
    it is.

    Raises Invalid when nothing is given, and NotFound for somebody who has gone.
    """
    if phone is None and availability is None:
        raise Invalid("nothing to set")
    with office.store.begin() as work:
        # Read again: a fresh token may have been issued since this member was identified.
        current = work.staff.get(member.id)
        if phone is not None:
            current = replace(current, phone=phone or None)
        if availability is not None:
            current = replace(current, availability=availability)
        work.staff.save(current)
    return current
