"""Finds how to tell a resident of a case: by the contact they chose, in their format, safely."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from casework.domain.cases import Case, CaseStatus
from casework.domain.contact_wishes import ContactWishes
from casework.domain.conversations import SAFE_CONTACT, Channel, Conversation
from casework.domain.errors import NotFound
from casework.domain.outbox import Medium
from casework.domain.phones import is_mobile
from casework.ports.store import Work
from casework.use_cases.hear_wishes import wishes_of
from casework.use_cases.office import Office

PREFERENCE = "preference"
"""The field that says in which format, or how carefully, somebody wants to be told."""

_VOID = frozenset({CaseStatus.CANCELLED, CaseStatus.NO_FURTHER_ACTION})


class Told(StrEnum):
    """How far a message to a resident got: out by text or e-mail, into their open chat, only into
    the case because staff must send it by post, or only into the case."""

    TEXT = "text"
    EMAIL = "email"
    CHAT = "chat"
    POST = "post"
    RECORDED = "recorded"


@dataclass(frozen=True)
class Contact:
    """How to tell somebody: `by` text or e-mail at `to`, by post in the format `wish`, or only in
    the case. `wish` is an option of the field `preference`; None where nothing was wished. `wishes`
    are their hours, and ways that they do or do not want."""

    by: Told
    to: str | None = None
    wish: str | None = None
    wishes: ContactWishes = field(default_factory=ContactWishes)

    @property
    def medium(self) -> Medium | None:
        """How it leaves us; None when it does not."""
        return Medium(self.by.value) if self.to is not None else None


def family_of(work: Work, case: Case, *, hold: bool = False) -> list[Case]:
    """The case, and its parent if it has one."""
    if case.parent_ref is None:
        return [case]
    return [case, work.cases.get(case.parent_ref) if hold else work.cases.look(case.parent_ref)]


def conversation_of(work: Work, case: Case) -> Conversation | None:
    """The conversation of a case; None when it is gone: a case is kept longer."""
    try:
        return work.conversations.get(case.conversation_id)
    except NotFound:
        return None


def find_contact(
    office: Office, work: Work, family: Sequence[Case], conversation: Conversation | None
) -> Contact:
    """How to tell the resident of the first of a family of cases."""
    known = _known(work, family, conversation)
    wishes = wishes_of(office, work, known, conversation)
    wish = _wish(known) or wishes.format
    if wish == SAFE_CONTACT or _needs_care(family, conversation):
        return Contact(Told.RECORDED, wish=wish, wishes=wishes)
    if wish in office.council.contact.by_post:
        return Contact(Told.POST, wish=wish, wishes=wishes)
    to = _given(family, conversation)
    by = None if to is None else _way(to)
    refused = by is not None and not wishes.allows(by.value)
    if by is None or refused or (by is Told.TEXT and to and work.opt_outs.has(to)):
        return Contact(Told.RECORDED, wish=wish, wishes=wishes)
    return Contact(by, to, wish, wishes)


def _known(work: Work, family: Sequence[Case], conversation: Conversation | None) -> Sequence[Case]:
    """Cases that tell how their resident wants to be contacted: in this matter, in the same
    conversation, or when they had proved who they are; each once."""
    known = {one.ref: one for one in family}
    found = [] if conversation is None else work.cases.of_conversation(conversation.id)
    for ref in {one.account_ref for one in family if one.account_ref is not None}:
        found += work.cases.of_account(ref)
    known |= {one.ref: one for one in found if one.ref not in known}
    return [one for one in known.values() if one.status not in _VOID or one in family]


def _wish(known: Sequence[Case]) -> str | None:
    """The format or the care that they last asked for."""
    said = [
        one.fields[PREFERENCE]
        for one in known
        if PREFERENCE in one.fields and one.fields[PREFERENCE].value and one.status not in _VOID
    ]
    return str(max(said, key=lambda answer: answer.at).value) if said else None


def _needs_care(family: Sequence[Case], conversation: Conversation | None) -> bool:
    """Whether a message might be seen by the wrong person."""
    # Danger may have come up after the case was opened.
    later = () if conversation is None else conversation.flags
    return any(SAFE_CONTACT in flags for flags in (later, *(one.flags for one in family)))


def _given(family: Sequence[Case], conversation: Conversation | None) -> str | None:
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


def _way(to: str) -> Told | None:
    if "@" in to:
        return Told.EMAIL
    return Told.TEXT if is_mobile(to) else None
