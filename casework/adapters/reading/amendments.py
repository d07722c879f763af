"""Amendments: a value held, with the one part put right that a resident names or replaces."""

from __future__ import annotations

import re
from typing import Any

from rapidfuzz import fuzz

from casework.adapters.reading.corrections import replaced
from casework.adapters.reading.spoken import clean, digit_runs

PLACES = frozenset({"address"})
NUMBERS = frozenset({"contact", "phone"})
NAMES = frozenset({"person_name"})
WRITTEN = NAMES | frozenset({"email"})

_AT_END = re.compile(
    r"(?i)\b(?:with|has|have|there'?s|got|needs?|add)? ?(?:an?|the letter|letter) "
    r"['\"]?([a-z])['\"]? (?:at|on) the end\b"
)
_WITHOUT = re.compile(
    r"(?i)\b(?:without|no|drop|lose|take off) (?:an?|the|the letter) ['\"]?([a-z])['\"]?(?:'s)?"
    r"(?: (?:at|on) the end)?\b"
)
_LETTER_FOR = re.compile(
    r"(?i)\bwith (?:an? )?['\"]?([a-z])['\"]?,? (?:and )?(?:not|instead of|rather than) "
    r"(?:with )?(?:an? )?['\"]?([a-z])['\"]?\W*$"
)
_TWICE = re.compile(
    r"(?i)\b(?:with|has|have|it'?s|there'?s|got)(?: a)? (?:two|2|double) ([a-z])(?:'?s)?\b"
)
_ONCE = re.compile(
    r"(?i)\b(?:with|has|have|it'?s|there'?s|got)(?: only| just)? (?:one|1|a single) ([a-z])\b"
)
_WITH_LETTER = re.compile(r"(?i)\bwith (?:an? )['\"]?([a-z]|ph)['\"]?(?: in it)?\W*$")
_SOUNDS_LIKE = {
    "y": ("i", "ie"), "i": ("y",), "k": ("c", "ch"), "c": ("k", "s"), "z": ("s",), "s": ("z", "c"),
    "f": ("ph",), "ph": ("v", "f"), "v": ("ph", "f"), "j": ("g",), "g": ("j",),
}  # fmt: skip
"""Letters by those that sound alike in names."""
_ENDS = re.compile(
    r"(?i)\b(?:ends?|ending|finishes)\b(?: in| with)?(?P<after>.+)$"
    r"|^(?P<before>.+?)\b(?:at|on) the end\b"
)
_HOUSE = re.compile(
    r"(?i)\b(?:(?:house|door|flat) ?number|number of (?:the|my) house)(?:'s| is| was| should be| "
    r"needs to be|:)?(?: wrong[, ]+)?(?: it'?s| it is)?(?: actually)? (?P<number>[0-9]+ ?[a-z]?)\b"
)
_POSTCODE_PART = re.compile(r"(?i)^[a-z]{1,2}[0-9][a-z0-9]?$|^[0-9][a-z]{2}$")
_NEARLY = 80
"""How alike (0 to 100) a word said is to the one of a name that it is meant for."""
_LEAST_DIGITS, _MOST_DIGITS = 2, 6


def amended(kind: str, held: Any, text: str) -> str | None:
    """The value held for a field of type `kind` as text, with its part put right; None when the
    sentence amends nothing in it."""
    if not held:
        return None
    if kind in PLACES and isinstance(held, dict):
        return _place(held, text)
    if kind in NUMBERS and isinstance(held, str) and held.startswith("+"):
        return _number(held, text)
    if kind in NAMES and isinstance(held, str):
        return _name(held, text)
    return None


def _pair(text: str) -> tuple[str, str] | None:
    """What replaces what, digits as digits."""
    found = replaced(text)
    if found is None:
        return None
    keep, drop = (_as_digits(part) for part in found)
    return (keep, drop) if keep and drop and keep.lower() != drop.lower() else None


def _as_digits(part: str) -> str:
    plain = re.sub(r"(?i)^(?:number|no\.?|the|a|an|it'?s|it is|it ends|ends|in) ", "", clean(part))
    runs = digit_runs(plain)
    words = re.findall(r"[a-z]+", plain.lower())
    if len(runs) == 1 and (not words or runs[0].text not in plain):
        return runs[0].text
    return plain.strip(" ,.'\"")


def _place(held: dict[str, Any], text: str) -> str | None:
    lines = [str(line) for line in held.get("lines", ())]
    postcode = str(held.get("postcode") or "")
    if not lines:
        return None
    house = _HOUSE.search(_with_digits(text))
    if house is not None:
        number = re.sub(r"\s", "", house["number"]).upper()
        first, count = re.subn(r"^(?:(Flat) )?\d+[A-Za-z]?\b", number, lines[0], count=1)
        return ", ".join([first, *lines[1:], postcode]) if count else None
    pair = _pair(text)
    if pair is None:
        return None
    keep, drop = pair
    if re.fullmatch(r"[0-9]+[a-z]?", drop) and re.match(r"[0-9]+[a-z]? [a-z]", keep.lower()):
        # "Not 14, 12 Elm Road": the street stays as it is.
        rest = keep.lower().split()[1:]
        keep = keep.split()[0] if " ".join(rest) in " ".join(lines).lower() else keep
    code = _postcode(postcode, keep, drop)
    if code is not None:
        # The house has to be looked for under the new postcode.
        return ", ".join([*lines, code])
    whole = re.compile(rf"(?<!\w){re.escape(drop)}(?!\w)", re.IGNORECASE)
    for place, line in enumerate(lines):
        new, count = whole.subn(keep, line, count=1)
        if count:
            named = re.search(r"[a-z]{3}", drop, re.IGNORECASE)
            # In another street the postcode is another one.
            kept = "" if named else postcode
            return ", ".join(
                part for part in [*lines[:place], new, *lines[place + 1 :], kept] if part
            )
    return None


def _with_digits(text: str) -> str:
    plain = clean(text)
    for run in reversed(digit_runs(plain)):
        plain = plain[: run.start] + run.text + plain[run.end :]
    return plain


def _postcode(postcode: str, keep: str, drop: str) -> str | None:
    """The postcode with one of its halves, or all of it, replaced."""
    compact = [re.sub(r"\s", "", part).upper() for part in (keep, drop)]
    if not postcode or " " not in postcode:
        return None
    out, inner = postcode.split()
    if not _POSTCODE_PART.fullmatch(compact[0]) or compact[1] not in {out, inner}:
        return None
    return f"{compact[0]} {inner}" if compact[1] == out else f"{out} {compact[0]}"


def _number(held: str, text: str) -> str | None:
    """A telephone number with its last digits, or a row of digits in it, replaced."""
    national = "0" + held[3:] if held.startswith("+44") else held
    pair = _pair(text)
    if pair is not None:
        # "The 13th not the 12th" is a day.
        plain = all(re.fullmatch(r"[\d ]+", part) for part in pair)
        keep, drop = (part.replace(" ", "") if plain else "" for part in pair)
        fits = _LEAST_DIGITS <= len(drop) <= _MOST_DIGITS and len(keep) == len(drop)
        if fits and national.endswith(drop):
            return national[: -len(drop)] + keep
        if fits and national.count(drop) == 1:
            return national.replace(drop, keep)
        return None
    ends = _ENDS.search(clean(text))
    if ends is None:
        return None
    runs = digit_runs((ends["after"] or ends["before"] or "").strip())
    digits = runs[0].text if len(runs) == 1 else ""
    if not _LEAST_DIGITS <= len(digits) <= _MOST_DIGITS or national.endswith(digits):
        return None
    return national[: -len(digits)] + digits


def _name(held: str, text: str) -> str | None:
    """A name with a word, or a letter, put right."""
    words = held.split()
    letter = _AT_END.search(text)
    if letter is not None:
        place = _meant(words, text)
        if words[place].lower().endswith(letter[1].lower()):
            return None
        return _with_word(words, place, words[place] + letter[1].lower())
    swap = _LETTER_FOR.search(text)
    if swap is not None:
        place, new, old = _meant(words, text), swap[1].lower(), swap[2].lower()
        if words[place].lower().count(old) != 1:
            return None
        return _with_word(words, place, words[place].lower().replace(old, new).capitalize())
    without = _WITHOUT.search(text)
    if without is not None:
        place, gone = _meant(words, text), without[1].lower()
        if words[place].lower().count(gone) == 1:
            return _with_word(words, place, words[place].lower().replace(gone, "").capitalize())
        return None
    for pattern, before, after in ((_TWICE, 1, 2), (_ONCE, 2, 1)):
        counted = pattern.search(text)
        if counted is not None:
            return _counted(words, _meant(words, text), counted[1].lower(), before, after)
    with_letter = _WITH_LETTER.search(text)
    if with_letter is not None:
        return _other_letter(words, text, with_letter[1].lower())
    pair = _pair(text)
    if pair is None:
        return None
    keep, drop = pair
    lowered = [word.lower() for word in words]
    if drop.lower() not in lowered or not re.fullmatch(
        r"[^\W\d_][\w'-]*(?: [^\W\d_][\w'-]*)?", keep
    ):
        return None
    return _with_word(
        words, lowered.index(drop.lower()), keep if keep[:1].isupper() else keep.title()
    )


def _other_letter(words: list[str], text: str, letter: str) -> str | None:
    """The name spelt with a letter that it has not: "Smith with a y", "Ann with an e"."""
    place = _meant(words, text)
    word = words[place].lower()
    if letter in word:
        return None
    sounds = [one for one in _SOUNDS_LIKE.get(letter, ()) if word.count(one) == 1]
    if len(sounds) == 1:
        return _with_word(words, place, word.replace(sounds[0], letter).capitalize())
    if letter == "e" or (letter == "h" and word.endswith("a")):
        return _with_word(words, place, f"{words[place]}{letter}")
    return None


def _counted(words: list[str], place: int, letter: str, before: int, after: int) -> str | None:
    """The name with a letter once instead of twice, or the other way about."""
    word = words[place].lower()
    if letter * 2 in word and before == 1:
        return None
    if word.count(letter * before) != 1:
        return None
    mended = word.replace(letter * before, letter * after)
    return _with_word(words, place, mended.capitalize())


def _meant(words: list[str], text: str) -> int:
    """The word of a name that a sentence is about: one it says, the first, or else the last."""
    said = {word.lower() for word in re.findall(r"[\w'-]+", text)}
    for place, word in enumerate(words):
        if len(word) > 1 and word.lower() in said:
            return place
    near = [
        place
        for place, word in enumerate(words)
        if any(fuzz.ratio(word.lower(), one) >= _NEARLY for one in said)
    ]
    if len(near) == 1:
        return near[0]
    return 0 if re.search(r"(?i)\bfirst name\b", text) else len(words) - 1


def _with_word(words: list[str], place: int, word: str) -> str:
    return " ".join([*words[:place], word, *words[place + 1 :]])
