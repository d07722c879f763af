"""What is said in a call: made from the transcript, so that the same request gets the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from casework.domain.catalogue import CALLBACK
from casework.domain.conversations import Author, Channel, Conversation, Message, Mode, Utterance
from casework.domain.drafts import CONFIRM
from casework.use_cases.ask_draft import active_draft, ask_otherwise
from casework.use_cases.number_to_text import number_to_text
from casework.use_cases.office import Office
from casework.use_cases.wait_for_resident import waits
from telephony.call_turns import asked
from telephony.keys import more
from telephony.manner import Manner, manner_of
from telephony.prompts import Heard, Part, Prompt, say
from telephony.speaking import aloud, keys_for, spoken
from telephony.wording import Wording

BRIEFLY = frozenset({"still_here", "no_sound", "no_sound_again"})
"""What is said after a silence: nothing came between the caller and what was read out."""

OTHERWISE = frozenset({"doubtful"})
"""What is said of words that were hardly heard: the question follows in other words."""

OFFERS_KEYS = 2
"""Failures at a question from which on its keys are told."""


class CallPrompts:
    """The prompts of calls."""

    def __init__(self, office: Office, wording: Wording) -> None:
        self._office = office
        self._wording = wording

    def replies(self, conversation: Conversation, replies: Sequence[Message], turn: int) -> Prompt:
        """Our replies, then the wait for turn `turn`."""
        tries = self._tries(conversation.id)
        manner = self.manner(conversation, tries)
        said = spoken(replies, self._wording, manner, failed=tries > 0)
        over = bool(replies) and replies[-1].mode is Mode.CLOSED
        asking = replies[-1].said if replies else None
        return Prompt(said, turn=turn, asking=asking, over=over, manner=manner)

    def again(
        self,
        conversation: Conversation,
        messages: Sequence[Message],
        heard: Heard,
        key: str,
        *,
        spelt: bool = False,
        firm: bool = False,
        misses: int = 0,
    ) -> Prompt:
        """The open question once more, after a word about why; `misses` requests in a row came to
        nothing."""
        manner = replace(self.manner_now(conversation, misses, messages), spelt=spelt)
        newest = asked(messages)
        asking = None if newest is None else newest.said
        lead = say(self._wording.say(key), firm=firm) if key else ()
        words = asking
        if asking is not None and key in OTHERWISE:
            otherwise = ask_otherwise(self._office, conversation.id, misses)
            words = asking if otherwise is None else replace(asking, text=otherwise.text)
        elif asking is not None and key in BRIEFLY and not heard.left:
            words = self._shortened(asking, manner)
        question = () if words is None else self._question(words, manner)
        return Prompt((*lead, *question), turn=heard.turn, asking=asking, manner=manner)

    def next_choices(self, conversation: Conversation, asking: Utterance, heard: Heard) -> Prompt:
        """The next few choices of the open question; the question itself when there are none."""
        manner = self.manner(conversation)
        if not more(asking, heard.page):
            said = self._question(asking, manner)
            return Prompt(said, turn=heard.turn, asking=asking, manner=manner)
        page = heard.page + 1
        said = keys_for(asking, self._wording, page, manner=manner)
        return Prompt(said, turn=heard.turn, asking=asking, page=page, manner=manner)

    def manner(
        self, conversation: Conversation, tries: int = 0, messages: Sequence[Message] = ()
    ) -> Manner:
        """How this caller is talked to; `tries` are the failures at the open question, `messages`
        what is at hand of the transcript: where they said nothing in that, it is read."""
        manner, said = manner_of(conversation.flags), _last_said(messages)
        with self._office.store.begin(reading=True) as work:
            texts = number_to_text(work, conversation) is not None
            if said is None:
                said = _last_said(work.conversations.messages(conversation.id))
        waiting = said is not None and said.choice is None and waits(said.said.text)
        return replace(manner, texts=texts, offered=tries >= OFFERS_KEYS, waiting=waiting)

    def manner_now(
        self, conversation: Conversation, misses: int, messages: Sequence[Message] = ()
    ) -> Manner:
        """How this caller is talked to after so many requests in a row that came to nothing."""
        return self.manner(conversation, max(self._tries(conversation.id), misses), messages)

    def arranges_call(self, conversation_id: str) -> bool:
        """Whether a call back is being arranged."""
        with self._office.store.begin(reading=True) as work:
            draft = active_draft(work, work.conversations.get(conversation_id))
        return draft is not None and draft.service == CALLBACK

    def failures(self, conversation_id: str) -> int:
        """Failures in a row at what is open now, in a form or outside one."""
        with self._office.store.begin(reading=True) as work:
            conversation = work.conversations.get(conversation_id)
            draft = active_draft(work, conversation)
        if draft is not None and draft.service == CALLBACK:
            # A person is being arranged already.
            return 0
        return max(conversation.misses, draft.tries if draft else 0)

    def _tries(self, conversation_id: str) -> int:
        with self._office.store.begin(reading=True) as work:
            draft = active_draft(work, work.conversations.get(conversation_id))
        return draft.tries if draft else 0

    def _shortened(self, asking: Utterance, manner: Manner) -> Utterance:
        """What is to be confirmed without all of it, for whoever has just heard all of it."""
        if asking.asks != CONFIRM or not any(one.value == "yes" for one in asking.choices):
            return asking
        key = "confirm_brief_keys" if manner.keypad else "confirm_brief"
        return replace(asking, text=self._office.council.say(key, Channel.VOICE))

    def _question(self, asking: Utterance, manner: Manner) -> tuple[Part, ...]:
        return (
            Part(aloud(asking.text), asks=True),
            *keys_for(asking, self._wording, manner=manner),
        )


def _last_said(messages: Sequence[Message]) -> Message | None:
    """What the caller said last in these."""
    return next((one for one in reversed(messages) if one.author is Author.RESIDENT), None)
