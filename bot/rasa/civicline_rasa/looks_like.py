"""Whether a text has the look of an answer of the kind that was asked for.

Only the look: whether the value is right is for the fields of casework to say. `looks_like` is
generous; `plainly_is` wants nothing else in the message, and is what outweighs a safety label.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from civicline_rasa.phrasing import (
    Choice,
    is_question,
    matching_choices,
    place_in_list,
    tidy,
    words,
)

_NUMBERS = (
    "zero oh nought one two three four five six seven eight nine ten eleven twelve thirteen "
    "fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy "
    "eighty ninety hundred thousand double triple half"
)
NUMBER_WORDS = frozenset(_NUMBERS.split())
_MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december|"
    "jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec"
)
_DAYS = "(?:mon|tues?|wednes|thurs?|fri|satur|sun)day|mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun"
_DAY_PARTS = "today|tomorrow|yesterday|tonight|now|already|week|fortnight|month|year|weekend"
DATE = re.compile(
    rf"\d|\b(?:{_MONTHS}|{_DAYS}|{_DAY_PARTS}|first|second|third|last|next|ago|christmas|easter|"
    r"\w+(?:teenth|tieth|ieth|fth|xth|nth|ghth|enth|eth))\b"
)
_DATE_FILL = re.compile(
    rf"^(?:\d[\d/.\-]*(?:st|nd|rd|th)?|{_MONTHS}|{_DAYS}|{_DAY_PARTS}|first|second|third|last|next|"
    r"this|ago|the|of|on|a|an|in|it|was|is|it's|its|since|from|about|around|and|days?|weeks?|"
    rf"months?|years?|morning|evening|afternoon|{_NUMBERS.replace(' ', '|')}|\w+(?:th|ieth))$"
)
_STREETS = (
    r"road|rd|street|st|lane|ln|avenue|ave|close|drive|crescent|terrace|place|square|court|way|hill|"
    r"gardens|grove|park|parade|row|walk|mews|rise|view|green|quay|embankment|roundabout|bypass"
)
POSTCODE = re.compile(r"\b[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}\b")
_NEAR = re.compile(
    r"\b(?:outside|opposite|near|nearby|next to|behind|in front of|beside|alongside|corner of|"
    r"between|junction|halfway|just past|end of|top of|bottom of|by the|at the|on the|"
    r"here|my location|this spot|round(?:about)?)\b"
)
PLACE = re.compile(
    rf"{POSTCODE.pattern}|\b\d+[a-z]?,?\s+(?:[a-z]|\d)|\b(?:{_STREETS})\b|\b(?:flat|apartment)\s+\w"
)
_PLAIN_PLACE = re.compile(
    r"^(?:(?:it's|its|i live at|i'm at|at|on)\s+)?"
    r"(?:(?:flat|apartment)\s+\w+,?\s+)?(?:\d+[a-z]?,?\s+)?"
    r"(?:(?!at\b|on\b|in\b|is\b|a\b|my\b|has\b)[a-z']+\s+){1,3}"
    rf"(?:{_STREETS})\b[a-z\d ,]{{0,30}}$"
)
# In the name of a street or building these say nothing of danger.
_STREET_DANGER = re.compile(r"\b(?:fire|police|ambulance|gas)\s(?=station|house|works|lane|street)")
# Words of danger that tell of none: "I got cut off", "my phone's about to die".
_IDIOM = re.compile(
    r"\b(?:i|we|you|got|get|been|was|were|keeps?|kept)(?: get(?:s|ting)?| got| was| were| keep)?"
    r" cut(?:ting)?(?: me| us)? off\b(?! (?:by|from)\b)"
    r"|\b(?:phone|mobile|battery|charge|tablet|laptop)(?:'s| is| has)?(?: just)?"
    r"(?: about to| going to| gonna| nearly| almost)? ?(?:die|dies|dying|dead|died)\b"
    r"|\b(?:be|being) the death of me\b|\bhang (?:on|up)\b|\bhung up on\b|\brelay uk\b"
    r"|\bdying (?:to (?:hear|know|speak|talk|ask|get|see|find)|for a)\b"
    r"|\bdead (?:easy|simple|tired)\b"
)
_DANGER = re.compile(
    r"\b(?:kill\w*|die|dying|dead|suicid\w*|hurt\w*|fire|gas|leak\w*|smell\w*|attack\w*|bleed\w*|"
    r"overdose\w*|knife|stab\w*|gun|weapon|abus\w*|rape\w*|homeless|evict\w*|beat\w*|hit\w*|"
    r"unconscious|breath\w*|emergency|ambulance|police|help|scared|danger\w*|trapped|explo\w*|999)\b"
)
_TIMES = frozenset(
    "last this the in at on since from about around yesterday today tonight tomorrow now just "
    "morning afternoon evening night nights teatime tea time dinnertime lunchtime midnight noon "
    "midday day week weekend month year hour hours ago monday tuesday wednesday thursday friday "
    "saturday sunday january february march april may june july august september october november "
    "december early late a couple of few days weeks first thing before it was no yes".split()
)
_SMALL = frozenset("last this the in at on since from about around just a of it was no yes".split())
_BEFORE_NUMBER = frozenset("number no it's its the er um at house flat".split())
_NO_NUMBERS = frozenset({"0", "zero", "oh", "nought", "999", "112", "101", "111"})
_NUMBER_WORDS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety "
    "hundred and oh double".split()
)
_YES_NO = frozenset(
    """
    yes yeah yep yup yea ya aye no know nope nah sure ok okay correct right wrong true false
    please thanks thank you definitely absolutely course indeed fine not sometimes maybe
    """.split()
)
_CONFIRM = re.compile(
    r"\b(?:wrong|not right|isn't right|should be|should say|actually|change (?:the|my|it|that)|"
    r"make it|put it|"
    r"incorrect|mistake|apart from|except|all good|that's it|go ahead|send it|i said)\b"
)
_NAME_START = re.compile(
    r"^(?:(?:my|the|his|her|their|full) (?:full )?name(?:'s| is| was)|name(?:'s| is)|call me|"
    r"i was called|under the name of)\s+"
)
_NAME_SOFT_START = re.compile(r"^(?:it's|its|it is|i'm|im|i am|this is|yes|yeah|um|er|just)\s+")
_NAME_END = re.compile(r"[\s,]+(?:please|thanks|thank you|here|speaking)[.!]*$")
_NOT_NAMES = frozenset(
    """
    a an the i to my me we he she he's she's they you your it is are was be am do does did don't
    can can't could would will not no have has had been need want wants help report pay paying
    book order get got please how what when where why which there here this that of for from in on
    at with and or but about bin bins council tax road street house moving moved moving missed
    hole light card number someone something somebody agent operator person human again repeat
    sorry hello hi thanks bye died dead passed away lost broken dumped permit badge benefit rent
    repair homeless blocked complain complaint tell ask cancel stop speak talk his her their yes
    sure back later tomorrow today
    """.split()
)
_CONTACT = re.compile(
    r"@|\bat \w+ dot\b|\b(?:e-?mail|this number|same number|calling (?:from|on))\b"
)
_CALLBACK = re.compile(
    r"\b(?:morning|afternoon|evening|lunch\w*|any ?time|after|before|o'?clock|noon|midday|am|pm|"
    r"asap|as soon|whenever|later)\b"
)
_MONEY = re.compile(r"[£\d]|\b(?:pounds?|quid|pence|grand)\b")
_RATING = re.compile(
    r"[1-5]|\b(?:stars?|out of|excellent|great|good|okay|ok|poor|bad|terrible|fine|awful)\b"
)
_SEVERAL = re.compile(
    r"\b(?:all|both|every\w*|none|neither|any|don't know|unsure|other|the \w+ one|that one)\b"
)


def digits_heard(text: str) -> int:
    """How many digits were typed or spoken; "double two" counts as two."""
    typed = sum(character.isdigit() for character in text)
    return typed + sum(word in NUMBER_WORDS for word in words(text))


def _is_name(text: str) -> bool:
    tidied = _NAME_END.sub("", tidy(text).strip(" .!,"))
    given = _NAME_START.sub("", tidied)
    if given != tidied:
        return True
    parts = words(_NAME_SOFT_START.sub("", tidied))
    long = [part for part in parts if len(part) > 1]
    if not parts or len(long) > 5 or any(part in _NOT_NAMES for part in long):
        return False
    return not any(character.isdigit() for character in tidied)


def _is_place(text: str) -> bool:
    tidied = tidy(text)
    return bool(PLACE.search(tidied)) or (len(words(text)) <= 3 and _is_name(text))


def _is_yes_no(text: str) -> bool:
    heard = words(text)
    return bool(heard) and heard[0] in _YES_NO - {"not", "thank", "you", "please", "thanks"}


def _is_choice(text: str, choices: Sequence[Choice]) -> bool:
    if matching_choices(text, choices) or _SEVERAL.search(tidy(text)):
        return True
    return place_in_list(text, len(choices)) is not None


def _has_digits(text: str) -> bool:
    return digits_heard(text) > 0


_TESTS = {
    "person_name": _is_name,
    "contact": lambda text: bool(_CONTACT.search(tidy(text))) or digits_heard(text) >= 5,
    "phone": lambda text: digits_heard(text) >= 3 or bool(_CONTACT.search(tidy(text))),
    "email": lambda text: bool(_CONTACT.search(tidy(text))),
    "address": _is_place,
    "location": lambda text: _is_place(text) or bool(_NEAR.search(tidy(text))),
    "date": lambda text: bool(DATE.search(tidy(text))),
    "date_past": lambda text: bool(DATE.search(tidy(text))),
    "yes_no": _is_yes_no,
    "confirm": lambda text: _is_yes_no(text) or bool(_CONFIRM.search(tidy(text))),
    "offer": _is_yes_no,
    "satisfied": _is_yes_no,
    "rating": lambda text: bool(_RATING.search(tidy(text))) or _has_digits(text),
    "account_ref": _has_digits,
    "reference": _has_digits,
    "case_ref": _has_digits,
    "digits": _has_digits,
    "registration": _has_digits,
    "money": lambda text: bool(_MONEY.search(tidy(text))) or _has_digits(text),
    "postcode": lambda text: bool(POSTCODE.search(tidy(text))) or _has_digits(text),
    "callback_slot": lambda text: bool(_CALLBACK.search(tidy(text)) or DATE.search(tidy(text))),
}


_NUMBERED = frozenset(
    "account_ref case_ref reference registration digits phone contact money".split()
)


def looks_corrective(text: str) -> bool:
    """Whether, said to a read-back, it is about what was read back rather than something new."""
    return bool(_CONFIRM.search(tidy(text)))


def looks_like(kind: str | None, text: str, choices: Sequence[Choice] = ()) -> bool:
    """Whether the text could be an answer of that kind; free text may be all but a question."""
    if kind == "text":
        return not is_question(text)
    if kind in _TESTS and _TESTS[kind](text):
        return True
    return bool(choices) and _is_choice(text, choices)


def sounds_dangerous(text: str) -> bool:
    """Whether a word of it may tell of danger."""
    plain = _IDIOM.sub("", _STREET_DANGER.sub("", tidy(text)))
    return _DANGER.search(plain) is not None


def is_idiom(text: str) -> bool:
    """Whether it has words of danger that tell of none, and no others."""
    return _IDIOM.search(tidy(text)) is not None and not sounds_dangerous(text)


def is_bare_time(text: str) -> bool:
    """Whether it tells a time and nothing else: "last night", "this morning". What happened then
    is not in it, whatever mostly happens at night."""
    said = words(text)
    named = any(word in _TIMES - _SMALL for word in said)
    return named and all(word in _TIMES or word in _NUMBER_WORDS or word.isdigit() for word in said)


def is_bare_number(text: str) -> bool:
    """Whether it is a number and nothing else: "9", "number nine", "14b". Nought asks for a
    person, and some numbers for help."""
    said = [word for word in words(text) if word not in _BEFORE_NUMBER]
    if not 1 <= len(said) <= 4 or "".join(said) in _NO_NUMBERS:
        return False
    return all(re.fullmatch(r"[0-9]+[a-h]?", word) or word in _NUMBER_WORDS for word in said)


def plainly_is(kind: str | None, text: str, choices: Sequence[Choice] = ()) -> bool:
    """Whether the text is an answer of that kind and nothing besides: "Joe Burns", "12 May"."""
    tidied = tidy(text).strip(" .!,")
    heard = words(text)
    if not heard or is_question(text) or sounds_dangerous(text):
        return False
    if kind in ("person_name",):
        return _is_name(text) and len(heard) <= 8
    if kind in ("address", "location", "postcode"):
        return bool(POSTCODE.fullmatch(tidied) or _PLAIN_PLACE.match(tidied))
    if kind in ("date", "date_past"):
        return len(heard) <= 8 and all(_DATE_FILL.match(word) for word in heard)
    if kind in ("yes_no", "confirm", "offer", "satisfied"):
        return all(word in _YES_NO for word in heard)
    if choices and (kind not in _NUMBERED or not _has_digits(text)):
        # A number may have a button beside it, to skip it.
        return tidied in {tidy(choice.get("label", "")) for choice in choices}
    if kind in ("text", None):
        return False
    numbers = [word in NUMBER_WORDS or any(c.isdigit() for c in word) for word in heard]
    if kind in ("reference", "registration"):
        # Spelt out: "T Q four two seven three".
        letters = [len(word) == 1 for word in heard]
        return any(numbers) and all(map(max, numbers, letters))
    return all(numbers)
