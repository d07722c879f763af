"""Says what a draft is waiting for."""

from __future__ import annotations

from dataclasses import replace

from casework.domain.catalogue import PERSON, FieldUse, Service
from casework.domain.conversations import (
    BY_KEYS,
    SAFE_CONTACT,
    Channel,
    Choice,
    Conversation,
    Offer,
    Utterance,
)
from casework.domain.drafts import CONFIRM, Draft, DraftState, uses_in_order
from casework.domain.fields import Field
from casework.domain.identity import THIRD_PARTY
from casework.ports.store import Work
from casework.use_cases.complete_field import completed
from casework.use_cases.identity_asked import asked_use
from casework.use_cases.office import Office, service_choices, speak, word, yes_no
from casework.use_cases.prepared import service_taken
from casework.use_cases.read_back import read_out, summary
from casework.use_cases.staffing import opened

SLOTS_OFFERED = 4
"""Times to ring that are told at once."""

CALL = "call"
"""The kind of offer to have a person ring, made when nobody comes and it goes wrong here."""

CONFIRMED_FIRST = ("stop", "start_again")
"""Commands that lose work: unless said plainly, they are asked about."""

STANDS_IN_FRONT = (*CONFIRMED_FIRST, CALL)
"""Offers in the midst of a form that are asked about in place of its question."""

TOLD_BEFORE = ("follow", "told_twice", "follow_contact")
"""Offers within a form about a case told before; the question is in their words, the case's
reference their second service. The last asks for a contact."""

NONE_OF_THESE = "none_of_these"
"""The choice that no candidate is right."""

GIVES_UP_AFTER = 2
"""Failures at one question from which on a person is offered beside it."""

OTHERWISE = {
    "person_name": "name", "address": "address", "location": "location", "postcode": "postcode",
    "registration": "postcode", "date": "date", "date_past": "date", "date_of_birth": "date",
    "phone": "phone", "contact": "phone", "email": "email", "money": "money",
    "account_ref": "reference", "case_ref": "reference", "reference": "reference",
}  # fmt: skip
"""How a spoken answer of each type is asked for once two ways have failed."""

SAFELY_ASKED = frozenset({"phone", "contact", "when", "about"})
"""Fields asked in other words of somebody whom a call or a message could put at risk."""


def active_draft(work: Work, conversation: Conversation) -> Draft | None:
    """The draft being filled in this conversation."""
    if conversation.draft_id is None:
        return None
    draft = work.drafts.get(conversation.draft_id)
    return draft if draft.state is DraftState.FILLING else None


def ask_draft(office: Office, conversation_id: str) -> tuple[Utterance, ...]:
    """The question that the conversation's draft now awaits an answer to; empty without one.

    Raises NotFound for an unknown conversation.
    """
    with office.store.begin(reading=True) as work:
        conversation = work.conversations.get(conversation_id)
        draft = active_draft(work, conversation)
        told = draft is not None and read_out(office, work, conversation, draft)
    if draft is None:
        return ()
    asking = question(office, conversation, draft)
    if told:
        brief = "confirm_brief_keys" if BY_KEYS in conversation.flags else "confirm_brief"
        asking = replace(asking, text=word(office, conversation, brief))
    return (asking,)


def ask_otherwise(office: Office, conversation_id: str, missed: int) -> Utterance | None:
    """The question of the form as it is put once it was missed `missed` times more; None without a
    form, and for what is read back. Raises NotFound for an unknown conversation."""
    with office.store.begin(reading=True) as work:
        conversation = work.conversations.get(conversation_id)
        draft = active_draft(work, conversation)
    if draft is None or draft.asking == CONFIRM:
        return None
    tries = min(draft.tries + missed, GIVES_UP_AFTER)
    return question(office, conversation, replace(draft, tries=tries))


def question(office: Office, conversation: Conversation, draft: Draft) -> Utterance:
    """What to ask for the draft's present state."""
    service = service_taken(office.council, draft)
    shown = draft.about or draft.service
    if offered := _before_field(office, conversation, shown):
        return offered
    if draft.asking == CONFIRM:
        return _confirmation(office, conversation, service, draft, shown)
    use = asked_use(office.council, service, draft.asking)
    if use is None:
        raise AssertionError(f"draft {draft.id} asks for {draft.asking}, not of {service.id}")
    field = completed(office, conversation, service, use.field)
    if draft.candidates:
        return _which_candidate(office, conversation, draft, field, shown)
    return Utterance(
        text=_wording(office, conversation, use, draft),
        service=shown,
        asks=field.id,
        kind=field.type,
        choices=(*_choices(office, conversation, use, field), *_way_out(office, draft)),
    )


def _before_field(office: Office, conversation: Conversation, shown: str) -> Utterance | None:
    """What an offer asks in the middle of the form, before the form goes on."""
    offer = conversation.offer
    if offer is None:
        return None
    if offer.kind == CALL:
        return call_offered(office, conversation, shown)
    if offer.kind in CONFIRMED_FIRST:
        return speak(
            office,
            conversation,
            f"really_{offer.kind}",
            service=shown,
            asks="offer",
            choices=yes_no(office, conversation),
        )
    return _about_told(office, conversation, offer, shown) if offer.kind in TOLD_BEFORE else None


def _which_candidate(
    office: Office, conversation: Conversation, draft: Draft, field: Field, shown: str
) -> Utterance:
    """Asks which of several values was meant, or whether the only one was."""
    if len(draft.candidates) == 1 and is_asked_alone(conversation, field):
        return speak(
            office,
            conversation,
            "is_it_this",
            service=shown,
            asks=field.id,
            kind=field.type,
            choices=yes_no(office, conversation),
            value=draft.candidates[0].label,
        )
    return speak(
        office,
        conversation,
        "which_of_these_again" if draft.tries else "which_of_these",
        service=shown,
        asks=field.id,
        kind=field.type,
        choices=[
            *(Choice(c.label, str(place)) for place, c in enumerate(draft.candidates, 1)),
            Choice(word(office, conversation, "button_none_of_these"), NONE_OF_THESE),
            *_way_out(office, draft),
        ],
    )


def call_offered(
    office: Office, conversation: Conversation, service: str | None = None
) -> Utterance:
    """The offer to be rung, with the reason why nobody comes now."""
    why = "nobody" if opened(office) else "closed"
    return speak(
        office,
        conversation,
        f"offer_call_{why}",
        service=service,
        asks="offer",
        choices=yes_no(office, conversation),
    )


def is_asked_alone(conversation: Conversation, field: Field) -> bool:
    """Whether the only candidate for a value is asked about by a yes or no: a list of one is for
    the eye."""
    return conversation.channel is Channel.VOICE or field.type in {"date", "date_past"}


def _about_told(office: Office, conversation: Conversation, offer: Offer, shown: str) -> Utterance:
    """The question about a case told before, which stands in front of the form's own."""
    if offer.kind == TOLD_BEFORE[-1]:
        nothing = Choice(word(office, conversation, "button_no_thanks"), "no")
        return Utterance(offer.words, (nothing,), shown, asks="contact", kind="contact")
    choices = yes_no(office, conversation)
    return Utterance(offer.words, choices, shown, asks="offer", kind="offer")


def _way_out(office: Office, draft: Draft) -> tuple[Choice, ...]:
    """A person, offered once a question has failed twice."""
    return service_choices(office, [PERSON]) if draft.tries >= GIVES_UP_AFTER else ()


def _wording(office: Office, conversation: Conversation, use: FieldUse, draft: Draft) -> str:
    if SAFE_CONTACT in conversation.flags and use.field.id in SAFELY_ASKED and not draft.tries:
        return word(office, conversation, f"ask_safe_{use.field.id}")
    if THIRD_PARTY in conversation.flags and use.field.id == "name" and not draft.tries:
        return word(office, conversation, "ask_own_name")
    said = use.field.again if draft.tries else use.field.ask
    text = said.on(conversation.channel)
    otherwise = OTHERWISE.get(use.field.type)
    if otherwise and draft.tries >= GIVES_UP_AFTER and conversation.channel is Channel.VOICE:
        text = word(office, conversation, f"otherwise_{otherwise}")
    return f"{text} {use.field.skip}" if use.optional and use.field.skip else text


def _choices(
    office: Office, conversation: Conversation, use: FieldUse, field: Field
) -> tuple[Choice, ...]:
    if field.type == "yes_no":
        return yes_no(office, conversation)
    options = field.options
    if field.type == "callback_slot":
        options = options[:SLOTS_OFFERED]
    choices = [Choice(option.label, option.id) for option in options]
    if field.type == "choices":
        choices.insert(0, Choice(word(office, conversation, "button_all"), "all"))
        choices.append(Choice(word(office, conversation, "button_none"), "none"))
    if use.optional:
        choices.append(Choice(word(office, conversation, "button_skip"), "skip"))
    return tuple(choices)


def _confirmation(
    office: Office, conversation: Conversation, service: Service, draft: Draft, shown: str
) -> Utterance:
    if draft.changing:
        uses = uses_in_order(service, draft)
        fields = [use.field for use in uses if use.asked or use.field.id in draft.answers]
        return speak(
            office,
            conversation,
            "what_to_change",
            service=shown,
            asks=CONFIRM,
            choices=[*(Choice(f.label, f.id) for f in fields), *_way_out(office, draft)],
        )
    key = "confirm_again" if draft.tries else "confirm"
    return speak(
        office,
        conversation,
        key,
        service=shown,
        asks=CONFIRM,
        choices=[
            Choice(word(office, conversation, "button_confirm"), "yes"),
            Choice(word(office, conversation, "button_change"), "no"),
            *_way_out(office, draft),
        ],
        summary=summary(office, conversation, service, draft),
        title=service.title,
    )
