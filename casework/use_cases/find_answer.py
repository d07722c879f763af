"""Finds what is published about a message: a topic's answer, the overview, or rows of a table."""

from __future__ import annotations

from dataclasses import dataclass, replace

from casework.domain.answers import Answer, PublishedAnswer, Topic
from casework.domain.catalogue import NOT_OURS, Kind, Service
from casework.domain.conversations import FITS, Channel, Conversation, Link, Turn, Utterance
from casework.ports.store import Work
from casework.ports.tables import Row
from casework.use_cases.office import Office
from casework.use_cases.read_table import asks_for_day, rows_before, rows_meant, told
from casework.use_cases.whose_job import point_elsewhere

LONGEST_TEXT = 320
"""Characters of a text; a link that does not fit is left out."""

ROW = "row"
"""The kind of offer that awaits the name of a row of a table."""

ANSWERED_FIRST = frozenset({Kind.REPORT, Kind.REQUEST, Kind.CHANGE})
"""Kinds of which a short question is answered, by the overview if need be, before they begin."""

SHORT_QUESTION = 14
"""Words of the longest question that is one without a topic that fits; more may tell a need."""


@dataclass(frozen=True)
class Found:
    """What answers a message. `topic` is None for an overview; `open` says that the resident has
    to name a row of the answer's table first; `links` are those said instead of the answer's."""

    said: Utterance
    answer: Answer
    topic: Topic | None
    open: bool = False
    links: tuple[Link, ...] = ()


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


def _fitting(conversation: Conversation, said: Utterance) -> Utterance:
    """The links that the channel has room for: by text the first, if it fits; none by voice."""
    if conversation.channel is Channel.VOICE:
        return replace(said, links=())
    if conversation.channel is Channel.SMS:
        room = LONGEST_TEXT - len(said.text) - 1
        return replace(said, links=tuple(one for one in said.links[:1] if len(one.url) <= room))
    return said
