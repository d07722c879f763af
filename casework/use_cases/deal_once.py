"""Deals with each turn once, whatever is repeated and whatever dies in between."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from casework.domain.conversations import Conversation, Dealt, Utterance
from casework.ports.store import Work
from casework.use_cases.ask_draft import ask_draft
from casework.use_cases.forget_draft import forget_unkept
from casework.use_cases.office import Office, Progress

Deals = Callable[[Work, Conversation], Progress]


def deal_once(office: Office, conversation_id: str, turn_id: str, deal: Deals) -> Progress:
    """What `deal` made of a turn, recorded in the same unit of work.

    A turn dealt with before does nothing and says nothing: what it said is in the record. Raises
    NotFound for an unknown conversation, and whatever `deal` raises, with nothing recorded.
    """
    with office.store.begin() as work:
        conversation = work.conversations.get(conversation_id)
        before = conversation.dealt
        if before is not None and before.turn_id == turn_id:
            return Progress((), before.filling)
        progress = deal(work, conversation)
        after = work.conversations.get(conversation_id)
        forget_unkept(work, conversation, after)
        dealt = Dealt(turn_id, progress.said, progress.filling)
        work.conversations.save(replace(after, dealt=dealt))
        return progress


def already_said(office: Office, conversation_id: str, turn_id: str) -> list[Utterance]:
    """The answer to a turn that was dealt with although no reply was written; empty if it was not.

    Raises NotFound.
    """
    with office.store.begin(reading=True) as work:
        dealt = work.conversations.get(conversation_id).dealt
    if dealt is None or dealt.turn_id != turn_id:
        return []
    return [*dealt.said, *(ask_draft(office, conversation_id) if dealt.filling else ())]
