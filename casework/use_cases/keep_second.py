"""Keeps the second of two requests made in one message, to be offered after the first."""

from __future__ import annotations

from dataclasses import replace

from casework.domain.catalogue import PERSON
from casework.domain.conversations import SAFETY, Conversation, Turn, Utterance
from casework.ports.store import Work
from casework.use_cases.ask_draft import active_draft
from casework.use_cases.office import Office, Progress, known_service, speak


def keep_second(
    office: Office, work: Work, conversation: Conversation, turn: Turn, first: str | None = None
) -> tuple[Conversation, Turn, tuple[Utterance, ...]]:
    """The conversation with what else was asked for, the turn without it, and what to say of that;
    all as they were when there is nothing to keep. `first` is the service asked for first."""
    second = turn.second
    if second is None or turn.choice is not None:
        return conversation, turn, ()
    service = known_service(office, second.label)
    draft = active_draft(work, conversation)
    own = {first} if draft is None else {first, draft.service, draft.about}
    if service is None or service.id in {*SAFETY, PERSON, *own}:
        return conversation, replace(turn, second=None), ()
    turn = replace(turn, text=second.first, second=None)
    if service.id in conversation.kept:
        return conversation, turn, ()
    conversation = replace(
        conversation,
        kept=(*conversation.kept, service.id),
        kept_words={**conversation.kept_words, service.id: second.words},
    )
    work.conversations.save(conversation)
    said = speak(office, conversation, "second_kept", short=service.short)
    return conversation, turn, (said,)


def told_in_passing(progress: Progress, said: tuple[Utterance, ...]) -> Progress:
    """What was kept, told before the question that the resident is to answer. When all is done,
    the offer itself tells."""
    if not said:
        return progress
    if progress.filling:
        return replace(progress, said=(*progress.said, *said))
    before, asked = progress.said[:-1], progress.said[-1:]
    return replace(progress, said=(*before, *said, *asked))


def no_longer_kept(work: Work, conversation: Conversation, service: str) -> Conversation:
    """The conversation without a service that is dealt with now."""
    if service not in conversation.kept:
        return conversation
    words = {name: said for name, said in conversation.kept_words.items() if name != service}
    kept = tuple(name for name in conversation.kept if name != service)
    conversation = replace(conversation, kept=kept, kept_words=words)
    work.conversations.save(conversation)
    return conversation
