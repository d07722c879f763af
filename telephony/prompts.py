"""What comes in from a call in one request, and what is said to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from casework.domain.conversations import Utterance
from telephony.manner import Manner


@dataclass(frozen=True)
class Heard:
    """One request of a call: turn `turn`, after `silent` silences in it. `page` counts the pages
    of choices read out so far; one of `speech` and `digits` is what was heard, neither is silence.
    Turn 0 is the greeting. `missed` is a turn whose answer was not ready in time, `left` how many
    pieces of what was being said the caller had not heard yet. `sure` is how sure the recogniser
    was of `speech`, from 0 to 1; None where it did not say. `asks_more` says that what was being
    said ended in the question whether to go on; `failures` counts those of the call so far;
    `noise` is how many of the silences were none, but something that meant nothing. `digits` end in
    a hash if one closed them.
    """

    call_sid: str
    turn: int
    silent: int = 0
    page: int = 0
    speech: str = ""
    digits: str = ""
    caller: str | None = None
    missed: int = 0
    left: int = 0
    sure: float | None = None
    asks_more: bool = False
    failures: int = 0
    noise: int = 0


@dataclass(frozen=True)
class Part:
    """Something to say. `firm`: it is heard to the end before anything can be said to it. `asks`:
    it belongs to the question, which comes last. `answers`: it tells something that the caller
    wanted to know, and may want more of."""

    text: str
    firm: bool = False
    asks: bool = False
    answers: bool = False


def say(*texts: str, firm: bool = False) -> tuple[Part, ...]:
    """Texts as parts of a prompt; an empty one is left out."""
    return tuple(Part(text, firm=firm) for text in texts if text)


@dataclass(frozen=True)
class Room:
    """Where a caller belongs who wants a person or has one: the conference named by a handoff's id,
    once the agent is there (`joined`); until then a wait in which keys are heard, for `quiet`
    seconds after what is said; what follows is the `nth` thing said in it. `notice`: first they
    are to hear that the talk may be recorded; `news` are attributes of the conference by which we
    hear of its beginning."""

    id: str
    joined: bool = False
    nth: int = 0
    quiet: int = 2
    notice: bool = False
    news: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Prompt:
    """What to say, then what to do: listen for an answer to `asking` as turn `turn`, ask again
    after the turn itself (`poll`), have the caller wait or talk (`room`), or hang up (`over`).
    `missed` is a turn whose answer the caller has not heard; `left` says how many of the last
    pieces are to be said (None: all); `failures` counts those of the call so far (None: as many as
    before); `silent` and `noise` count as in `Heard`."""

    said: tuple[Part, ...]
    turn: int = 1
    asking: Utterance | None = None
    silent: int = 0
    page: int = 0
    poll: int | None = None
    over: bool = False
    missed: int = 0
    room: Room | None = None
    left: int | None = None
    failures: int | None = None
    manner: Manner = field(default_factory=Manner)
    noise: int = 0
