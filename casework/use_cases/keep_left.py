"""Keeps the matter of those whose wait for a person ended, and who were not heard of since."""

from __future__ import annotations

from datetime import datetime, timedelta

from casework.domain.catalogue import CALLBACK, INTAKE, PERSON
from casework.domain.conversations import SAFE_CONTACT, Author, Channel, Mode
from casework.domain.drafts import Draft
from casework.domain.errors import NotFound
from casework.domain.handoffs import Handoff, HandoffState
from casework.ports.store import Work
from casework.use_cases.ask_draft import active_draft
from casework.use_cases.end_by_resident import what_became
from casework.use_cases.hold_handoff import hold_handoff
from casework.use_cases.keep_unanswered import keep_unanswered
from casework.use_cases.office import Office
from casework.use_cases.prepared import is_prepared, is_to_be_rung
from casework.use_cases.queue_rows import reached
from casework.use_cases.say_in_conversation import say_in_conversation

LOOKS_BACK = timedelta(days=2)
"""How far back ended waits are looked at: longer than any worker is out of service unnoticed."""

WRITTEN = frozenset({Channel.WEB, Channel.SMS})


def keep_left(office: Office, after: timedelta) -> int:
    """Opens the case of those in chats and texts who were promised a call back and have not said
    for longer than `after` where and when to ring; gives their number.

    Where they can be reached they are told, and find it in the chat should they come back.
    """
    now = office.clock.now()
    with office.store.begin(reading=True) as work:
        promised = [
            one.id
            for one in work.handoffs.over_since(now - LOOKS_BACK)
            if _is_left(office, work, one, now - after)
        ]
    return sum(_kept(office, handoff_id, now - after) for handoff_id in promised)


def _is_left(office: Office, work: Work, handoff: Handoff, before: datetime) -> bool:
    """Whether a call back was promised, the resident was last asked about that, and nothing came
    of it or of them since."""
    if handoff.state is not HandoffState.CALLBACK:
        return False
    conversation = work.conversations.get(handoff.conversation_id)
    if conversation.channel not in WRITTEN or conversation.mode is not Mode.BOT:
        return False
    if conversation.last_at >= before or reached(work, handoff):
        return False
    return _asks_about_call(office, active_draft(work, conversation), handoff)


def _asks_about_call(office: Office, draft: Draft | None, handoff: Handoff) -> bool:
    """Whether what is being filled in is what came of the promise: the call itself, the case that
    it goes with, or the e-mail that somebody wants instead. Whoever has turned it down, or gone on
    to something else, fills in nothing or that."""
    if draft is None:
        return False
    if draft.service == INTAKE:
        return draft.about == (handoff.about or PERSON)
    prepared = is_prepared(office.council.service(draft.service)) and is_to_be_rung(draft)
    return draft.service == CALLBACK or prepared


def _kept(office: Office, handoff_id: str, before: datetime) -> bool:
    try:
        with office.store.begin() as work:
            conversation, handoff = hold_handoff(work, handoff_id)
            if not _is_left(office, work, handoff, before):
                return False
            case = keep_unanswered(office, work, conversation.id, handoff)
            if case is None:
                return False
            conversation = work.conversations.get(conversation.id)
            if conversation.channel is Channel.WEB or SAFE_CONTACT not in conversation.flags:
                # So much later somebody else may hold the telephone.
                said = what_became(office, conversation, handoff, case)
                say_in_conversation(office, work, conversation, [said], Author.SYSTEM)
            return True
    except NotFound:
        return False
