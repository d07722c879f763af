"""What to say once a need is met: go on with what waits, offer the bundle, or ask what else."""

from __future__ import annotations

import re
from dataclasses import replace

from casework.domain.catalogue import CALLBACK, LifeEvent
from casework.domain.conversations import Author, Choice, Conversation, Utterance
from casework.domain.drafts import Draft, DraftState
from casework.ports.store import Work
from casework.use_cases.offer_link import goes_on_elsewhere
from casework.use_cases.office import (
    Office,
    offering,
    service_choices,
    speak,
    word,
    yes_no,
)


def offer_next(
    office: Office,
    work: Work,
    conversation: Conversation,
    done: str | None,
    also: str | None = None,
) -> tuple[Conversation, tuple[Utterance, ...]]:
    """The next thing to offer after the service `done` (None: nothing was finished). `also` is a
    service to show beside "anything else?"."""
    parked = parked_draft(work, conversation)
    elsewhere = parked is not None and goes_on_elsewhere(office, conversation, parked)
    kept = parked is not None and work.resumes.of_draft(parked.id) != []
    settled = elsewhere or kept
    if parked is not None and not settled and not handed_over(work, conversation, parked):
        return _offer_resume(office, work, conversation, parked)
    if conversation.kept:
        return _offer_kept(office, work, conversation)
    if done is not None:
        event = _event(office, work, conversation, done)
        if event is not None:
            return _offer_bundle(office, work, conversation, event)
    conversation = offering(work, conversation, "more")
    said = speak(
        office,
        conversation,
        "anything_else",
        asks="topic",
        choices=[
            *service_choices(office, [also] if also else []),
            Choice(word(office, conversation, "button_nothing_else"), "no"),
        ],
    )
    return conversation, (said,)


def parked_draft(work: Work, conversation: Conversation) -> Draft | None:
    """The newest draft that was put aside for another."""
    parked = [
        draft
        for draft in work.drafts.of_conversation(conversation.id)
        if draft.state is DraftState.PARKED
    ]
    return parked[-1] if parked else None


def handed_over(work: Work, conversation: Conversation, parked: Draft) -> bool:
    """Whether a person was asked to ring about it, with all that was captured."""
    matter = parked.about or parked.service
    return any(
        draft.service == CALLBACK and draft.about == matter and draft.case_ref is not None
        for draft in work.drafts.of_conversation(conversation.id)
    )


def _offer_resume(
    office: Office, work: Work, conversation: Conversation, parked: Draft
) -> tuple[Conversation, tuple[Utterance, ...]]:
    shown = office.council.service(parked.about or parked.service)
    conversation = offering(work, conversation, "resume", [shown.id])
    said = speak(
        office,
        conversation,
        "offer_resume",
        service=shown.id,
        asks="offer",
        choices=yes_no(office, conversation),
        short=shown.short,
    )
    return conversation, (said,)


def _offer_kept(
    office: Office, work: Work, conversation: Conversation
) -> tuple[Conversation, tuple[Utterance, ...]]:
    first, *rest = conversation.kept
    said_of = dict(conversation.kept_words)
    words = said_of.pop(first, "")
    conversation = replace(conversation, kept=tuple(rest), kept_words=said_of)
    conversation = offering(work, conversation, "services", [first], words)
    said = speak(
        office,
        conversation,
        "offer_kept",
        service=first,
        asks="offer",
        choices=yes_no(office, conversation),
        short=office.council.service(first).short,
    )
    return conversation, (said,)


def _event(office: Office, work: Work, conversation: Conversation, done: str) -> LifeEvent | None:
    """The life event that shows in what was done or said, with something left to offer."""
    said = " ".join(
        message.said.text.lower()
        for message in work.conversations.messages(conversation.id)
        if message.author is Author.RESIDENT
    )
    for event in office.council.life_events:
        told = any(re.search(rf"\b{re.escape(words)}\b", said) for words in event.words)
        new = event.id not in conversation.offered and _not_yet(work, conversation, event)
        if new and (done in event.after or told):
            return event
    return None


def _not_yet(work: Work, conversation: Conversation, event: LifeEvent) -> tuple[str, ...]:
    """The event's services that this conversation has not dealt with."""
    drafts = work.drafts.of_conversation(conversation.id)
    dealt_with = {name for draft in drafts for name in (draft.service, draft.about)}
    dealt_with |= {conversation.service, *conversation.kept}
    return tuple(name for name in event.services if name not in dealt_with)


def _offer_bundle(
    office: Office, work: Work, conversation: Conversation, event: LifeEvent
) -> tuple[Conversation, tuple[Utterance, ...]]:
    others = _not_yet(work, conversation, event)
    conversation = replace(conversation, offered=(*conversation.offered, event.id))
    conversation = offering(work, conversation, "services", others)
    no_thanks = Choice(word(office, conversation, "button_no_thanks"), "no")
    said = Utterance(
        text=event.offer,
        asks="offer",
        kind="offer",
        choices=(*service_choices(office, others), no_thanks),
    )
    return conversation, (said,)
