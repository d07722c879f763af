"""The side of a caller who is rung back: they hear who rings, and say whether they are there."""

from __future__ import annotations

import logging
import re
from contextlib import suppress
from dataclasses import dataclass

from casework.domain.assent import answers_offer
from casework.domain.errors import NotFound
from casework.domain.plain_words import plain_words
from casework.use_cases.end_calls import note_lost, note_reached
from casework.use_cases.office import Office
from telephony.call_hearing import UNSURE
from telephony.wording import Wording

log = logging.getLogger(__name__)

JOINS, REFUSES = "1", "2"

MOST_ASKED = 3
"""Times that somebody is asked who says something else, mostly "hello?"."""

MOST_ASKED_SILENCE = 2
"""Times that nobody is: a machine is not talked to for long."""

_IS_THERE = re.compile(
    r"(?:(?:hello|hi|hiya|oh|ah|um|er|right|ok|okay|good (?:morning|afternoon|evening)) )*"
    r"(?:yes|yeah|yep|yup|aye|ok|okay|sure|speaking|put me through|go on|i'?m (?:still )?here|"
    r"i am (?:still )?here)"
    r"(?: (?:please|hello|hi|yes|yeah|speaking|it is|i am|i'?m (?:still )?here|that'?s (?:me|right|"
    r"fine)|i did|i do|thanks|thank you|love|dear|put me through|(?:this|it) is (?:me|him|her)|"
    r"i would|i would like that|go on|go ahead|then))*"
)
"""A yes as it is said on picking up. A machine's greeting is longer, or ends in other words: what
is a yes to an offer elsewhere ("anything", "lovely") may be all that was caught of one."""


@dataclass(frozen=True)
class Asked:
    """What somebody hears who is rung back, and then: their answer is awaited for the `nth` time;
    they are `joined` to the agent; or the call is over."""

    said: tuple[str, ...]
    nth: int | None = None
    joined: bool = False


class CallerLeg:
    """Calls to callers who kept their place. Nothing of their matter is said before they are
    joined: somebody else, or a machine, may have picked up."""

    def __init__(self, office: Office, wording: Wording) -> None:
        self._office, self._wording = office, wording

    def begins(self) -> Asked:
        """Who rings, and what to do."""
        return Asked((self._wording.say("ring_back_asks"),), nth=1)

    def agrees(self, digits: str, words: str, sure: float | None) -> bool:
        """Whether they are there and want to talk: key 1, or a yes that was surely heard. `sure` is
        None where the recogniser did not say."""
        if digits:
            return digits == JOINS
        return (sure is None or sure >= UNSURE) and _is_there(words)

    def answers(
        self, handoff_id: str, staff_id: str, nth: int, *, digits: str, words: str, agreed: bool
    ) -> Asked:
        """What comes of an answer to the `nth` asking, or of none. Only who has `agreed` is joined.
        Raises Busy."""
        if agreed and self._reached(handoff_id, staff_id):
            return Asked((self._wording.say("ring_back_joins"),), joined=True)
        refused = digits == REFUSES or (not digits and answers_offer(words) is False)
        most = MOST_ASKED if digits or words else MOST_ASKED_SILENCE
        if agreed or refused or nth >= most:
            return self.ends()
        return Asked((self._wording.say("ring_back_asks_again"),), nth=nth + 1)

    def lost(self, handoff_id: str, staff_id: str) -> Asked:
        """Who agreed cannot be joined: they are told so, and a case comes of it. Raises Busy."""
        with suppress(NotFound):
            note_lost(self._office, handoff_id, staff_id)
        return self.ends()

    def ends(self) -> Asked:
        """They are rung another time."""
        return Asked((self._wording.say("ring_back_ends"),))

    def _reached(self, handoff_id: str, staff_id: str) -> bool:
        """Notes that the caller is there; False when their agent has gone meanwhile."""
        try:
            return note_reached(self._office, handoff_id, staff_id)
        except NotFound:
            log.info("handoff %s is not there any more", handoff_id)
            return False


def _is_there(words: str) -> bool:
    return _IS_THERE.fullmatch(plain_words(words)) is not None
