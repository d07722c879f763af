"""The queue as one member of staff sees it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from casework.domain.handoffs import UNANSWERED, HandoffState
from casework.domain.staff import StaffMember
from casework.use_cases.office import Office
from casework.use_cases.queue_rows import QueueRow, read_left, read_queue


@dataclass(frozen=True)
class Rows:
    """Who waits, in order of place; whom I have, or am being rung about; whom colleagues have; who
    left before a person came, and cannot be reached."""

    waiting: Sequence[QueueRow]
    mine: Sequence[QueueRow]
    colleagues: Sequence[QueueRow]
    left: Sequence[QueueRow]


def read_rows(office: Office, member: StaffMember) -> Rows:
    """Raises NotAllowed."""
    rows = read_queue(office, member)
    taken = [row for row in rows if row.handoff.state is HandoffState.TAKEN]
    return Rows(
        waiting=[row for row in rows if row.handoff.state in UNANSWERED],
        mine=[row for row in rows if row.handoff.agent == member.id],
        colleagues=[row for row in taken if row.handoff.agent != member.id],
        left=read_left(office, member),
    )


def count_waiting(office: Office) -> int:
    """How many wait, for the page's title."""
    with office.store.begin(reading=True) as work:
        return len(work.handoffs.waiting())
