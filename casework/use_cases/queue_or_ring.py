"""Decides, once a person's case is prepared, whether that person comes now or rings."""

from __future__ import annotations

from casework.domain.drafts import CONFIRM, next_question
from casework.domain.handoffs import HandoffReason, HandoffState
from casework.use_cases.filling import Filling
from casework.use_cases.join_queue import join_queue
from casework.use_cases.office import Progress
from casework.use_cases.prepared import is_prepared, is_to_be_rung, to_be_rung
from casework.use_cases.staffing import opened, staffed

DEALT_WITH = frozenset({HandoffState.RETURNED, HandoffState.ENDED})
"""A person has had the conversation: what is left is read back and sent."""


def queue_or_ring(filling: Filling) -> Progress | None:
    """Has the resident wait for the person, with the draft open for them and nothing read back;
    when nobody comes, the draft asks when to ring, and None is given."""
    draft = filling.draft
    if draft.asking != CONFIRM or not is_prepared(filling.service) or is_to_be_rung(draft):
        return None
    handoffs = filling.work.handoffs.of_conversation(filling.conversation.id)
    since = [one for one in handoffs if one.created_at >= draft.created_at]
    if since and (since[-1].is_open or since[-1].state in DEALT_WITH):
        return None
    if not since and staffed(filling.office, filling.work, filling.conversation.channel):
        filling.keep(draft)
        joined = join_queue(
            filling.office,
            filling.work,
            filling.conversation,
            HandoffReason.COMPLEX,
            filling.shown,
        )
        return Progress((*filling.notes, *joined.said), filling=False)
    if not since:
        gone = opened(filling.office)
        filling.note("person_callback_nobody" if gone else "person_callback_closed")
    filling.draft = to_be_rung(draft, filling.unsafe)
    filling.draft = filling.draft.asking_for(next_question(filling.service, filling.draft))
    return None
