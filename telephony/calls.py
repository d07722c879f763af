"""The dialogue of a telephone call: what was heard in each turn, and what is said to it.

A turn has a number, which is in the address that Twilio calls next. The number of a turn already
dealt with gets the answer it got before; silence and keys without a meaning use up no number.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.conversation import Conversations
from bot.messages import MAX_TEXT, Inbound
from casework.domain.catalogue import PERSON
from casework.domain.conversations import Channel, Conversation, Message, Mode, Utterance
from casework.domain.errors import Busy, Conflict, Invalid
from casework.ports.surroundings import Locks
from casework.use_cases.find_conversation import conversation_of_call
from casework.use_cases.office import Office
from casework.use_cases.raise_alarm import screen_message
from telephony.call_aside import CallAside
from telephony.call_hearing import CallHearing, Order, Wanted
from telephony.call_prompts import CallPrompts
from telephony.call_turns import (
    asked,
    before,
    brings_person,
    is_aside,
    is_committed,
    last_turn,
    replies_to,
    since_last_turn,
    turn_id,
)
from telephony.manner import KEYPAD, Wish
from telephony.prompts import Heard, Prompt, say
from telephony.speaking import aloud
from telephony.wording import Wording

log = logging.getLogger(__name__)

POLLS = 2
"""Times a slow turn is asked after before the caller is told the truth, 3.5 s apart: with what is
said meanwhile they wait for about 12 seconds."""

DANGER_WAIT = 10.0
"""Seconds for which the words of somebody in danger, still on their way into the record, are waited
for before what is said next takes their place."""

LOCK_WAIT = 3.0
"""Seconds to wait for another request of the same call to be through."""

BUDGET = 6
"""Failures of a whole call, whatever they were about, after which a person is brought in; each
turn that is understood makes up for one."""


class Calls:
    """Calls as conversations."""

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
        self._prompts = CallPrompts(office, wording)
        self._hearing = CallHearing(office, wording)
        self._aside = CallAside(conversations, office, wording, self._prompts)

    def answer(self, heard: Heard) -> Prompt:
        """Greets; the same call again is greeted again, in the conversation it has.

        Raises Busy when nothing can be written.
        """
        conversation = self._begun(heard)
        return self._prompts.replies(conversation, self._messages(conversation)[:1], turn=1)

    def take_up(self, heard: Heard) -> Prompt:
        """Goes on with a call after Twilio could not reach us, with what the newest turn led to.

        Nobody may have answered it yet: it is then taken up again.
        """
        conversation = self._begun(heard)
        last = last_turn(self._messages(conversation))
        prompt = self._dealt_with(conversation, last) if last else None
        if prompt is None or not prompt.said:
            again = Heard(heard.call_sid, last + 1)
            return self._again(conversation, again, "started_afresh")
        return replace(prompt, said=(*say(self._wording.say("started_afresh")), *prompt.said))

    def take(self, heard: Heard) -> Prompt:
        """Answers a turn. Raises Busy when it cannot be committed; it may then be said again."""
        conversation = conversation_of_call(self._office, heard.call_sid)
        if conversation is None:
            return self.answer(heard)
        messages = self._messages(conversation)
        if is_aside(messages, heard.turn) or brings_person(messages, heard.turn):
            # A repeat: what it meant then, it means now, and what it led to is in the record.
            messages = before(messages, heard.turn)
        if not heard.speech.strip() and not heard.digits:
            return self._aside.silence(conversation, heard, messages)
        if is_committed(messages, heard.turn):
            return self._within_budget(conversation, heard, self._dealt_with)
        if heard.missed == heard.turn and self._comes_in(conversation, heard.turn):
            return self._dealt_with(conversation, heard.turn)
        if heard.missed and replies_to(messages, heard.missed):
            # What is said now answers a question that the caller has not heard the end of.
            told = replies_to(messages, heard.missed)
            return self._prompts.replies(conversation, told, heard.turn)
        manner = self._prompts.manner_now(conversation, heard.silent, messages)
        newest = asked(messages)
        if heard.silent and heard.digits and newest is not None and newest.said.asks == "service":
            # Somebody who was not heard takes to the keys.
            conversation = self._aside.keep(conversation, Wish((KEYPAD,)))
        said = [message.said.text for message in since_last_turn(messages)]
        meant = self._hearing.read(conversation, heard, newest, manner, said)
        if isinstance(meant, Wanted):
            return self._done(conversation, heard, meant, messages)
        return self._handled(conversation, meant, heard)

    def one_moment(self, heard: Heard, poll: int) -> Prompt:
        """Something to say while a turn takes its time."""
        key = "still_working" if poll > 1 else "one_moment"
        said = say(self._wording.say(key))
        prompt = Prompt(said, turn=heard.turn, silent=heard.silent, page=heard.page, poll=poll)
        return replace(prompt, noise=heard.noise)

    def wait(self, heard: Heard, poll: int, seconds: float) -> Prompt | None:
        """The answer to a slow turn; None when there is none within `seconds`."""
        conversation = conversation_of_call(self._office, heard.call_sid)
        if conversation is None:
            return self.answer(heard)
        if not heard.turn:
            # Either the greeting was slow, or the fallback in the middle of the call.
            begun = last_turn(self._messages(conversation))
            return self.take_up(heard) if begun else self.answer(heard)
        until = time.monotonic() + seconds
        while not is_committed(self._messages(conversation), heard.turn):
            if time.monotonic() >= until:
                return None if poll < POLLS else self._again(conversation, heard, "not_taken")
            time.sleep(0.1)
        return self._within_budget(conversation, heard, self._dealt_with)

    def give_up(self, heard: Heard) -> Prompt:
        """The truth about a turn that takes too long; its answer is told once it is there."""
        if not heard.turn:
            return Prompt(say(self._wording.say("out_of_order")), over=True)
        said = say(self._wording.say("too_slow"), firm=True)
        asking = Utterance("", asks="topic")
        return Prompt(said, turn=heard.turn + 1, asking=asking, missed=heard.turn)

    def hung_up(self, call_sid: str) -> None:
        """Ends the conversation of a call; what was said in it is kept. Raises Busy."""
        conversation = conversation_of_call(self._office, call_sid)
        if conversation is not None:
            self._conversations.end(conversation.id)

    def failed(self, heard: Heard, failure: Exception) -> Prompt:
        """The truth about a request that could not be dealt with."""
        log.error("a call could not be answered: %s", type(failure).__name__)
        # Whoever is in danger is told whom to call, even if nothing can be read or written.
        if (danger := self.danger(heard)) is not None:
            return danger
        if isinstance(failure, Busy) and heard.turn:
            said = say(self._wording.say("not_taken"), firm=True)
            return Prompt(said, turn=heard.turn, asking=Utterance("", asks="topic"))
        return Prompt(say(self._wording.say("out_of_order")), over=True)

    def danger(self, heard: Heard) -> Prompt | None:
        """Whom to call, for whoever is in danger and must not wait; None for all others.

        What is said next belongs to the same turn: it gets the turn's own answer.
        """
        rule = screen_message(self._office, heard.speech[:MAX_TEXT]) if heard.speech else None
        if rule is None:
            return None
        said = self._office.council.say(rule.wording, Channel.VOICE)
        asking = Utterance("", asks="topic")
        return Prompt(say(aloud(said), firm=True), turn=heard.turn, asking=asking)

    def _begun(self, heard: Heard) -> Conversation:
        call_sid = heard.call_sid
        with self._locks.hold(f"call:{call_sid}", LOCK_WAIT):
            found = conversation_of_call(self._office, call_sid)
            if found is not None:
                return found
            self._conversations.start(
                Channel.VOICE,
                language=self._office.council.language,
                caller=heard.caller,
                call_sid=call_sid,
            )
            begun = conversation_of_call(self._office, call_sid)
        if begun is None:
            raise Busy("the call's conversation cannot be read")
        return begun

    def _messages(self, conversation: Conversation) -> tuple[Message, ...]:
        return self._conversations.since(conversation.id).messages

    def _comes_in(self, conversation: Conversation, turn: int) -> bool:
        """Whether a turn of danger, told whom to call while it was late, is recorded after all."""
        until = time.monotonic() + DANGER_WAIT
        while not is_committed(self._messages(conversation), turn):
            if time.monotonic() >= until:
                return False
            time.sleep(0.1)
        return True

    def _done(
        self,
        conversation: Conversation,
        heard: Heard,
        wanted: Wanted,
        messages: Sequence[Message],
    ) -> Prompt:
        """Does what is wanted of the call itself."""
        danger = screen_message(self._office, heard.speech[:MAX_TEXT]) if heard.speech else None
        if danger is not None:
            # Whatever else the words may be, they are passed on.
            inbound = Inbound(turn_id(heard.turn), conversation.id, text=heard.speech[:MAX_TEXT])
            return self._handled(conversation, inbound, heard)
        if wanted.order is Order.UNSAID:
            newest = asked(messages)
            left_out = self._hearing.unsaid(conversation, heard, newest.said if newest else None)
            if left_out is not None:
                return self._handled(conversation, left_out, heard)
        if wanted.wish is not None and wanted.wish.rest:
            self._aside.keep(conversation, wanted.wish)
            return self.take(replace(heard, speech=wanted.wish.rest))
        if wanted.order is Order.LINK:
            return self._within_budget(conversation, heard, self._aside.link)
        return self._aside.done(conversation, heard, wanted, messages)

    def _handled(self, conversation: Conversation, inbound: Inbound, heard: Heard) -> Prompt:
        def take(conversation: Conversation, turn: int) -> Prompt:
            replies = self._conversations.handle(inbound)
            return self._prompts.replies(conversation, replies, turn + 1)

        try:
            return self._within_budget(conversation, heard, take)
        except Conflict:
            return Prompt(say(self._wording.say("ended")), over=True)
        except Invalid:
            messages = self._messages(conversation)
            return self._aside.unusable(conversation, heard, "not_taken", messages)

    def _within_budget(
        self, conversation: Conversation, heard: Heard, take: Callable[[Conversation, int], Prompt]
    ) -> Prompt:
        """A turn's prompt; somebody whom we keep failing gets a person instead, the moment the
        failures of the call are used up."""
        prompt = take(conversation, heard.turn)
        # A key is never misheard.
        failed = not heard.digits and self._prompts.failures(conversation.id)
        if not failed or prompt.over:
            # Whoever gets on has won one back.
            return replace(prompt, failures=max(heard.failures - 1, 0))
        spent = heard.failures + 1
        if spent < BUDGET:
            return replace(prompt, failures=spent)
        wanted = Inbound(f"{turn_id(heard.turn)}-person", conversation.id, choice=PERSON)
        replies = self._conversations.handle(wanted)
        lead = say(self._wording.say("too_many_failures"), firm=True)
        brought = self._prompts.replies(conversation, replies, heard.turn + 1)
        return replace(brought, said=(*lead, *brought.said))

    def _dealt_with(self, conversation: Conversation, turn: int) -> Prompt:
        """The answer to a turn that is in the record already, waiting for it if need be."""
        messages = self._messages(conversation)
        if is_aside(messages, turn):
            heard = Heard(conversation.call_sid or "", turn + 1)
            return self._prompts.again(conversation, replies_to(messages, turn), heard, "")
        # What was said then counts, whatever comes with the repeat.
        replies = self._conversations.handle(Inbound(turn_id(turn), conversation.id, text="-"))
        return self._prompts.replies(conversation, replies, turn + 1)

    def _again(self, conversation: Conversation, heard: Heard, key: str) -> Prompt:
        """The open question once more, after a word about why."""
        if conversation.mode is Mode.CLOSED:
            return Prompt(say(self._wording.say("ended")), over=True)
        prompt = self._prompts.again(conversation, self._messages(conversation), heard, key)
        return replace(prompt, silent=heard.silent, noise=heard.noise)
