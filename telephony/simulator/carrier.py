"""What the demo's phones need of whatever stands in for Twilio."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

State = Mapping[str, Any]
"""A call as it stands, fit for JSON. It has a `call_sid`."""


class Act(StrEnum):
    """What a caller can do."""

    SPEECH = "speech"
    DIGITS = "digits"
    SILENCE = "silence"
    WAIT = "wait"
    """Waiting for whatever comes, while being put through or talking to a person."""
    HANG_UP = "hang_up"


@dataclass(frozen=True)
class Exchange:
    """A request of the carrier's to us, and our answer; `status` None when none came in time."""

    method: str
    url: str
    params: Mapping[str, str]
    status: int | None
    body: str
    seconds: float


@dataclass(frozen=True)
class Listening:
    """What the line waits for: speech, keys (`num_digits` at most, ended by `finish_on_key`), and
    for how many seconds."""

    speech: bool
    keys: bool
    num_digits: int | None
    finish_on_key: str
    timeout: int


@dataclass(frozen=True)
class Heard:
    """What the caller hears, and what is awaited then. `waiting` is a call that is being put
    through, `talking` one that a person is in; `problem` says why the carrier could not go on."""

    said: tuple[str, ...] = ()
    over: bool = False
    waiting: bool = False
    talking: bool = False
    listening: Listening | None = None
    exchanges: tuple[Exchange, ...] = ()
    problem: str | None = None


@dataclass(frozen=True)
class Texted:
    """What came of a text: the carrier's own answers to a word such as STOP, and then ours."""

    carrier_said: tuple[str, ...]
    answers: tuple[str, ...]
    exchanges: tuple[Exchange, ...]
    problem: str | None = None


class HandsetAct(StrEnum):
    """What can be done with a telephone that is rung."""

    ANSWER = "answer"
    DECLINE = "decline"
    """Letting it ring until it stops."""
    BUSY = "busy"
    KEY = "key"
    HANG_UP = "hang_up"
    REGISTER = "register"
    """A browser says that it can be rung."""
    UNREGISTER = "unregister"


@dataclass(frozen=True)
class HandsetState:
    """A telephone that is rung: `state` is idle, ringing, listening (to the line) or talking;
    `lines` what was heard in the last call, oldest first; `call` counts its calls."""

    state: str
    lines: tuple[str, ...]
    call: int


class NotListening(Exception):
    """The call is over, or waits for nothing."""


class NotACall(Exception):
    """A state that no call ever had."""


class Carrier(Protocol):
    """Calls and texts to the council's number."""

    def place(self, caller: str | None) -> tuple[State, Heard]:
        """A new call; `caller` None withholds the number."""
        ...

    def act(self, state: State, act: Act, words: str = "") -> tuple[State, Heard]:
        """What comes of something said, keyed or done in a call. Raises NotListening and
        NotACall."""
        ...

    def text(self, number: str, body: str) -> Texted:
        """Sends a text from a number."""
        ...


class Handsets(Protocol):
    """Telephones of agents, by number, and browsers, by their address (client:...)."""

    def look(self, number: str) -> HandsetState:
        """As it is now."""
        ...

    def act(self, number: str, act: HandsetAct, key: str = "") -> HandsetState:
        """What comes of something done with it. Raises NotListening when it cannot be done."""
        ...
