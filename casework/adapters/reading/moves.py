"""Moves told in one sentence: which address is left, and whether both are of one council."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from casework.adapters.reading.premises import TOWNS

OLD = frozenset({"old_address", "old_registration", "old_name"})
NEW = frozenset({"new_address", "new_registration", "new_name"})
_FROM = re.compile(
    r"\b(?:from|leaving|left|out of|moved out of|moving out of|old (?:address|place|house|"
    r"flat)(?: is| was)?|"
    r"used to live (?:at|in)|lived at|selling|sold)\b"
)
_TO = re.compile(
    r"\b(?:to|into|new (?:address|place|house|flat)(?: is| will be)?|moving in(?:to)?|"
    r"moved in(?:to)?|bought|buying|"
    r"now (?:at|live at|living at))\b"
)


def moved(
    spans: Sequence[tuple[int, Any]], plain: str, old: str | None, new: str | None
) -> dict[str, Any]:
    """The addresses that a sentence leaves and goes to, by the words before each."""
    values: dict[str, Any] = {}
    for start, value in spans[:2]:
        before = plain[max(start - 40, 0) : start].lower()
        leaving = max((m.end() for m in _FROM.finditer(before)), default=-1)
        going = max((m.end() for m in _TO.finditer(before)), default=-1)
        name = old if leaving > going else new if going > leaving else None
        if name and name not in values:
            values[name] = value
    return values


_WITH_SOMEONE = re.compile(r"\b(mov\w+|go\w*) in (?=with\b|together\b)", re.IGNORECASE)
_LIVES = r"(?:live|living|lived|based|currently|coming|come) (?:\w+ ){0,2}?(?:in|at)"


def without_joining(plain: str) -> str:
    """A sentence in which "moving in with my sister" says nothing of where."""
    return _WITH_SOMEONE.sub(r"\1 ", plain)


def to_or_from_elsewhere(plain: str, localities: Collection[str]) -> str | None:
    """ "in" for a move from a town of elsewhere, "out" for a move to one; None if unclear.

    `localities` are the names of the council's own parts in small letters.
    """
    towns = "|".join(sorted(TOWNS - set(localities), key=len, reverse=True))
    lowered = plain.lower()
    left = re.search(
        rf"\b(?:from|leaving|out of|{_LIVES}) (?:\w+ (?:in|at) )?(?:{towns})\b", lowered
    )
    rest = lowered.replace(left.group(), " ") if left else lowered
    reached = re.search(rf"\b(?:to|into|in|near|towards) (?:{towns})\b", rest)
    if bool(left) == bool(reached):
        return None
    return "in" if left else "out"


def direction_of(plain: str, found: Mapping[str, Any], localities: Collection[str]) -> str | None:
    """ "within" for a move between two homes, or two parts, of the council's area; else None.

    `localities` are the names of these parts in small letters.
    """
    homes = [found.get(name) for name in ("old_address", "new_address")]
    if all(isinstance(home, dict) and home["matched"] for home in homes):
        return "within"
    named = "|".join(sorted(map(re.escape, localities), key=len, reverse=True))
    if not named:
        return None
    lowered = plain.lower()
    left = re.search(rf"\b(?:from|leaving|out of) (?:\w+ (?:in|at) )?(?:{named})\b", lowered)
    reached = re.search(rf"\b(?:to|into|in) (?:\w+ (?:in|at) )?(?:{named})\b", lowered)
    return "within" if left and reached else None
