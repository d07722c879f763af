"""Texts a caller the address at which the form they are filling goes on in writing."""

from __future__ import annotations

from dataclasses import replace

from casework.domain.continuations import Continuation
from casework.domain.conversations import Channel, Conversation, Utterance
from casework.domain.drafts import DraftState
from casework.domain.outbox import Medium
from casework.domain.tokens import hash_of
from casework.ports.store import Work
from casework.use_cases.ask_draft import active_draft, question
from casework.use_cases.number_to_text import number_to_text
from casework.use_cases.offer_link import LINK_LASTS
from casework.use_cases.office import Office, offering, speak
from casework.use_cases.queue_message import queue_message


def text_form(
    office: Office, work: Work, conversation: Conversation, number: str | None = None
) -> tuple[Utterance, ...]:
    """What is said to a caller who wants to write what no keys can say. The form is put aside, and
    goes on at the address within a day. `number` is one they gave and said yes to; without it, it
    is their own. Whoever cannot be sent a text is asked again."""
    draft = active_draft(work, conversation)
    number = number or number_to_text(work, conversation)
    if draft is None or number is None:
        cannot = speak(office, conversation, "form_link_not_sent", service=conversation.service)
        return (cannot, *(() if draft is None else (question(office, conversation, draft),)))
    service = office.council.service(draft.about or draft.service)
    code, now = office.ids.new_token(), office.clock.now()
    hours = int(LINK_LASTS.total_seconds() // 3600)
    url = f"{office.address}/chat/go-on/{code}"
    queued = queue_message(
        office,
        work,
        medium=Medium.TEXT,
        to=number,
        text=office.council.say(
            "form_link_text", Channel.SMS, short=service.short, url=url, hours=hours
        ),
        key=f"form:{draft.id}:{now.isoformat()}",
        conversation_id=conversation.id,
    )
    if not queued:
        cannot = speak(office, conversation, "form_link_not_sent", service=service.id)
        return (cannot, question(office, conversation, draft))
    work.drafts.save(replace(draft, state=DraftState.PARKED, updated_at=now))
    work.continuations.add(
        Continuation(hash_of(code), conversation.id, draft.id, now, expires_at=now + LINK_LASTS)
    )
    conversation = replace(conversation, service=service.id, draft_id=None, misses=0)
    work.conversations.save(conversation)
    said = speak(office, conversation, "form_link_sent", service=service.id, hours=hours)
    # To go back to it here is not offered: it goes on there.
    conversation = offering(work, conversation, "more")
    return (said, speak(office, conversation, "anything_else", asks="topic"))
