"""Browsers that nobody rings: a fake that remembers to whom it gave a pass."""

from __future__ import annotations

from collections.abc import Sequence

from casework.ports.browser_phones import PhonePass


class ScriptedBrowserPhones:
    """Implements `BrowserPhones`. `given` are the staff ids of the passes, oldest first."""

    def __init__(
        self, script: str = "/line.js", hosts: Sequence[str] = (), seconds: int = 600
    ) -> None:
        self.script = script
        self.hosts = hosts
        self.given: list[str] = []
        self._seconds = seconds

    def give_pass(self, staff_id: str) -> PhonePass:
        """No two are the same."""
        self.given.append(staff_id)
        return PhonePass(f"pass-{len(self.given)}-of-{staff_id}", self._seconds)
