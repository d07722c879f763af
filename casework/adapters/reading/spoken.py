"""What was typed or transcribed, made comparable: clean text, number words, spelt letters."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from casework.domain.storable import with_plain_apostrophes

LONGEST = 2000
"""Characters looked at; the same limit as a message's. What lies beyond is never a value."""

UNITS = {
    "zero": 0, "nought": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5,
    "six": 6, "seven": 7, "eight": 8, "nine": 9,
}  # fmt: skip
TEENS = {
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
SCALES = {"hundred": 100, "thousand": 1000}
REPEATS = {"double": 2, "triple": 3, "treble": 3}
_BETWEEN = {"oh": "0", "o": "0", "nil": "0", "to": "2", "too": "2", "for": "4", "won": "1",
            "ate": "8", "free": "3"}  # fmt: skip
_MARKS = str.maketrans("“”–—‐‑−", '""-----')
_TOKEN = re.compile(r"[0-9]+|[^\W\d_]+(?:['][^\W\d_]+)*|[^\w\s]|_")
_LETTER_NAMES = {
    "ay": "a", "bee": "b", "cee": "c", "see": "c", "sea": "c", "dee": "d", "ee": "e", "eff": "f",
    "gee": "g", "aitch": "h", "haitch": "h", "eye": "i", "jay": "j", "kay": "k", "el": "l",
    "ell": "l", "em": "m", "en": "n", "pea": "p", "pee": "p", "queue": "q", "cue": "q", "are": "r",
    "ess": "s", "tea": "t", "tee": "t", "you": "u", "vee": "v", "ex": "x", "why": "y", "zed": "z",
    "zee": "z",
    "alpha": "a", "alfa": "a", "bravo": "b", "charlie": "c", "delta": "d", "echo": "e",
    "foxtrot": "f", "golf": "g", "hotel": "h", "india": "i", "juliet": "j", "juliett": "j",
    "kilo": "k", "lima": "l", "mike": "m", "november": "n", "oscar": "o", "papa": "p",
    "quebec": "q", "romeo": "r", "sierra": "s", "tango": "t", "uniform": "u", "victor": "v",
    "whiskey": "w", "whisky": "w", "xray": "x", "yankee": "y", "zulu": "z",
}  # fmt: skip
_AS_IN = re.compile(r"\b([a-z])\s+(?:for|as in|like)\s+([a-z]+)\b")


@dataclass(frozen=True)
class Piece:
    """A word, a mark or a number of a text; `start` and `end` count characters of that text."""

    text: str
    start: int
    end: int

    @property
    def is_number(self) -> bool:
        """Whether it stands for digits."""
        return self.text.isascii() and self.text.isdigit()


def clean(text: str) -> str:
    """One line of plain characters: no controls, straight quotes and dashes, ASCII digits."""
    # Apostrophes first: some of them are taken apart as accents.
    text = with_plain_apostrophes(text[:LONGEST])
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).translate(_MARKS)
        text = "".join(_plain_character(c) for c in text)
    text = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(text.split())[:LONGEST]


def _plain_character(character: str) -> str:
    if unicodedata.category(character) in ("Cf", "Cn", "Co", "Cs"):
        return ""
    decimal = unicodedata.decimal(character, None)
    return character if decimal is None else str(decimal)


def words(text: str) -> list[str]:
    """The lower-case words and numbers of a text, without its marks."""
    return [w for w in _TOKEN.findall(clean(text).lower()) if w[0].isalnum()]


def pieces(text: str, homophones: bool = True) -> list[Piece]:
    """Lower-case tokens of a clean text, number words turned into digits.

    With `homophones`, "to" and "for" between numbers are digits as well.
    "flat two one oh six" gives flat, 2, 1, 0, 6; "one hundred and six" gives 106.
    """
    raw = [Piece(m.group().lower(), m.start(), m.end()) for m in _TOKEN.finditer(text)]
    out: list[Piece] = []
    at = 0
    while at < len(raw):
        number, taken = _number_at(raw, at)
        if taken:
            out.append(Piece(number, raw[at].start, raw[at + taken - 1].end))
        else:
            out.append(raw[at])
        at += max(taken, 1)
    return _with_homophones(out) if homophones else out


def _number_at(raw: list[Piece], at: int) -> tuple[str, int]:
    """The digits of the number words that begin at a token, and how many tokens they take."""
    word = raw[at].text
    if word in REPEATS and at + 1 < len(raw):
        following = raw[at + 1].text
        digit = "0" if following in ("oh", "o", "nil") else str(UNITS.get(following, ""))
        if not digit and len(following) == 1 and following in "0123456789":
            digit = following
        return (digit * REPEATS[word], 2) if digit else ("", 0)
    value, taken = _below_hundred(raw, at)
    if not taken:
        return "", 0
    while at + taken < len(raw) and raw[at + taken].text in SCALES:
        scale = SCALES[raw[at + taken].text]
        value, taken = value * scale, taken + 1
        value, taken = _remainder(raw, at, taken, value, scale)
    return str(value), taken


def _remainder(raw: list[Piece], at: int, taken: int, value: int, scale: int) -> tuple[int, int]:
    """Adds "and six" after a hundred; after a thousand also "two hundred" and "twenty six"."""
    after = at + taken
    joined = after < len(raw) and raw[after].text == "and"
    # "nine hundred one two three" is how telephone numbers are read out: only "and" adds.
    if not joined and scale == 100:
        return value, taken
    rest, more = _below_hundred(raw, after + joined)
    if not more or rest == 0:
        return value, taken
    end = after + joined + more
    if scale == 1000 and end < len(raw) and raw[end].text == "hundred":
        rest, more = rest * 100, more + 1
        return _remainder(raw, at, taken + joined + more, value + rest, 100)
    if scale == 1000 and not joined and rest < 10:
        return value, taken
    return value + rest, taken + joined + more


def _below_hundred(raw: list[Piece], at: int) -> tuple[int, int]:
    if at >= len(raw):
        return 0, 0
    word = raw[at].text
    if word in UNITS or word in TEENS:
        return UNITS.get(word, TEENS.get(word, 0)), 1
    if len(word) <= 2 and raw[at].is_number and at + 1 < len(raw) and raw[at + 1].text in SCALES:
        return int(word), 1
    if word in TENS:
        after = at + 1
        if after < len(raw) and raw[after].text == "-":
            after += 1
        if after < len(raw) and UNITS.get(raw[after].text, 0) > 0:
            return TENS[word] + UNITS[raw[after].text], after + 1 - at
        return TENS[word], 1
    return 0, 0


def _with_homophones(tokens: list[Piece]) -> list[Piece]:
    """ "oh" next to a number is a nought; "to" and "for" only with numbers on both sides."""
    out = list(tokens)
    for at, token in enumerate(out):
        digit = _BETWEEN.get(token.text)
        if digit is None:
            continue
        before = at > 0 and out[at - 1].is_number
        after = at + 1 < len(tokens) and tokens[at + 1].is_number
        if (before and after) or (digit == "0" and (before or after)):
            out[at] = Piece(digit, token.start, token.end)
    return out


def digit_runs(text: str, across: str = " -().") -> list[Piece]:
    """Digits that belong together, spoken or typed; `across` are the marks allowed between.

    A leading plus ("plus four four") stays: "+44". Spans are those of the text given.
    """
    runs: list[Piece] = []
    plus: Piece | None = None
    for token in pieces(text):
        if token.is_number:
            last = runs[-1] if runs else None
            if plus is not None:
                runs.append(Piece("+" + token.text, plus.start, token.end))
            elif last is not None and not text[last.end : token.start].strip(across):
                runs[-1] = Piece(last.text + token.text, last.start, token.end)
            else:
                runs.append(token)
            plus = None
        elif token.text in ("+", "plus"):
            plus = token
        elif token.text not in across:
            plus = None
    return runs


def spelt(text: str) -> str:
    """Letters and digits said one by one, joined: "p l one two a a" gives "pl12aa" in one word.

    Other words stay; "double a" doubles, "A for apple" and the spelling alphabets are known.
    """
    text = re.sub(r"\b(?:x|ex)[ -]ray\b", "x", clean(text).lower().replace("double you", "w"))
    text = _AS_IN.sub(_as_in, text)
    out: list[str] = []
    open_run = False
    tokens = pieces(text)
    for at, token in enumerate(tokens):
        word = token.text
        repeat = REPEATS.get(tokens[at - 1].text, 0) if at else 0
        single = _LETTER_NAMES.get(word, word if len(word) == 1 and word.isalpha() else "")
        following = tokens[at + 1].text if at + 1 < len(tokens) else ""
        if word in REPEATS and (following in _LETTER_NAMES or len(following) == 1):
            continue
        value = single * max(repeat, 1) if single else (word if token.is_number else "")
        if value and open_run:
            out[-1] += value
        else:
            out.append(value or word)
        open_run = bool(value)
    return " ".join(out)


def _as_in(match: re.Match[str]) -> str:
    letter, word = match.groups()
    return letter if word.startswith(letter) else match.group()
