"""House and flat numbers said in words, written in digits."""

from __future__ import annotations

import re
from dataclasses import dataclass

from casework.adapters.reading.gazetteer import STREET_TYPES, SUFFIXES
from casework.adapters.reading.spoken import REPEATS, TEENS, TENS, UNITS
from telephony.spoken_numbers import ALIKE

_WORD = re.compile(r"[A-Za-z0-9']+|[^\w\s]")
_ALIKE_IN_HOUSES = {**ALIKE, "hey": "eight", "hay": "eight", "a": "eight"}
"""Those and what only a house number is taken for: "it's a 01752 668000" has no eight before it."""
_ALIKE_FIRST = frozenset({"free", "won", "ate", "date", "hate", "state", "hey", "hay", "a"})
"""Of these, what nobody begins an address with: "free Harbour Street"."""

_BEFORE_NUMBER = frozenset({"number", "flat", "apartment", "unit", "house"})
_LEADS_IN = re.compile(
    r"(?:^|[,.:]|\b(?:at|it's|it is|its|address is|live at|that's|um|er|erm|yes))"
    r"[ ,]*$",
    re.IGNORECASE,
)
_NOT_STREETS = frozenset(
    """on near in at by outside opposite of the from to along down up and across between behind
    for with have has is are was were it that there this my next""".split()
)
_COUNTED = frozenset(
    """o'clock hundred thousand people pm am years days weeks months moment second minute time times
    lane quid pounds bed bedroom bags more other off weekly""".split()
)
_NO_PLACE = frozenset("no any every each which this that only".split())
LONGEST_ADDRESS = 16
"""Words up to which a reply can be an address and nothing else."""

_TYPES = STREET_TYPES | frozenset(SUFFIXES)
_ORDINAL = re.compile(
    r"^((?:it's |number )?[0-9]{1,3})(?:st|nd|rd|th)\b[ ,.]+(?=[A-Za-z'.]+ [A-Za-z])"
    r"(?!(?:floor|flat|avenue|street|road|century)\b)",
    re.IGNORECASE,
)
"""A house number before its street is written as a date: "13th North Road East"."""
_MARKED = re.compile(rf"^([0-9]{{1,3}}|{'|'.join(sorted(_ALIKE_FIRST))})[.,] (?=\w)", re.IGNORECASE)
"""A mark between a house number and its street is the recogniser's."""


@dataclass(frozen=True)
class _Number:
    """A number said in words: its digits, and how many words it takes. `parts` are where a
    second number may begin: how many words lie before it, and the digits up to there."""

    digits: str
    taken: int
    parts: tuple[tuple[int, str], ...]


def with_house_numbers(text: str, whole_address: bool) -> str:
    """House and flat numbers as digits: "flat two, one oh six north hill" has 2 and 106.

    `whole_address` says that an address is awaited and nothing else; otherwise a number counts
    only before a street or after "number". A number that belongs to a name ("Seven Trees Court")
    stays.
    """
    if whole_address:
        text = _MARKED.sub(r"\1 ", _ORDINAL.sub(r"\1 ", text))
    found = list(_WORD.finditer(text))
    words = [match.group().lower() for match in found]
    out, end, at = [], 0, 0
    while at < len(found):
        number = _house_number(text, found, words, at, whole_address)
        if number is None:
            at += 1
            continue
        written, first, taken = number
        out += [text[end : found[first].start()], written]
        at += taken
        end = found[at - 1].end()
    return "".join(out) + text[end:]


def _house_number(
    text: str, found: list[re.Match[str]], words: list[str], at: int, whole: bool
) -> tuple[str, int, int] | None:
    """The digits for a number at a word, the first word they replace, the words read from `at`."""
    before = words[at - 1] if at else ""
    named = before in _BEFORE_NUMBER
    following = words[at + 1] if at + 1 < len(words) else ""
    street = at < 2 and whole and before == "number" and _street_follows(words, at + 1)
    alone = before == "flat" and len(words) == 2
    if (
        named
        and words[at] in _ALIKE_IN_HOUSES
        and (street or alone or following[:1] in set(",0123456789"))
    ):
        words = [*words[:at], _ALIKE_IN_HOUSES[words[at]], *words[at + 1 :]]
    if whole and at == 0 and words[at] in _ALIKE_FIRST and _street_follows(words, at + 1):
        words = [_ALIKE_IN_HOUSES[words[at]], *words[1:]]
    number = _number_at(words, at)
    if number is None or before in _NO_PLACE or (before.isdigit() and not named):
        return None
    number = _without_name(words, at, number)
    # Whoever asks for the emergency line gives no house number.
    if number is None or number.digits == "999":
        return None
    flat = before in ("flat", "apartment", "unit")
    split = next(
        ((n, d) for n, d in number.parts if words[at + n] not in ("zero", "oh", "o")), None
    )
    if flat and split and _street_follows(words, at + number.taken):
        rest = number.digits[len(split[1]) :]
        return f"{split[1]}, {rest}", at, number.taken
    letter, more = _letter(words, at + number.taken)
    placed = named or (
        whole and _is_placed(text[: found[at].start()], words, at + number.taken + more)
    )
    if not (placed or _street_follows(words, at + number.taken + more)):
        return None
    first = at - 1 if before == "number" and whole and at < 2 else at
    if words[at].isdigit() and number.taken == 1 and not more and first == at:
        return None
    comma = "," if flat and letter and _number_at(words, at + number.taken + more) else ""
    return number.digits + letter + comma, first, number.taken + more


def _is_placed(before: str, words: list[str], after: int) -> bool:
    """Whether a number stands where an address begins: not "my son is five, so ..."."""
    lead = _LEADS_IN.search(before)
    if lead is None or len(words) > LONGEST_ADDRESS:
        return False
    following = words[after] if after < len(words) else ""
    if following == "-" or (following.isalpha() and words[after - 1] == "one"):
        return False
    if not following.isalpha():
        return not _LEADS_IN.sub("", before).strip(" ,.")
    return following not in _NOT_STREETS | _COUNTED


def _number_at(words: list[str], at: int) -> _Number | None:
    """The number words that begin at a word, joined as house numbers are read out."""
    digits, taken, parts = "", 0, []
    while True:
        one, more = _one_number(words, at + taken, bool(digits))
        if not more:
            break
        if digits:
            parts.append((taken, digits))
        digits, taken = digits + one, taken + more
    return _Number(digits, taken, tuple(parts)) if digits and len(digits) <= 6 else None


def _one_number(words: list[str], at: int, inside: bool) -> tuple[str, int]:
    """ "one hundred and six", "twenty two", "oh" inside a number, "double one", "106"."""
    word = words[at] if at < len(words) else ""
    following = words[at + 1] if at + 1 < len(words) else ""
    if word.isascii() and word.isdigit():
        return word, 1
    if inside and word in ("oh", "o", "zero", "nought"):
        return "0", 1
    if word in REPEATS and UNITS.get(following):
        return str(UNITS[following]) * REPEATS[word], 2
    if (UNITS.get(word) or (word == "a" and not inside)) and following == "hundred":
        joined = at + 2 < len(words) and words[at + 2] == "and"
        rest, more = _below_hundred(words, at + 2 + joined)
        return str(UNITS.get(word, 1) * 100 + rest), 2 + (joined and bool(more)) + more
    value, taken = _below_hundred(words, at)
    return (str(value), taken) if taken else ("", 0)


def _below_hundred(words: list[str], at: int) -> tuple[int, int]:
    word = words[at] if at < len(words) else ""
    if word in TENS:
        hyphen = at + 1 < len(words) and words[at + 1] == "-"
        unit = UNITS.get(words[at + 1 + hyphen], 0) if at + 1 + hyphen < len(words) else 0
        return TENS[word] + unit, 2 + hyphen if unit else 1
    if UNITS.get(word):
        return UNITS[word], 1
    return (TEENS[word], 1) if word in TEENS else (0, 0)


def _without_name(words: list[str], at: int, number: _Number) -> _Number | None:
    """The number without its last part when that begins a name, as in "14 Five Ways"."""
    after = words[at + number.taken] if at + number.taken < len(words) else ""
    plural = after.endswith("s") and len(after) > 3 and after not in _TYPES and "'" not in after
    if not plural:
        return number
    if not number.parts:
        return number if words[at].isdigit() else None
    taken, digits = number.parts[-1]
    return _Number(digits, taken, number.parts[:-1])


def _street_follows(words: list[str], at: int) -> bool:
    """Whether a name and a kind of street come next."""
    for place, word in enumerate(words[at : at + 3]):
        if word in _NOT_STREETS | _COUNTED or not word[0].isalpha():
            return False
        if place and word in _TYPES:
            return True
    return False


_LETTERS = {
    "of": "a", "eh": "a", "ay": "a", "hey": "a", "be": "b", "bee": "b", "see": "c", "sea": "c",
    "dee": "d", "he": "e",
}  # fmt: skip
"""Letters after a house number, as they sound: "seven of Penlee Place" is 7A."""


def _letter(words: list[str], at: int) -> tuple[str, int]:
    """The letter of "fourteen b elm road", where it cannot be a word of the street."""
    word = words[at] if at < len(words) else ""
    letter = _LETTERS.get(word, word)
    if not re.fullmatch("[a-h]", letter):
        return "", 0
    ends = at + 1 == len(words) or words[at + 1] in (",", ".") or _number_at(words, at + 1)
    return (letter, 1) if ends or _street_follows(words, at + 1) else ("", 0)
