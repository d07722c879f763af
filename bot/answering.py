"""How a message is answered: danger first, then the assistant, and the truth when it fails."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.engine import Engine, Question
from bot.standby import stand_in
from bot.waiting import while_waiting
from casework.domain.catalogue import PERSON
from casework.domain.conversations import Message, Mode, Turn, Utterance
from casework.domain.drafts import CONFIRM
from casework.domain.errors import EngineFailure
from casework.domain.redaction import MASK
from casework.domain.safety import SafetyRule
from casework.use_cases.deal_once import already_said
from casework.use_cases.offer_upload import answer_wish_to_send
from casework.use_cases.office import Office, service_choices, speak
from casework.use_cases.raise_alarm import raise_alarm, screen_message
from casework.use_cases.tell_what_is_kept import tell_what_is_kept
from casework.use_cases.text_on_wish import text_on_wish

log = logging.getLogger(__name__)

Ahead = Callable[[Office, str, Turn], list[Utterance] | None]
"""Answers a turn of the conversation with this id; None for a turn that is not its own."""

AHEAD_OF_ASSISTANT: tuple[Ahead, ...] = (answer_wish_to_send, tell_what_is_kept, text_on_wish)
"""What no intent means, whatever was asked: a photo to be sent in, whether this is recorded, and a
page or form to be texted. The first to answer is the only one."""


@dataclass(frozen=True)
class Heard:
    """A resident's message, committed. `replies` are those already given to a repeat of it;
    `again` says that the message had been committed before; `unheard` is what the turn before led
    to although the resident was told of a failure; `stale` is a button of an earlier question;
    `repeats` says that the message says the same as the one that failed. `left_open` are earlier
    turns that nobody has answered yet; `in_front` is what was answered to them since."""

    question: Question
    mode: Mode
    replies: list[Message] | None = None
    again: bool = False
    unheard: tuple[Utterance, ...] = ()
    stale: bool = False
    repeats: bool = False
    left_open: tuple[str, ...] = ()
    in_front: tuple[Message, ...] = ()


class Answering:
    """Answers messages that are committed, each whatever fails."""

    def __init__(self, office: Office, engine: Engine) -> None:
        self._office = office
        self._engine = engine

    def answer(self, heard: Heard) -> list[Utterance]:
        """Safety first, in every mode; then the assistant, if it is its turn."""
        question = heard.question
        if heard.again and (said := self._already_said(question)):
            return said
        if heard.in_front and heard.repeats:
            # The same words have just been answered, danger included.
            return []
        rule = (
            None if question.choice or heard.stale else screen_message(self._office, question.text)
        )
        if rule is not None:
            log.info("safety rule %s in conversation %s", rule.id, question.conversation_id)
            return self._alarmed(question, rule)
        if heard.stale and question.asks and heard.mode is Mode.BOT:
            return self._asked_again(question)
        if heard.in_front and _answers_another(question):
            return []
        if heard.repeats:
            return self._belated(heard)
        return [*heard.unheard, *self._not_kept(heard), *self._engine_or_truth(heard)]

    def _not_kept(self, heard: Heard) -> list[Utterance]:
        """Tells a resident that a card or bank account number was not kept."""
        question = heard.question
        if question.choice or MASK not in question.text or heard.mode is Mode.AGENT:
            return []
        with self._office.store.begin(reading=True) as work:
            conversation = work.conversations.get(question.conversation_id)
        return [speak(self._office, conversation, "number_not_kept", service=question.draft)]

    def _engine_or_truth(self, heard: Heard) -> list[Utterance]:
        """The assistant's answer, or the queue's; when it fails, what can be said without it."""
        question = heard.question
        if heard.mode is Mode.QUEUED:
            return while_waiting(self._office, question)
        if heard.mode is not Mode.BOT:
            return []
        turn = Turn(question.message_id, question.text, choice=question.choice)
        for ahead in AHEAD_OF_ASSISTANT:
            if (said := ahead(self._office, question.conversation_id, turn)) is not None:
                return said
        try:
            return self._engine.answer(question)
        except EngineFailure as failure:
            log.error("no answer in conversation %s: %s", question.conversation_id, failure)
            # The use case may have been through before the assistant failed to pass it on.
            return (
                self._already_said(question)
                or stand_in(self._office, question)
                or [self._admitted(question)]
            )

    def _asked_again(self, question: Question) -> list[Utterance]:
        """The open question once more, to whoever pressed a button of another."""
        with self._office.store.begin(reading=True) as work:
            conversation = work.conversations.get(question.conversation_id)
            asking = work.conversations.last_asking(conversation.id)
        note = speak(self._office, conversation, "stale_choice", service=question.draft)
        return [note, replace(asking.said, case_refs=())] if asking else [note]

    def _belated(self, heard: Heard) -> list[Utterance]:
        """Tells what the turn before came to, instead of taking its repeat for something new."""
        conversation_id = heard.question.conversation_id
        with self._office.store.begin() as work:
            conversation = work.conversations.get(conversation_id)
            dealt = conversation.dealt
            if dealt is not None:
                # From now on it is this message that was so answered.
                told = replace(dealt, turn_id=heard.question.message_id)
                work.conversations.save(replace(conversation, dealt=told))
        return self._already_said(heard.question)

    def _already_said(self, question: Question) -> list[Utterance]:
        return already_said(self._office, question.conversation_id, question.message_id)

    def _alarmed(self, question: Question, rule: SafetyRule) -> list[Utterance]:
        progress = raise_alarm(self._office, question.conversation_id, rule, question.message_id)
        return list(progress.said)

    def _admitted(self, question: Question) -> Utterance:
        """The truth about a failure. The question stays open, and a person is offered."""
        with self._office.store.begin(reading=True) as work:
            conversation = work.conversations.get(question.conversation_id)
        said = speak(
            self._office,
            conversation,
            "assistant_down",
            service=question.draft,
            asks=question.asks or "topic",
            kind=question.kind or "topic",
        )
        kept = tuple(choice for choice in question.choices if choice.value != PERSON)
        return replace(said, choices=(*kept, *service_choices(self._office, [PERSON])))


def _answers_another(question: Question) -> bool:
    """Whether a message that was sent before its question could be read must not be taken for the
    answer: a button belongs to what was asked then, and nobody confirms what they have not read."""
    return question.choice not in {None, PERSON} or question.asks == CONFIRM
