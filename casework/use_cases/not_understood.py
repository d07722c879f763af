"""When a message is not understood: never three failures in a row."""

from __future__ import annotations

from dataclasses import replace

from casework.domain.catalogue import PERSON
from casework.domain.conversations import SAFETY, Channel, Choice, Conversation, Turn
from casework.ports.store import Work
from casework.use_cases.ask_draft import active_draft
from casework.use_cases.deal_once import deal_once
from casework.use_cases.office import (
    Office,
    Progress,
    offering,
    service_choices,
    speak,
    word,
)
from casework.use_cases.raise_alarm import alarm, still_alarmed
from casework.use_cases.request_person import hand_over

OFFERED = 3
"""Services offered when the model is torn between several."""

DANGER = 0.2
"""Probability from which on danger is taken seriously, although the model is not sure."""

PLAUSIBLE = 0.05
"""Probability below which a guess is not worth offering."""


def not_understood(office: Office, conversation_id: str, turn: Turn, unsure: bool) -> Progress:
    """Says that a message was not understood and what can be done.

    `unsure` is set when the model has a few likely services: these are offered at once.
    Raises NotFound.
    """

    def deal(work: Work, conversation: Conversation) -> Progress:
        draft = active_draft(work, conversation)
        if draft is not None:
            shown = draft.about or draft.service
            said = speak(office, conversation, "not_caught", service=shown)
            return Progress((said,), filling=True)
        return miss(office, work, conversation, turn, unsure=unsure)

    return deal_once(office, conversation_id, turn.id, deal)


def miss(
    office: Office, work: Work, conversation: Conversation, turn: Turn, unsure: bool = False
) -> Progress:
    """As `not_understood`, inside a unit of work: rephrase, then guesses, then a person.

    Somebody on the telephone cannot be asked for ever: there the third failure in a row brings the
    person, instead of a question about one.
    """
    if alarmed := still_alarmed(office, work, conversation):
        return alarmed
    danger = next((label for label, p in turn.ranking[:3] if label in SAFETY and p >= DANGER), None)
    if danger is not None:
        return alarm(office, work, conversation, danger, danger)
    misses = conversation.misses + 1
    conversation = replace(conversation, misses=misses)
    likely = _likely(office, turn)
    if misses > 2 and conversation.channel is Channel.VOICE:
        return hand_over(office, work, conversation, turn)
    if misses > 2 or (misses > 1 and not likely):
        return _offer_person(office, work, conversation)
    if likely and (unsure or misses > 1):
        return _offer_likely(office, work, conversation, likely, turn.text)
    conversation = offering(work, conversation, None)
    said = speak(office, conversation, "rephrase", asks="topic")
    return Progress((said,), filling=False)


def _likely(office: Office, turn: Turn) -> list[str]:
    """Services the model thinks of first, however unsure."""
    return [
        label
        for label, probability in turn.ranking
        if label in office.council.services and probability >= PLAUSIBLE
    ][:OFFERED]


def _offer_likely(
    office: Office, work: Work, conversation: Conversation, likely: list[str], words: str
) -> Progress:
    conversation = offering(work, conversation, "which", likely, words)
    neither = Choice(word(office, conversation, "button_something_else"), "no")
    said = speak(
        office,
        conversation,
        "which_did_you_mean",
        asks="service",
        choices=[*service_choices(office, likely), neither],
    )
    return Progress((said,), filling=False)


def _offer_person(office: Office, work: Work, conversation: Conversation) -> Progress:
    conversation = offering(work, conversation, "person")
    said = speak(
        office,
        conversation,
        "offer_person",
        asks="offer",
        choices=[
            *service_choices(office, [PERSON]),
            Choice(word(office, conversation, "button_try_again"), "no"),
        ],
    )
    return Progress((said,), filling=False)
