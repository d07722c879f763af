"""Ends a handoff whose resident has gone."""

from __future__ import annotations

from dataclasses import replace

from casework.domain.handoffs import Handoff, HandoffState
from casework.ports.store import Work
from casework.use_cases.office import Office


def leave_by_resident(office: Office, work: Work, conversation_id: str) -> Handoff | None:
    """The handoff that was open until now; None without one.

    Inside a unit of work that holds the conversation; what becomes of that is the caller's.
    """
    for found in work.handoffs.of_conversation(conversation_id):
        if found.is_open:
            handoff = work.handoffs.get(found.id)
            now = office.clock.now()
            gone = replace(handoff, state=HandoffState.GONE, ended_at=now, updated_at=now)
            work.handoffs.save(gone)
            return gone
    return None
