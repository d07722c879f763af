"""One turn of a conversation, the same for every channel.

What a resident says is committed before anything else is asked; whatever fails afterwards is said.
"""

from __future__ import annotations

import hmac
import logging
from collections.abc import Iterable
from dataclasses import replace

from bot.answering import Answering, Heard
from bot.engine import Engine, Question
from bot.hearing import Words, words_of
from bot.messages import MAX_TEXT, Inbound, Since, Started
from casework.domain.catalogue import PERSON
from casework.domain.conversations import (
    Author,
    Channel,
    Conversation,
    Message,
    Mode,
    Utterance,
)
from casework.domain.errors import Busy, BusyInDanger, Conflict, Invalid, NotFound
from casework.domain.redaction import redact_cards
from casework.domain.tokens import hash_of
from casework.ports.store import Work
from casework.ports.surroundings import Locks
from casework.use_cases.ask_draft import active_draft, holds_choice
from casework.use_cases.continue_elsewhere import continue_elsewhere, open_link
from casework.use_cases.leave_by_resident import leave_by_resident
from casework.use_cases.office import Office, speak
from casework.use_cases.raise_alarm import screen_message
from casework.use_cases.staffing import place_of

log = logging.getLogger(__name__)

LOCK_WAIT = 12.0
"""Seconds a second message waits for the first one's turn to end."""


class Conversations:
    """Conversations as the channels see them."""

    def __init__(self, office: Office, engine: Engine, locks: Locks) -> None:
        self._office = office
        self._answering = Answering(office, engine)
        self._locks = locks

    def start(
        self,
        channel: Channel,
        *,
        language: str = "en",
        page: str | None = None,
        caller: str | None = None,
        call_sid: str | None = None,
    ) -> Started:
        """Begins a conversation and greets."""
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
            said = speak(self._office, conversation, "welcome", asks="topic")
            messages = self._write(work, conversation, [said], Author.BOT, turn_id=None)
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
            messages = self._write(work, conversation, said, Author.BOT, turn_id=None)
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

    def handle(self, inbound: Inbound) -> list[Message]:
        """Our replies to a resident's message; the same id again gives the same replies.

        Raises Invalid for an empty or overlong message, Conflict in a closed conversation,
        NotFound, and Busy when the message before is still being dealt with.
        """
        try:
            with self._locks.hold(f"conversation:{inbound.conversation_id}", LOCK_WAIT):
                return self._take_turn(inbound)
        except Busy:
            # Whoever is in danger is told whom to call, even if nothing can be written.
            rule = screen_message(self._office, inbound.text)
            if rule is None:
                raise
            raise BusyInDanger(self._office.council.say(rule.wording, Channel.WEB)) from None

    def _take_turn(self, inbound: Inbound) -> list[Message]:
        heard = self._record(inbound)
        if heard.replies is not None:
            return heard.replies
        said = self._answering.answer(heard)
        with self._office.store.begin() as work:
            conversation = work.conversations.get(inbound.conversation_id)
            return self._write(work, conversation, said, Author.BOT, inbound.id)

    def _record(self, inbound: Inbound) -> Heard:
        """Commits the resident's message; finds the replies already given to a repeat of it."""
        with self._office.store.begin() as work:
            conversation = work.conversations.get(inbound.conversation_id)
            seen = work.conversations.turn(conversation.id, inbound.id)
            asking = self._asked_before(work, conversation, seen)
            if seen:
                words = Words(seen[0].said.text, seen[0].choice)
            elif conversation.mode is Mode.CLOSED:
                raise Conflict("the conversation has ended")
            else:
                earlier = work.conversations.messages(conversation.id) if inbound.choice else ()
                person = self._office.council.service(PERSON).title
                words = words_of(inbound, asking, earlier, person)
                said = Utterance(text=words.text)
                self._write(
                    work, conversation, [said], Author.RESIDENT, inbound.id, choice=words.choice
                )
            draft = active_draft(work, conversation)
            unheard, before = ((), "") if seen else self._unheard(work, conversation)
        question = Question(
            conversation_id=conversation.id,
            message_id=inbound.id,
            channel=conversation.channel,
            text=words.text,
            choice=words.choice,
            asks=asking.said.asks if asking else None,
            kind=asking.said.kind if asking else None,
            choices=asking.said.choices if asking else (),
            draft=(draft.about or draft.service) if draft else _offered(conversation),
            keyed=inbound.keyed,
            reads=draft is not None and holds_choice(self._office, conversation, draft, words.text),
        )
        replies = [m for m in seen if m.author is not Author.RESIDENT]
        # Without a reply the process died in mid-turn: the turn is taken up again.
        return Heard(
            question,
            conversation.mode,
            replies or None,
            again=bool(seen),
            unheard=unheard,
            stale=words.stale,
            repeats=before == words.text,
        )

    def _unheard(self, work: Work, conversation: Conversation) -> tuple[tuple[Utterance, ...], str]:
        """What the turn before led to after the resident had been told of a failure, and what the
        resident had said."""
        dealt = conversation.dealt
        if dealt is None:
            return (), ""
        told = [m.said.text for m in work.conversations.turn(conversation.id, dealt.turn_id)]
        failed = self._office.council.say("assistant_down", conversation.channel)
        return (dealt.said, told[0]) if told[1:] == [failed] else ((), "")

    def _asked_before(
        self, work: Work, conversation: Conversation, seen: list[Message]
    ) -> Message | None:
        """What the resident had been asked before this message."""
        if not seen:
            return work.conversations.last_asking(conversation.id)
        earlier = [
            message
            for message in work.conversations.messages(conversation.id)
            if message.seq < seen[0].seq and message.author is not Author.RESIDENT
        ]
        return earlier[-1] if earlier and earlier[-1].said.asks else None

    def _write(
        self,
        work: Work,
        conversation: Conversation,
        said: Iterable[Utterance],
        author: Author,
        turn_id: str | None,
        choice: str | None = None,
    ) -> list[Message]:
        now, seq = self._office.clock.now(), work.conversations.last_seq(conversation.id)
        messages = [
            Message(
                conversation_id=conversation.id,
                seq=place,
                author=author,
                said=utterance,
                at=now,
                mode=conversation.mode,
                turn_id=turn_id,
                choice=choice,
            )
            for place, utterance in enumerate(said, seq + 1)
        ]
        for message in messages:
            work.conversations.append(message)
        work.conversations.save(replace(conversation, last_at=now))
        return messages

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
            leave_by_resident(self._office, work, conversation_id)
            closed = replace(conversation, mode=Mode.CLOSED)
            said = speak(self._office, closed, "ended")
            return self._write(work, closed, [said], Author.SYSTEM, turn_id=None)

    def rate(self, conversation_id: str, rating: int, comment: str | None) -> None:
        """Keeps what the resident thought of it, 1 (bad) to 5. Raises Invalid, NotFound."""
        if not 1 <= rating <= 5:
            raise Invalid("rating")
        kept = redact_cards(comment)[:MAX_TEXT] if comment else None
        with self._office.store.begin() as work:
            conversation = work.conversations.get(conversation_id)
            work.conversations.save(replace(conversation, rating=rating, comment=kept))


def _offered(conversation: Conversation) -> str | None:
    """The one service that is being offered: to name it is to take up the offer."""
    offer = conversation.offer
    one = offer is not None and offer.kind in {"services", "resume"} and len(offer.services) == 1
    return offer.services[0] if offer is not None and one else None
