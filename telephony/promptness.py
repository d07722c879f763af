"""Answering in time: Twilio waits for seconds only, a slow turn may take longer."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Final, Generic, TypeVar, final

log = logging.getLogger(__name__)

Result = TypeVar("Result")
Given = TypeVar("Given")


@final
class Late:
    """What `within` gives when the work is not done in time."""


LATE: Final = Late()


class _Race(Generic[Result]):
    """Work on one side, a deadline on the other; exactly one of them is first."""

    def __init__(
        self,
        late: Callable[[Result], None] | None,
        failed: Callable[[Exception], None] | None,
    ) -> None:
        self._late = late
        self._failed = failed
        self._turn = threading.Lock()
        self._done = threading.Event()
        self._given_up = False
        self._result: list[Result] = []
        self._failure: list[BaseException] = []

    def run(self, work: Callable[[], Result]) -> None:
        """Does the work; hands its result on if nobody waits for it any more."""
        try:
            result = work()
        except BaseException as failure:  # the waiting side is to see whatever went wrong
            with self._turn:
                self._failure.append(failure)
                given_up = self._given_up
            self._done.set()
            if given_up:
                log.error("late work failed: %s", type(failure).__name__)
                if self._failed is not None and isinstance(failure, Exception):
                    _hand_on(self._failed, failure)
            return
        with self._turn:
            self._result.append(result)
            given_up = self._given_up
        self._done.set()
        if given_up and self._late is not None:
            _hand_on(self._late, result)

    def wait(self, seconds: float) -> Result | Late:
        """The result, or LATE; raises what the work raised."""
        self._done.wait(seconds)
        with self._turn:
            if self._failure:
                raise self._failure[0]
            if self._result:
                return self._result[0]
            self._given_up = True
            return LATE


def _hand_on(to: Callable[[Given], None], given: Given) -> None:
    """Nobody is there to see a failure of this any more: it is logged, by its kind only."""
    try:
        to(given)
    except Exception as failure:
        log.error("what came late could not be handed on: %s", type(failure).__name__)


def within(
    seconds: float,
    work: Callable[[], Result],
    late: Callable[[Result], None] | None = None,
    failed: Callable[[Exception], None] | None = None,
) -> Result | Late:
    """What `work` gives, if it does within `seconds`; raises what it raises by then.

    Otherwise LATE: the work goes on by itself, and `late` gets its result or `failed` its failure.
    """
    race: _Race[Result] = _Race(late, failed)
    threading.Thread(target=race.run, args=(work,), name="turn", daemon=True).start()
    return race.wait(seconds)
