"""Offers to go on elsewhere: by text, what takes many answers gets a link to the web chat."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from casework.domain.catalogue import PERSON, Reach
from casework.domain.continuations import Continuation
from casework.domain.conversations import Choice, Conversation, Link
from casework.domain.drafts import Draft, DraftState
from casework.domain.tokens import hash_of
from casework.ports.store import Work
from casework.use_cases.office import Office, Progress, offering, speak, word

LINK = "link"
"""The kind of offer that a link leaves open: it is followed, or a person is wanted instead."""

LINK_LASTS = timedelta(hours=24)
"""How long a link can be followed."""


def goes_on_elsewhere(office: Office, conversation: Conversation, draft: Draft) -> bool:
    """Whether this channel is no place to fill this draft."""
    service = office.council.service(draft.about or draft.service)
    return service.on(conversation.channel) is Reach.LINK_OR_CALLBACK


def offer_link(office: Office, work: Work, conversation: Conversation, draft: Draft) -> Progress:
    """Puts the draft aside and gives out a link at which it goes on, or a person instead."""
    work.drafts.save(replace(draft, state=DraftState.PARKED, updated_at=office.clock.now()))
    service = office.council.service(draft.about or draft.service)
    conversation = replace(conversation, service=service.id, draft_id=None, misses=0)
    conversation = offering(work, conversation, LINK, [service.id])
    code, now = office.ids.new_token(), office.clock.now()
    work.continuations.add(
        Continuation(hash_of(code), conversation.id, draft.id, now, expires_at=now + LINK_LASTS)
    )
    said = speak(
        office,
        conversation,
        "continue_online",
        service=service.id,
        asks="offer",
        choices=[Choice(word(office, conversation, "button_call"), PERSON)],
        short=service.short,
        hours=int(LINK_LASTS / timedelta(hours=1)),
    )
    label = word(office, conversation, "continue_link")
    link = Link(label, f"{office.address}/chat/go-on/{code}")
    return Progress((replace(said, links=(link,)),), filling=False)
