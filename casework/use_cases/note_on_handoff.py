"""Keeps what an agent wants colleagues to know; residents never see it."""

from __future__ import annotations

from dataclasses import replace

from casework.domain.handoffs import Handoff, Note
from casework.domain.staff import StaffMember
from casework.use_cases.hold_handoff import hold_handoff, written
from casework.use_cases.office import Office
from casework.use_cases.staff_permissions import require_conversations


def add_note(office: Office, member: StaffMember, handoff_id: str, text: str) -> Handoff:
    """The handoff with the note; one that is over takes notes too.

    Raises Invalid (empty, over 2,000 characters), NotFound, NotAllowed.
    """
    require_conversations(member)
    text = written(text)
    with office.store.begin() as work:
        _, handoff = hold_handoff(work, handoff_id)
        now = office.clock.now()
        note = Note(now, member.name, text)
        noted = replace(handoff, notes=(*handoff.notes, note), updated_at=now)
        work.handoffs.save(noted)
        return noted
