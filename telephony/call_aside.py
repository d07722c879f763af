"""What is dealt with in a call beside the conversation: silence, how to be talked to, keys."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation import Conversations
from casework.domain.conversations import Conversation, Message, Mode, Utterance
from casework.use_cases.offer_menu import offer_menu
from casework.use_cases.office import Office
from casework.use_cases.silent_caller import may_keep, offer_to_text
from casework.use_cases.text_form import text_form
from telephony.call_hearing import Order, Wanted
from telephony.call_prompts import CallPrompts
from telephony.call_turns import asked, since_last_turn, turn_id
from telephony.manner import FLAGS, KEYPAD, RELAY, Wish
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

    def silence(self, conversation: Conversation, heard: Heard) -> Prompt:
        """Asks again, in other words each time, and in the end says goodbye."""
        silent = heard.silent + 1
        if silent >= self._most(conversation):
            return self._ends(conversation, heard, "no_sound_end")
        messages = self._messages(conversation)
        newest = asked(messages)
        manner = self._prompts.manner(conversation)
        if manner.waiting:
            prompt = self._prompts.again(conversation, messages, heard, "still_here")
            return replace(prompt, silent=silent, failures=heard.failures)
        relay = manner.relay
        if silent >= MENU_AFTER and not relay and newest is not None and _is_open(newest.said):
            return replace(self._menu(heard, conversation), silent=silent)
        key = "no_sound" if heard.silent == 0 else "no_sound_again"
        return self._again(conversation, heard, key, counts=True)

    def unusable(self, conversation: Conversation, heard: Heard, key: str) -> Prompt:
        """Asks again after something that says nothing; in the end says goodbye."""
        if heard.silent + 1 >= self._most(conversation):
            return self._ends(conversation, heard, "no_sense_end")
        return self._again(conversation, heard, key, counts=True)

    def done(self, conversation: Conversation, heard: Heard, wanted: Wanted) -> Prompt:
        """Does what is wanted of the call itself."""
        messages = self._messages(conversation)
        newest = asked(messages)
        if wanted.order is Order.SILENCE:
            return self.silence(conversation, heard)
        if wanted.order is Order.DOUBTFUL:
            return self.unusable(conversation, heard, "doubtful")
        if wanted.order in {Order.GO_ON, Order.ENOUGH}:
            left = heard.left if wanted.order is Order.GO_ON else 1
            told = since_last_turn(messages)
            return replace(self._prompts.replies(conversation, told, heard.turn), left=left)
        if wanted.order is Order.MENU:
            return self._menu(heard, self.keep(conversation, Wish((KEYPAD,))))
        if wanted.order is Order.LINK:
            return self._link(conversation, heard)
        if wanted.order is Order.MANNER and wanted.wish is not None:
            return self._manner(conversation, heard, wanted.wish)
        if newest is None or wanted.order is Order.UNKNOWN_KEY:
            several = len(heard.digits.strip("*#")) > 1
            return self.unusable(conversation, heard, "keys_unknown" if several else "key_unknown")
        if wanted.order is Order.MORE_CHOICES:
            return self._prompts.next_choices(conversation, newest.said, heard)
        spelt = wanted.order is Order.SPELL
        return self._prompts.again(conversation, messages, heard, "", spelt=spelt)

    def keep(self, conversation: Conversation, wish: Wish) -> Conversation:
        """Keeps how somebody wants to be talked to; it shows at the desk as well."""
        with self._office.store.begin() as work:
            held = work.conversations.get(conversation.id)
            new = tuple(flag for flag in wish.flags if flag in FLAGS and flag not in held.flags)
            held = replace(held, flags=(*held.flags, *new))
            work.conversations.save(held)
        return held

    def _most(self, conversation: Conversation) -> int:
        manner = self._prompts.manner(conversation)
        return PATIENT if manner.relay or manner.waiting else SILENCES

    def _manner(self, conversation: Conversation, heard: Heard, wish: Wish) -> Prompt:
        conversation = self.keep(conversation, wish)
        newest = asked(self._messages(conversation))
        if KEYPAD in wish.flags and newest is not None and _is_open(newest.said):
            return self._menu(heard, conversation)
        key = f"manner_{wish.flags[0]}" if wish.flags[0] in {KEYPAD, RELAY} else ""
        messages = self._messages(conversation)
        prompt = self._prompts.again(conversation, messages, heard, key)
        if key:
            return prompt
        # "Slower" wants all of it again, not the question alone.
        again = self._prompts.replies(conversation, since_last_turn(messages), heard.turn)
        return again if again.said else prompt

    def _menu(self, heard: Heard, conversation: Conversation) -> Prompt:
        """Services to choose from by key; whoever is there does not speak, or not so that it is
        understood."""
        services = [one.strip() for one in self._wording.texts["menu"].split(",")]
        said = offer_menu(self._office, conversation.id, services)
        lead = say(self._wording.say("manner_keypad"))
        prompt = self._prompts.again(conversation, said, heard, "")
        return replace(prompt, said=(*lead, *prompt.said))

    def _link(self, conversation: Conversation, heard: Heard) -> Prompt:
        """The form goes on in writing, at an address sent by text."""
        replies = self._conversations.aside(
            conversation.id,
            turn_id(heard.turn),
            self._wording.say("said_link"),
            lambda work, held: text_form(self._office, work, held),
        )
        return self._prompts.replies(conversation, replies, heard.turn + 1)

    def _ends(self, conversation: Conversation, heard: Heard, key: str) -> Prompt:
        """Says goodbye; whoever told something is first asked whether to text how to go on."""
        if may_keep(self._office, conversation.id):
            offered = offer_to_text(self._office, conversation.id)
            prompt = self._prompts.again(conversation, offered, heard, "still_no_sound")
            return replace(prompt, silent=heard.silent + 1)
        self._conversations.end(conversation.id)
        return Prompt(say(self._wording.say(key)), over=True)

    def _again(
        self, conversation: Conversation, heard: Heard, key: str, *, counts: bool = False
    ) -> Prompt:
        """The open question once more, after a word about why. `counts` as a silence."""
        if conversation.mode is Mode.CLOSED:
            return Prompt(say(self._wording.say("ended")), over=True)
        messages = self._messages(conversation)
        prompt = self._prompts.again(conversation, messages, heard, key, firm=True)
        failures = heard.failures + int(counts)
        return replace(prompt, silent=heard.silent + int(counts), failures=failures)

    def _messages(self, conversation: Conversation) -> tuple[Message, ...]:
        return self._conversations.since(conversation.id).messages


def _is_open(asking: Utterance) -> bool:
    """Whether anything may be asked for now."""
    return asking.asks == "topic" and not asking.choices
