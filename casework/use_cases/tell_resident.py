"""Passes on to a resident what staff want them to know about a case."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from casework.domain.cases import Case
from casework.domain.conversations import Author, Channel, Conversation, Message, Mode, Utterance
from casework.domain.errors import NotFound
from casework.domain.outbox import Medium
from casework.domain.phones import is_mobile
from casework.ports.store import Work
from casework.use_cases.office import Office
from casework.use_cases.queue_message import queue_message
from casework.use_cases.read_back import grouped_reference

SAFE_CONTACT = "safe_contact"
"""The flag of those whom a message that others can see may put in danger."""

LONGEST_TEXT = 1_500
"""Characters of a text; carriers refuse more than 1,600."""


class Told(StrEnum):
    """How far a message to a resident got: out by text or e-mail, into their open chat, or only
    into the case."""

    TEXT = "text"
    EMAIL = "email"
    CHAT = "chat"
    RECORDED = "recorded"


def tell_resident(office: Office, work: Work, case: Case, text: str) -> Told:
    """Sends `text` by the contact they chose, and says it in the chat if that is still open.

    What goes out does so once the unit is committed. Whoever needs safe contact gets it only in
    the open chat, where they are talking to us. The caller records it in the case's history.
    Raises Conflict when the chat moved on meanwhile: the unit of work must then be begun anew.
    """
    # The parent is held before the conversation, as when it is updated itself: two updates that
    # held one each would wait for each other.
    family = [case] if case.parent_ref is None else [case, work.cases.get(case.parent_ref)]
    try:
        # A case is kept longer than its conversation.
        conversation = work.conversations.get(case.conversation_id)
    except NotFound:
        conversation = None
    to = _send(office, work, family, conversation, text)
    medium = None if to is None else _medium(to)
    shown = _shows(conversation, medium, to)
    if conversation is not None and shown:
        _append(office, work, case, conversation, text)
    if medium is not None:
        return Told(medium.value)
    return Told.CHAT if shown else Told.RECORDED


def _send(
    office: Office, work: Work, family: list[Case], conversation: Conversation | None, text: str
) -> str | None:
    """Queues the message on the first of a family of cases, and gives where it goes; None if there
    is no safe way, or none that takes it."""
    case = family[0]
    to = None if _needs_care(family, conversation) else _contact(family, conversation)
    medium = None if to is None else _medium(to)
    if to is None or medium is None:
        return None
    subject, words = _written(office, case, medium, text)
    if medium is Medium.TEXT and len(words) > LONGEST_TEXT:
        return None
    queued = queue_message(
        office,
        work,
        medium=medium,
        to=to,
        subject=subject,
        text=words,
        # The place in the history that the caller is about to write.
        key=f"update:{case.ref}:{len(case.history)}",
        conversation_id=case.conversation_id,
        case_ref=case.ref,
    )
    return to if queued else None


def _needs_care(family: list[Case], conversation: Conversation | None) -> bool:
    """Whether a message might be seen by the wrong person."""
    # Danger may have come up after the case was opened.
    later = () if conversation is None else conversation.flags
    return any(SAFE_CONTACT in flags for flags in (later, *(one.flags for one in family)))


def _contact(family: list[Case], conversation: Conversation | None) -> str | None:
    """The number or address they gave, for this case before its parent; else the one they text
    from."""
    for case in family:
        given = [
            case.fields[name]
            for name in ("contact", "phone")
            if name in case.fields and case.fields[name].value
        ]
        if given:
            # What was read back to them is surer than what a form put aside had caught.
            return str(min(given, key=lambda one: not one.confirmed).value)
    if conversation is None or conversation.channel is not Channel.SMS:
        return None
    return conversation.caller


def _medium(to: str) -> Medium | None:
    if "@" in to:
        return Medium.EMAIL
    return Medium.TEXT if is_mobile(to) else None


def _written(office: Office, case: Case, medium: Medium, text: str) -> tuple[str, str]:
    """Subject and words; staff's own are never cut."""
    service = office.council.services.get(case.about or case.service)
    # A case is kept longer than the catalogue may list its service.
    short = case.service if service is None else service.short
    council = office.council
    if medium is Medium.TEXT:
        ref = grouped_reference(case.ref, Channel.SMS)
        return "", council.say("update_text", Channel.SMS, ref=ref, short=short, text=text)
    ref = grouped_reference(case.ref, Channel.WEB)
    subject = council.say("update_email_subject", Channel.WEB, ref=ref, short=short)
    return subject, council.say("update_email", Channel.WEB, ref=ref, short=short, text=text)


def _shows(conversation: Conversation | None, medium: Medium | None, to: str | None) -> bool:
    """Whether the transcript is to have it: a run of texts only if it was sent in it."""
    if conversation is None or conversation.mode is Mode.CLOSED:
        return False
    if conversation.channel is Channel.SMS:
        return medium is Medium.TEXT and to == conversation.caller
    return conversation.channel is Channel.WEB


def _append(office: Office, work: Work, case: Case, conversation: Conversation, text: str) -> None:
    work.conversations.append(
        Message(
            conversation_id=conversation.id,
            seq=work.conversations.last_seq(conversation.id) + 1,
            author=Author.SYSTEM,
            said=_said(work, conversation, case, text),
            at=office.clock.now(),
            mode=conversation.mode,
        )
    )


def _said(work: Work, conversation: Conversation, case: Case, text: str) -> Utterance:
    """The words, still awaiting whatever was asked before them: they must not hide a question."""
    pending = work.conversations.last_asking(conversation.id)
    if pending is None:
        return Utterance(text, service=case.about or case.service)
    return replace(pending.said, text=text, case_refs=(), links=())
