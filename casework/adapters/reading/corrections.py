"""Corrections: what a resident puts right, and which answer they mean."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from casework.adapters.reading.choices import tokens_of
from casework.adapters.reading.spoken import clean
from casework.domain.catalogue import Field

_LEAD = re.compile(
    r"^(?:(?:oh|no+(?! one\b)|nope|sorry|wait|hang on|hold on|actually|er+m?|um+|i'm sorry|"
    r"my mistake|oops|whoops|correction|"
    r"apologies|i mean|i meant|what i meant (?:was|is)|let me correct that|that'?s (?:wrong|"
    r"not right|incorrect)|"
    r"that is (?:wrong|incorrect)|it'?s wrong|wrong|incorrect|i (?:said|meant to say|"
    r"made a mistake)|"
    r"scratch that|not quite|well|but|can (?:you|i|we) change (?:it|that) to|"
    r"(?:please )?change (?:it|that) to|"
    r"make (?:it|that)|it (?:should|needs to|ought to) (?:be|say|read)|should be|"
    r"it'?s actually|it is actually|"
    r"it'?s supposed to be|(?:the|my) (?:\w+ ){0,3}(?:should be|needs to be|is actually)|"
    r"it was|it'?s|it is|"
    r"that should be|that'?s supposed to be|that was|you(?:'ve)? (?:got|have) (?:it|"
    r"that) wrong|please|then)"
    r"(?:[ ,.:;!-]+|$))+",
    re.IGNORECASE,
)
_NOT_Y = (
    re.compile(
        r"^(?P<keep>.+?)[ ,;-]+(?:and )?(?:not|rather than|instead of)(?: the| a|"
        r" an)? (?P<drop>[^,;]+)$",
        re.IGNORECASE,
    ),
    re.compile(
        r"^(?:it'?s |that'?s |its )?not (?P<drop>[^,;]+?)(?:[,;-]+ ?| but )(?:but |it'?s |"
        r"it is |it should be )*(?P<keep>.+)$",
        re.IGNORECASE,
    ),
    re.compile(r"^not (?:the )?(?P<drop>\S+) (?:it'?s |it is |the )(?P<keep>.+)$", re.IGNORECASE),
)  # fmt: skip
_CORRECTS = re.compile(
    r"\b(?:wrong|incorrect|not right|isn'?t right|change|correct|edit|amend|update|fix|mistake|"
    r"misspelt|misspelled|"
    r"spelt|spelled|should be|not correct|different|alter|redo|again|wasn'?t|typo)\b"
)
_TYPE_WORDS = {
    "address": ("address", "postcode", "post code", "street", "house number", "road"),
    "location": ("location", "place", "street", "where it is", "postcode"),
    "person_name": ("name", "surname", "first name", "last name", "spelling"),
    "contact": ("contact", "phone", "phone number", "number", "mobile", "email", "e-mail"),
    "phone": ("phone", "phone number", "number", "mobile"),
    "email": ("email", "e-mail", "email address"),
    "date": ("date", "day", "when"),
    "date_past": ("date", "day", "when"),
    "registration": ("registration", "reg", "number plate", "plate", "car"),
    "account_ref": ("account number", "account", "reference"),
    "reference": ("reference", "ref"),
    "money": ("amount", "money"),
    "callback_slot": ("time", "slot", "callback"),
}  # fmt: skip


def correction(text: str) -> str:
    """What a correction puts in place: "no sorry, the 12th not the 10th" gives "the 12th"."""
    plain = clean(text)
    stripped = _LEAD.sub("", plain, count=1).strip(" ,")
    for pattern in _NOT_Y:
        match = pattern.match(stripped)
        if match and match["keep"].strip():
            kept = _LEAD.sub("", match["keep"].strip(), count=1).strip(" ,")
            return kept or match["keep"].strip()
    return stripped or plain


def mentions(fields: Sequence[Field], text: str) -> str | None:
    """The id of the field that a resident names when correcting; None when unclear which."""
    tokens = tokens_of(text)
    if not tokens or len(tokens) > 25:
        return None
    scores = {field.id: _score(field, tokens) for field in fields}
    best = max(scores.values(), default=(0, 0.0))
    if best[0] == 0:
        return None
    named = [field_id for field_id, score in scores.items() if score == best]
    return named[0] if len(named) == 1 else None


def speaks_of_correcting(text: str) -> bool:
    """Whether a sentence says that something is wrong or to be changed."""
    return bool(_CORRECTS.search(clean(text).lower()))


def _score(field: Field, tokens: list[str]) -> tuple[int, float]:
    """How plainly tokens name a field: words of the longest name heard, then its likeness."""
    best = (0, 0.0)
    own = (field.id.replace("_", " "), field.label, *field.names)
    for names, weight in ((own, 100.0), (_TYPE_WORDS.get(field.type, ()), 60.0)):
        for name in names:
            stems = [t for t in tokens_of(name) if t[0].isalnum()]
            if not stems or stems == ["the"]:
                continue
            score = _heard(stems, tokens)
            if score:
                best = max(best, (len(stems), weight * score / 100))
    return best


def _heard(stems: list[str], tokens: list[str]) -> float:
    size = len(stems)
    phrase = " ".join(stems)
    scores = [0.0]
    for at in range(len(tokens) - size + 1):
        said = " ".join(tokens[at : at + size])
        if said == phrase:
            return 100.0
        if len(phrase) >= 5:
            score = fuzz.ratio(phrase, said, score_cutoff=85)
            scores.append(score if score >= 85 else 0.0)
    return max(scores)
