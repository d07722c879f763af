"""Postcodes heard nearly: of the council's own, the only one that sounds like what was written."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from casework.adapters.reading.sounding import likeness
from casework.adapters.reading.spoken import REPEATS, TEENS, TENS, UNITS
from telephony.spoken_letters import SPELLING, letter_of
from telephony.spoken_postcodes import AREAS

_ALIKE = ("BCDEGPTVZ3", "FSX", "MN", "AHJK8", "IY59", "QUW2")
"""Letters, and digits, of which a telephone leaves the same: the vowel they share."""
_NAMES = {
    "0": "oh", "1": "one", "2": "two", "3": "three", "4": "four", "5": "five", "6": "six",
    "7": "seven", "8": "eight", "9": "nine",
    "A": "alpha", "B": "bravo", "C": "charlie", "D": "delta", "E": "echo", "F": "foxtrot",
    "G": "golf", "H": "hotel", "I": "india", "J": "juliet", "K": "kilo", "L": "lima", "M": "mike",
    "N": "november", "O": "oscar", "P": "papa", "Q": "quebec", "R": "romeo", "S": "sierra",
    "T": "tango", "U": "uniform", "V": "victor", "W": "whiskey", "X": "x-ray", "Y": "yankee",
    "Z": "zulu",
}  # fmt: skip

SURE, NEAR, SOUNDS, WRONG = 0.0, 0.4, 0.6, 2.0
"""What a character costs that was written so, that is easily taken for it, whose name sounds like
the word, or that is another."""
LEFT_OUT, PASSED = 0.9, 0.15
"""What it costs that a letter was not heard, or that a word says nothing."""
CLEAR, DIM = (1.25, 0.4), (2.2, 1.4)
"""Costs up to which a postcode is recognised, and by how much less it must cost than the next:
what is heard dimly must be without any rival."""
LONGEST_REPLY = 14
"""Words up to which a reply can be a postcode and nothing else."""

_TOKEN = re.compile(r"[A-Za-z]+|[0-9]+")
_FOR = re.compile(
    r"\b([A-Za-z]{1,2}?)(?:[ .]*\b(?:for|fo|fa)\b|4)[ ,.]+(?=[A-Za-z]{3})(?!double|one|two|three|"
    r"four|five|six|seven|eight|nine|zero)",
    re.IGNORECASE,
)
_LOOP = re.compile(r"\b(\w{1,8})(?:[ ,.-]+\1\b){3,}", re.IGNORECASE)
_TOLD = re.compile(r"\b([a-z]) (?:for|as in|like) ([a-z]{2,})", re.IGNORECASE)
_NO = frozenset({"no", "nope", "not", "wrong"})
_WHOLE = re.compile(r"\b([A-Z]{1,2}[0-9][0-9A-Z]?) ([0-9][A-Z]{2})\b")


@dataclass(frozen=True)
class _Token:
    """What one piece of the text may be: characters with their costs, and the cost of nothing."""

    means: Mapping[str, float]
    skipped: float


def with_known_postcodes(text: str, known: Sequence[str], whole_reply: bool, said: str = "") -> str:
    """The text with a postcode that was heard nearly as the one of `known` that it must be.

    `whole_reply` says that a postcode is awaited and nothing else; otherwise only what follows a
    district of the council's ("PL6, ATSL") is looked at. What is no nearer to one than to another
    stays as it was, and so does what was said so that it cannot be another: `said` is the reply as
    the recogniser wrote it.
    """
    written = _WHOLE.search(text)
    if written:
        if written.group() in known or _meant_so(written[1], said):
            return text
        found = _nearest(_tokens(written.group()), known, at_most=NEAR)
        found = found or _without_first(written.group(), known)
        return text if found is None else text[: written.start()] + found + text[written.end() :]
    if whole_reply:
        found = _nearest(_tokens(text), known) if len(text.split()) <= LONGEST_REPLY else None
        return found or text
    districts = {code.split()[0] for code in known}
    for match in re.finditer(r"\b[A-Z]{1,2}[0-9][0-9A-Z]?\b", text):
        if match.group() in districts:
            tail = text[match.start() :]
            own = [code for code in known if code.startswith(f"{match.group()} ")]
            found = _nearest(_tokens(tail), own) if len(tail.split()) <= LONGEST_REPLY else None
            if found:
                return text[: match.start()] + found
    return text


def elsewhere(text: str, areas: Sequence[str]) -> bool:
    """Whether a text has a whole postcode of an area that there is, and that is none of these."""
    written = _WHOLE.search(text)
    area = "" if written is None else written[1].rstrip("0123456789")
    return area in AREAS and area not in areas


def _meant_so(outward: str, said: str) -> bool:
    """Whether its first letter was told by a word for it ("golf", "B for Bolton"), or the reply
    begins with a no: then a postcode was put right that we had taken for another."""
    words = re.findall(r"[a-z]+", said.lower())
    told = {SPELLING[word].upper() for word in words if word in SPELLING}
    told |= {match[1].upper() for match in _TOLD.finditer(said) if match[1][0] == match[2][0]}
    return outward[0] in told or bool(words and words[0] in _NO)


def _without_first(written: str, known: Sequence[str]) -> str | None:
    """The only one that ends so, where the first letter was not heard: "L4 7AA" is "PL4 7AA"."""
    longer = [code for code in known if code[1:] == written and not code[1].isdigit()]
    return longer[0] if len(longer) == 1 else None


def _nearest(tokens: Sequence[_Token], known: Sequence[str], at_most: float = DIM[0]) -> str | None:
    ranked = []
    for code in known:
        compact = code.replace(" ", "")
        # Both digits are heard, or nothing was.
        digits = [sign for sign in compact if sign.isdigit()]
        if all(any(token.means.get(sign, WRONG) < WRONG for token in tokens) for sign in digits):
            ranked.append((_cost(compact, tokens), code))
    ranked.sort()
    if not ranked or ranked[0][0] > at_most:
        return None
    cost, code = ranked[0]
    rival = ranked[1][0] if len(ranked) > 1 else WRONG * len(code)
    recognised = any(cost <= most and rival - cost >= ahead for most, ahead in (CLEAR, DIM))
    return code if recognised else None


def _cost(code: str, tokens: Sequence[_Token]) -> float:
    """The least that it costs to take the tokens for a code."""
    row = [WRONG * at for at in range(len(code) + 1)]
    row[1] = LEFT_OUT
    for token in tokens:
        before, row = row, [row[0] + token.skipped]
        for at, sign in enumerate(code):
            row.append(
                min(
                    before[at] + token.means.get(sign, WRONG),
                    before[at + 1] + token.skipped,
                    row[at] + (WRONG if sign.isdigit() else LEFT_OUT),
                )
            )
    return row[-1]


def _tokens(text: str) -> list[_Token]:
    text = _LOOP.sub(r"\1", _FOR.sub(r"\1 for ", text))
    words = [match.group() for match in _TOKEN.finditer(text)]
    tokens: list[_Token] = []
    at = 0
    while at < len(words):
        word = words[at].lower()
        following = words[at + 1].lower() if at + 1 < len(words) else ""
        if word in REPEATS and following:
            again = _of_word(words[at + 1])
            tokens += again[:1] * REPEATS[word]
            at += 2
        elif following == "for" and len(word) <= 2 and at + 2 < len(words):
            # Of "p for Peter" the name is heard best.
            tokens.append(_character(words[at + 2][0].upper(), sure=True))
            at += 3
        else:
            tokens += _of_word(words[at])
            at += 1
    return tokens


def _of_word(written: str) -> list[_Token]:
    """A word as characters: those it is written with, a number, a name, or what sounds alike."""
    word = written.lower()
    number = UNITS.get(word, TEENS.get(word, TENS.get(word)))
    if number is not None:
        return [_character(sign, sure=True) for sign in str(number)]
    sign = letter_of(word)
    if sign:
        return [_character(sign, sure=True)]
    if written.isdigit():
        return [_character(sign, sure=True) for sign in written]
    for name in UNITS:
        # A recogniser writes two characters as one word: "sevena".
        if word.startswith(name) and 0 < len(word) - len(name) <= 2:
            return [_character(str(UNITS[name]), sure=True), *_of_word(word.removeprefix(name))]
    if len(word) <= 4 and not _says_a_vowel(word):
        return [_character(sign, sure=True) for sign in written.upper()]
    means = {}
    for sign, name in _NAMES.items():
        alike = likeness(word, name)
        if alike >= 0.6:
            means[sign] = SOUNDS - 0.5 * (alike - 0.6)
    return [_Token(means, PASSED)]


def _says_a_vowel(word: str) -> bool:
    """Whether letters can be read as a word: "send" can, "atsl" and "dl" cannot."""
    return len(word) > 1 and bool(
        re.fullmatch("[^aeiou]{0,2}[aeiou]+[^aeiou]{1,2}[aeiou]?|[^aeiou]{1,2}[aeiou]+", word)
    )


def _character(sign: str, sure: bool) -> _Token:
    means = {other: NEAR for group in _ALIKE if sign in group for other in group}
    means[sign] = SURE if sure else NEAR
    return _Token(means, 0.6)
