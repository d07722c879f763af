"""Telephone numbers, references and plates said in words, written in digits."""

from __future__ import annotations

import re

from casework.adapters.reading.references import plate_of
from casework.adapters.reading.spoken import REPEATS, TEENS, TENS, UNITS, Piece, digit_runs, spelt
from telephony.spoken_letters import Heard, spelt_out

ALIKE = {"to": "two", "too": "two", "for": "four", "ate": "eight", "won": "one", "free": "three",
          "date": "eight", "hate": "eight", "state": "eight",
          "oh": "zero", "o": "zero", "nil": "zero", "naught": "zero"}  # fmt: skip
_NUMBER_WORDS = frozenset({*UNITS, *TEENS, *TENS, *REPEATS, "hundred", "thousand", "and", "plus"})
_FILLED = re.compile(
    r"^(?:(?:(?:it's|it is|its|that's|yes|the|my|is|um|er|erm|number|reference|account|case|ref|"
    r"registration|reg|plate|car|please|thanks|thank you)\b|[ ,.:])+)|"
    r"(?:[ ,.]+(?:please|thanks|thank you))?[ ,.]*$",
    re.IGNORECASE,
)


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
    known = all(word in _NUMBER_WORDS or word in ALIKE or word.isdigit() for word in bare)
    if not known or sure * 2 < len(bare):
        return re.sub(r"(?i)\b(?:oh|o)(?= (?:oh|o)\b)", "zero", text)
    return re.sub(r"(?i)\b[a-z]+\b", lambda m: ALIKE.get(m[0].lower(), m[0]), text)


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
