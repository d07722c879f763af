"""Texts a caller what they ask to have by text; who cannot be texted hears why, and may give a
mobile number for it."""

from __future__ import annotations

import re
from dataclasses import replace

from casework.domain.catalogue import CALLBACK
from casework.domain.conversations import Channel, Conversation, Offer, Turn, Utterance
from casework.domain.drafts import Draft
from casework.domain.plain_words import plain_words
from casework.ports.reading import Read
from casework.ports.store import Work
from casework.use_cases.answer_enquiry import TEXT_LINK, was_that_it
from casework.use_cases.ask_draft import active_draft, question
from casework.use_cases.deal_once import already_said, deal_once
from casework.use_cases.filling import agrees
from casework.use_cases.identity_asked import asked_use
from casework.use_cases.number_to_text import NoText, why_no_text
from casework.use_cases.office import Office, Progress, offering, speak, yes_no
from casework.use_cases.own_number import PHONE_TYPES, keeps_number
from casework.use_cases.page_answered import page_answered
from casework.use_cases.prepared import service_taken
from casework.use_cases.read_back import spelt
from casework.use_cases.text_form import text_form
from casework.use_cases.text_link import text_link

ASKS_NUMBER = "text_number"
"""The kind of offer that awaits a mobile number; a second one is awaited when `words` says so."""

CHECKS_NUMBER = "text_number_check"
"""The kind of offer that awaits a yes to the number in `words`."""

SECOND_TRY = "again"

PHONE = "phone"

_ASKING = (
    r"(?:(?:yes|yeah|yep|please|ok|okay|oh|great|lovely|perfect|brilliant|thanks|then|and|so|sorry|"
    r"hello|hi|well|actually|no|could|can|would|will|you|i|just|like|want|to|have|get|i'd|is|it|"
    r"possible|for) )*"
)
_OWN_PHONE = (
    r"(?:my (?:own )?(?:mobile|phone|number)(?: number| phone)?|this (?:number|phone|mobile)|"
    r"(?:the|this) (?:number|phone|mobile) (?:that )?(?:i'?m|i am) (?:on|calling|ringing)"
    r"(?: from| on)?|[0-9][0-9 ]{6,}|me)"
)
_WANTS = re.compile(
    rf"{_ASKING}(?:text|send|message)"
    r"(?: (?:it|that|this|them|over|through|a|the|your|web|of|form|page|link|links|address|website|"
    r"details|text|message|to|me|with|by|in|as|where|can|i|type|fill|do|online|for))*"
    rf"(?: (?:(?:on|at|to) )?{_OWN_PHONE})?"
    r"(?: (?:please|instead|then|thanks|thank you|for me|by text|in a text|"
    r"to my (?:phone|mobile)))*"
)
_BY_TEXT = re.compile(
    r"\b(?:text|message|links?|form|page|website|web|mobile|phone|number)\b|[0-9]{3}"
)
"""Can only come by text to whoever is on the telephone."""
_TO_THEM = re.compile(
    r"\b(?:me|links?)\b|\b(?:my(?: own)?|this|the) (?:mobile|phone|number)\b|[0-9]{3}"
    r"|\btext (?:it|that|this|them|over|through|the|a|your)\b"
)
"""Says that it is for them: "send the form" may be the wish to have it sent in."""
_BY_NAME = re.compile(r"\b(?:links?|form|web|website|page|online)\b")
"""Names what is to be texted. "Text me" alone says how somebody is to be reached."""

LEAVES_NOTHING = frozenset({None, "satisfied", "more", "topics", TEXT_LINK})
"""Kinds of offer that can be left unanswered: nothing is lost with any of them."""

PREFERENCES = frozenset({"preference", "preference_details"})
"""Questions for how to get in touch."""

LONGEST = 20
"""Words of the longest message that asks for a text and for nothing else."""


class _MeansElse(Exception):
    """No number was given where one was asked for, but something else was said."""


def wants_text(text: str) -> bool:
    """Whether somebody asks to be texted what was talked about, and for nothing else."""
    said = plain_words(text)
    if len(said.split()) > LONGEST or _WANTS.fullmatch(said) is None:
        return False
    return _BY_TEXT.search(said) is not None and _TO_THEM.search(said) is not None


def text_on_wish(office: Office, conversation_id: str, turn: Turn) -> list[Utterance] | None:
    """What comes of a caller's wish for a text, or of their answer to which number; None for
    anything else, which is then dealt with as if no number had been asked for."""
    with office.store.begin(reading=True) as work:
        conversation = work.conversations.get(conversation_id)
        kind = None if conversation.offer is None else conversation.offer.kind
        waits = kind in {ASKS_NUMBER, CHECKS_NUMBER}
        wants = turn.choice is None and wants_text(turn.text)
        if conversation.channel is not Channel.VOICE or not (waits or wants):
            return None
        if not waits and _means_else(office, work, conversation, turn):
            return None

    def deal(work: Work, conversation: Conversation) -> Progress:
        said = _answer(office, work, conversation, turn)
        if said is None:
            # Nothing is recorded: should we die now, the turn is still to be answered.
            raise _MeansElse
        return Progress(said, filling=False)

    try:
        deal_once(office, conversation_id, turn.id, deal)
    except _MeansElse:
        _forget(office, conversation_id)
        return None
    return already_said(office, conversation_id, turn.id)


def cannot_text(
    office: Office, work: Work, conversation: Conversation, why: NoText
) -> tuple[Utterance, ...]:
    """Why no text goes out; and the question for a mobile number where one would help."""
    service = conversation.service
    if why is NoText.UNSAFE:
        said = speak(office, conversation, "form_link_not_sent", service=service)
        return (said, *_back(office, work, conversation))
    if why is NoText.STOPPED:
        said = speak(office, conversation, "text_stopped", service=service)
        return (said, *_back(office, work, conversation))
    conversation = offering(work, conversation, ASKS_NUMBER)
    key = "text_withheld" if why is NoText.WITHHELD else "text_no_mobile"
    return (speak(office, conversation, key, service=service, asks=PHONE, kind=PHONE),)


def _answer(
    office: Office, work: Work, conversation: Conversation, turn: Turn
) -> tuple[Utterance, ...] | None:
    offer = conversation.offer
    if offer is not None and offer.kind == CHECKS_NUMBER:
        return _checked(office, work, conversation, offer, turn)
    number = _number(office, turn)
    if offer is not None and offer.kind == ASKS_NUMBER:
        return _given(office, work, conversation, offer, turn, number)
    if number is not None:
        return _check(office, work, conversation, number)
    why = why_no_text(work, conversation)
    if why is not None:
        return cannot_text(office, work, conversation, why)
    return _send(office, work, conversation, conversation.caller or "")


def _given(
    office: Office,
    work: Work,
    conversation: Conversation,
    offer: Offer,
    turn: Turn,
    number: str | None,
) -> tuple[Utterance, ...] | None:
    """Hears the number to text. Without one it goes on as before."""
    if number is not None:
        return _check(office, work, conversation, number)
    field = office.council.fields[PHONE]
    if agrees(office, turn, offered=True) is False or keeps_number(field, turn):
        conversation = offering(work, conversation, None)
        said = speak(office, conversation, "text_not_sent", service=conversation.service)
        return (said, *_back(office, work, conversation))
    if offer.words == SECOND_TRY or not re.search(r"\d", turn.text):
        return None
    return _once_more(office, work, conversation)


def _once_more(office: Office, work: Work, conversation: Conversation) -> tuple[Utterance, ...]:
    conversation = offering(work, conversation, ASKS_NUMBER, words=SECOND_TRY)
    said = speak(
        office,
        conversation,
        "text_number_again",
        service=conversation.service,
        asks=PHONE,
        kind=PHONE,
    )
    return (said,)


def _check(
    office: Office, work: Work, conversation: Conversation, number: str
) -> tuple[Utterance, ...]:
    """Reads a number back: what is texted can be opened by whoever gets it."""
    why = why_no_text(work, conversation, number)
    if why is NoText.NO_MOBILE:
        again = conversation.offer is not None and conversation.offer.words == SECOND_TRY
        if not again:
            return _once_more(office, work, conversation)
        conversation = offering(work, conversation, None)
        said = speak(office, conversation, "text_not_sent", service=conversation.service)
        return (said, *_back(office, work, conversation))
    if why is not None:
        return cannot_text(office, work, offering(work, conversation, None), why)
    conversation = offering(work, conversation, CHECKS_NUMBER, words=number)
    said = speak(
        office,
        conversation,
        "text_number_check",
        service=conversation.service,
        asks="offer",
        choices=yes_no(office, conversation),
        number=spelt(f"0{number[3:7]} {number[7:10]} {number[10:]}"),
    )
    return (said,)


def _checked(
    office: Office, work: Work, conversation: Conversation, offer: Offer, turn: Turn
) -> tuple[Utterance, ...] | None:
    number = _number(office, turn)
    if number is not None:
        return _check(office, work, conversation, number)
    agreed = agrees(office, turn, offered=True)
    if agreed is None:
        return None
    if not agreed:
        return _once_more(office, work, conversation)
    return _send(office, work, offering(work, conversation, None), offer.words)


def _send(
    office: Office, work: Work, conversation: Conversation, number: str
) -> tuple[Utterance, ...]:
    matter = _matter(office, work, conversation)
    if isinstance(matter, Draft):
        return text_form(office, work, conversation, number)
    if matter is None:
        return (speak(office, conversation, "anything_else", asks="topic"),)
    return text_link(office, work, conversation, matter, agreed=True, number=number).said


def _matter(office: Office, work: Work, conversation: Conversation) -> Draft | Offer | None:
    """What could be texted: the form that is being filled, else the page about what was answered
    last."""
    draft = active_draft(work, conversation)
    if draft is not None:
        return None if draft.service == CALLBACK else draft
    offer, service = conversation.offer, conversation.service
    if offer is not None and offer.kind == TEXT_LINK:
        return offer
    if service is None:
        return None
    book = office.council.answers.get(service)
    url = page_answered(conversation, service)
    if url is None and book is not None and book.links:
        url = book.links[0].url
    return None if url is None else Offer(TEXT_LINK, (service,), url)


def _means_else(office: Office, work: Work, conversation: Conversation, turn: Turn) -> bool:
    """Whether a wish for a text answers what was asked, or there is nothing to text."""
    offer = conversation.offer
    if (None if offer is None else offer.kind) not in LEAVES_NOTHING:
        return True
    draft = active_draft(work, conversation)
    if draft is not None and not _BY_NAME.search(plain_words(turn.text)):
        use = asked_use(office.council, service_taken(office.council, draft), draft.asking)
        if use is not None and (use.field.type in PHONE_TYPES or use.field.id in PREFERENCES):
            return True
    return _matter(office, work, conversation) is None


def _back(office: Office, work: Work, conversation: Conversation) -> tuple[Utterance, ...]:
    """The question that was open before a text was wished for."""
    draft = active_draft(work, conversation)
    if draft is not None:
        return (question(office, conversation, draft),)
    if conversation.service in office.council.services:
        service = office.council.service(conversation.service or "")
        return (was_that_it(office, work, conversation, service, ""),)
    conversation = offering(work, conversation, "more")
    return (speak(office, conversation, "anything_else", asks="topic"),)


def _number(office: Office, turn: Turn) -> str | None:
    """The telephone number in a message."""
    if turn.choice is not None or not re.search(r"\d", turn.text):
        return None
    reading = office.reader.read(office.council.fields[PHONE], turn.text, office.context())
    return str(reading.value) if isinstance(reading, Read) else None


def _forget(office: Office, conversation_id: str) -> None:
    """No number is awaited any more."""
    with office.store.begin() as work:
        conversation = work.conversations.get(conversation_id)
        work.conversations.save(replace(conversation, offer=None))
