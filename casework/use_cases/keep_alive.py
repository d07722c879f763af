"""Notes that an agent's desk is still open."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from casework.domain.handoffs import HandoffState
from casework.domain.staff import StaffMember
from casework.use_cases.office import Office


def keep_alive(office: Office, member: StaffMember, now: datetime | None = None) -> None:
    """The conversations that this member has stay theirs; `now` (aware) is the clock's unless
    given."""
    now = now or office.clock.now()
    with office.store.begin(reading=True) as work:
        mine = work.handoffs.open_of(member.id)
    for found in mine:
        # One at a time: units that hold several could wait for each other.
        with office.store.begin() as work:
            handoff = work.handoffs.get(found.id)
            if handoff.state is HandoffState.TAKEN and handoff.agent == member.id:
                work.handoffs.save(replace(handoff, seen_at=now))
