"""Hears a reply: to the form's question, or to what was offered outside one."""

from __future__ import annotations

import re
from dataclasses import replace

from casework.domain.assent import cannot_say
from casework.domain.catalogue import PERSON
from casework.domain.commands import Command
from casework.domain.conversations import Conversation, Offer, Turn, Utterance
from casework.domain.drafts import Draft
from casework.domain.handoffs import HandoffReason
from casework.ports.reading import Pick, Read
from casework.ports.store import Work
from casework.use_cases.answer_enquiry import TEXT_LINK
from casework.use_cases.ask_draft import CALL, active_draft
from casework.use_cases.begin_service import begin
from casework.use_cases.deal_once import deal_once
from casework.use_cases.fill_draft import fill_draft
from casework.use_cases.filling import Filling, agrees, plain
from casework.use_cases.find_answer import ROW
from casework.use_cases.forget_draft import forget
from casework.use_cases.hear_code import heard_code
from casework.use_cases.identity_asked import CASE_STATUS
from casework.use_cases.keep_draft import offer_to_keep, take_keep, take_keep_name, worth_keeping
from casework.use_cases.keep_second import keep_second, told_in_passing
from casework.use_cases.not_satisfied import not_satisfied
from casework.use_cases.not_understood import danger_in, miss, none_meant
from casework.use_cases.note_guess import note_dealt
from casework.use_cases.obey_outside import command_outside, obey_outside, reply_meant
from casework.use_cases.offer_link import LINK
from casework.use_cases.offer_next import offer_next, parked_draft
from casework.use_cases.offer_person_first import FIRST, ask_person_first
from casework.use_cases.office import (
    Office,
    Progress,
    farewell,
    known_service,
    offering,
    service_choices,
    speak,
    word,
)
from casework.use_cases.prepared import service_taken
from casework.use_cases.raise_alarm import ALARM, declines_person, goes_quiet, leave_be
from casework.use_cases.request_person import arrange_callback, request_person
from casework.use_cases.resume_by_code import take_check
from casework.use_cases.resume_draft import resume
from casework.use_cases.take_down import take_without_person
from casework.use_cases.text_link import text_link
from casework.use_cases.wait_for_resident import open_question, patient

CARRIES_ON = re.compile(r"(?i)\b(carry on|continue|go on|go back to|keep going|let'?s finish)\b")
"""Wants to go on with what was put aside."""

DESCRIBES = 4
"""Words from which on a reply is taken as a description: fewer may be anything."""

ASKS_BACK = re.compile(r"(?i)\W*(?:what|why|who|how|which|where|when|do|does|is|are|can|could)\b")
"""Begins like a question rather than like a description."""

STAYS_HERE = re.compile(
    r"(?i)\b(?:carry on|continue|keep going|go(?:ing)? on(?! then)|go ahead here|take it down"
    r"|(?:with|tell) you|here|do it now|right now|you do it)\b"
)
"""Would rather go on with the assistant than have a person."""

PERSON_WORDS = re.compile(r"(?i)\b(?:person|someone|somebody|human|ring|call|phone|speak|talk)\b")

WANTS_A_CALL = re.compile(
    r"(?i)\W*(?:(?:yes|please|just|can|could|would|you|i|i'd|like|want|a|someone to|somebody to) )*"
    r"(?:call|ring|phone)(?: me)?(?: back)?(?:,? (?:please|then|instead|thanks|thank you))*\W*"
)
"""Would rather be rung than follow the link."""

OF_ONE = frozenset({"services", "resume", "person", "text_link", "link"})
"""Offers that stand after one reply that is not understood."""


def take_answer(office: Office, conversation_id: str, turn: Turn) -> Progress:
    """Deals with a reply. The same turn again does nothing and says nothing. Raises NotFound."""

    def deal(work: Work, conversation: Conversation) -> Progress:
        return take(office, work, conversation, turn)

    return deal_once(office, conversation_id, turn.id, deal)


def take(office: Office, work: Work, conversation: Conversation, turn: Turn) -> Progress:
    """As `take_answer`, inside a unit of work."""
    quiet = None if turn.choice else goes_quiet(office, work, conversation, turn.text)
    if quiet is not None:
        return quiet
    if turn.choice == PERSON:
        note_dealt(work, conversation, PERSON)
        return request_person(office, work, conversation, turn)
    draft = active_draft(work, conversation)
    if draft is not None:
        conversation, turn, kept = keep_second(office, work, conversation, turn)
        filled = fill_draft(Filling(office, work, conversation, draft, turn))
        return told_in_passing(filled, kept) if filled.filling else filled
    if heard := of_form_left(office, work, conversation, turn):
        return heard
    return _take_offer(office, work, conversation, turn)


def of_form_left(
    office: Office, work: Work, conversation: Conversation, turn: Turn
) -> Progress | None:
    """Deals with a form that was left: whether to keep it, its code, and the check behind that."""
    return (
        take_keep(office, work, conversation, turn, agrees(office, turn, offered=True))
        or take_keep_name(office, work, conversation, turn)
        or take_check(office, work, conversation, turn)
        or heard_code(office, work, conversation, turn)
        or patient(office, work, conversation, turn)
    )


def _take_offer(office: Office, work: Work, conversation: Conversation, turn: Turn) -> Progress:
    chosen = known_service(office, turn.choice)
    if chosen is not None:
        return begin(office, work, conversation, chosen, turn)
    if asked_after := _reference(office, work, conversation, turn):
        return asked_after
    offer = conversation.offer
    pleased = offer is not None and offer.kind == "satisfied"
    agreed = None if offer is None else agrees(office, turn, offered=True, satisfied=pleased)
    if declined := declines_person(office, work, conversation, turn.text):
        return declined
    if offer is not None and offer.kind == LINK and agreed is None:
        agreed = True if WANTS_A_CALL.fullmatch(turn.text) else None
    if offer is not None and offer.kind == ROW and agreed is None:
        asked_about = office.council.service(offer.services[0])
        return begin(office, work, conversation, asked_about, replace(turn, choice=None))
    if offer is not None and offer.kind == FIRST:
        agreed = False if _stays_here(turn) else agreed
        if agreed is None:
            return ask_person_first(office, work, conversation, offer.services[0])
    command = command_outside(turn)
    agreed = reply_meant(offer, command) if agreed is None else agreed
    if offer is None or agreed is None:
        parked = parked_draft(work, conversation)
        told = offer is not None and offer.kind == "resume"
        goes_on = command is Command.CARRY_ON or CARRIES_ON.search(turn.text)
        if parked is not None and (goes_on or _answers(office, parked, turn, told=told)):
            return _taken_up(office, work, conversation, parked, turn)
        if obeyed := obey_outside(office, work, conversation, turn):
            return obeyed
        if offer is not None and cannot_say(turn.text) and offer.kind != ALARM:
            return _once_more(office, work, conversation, "no_hurry")
        stands = offer is not None and offer.kind in OF_ONE and danger_in(turn) is None
        if stands and not conversation.misses:
            # What is on offer stays so: one reply not understood loses nothing.
            conversation = replace(conversation, misses=1)
            work.conversations.save(conversation)
            return _once_more(office, work, conversation, "not_caught")
        return miss(office, work, conversation, turn)
    if agreed:
        return _accepted(office, work, conversation, offer, turn)
    return _declined(office, work, conversation, offer, turn)


def _reference(
    office: Office, work: Work, conversation: Conversation, turn: Turn
) -> Progress | None:
    """The case whose reference comes instead of a yes or no, looked up; None for any other reply,
    and after an alarm."""
    offer = conversation.offer
    if offer is None or offer.kind == ALARM or turn.choice is not None:
        return None
    reading = office.reader.read(plain("case_ref"), turn.text, office.context())
    if not isinstance(reading, Read):
        return None
    conversation = replace(conversation, offer=None)
    status = office.council.service(CASE_STATUS)
    # Said to be one: bare digits in words that open a form are taken for nothing.
    return begin(office, work, conversation, status, replace(turn, text=f"ref {reading.value}"))


def _once_more(office: Office, work: Work, conversation: Conversation, key: str) -> Progress:
    """The question once more, after a word under `key`."""
    asking = open_question(office, work, conversation)
    note = word(office, conversation, key)
    if asking is None:
        return Progress((Utterance(note, asks="topic", kind="topic"),), filling=False)
    return Progress((Utterance(note), replace(asking.said, case_refs=(), links=())), filling=False)


def _stays_here(turn: Turn) -> bool:
    """Whether a reply to "a person, or go on here?" chooses to go on: "go on then" is a yes."""
    said = turn.choice is None and STAYS_HERE.search(turn.text) is not None
    return said and PERSON_WORDS.search(turn.text) is None


def _answers(office: Office, parked: Draft, turn: Turn, *, told: bool = False) -> bool:
    """Whether a message answers what a draft asked before it was put aside. `told` says that going
    back to it was offered a moment ago: a free description can then be meant for nothing else."""
    use = service_taken(office.council, parked).use(parked.asking or "")
    if use is None or turn.choice is not None:
        return False
    if use.field.type == "text":
        tells = not ASKS_BACK.match(turn.text) and not turn.text.rstrip().endswith("?")
        return told and tells and len(turn.text.split()) >= DESCRIBES
    # Several places of that name are an answer too: it is asked which of them.
    return isinstance(office.reader.read(use.field, turn.text, office.context()), Read | Pick)


def _taken_up(
    office: Office, work: Work, conversation: Conversation, parked: Draft, turn: Turn
) -> Progress:
    """Goes on with a parked draft, from the answer that the message may hold."""
    progress = resume(office, work, conversation, parked, turn)
    conversation = work.conversations.get(conversation.id)
    draft = active_draft(work, conversation)
    if draft is None or not _answers(office, draft, turn, told=not CARRIES_ON.search(turn.text)):
        return progress
    filled = fill_draft(Filling(office, work, conversation, draft, turn))
    return Progress((*progress.said, *filled.said), filled.filling)


def _accepted(
    office: Office, work: Work, conversation: Conversation, offer: Offer, turn: Turn
) -> Progress:
    if offer.kind == LINK:
        return arrange_callback(office, work, conversation, turn)
    if offer.kind == FIRST:
        return request_person(office, work, conversation, turn, HandoffReason.COMPLEX)
    if offer.kind == CALL:
        return arrange_callback(office, work, conversation, turn)
    if offer.kind in {"person", ALARM}:
        return request_person(office, work, conversation, turn)
    if offer.kind == "resume":
        parked = parked_draft(work, conversation)
        if parked is not None:
            return resume(office, work, conversation, parked, turn)
    if offer.kind in {"services", "which"} and len(offer.services) == 1:
        only = office.council.service(offer.services[0])
        return begin(office, work, conversation, only, turn)
    if offer.kind in {"services", "which"}:
        conversation = offering(work, conversation, "which", offer.services)
        said = speak(
            office,
            conversation,
            "which_service",
            asks="service",
            choices=service_choices(office, offer.services),
        )
        return Progress((said,), filling=False)
    if offer.kind == TEXT_LINK:
        return text_link(office, work, conversation, offer, agreed=True)
    if offer.kind == "satisfied":
        _, more = offer_next(office, work, conversation, None, also=_follows(office, offer))
        return Progress(more, filling=False)
    conversation = offering(work, conversation, "more")
    return Progress((speak(office, conversation, "tell_me", asks="topic"),), filling=False)


def _follows(office: Office, offer: Offer) -> str | None:
    """The service that the council offers after the answer just given."""
    book = office.council.answers.get(offer.services[0]) if offer.services else None
    if book is None:
        return None
    return book.topics.get(offer.words, book).next if offer.words else book.next


def _declined(
    office: Office, work: Work, conversation: Conversation, offer: Offer, turn: Turn
) -> Progress:
    if offer.kind == "resume":
        parked = parked_draft(work, conversation)
        later = command_outside(turn) is Command.LATER
        if parked is not None and later and worth_keeping(conversation, parked):
            return Progress(offer_to_keep(office, work, conversation, parked), filling=False)
        if parked is not None:
            forget(work, parked)
    if offer.kind == FIRST:
        service = office.council.service(offer.services[0])
        said = replace(turn, text=offer.words, choice=None)
        return take_without_person(office, work, conversation, service, said)
    if offer.kind == ALARM:
        return leave_be(office, work, conversation, offer)
    if offer.kind == "which" and offer.words:
        return none_meant(office, work, conversation)
    if offer.kind == CALL:
        conversation = offering(work, replace(conversation, misses=0), None)
        tell = speak(office, conversation, "no_call_tell_me", asks="topic")
        return Progress((tell,), filling=False)
    if offer.kind == "more":
        return farewell(office, work, conversation)
    if offer.kind == "satisfied":
        return not_satisfied(office, work, conversation, offer, turn)
    if offer.kind == TEXT_LINK:
        return text_link(office, work, conversation, offer, agreed=False)
    _, more = offer_next(office, work, conversation, None)
    return Progress(more, filling=False)
