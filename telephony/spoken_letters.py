"""Letters and digits said one by one: what each word of a recogniser may stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from casework.adapters.reading.spoken import REPEATS, TEENS, TENS, UNITS

LONGEST = 8
"""Characters that are looked for; a postcode and a plate have at most seven."""

_WORD = re.compile(r"[A-Za-z0-9]+(?:'[A-Za-z]+)?")
_BETWEEN = re.compile(r"[\s.,;:/-]*")
SPELLING = dict(
    zip(
        "alpha alfa bravo charlie charley delta echo foxtrot fox golf hotel india juliet juliett "
        "kilo lima leema mike november oscar papa quebec romeo sierra tango uniform victor whiskey "
        "whisky xray yankee zulu".split(),
        "aabccdeffghijjkllmnopqrstuvwwxyz",
        strict=True,
    )
)
_SURE_NAMES = {
    "pee": "p", "ell": "l", "el": "l", "bee": "b", "cee": "c", "dee": "d", "eff": "f", "gee": "g",
    "aitch": "h", "haitch": "h", "jay": "j", "kay": "k", "em": "m", "en": "n", "cue": "q",
    "queue": "q", "ess": "s", "tee": "t", "vee": "v", "ex": "x", "zed": "z", "zee": "z",
}  # fmt: skip
_ALIKE = {
    "pea": "p", "peas": "p", "peel": "pl", "pill": "pl", "pal": "pl", "pale": "pl", "pel": "pl",
    "eh": "a", "hey": "a", "ay": "a", "hay": "a", "be": "b", "see": "c", "sea": "c", "he": "e",
    "eye": "i", "aye": "i", "hell": "l", "are": "r", "our": "r", "as": "s", "tea": "t", "you": "u",
    "we": "v", "axe": "x", "why": "y", "if": "f", "age": "h",
    "to": "2", "too": "2", "for": "4", "fore": "4", "ate": "8", "won": "1", "free": "3",
    "tree": "3", "sex": "6", "oh": "0", "nil": "0", "naught": "0",
}  # fmt: skip
_NUMBERS = frozenset({*UNITS, *TEENS, *TENS})
_SMALL_WORDS = frozenset(
    "am an as at be by do ed go he hi if in is it me my no of ok on or so to up us we".split()
)


@dataclass(frozen=True)
class Heard:
    """Characters that words may spell, in capitals; `guesses` counts those only heard alike.

    `start` and `end` count characters of the text.
    """

    text: str
    start: int
    end: int
    guesses: int = 0
    digits: int = 0


@dataclass(frozen=True)
class _Option:
    """What words may stand for; `taken` is how many, `sure` whether nothing else is as likely."""

    text: str
    taken: int
    sure: bool


def spelt_out(text: str) -> Iterator[Heard]:
    """Every run of up to eight letters and digits that neighbouring words may spell.

    "p l four" gives P, PL, PL4, L, L4 and 4. Words that are not letters end a run, and so do
    marks other than those a recogniser sets between letters.
    """
    found = list(_WORD.finditer(text))
    options = [list(_options(found, at)) for at in range(len(found))]
    for at, word in enumerate(found):
        yield from _runs(text, found, options, at, Heard("", word.start(), word.start()))


def may_be_letters(word: str) -> bool:
    """Whether a word may be letters by their names or by likeness, as "l" and "pea" are."""
    return len(word) == 1 or word.lower() in {**SPELLING, **_SURE_NAMES, **_ALIKE}


def letter_of(word: str) -> str:
    """The character that a small word names or sounds like; empty when none."""
    return (SPELLING.get(word) or _SURE_NAMES.get(word) or _ALIKE.get(word, ""))[:1].upper()


def _runs(
    text: str,
    found: list[re.Match[str]],
    options: list[list[_Option]],
    at: int,
    before: Heard,
) -> Iterator[Heard]:
    if at >= len(found) or not _BETWEEN.fullmatch(text, before.end, found[at].start()):
        return
    for option in options[at]:
        joined = before.text + option.text
        if len(joined) > LONGEST:
            continue
        heard = Heard(
            joined,
            before.start,
            found[at + option.taken - 1].end(),
            before.guesses + (not option.sure),
            before.digits + (option.sure and any(c.isdigit() for c in option.text)),
        )
        yield heard
        yield from _runs(text, found, options, at + option.taken, heard)


def _options(found: list[re.Match[str]], at: int) -> Iterator[_Option]:
    word = found[at].group().lower()
    following = found[at + 1].group().lower() if at + 1 < len(found) else ""
    yield from _typed(found[at].group())
    if word in REPEATS and at + 1 < len(found):
        if following == "you" and word == "double":
            yield _Option("W", 2, sure=True)
            return
        for option in _options(found, at + 1):
            if len(option.text) == 1:
                repeated = option.text * REPEATS[word]
                yield _Option(repeated, option.taken + 1, sure=True)
        return
    if len(word) == 1 and word.isalpha():
        yield from _as_in(word, [m.group().lower() for m in found[at + 1 : at + 4]])
    number = _number(word, following)
    if number:
        yield number
    if word in ("x", "ex") and following == "ray":
        yield _Option("X", 2, sure=True)
    if word in SPELLING or word in _SURE_NAMES:
        yield _Option((SPELLING.get(word) or _SURE_NAMES[word]).upper(), 1, sure=True)
    if word in _ALIKE:
        yield _Option(_ALIKE[word].upper(), 1, sure=False)


def _typed(written: str) -> Iterator[_Option]:
    """What stands there as it is: "pl47aa", "PL4", "7", "aa"; but "so" and "me" are words."""
    lowered = written.lower()
    if not written.isalnum() or (written.isalpha() and len(written) > 3) or lowered in _NUMBERS:
        return
    named = lowered in _SURE_NAMES or lowered in _ALIKE
    small = not written.isupper() and (named or lowered in _SMALL_WORDS or len(written) == 3)
    yield _Option(written.upper(), 1, sure=not small)


def _as_in(letter: str, following: list[str]) -> Iterator[_Option]:
    """ "p for peter", "a as in apple"."""
    for lead in (["for"], ["like"], ["as", "in"]):
        word = following[len(lead)] if len(following) > len(lead) else ""
        if following[: len(lead)] == lead and word.startswith(letter) and len(word) > 1:
            yield _Option(letter.upper(), len(lead) + 2, sure=True)


def _number(word: str, following: str) -> _Option | None:
    if word in TENS:
        unit = UNITS.get(following, 0)
        return _Option(str(TENS[word] + unit), 2 if unit else 1, sure=True)
    if word in TEENS or word in UNITS:
        return _Option(str(TEENS.get(word, UNITS.get(word))), 1, sure=True)
    return None
