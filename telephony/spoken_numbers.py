"""House numbers, telephone numbers and references said in words, written in digits."""

from __future__ import annotations

import re
from dataclasses import dataclass

from casework.adapters.reading.gazetteer import STREET_TYPES, SUFFIXES
from casework.adapters.reading.references import plate_of
from casework.adapters.reading.spoken import REPEATS, TEENS, TENS, UNITS, Piece, digit_runs, spelt
from telephony.spoken_letters import Heard, spelt_out

_WORD = re.compile(r"[A-Za-z0-9']+|[^\w\s]")
_ALIKE = {"to": "two", "too": "two", "for": "four", "ate": "eight", "won": "one", "free": "three",
          "date": "eight", "hate": "eight", "state": "eight",
          "oh": "zero", "o": "zero", "nil": "zero", "naught": "zero"}  # fmt: skip
_ALIKE_IN_HOUSES = {**_ALIKE, "hey": "eight", "hay": "eight", "a": "eight"}
"""Those and what only a house number is taken for: "it's a 01752 668000" has no eight before it."""
_ALIKE_FIRST = frozenset({"free", "won", "ate", "date", "hate", "state", "hey", "hay", "a"})
"""Of these, what nobody begins an address with: "free Harbour Street"."""

_NUMBER_WORDS = frozenset({*UNITS, *TEENS, *TENS, *REPEATS, "hundred", "thousand", "and", "plus"})
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
_FILLED = re.compile(
    r"^(?:(?:(?:it's|it is|its|that's|yes|the|my|is|um|er|erm|number|reference|account|case|ref|"
    r"registration|reg|plate|car|please|thanks|thank you)\b|[ ,.:])+)|"
    r"(?:[ ,.]+(?:please|thanks|thank you))?[ ,.]*$",
    re.IGNORECASE,
)


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


def with_digits(text: str, at_least: int) -> str:
    """Numbers read out digit by digit or in pairs, written in one piece.

    "oh seven seven double oh nine hundred one two three" is 07700900123. A run shorter than
    `at_least` digits stays, unless it is all that was said.
    """
    plain = _as_number_words(text)
    runs = [run for run in digit_runs(plain, " -().,") if _is_one(plain, run)]
    alone = len(runs) == 1 and not _FILLED.sub("", plain[: runs[0].start] + plain[runs[0].end :])
    out, end = [], 0
    for run in runs:
        amount = "." in plain[run.start : run.end]
        if len(run.text) >= (3 if alone and not amount else at_least):
            out += [plain[end : run.start], run.text]
            end = run.end
    return "".join(out) + plain[end:] if out else text


_NOUGHT = re.compile(
    r"(?i)(?<=\bdouble )(?:low|owe|hole|hold|no|know|go)\b"
    r"|(?:^|(?<=it's )|(?<=number is )|(?<=number's ))(?:all|or|go|so|hold|owe|oh|a|l|low)"
    r"(?! 0)(?= (?:double|treble|[0-9]|one|two|three|four|five|six|seven|eight|nine)\b)"
)
"""Words that "oh" is taken for, where a number begins and after "double"."""


def with_first_nought(text: str) -> str:
    """A number of eleven digits with its nought, which a recogniser takes for another: every
    number in the United Kingdom begins with one."""
    return re.sub(r"(?<![0-9+])[1-9](?=[127][0-9]{9}(?![0-9]))", "0", text)


def _is_one(text: str, run: Piece) -> bool:
    """Whether a run can be one number: "2022 to 2024" and two telephone numbers are none."""
    joined = re.search(r"[0-9]{2,} (?:to|for|too) [0-9]", text[run.start : run.end])
    money_or_time = text[: run.start].endswith(("£", ":")) or text[run.end :].startswith(":")
    return len(run.text.lstrip("+")) <= 15 and joined is None and not money_or_time


def _as_number_words(text: str) -> str:
    """ "oh" and, when nothing else was said, "to" and "for" as the numbers they stand for."""
    text = re.sub(r"(?i)\b(double|treble|triple)-(?=\w)", r"\1 ", text)
    text = _NOUGHT.sub("zero", text)
    text = re.sub(r"(?<=[0-9])[Oo]{1,3}\b", lambda m: "0" * len(m[0]), text)
    bare = re.findall(r"[a-z]+|[0-9]+", _FILLED.sub("", text).lower())
    sure = sum(word in _NUMBER_WORDS or word.isdigit() for word in bare)
    known = all(word in _NUMBER_WORDS or word in _ALIKE or word.isdigit() for word in bare)
    if not known or sure * 2 < len(bare):
        return re.sub(r"(?i)\b(?:oh|o)(?= (?:oh|o)\b)", "zero", text)
    return re.sub(r"(?i)\b[a-z]+\b", lambda m: _ALIKE.get(m[0].lower(), m[0]), text)


def with_reference(text: str) -> str:
    """A reference spelt out and nothing else, as "HB204118"; any other answer as it was."""
    compact = re.sub(r"[ .,-]", "", spelt(_FILLED.sub("", text)))
    spoken = re.search(r"(?i)\b(?:[a-z]|double|alpha|bravo|hotel)\b.*\b[a-z]+\b", text)
    fits = re.fullmatch(r"(?=[a-z]*[0-9])(?=[0-9]*[a-z])[a-z0-9]{4,16}", compact)
    letters = re.findall("[a-z]+", compact)
    return compact.upper() if fits and spoken and max(map(len, letters)) <= 4 else text


def with_plate(text: str) -> str:
    """A registration plate spelt out, written as "WA12 ABC"; the rest of the sentence stays.

    Inside a sentence only a plate of today's shape whose letters are sure counts.
    """
    # The end of "seventy one" is written as the letter that it sounds like.
    text = re.sub(r"(?<=[A-Za-z])([2-9])[Tt][Yy]?([1-9])\b", r"\1\2", text)
    # A letter that rings on is written twice, and no plate has four at its end.
    text = re.sub(r"(?i)(?<=[0-9]{2})([ ,.]*)([a-z])([a-z])\3([a-z])\b", r"\1\2\3\4", text)
    text = re.sub(r"(?i)(?<=[0-9]{2})([ ,.]*)([a-z])\2([a-z]{2})\b", r"\1\2\3", text)
    reply = _FILLED.sub("", text).strip(" .")
    best: tuple[tuple[bool, int, int], Heard, str] | None = None
    for heard in spelt_out(text):
        plate = plate_of(heard.text)
        if plate is None or len(plate) < 6:
            continue
        current = bool(re.fullmatch("[A-Z]{2}[0-9]{2}[A-Z]{3}", plate))
        whole = text[heard.start : heard.end].strip(" .") == reply
        if not (whole or (current and not heard.guesses)) or (heard.guesses and not current):
            continue
        rank = (current, heard.end - heard.start, -heard.guesses)
        if best is None or rank > best[0]:
            best = (rank, heard, f"{plate[:4]} {plate[4:]}" if current else plate)
    if best is None:
        return text
    _, heard, written = best
    return text[: heard.start] + written + text[heard.end :]
