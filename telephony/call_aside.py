"""What is dealt with in a call beside the conversation: silence, how to be talked to, keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.conversation import Conversations
from bot.messages import Inbound
from casework.domain.catalogue import PERSON
from casework.domain.conversations import Conversation, Message, Mode, Utterance
from casework.domain.drafts import CONFIRM
from casework.use_cases.leave_callback import leave_callback
from casework.use_cases.offer_menu import offer_menu
from casework.use_cases.office import Office
from casework.use_cases.silent_caller import offer_to_text
from casework.use_cases.text_form import text_form
from telephony.call_hearing import Order, Wanted
from telephony.call_prompts import CallPrompts
from telephony.call_turns import asked, brings_person, since_last_turn, turn_id
from telephony.manner import FLAGS, KEYPAD, RELAY, Wish, manner_of
from telephony.prompts import Heard, Prompt, say
from telephony.wording import Wording

SILENCES = 3
"""Silences in a row after which the call is ended."""

PATIENT = 6
"""As many for somebody who types, or has it typed, or has asked for a moment."""

MENU_AFTER = 2
"""Silences from which on whoever has asked for nothing yet gets services to choose by key."""


class CallAside:
    """Answers to what is no turn of the conversation."""

    def __init__(
        self, conversations: Conversations, office: Office, wording: Wording, prompts: CallPrompts
    ) -> None:
        self._conversations = conversations
        self._office = office
        self._wording = wording
        self._prompts = prompts

    def silence(
        self, conversation: Conversation, heard: Heard, messages: Sequence[Message]
    ) -> Prompt:
        """Asks again, in other words each time, and in the end says goodbye; who was heard before,
        but not so that it meant anything, gets a person instead. `messages` are the transcript when
        the turn began."""
        silent = heard.silent + 1
        if silent >= self._most(conversation, messages):
            return (
                self._gives_up(conversation, heard)
                if heard.noise
                else self._ends(conversation, heard)
            )
        if self._prompts.manner(conversation, messages=messages).waiting:
            prompt = self._prompts.again(conversation, messages, heard, "still_here")
            counted = replace(prompt, silent=silent, noise=heard.noise)
            return replace(counted, failures=heard.failures)
        key = "no_sound" if heard.silent == 0 else "no_sound_again"
        return self._once_more(conversation, heard, key, messages, noise=heard.noise)

    def unusable(
        self, conversation: Conversation, heard: Heard, key: str, messages: Sequence[Message]
    ) -> Prompt:
        """Asks again after something that says nothing; the third time a person is brought in."""
        noise = heard.noise + 1
        if noise >= SILENCES or heard.silent + 1 >= self._most(conversation, messages):
            return self._gives_up(conversation, heard)
        return self._once_more(conversation, heard, key, messages, noise=noise)

    def done(
        self,
        conversation: Conversation,
        heard: Heard,
        wanted: Wanted,
        messages: Sequence[Message],
    ) -> Prompt:
        """Does what is wanted of the call itself."""
        newest = asked(messages)
        if wanted.order is Order.SILENCE:
            return self.silence(conversation, heard, messages)
        if wanted.order is Order.DOUBTFUL:
            return self.unusable(conversation, heard, "doubtful", messages)
        if wanted.order in {Order.GO_ON, Order.ENOUGH}:
            left = heard.left if wanted.order is Order.GO_ON else 1
            return self._reads_on(conversation, heard, messages, left)
        if wanted.order is Order.DONE:
            return self._hash(conversation, heard, messages)
        if wanted.order is Order.MENU:
            return self._menu(heard, self.keep(conversation, Wish((KEYPAD,))))
        if wanted.order is Order.MANNER and wanted.wish is not None:
            return self._manner(conversation, heard, wanted.wish, messages)
        if newest is None or wanted.order is Order.UNKNOWN_KEY:
            several = len(heard.digits.strip("*#")) > 1
            key = "keys_unknown" if several else "key_unknown"
            return self.unusable(conversation, heard, key, messages)
        if wanted.order is Order.MORE_CHOICES:
            return self._prompts.next_choices(conversation, newest.said, heard)
        spelt = wanted.order is Order.SPELL
        return self._prompts.again(conversation, messages, heard, "", spelt=spelt)

    def link(self, conversation: Conversation, turn: int) -> Prompt:
        """The form goes on in writing, at an address sent by text."""
        replies = self._conversations.aside(
            conversation.id,
            turn_id(turn),
            self._wording.say("said_link"),
            lambda work, held: text_form(self._office, work, held),
        )
        return self._prompts.replies(conversation, replies, turn + 1)

    def keep(self, conversation: Conversation, wish: Wish) -> Conversation:
        """Keeps how somebody wants to be talked to; it shows at the desk as well."""
        with self._office.store.begin() as work:
            held = work.conversations.get(conversation.id)
            new = tuple(flag for flag in wish.flags if flag in FLAGS and flag not in held.flags)
            held = replace(held, flags=(*held.flags, *new))
            work.conversations.save(held)
        return held

    def _most(self, conversation: Conversation, messages: Sequence[Message]) -> int:
        manner = self._prompts.manner(conversation, messages=messages)
        return PATIENT if manner.relay or manner.waiting else SILENCES

    def _manner(
        self, conversation: Conversation, heard: Heard, wish: Wish, messages: Sequence[Message]
    ) -> Prompt:
        conversation = self.keep(conversation, wish)
        newest = asked(messages)
        if KEYPAD in wish.flags and newest is not None and _is_open(newest.said):
            return self._menu(heard, conversation)
        key = f"manner_{wish.flags[0]}" if wish.flags[0] in {KEYPAD, RELAY} else ""
        prompt = self._prompts.again(conversation, messages, heard, key)
        if key:
            return prompt
        # "Slower" wants all of it again, not the question alone.
        again = self._prompts.replies(conversation, since_last_turn(messages), heard.turn)
        return again if again.said else prompt

    def _menu(self, heard: Heard, conversation: Conversation, misses: int = 0) -> Prompt:
        """Services to choose from by key; whoever is there does not speak, or not so that it is
        understood."""
        services = [one.strip() for one in self._wording.texts["menu"].split(",")]
        said = offer_menu(self._office, conversation.id, services, turn_id(heard.turn))
        lead = say(self._wording.say("manner_keypad"))
        prompt = self._prompts.again(conversation, said, heard, "", misses=misses)
        return replace(prompt, said=(*lead, *prompt.said), turn=_turn_after(said, heard))

    def _reads_on(
        self, conversation: Conversation, heard: Heard, messages: Sequence[Message], left: int
    ) -> Prompt:
        """What is being read out from its last `left` pieces on."""
        told = since_last_turn(messages)
        return replace(self._prompts.replies(conversation, told, heard.turn), left=left)

    def _hash(
        self, conversation: Conversation, heard: Heard, messages: Sequence[Message]
    ) -> Prompt:
        """A hash alone: enough of what is being read out, though not of what is to be confirmed.
        Otherwise it ends what had ended already, and the line just listens on."""
        newest = asked(messages)
        asking = None if newest is None else newest.said
        if heard.left:
            confirms = asking is not None and asking.asks == CONFIRM
            prompt = self._reads_on(conversation, heard, messages, heard.left if confirms else 1)
        else:
            manner = self._prompts.manner_now(conversation, heard.silent, messages)
            prompt = Prompt((), heard.turn, asking=asking, manner=manner, page=heard.page)
        counted = replace(prompt, silent=heard.silent, noise=heard.noise)
        return replace(counted, missed=heard.missed, failures=heard.failures)

    def _gives_up(self, conversation: Conversation, heard: Heard) -> Prompt:
        """Brings in a person, as nothing that comes from the caller makes sense. Where a call back
        is being arranged already the team gets it as it stands."""
        if not brings_person(self._messages(conversation), heard.turn):
            if (left := self._passed_on(conversation, heard, "no_sense_passed_on")) is not None:
                return left
            if self._prompts.arranges_call(conversation.id) or conversation.mode is Mode.CLOSED:
                # Nobody could be rung.
                self._conversations.end(conversation.id)
                return Prompt(say(self._wording.say("no_sense_end")), over=True)
        wanted = Inbound(turn_id(heard.turn), conversation.id, choice=PERSON)
        replies = self._conversations.handle(wanted)
        lead = say(self._wording.say("no_sense_person"), firm=True)
        prompt = self._prompts.replies(conversation, replies, heard.turn + 1)
        return replace(prompt, said=(*lead, *prompt.said))

    def _passed_on(self, conversation: Conversation, heard: Heard, key: str) -> Prompt | None:
        """The last words to whoever was giving the details of a call back, which goes to the team
        as it stands; None where that was not so."""
        left = leave_callback(self._office, conversation.id, turn_id(heard.turn))
        if not left:
            return None
        prompt = self._prompts.replies(conversation, left, heard.turn + 1)
        return replace(prompt, said=(*say(self._wording.say(key), firm=True), *prompt.said))

    def _messages(self, conversation: Conversation) -> tuple[Message, ...]:
        return self._conversations.since(conversation.id).messages

    def _ends(self, conversation: Conversation, heard: Heard) -> Prompt:
        """Says goodbye; whoever told something is first asked whether to text how to go on."""
        offered = offer_to_text(self._office, conversation.id, turn_id(heard.turn))
        if offered and offered[-1].said.asks:
            prompt = self._prompts.again(conversation, offered, heard, "still_no_sound")
            turn = _turn_after(offered, heard)
            return replace(prompt, silent=heard.silent + 1, turn=turn)
        if (left := self._passed_on(conversation, heard, "no_sound_passed_on")) is not None:
            return left
        self._conversations.end(conversation.id)
        return Prompt(say(self._wording.say("no_sound_end")), over=True)

    def _once_more(
        self,
        conversation: Conversation,
        heard: Heard,
        key: str,
        messages: Sequence[Message],
        *,
        noise: int,
    ) -> Prompt:
        """The open question once more, after a word about why; whoever has asked for nothing yet is
        soon given services to choose from by key."""
        if conversation.mode is Mode.CLOSED:
            return Prompt(say(self._wording.say("ended")), over=True)
        silent, newest = heard.silent + 1, asked(messages)
        relay = manner_of(conversation.flags).relay
        if silent >= MENU_AFTER and not relay and newest is not None and _is_open(newest.said):
            menu = self._menu(heard, conversation, silent)
            return replace(menu, silent=silent, noise=noise)
        prompt = self._prompts.again(conversation, messages, heard, key, firm=True, misses=silent)
        return replace(prompt, silent=silent, noise=noise, failures=heard.failures + 1)


def _turn_after(said: Sequence[Message], heard: Heard) -> int:
    """The turn that answers what was said: the next one, if it was said to this."""
    to_this = any(message.turn_id == turn_id(heard.turn) for message in said)
    return heard.turn + 1 if to_this else heard.turn


def _is_open(asking: Utterance) -> bool:
    """Whether anything may be asked for now."""
    return asking.asks == "topic" and not asking.choices
