"""Commands to the conversation itself, known by their words alone: carry on, later, stop and kin.

A message is a command when it is nothing else: each of its clauses is one, or is small talk around
one. Words that could as well be a value ("later" for a time to ring) are `weak`: there a value of
what was asked goes first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from casework.domain import command_words as words
from casework.domain.plain_words import plain_words


class Command(StrEnum):
    """What a resident wants of the conversation."""

    CARRY_ON = "carry_on"
    REPEAT = "repeat"
    LATER = "later"
    STOP = "stop"
    START_AGAIN = "start_again"
    GO_BACK = "go_back"
    NOT_THAT = "not_that"


@dataclass(frozen=True)
class Heard:
    """A command, and whether its words could also answer a question."""

    command: Command
    weak: bool = False


LONGEST = 200
"""Characters of a message that may be a command."""

IN_A_ROW = 12
"""Words up to which two commands are looked for where nothing stands between them."""


def _all(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in patterns))


_KNOWN: tuple[tuple[Heard, re.Pattern[str]], ...] = (
    (Heard(Command.CARRY_ON), _all(words.CARRY_ON)),
    (Heard(Command.START_AGAIN), _all(words.START_AGAIN)),
    (Heard(Command.GO_BACK), _all(words.GO_BACK)),
    (Heard(Command.NOT_THAT), _all(words.NOT_THAT)),
    (Heard(Command.LATER), _all(words.LATER)),
    (Heard(Command.STOP, weak=True), _all(words.STOP_WEAK)),
    (Heard(Command.STOP), _all(words.STOP)),
    (Heard(Command.REPEAT), _all(words.REPEAT)),
    (Heard(Command.LATER, weak=True), _all(words.LATER_WEAK)),
)


def _without(lead: re.Pattern[str], said: str) -> str:
    """Words without what leads up to them."""
    found = lead.match(said)
    return said[found.end() :].strip() if found else said


def _bare(clause: str) -> str:
    """A clause without the small talk around it."""
    return words.TRAILS.sub("", _without(words.LEADS, plain_words(clause))).strip()


def _clause(text: str) -> Heard | None:
    """The command that a clause is, as it stands or without the small talk around it."""
    whole = plain_words(text)
    leads = (whole, _without(words.SMALL_LEADS, whole), _without(words.LEADS, whole))
    # "Not now, love" loses its last word, and "carry on then please" all that trails.
    tails = (
        s
        for one in leads
        for s in (one, words.LAST.sub("", one), words.TRAILS.sub("", one).strip())
    )
    for said in dict.fromkeys(tails):
        for heard, pattern in _KNOWN:
            if said and pattern.fullmatch(said):
                return heard
    return None


def _in_a_row(text: str) -> list[Heard]:
    """The command that a clause is, or the two of which it consists: speech has no commas."""
    one = _clause(text)
    if one is not None:
        return [one]
    said = plain_words(text).split()
    if len(said) > IN_A_ROW:
        return []
    for place in range(1, len(said)):
        first, second = _clause(" ".join(said[:place])), _clause(" ".join(said[place:]))
        if first is not None and second is not None:
            return [first, second]
    return []


def command_in(text: str) -> Heard | None:
    """The command that a message is, and nothing else; None for any other message."""
    if len(text) > LONGEST or words.DESPAIR.search(plain_words(text)):
        return None
    whole = _clause(text)
    if whole is not None:
        return whole
    found: list[Heard] = []
    rest = [part for part in words.CUT.split(text) if part.strip()]
    strange = False
    for part in rest:
        heard = _in_a_row(part)
        found += heard
        strange = strange or (not heard and bool(_bare(part)))
    if strange:
        wholly = words.WHOLLY.search(plain_words(text))
        if wholly is None:
            return None
        said = wholly.group()
        gives_up = re.search(r"forget|mind", said) is not None
        return Heard(Command.STOP if gives_up else Command.LATER)
    if not found:
        return None
    later = [one for one in found if one.command is Command.LATER]
    if later:
        return Heard(Command.LATER, weak=all(one.weak for one in found))
    return found[-1]


def gives_up_first(text: str) -> str | None:
    """What follows a command to leave what was begun: "no, that's not what I meant. I want a new
    bin" gives "I want a new bin". None when no such command comes first, or nothing follows."""
    parts = re.split(r"[,.;:!?\n]+", text, maxsplit=2)
    if parts and not _bare(parts[0]) and len(parts) > 2:
        # "No, not that, ...": the small talk in front is cut off as well.
        parts = parts[1:]
    if len(parts) < 2:
        return None
    heard = _clause(parts[0])
    rest = text[text.index(parts[0]) + len(parts[0]) :].strip(" ,.;:!?\n")
    leaves = heard is not None and heard.command in {Command.NOT_THAT, Command.STOP}
    return rest if leaves and len(rest.split()) > 1 else None
