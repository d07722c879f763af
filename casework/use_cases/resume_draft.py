"""Takes up a form that was put aside in this conversation."""

from __future__ import annotations

from dataclasses import replace

from casework.domain.conversations import Conversation, Turn
from casework.domain.drafts import CONFIRM, Draft, DraftState
from casework.ports.store import Work
from casework.use_cases.filling import Filling
from casework.use_cases.finish_draft import go_on
from casework.use_cases.offer_link import goes_on_elsewhere, offer_link
from casework.use_cases.office import Office, Progress


def resume(
    office: Office, work: Work, conversation: Conversation, parked: Draft, turn: Turn
) -> Progress:
    """Takes up a parked draft where it was left, or says where that can be done."""
    if goes_on_elsewhere(office, conversation, parked):
        return offer_link(office, work, conversation, parked)
    draft = replace(parked, state=DraftState.FILLING)
    conversation = replace(
        conversation, draft_id=draft.id, service=draft.about or draft.service, offer=None
    )
    work.conversations.save(conversation)
    filling = Filling(office, work, conversation, draft, turn)
    filling.note("resumed")
    if draft.asking == CONFIRM:
        filling.draft = replace(draft, yes_turn_id=None)
    return go_on(filling)
