"""Answers a question from what is published: a topic's answer, or the overview and its topics."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from casework.domain.answers import Answer, PublishedAnswer, Topic
from casework.domain.catalogue import NOT_OURS, Kind, Service
from casework.domain.conversations import (
    FITS,
    Channel,
    Choice,
    Conversation,
    Link,
    Turn,
    Utterance,
)
from casework.domain.phones import is_mobile
from casework.ports.store import Work
from casework.ports.tables import Row
from casework.use_cases.office import Office, Progress, offering, service_choices, speak, yes_no
from casework.use_cases.read_table import (
    asks_for_day,
    row_choices,
    rows_before,
    rows_meant,
    told,
)
from casework.use_cases.whose_job import point_elsewhere

OFFERED = {Channel.WEB: 4, Channel.SMS: 3, Channel.VOICE: 3}
"""Topics offered at once."""

LIKELY = {Channel.WEB: 3, Channel.SMS: 2, Channel.VOICE: 2}
"""Topics offered beside the service itself."""

LONGEST_TEXT = 320
"""Characters of a text; a link that does not fit is left out."""

TEXT_LINK = "text_link"
"""The kind of offer to text a link; noted in `offered` with the service, for it is made once."""

ROW = "row"
"""The kind of offer that awaits the name of a row of a table."""

ANSWERED_FIRST = frozenset({Kind.REPORT, Kind.REQUEST, Kind.CHANGE})
"""Kinds of which a short question is answered, by the overview if need be, before they begin."""

SHORT_QUESTION = 14
"""Words of the longest question that is one without a topic that fits; more may tell a need."""


@dataclass(frozen=True)
class Found:
    """What answers a message. `topic` is None for an overview; `open` says that the resident has
    to name a row of the answer's table first; `links` are those said instead
    of the answer's."""

    said: Utterance
    answer: Answer
    topic: Topic | None
    open: bool = False
    links: tuple[Link, ...] = ()


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
    if ends and not found.open:
        topic = found.topic.id if found.topic else ""
        pleased = was_that_it(office, work, conversation, service, topic)
        return Progress((found.said, pleased), filling=False)
    return Progress((found.said, *_next(office, work, conversation, service, found, turn)), False)


def published(
    office: Office, work: Work, conversation: Conversation, service: Service, turn: Turn
) -> Found | None:
    """The published answer to a message, if it can be given without asking anything."""
    book = office.council.answers.get(service.id)
    if book is None:
        return None
    if service.id == NOT_OURS and (said := point_elsewhere(office, work, conversation, turn.text)):
        return Found(_fitting(conversation, said), book, None, links=said.links)
    topic = topic_of(book, service, turn)
    if topic is None and conversation.service == service.id and turn.choice is None:
        topic = _hours_topic(office, book, turn)
    waits = conversation.offer is not None and conversation.offer.kind == ROW
    if waits and conversation.offer and service.id in conversation.offer.services:
        topic = topic or book.topics.get(conversation.offer.words)
    answer: Answer = book if topic is None or topic.looks_up else topic
    if answer.table is not None:
        rows = []
        if conversation.service == service.id:
            rows = _rows_of_before(office, work, conversation, answer, turn)
        rows = rows or rows_meant(office, answer, turn.text)
        if rows or not service.uses:
            said = told(office, conversation, service.id, answer, rows, turn.text)
            found = _fitting(conversation, said)
            named = answer.table and office.council.tables[answer.table].unnamed != "all"
            return Found(found, answer, topic, open=not rows and bool(named) and not waits)
    begins = service.uses or service.kind is not Kind.ENQUIRY
    if answer is book and begins and not _asks_in_general(service, turn):
        return None
    if answer is book and service.id == NOT_OURS:
        book = replace(book, said=book.missing or book.said)
        answer = book
    said = told(office, conversation, service.id, answer, (), turn.text)
    return Found(_fitting(conversation, said), answer, topic)


def _rows_of_before(
    office: Office, work: Work, conversation: Conversation, answer: Answer, turn: Turn
) -> list[Row]:
    """The rows named before, when this message names none itself."""
    if answer.table is None or office.tables.find(answer.table, turn.text):
        return []
    return rows_before(office, work, conversation, answer, turn.text)


def _hours_topic(office: Office, book: PublishedAnswer, turn: Turn) -> Topic | None:
    """The topic on opening hours, for a day named after an answer: "what about weekends"."""
    if not asks_for_day(office, turn.text):
        return None
    tables = office.council.tables
    with_hours = (
        one for one in book.topics.values() if one.table is not None and tables[one.table].has_hours
    )
    return next(with_hours, None)


def _asks_in_general(service: Service, turn: Turn) -> bool:
    """Whether it is a question about what opens a case, though no topic of it fits well enough."""
    asks = turn.question and turn.choice is None and service.kind in ANSWERED_FIRST
    return asks and service.id in turn.topics and len(turn.text.split()) <= SHORT_QUESTION


def topic_of(book: PublishedAnswer, service: Service, turn: Turn) -> Topic | None:
    """The topic a message is about: the one pressed, or the one that fits its words.

    What begins a case is only answered first if it is asked about.
    """
    pressed = (turn.choice or "").partition("/")
    if pressed[0] == service.id and pressed[2] in book.topics:
        return book.topics[pressed[2]]
    if turn.choice is not None:
        return None
    asks = service.kind is Kind.ENQUIRY or turn.question
    likely = next(iter(turn.topics.get(service.id, ())), None)
    if likely is None or not asks or likely[1] < FITS:
        return None
    return book.topics.get(likely[0])


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
    if link := _can_text(conversation, service, found):
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


def _fitting(conversation: Conversation, said: Utterance) -> Utterance:
    """The links that the channel has room for: by text the first, if it fits; none by voice."""
    if conversation.channel is Channel.VOICE:
        return replace(said, links=())
    if conversation.channel is Channel.SMS:
        room = LONGEST_TEXT - len(said.text) - 1
        return replace(said, links=tuple(one for one in said.links[:1] if len(one.url) <= room))
    return said


def _can_text(conversation: Conversation, service: Service, found: Found) -> str:
    """The address that could be texted to a caller; empty when it cannot, or was offered before.

    Not to somebody whom a text could put at risk.
    """
    links = found.links or found.answer.links
    if conversation.channel is not Channel.VOICE or not links:
        return ""
    if conversation.caller is None or not is_mobile(conversation.caller):
        return ""
    if f"{TEXT_LINK}:{service.id}" in conversation.offered or "safe_contact" in conversation.flags:
        return ""
    return links[0].url
