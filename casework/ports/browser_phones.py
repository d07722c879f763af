"""Agents' telephones that are no telephones: the browser at the desk rings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class PhonePass:
    """Lets a browser be rung as one agent, for `seconds`. Whoever has `token` can take that
    agent's calls: it goes to the agent's own browser, and is kept nowhere."""

    token: str
    seconds: int


class BrowserPhones(Protocol):
    """Lets browsers be rung by `CallControl.ring_agent`."""

    @property
    def script(self) -> str:
        """The path of a JavaScript module that opens a line, as
        docs/adr/0023-calls-in-the-browser.md says."""
        ...

    @property
    def hosts(self) -> Sequence[str]:
        """Origins other than ours that the script talks to, as a content security policy has
        them."""
        ...

    def give_pass(self, staff_id: str) -> PhonePass:
        """A fresh pass for the browser of one member of staff."""
        ...
