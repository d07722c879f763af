"""One turn of a conversation, the same for every channel.

What a resident says is committed before anything else is asked; whatever fails afterwards is said.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.answering import Answering, Heard
from bot.engine import Engine
from bot.messages import MAX_TEXT, Inbound, Since, Started
from bot.transcript import Transcript
from bot.transcript_writer import TranscriptWriter
from casework.domain.conversations import (
    Author,
    Channel,
    Conversation,
    Message,
    Mode,
    Utterance,
)
from casework.domain.errors import Busy, BusyInDanger, Invalid, NotFound
from casework.domain.redaction import redact_cards
from casework.domain.tokens import hash_of
from casework.ports.store import Work
from casework.ports.surroundings import Locks
from casework.use_cases.continue_elsewhere import continue_elsewhere, open_link
from casework.use_cases.end_by_resident import end_by_resident
from casework.use_cases.office import Office, speak
from casework.use_cases.raise_alarm import screen_message
from casework.use_cases.sign_in_resident import sign_in_resident
from casework.use_cases.staffing import place_of

LOCK_WAIT = 12.0
"""Seconds a second message waits for the first one's turn to end."""

Then = Callable[[Work, Sequence[Message]], None]
"""What a channel does with replies in the unit of work that writes them."""


class Conversations:
    """Conversations as the channels see them."""

    def __init__(self, office: Office, engine: Engine, locks: Locks) -> None:
        self._office = office
        self._answering = Answering(office, engine)
        self._writer = TranscriptWriter(office)
        self._locks = locks

    def start(
        self,
        channel: Channel,
        *,
        language: str = "en",
        page: str | None = None,
        caller: str | None = None,
        call_sid: str | None = None,
        identity: str | None = None,
    ) -> Started:
        """Begins a conversation and greets. `identity` is the website's signed word for who the
        resident is; one that proves nothing is left aside, and that is said."""
        now, token = self._office.clock.now(), self._office.ids.new_token()
        conversation = Conversation(
            id=self._office.ids.new_id(),
            channel=channel,
            started_at=now,
            last_at=now,
            token_hash=hash_of(token),
            language=language,
            page=page,
            caller=caller,
            call_sid=call_sid,
        )
        with self._office.store.begin() as work:
            work.conversations.add(conversation)
            said = [speak(self._office, conversation, "welcome", asks="topic")]
            if identity is not None:
                conversation, told = sign_in_resident(self._office, work, conversation, identity)
                said.insert(0, told)
            messages = self._writer.write(work, conversation, said, Author.BOT, turn_id=None)
        return Started(conversation.id, token, tuple(messages))

    def go_on(self, code: str, *, language: str = "en", page: str | None = None) -> Started:
        """Begins a conversation on the web with what was said in the one that a link came from.

        Raises NotFound for a link that does not exist, was used, or is too old.
        """
        now, token = self._office.clock.now(), self._office.ids.new_token()
        conversation = Conversation(
            id=self._office.ids.new_id(),
            channel=Channel.WEB,
            started_at=now,
            last_at=now,
            token_hash=hash_of(token),
            language=language,
            page=page,
        )
        with self._office.store.begin() as work:
            work.conversations.add(conversation)
            said = continue_elsewhere(self._office, work, conversation, code)
            conversation = work.conversations.get(conversation.id)
            messages = self._writer.write(work, conversation, said, Author.BOT, turn_id=None)
        return Started(conversation.id, token, tuple(messages))

    def can_go_on(self, code: str) -> bool:
        """Whether a link still works; asking uses nothing up."""
        try:
            open_link(self._office, code)
        except NotFound:
            return False
        return True

    def authorise(self, conversation_id: str, token: str) -> Conversation:
        """The conversation, for whoever holds its token. Raises NotFound otherwise, alike for an
        unknown id and a wrong token."""
        with self._office.store.begin(reading=True) as work:
            conversation = work.conversations.get(conversation_id)
        if not hmac.compare_digest(conversation.token_hash, hash_of(token)):
            raise NotFound("conversation")
        return conversation

    def handle(self, inbound: Inbound, then: Then | None = None) -> list[Message]:
        """Our replies to a resident's message; the same id again gives the same replies. An answer
        that an earlier message is still owed comes in front.

        `then` is called with them in the unit of work that writes them, and shares its fate; not
        for a repeat. Raises Invalid for an empty or overlong message, Conflict in a closed
        conversation, NotFound, and Busy when the message before is still being dealt with.
        """
        try:
            with self._locks.hold(f"conversation:{inbound.conversation_id}", LOCK_WAIT):
                return self._take_turn(inbound, then)
        except Busy:
            # Whoever is in danger is told whom to call, even if nothing can be written.
            rule = screen_message(self._office, inbound.text)
            if rule is None:
                raise
            raise BusyInDanger(self._office.council.say(rule.wording, Channel.WEB)) from None

    def _take_turn(self, inbound: Inbound, then: Then | None) -> list[Message]:
        heard = self._writer.record(inbound)
        if heard.replies is None and heard.left_open:
            for turn_id in heard.left_open:
                self._answered(self._writer.record(Inbound(turn_id, inbound.conversation_id)), None)
            # Their answers may have changed what is asked.
            heard = replace(self._writer.record(inbound), stale=heard.stale)
        return self._answered(heard, then)

    def _answered(self, heard: Heard, then: Then | None) -> list[Message]:
        if heard.replies is not None:
            return heard.replies
        said, turn_id = self._answering.answer(heard), heard.question.message_id
        with self._office.store.begin() as work:
            conversation = work.conversations.get(heard.question.conversation_id)
            transcript = Transcript(work.conversations.messages(conversation.id))
            if written := transcript.replies(turn_id):
                # This process stood still for so long that another took the turn up.
                return [*heard.in_front, *written]
            replies = [
                *heard.in_front,
                *self._writer.write(work, conversation, said, Author.BOT, turn_id),
            ]
            if then is not None:
                then(work, replies)
        return replies

    def aside(
        self,
        conversation_id: str,
        turn_id: str,
        words: str,
        deal: Callable[[Work, Conversation], Sequence[Utterance]],
    ) -> list[Message]:
        """Has a turn dealt with that takes no assistant to understand, such as a key with one
        meaning; `words` stand for it in the transcript. The same turn again gives the same replies.

        Raises NotFound, and Busy when the message before is still being dealt with.
        """
        with (
            self._locks.hold(f"conversation:{conversation_id}", LOCK_WAIT),
            self._office.store.begin() as work,
        ):
            conversation = work.conversations.get(conversation_id)
            transcript = Transcript(work.conversations.messages(conversation_id))
            if written := transcript.replies(turn_id):
                return list(written)
            own = [Utterance(text=words)]
            self._writer.write(work, conversation, own, Author.RESIDENT, turn_id)
            said = deal(work, work.conversations.get(conversation_id))
            conversation = work.conversations.get(conversation_id)
            return self._writer.write(work, conversation, said, Author.BOT, turn_id)

    def since(self, conversation_id: str, after: int = 0) -> Since:
        """The transcript after a seq, and who answers now. Raises NotFound."""
        with self._office.store.begin(reading=True) as work:
            conversation = work.conversations.get(conversation_id)
            messages = work.conversations.messages(conversation_id, after)
        return Since(conversation.mode, tuple(messages))

    def queue_place(self, conversation_id: str) -> tuple[int, int] | None:
        """Place in the queue for a person, from 1, and expected wait in minutes; None when the
        conversation does not wait. Raises NotFound."""
        with self._office.store.begin(reading=True) as work:
            stands = place_of(self._office, work, conversation_id)
        return None if stands is None else (stands.place, stands.minutes)

    def end(self, conversation_id: str) -> list[Message]:
        """Closes a conversation after the turn that is going on; ending it twice changes nothing.

        Raises NotFound, and Busy when that turn does not end.
        """
        with (
            self._locks.hold(f"conversation:{conversation_id}", LOCK_WAIT),
            self._office.store.begin() as work,
        ):
            conversation = work.conversations.get(conversation_id)
            if conversation.mode is Mode.CLOSED:
                return []
            closed, said = end_by_resident(self._office, work, conversation)
            return self._writer.write(work, closed, [said], Author.SYSTEM, turn_id=None)

    def rate(self, conversation_id: str, rating: int, comment: str | None) -> None:
        """Keeps what the resident thought of it, 1 (bad) to 5. Raises Invalid, NotFound."""
        if not 1 <= rating <= 5:
            raise Invalid("rating")
        kept = redact_cards(comment)[:MAX_TEXT] if comment else None
        with self._office.store.begin() as work:
            conversation = work.conversations.get(conversation_id)
            work.conversations.save(replace(conversation, rating=rating, comment=kept))
