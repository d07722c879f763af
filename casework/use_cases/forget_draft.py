"""Forgets what a resident told us for a form that they left and did not agree to have kept."""

from __future__ import annotations

from dataclasses import replace

from casework.domain.conversations import Conversation
from casework.domain.drafts import Draft, DraftState
from casework.domain.errors import NotFound
from casework.ports.store import Work

KEEP = "keep"
"""The kind of offer to keep a form that is being left: its id is in `words`."""

KEEP_NAME = "keep_name"
"""The kind of offer that awaits the name under which such a form is kept."""


def forget(work: Work, draft: Draft) -> None:
    """Empties a draft that is dropped; that there was one is all that stays."""
    emptied = replace(
        draft, state=DraftState.DROPPED, answers={}, opening="", candidates=(), asking=None
    )
    work.drafts.save(emptied)


def forget_unkept(work: Work, before: Conversation, after: Conversation | None) -> None:
    """Forgets the draft that `before` offered to keep, once nobody can agree to that any more:
    `after` offers something else, or there is no more."""
    offer = before.offer
    kinds = {KEEP, KEEP_NAME}
    if offer is None or offer.kind not in kinds:
        return
    now = None if after is None else after.offer
    if now is not None and now.kind in kinds and now.words == offer.words:
        return
    try:
        draft = work.drafts.get(offer.words)
    except NotFound:
        return
    if draft.state is DraftState.DROPPED:
        forget(work, draft)
