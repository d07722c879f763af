"""Answers a question from what is published, and asks what comes after the answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from casework.domain.catalogue import NOT_OURS, Kind, Service
from casework.domain.conversations import Channel, Choice, Conversation, Turn, Utterance
from casework.ports.store import Work
from casework.use_cases.find_answer import ROW, Found, published
from casework.use_cases.number_to_text import number_to_text
from casework.use_cases.office import Office, Progress, offering, service_choices, speak, yes_no
from casework.use_cases.page_answered import with_page
from casework.use_cases.read_table import row_choices

OFFERED = {Channel.WEB: 4, Channel.SMS: 3, Channel.VOICE: 3}
"""Topics offered at once."""

LIKELY = {Channel.WEB: 3, Channel.SMS: 2, Channel.VOICE: 2}
"""Topics offered beside the service itself."""

TEXT_LINK = "text_link"
"""The kind of offer to text a link; noted in `offered` with the service, for it is made once."""


def answer_enquiry(
    office: Office,
    work: Work,
    conversation: Conversation,
    service: Service,
    turn: Turn,
    *,
    ends: bool = False,
) -> Progress | None:
    """Says what is published about the message and what comes after it; None when nothing is, or
    when the matter is to be looked up, taken down or brought to a person. `ends` says that they
    want it ended: it is not offered to them then."""
    found = published(office, work, conversation, service, turn)
    if found is None:
        return None
    conversation = replace(conversation, service=service.id, misses=0)
    links = found.links or found.answer.links or office.council.answers[service.id].links
    conversation = with_page(conversation, service.id, links)
    if ends and not found.open:
        topic = found.topic.id if found.topic else ""
        pleased = was_that_it(office, work, conversation, service, topic)
        return Progress((found.said, pleased), filling=False)
    return Progress((found.said, *_next(office, work, conversation, service, found, turn)), False)


def topics_offered(
    office: Office,
    conversation: Conversation,
    service: Service,
    turn: Turn,
    without: Sequence[str] = (),
) -> tuple[Choice, ...]:
    """The topics of a service as buttons, the likeliest first; all that the channel has room for
    but those that have been answered."""
    book = office.council.answers.get(service.id)
    if book is None:
        return ()
    ranked = [name for name, _ in turn.topics.get(service.id, ()) if name in book.topics]
    names = [*ranked, *(name for name in book.topics if name not in ranked)]
    left = [name for name in names if name not in without]
    return tuple(
        Choice(book.topics[name].title, f"{service.id}/{name}")
        for name in left[: OFFERED[conversation.channel]]
    )


def was_that_it(
    office: Office, work: Work, conversation: Conversation, service: Service, topic: str
) -> Utterance:
    """Asks whether an answer was what was needed; `topic` is what was answered, or empty."""
    conversation = offering(work, conversation, "satisfied", [service.id], topic)
    return speak(
        office,
        conversation,
        "was_that_it",
        service=service.id,
        asks="satisfied",
        choices=yes_no(office, conversation),
    )


def _next(
    office: Office,
    work: Work,
    conversation: Conversation,
    service: Service,
    found: Found,
    turn: Turn,
) -> tuple[Utterance, ...]:
    """What is asked after an answer: never another list of topics after a topic's answer."""
    if found.open:
        return (_which_row(office, work, conversation, service, found),)
    topic = found.topic.id if found.topic else ""
    if service.kind is not Kind.ENQUIRY:
        return (_begin_or_topic(office, work, conversation, service, found, turn),)
    asked = _which_topic(office, work, conversation, service, found, turn)
    if asked is not None:
        return (asked,)
    if link := _can_text(work, conversation, service, found):
        offered = (*conversation.offered, f"{TEXT_LINK}:{service.id}")
        conversation = replace(conversation, offered=offered)
        conversation = offering(work, conversation, TEXT_LINK, [service.id], link)
        choices = yes_no(office, conversation)
        return (speak(office, conversation, "offer_text_link", service=service.id, asks="offer",
                      choices=choices),)  # fmt: skip
    return (was_that_it(office, work, conversation, service, topic),)


def _begin_or_topic(
    office: Office,
    work: Work,
    conversation: Conversation,
    service: Service,
    found: Found,
    turn: Turn,
) -> Utterance:
    """Offers to begin what was asked about; beside its likeliest topics, if none was answered."""
    if found.topic is None:
        likely = topics_offered(office, conversation, service, turn)[: LIKELY[conversation.channel]]
        offering(work, conversation, "topics", [service.id])
        choices = (*likely, *service_choices(office, [service.id]))
        return speak(office, conversation, "topics_offered", service=service.id, asks="topic",
                     choices=choices)  # fmt: skip
    conversation = offering(work, conversation, "services", [service.id])
    return speak(
        office,
        conversation,
        "offer_after_answer",
        service=service.id,
        asks="offer",
        choices=yes_no(office, conversation),
        short=service.short,
    )


def _which_topic(
    office: Office,
    work: Work,
    conversation: Conversation,
    service: Service,
    found: Found,
    turn: Turn,
) -> Utterance | None:
    book = office.council.answers[service.id]
    if found.topic is not None or found.answer.table is not None or service.id == NOT_OURS:
        return None
    choices = topics_offered(office, conversation, service, turn)
    if not choices or not book.topics:
        return None
    conversation = offering(work, conversation, "topics", [service.id])
    return speak(
        office, conversation, "topics_offered", service=service.id, asks="topic", choices=choices
    )


def _which_row(
    office: Office, work: Work, conversation: Conversation, service: Service, found: Found
) -> Utterance:
    topic = found.topic.id if found.topic else ""
    offering(work, conversation, ROW, [service.id], topic)
    return speak(
        office,
        conversation,
        "which_row",
        service=service.id,
        asks="topic",
        kind="row",
        choices=row_choices(office, found.answer),
    )


def _can_text(work: Work, conversation: Conversation, service: Service, found: Found) -> str:
    """The address that could be texted to a caller; empty when it cannot, or was offered before."""
    links = found.links or found.answer.links
    if conversation.channel is not Channel.VOICE or not links:
        return ""
    if f"{TEXT_LINK}:{service.id}" in conversation.offered:
        return ""
    if number_to_text(work, conversation) is None:
        return ""
    return links[0].url
