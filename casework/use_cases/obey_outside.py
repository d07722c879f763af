"""Commands while no form is being filled: carry on, later, stop, say that again, not that."""

from __future__ import annotations

from dataclasses import replace

from casework.domain.commands import Command, command_in
from casework.domain.conversations import Author, Conversation, Offer, Turn
from casework.ports.store import Work
from casework.use_cases.misunderstood import not_meant
from casework.use_cases.not_understood import none_meant
from casework.use_cases.office import Office, Progress, farewell, offering, speak
from casework.use_cases.raise_alarm import ALARM
from casework.use_cases.wait_for_resident import open_question

GOES_ON = frozenset({"resume", "services", "text_link"})
"""Offers of something to go on with: to carry on takes it up."""

LEAVES = frozenset({Command.LATER, Command.STOP})


def command_outside(turn: Turn) -> Command | None:
    """The command that a turn is; none for a button."""
    heard = command_in(turn.text) if turn.choice is None else None
    return None if heard is None else heard.command


def reply_meant(offer: Offer | None, command: Command | None) -> bool | None:
    """Whether a command takes up what was offered or turns it down; None for any other."""
    if offer is None or command is None or offer.kind == ALARM:
        return None
    if command is Command.CARRY_ON and offer.kind in GOES_ON:
        return True
    return False if command in LEAVES and offer.kind not in {"satisfied", "topics"} else None


def obey_outside(
    office: Office, work: Work, conversation: Conversation, turn: Turn
) -> Progress | None:
    """Does as a command says; None for what is none. After an alarm nothing but a reply counts."""
    command, offer = command_outside(turn), conversation.offer
    if command is None or (offer is not None and offer.kind == ALARM):
        return None
    if command in LEAVES:
        return farewell(office, work, conversation)
    if command is Command.NOT_THAT:
        return _not_that(office, work, conversation, turn)
    if command is Command.START_AGAIN:
        conversation = offering(work, replace(conversation, misses=0), "more")
        return _tell_me(office, conversation)
    return _once_more(office, work, conversation)


def _once_more(office: Office, work: Work, conversation: Conversation) -> Progress:
    """What was asked last, once more; what was opened then is not opened by this."""
    asking = open_question(office, work, conversation)
    if asking is None or asking.said.asks is None:
        return _tell_me(office, offering(work, conversation, "more"))
    return Progress((replace(asking.said, case_refs=(), links=()),), filling=False)


def _tell_me(office: Office, conversation: Conversation) -> Progress:
    return Progress((speak(office, conversation, "tell_me", asks="topic"),), filling=False)


def _not_that(office: Office, work: Work, conversation: Conversation, turn: Turn) -> Progress:
    """Takes back what was just answered or offered."""
    offer = conversation.offer
    if offer is not None and offer.kind == "more":
        return _tell_me(office, conversation)
    if offer is not None and offer.kind == "which":
        return none_meant(office, work, conversation)
    service = offer.services[0] if offer is not None and offer.services else conversation.service
    words = _words_before(work, conversation, turn)
    if service is None or not words:
        return _tell_me(office, offering(work, conversation, None))
    return not_meant(office, work, conversation, service, replace(turn, text=words))


def _words_before(work: Work, conversation: Conversation, turn: Turn) -> str:
    """What the resident said last before this turn."""
    for message in reversed(work.conversations.messages(conversation.id)):
        if message.author is Author.RESIDENT and message.turn_id != turn.id and not message.choice:
            return message.said.text
    return ""
