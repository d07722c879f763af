"""The dialogue of a telephone call: what was heard in each turn, and what is said to it.

A turn has a number, which is in the address that Twilio calls next. The number of a turn already
dealt with gets the answer it got before; silence and keys without a meaning use up no number.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.conversation import Conversations
from bot.messages import MAX_TEXT, Inbound
from casework.domain.catalogue import PERSON
from casework.domain.conversations import Channel, Conversation, Message, Mode, Utterance
from casework.domain.errors import Busy, Conflict, Invalid
from casework.ports.surroundings import Locks
from casework.use_cases.find_conversation import conversation_of_call
from casework.use_cases.office import Office
from casework.use_cases.raise_alarm import screen_message
from telephony.call_turns import asked, is_committed, last_turn, replies_to, turn_id
from telephony.hearing import heard_words
from telephony.keys import Pressed, more, pressed
from telephony.speaking import aloud, keys_for, spoken
from telephony.wording import Wording

log = logging.getLogger(__name__)

SILENCES = 3
"""Silences in a row after which the call is ended."""

POLLS = 4
"""Times a slow turn is asked after before the caller is told the truth, 3.5 s apart."""

GO_BACK = "go back"
"""What the star key says."""

DANGER_WAIT = 10.0
"""Seconds for which the words of somebody in danger, still on their way into the record, are waited
for before what is said next takes their place."""

LOCK_WAIT = 3.0
"""Seconds to wait for another request of the same call to be through."""


@dataclass(frozen=True)
class Heard:
    """One request of a call: turn `turn`, after `silent` silences in it. `page` counts the pages
    of choices read out so far; one of `speech` and `digits` is what was heard, neither is silence.
    Turn 0 is the greeting. `missed` is a turn whose answer was not ready in time.
    """

    call_sid: str
    turn: int
    silent: int = 0
    page: int = 0
    speech: str = ""
    digits: str = ""
    caller: str | None = None
    missed: int = 0


@dataclass(frozen=True)
class Prompt:
    """What to say, then what to do: listen for an answer to `asking` as turn `turn`, ask again
    after the turn itself (`poll`), have the caller wait or talk in a conference (`room`, the id of
    a handoff), or hang up (`over`). `missed` is a turn whose answer the caller has not heard."""

    said: tuple[str, ...]
    turn: int = 1
    asking: Utterance | None = None
    silent: int = 0
    page: int = 0
    poll: int | None = None
    over: bool = False
    missed: int = 0
    room: str | None = None


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

    def answer(self, heard: Heard) -> Prompt:
        """Greets; the same call again is greeted again, in the conversation it has.

        Raises Busy when nothing can be written.
        """
        conversation = self._begun(heard)
        return self._prompt(self._messages(conversation)[:1], turn=1)

    def take_up(self, heard: Heard) -> Prompt:
        """Goes on with a call after Twilio could not reach us, with what the newest turn led to.

        Nobody may have answered it yet: it is then taken up again.
        """
        conversation = self._begun(heard)
        last = last_turn(self._messages(conversation))
        prompt = self._dealt_with(conversation, last) if last else None
        if prompt is None or not prompt.said:
            return self._again(conversation, Heard(heard.call_sid, last + 1), "started_afresh")
        return replace(prompt, said=(self._wording.say("started_afresh"), *prompt.said))

    def take(self, heard: Heard) -> Prompt:
        """Answers a turn. Raises Busy when it cannot be committed; it may then be said again."""
        conversation = conversation_of_call(self._office, heard.call_sid)
        if conversation is None:
            return self.answer(heard)
        if not heard.speech.strip() and not heard.digits:
            return self._silence(conversation, heard)
        messages = self._messages(conversation)
        if is_committed(messages, heard.turn):
            return self._dealt_with(conversation, heard.turn)
        if heard.missed == heard.turn and self._comes_in(conversation, heard.turn):
            return self._dealt_with(conversation, heard.turn)
        if heard.missed and replies_to(messages, heard.missed):
            # What is said now answers a question that the caller has not heard the end of.
            return self._prompt(replies_to(messages, heard.missed), heard.turn)
        inbound = self._inbound(conversation, heard, asked(messages))
        if isinstance(inbound, Prompt):
            return inbound
        return self._handled(conversation, inbound, heard)

    def one_moment(self, heard: Heard, poll: int) -> Prompt:
        """Something to say while a turn takes its time."""
        key = "still_working" if poll > 1 else "one_moment"
        said = (self._wording.say(key),)
        return Prompt(said, turn=heard.turn, silent=heard.silent, page=heard.page, poll=poll)

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
        return self._dealt_with(conversation, heard.turn)

    def give_up(self, heard: Heard) -> Prompt:
        """The truth about a turn that takes too long; its answer is told once it is there."""
        if not heard.turn:
            return Prompt((self._wording.say("out_of_order"),), over=True)
        said = (self._wording.say("too_slow"),)
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
            said = self._wording.say("not_taken")
            return Prompt((said,), turn=heard.turn, asking=Utterance("", asks="topic"))
        return Prompt((self._wording.say("out_of_order"),), over=True)

    def danger(self, heard: Heard) -> Prompt | None:
        """Whom to call, for whoever is in danger and must not wait; None for all others.

        What is said next belongs to the same turn: it gets the turn's own answer.
        """
        rule = screen_message(self._office, heard.speech[:MAX_TEXT]) if heard.speech else None
        if rule is None:
            return None
        said = self._office.council.say(rule.wording, Channel.VOICE)
        return Prompt((aloud(said),), turn=heard.turn, asking=Utterance("", asks="topic"))

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

    def _asking(self, conversation: Conversation) -> Utterance | None:
        newest = asked(self._messages(conversation))
        return None if newest is None else newest.said

    def _inbound(
        self, conversation: Conversation, heard: Heard, open_question: Message | None
    ) -> Inbound | Prompt:
        """The turn as a message; a prompt where what was heard says nothing."""
        asking = None if open_question is None else open_question.said
        this = turn_id(heard.turn)
        if not heard.digits:
            return self._said(conversation, heard, asking)
        key = pressed(heard.digits, asking, heard.page)
        if key is None:
            return self._again(conversation, heard, "key_unknown", counts=True)
        if key.command in {"repeat", "more"}:
            return self._repeated(conversation, heard, key)
        if key.command == "person":
            return Inbound(this, conversation.id, choice=PERSON, keyed=True)
        if key.command == "back":
            return Inbound(this, conversation.id, text=GO_BACK, keyed=True)
        answering = None if open_question is None else open_question.seq
        return Inbound(
            this,
            conversation.id,
            text=key.text,
            choice=key.choice,
            answering=answering if key.choice else None,
            keyed=True,
        )

    def _said(
        self, conversation: Conversation, heard: Heard, asking: Utterance | None
    ) -> Inbound | Prompt:
        words = heard_words(
            heard.speech[:MAX_TEXT],
            asking.asks if asking else None,
            asking.kind if asking else None,
            self._office.council.postcode_areas,
        )
        if not words.strip():
            return self._silence(conversation, heard)
        return Inbound(turn_id(heard.turn), conversation.id, text=words)

    def _handled(self, conversation: Conversation, inbound: Inbound, heard: Heard) -> Prompt:
        try:
            replies = self._conversations.handle(inbound)
        except Conflict:
            return Prompt((self._wording.say("ended"),), over=True)
        except Invalid:
            return self._again(conversation, heard, "not_taken", counts=True)
        return self._prompt(replies, heard.turn + 1)

    def _dealt_with(self, conversation: Conversation, turn: int) -> Prompt:
        """The answer to a turn whose words are in the record already, waiting for it if need be."""
        # What was said then counts, whatever comes with the repeat.
        replies = self._conversations.handle(Inbound(turn_id(turn), conversation.id, text="-"))
        return self._prompt(replies, turn + 1)

    def _prompt(self, replies: Sequence[Message], turn: int) -> Prompt:
        said = spoken(replies, self._wording)
        over = bool(replies) and replies[-1].mode is Mode.CLOSED
        asking = replies[-1].said if replies else None
        return Prompt(said, turn=turn, asking=asking, over=over)

    def _silence(self, conversation: Conversation, heard: Heard) -> Prompt:
        """Asks again, in other words each time, and in the end says goodbye."""
        if heard.silent + 1 >= SILENCES:
            self._conversations.end(conversation.id)
            return Prompt((self._wording.say("no_sound_end"),), over=True)
        key = "no_sound" if heard.silent == 0 else "no_sound_again"
        return self._again(conversation, heard, key, counts=True)

    def _again(
        self, conversation: Conversation, heard: Heard, key: str, *, counts: bool = False
    ) -> Prompt:
        """The open question once more, after a word about why. `counts` as a silence."""
        if conversation.mode is Mode.CLOSED:
            return Prompt((self._wording.say("ended"),), over=True)
        silent = heard.silent + 1 if counts else heard.silent
        if silent >= SILENCES:
            self._conversations.end(conversation.id)
            return Prompt((self._wording.say("no_sense_end"),), over=True)
        asking = self._asking(conversation)
        question = () if asking is None else (aloud(asking.text), *keys_for(asking, self._wording))
        said = (self._wording.say(key), *question)
        return Prompt(said, turn=heard.turn, asking=asking, silent=silent)

    def _repeated(self, conversation: Conversation, heard: Heard, key: Pressed) -> Prompt:
        """The open question once more, or the next few of its choices."""
        asking = self._asking(conversation)
        if asking is None:
            return self._again(conversation, heard, "key_unknown", counts=True)
        if key.command == "more" and more(asking, heard.page):
            said = keys_for(asking, self._wording, heard.page + 1)
            return Prompt(said, turn=heard.turn, asking=asking, page=heard.page + 1)
        said = (aloud(asking.text), *keys_for(asking, self._wording))
        return Prompt(said, turn=heard.turn, asking=asking)
