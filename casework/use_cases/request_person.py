"""Brings in a person with all that was captured: now, or by ringing back when it suits."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from casework.domain.catalogue import CALLBACK, INTAKE, PERSON
from casework.domain.conversations import (
    SAFETY,
    Author,
    Conversation,
    Mode,
    Turn,
    Utterance,
)
from casework.domain.drafts import Answer, Draft, DraftState
from casework.domain.handoffs import HandoffReason
from casework.ports.reading import Read
from casework.ports.store import Work
from casework.use_cases.ask_draft import active_draft
from casework.use_cases.filling import Filling
from casework.use_cases.finish_draft import go_on
from casework.use_cases.join_queue import join_queue
from casework.use_cases.offer_link import LINK
from casework.use_cases.offer_person_first import keep_first_words
from casework.use_cases.office import Office, Progress, speak
from casework.use_cases.open_draft import SAID_ENOUGH, new_draft
from casework.use_cases.prepare_case import ring_about
from casework.use_cases.prepared import is_prepared
from casework.use_cases.staffing import opened, staffed

OWN_WORDS = 4
"""Words from which on a message is worth handing to a person as the resident's own account."""


class WhyCallback(StrEnum):
    """Why a person rings back: they asked for one, or for that instead of waiting; nobody comes
    now (closed, nobody there, not understood by us); or a wait has ended without a person (too
    long, closed meanwhile, all gone)."""

    ASKED = "asked"
    INSTEAD = "instead"
    CLOSED = "closed"
    NOBODY = "nobody"
    NOT_UNDERSTOOD = "not_understood"
    WAITED_LONG = "waited_long"
    CLOSED_NOW = "closed_now"
    NOBODY_LEFT = "nobody_left"


UNSAID_IN_DANGER = frozenset({WhyCallback.ASKED, WhyCallback.CLOSED, WhyCallback.NOBODY})
"""Reasons that somebody in danger, just offered a call, need not hear before the question."""


def request_person(
    office: Office,
    work: Work,
    conversation: Conversation,
    turn: Turn,
    reason: HandoffReason = HandoffReason.ASKED,
) -> Progress:
    """Has the resident wait for a person, if one can come; else takes down when and where to
    ring."""
    conversation = keep_first_words(office, work, conversation, turn)
    offer = conversation.offer
    # The button of the text with the link says that a person will ring.
    to_ring = offer is not None and offer.kind == LINK and turn.choice == PERSON
    if not to_ring and staffed(office, work, conversation.channel):
        draft = active_draft(work, conversation)
        about = _matter(office, conversation, draft)
        return join_queue(office, work, conversation, reason, about)
    why = WhyCallback.NOT_UNDERSTOOD
    if reason is not HandoffReason.NOT_UNDERSTOOD:
        why = WhyCallback.ASKED if to_ring else _why_nobody_comes(office, work)
    return arrange_callback(office, work, conversation, turn, why=why)


def arrange_callback(
    office: Office,
    work: Work,
    conversation: Conversation,
    turn: Turn,
    *,
    why: WhyCallback = WhyCallback.ASKED,
    about: str | None = None,
) -> Progress:
    """Puts aside what was begun and takes down when and where to ring. `about` is the service it
    is about, where the conversation no longer tells."""
    conversation = keep_first_words(office, work, conversation, turn)
    draft = active_draft(work, conversation)
    if draft is not None and draft.service == CALLBACK:
        said = speak(office, conversation, "person_being_arranged", service=draft.about)
        return Progress((said,), filling=True)
    about = about or _matter(office, conversation, draft)
    matter = office.council.services.get(about)
    if matter is not None and is_prepared(matter):
        said_before = matter.id in SAFETY and why in UNSAID_IN_DANGER
        told = None if said_before else say_why(office, conversation, why)
        return ring_about(office, work, conversation, matter, turn, told)
    if draft is not None:
        work.drafts.save(replace(draft, state=DraftState.PARKED))
    # What a form had captured goes along field by field.
    account = "" if draft is not None and draft.answers else own_words(work, conversation, turn)
    taken = office.council.service(CALLBACK)
    conversation, begun = new_draft(office, work, conversation, taken, turn, about)
    filling = Filling(office, work, conversation, begun, turn)
    _say_what_about(filling, account)
    if not filling.alarmed or why not in UNSAID_IN_DANGER:
        filling.notes = (replace(say_why(office, conversation, why), service=filling.shown),)
    return go_on(filling)


def say_why(office: Office, conversation: Conversation, why: WhyCallback) -> Utterance:
    """The truth about why a person rings instead of coming now."""
    return speak(office, conversation, f"person_callback_{why}")


def _why_nobody_comes(office: Office, work: Work) -> WhyCallback:
    if not opened(office):
        return WhyCallback.CLOSED
    return WhyCallback.NOBODY if work.staff.all() else WhyCallback.ASKED


def hand_over(office: Office, work: Work, conversation: Conversation, turn: Turn) -> Progress:
    """As `request_person`, for whoever was not understood and did not ask for a person."""
    return request_person(office, work, conversation, turn, HandoffReason.NOT_UNDERSTOOD)


def _matter(office: Office, conversation: Conversation, draft: Draft | None) -> str:
    """The service a person is wanted for."""
    if draft is not None:
        return draft.about or draft.service
    offer = conversation.offer
    stuck = offer is not None and offer.kind in {"satisfied", "person", "alarm", "link", "call"}
    if stuck and conversation.service in office.council.services:
        return conversation.service or PERSON
    return PERSON


def _say_what_about(filling: Filling, account: str) -> None:
    """What the person will read first, so that it is not asked: the matter, in their own words.

    Where it may not be safe to ring, the question is asked: it is then how to do it safely.
    """
    about = filling.office.council.service(filling.shown)
    # "Can I speak to a person" asks for one; what it is about is what was begun before.
    asks_only = len(filling.turn.text.split()) < SAID_ENOUGH
    if about.id != PERSON and not filling.unsafe:
        if asks_only or "about" not in filling.draft.answers:
            filling.answer("about", f"{about.short}: {account}" if account else about.short)
    elif filling.unsafe:
        filling.draft = filling.draft.without_answer("about")


def own_words(work: Work, conversation: Conversation, turn: Turn) -> str:
    """The resident's last message before this turn that says something; may be empty."""
    for message in reversed(work.conversations.messages(conversation.id)):
        # What was written to pass the time of a wait is no account of the matter.
        theirs = message.author is Author.RESIDENT and message.mode is Mode.BOT
        theirs = theirs and message.turn_id != turn.id
        if theirs and not message.choice and len(message.said.text.split()) >= OWN_WORDS:
            return message.said.text
    return ""


def write_instead(filling: Filling) -> Progress | None:
    """Whoever cannot be rung gives an e-mail address: the team writes. None if none was given."""
    contact = filling.office.council.service(INTAKE).use("contact")
    if filling.draft.service != CALLBACK or filling.draft.asking != "phone" or contact is None:
        return None
    reading = filling.office.reader.read(contact.field, filling.said, filling.office.context())
    if not isinstance(reading, Read) or "@" not in str(reading.value):
        return None
    filling.work.drafts.save(replace(filling.draft, state=DraftState.DROPPED))
    told = filling.draft.answers
    taken = filling.office.council.service(INTAKE)
    conversation, begun = new_draft(
        filling.office,
        filling.work,
        filling.conversation,
        taken,
        replace(filling.turn, text=filling.draft.opening),
        filling.draft.about,
    )
    written = Filling(filling.office, filling.work, conversation, begun, filling.turn)
    written.answer("contact", reading.value)
    for field_id, known in (("name", "name"), ("summary", "about")):
        held: Answer | None = told.get(known)
        if held is not None and held.value:
            written.answer(field_id, held.value)
    written.note("write_instead")
    return go_on(written)
