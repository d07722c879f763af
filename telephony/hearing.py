"""What a speech recogniser wrote, made into what the resident will have said.

The one rule: words that are right are never damaged. Whatever is not surely a slip of the
recogniser stays as it was, for the reader and for the resident, who hears every value again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from casework.adapters.reading.spoken import clean
from telephony.known_postcodes import elsewhere, with_known_postcodes
from telephony.spoken_dates import with_date_words, with_dates
from telephony.spoken_house_numbers import with_house_numbers
from telephony.spoken_letters import SPELLING
from telephony.spoken_names import with_email, with_spelt_name
from telephony.spoken_numbers import (
    with_digits,
    with_first_nought,
    with_plate,
    with_reference,
)
from telephony.spoken_postcodes import districts_of, with_postcodes

SHORT = 6
"""Words of a reply up to which its full stop is the recogniser's and not the resident's."""

PLACES = frozenset({"address", "location", "postcode"})
FREE = frozenset({"topic", "text", "service"})
YES_NO = frozenset({"yes_no", "confirm", "offer", "satisfied"})
ALONE = {
    "know": "no", "noe": "no", "know know": "no no", "no know": "no no", "know no": "no no",
    "know thanks": "no thanks", "know thank you": "no thank you",
    "mm hmm": "yes", "mhm": "yes", "uh huh": "yes", "uh-huh": "yes", "mm-hmm": "yes",
    "ye": "yes", "yeh": "yes", "yea": "yes", "yess": "yes", "yis": "yes", "s": "yes",
    "yes s": "yes", "ye please": "yes please", "yeh please": "yes please",
    "now": "no", "us": "yes", "u.s": "yes",
}  # fmt: skip
# A recogniser that lost the thread of a postcode writes the same over and over: "PL3, PL3, PL3,
# PL3". A word is said four times by whoever means it: "help", "no", "agent".
_LOOP = re.compile(
    rf"[ ,.-]*\b([a-z]|[a-z]+[0-9]\w*|{'|'.join(SPELLING)})(?:[ ,.-]+\1\b){{3,}}", re.IGNORECASE
)
_ECHO = re.compile(r"(?:hello+[\s,.!?]*){2,}", re.IGNORECASE)
_HESITATION = re.compile(r"^(?:[Uu]+m+|[Uu]+h+(?![ -]huh)|[Ee]+r+m*|[Hh]+mm+)\b[\s,.…-]*")
_STARTS = (
    r"(?=(?:i|i'm|i've|i'd|i'll|we|we're|my|it|it's|its|that's|this|there|there's|the|a|an|"
    r"yes|yeah|no|number|flat|not|you|um|er|erm|about|on|please|can|could|is|[0-9]+)\b)"
)
# Nobody begins an answer to a yes or no question with "know".
_KNOW = re.compile(r"^know\b(?!-)", re.IGNORECASE)
_US = re.compile(r"^u\.?s\.?(?= (?:please|that's|thanks|thank)\b)\s*", re.IGNORECASE)
_WELL = re.compile(rf"^well(?:[,.…]+\s*|\s+{_STARTS})", re.IGNORECASE)
_SO_LIKE = re.compile(rf"^(?:so|like)(?:[,.…]+\s*|\s+{_STARTS})", re.IGNORECASE)


@dataclass(frozen=True)
class Words:
    """What a resident will have said. `guessed`: a postcode that there may be elsewhere was taken
    for one of the council's, so that it is asked about."""

    text: str
    guessed: bool = False


def heard_words(
    text: str,
    asks: str | None,
    kind: str | None,
    areas: Sequence[str] = (),
    postcodes: Sequence[str] = (),
    question: str = "",
) -> Words:
    """What a resident will have said, of what a recogniser wrote.

    `asks` is the field or the word of the contract that was asked for, `kind` its type; `areas`
    are the council's postcode areas ("PL"), `postcodes` those it has; `question` is what was asked:
    where it says "now", that is no slip for "no". Empty when the line only echoed ("hello?
    hello?").
    """
    plain = clean(text)
    if _ECHO.fullmatch(plain):
        return Words("")
    wanted = kind or asks or "topic"
    if wanted in PLACES:
        plain = _LOOP.sub("", plain).strip(" ,") or plain
    plain = _without_stop(plain)
    if wanted in PLACES | FREE:
        plain = with_postcodes(plain, areas, wanted in PLACES, districts_of(postcodes))
    written = plain
    if wanted in PLACES:
        plain = with_known_postcodes(plain, postcodes, wanted == "postcode", said=text)
    guessed = plain != written and elsewhere(written, areas)
    return Words(_mended(_without_hesitation(plain, wanted), wanted, asks, question), guessed)


def _mended(plain: str, wanted: str, asks: str | None, question: str) -> str:
    """The words with what a recogniser makes of answers to such a question put right."""
    if wanted in YES_NO or asks in YES_NO:
        plain = _US.sub("yes ", _KNOW.sub("no", plain))
        alone = plain.lower().strip(" ,.!?")
        # "Is it happening right now?" "Now."
        meant_so = alone == "now" and re.search(r"(?i)\bnow\b", question)
        return plain if meant_so else ALONE.get(alone, plain)
    mends = _BY_KIND.get(wanted)
    return _without_stop(mends(plain)) if mends else plain


def _without_stop(text: str) -> str:
    short = len(text.split()) <= SHORT and text.endswith(".") and not text.endswith("..")
    return text[:-1].rstrip() if short else text


def _without_hesitation(text: str, wanted: str) -> str:
    """Without "um" and its like at the start, as long as something remains."""
    rest = text
    for _ in range(4):
        patterns = [_WELL] if wanted in FREE else [_WELL, _SO_LIKE]
        # A plate or a claim may begin with these letters: "ER 12 ABC", but never "erm".
        if not (wanted in ("registration", "reference") and re.match(r"(?i)(?:er|um) ?\d", rest)):
            patterns.append(_HESITATION)
        for pattern in patterns:
            shorter = pattern.sub("", rest, count=1)
            rest = shorter if re.search(r"\w", shorter) else rest
    return rest


def _telephone(text: str) -> str:
    return with_first_nought(with_digits(text, at_least=6))


def _date(text: str) -> str:
    return with_dates(with_date_words(text))


def _contact(text: str) -> str:
    return with_email(text) or _telephone(text)


def _email(text: str) -> str:
    return with_email(text) or text


def _number(text: str) -> str:
    return with_digits(text, at_least=5)


def _reference(text: str) -> str:
    return with_reference(text)


def _address(text: str) -> str:
    return with_house_numbers(text, whole_address=True)


def _location(text: str) -> str:
    return with_house_numbers(text, whole_address=False)


_BY_KIND: Mapping[str, Callable[[str], str]] = {
    "address": _address,
    "location": _location,
    "date": _date,
    "date_past": _date,
    "date_of_birth": _date,
    "phone": _telephone,
    "contact": _contact,
    "email": _email,
    "person_name": with_spelt_name,
    "account_ref": _number,
    "case_ref": _number,
    "reference": _reference,
    "registration": with_plate,
}
