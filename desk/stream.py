"""Tells the desk's pages that something changed (WHATWG HTML, 9.2); what, they fetch."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack

from casework.domain.errors import Busy
from casework.ports.announcements import Announcements

log = logging.getLogger(__name__)

HEARTBEAT = 10.0
"""Seconds. On each one the page says that it is still there, and by that the agent at it: a
browser slows down a hidden page's own clocks, but not what reaches it from outside."""

RETRY = 3000
"""Milliseconds after which a browser comes back when cut off."""

CHANGED = "event: changed\ndata: {}\n\n"
STILL = "event: still\ndata: {}\n\n"


class Stream(Iterator[str]):
    """What one page of the desk hears, until it goes or `allowed` says no.

    It subscribes as it is made, so that what is wrong then can still be answered with a status.
    Close it even if it was never read.
    """

    def __init__(self, announcements: Announcements, allowed: Callable[[], bool]) -> None:
        self._allowed = allowed
        with ExitStack() as ears:
            self._ear = ears.enter_context(announcements.subscribe_all())
            self._ears = ears.pop_all()
        self._lines = self._told()

    def __next__(self) -> str:
        return next(self._lines)

    def close(self) -> None:
        """Stops listening."""
        self._lines.close()
        self._ears.close()

    def _told(self) -> Generator[str]:
        try:
            # Whoever comes back may have missed something.
            yield f"retry: {RETRY}\n\n{CHANGED}"
            beaten = time.monotonic()
            while True:
                heard = self._ear.wait(HEARTBEAT)
                if heard:
                    yield CHANGED
                # The more that happens, the less there is silence to wait for.
                if not heard or time.monotonic() - beaten > HEARTBEAT:
                    if not self._may():
                        return
                    beaten = time.monotonic()
                    yield STILL
        except Exception as error:
            log.error("the desk's event stream: %s", type(error).__name__)
        finally:
            self._ears.close()

    def _may(self) -> bool:
        try:
            return self._allowed()
        except Busy:
            return True
