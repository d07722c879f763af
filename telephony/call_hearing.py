"""What one request of a call says: a message for the conversation, or something about the call."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from rapidfuzz import fuzz

from bot.messages import MAX_TEXT, Inbound
from casework.domain.catalogue import PERSON
from casework.domain.conversations import Conversation, Message, Utterance
from casework.use_cases.check_sense import HEARD
from casework.use_cases.office import Office
from casework.use_cases.raise_alarm import screen_message
from telephony.call_turns import turn_id
from telephony.hearing import heard_words
from telephony.keys import pressed
from telephony.manner import Manner, Wish, wish_in, without_go_ahead
from telephony.prompts import Heard
from telephony.speaking import aloud
from telephony.wording import Wording

GO_BACK = "go back"
"""What the star key says."""

READ_AGAIN = "read it again"
"""What the key for a repeat says to a read-back, of which the newest words may be only the end."""

LEAVE_OUT = "skip"
"""What is said for somebody who cannot answer."""

UNSURE = 0.4
"""How sure the recogniser must be for its words to count at the first try."""

GUESSED = 0.6
"""How sure a value is at most that was taken for another than was written: it is asked about."""

LONGEST_ECHO = 5
"""Words from which on a reply that stands in the question is an echo of it and no answer."""

LONG_ECHO = 7
"""The same for what was said before the question, in which there are examples to say again."""

ECHO = 92
"""Likeness (0 to 100) of an echo to what was said."""

_ON = re.compile(
    r"(?i)\W*(?:yes|yeah|yep|more|go on|carry on|continue|keep going|tell me more|please)"
    r"(?:[\s,.!]*(?:yes|please|thanks|thank you|go on|carry on|more))*\W*"
)
_ENOUGH = re.compile(
    r"(?i)\W*(?:no|nope|stop|enough|that'?s (?:enough|all|it|fine))"
    r"(?:[\s,.!]*(?:thanks|thank you|more|that'?s (?:enough|all|it|fine)))*\W*"
)

_THERE = re.compile(
    r"(?i)\W*(?:(?:hello+|hi|hey|are you (?:still )?there|(?:is )?(?:any|some)(?:body|one) there|"
    r"can you hear me|you there)\W*)+"
)
"""Not an answer, but whether anybody listens: the question again is the best proof."""


class Order(StrEnum):
    """What is wanted of the call itself."""

    SILENCE = "silence"
    UNKNOWN_KEY = "unknown_key"
    REPEAT = "repeat"
    MORE_CHOICES = "more_choices"
    MENU = "menu"
    LINK = "link"
    UNSAID = "unsaid"
    MANNER = "manner"
    SPELL = "spell"
    DOUBTFUL = "doubtful"
    GO_ON = "go_on"
    ENOUGH = "enough"
    DONE = "done"


@dataclass(frozen=True)
class Wanted:
    """What is wanted of the call itself; `wish` is how to be talked to."""

    order: Order
    wish: Wish | None = None


class CallHearing:
    """Reads requests against what was asked."""

    def __init__(self, office: Office, wording: Wording) -> None:
        self._office = office
        self._wording = wording

    def read(
        self,
        conversation: Conversation,
        heard: Heard,
        question: Message | None,
        manner: Manner,
        said: Sequence[str] = (),
    ) -> Inbound | Wanted:
        """A message for the conversation, or what is wanted of the call itself; `said` is what the
        caller has heard since they last spoke."""
        if heard.digits:
            return self._keyed(conversation, heard, question, manner)
        if manner.relay:
            heard = replace(heard, speech=without_go_ahead(heard.speech))
        asking = None if question is None else question.said
        if heard.left and (order := self._while_reading(heard, asking)):
            return Wanted(order)
        wish = wish_in(heard.speech)
        if wish is not None:
            return Wanted(Order.SPELL if wish.spell else Order.MANNER, wish)
        found = heard_words(
            heard.speech[:MAX_TEXT],
            asking.asks if asking else None,
            asking.kind if asking else None,
            self._office.council.postcode_areas,
            self._office.gazetteer.postcodes(),
            asking.text if asking else "",
        )
        words = found.text
        if not words.strip() or self._echoes(heard.speech, asking, said):
            return Wanted(Order.SILENCE)
        if asking is not None and asking.asks != "topic" and _THERE.fullmatch(words):
            return Wanted(Order.REPEAT)
        if heard.sure is not None and heard.sure < UNSURE and not heard.silent:
            return Wanted(Order.DOUBTFUL)
        sure = min(heard.sure or GUESSED, GUESSED) if found.guessed else heard.sure
        if self._hides_danger(heard.speech[:MAX_TEXT], words):
            words = heard.speech[:MAX_TEXT]
        return Inbound(turn_id(heard.turn), conversation.id, text=words, sure=sure)

    def _hides_danger(self, speech: str, words: str) -> bool:
        """Whether mending what was heard took out what the safety rules are to see."""
        danger = screen_message(self._office, speech) is not None
        return danger and screen_message(self._office, words) is None

    def _keyed(
        self, conversation: Conversation, heard: Heard, question: Message | None, manner: Manner
    ) -> Inbound | Wanted:
        asking = None if question is None else question.said
        codes = self._office.gazetteer.postcodes()
        key = pressed(heard.digits, asking, heard.page, manner, codes)
        if key is None:
            return Wanted(Order.UNKNOWN_KEY)
        orders = {
            "repeat": Order.REPEAT,
            "more": Order.MORE_CHOICES,
            "menu": Order.MENU,
            "link": Order.LINK,
            "unsaid": Order.UNSAID,
            "done": Order.DONE,
        }
        this = turn_id(heard.turn)
        if key.command == "repeat" and asking is not None and asking.asks == "confirm":
            return Inbound(this, conversation.id, text=READ_AGAIN, keyed=True)
        if key.command in orders:
            return Wanted(orders[key.command])
        if key.command == "person":
            return Inbound(this, conversation.id, choice=PERSON, keyed=True)
        if key.command == "back":
            return Inbound(this, conversation.id, text=GO_BACK, keyed=True)
        answering = question.seq if question is not None and key.choice else None
        return Inbound(
            this,
            conversation.id,
            text=key.text,
            choice=key.choice,
            answering=answering,
            keyed=True,
        )

    def unsaid(
        self, conversation: Conversation, heard: Heard, asking: Utterance | None
    ) -> Inbound | None:
        """The answer of somebody who does not speak to what no keys can say: it is left out. None
        where nothing is asked."""
        if asking is None:
            return None
        this = turn_id(heard.turn)
        if any(choice.value == "skip" for choice in asking.choices):
            return Inbound(this, conversation.id, choice="skip", keyed=True)
        return Inbound(this, conversation.id, text=LEAVE_OUT, keyed=True)

    def _while_reading(self, heard: Heard, asking: Utterance | None) -> Order | None:
        """A word said before all was read out: whether to go on. A plain yes to what is being read
        back counts as one only if it was heard for sure."""
        confirms = asking is not None and asking.asks == "confirm"
        if confirms:
            unsure = heard.sure is not None and heard.sure < HEARD
            return Order.GO_ON if unsure and _ON.fullmatch(heard.speech) else None
        if not heard.asks_more:
            return None
        if _ON.fullmatch(heard.speech):
            return Order.GO_ON
        return Order.ENOUGH if _ENOUGH.fullmatch(heard.speech) else None

    def _echoes(self, speech: str, asking: Utterance | None, said: Sequence[str]) -> bool:
        """Whether the line only heard us: the words stand in what was said, and in no choice."""
        if asking is None or len(speech.split()) < LONGEST_ECHO:
            return False
        heard = speech.lower().strip(" .?!")
        if any(heard in choice.label.lower() for choice in asking.choices):
            return False
        told = said if len(speech.split()) >= LONG_ECHO else ()
        return any(_stands_in(heard, aloud(text).lower()) for text in (*told, asking.text))


def _stands_in(heard: str, said: str) -> bool:
    return len(heard) <= len(said) * 1.1 and fuzz.partial_ratio(heard, said) >= ECHO
