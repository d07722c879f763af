"""A scripted conversation: what its YAML file may hold, and reading it.

A file is written for people who know the service and no programming; what each key means is told
in README.md beside it. Every word is read as text, so that `yes` stays "yes".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import yaml

Words = tuple[str, ...]

ACTS = ("resident", "press", "key", "silence", "hangs_up", "begins", "answers", "clock")
"""What a step may be: exactly one of these."""

CHANNELS = ("web", "voice", "sms")
CLOCK = "2026-11-24T10:30"
"""A Tuesday in office hours, local time."""


class Miswritten(ValueError):
    """A file that cannot be played; the message says which and why."""


@dataclass(frozen=True)
class Step:
    """One thing the resident does, and what should come of it.

    `says` must all be heard and `never_says` never, in any case of letters; "one | other" leaves
    a choice. `asks` is what is awaited then, or any of several. `sure` is how sure the recogniser
    is of what is said on the telephone, from 0 to 1.
    """

    act: str
    what: str
    answers: Mapping[str, str]
    says: Words = ()
    never_says: Words = ()
    asks: Words = ()
    service: str = ""
    mode: str = ""
    falls_short: str = ""
    sure: float | None = None


@dataclass(frozen=True)
class Script:
    """A whole conversation. What it should come to is about its last part, after any `begins`."""

    title: str
    channel: str
    steps: tuple[Step, ...]
    clock: str = CLOCK
    number: str = ""
    staff: str = ""
    case: Mapping[str, Any] = field(default_factory=dict)
    cases: tuple[Mapping[str, Any], ...] = ()
    no_case: bool = False
    handoff: str = ""
    flags: Words = ()
    verification: str = ""
    falls_short: str = ""


def load(file: Path) -> Script:
    """Raises Miswritten for a key or a channel that there is not, and for a script that expects
    nothing at its end."""
    read = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    try:
        script = _script(read)
    except (KeyError, TypeError, ValueError) as wrong:
        raise Miswritten(f"{file.name}: {wrong}") from wrong
    return script


def _script(read: Mapping[str, Any]) -> Script:
    known = {one.name for one in fields(Script)}
    _only(read, known)
    end = {"case", "cases", "no_case", "handoff"}
    if not end & set(read):
        raise ValueError(f"one of {sorted(end)} is missing")
    if read["channel"] not in CHANNELS:
        raise ValueError(f"no such channel: {read['channel']}")
    more = dict(read)
    more["steps"] = tuple(_step(one) for one in read["steps"])
    more["cases"] = tuple(read.get("cases", ()))
    more["flags"] = _words(read.get("flags", ()))
    more["no_case"] = read.get("no_case") == "true"
    return Script(**more)


def _step(read: Mapping[str, Any]) -> Step:
    expected = {one.name for one in fields(Step)} - {"act", "what"}
    _only(read, expected | set(ACTS))
    acts = [act for act in ACTS if act in read]
    if len(acts) != 1:
        raise ValueError(f"a step is one of {ACTS}: {dict(read)}")
    (act,) = acts
    answers = read[act] if act == "answers" else {}
    for key in ("service", "mode", "falls_short"):
        if not isinstance(read.get(key, ""), str):
            raise ValueError(f"{key} is one word: {read[key]}")
    if "sure" in read and act != "resident":
        raise ValueError(f"only words are heard more or less surely: {dict(read)}")
    return Step(
        act,
        "" if answers else read[act],
        answers,
        _words(read.get("says", ())),
        _words(read.get("never_says", ())),
        _words(read.get("asks", ())),
        read.get("service", ""),
        read.get("mode", ""),
        read.get("falls_short", ""),
        float(read["sure"]) if "sure" in read else None,
    )


def _only(read: Mapping[str, Any], known: set[str]) -> None:
    unknown = set(read) - known
    if unknown:
        raise ValueError(f"no such key: {sorted(unknown)}")


def _words(read: Any) -> Words:
    return (read,) if isinstance(read, str) else tuple(read)
