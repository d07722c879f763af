"""Brings in a person with all that was captured; now by ringing back at a time that suits."""

from __future__ import annotations

from dataclasses import replace

from casework.domain.catalogue import CALLBACK, INTAKE, PERSON
from casework.domain.conversations import Author, Conversation, Turn
from casework.domain.drafts import Answer, Draft, DraftState
from casework.domain.working_time import is_open
from casework.ports.reading import Read
from casework.ports.store import Work
from casework.use_cases.ask_draft import active_draft
from casework.use_cases.filling import Filling
from casework.use_cases.finish_draft import go_on
from casework.use_cases.office import Office, Progress, speak
from casework.use_cases.open_draft import SAID_ENOUGH, new_draft

OWN_WORDS = 4
"""Words from which on a message is worth handing to a person as the resident's own account."""


def request_person(office: Office, work: Work, conversation: Conversation, turn: Turn) -> Progress:
    """Puts aside what was begun and takes down when and where to ring."""
    draft = active_draft(work, conversation)
    if draft is not None and draft.service == CALLBACK:
        said = speak(office, conversation, "person_being_arranged", service=draft.about)
        return Progress((said,), filling=True)
    about = _matter(office, conversation, draft)
    if draft is not None:
        work.drafts.save(replace(draft, state=DraftState.PARKED))
    # What a form had captured goes along field by field.
    account = "" if draft is not None else own_words(work, conversation, turn)
    taken = office.council.service(CALLBACK)
    conversation, begun = new_draft(office, work, conversation, taken, turn, about)
    filling = Filling(office, work, conversation, begun, turn)
    _say_what_about(filling, account)
    opened = is_open(
        office.clock.now(), office.council.hours, office.holidays.is_holiday, office.zone
    )
    if not filling.alarmed:
        filling.note("person_callback" if opened else "person_callback_closed")
    return go_on(filling)


def hand_over(office: Office, work: Work, conversation: Conversation, turn: Turn) -> Progress:
    """As `request_person`, for whoever was not understood and did not ask for a person."""
    taken = request_person(office, work, conversation, turn)
    sorry = speak(office, conversation, "hard_going_call")
    return Progress((sorry, *taken.said[1:]), taken.filling)


def _matter(office: Office, conversation: Conversation, draft: Draft | None) -> str:
    """The service a person is wanted for."""
    if draft is not None:
        return draft.about or draft.service
    offer = conversation.offer
    stuck = offer is not None and offer.kind in {"satisfied", "person", "alarm", "link"}
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
        theirs = message.author is Author.RESIDENT and message.turn_id != turn.id
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
