"""Hears whether a resident follows a case told before, and how they want to hear of it."""

from __future__ import annotations

from dataclasses import replace

from casework.domain.conversations import Conversation, Offer, Utterance
from casework.domain.drafts import Source
from casework.domain.followers import Follower
from casework.ports.reading import Read, Refused
from casework.use_cases.ask_draft import TOLD_BEFORE
from casework.use_cases.filling import Filling, agrees, plain
from casework.use_cases.finish_draft import go_on
from casework.use_cases.forget_draft import forget
from casework.use_cases.offer_next import offer_next
from casework.use_cases.office import Progress, offering, speak, word
from casework.use_cases.own_number import own_number
from casework.use_cases.read_back import grouped_reference
from casework.use_cases.steer_draft import steer_draft
from casework.use_cases.told_before import CONTACT, TWICE, state_of

MOST_TRIES = 1
"""Unclear replies after which the matter is taken as new: nothing told is lost by that."""


def follow_case(filling: Filling) -> Progress | None:
    """The reply to a question about a case told before; None when none was asked."""
    offer = filling.conversation.offer
    if offer is None or offer.kind not in TOLD_BEFORE:
        return None
    agreed = agrees(filling.office, filling.turn, offered=True)
    if offer.kind == CONTACT:
        return _how_to_tell(filling, offer, agreed)
    if agreed is None:
        return steer_draft(filling) or _unclear(filling)
    if offer.kind == TWICE:
        return _goes_on(filling) if agreed else _told_once(filling, offer)
    return _follows(filling, offer) if agreed else _goes_on(filling)


def _goes_on(filling: Filling) -> Progress:
    filling.conversation = offering(filling.work, filling.conversation, None)
    return go_on(filling)


def _unclear(filling: Filling) -> Progress:
    """Asks once more; then it is a report of its own, and the words may answer its question."""
    if filling.draft.tries >= MOST_TRIES:
        return _goes_on(filling)
    filling.note("not_caught")
    return _once_more(filling)


def _once_more(filling: Filling) -> Progress:
    filling.keep(replace(filling.draft, tries=filling.draft.tries + 1))
    return Progress(filling.notes, filling=True)


def _follows(filling: Filling, offer: Offer) -> Progress:
    """Follows it with the contact already given for it, or asks for one."""
    if filling.unsafe:
        return _following(filling, offer, None)
    given = filling.draft.answers.get("contact")
    if given is not None and given.value and given.source is not Source.RECORD:
        return _following(filling, offer, str(given.value))
    text = word(filling.office, filling.conversation, "follow_contact")
    filling.conversation = offering(
        filling.work, filling.conversation, CONTACT, offer.services, text
    )
    filling.keep(filling.draft.asking_for(filling.draft.asking))
    return Progress(filling.notes, filling=True)


def _how_to_tell(filling: Filling, offer: Offer, agreed: bool | None) -> Progress:
    asked = plain("contact")
    reading = filling.office.reader.read(asked, filling.said, filling.office.context())
    if isinstance(reading, Read):
        return _following(filling, offer, str(reading.value))
    own = own_number(filling.conversation, asked, filling.turn)
    caller = filling.conversation.caller
    if own is not None or (agreed and caller is not None):
        return _following(filling, offer, own or caller)
    if agreed is False or filling.steers("dont_know") or filling.turn.choice == "skip":
        return _following(filling, offer, None)
    if filling.draft.tries > MOST_TRIES:
        return _following(filling, offer, None)
    if isinstance(reading, Refused):
        filling.note(f"refused_{reading.reason}")
    return _once_more(filling)


def _following(filling: Filling, offer: Offer, contact: str | None) -> Progress:
    """Counts them in, and lets go of the report they need not make."""
    office, work, conversation = filling.office, filling.work, filling.conversation
    ref = offer.services[1]
    case = work.cases.look(ref)
    work.followers.add(Follower(ref, conversation.id, office.clock.now(), contact))
    said = speak(
        office,
        conversation,
        "following",
        service=filling.shown,
        ref=grouped_reference(ref, conversation.channel),
        state=state_of(filling, case),
    )
    if contact is not None:
        filling.notes = (*filling.notes, said)
        said = speak(office, conversation, "following_told", service=filling.shown)
    return _over(filling, said, filling.service.id)


def _told_once(filling: Filling, offer: Offer) -> Progress:
    office, conversation = filling.office, filling.conversation
    case = filling.work.cases.look(offer.services[1])
    said = speak(
        office,
        conversation,
        "told_once",
        service=filling.shown,
        team=office.council.teams[case.team].name,
        ref=grouped_reference(case.ref, conversation.channel),
    )
    return _over(filling, said, None)


def _over(filling: Filling, said: Utterance, done: str | None) -> Progress:
    forget(filling.work, filling.draft)
    conversation: Conversation = offering(filling.work, filling.conversation, None)
    _, more = offer_next(filling.office, filling.work, conversation, done)
    return Progress((*filling.notes, said, *more), filling=False)
