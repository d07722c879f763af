"""Texts as conversations: each is answered with one or a few texts."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.conversation import Conversations
from bot.messages import MAX_TEXT, Inbound
from casework.domain.conversations import Author, Channel, Message
from casework.domain.errors import Busy, Conflict, Invalid
from casework.domain.outbox import Medium
from casework.ports.surroundings import Locks
from casework.use_cases.find_conversation import conversation_of_texter, unanswered_texts
from casework.use_cases.office import Office
from casework.use_cases.opt_out import has_opted_out, opt_in, opt_out
from casework.use_cases.queue_message import queue_message
from casework.use_cases.raise_alarm import screen_message
from telephony.keywords import Keyword, keyword_of
from telephony.text_length import in_gsm7, pieces
from telephony.wording import Wording
from telephony.writing import choice_in, texts_of

log = logging.getLogger(__name__)

SILENT_FOR = timedelta(hours=24)
"""How long a run of texts may pause; a later text begins a new one."""

LEFT_OVER_AFTER = timedelta(minutes=1)
"""How long after it came in a text without an answer counts as left over by a process that died."""

LOOKED_BACK = timedelta(hours=1)
"""How far back such texts are looked for."""

QUEUED_AGAIN_AFTER = (1.0, 2.0, 4.0, 8.0)
"""Seconds between attempts to queue an answer while the store is busy."""

LOCK_WAIT = 12.0
"""Seconds to wait for another text of the same number to be through."""


@dataclass(frozen=True)
class Text:
    """A text that came in. `sid` is the carrier's id of it; `keyword` what the carrier itself
    made of it, such as STOP."""

    sid: str
    number: str
    body: str
    keyword: str = ""


@dataclass(frozen=True)
class Answer:
    """What to text back, and the conversation that it belongs to. `key` says what kind of answer
    it is: of each kind a text gets one."""

    texts: tuple[str, ...]
    conversation_id: str | None = None
    key: str = "reply"


class Texts:
    """Runs of texts as conversations."""

    def __init__(
        self,
        conversations: Conversations,
        office: Office,
        locks: Locks,
        wording: Wording,
    ) -> None:
        self._conversations = conversations
        self._office = office
        self._locks = locks
        self._wording = wording

    def answer(self, text: Text) -> Answer:
        """What to text back; nothing to somebody who wants no texts. Raises Busy."""
        opted_out = has_opted_out(self._office, text.number)
        keyword = keyword_of(text.body, text.keyword, opted_out=opted_out)
        if keyword is not None:
            return self._keyword(text, keyword)
        if opted_out:
            log.info("a text from a number that has stopped texts was left alone")
            return Answer(())
        if not text.body.strip():
            return Answer((self._wording.say("no_words"),))
        if len(text.body) > MAX_TEXT:
            return Answer((self._wording.say("too_long"),))
        return self._turn(text)

    def queue(self, text: Text, answer: Answer) -> None:
        """Has an answer that came too late for the carrier's own reply sent by itself, once. It is
        tried for a while: the resident has heard nothing yet. Raises Busy when all of it failed."""
        for wait in QUEUED_AGAIN_AFTER:
            try:
                return self._queued(text, answer)
            except Busy:
                time.sleep(wait)
        return self._queued(text, answer)

    def failed(self, text: Text, failure: Exception) -> Answer:
        """The truth about a text that could not be dealt with; whoever is in danger is told whom
        to call even so."""
        log.error("a text could not be answered: %s", type(failure).__name__)
        rule = screen_message(self._office, text.body[:MAX_TEXT])
        if rule is None:
            said = self._wording.say("text_out_of_order")
        else:
            said = self._office.council.say(rule.wording, Channel.SMS)
        return Answer(tuple(pieces(in_gsm7(said))), key="sorry")

    def _queued(self, text: Text, answer: Answer) -> None:
        with self._office.store.begin() as work:
            for number, body in enumerate(answer.texts):
                queue_message(
                    self._office,
                    work,
                    medium=Medium.TEXT,
                    to=text.number,
                    text=body,
                    key=f"{answer.key}:{text.sid}:{number}",
                    conversation_id=answer.conversation_id,
                )

    def answer_left_over(self) -> int:
        """Answers the texts that a process which died had committed; gives their number."""
        now = self._office.clock.now()
        left = unanswered_texts(self._office, now - LOOKED_BACK, now - LEFT_OVER_AFTER)
        for message in left:
            try:
                self._answer_late(message)
            except Exception as failure:  # the others must not wait for this one
                log.error("a text left over could not be answered: %s", type(failure).__name__)
        return len(left)

    def _answer_late(self, message: Message) -> None:
        if message.turn_id is None:
            return
        inbound = Inbound(message.turn_id, message.conversation_id, text="-")
        replies = self._conversations.handle(inbound)
        with self._office.store.begin(reading=True) as work:
            number = work.conversations.get(message.conversation_id).caller
        if number is not None:
            answer = Answer(tuple(texts_of(replies, self._wording)), message.conversation_id)
            self.queue(Text(message.turn_id, number, ""), answer)

    def _keyword(self, text: Text, keyword: Keyword) -> Answer:
        if keyword is Keyword.STOP:
            # The carrier confirms it, and refuses anything from us from now on.
            opt_out(self._office, text.number)
            self._end(text.number)
            return Answer(())
        if keyword is Keyword.HELP and has_opted_out(self._office, text.number):
            return Answer(())
        if keyword is Keyword.START:
            opt_in(self._office, text.number)
        if text.keyword:
            return Answer(())
        key = "back_again" if keyword is Keyword.START else "help"
        return Answer((self._wording.say(key),))

    def _end(self, number: str) -> None:
        conversation = conversation_of_texter(self._office, number, SILENT_FOR)
        if conversation is not None:
            self._conversations.end(conversation.id)

    def _turn(self, text: Text) -> Answer:
        with self._locks.hold(f"texts:{text.number}", LOCK_WAIT):
            found = conversation_of_texter(self._office, text.number, SILENT_FOR)
            conversation_id, greeting = (found.id, ()) if found else self._begun(text.number)
        messages = self._conversations.since(conversation_id).messages
        if not greeting and _first_turn(messages) == text.sid:
            # The very first text once more: its answer began with the greeting.
            greeting = messages[:1]
        try:
            replies = self._conversations.handle(self._inbound(text, conversation_id, messages))
        except Conflict:
            # Closed a moment after it was found: the text begins a new run.
            if found is None:
                raise
            return self._turn(text)
        except Invalid:
            return Answer((self._wording.say("no_words"),), conversation_id)
        return Answer(tuple(texts_of([*greeting, *replies], self._wording)), conversation_id)

    def _begun(self, number: str) -> tuple[str, tuple[Message, ...]]:
        begun = self._conversations.start(
            Channel.SMS, language=self._office.council.language, caller=number
        )
        return begun.conversation_id, begun.messages

    def _inbound(self, text: Text, conversation_id: str, messages: Sequence[Message]) -> Inbound:
        ours = [message for message in messages if message.author is not Author.RESIDENT]
        asking = ours[-1] if ours else None
        choice = choice_in(text.body, asking.said if asking else None)
        if choice is None or asking is None:
            return Inbound(text.sid, conversation_id, text=text.body)
        return Inbound(text.sid, conversation_id, choice=choice, answering=asking.seq)


def _first_turn(messages: Sequence[Message]) -> str | None:
    turns = [message.turn_id for message in messages if message.author is Author.RESIDENT]
    return turns[0] if turns else None
