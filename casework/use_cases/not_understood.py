"""When a message is not understood: never three failures in a row."""

from __future__ import annotations

from dataclasses import replace

from casework.domain.catalogue import INTAKE, PERSON
from casework.domain.conversations import SAFETY, Author, Channel, Choice, Conversation, Turn
from casework.domain.person_wanted import wants_person
from casework.ports.store import Work
from casework.use_cases.ask_draft import CALL, active_draft, call_offered
from casework.use_cases.deal_once import deal_once
from casework.use_cases.hear_code import heard_code
from casework.use_cases.note_guess import note_dealt, note_guess, note_neither
from casework.use_cases.office import (
    Office,
    Progress,
    offering,
    service_choices,
    speak,
    word,
)
from casework.use_cases.raise_alarm import alarm, still_alarmed
from casework.use_cases.request_person import hand_over, request_person
from casework.use_cases.staffing import staffed
from casework.use_cases.wait_for_resident import patient

OFFERED = 3
"""Services offered when the model is torn between several."""

BESIDE_PERSON = {Channel.WEB: 2, Channel.SMS: 1, Channel.VOICE: 1}
"""Likely services offered beside a person and a question to the team."""

DANGER = 0.4
"""Probability from which on danger is taken seriously, although the model is not sure. All kinds of
danger are told as one by then; what is less likely is among the services offered."""

DANGER_OFFERED = 0.15
"""Probability from which on danger is one of the services offered; below it, nobody is asked."""

PLAUSIBLE = 0.05
"""Probability below which a guess is not worth offering."""

LAST_WORDS = 2
"""Messages not understood that are sent on as the question."""


def not_understood(office: Office, conversation_id: str, turn: Turn, unsure: bool) -> Progress:
    """Says that a message was not understood and what can be done.

    `unsure` is set when the model has a few likely services: these are offered at once.
    Raises NotFound.
    """

    def deal(work: Work, conversation: Conversation) -> Progress:
        draft = active_draft(work, conversation)
        if draft is not None:
            shown = draft.about or draft.service
            missed = replace(conversation, missed=conversation.missed + 1)
            work.conversations.save(missed)
            said = speak(office, missed, "not_caught", service=shown)
            return Progress((said,), filling=True)
        if resumed := heard_code(office, work, conversation, turn):
            return resumed
        if waited := patient(office, work, conversation, turn):
            return waited
        return miss(office, work, conversation, turn, unsure=unsure)

    return deal_once(office, conversation_id, turn.id, deal)


def miss(
    office: Office, work: Work, conversation: Conversation, turn: Turn, unsure: bool = False
) -> Progress:
    """As `not_understood`, inside a unit of work: torn between a few services, they are offered;
    else one rephrasing, then a person or the question written down.

    Nobody is asked for ever: the third failure in a row brings the person, instead of a question
    about one.
    """
    if alarmed := still_alarmed(office, work, conversation):
        return alarmed
    danger = danger_in(turn)
    if danger is not None:
        return alarm(office, work, conversation, danger, danger)
    if turn.choice is None and wants_person(turn.text):
        note_dealt(work, conversation, PERSON)
        return request_person(office, work, conversation, turn)
    misses = conversation.misses + 1
    conversation = replace(conversation, misses=misses, missed=conversation.missed + 1)
    likely = _likely(office, turn)
    if misses > 2:
        note_dealt(work, conversation, PERSON)
        return bring_person(office, work, conversation, turn)
    if likely and unsure and not _just_offered(conversation, likely):
        return _offer_likely(office, work, conversation, likely, turn)
    if misses > 1 or (likely and unsure):
        return offer_person(office, work, conversation, likely, turn)
    conversation = offering(work, conversation, None)
    said = speak(office, conversation, "rephrase", asks="topic")
    return Progress((said,), filling=False)


def danger_in(turn: Turn) -> str | None:
    """The danger that the model hears in a turn, however unsure."""
    return next((label for label, p in turn.ranking[:3] if label in SAFETY and p >= DANGER), None)


def none_meant(office: Office, work: Work, conversation: Conversation) -> Progress:
    """What follows when none of the services offered was meant: other words, then a person."""
    note_neither(work, conversation)
    offer = conversation.offer
    if conversation.misses > 1:
        words = Turn("", offer.words if offer is not None else "")
        return offer_person(office, work, conversation, [], words)
    conversation = offering(work, conversation, None)
    said = speak(office, conversation, "none_meant", asks="topic")
    return Progress((said,), filling=False)


def bring_person(office: Office, work: Work, conversation: Conversation, turn: Turn) -> Progress:
    """A person at once where one can come; else the offer to be rung, which may be declined."""
    if staffed(office, work, conversation.channel):
        return hand_over(office, work, conversation, turn)
    conversation = offering(work, replace(conversation, misses=0), CALL, words=turn.text)
    return Progress((call_offered(office, conversation),), filling=False)


def _just_offered(conversation: Conversation, likely: list[str]) -> bool:
    """Whether these services, or some of them, have just been offered in vain."""
    offer = conversation.offer
    return offer is not None and offer.kind == "which" and set(likely) <= set(offer.services)


def _likely(office: Office, turn: Turn) -> list[str]:
    """The two or three services that the model thinks of first, however unsure."""
    services = office.council.services
    ranked = [
        (label, p)
        for label, p in turn.ranking
        if label in services and (label not in SAFETY or p >= DANGER_OFFERED)
    ]
    plausible = [label for label, p in ranked if p >= PLAUSIBLE][:OFFERED]
    return plausible if len(plausible) != 1 else [label for label, _ in ranked[:2]]


def offer_others(
    office: Office, work: Work, conversation: Conversation, others: list[str], turn: Turn
) -> Progress:
    """What else may have been meant, after a wrong guess."""
    return _offer_likely(office, work, conversation, others[:OFFERED], turn, "misunderstood")


def _offer_likely(
    office: Office,
    work: Work,
    conversation: Conversation,
    likely: list[str],
    turn: Turn,
    why: str = "did_you_mean",
) -> Progress:
    note_guess(office, work, conversation, turn, likely)
    conversation = offering(work, conversation, "which", likely, turn.text)
    neither = Choice(word(office, conversation, "button_something_else"), "no")
    said = speak(
        office,
        conversation,
        f"which_{why}",
        asks="service",
        choices=[*service_choices(office, likely), neither],
    )
    return Progress((said,), filling=False)


def offer_person(
    office: Office, work: Work, conversation: Conversation, likely: list[str], turn: Turn
) -> Progress:
    """A person, or the question written down for the team, with what was said so far."""
    others = [one for one in likely if one not in {PERSON, INTAKE}]
    others = others[: BESIDE_PERSON[conversation.channel]]
    if others:
        note_guess(office, work, conversation, turn, others)
    words = _words_so_far(work, conversation, turn)
    conversation = offering(work, conversation, "person", others, words)
    choices = [*service_choices(office, [*others, PERSON, INTAKE])]
    if conversation.channel is Channel.WEB or not others:
        choices.append(Choice(word(office, conversation, "button_try_again"), "no"))
    said = speak(office, conversation, "offer_person", asks="offer", choices=choices)
    return Progress((said,), filling=False)


def _words_so_far(work: Work, conversation: Conversation, turn: Turn) -> str:
    """What the resident said last, in their own words."""
    said = [
        message.said.text
        for message in work.conversations.messages(conversation.id)
        if message.author is Author.RESIDENT and not message.choice and message.said.text.strip()
    ][-LAST_WORDS:]
    return "\n".join(dict.fromkeys(said)) or turn.text
