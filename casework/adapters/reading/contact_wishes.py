"""How and when residents say they may be contacted: "only after six", "text only", "never leave a
message"."""

from __future__ import annotations

import re
from datetime import time

from casework.adapters.reading.clock_times import FIRST, LAST, asked_span
from casework.adapters.reading.spoken import clean
from casework.domain.contact_wishes import EVERY_DAY, ContactWishes

_REACH = r"(?:ring|call|phone|text|e-?mail|contact|reach|message|get (?:hold of|back to)|" \
    r"get in touch with|write to)"  # fmt: skip
_NOT = r"(?:don'?t|do not|never|please not|not to|rather you didn'?t|can'?t)"
_OTHERS = re.compile(
    r"\b(?:he|she|they|who|people|someone|somebody|nobody|neighbou?rs?|kids|it|i|we|you|did|didn'?t)"
    r"(?: (?:always|only|still|keep|never|didn'?t|don'?t|would|will|always|tried to|did))* ?$"
)
_NUMBERS = r"(?:home|house|land|work|office|daytime|phone|mobile|number)\w*"
_NO_NUMBER = rf"(?!{_NUMBERS})\w+"
_NO_CALLS = (
    r"\b(?:can'?t|cannot) (?:take|answer|hear|do|manage) (?:on )?(?:phone )?(?:calls|the phone)\b"
)
_ONCE = re.compile(
    r"\b(?:today|tonight|tomorrow|next|later|back|now|"
    r"this (?:morning|afternoon|evening|week|minute))\b"
)
"""Words of what is wanted this once: that is agreed as the call is arranged."""

_OF_THEM = re.compile(
    rf"\b{_REACH}(?: (?:only|just|up))? (?:me|us|(?:my|our) {_NUMBERS})\b|"
    r"\b(?:best|good|better|easiest|only) (?:time|day|way)s? (?:to|for) |"
    r"\bi(?:'m| am|'ll be| will be| can be) (?:only )?(?:available|free|contactable|reachable|"
    r"reached|contacted|at home|home|in)\b|"
    rf"\b(?:please |only |just ){_REACH}(?! (?:box|message|number))\b|"
    rf"\b{_NOT} {_REACH}\b(?! (?:my|the|him|her|them|a|an|his|their) {_NO_NUMBER})|"
    rf"^(?:please )?{_REACH} (?:any ?time|after|before|between|on|in the|at)\b|{_NO_CALLS}|"
    r"\byou can (?:only )?{_REACH}\b|"
    r"\b(?:calls|texts|e-?mails) only\b|\b(?:no|only) (?:calls|texts|e-?mails|phone calls)\b"
)
_ELLIPTIC = re.compile(
    r"\b(?:only|but|not|please|after|before|between|any ?time|weekdays?|evenings?|mornings?|"
    r"afternoons?|weekends?|never)\b"
)
"""What may stand alone as a reply to how or where somebody is reached."""

_ASKED = frozenset({"contact", "phone", "preference", "preference_details"})
"""Questions to which hours alone are a wish. When to ring this once is not: that is agreed."""

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY = re.compile(rf"\b(not |never |except |apart from )?(?:on )?(?:a )?({'|'.join(_DAYS)})s?\b")
_WEEKDAYS = re.compile(
    r"\b(?:week ?days|in the week|during the week|mon(?:day)?s? to fri(?:day)?s?)\b"
)
_WEEKENDS = re.compile(r"\b(?:at )?(?:the )?week ?ends?\b")
_TIMED = re.compile(
    r"\b(?:before|after|until|till|from|between|mornings?|afternoons?|evenings?|nights?)\b"
)
_WAYS = {
    "text": r"(?:texts?|sms|text messages?)",
    "email": r"(?:e-?mails?)",
    "phone": r"(?:ring|rings|calls?|phone|phone calls?|telephone)",
    "post": r"(?:post|letters?)",
}
_MESSAGE = re.compile(
    rf"\b(?:{_NOT}|no|without) (?:ever )?(?:leav(?:e|ing) )?(?:me )?(?:an? |any )?"
    r"(?:voice ?mails?|voice messages?|answer ?phone messages?|messages?\b)"
)
_NUMBER = re.compile(
    rf"\b(?:{_NOT} (?:{_REACH}|use)(?: me)?|not)(?: on| at)? (?:my |the |our )"
    r"?(?P<which>home|house|land ?line|work|office|daytime)(?: (?:number|phone|line))?\b"
)
_FORMATS = {
    "large_print": r"(?:large|big|bigger|giant) (?:print|letters|font|type)",
    "braille": r"braille",
    "audio": r"(?:audio|an audio format|on cd)",
    "easy_read": r"easy ?read",
    "other_language": r"(?:polish|arabic|kurdish(?: sorani)?|romanian|ukrainian|portuguese|chinese|"
    r"mandarin|cantonese|spanish|french|bengali|urdu|punjabi|farsi|turkish|russian|lithuanian|"
    r"somali|tigrinya|pashto|dari|vietnamese|hungarian|italian|german)",
}
_SENT = re.compile(
    r"\b(?:letters?|write|written|send|sent|reply|replies|answers?|updates?|post|everything|forms?|"
    r"contact|information)\b"
)
_PARTS = re.compile(
    r"[.;!?\n]+|,? \bbut\b|,? \band (?=(?:please )?(?:never|don'?t|do not|no |only))"
)


def contact_wishes(text: str, asks: str | None = None) -> ContactWishes:
    """What a resident's message says of how and when to contact them; `asks` is the field they
    were asked for, if any. What is meant for others, or past, is no wish."""
    found = ContactWishes()
    for part in _PARTS.split(clean(text).lower()):
        if part and part.strip():
            wish = _of_part(part.strip(" ,"), asks)
            if wish:
                found = found.then(wish)
    return found


def _of_part(part: str, asks: str | None) -> ContactWishes:
    match = _OF_THEM.search(part)
    meant = match is not None and not _OTHERS.search(part[: match.start()])
    meant = meant or re.search(_NO_CALLS, part) is not None
    elliptic = asks in _ASKED and _ELLIPTIC.search(part) is not None
    wish = ContactWishes(
        no_message=_MESSAGE.search(part) is not None,
        not_to=frozenset(_place(one["which"]) for one in _NUMBER.finditer(part)),
        format=_format(part),
    )
    if meant or elliptic:
        wish = wish.then(_when(part)).then(_how(part, bool(wish.not_to or wish.no_message)))
    return wish.then(ContactWishes(said=(part,))) if wish else wish


def _place(said: str) -> str:
    return "work" if said in {"work", "office", "daytime"} else "home"


def _format(part: str) -> str | None:
    for name, words in _FORMATS.items():
        if re.search(rf"\b(?:in|as|by|into) (?:\w+ )?{words}\b", part) and _SENT.search(part):
            return name
    return None


def _when(part: str) -> ContactWishes:
    if _ONCE.search(part):
        return ContactWishes()
    refused = re.search(rf"\b(?:{_NOT}|no {_REACH}s?)\b", part) is not None
    days = _days(part, refused)
    span = asked_span(part) if _TIMED.search(part) or "only" in part else None
    if span is None or span[0] == span[1]:
        return ContactWishes(days=days)
    start, end = span
    if not refused:
        return ContactWishes(_time(start), _time(end), days)
    # What is left of the day beside the time that is ruled out; a gap in its middle is in `said`.
    if start == FIRST:
        return ContactWishes(start=end, days=days)
    return ContactWishes(end=start, days=days) if end == LAST or end.hour >= 17 else ContactWishes()


def _time(at: time) -> time | None:
    return None if at in {FIRST, LAST} else at


def _days(part: str, refused: bool) -> frozenset[int]:
    named = {_DAYS.index(one[2]) for one in _DAY.finditer(part)}
    if _WEEKDAYS.search(part):
        named = set(range(5))
    elif _WEEKENDS.search(part):
        named = {5, 6}
    but = refused or any(one[1] for one in _DAY.finditer(part)) or "not at week" in part
    return EVERY_DAY - named if but and named else frozenset(named)


def _how(part: str, told: bool) -> ContactWishes:
    """The way: `told` says that what is refused has been understood already, as a number or a
    message, and is not the way as such."""
    timed = _TIMED.search(part) is not None or _DAY.search(part) or _WEEKENDS.search(part)
    for way, words in _WAYS.items():
        only = rf"\b(?:only|just) (?:by |use |contact me by |send me )?{words}\b|" \
            rf"\b(?:by )?{words}(?: me)? only\b|\bonly (?:ever )?{words} me\b"  # fmt: skip
        if re.search(only, part) and not (timed and way == "phone"):
            return ContactWishes(only_by=way)
    not_by = frozenset(
        way
        for way, words in _WAYS.items()
        if re.search(rf"\b(?:{_NOT}(?: send(?: me)?)?|no) {words}\b", part)
    )
    if re.search(_NO_CALLS, part):
        not_by |= {"phone"}
    return ContactWishes() if told or timed else ContactWishes(not_by=not_by)
