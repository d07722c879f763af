"""Passes on to a resident what staff want them to know about a case."""

from __future__ import annotations

from dataclasses import replace

from casework.domain.cases import Case, HistoryEntry
from casework.domain.contact_wishes import written_from
from casework.domain.conversations import Author, Channel, Conversation, Message, Mode, Utterance
from casework.domain.outbox import Medium
from casework.domain.text_length import in_gsm7, pieces
from casework.ports.store import Work
from casework.use_cases.find_contact import (
    Contact,
    Told,
    conversation_of,
    family_of,
    find_contact,
)
from casework.use_cases.office import Office
from casework.use_cases.queue_message import queue_message
from casework.use_cases.read_back import grouped_reference

__all__ = ["Told", "address_of", "tell_joined", "tell_resident"]

LONGEST_TEXT = 2_400
"""Characters that are sent by text, in as many texts as it takes: all that staff can write, and the
words around it."""


def tell_resident(office: Office, work: Work, case: Case, text: str) -> Told:
    """Sends `text` by the contact they chose, and says it in the chat if that is still open.

    What goes out does so once the unit is committed, and in the hours in which the council writes
    to residents. Whoever needs safe contact gets it only in the open chat, where they are talking
    to us; whoever asked for a format that is posted gets it from staff. The caller records it in
    the case's history. Raises Conflict when the chat moved on meanwhile: the unit of work must then
    be begun anew.
    """
    # The parent is held before the conversation, as when it is updated itself: two updates that
    # held one each would wait for each other.
    family = family_of(work, case, hold=True)
    conversation = conversation_of(work, case)
    contact = find_contact(office, work, family, conversation)
    sent = _send(office, work, case, contact, text)
    shown = _shows(conversation, contact if sent else None)
    if conversation is not None and shown:
        _append(office, work, case, conversation, text)
    if sent or contact.by is Told.POST:
        return contact.by
    return Told.CHAT if shown else Told.RECORDED


def tell_joined(office: Office, work: Work, case: Case, text: str, by: str) -> None:
    """Tells whoever reported the same, in cases that were joined with this one, what its own
    resident is told; each is told once, whatever they reported twice."""
    told = {address_of(office, work, case)}
    for one in work.cases.duplicates(case.ref):
        joined = work.cases.get(one.ref)
        to = address_of(office, work, joined)
        if to is not None and to in told:
            continue
        told.add(to)
        tell_resident(office, work, joined, text)
        entry = HistoryEntry(office.clock.now(), by, "told_of_joined", told_resident=text)
        work.cases.save(joined.changed(entry))


def address_of(office: Office, work: Work, case: Case) -> str | None:
    """The number or address to which news of a case goes; None when none goes anywhere."""
    conversation = conversation_of(work, case)
    return find_contact(office, work, family_of(work, case), conversation).to


def _send(office: Office, work: Work, case: Case, contact: Contact, text: str) -> bool:
    """Queues the message, if there is a safe way that takes it."""
    medium, to = contact.medium, contact.to
    if medium is None or to is None:
        return False
    subject, words = _written(office, case, medium, text)
    if medium is Medium.TEXT and len(words) > LONGEST_TEXT:
        return False
    texts = pieces(in_gsm7(words)) if medium is Medium.TEXT else [words]
    # The place in the history that the caller is about to write.
    key = f"update:{case.ref}:{len(case.history)}"
    due_at = written_from(office.clock.now(), office.council.contact, contact.wishes, office.zone)
    queued = [
        queue_message(
            office,
            work,
            medium=medium,
            to=to,
            subject=subject,
            text=piece,
            key=key if number == 1 else f"{key}:{number}",
            conversation_id=case.conversation_id,
            case_ref=case.ref,
            due_at=due_at,
        )
        for number, piece in enumerate(texts, 1)
    ]
    return all(queued)


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


def _shows(conversation: Conversation | None, sent: Contact | None) -> bool:
    """Whether the transcript is to have it: a run of texts only if it was sent in it."""
    if conversation is None or conversation.mode is Mode.CLOSED:
        return False
    if conversation.channel is Channel.SMS:
        in_it = sent is not None and sent.medium is Medium.TEXT
        return in_it and sent is not None and sent.to == conversation.caller
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
