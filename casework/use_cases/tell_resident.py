"""Passes on to a resident what staff want them to know about a case."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from casework.domain.cases import Case
from casework.domain.conversations import Author, Channel, Conversation, Message, Mode, Utterance
from casework.domain.errors import NotFound
from casework.ports.store import Work
from casework.use_cases.office import Office


class Told(StrEnum):
    """How far a message to a resident got: into their open chat, or only into the case."""

    CHAT = "chat"
    RECORDED = "recorded"


def tell_resident(office: Office, work: Work, case: Case, text: str) -> Told:
    """Says `text` in the chat in which the case was opened, if that is still open.

    The caller records it in the case's history. Nothing goes out by text or e-mail here.
    Raises Conflict when the chat moved on meanwhile: the unit of work must then be begun anew.
    """
    try:
        # A case is kept longer than its conversation.
        conversation = work.conversations.get(case.conversation_id)
    except NotFound:
        return Told.RECORDED
    if conversation.channel is not Channel.WEB or conversation.mode is Mode.CLOSED:
        return Told.RECORDED
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
    return Told.CHAT


def _said(work: Work, conversation: Conversation, case: Case, text: str) -> Utterance:
    """The words, still awaiting whatever was asked before them: they must not hide a question."""
    pending = work.conversations.last_asking(conversation.id)
    if pending is None:
        return Utterance(text, service=case.about or case.service)
    return replace(pending.said, text=text, case_refs=(), links=())
