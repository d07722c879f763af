"""What to say once a need is met: go on with what waits, offer the bundle, or ask what else."""

from __future__ import annotations

from dataclasses import replace

from casework.domain.conversations import Choice, Conversation, Utterance
from casework.domain.drafts import Draft, DraftState
from casework.ports.store import Work
from casework.use_cases.office import (
    Office,
    offering,
    service_choices,
    speak,
    word,
    yes_no,
)


def offer_next(
    office: Office, work: Work, conversation: Conversation, done: str | None
) -> tuple[Conversation, tuple[Utterance, ...]]:
    """The next thing to offer after the service `done` (None: nothing was finished)."""
    parked = parked_draft(work, conversation)
    if parked is not None:
        return _offer_resume(office, work, conversation, parked)
    if conversation.kept:
        return _offer_kept(office, work, conversation)
    if done is not None:
        for event in office.council.life_events:
            if event.services[0] == done and event.id not in conversation.offered:
                return _offer_bundle(office, work, conversation, event.id)
    conversation = offering(work, conversation, "more")
    said = speak(
        office,
        conversation,
        "anything_else",
        asks="topic",
        choices=[Choice(word(office, conversation, "button_nothing_else"), "no")],
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
    conversation = replace(conversation, kept=tuple(rest))
    conversation = offering(work, conversation, "services", [first])
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


def _offer_bundle(
    office: Office, work: Work, conversation: Conversation, event_id: str
) -> tuple[Conversation, tuple[Utterance, ...]]:
    event = next(e for e in office.council.life_events if e.id == event_id)
    others = event.services[1:]
    conversation = replace(conversation, offered=(*conversation.offered, event_id))
    conversation = offering(work, conversation, "services", others)
    no_thanks = Choice(word(office, conversation, "button_no_thanks"), "no")
    said = Utterance(
        text=event.offer,
        asks="offer",
        kind="offer",
        choices=(*service_choices(office, others), no_thanks),
    )
    return conversation, (said,)
