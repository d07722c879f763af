"""Answers a text that is one of the carrier's words: STOP, START or HELP."""

from __future__ import annotations

import time
from collections.abc import Callable

from casework.domain.errors import Busy
from casework.use_cases.office import Office
from casework.use_cases.opt_out import has_opted_out, opt_in, opt_out
from telephony.keywords import Keyword, carrier_confirms, keyword_of
from telephony.text_messages import NOTHING, Answer, Text
from telephony.wording import Wording

TRIED_FOR = 60.0
"""Seconds for which STOP and START are tried again while the store is busy."""

TRIED_EVERY = 0.5
"""Seconds between two attempts."""


class Opting:
    """Who wants texts. `end` ends the run of texts of a number."""

    def __init__(self, office: Office, wording: Wording, end: Callable[[str], None]) -> None:
        self._office = office
        self._wording = wording
        self._end = end

    def answer(self, text: Text, keyword: Keyword) -> Answer:
        """Does what the word asks for; takes its time when the store is busy, and raises Busy when
        it stays so."""
        if keyword is Keyword.STOP:
            return self._stopped(text)
        if keyword is Keyword.START:
            _persistently(lambda: opt_in(self._office, text.number))
        elif has_opted_out(self._office, text.number):
            return NOTHING
        return self._said(text, keyword)

    def failed(self, text: Text) -> Answer | None:
        """What to text back when the word could not be dealt with; None for all other texts."""
        keyword = keyword_of(text.body, text.keyword)
        if keyword is Keyword.STOP:
            # Whoever wants no texts is sent no apology either.
            return NOTHING
        return self._said(text, keyword) if keyword is Keyword.HELP or text.keyword else None

    def _stopped(self, text: Text) -> Answer:
        """Stops texts. What the carrier does not confirm we do, once: nobody is to wonder whether
        they were understood."""
        known = carrier_confirms(text.body, text.keyword) or has_opted_out(
            self._office, text.number
        )
        _persistently(lambda: self._stop(text.number))
        return NOTHING if known else Answer((self._wording.say("stopped"),))

    def _stop(self, number: str) -> None:
        opt_out(self._office, number)
        self._end(number)

    def _said(self, text: Text, keyword: Keyword | None) -> Answer:
        if text.keyword:
            # The carrier has answered it itself.
            return NOTHING
        key = "back_again" if keyword is Keyword.START else "help"
        return Answer((self._wording.say(key),))


def _persistently(work: Callable[[], None]) -> None:
    until = time.monotonic() + TRIED_FOR
    while True:
        try:
            return work()
        except Busy:
            if time.monotonic() >= until:
                raise
            time.sleep(TRIED_EVERY)
