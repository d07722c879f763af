"""Corrections: what a resident puts right, and which answer they mean."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from casework.adapters.reading.choices import tokens_of
from casework.adapters.reading.spoken import clean
from casework.domain.fields import Field

_FAINT = r"oh|er+m?|um+|well|but|then|please|it was|it'?s|it is|it should be|that was|and"
# What a clause may say is wrong: without a noun of ours "the light is wrong" would correct.
_NOUN = (
    r"(?:(?:old|new|first|last|full|middle|house|flat|account|phone|mobile|contact|email|"
    r"e-mail|street|car|number|collection|moving|move|start|end|birth|second|claim|case) ){0,2}"
    r"(?:date(?: of birth)?|day|month|year|time|slot|name|surname|spelling|address|post ?code|"
    r"street|road|place|location|house|home|flat|number|phone|mobile|e-?mail|reg|registration|plate|account|"
    r"reference|ref|amount|answer|bin|contact(?: details)?|landlord|landlady|employer|reason|pest|"
    r"college|university|tenure)"
)
_ASKS = r"(?:(?:please|(?:can|could|would) (?:you|i|we)|i(?:'d like| would like| want| need) to) )*"
_PLAIN = (
    r"(?:yes|yeah|yep|yup|ok|okay|right)[ ,]+(?:but|except|only|apart from)|"
    r"no+(?! one\b)|nope|i'm sorry|sorry|wait|hang on|hold on|actually|my mistake|oops|whoops|"
    r"correction|apologies|i mean|i meant|what i meant (?:was|is)|let me correct that|"
    r"that'?s (?:wrong|not right|incorrect)|that is (?:wrong|incorrect)|it'?s wrong|wrong|"
    r"incorrect|"
    r"i (?:said|meant to say|made a mistake)|scratch that|not quite|"
    rf"{_ASKS}(?:change|correct|put) (?:it|that|(?:the|my|our) {_NOUN}) (?:in)?to|"
    rf"{_ASKS}make (?:it|that)|"
    rf"(?:the|my|our) {_NOUN}(?:'s| is)(?: actually)? spel(?:t|led)"
    r"(?! (?:wrong|incorrectly|like|with|differently)\b)|"
    r"(?:it|that) (?:should|needs to|ought to) (?:be|say|read)|should be|it'?s actually|"
    r"it is actually|(?:it|that)'?s supposed to be|you(?:'ve)? (?:got|have) (?:it|that) wrong|"
    r"(?:the|my) (?:\w+ ){0,3}(?:should be|needs to be|is actually)"
)
_END = r"(?:[ ,.:;!-]+|$)"
_LEAD = re.compile(rf"^(?:(?:{_PLAIN}|{_FAINT}){_END})+", re.IGNORECASE)
_CORRECTIVE = re.compile(rf"^(?:(?:{_FAINT}){_END})*(?:{_PLAIN}){_END}", re.IGNORECASE)
_WRONG = re.compile(
    rf"^(?:(?:{_PLAIN}|{_FAINT}){_END})*"
    rf"(?:(?:the|my|our|that) {_NOUN}(?:'s| is| was)(?: spel(?:t|led)| down)?"
    r" (?:wrong|incorrect|not right|not correct|misspel(?:t|led))|"
    r"(?:you(?:'ve| have)?|i(?:'ve| have)?) (?:got|have|put|spelt|gave|given|typed|taken|said|told)"
    rf"(?: you| down)? (?:(?:the|my|our) {_NOUN}(?: down)? wrong|(?:the|my) wrong {_NOUN})|"
    rf"(?:that'?s|it'?s|that is|it is) the wrong {_NOUN})[ ,.:;!-]+(?=\w)",
    re.IGNORECASE,
)
_NOT_Y = (
    re.compile(
        r"^(?P<keep>.+?)[ ,;-]+(?:and )?(?:not|rather than|instead of)(?: the| a| an)? "
        r"(?P<drop>[^,;]+)$",
        re.IGNORECASE,
    ),
    re.compile(
        r"^(?:it'?s |that'?s |its )?not (?P<drop>[^,;]+?)(?:[,;-]+ ?| but )"
        r"(?:but |it'?s |it is |it should be )*(?P<keep>.+)$",
        re.IGNORECASE,
    ),
    re.compile(r"^not (?:the )?(?P<drop>\S+) (?:it'?s |it is |the )(?P<keep>.+)$", re.IGNORECASE),
    re.compile(r"^not (?P<drop>[0-9]+[a-z]?),? (?P<keep>[0-9]+[a-z]?\b.*)$", re.IGNORECASE),
)
# "The bin was not collected" denies, "PL4 not PL14" corrects: no verb stands before that "not".
_DENIES = re.compile(
    r"\b(?:am|is|are|was|were|be|been|do|does|did|has|have|had|can|could|will|would|should|may|"
    r"might|must|or|if|why|it's|i'm|they're|we're|he's|she's|that's|there's)$",
    re.IGNORECASE,
)
_NO_VALUE = re.compile(
    r"^(?:sure|really|yet|at all|that|too|very|much|now|any|been|being|so|good|happy|only|just)\b",
    re.IGNORECASE,
)
_TYPE_WORDS = {
    "address": (
        "address", "postcode", "post code", "street", "house number", "door number", "flat number",
        "house", "road",
    ),
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


_HOMES = frozenset("house home flat door street road".split())


def correction(text: str) -> str:
    """What a correction puts in place: "no sorry, the 12th not the 10th" gives "the 12th".

    A text that corrects nothing comes back as it is.
    """
    plain = clean(text)
    named = False
    while wrong := _WRONG.match(plain):
        text = plain = plain[wrong.end() :]
        named = True
    stripped = _LEAD.sub("", plain, count=1).strip(" ,")
    for pattern in _NOT_Y:
        match = pattern.match(stripped)
        if match and _puts_right(match["keep"].strip(), match["drop"].strip()):
            kept = match["keep"].strip()
            return _LEAD.sub("", kept, count=1).strip(" ,") or kept
    return stripped if stripped and (named or _CORRECTIVE.match(plain)) else text


def replaced(text: str) -> tuple[str, str] | None:
    """What is put in place of what: "no, PL4 not PL14" gives PL4 and PL14; None for neither."""
    plain = clean(text)
    while wrong := _WRONG.match(plain):
        plain = plain[wrong.end() :]
    stripped = _LEAD.sub("", plain, count=1).strip(" ,.")
    for pattern in _NOT_Y:
        match = pattern.match(stripped)
        if match and _puts_right(match["keep"].strip(), match["drop"].strip()):
            kept = match["keep"].strip()
            return _LEAD.sub("", kept, count=1).strip(" ,.") or kept, match["drop"].strip(" ,.")
    return None


def _puts_right(keep: str, drop: str) -> bool:
    short = 1 <= len(keep.split()) <= 6 and len(drop.split()) <= 6
    return short and not _DENIES.search(keep) and not _NO_VALUE.match(drop)


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


def _score(field: Field, tokens: list[str]) -> tuple[int, float]:
    """How plainly tokens name a field: words of the longest name heard, then its likeness."""
    best = (0, 0.0)
    # "The house is number 12": not the number of a telephone.
    at_home = bool(_HOMES & set(tokens)) and field.type != "address"
    own = (field.id.replace("_", " "), field.label, *field.names)
    for names, weight in ((own, 100.0), (_TYPE_WORDS.get(field.type, ()), 60.0)):
        for name in names:
            stems = [t for t in tokens_of(name) if t[0].isalnum()]
            if not stems or stems == ["the"] or (stems == ["number"] and at_home):
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
