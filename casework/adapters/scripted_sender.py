"""A carrier that does as told, for tests and rehearsals: a stateful fake of the port Sender."""

from __future__ import annotations

import threading

from casework.domain.outbox import Outgoing


class ScriptedSender:
    """Takes every message but those it has an error for, and remembers what it took.

    `fail` says what comes next: errors are raised in order, one for each message, then all is
    taken again. The ids it gives are `sent-1`, `sent-2`, ... It may be used by several threads.
    """

    def __init__(self) -> None:
        self.taken: list[Outgoing] = []
        self._errors: list[Exception] = []
        self._lock = threading.Lock()

    def fail(self, *errors: Exception) -> None:
        """Has the next messages refused with these."""
        self._errors.extend(errors)

    def send(self, message: Outgoing) -> str:
        """Raises the next error, if there is one."""
        with self._lock:
            if self._errors:
                raise self._errors.pop(0)
            self.taken.append(message)
            return f"sent-{len(self.taken)}"
