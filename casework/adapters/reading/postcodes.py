"""Postcodes as typed, spoken and transcribed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from casework.adapters.reading.spoken import clean, pieces, spelt

_OUTWARD = r"(?:[A-PR-UWYZ][0-9][0-9A-HJKPS-UW]?|[A-PR-UWYZ][A-HK-Y][0-9][0-9ABEHMNPRV-Y]?)"
_FULL = re.compile(rf"\b({_OUTWARD})[ .,-]*([0-9][ABD-HJLNP-UW-Z]{{2}})\b", re.IGNORECASE)
_OUTWARD_ONLY = re.compile(rf"^{_OUTWARD}$", re.IGNORECASE)
_SPACED = re.compile(r"\b[a-z] ?[a-z]? ?[0-9](?: ?[0-9a-z])? ?[0-9] ?[a-z] ?[a-z]\b", re.IGNORECASE)
_HOMOPHONES = re.compile(
    r"(?<=[0-9])\s*\b(to|too|for|ate|won|o|oh)\b(?=\s*(?:double|[a-z]{1,2}\b))"
    r"|(?<=\b[a-z])\s+\b(to|too|for|ate|won)\b(?=\s*[0-9])"
)
_HOMOPHONE_DIGIT = {"to": "2", "too": "2", "for": "4", "ate": "8", "won": "1", "o": "0", "oh": "0"}
_SPOKEN_DIGIT = "zero|oh|one|two|three|four|five|six|seven|eight|nine"
_BETWEEN_LETTERS = (
    (re.compile(r"\bcapital(?: letter)?s? "), ""),
    (re.compile(r"\b([a-z])\.(?=\s?[a-z0-9])"), r"\1 "),
    (re.compile(r"(?<=[0-9])\.(?=\s?[a-z]\b)"), " "),
    (
        re.compile(
            rf"\b({_SPOKEN_DIGIT}|[a-z0-9]{{1,2}}), (?={_SPOKEN_DIGIT}\b|[a-z0-9]{{1,3}}\b)"
        ),
        r"\1 ",
    ),
    (re.compile(r"\bi (?=think|believe|guess|mean|live|know|am|have|suppose)"), ""),
)
"""What a recogniser or a careful speaker sets between letters, and what goes in its place."""


@dataclass(frozen=True)
class FoundPostcode:
    """A postcode in canonical form, and the text that is left without it."""

    postcode: str
    rest: str


def find_postcode(text: str) -> FoundPostcode | None:
    """The first postcode in a text, in any shape; "p l one to double a" is "PL1 2AA".

    The last three characters are the inward part (Royal Mail's format).
    """
    plain = clean(text)
    for pattern in (_FULL, _SPACED):
        for match in pattern.finditer(plain):
            postcode = canonical(match.group())
            if postcode:
                rest = plain[: match.start()] + " , " + plain[match.end() :]
                return FoundPostcode(postcode, rest)
    return _spoken(plain)


def canonical(text: str) -> str | None:
    """A postcode as "PL1 2AA", or None when the letters and digits are not one."""
    compact = re.sub(r"[^A-Za-z0-9]", "", text).upper()
    match = _FULL.fullmatch(compact)
    return f"{match[1]} {match[2]}" if match else None


def outward_only(text: str) -> str | None:
    """The first half of a postcode said alone, as in "PL4"."""
    compact = spelt(clean(text)).replace(" ", "").upper().rstrip(".")
    return compact if _OUTWARD_ONLY.match(compact) else None


def looks_like_postcode(text: str) -> bool:
    """Whether a reply tries to be a postcode: short, with both letters and digits."""
    compact = re.sub(r"[^a-z0-9]", "", spelt(text))
    return 4 <= len(compact) <= 9 and bool(re.search(r"[0-9]", compact)) and compact[:1].isalpha()


def _spoken(plain: str) -> FoundPostcode | None:
    lowered = plain.lower()
    if not re.search(
        r"\b(?:double|[a-z]|ate|too?|for|one|two|three|four|five|six|seven|eight|nine)\b", lowered
    ):
        return None
    for said, meant in _BETWEEN_LETTERS:
        lowered = said.sub(meant, lowered)
    mended = _HOMOPHONES.sub(lambda m: " " + _HOMOPHONE_DIGIT[m[1] or m[2]], _digits_in(lowered))
    joined = re.sub(r"\b([a-z]{1,2}) (?=[0-9])", r"\1", spelt(mended))
    joined = re.sub(r"(?<=[0-9]) (?=[abd-hjlnp-uw-z]{2}\b)", "", joined)
    match = re.search(
        rf"(?:^|\s)({_OUTWARD} ?[0-9][ABD-HJLNP-UW-Z]{{2}})(?=$|\s|[.,!?])", joined, re.IGNORECASE
    )
    if match is None:
        return _tail_of(joined)
    postcode = canonical(match[1])
    rest = joined[: match.start()] + " , " + joined[match.end() :]
    return FoundPostcode(postcode, rest) if postcode else None


def _tail_of(joined: str) -> FoundPostcode | None:
    """A postcode glued by speech to the letters or number before it."""
    for word in re.findall(r"[a-z0-9]{6,12}", joined):
        for length in (7, 6, 5):
            postcode = canonical(word[-length:]) if re.search("[0-9][a-z]{2}$", word) else None
            if postcode and not word[:-length].strip("0123456789"):
                rest = joined.replace(word, word[:-length] + " , ", 1)
                return FoundPostcode(postcode, rest)
    return None


def _digits_in(text: str) -> str:
    """The text with number words as digits, all else as it was."""
    out, end = [], 0
    for token in pieces(text):
        out.append(text[end : token.start])
        out.append(token.text if token.is_number else text[token.start : token.end])
        end = token.end
    return "".join(out) + text[end:]
