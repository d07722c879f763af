"""Pointing at one of several things offered: "the first one", "number two", "none of these"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from casework.domain.catalogue import INTAKE, PERSON
from casework.domain.conversations import Choice
from casework.domain.plain_words import plain_words

WAYS_OUT = frozenset({"all", "none", "none_of_these", "skip", "no", PERSON, INTAKE})
"""Buttons beside a list that are no part of it."""

NOT_POINTED_AT = frozenset({"skip", "all", "none", "none_of_these"})
"""Buttons that only their own words mean, when nothing else is offered."""

NONE_OF_THEM = ("none_of_these", "none", "no", "other")
"""What stands for none of a list, the likeliest first."""

_PLACES = {
    "first": 0, "1st": 0, "former": 0, "top": 0, "one": 0, "1": 0, "won": 0,
    "second": 1, "2nd": 1, "two": 1, "2": 1, "to": 1, "too": 1, "middle": 1,
    "third": 2, "3rd": 2, "three": 2, "3": 2, "fourth": 3, "4th": 3, "four": 3, "4": 3,
    "fifth": 4, "5th": 4, "five": 4, "5": 4, "sixth": 5, "6th": 5, "six": 5, "6": 5,
    "last": -1, "latter": -1, "bottom": -1, "final": -1,
}  # fmt: skip
_LEAD = (
    r"(?:(?:um+|er+m?|oh|ok|okay|yes|yeah|yep|please|i think|i'd say|i'll|i would|i'd|i|it's|its|"
    r"it is|that's|that would be|that'd be|probably|maybe|go with|go for|take|have|want|like|pick|"
    r"choose|say|definitely|just|let's|lets|do|try|sorry|no|actually|the) )*"
)
_TRAIL = (
    r"(?: (?:please|thanks|thank you|ta|then|i think|i guess|mate|love|on the list|of those|of "
    r"them|"
    r"of these|you said|there|listed|in the list|down|would be (?:fine|good|great)))*"
)
_NAMED = r"(?:first|second|third|fourth|fifth|sixth|[1-6](?:st|nd|rd|th)|last|final|top|bottom|"
_POINTS = re.compile(
    rf"{_LEAD}(?:the )?(?:"
    rf"(?P<named>{_NAMED}middle|former|latter))(?P<one> (?:one|option|choice|service|thing|time|"
    rf"slot|"
    r"answer|address|street|flat|place))?"
    r"|(?:number|option|choice|no|num|answer) (?P<number>one|won|two|to|too|three|four|five|six|"
    rf"[1-6]))(?P<tail>{_TRAIL})"
)
_KIND_OF = re.compile(
    rf"{_LEAD}(?:the|that) (?:one (?:about|for|with|on|in) )?(?P<about>[a-z0-9' ]+?)"
    rf"(?: (?:one|option|choice|thing))?(?: first| to start with| to begin with)?{_TRAIL}"
)
_HAS_NOUN = re.compile(r"\b(?:one|option|choice|thing)\b")
_SMALL_WORDS = frozenset(
    "a an and the of for about to in on with my our your or is it that this i do".split()
)
_NONE = re.compile(
    r"(?:(?:no|nope|nah|um+|er+m?|sorry|actually|oh|well|it's|its|i want|i'd like|i mean|it is|"
    r"that's|thats|i need|i don't want|i dont want) )*"
    r"(?:none(?: of (?:the )?(?:these|those|them|above|that))?|neither(?: of (?:these|those|"
    r"them))?|"
    r"not any(?: of (?:these|those|them))?|any of (?:these|those|them)|not (?:these|those|any)|"
    r"(?:something|summat|anything|somethin) else|not (?:on|in) (?:the |that )?list|no(?:t)? one "
    r"of "
    r"(?:these|those|them)|(?:mine|it)(?:'s| is)? not (?:there|on (?:there|the list|it)|listed)|"
    r"(?:mine|it) (?:isn't|isnt) (?:there|on (?:there|the list|it)|listed)|"
    r"(?:a )?different (?:one|thing)|another (?:one|thing))"
    r"(?: (?:of them|please|thanks|thank you|i'm afraid|im afraid|sorry|actually|really|fit|apply|"
    r"are right|is right|is it|match|sound right|there|mate|love))*"
)
_DATES = frozenset({"date", "date_past"})


def rejects_all(text: str) -> bool:
    """Whether a message says that none of what was offered is meant, and nothing more."""
    return _NONE.fullmatch(plain_words(text)) is not None


def pointed_at(text: str, choices: Sequence[Choice], kind: str | None = None) -> Choice | None:
    """The choice that a message points at by its place, or the one that rejects them all; None when
    it does neither. `kind` is the type of answer awaited: "the second" may be a day."""
    listed = [choice for choice in choices if choice.value not in WAYS_OUT]
    if len(listed) < 2:
        listed = [choice for choice in choices if choice.value not in NOT_POINTED_AT]
    if rejects_all(text):
        if len(choices) < 3:
            return None
        standing = {choice.value: choice for choice in choices}
        return next((standing[v] for v in NONE_OF_THEM if v in standing), None) if listed else None
    found = _POINTS.fullmatch(plain_words(text))
    if found is None:
        return _named(text, listed)
    if len(listed) < 2:
        return None
    if kind in _DATES and not (found["one"] or found["number"]):
        return None
    place = _PLACES[found["named"] or found["number"]]
    if found["named"] == "middle":
        return listed[len(listed) // 2] if len(listed) % 2 else None
    if place < 0:
        return listed[-1]
    return listed[place] if place < len(listed) else None


def _named(text: str, listed: Sequence[Choice]) -> Choice | None:
    """The one choice whose label has all the words of "the bin one"; None where several have."""
    said = plain_words(text)
    found = _KIND_OF.fullmatch(said)
    if found is None or _HAS_NOUN.search(said) is None:
        return None
    about = _stems(found["about"])
    if not about or "other" in about:
        return None
    fitting = [choice for choice in listed if about <= _stems(choice.label)]
    return fitting[0] if len(fitting) == 1 else None


def _stems(words: str) -> set[str]:
    """The words that tell one thing from another, a bin and bins alike."""
    told = set(plain_words(words).split()) - _SMALL_WORDS
    return {word if len(word) < 4 else word.removesuffix("s") for word in told}
