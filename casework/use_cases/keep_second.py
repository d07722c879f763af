"""Keeps the second of two requests made in one message, to be offered after the first."""

from __future__ import annotations

from dataclasses import replace

from casework.domain.catalogue import PERSON, Kind, Service
from casework.domain.conversations import FITS, SAFETY, Conversation, Turn, Utterance
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
        kept_words={**conversation.kept_words, **words_kept(service, second.words, turn)},
    )
    work.conversations.save(conversation)
    said = speak(office, conversation, "second_kept", short=service.short)
    return conversation, turn, (said,)


def words_kept(service: Service, said: str, turn: Turn) -> dict[str, str]:
    """What to keep of a service asked for in passing: in what words, and the topic asked about."""
    name, score = next(iter(turn.topics.get(service.id, ())), ("", 0.0))
    # A street light that is out is to be reported, however well an answer fits.
    asks = turn.question or service.kind is Kind.ENQUIRY
    topic = {topic_key(service.id): name} if asks and score >= FITS else {}
    return {service.id: said, **topic}


def topic_key(service: str) -> str:
    """Under which the topic asked about stands in `kept_words`."""
    return f"{service}/topic"


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
    own = {service, topic_key(service)}
    if service not in conversation.kept and not own & set(conversation.kept_words):
        return conversation
    words = {name: said for name, said in conversation.kept_words.items() if name not in own}
    kept = tuple(name for name in conversation.kept if name != service)
    conversation = replace(conversation, kept=kept, kept_words=words)
    work.conversations.save(conversation)
    return conversation
