"""Texts as conversations: each is answered with one or a few texts."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

from bot.conversation import Conversations
from bot.messages import MAX_TEXT, Inbound
from casework.domain.conversations import Author, Channel, Message
from casework.domain.errors import Busy, Conflict, Invalid
from casework.domain.outbox import Delivery, Medium
from casework.domain.text_length import in_gsm7, pieces
from casework.ports.store import Work
from casework.ports.surroundings import Locks
from casework.use_cases.fetch_pictures import queue_pictures
from casework.use_cases.find_conversation import conversation_of_texter, unanswered_texts
from casework.use_cases.office import Office
from casework.use_cases.opt_out import has_opted_out
from casework.use_cases.queue_message import note_replied, queue_message, was_replied
from casework.use_cases.raise_alarm import screen_message
from telephony.keywords import Keyword, keyword_of
from telephony.opting import Opting
from telephony.text_messages import NOTHING, Answer, Text
from telephony.wording import Wording
from telephony.writing import choice_in, texts_of

log = logging.getLogger(__name__)

SILENT_FOR = timedelta(hours=24)
"""How long a run of texts may pause; a later text begins a new one."""

LEFT_OVER_AFTER = timedelta(minutes=1)
"""How long after it came in a text without an answer counts as left over by a process that died."""

LOOKED_BACK = timedelta(hours=1)
"""How far back such texts are looked for."""

MOST_LEFT_OVER = 5
"""Texts left over that are answered in one round: whoever does it has other things to do too."""

QUEUED_AGAIN_AFTER = (1.0, 2.0, 4.0, 8.0)
"""Seconds between attempts to queue an answer while the store is busy."""

LOCK_WAIT = 12.0
"""Seconds to wait for another text of the same number to be through."""


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
        self._opting = Opting(office, wording, self._end)
        self._left_again: set[str | None] = set()

    def answer(self, text: Text, is_late: Callable[[], bool] = lambda: False) -> Answer:
        """What to text back; nothing to somebody who wants no texts. Raises Busy.

        Once `is_late`, it is put into the outbox together with the record of it, so that neither
        is there without the other.
        """
        # A store that is busy must not keep STOP from being known for what it is.
        keyword = keyword_of(text.body, text.keyword)
        if keyword is not None:
            return self._opting.answer(text, keyword)
        if has_opted_out(self._office, text.number):
            if keyword_of(text.body, opted_out=True) is Keyword.START:
                return self._opting.answer(text, Keyword.START)
            log.info("a text from a number that has stopped texts was left alone")
            return NOTHING
        if text.pictures:
            greeting = self._take_pictures(text)
            if not text.body.strip():
                # What became of them is told once they are here.
                return greeting
        if not text.body.strip():
            return Answer((self._wording.say("no_words"),))
        if len(text.body) > MAX_TEXT:
            return Answer((self._wording.say("too_long"),))
        return self._turn(text, is_late)

    def danger(self, text: Text) -> Answer | None:
        """Whom to call, for whoever is in danger and must not wait; None for all others."""
        said = self._danger(text)
        return Answer(tuple(pieces(in_gsm7(said))), key="danger") if said else None

    def queue(self, text: Text, answer: Answer) -> None:
        """Has an answer that came too late for the carrier's own reply sent by itself, once. It is
        tried for a while: the resident has heard nothing yet. Raises Busy when all of it failed."""
        if not answer.texts:
            return None
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
        if (said := self._opting.failed(text)) is not None:
            return said
        if (danger := self.danger(text)) is not None:
            return replace(danger, key="sorry")
        return Answer(tuple(pieces(in_gsm7(self._wording.say("text_out_of_order")))), key="sorry")

    def failed_late(self, text: Text, failure: Exception) -> None:
        """As `failed`, once nobody waits for it any more. Raises Busy."""
        answer = self.failed(text, failure)
        # Whoever is in danger has been told whom to call when it became late.
        if self._danger(text) is None:
            self.queue(text, answer)

    def answer_left_over(self) -> int:
        """Answers texts that a process which died had committed, a few at a time; gives the number
        of those tried."""
        now = self._office.clock.now()
        left = unanswered_texts(self._office, now - LOOKED_BACK, now - LEFT_OVER_AFTER)
        # Those that failed before come last, so that they keep no other waiting.
        left.sort(key=lambda message: message.turn_id in self._left_again)
        for message in left[:MOST_LEFT_OVER]:
            self._left_again.discard(message.turn_id)
            try:
                self._answer_late(message)
            except Exception as failure:  # the others must not wait for this one
                self._left_again.add(message.turn_id)
                log.error("a text left over could not be answered: %s", type(failure).__name__)
        self._left_again &= {message.turn_id for message in left}
        return len(left[:MOST_LEFT_OVER])

    def _answer_late(self, message: Message) -> None:
        if message.turn_id is None:
            return
        conversation_id = message.conversation_id
        with self._office.store.begin(reading=True) as work:
            number = work.conversations.get(conversation_id).caller
            messages = work.conversations.messages(conversation_id)
        text = Text(message.turn_id, number or "", "")
        greeting = _greeting(messages, text.sid)

        def queue(work: Work, replies: Sequence[Message]) -> None:
            if text.number:
                self._queue_in(work, text, self._made(conversation_id, [*greeting, *replies]))

        self._conversations.handle(Inbound(text.sid, conversation_id, text="-"), queue)

    def _queued(self, text: Text, answer: Answer) -> None:
        with self._office.store.begin() as work:
            self._queue_in(work, text, answer)

    def _queue_in(self, work: Work, text: Text, answer: Answer) -> None:
        """Queues the texts of an answer, but for what was told at once."""
        if answer.replies and (told := self._danger(text)):
            left = [reply for reply in answer.replies if reply.said.text != told]
            answer = self._made(answer.conversation_id, left)
        for number, body in enumerate(answer.texts):
            key = _key(answer, text, number)
            queued = queue_message(
                self._office,
                work,
                medium=Medium.TEXT,
                to=text.number,
                text=body,
                key=key,
                conversation_id=answer.conversation_id,
            )
            noted = None if queued else work.outbox.of_key(key)
            if noted is not None and was_replied(noted) and noted.state is Delivery.SENT:
                # It was to be the reply, which came too late for it.
                work.outbox.save(replace(noted, text=body, state=Delivery.QUEUED))

    def _noted(self, work: Work, text: Text, answer: Answer) -> Answer:
        """An answer that is the reply: each text of it is in the record of what was sent."""
        ids = [
            note_replied(
                self._office,
                work,
                to=text.number,
                text=body,
                key=_key(answer, text, number),
                conversation_id=answer.conversation_id,
            )
            for number, body in enumerate(answer.texts)
        ]
        return replace(answer, ids=tuple(one or "" for one in ids))

    def _repeated(self, text: Text, answer: Answer) -> Answer:
        """The same reply again; nothing for one that the outbox sends, or has sent."""
        with self._office.store.begin() as work:
            found = [
                work.outbox.of_key(_key(answer, text, number))
                for number, _ in enumerate(answer.texts)
            ]
        if any(one is not None and not was_replied(one) for one in found):
            return Answer((), answer.conversation_id, queued=True)
        return replace(answer, ids=tuple(one.id if one else "" for one in found))

    def _made(self, conversation_id: str | None, replies: Sequence[Message]) -> Answer:
        texts = tuple(texts_of(replies, self._wording))
        return Answer(texts, conversation_id, replies=tuple(replies))

    def _danger(self, text: Text) -> str | None:
        rule = screen_message(self._office, text.body[:MAX_TEXT])
        return None if rule is None else self._office.council.say(rule.wording, Channel.SMS)

    def _end(self, number: str) -> None:
        conversation = conversation_of_texter(self._office, number, SILENT_FOR)
        if conversation is not None:
            self._conversations.end(conversation.id)

    def _turn(self, text: Text, is_late: Callable[[], bool]) -> Answer:
        with self._locks.hold(f"texts:{text.number}", LOCK_WAIT):
            found = conversation_of_texter(self._office, text.number, SILENT_FOR)
            conversation_id, greeting = (found.id, ()) if found else self._begun(text.number)
        messages = self._conversations.since(conversation_id).messages
        # The very first text once more: its answer began with the greeting.
        greeting = greeting or _greeting(messages, text.sid)
        if text.pictures and len(messages) == 1:
            # Its pictures have begun the run.
            greeting = tuple(messages)
        kept: list[Answer] = []

        def keep(work: Work, replies: Sequence[Message]) -> None:
            answer = self._made(conversation_id, [*greeting, *replies])
            if is_late():
                self._queue_in(work, text, answer)
                kept.append(Answer((), conversation_id, queued=True))
            else:
                kept.append(self._noted(work, text, answer))

        inbound = self._inbound(text, conversation_id, messages)
        try:
            replies = self._conversations.handle(inbound, keep)
        except Conflict:
            # Closed a moment after it was found: the text begins a new run.
            if found is None:
                raise
            return self._turn(text, is_late)
        except Invalid:
            return Answer((self._wording.say("no_words"),), conversation_id)
        if kept:
            return kept[0]
        return self._repeated(text, self._made(conversation_id, [*greeting, *replies]))

    def _take_pictures(self, text: Text) -> Answer:
        """Has the pictures of a text fetched, in the run of texts that it belongs to; the greeting,
        if it begins one."""
        with self._locks.hold(f"texts:{text.number}", LOCK_WAIT):
            found = conversation_of_texter(self._office, text.number, SILENT_FOR)
            conversation_id, greeting = (found.id, ()) if found else self._begun(text.number)
            queue_pictures(self._office, conversation_id, text.sid, text.pictures)
        if found:
            messages = self._conversations.since(conversation_id).messages
            # The very first text once more, with nothing but a picture in it.
            greeting = tuple(messages) if len(messages) == 1 else ()
        return self._made(conversation_id, greeting)

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


def _key(answer: Answer, text: Text, number: int) -> str:
    """What a text is kept under: of each kind, a text that came in gets one answer."""
    return f"{answer.key}:{text.sid}:{number}"


def _greeting(messages: Sequence[Message], sid: str) -> tuple[Message, ...]:
    """The greeting, for the text that began the run."""
    turns = [message.turn_id for message in messages if message.author is Author.RESIDENT]
    return tuple(messages[:1]) if turns[:1] == [sid] else ()
