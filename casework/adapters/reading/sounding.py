"""How words sound on a telephone, roughly: what a recogniser may take for one another.

A line of 8 kHz cuts off what tells f from s and b, d, p and t apart, and southern British speech
has no r before a consonant. What is left of a word is its code; two codes are more or less near.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

_SPELLINGS = (
    (r"^(?:kn|gn)", "n"), (r"^wr", "r"), (r"tch|ch|sh|(?<=[^s])ti(?=o)", "j"), (r"dge|dg", "j"),
    (r"igh|eigh", "a"), (r"gh", ""), (r"ph|th", "f"), (r"ck|qu|q", "k"), (r"x", "ks"),
    (r"c(?=[eiy])", "s"), (r"c", "k"), (r"g(?=[eiy])", "j"), (r"(?<=[a-z])le?$", "al"),
    (r"(?<=[^aeiouy])e$", ""), (r"r(?![aeiouy])", ""), (r"^h|(?<=[aeiouy])h", ""),
    (r"[aeiouyw]+", "a"),
)  # fmt: skip
_ALIKE = str.maketrans("vzbdgm", "fsptkn")
_DIGITS = dict(
    zip("0123456789", "oh wun too free for fife sicks sefen ate nine".split(), strict=True)
)


LIKELY = 6
"""Words looked at closely, of those whose codes are near."""

OTHER_START = 0.2
"""What it takes from a likeness that the first consonants are others."""


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """The code of a word: voiceless consonants, and one vowel for all."""
    plain = re.sub("[^a-z]", "", re.sub("[0-9]", lambda m: _DIGITS[m[0]], word.lower()))
    for spelling, said in _SPELLINGS:
        plain = re.sub(spelling, said, plain)
    return re.sub(r"(.)\1+", r"\1", plain.translate(_ALIKE))


def likeness(one: str, other: str) -> float:
    """How alike two words sound, from 0 to 1."""
    return _likeness(sound(one), sound(other))


def _likeness(one: str, other: str) -> float:
    if not one or not other:
        return 0.0
    # Vowels are heard worse than consonants.
    cost = Levenshtein.distance(one, other, weights=(1, 1, 2), processor=None)
    vowels = abs(one.count("a") - other.count("a"))
    most = len(one) + len(other)
    # A word is known by how it begins.
    begins = 0.0 if one.lstrip("a")[:1] == other.lstrip("a")[:1] else OTHER_START
    return max(0.0, 1 - begins - (cost - 0.5 * min(vowels, cost)) / most)


def nearest(word: str, known: Iterable[str], at_least: float, ahead: float = 0.1) -> str | None:
    """The one of `known` that a word sounds like; None when none is near enough, or another is
    nearly as near (`ahead`)."""
    code = sound(word)
    codes = {one: sound(one) for one in known}
    likely = process.extract(code, codes, scorer=fuzz.ratio, limit=LIKELY)
    ranked = sorted(((_likeness(code, said), one) for said, _, one in likely), reverse=True)
    if not ranked or ranked[0][0] < at_least:
        return None
    if len(ranked) > 1 and ranked[0][0] - ranked[1][0] < ahead:
        return None
    return ranked[0][1]
