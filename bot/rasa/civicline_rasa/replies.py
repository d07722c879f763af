"""Replies that are more than they seem: a yes and a request, an answer put as a question."""

from __future__ import annotations

import re
from collections.abc import Sequence

from civicline_rasa.looks_like import POSTCODE, digits_heard, looks_like, plainly_is
from civicline_rasa.phrasing import Choice, is_question, is_request, tidy, words

_POLARITY = re.compile(
    r"^(?:(?:yes|yeah|yep|yup|yea|aye|no|nope|nah|know|sure|ok|okay|please|thanks|thank you|ta|"
    r"cheers|correct|right|of course|definitely|absolutely|not really|not yet|not quite|um+|er+m?|"
    r"uh|oh|ah|well|but|and|so|sorry|then|all right|alright|fine|great|good|perfect|lovely)"
    r"(?!')\b[\s,.!;:-]*)+"
)
# Said of the answer or offer just given: there is nothing else that "it" could be.
_ABOUT_THAT = re.compile(
    r"^(?:it|that|this|these|those|they)(?:'s|'re|'ve)?\b|^i (?:do|did|am|will|would)(?:n't| not)?$"
    r"|^you(?:'ve)? (?:didn't|haven't|don't|not|did not) (?:answer|help|underst|t[eo]l|sa|list)"
    r"|^(?:carry|go|keep|continue|finish|do) (?:on|ahead|going|that|it|with)\b"
)
_COMMENT = frozenset(
    """
    all i asked wanted needed meant what for now today not really very much at the moment let's
    anything nothing else more everything is was did didn't done got get it that helped helpful
    useful brilliant wonderful excellent great good fine thanks thank you ok okay please my
    question answered understand clear think so quite a lot bit mate love of them those these
    """.split()
)
_WH = re.compile(r"^(?:(?:when|where|why|who|which)\b|what(?! about)\b|how(?! about)\b)")
_CUE = re.compile(
    r"^(?:(?:can|could|would|will|may|shall) (?:you|we|i|it|that|this)(?: (?:please|just|possibly|"
    r"maybe))* (?:make|put|say|use|do|have|be|try|ring|call|phone|text|e-?mail|contact|"
    r"message|reach|send|write|go|give|change|set)\b|(?:what|how) about\b|let's say\b|why not\b"
    r"|is (?:it|that)\b"
    r"|(?:is|are|would|does|will)\b(?=.*\b(?:ok|okay|right|alright|fine|work|suit|do|possible)\W*$))"
    r"(?: (?:it|that|me|us|on|at|to|for|with|under|down|my|the name(?: of)?|name|number|address|"
    r"date)\b)*\s*"
)
_END = re.compile(
    r"(?:[\s,.!?;-]*\b(?:please|instead|thanks|thank you|then|if possible|if you can|be|is that|"
    r"would that|does that|for you|for me|ok|okay|all right|alright|fine|work|suit|do|possible)\b)*"
    r"[\s,.!?]*$"
)
# A whole telephone number, spoken or typed; a house number or an account is shorter.
_WHOLE_NUMBER = 9


def beyond_polarity(text: str) -> str:
    """What is left when the words for yes, no and thank you in front are taken away."""
    return _POLARITY.sub("", tidy(text).strip(" .!?,"))


def adds_something(text: str) -> bool:
    """Whether a reply to a yes-or-no question says more than yes, no or what it thinks of that.

    "No, I need to report a pothole" does; "no thanks, that's all" and "no, it didn't help" do not.
    """
    rest = beyond_polarity(text)
    if not rest or is_request(rest):
        return bool(rest)
    return not _ABOUT_THAT.match(rest) and any(word not in _COMMENT for word in words(rest))


def is_value(text: str) -> bool:
    """Whether, after a yes or no, it is a plain date, address or telephone number."""
    value = _END.sub("", beyond_polarity(text))
    return bool(value) and any(plainly_is(kind, value) for kind in ("date", "address", "phone"))


def answers_as_question(kind: str | None, text: str, choices: Sequence[Choice] = ()) -> bool:
    """Whether a question is a polite answer of that kind: "can you make it the 14th".

    A value must be left when the politeness is taken away: "what day is it" names a day and asks.
    """
    tidied = beyond_polarity(text)
    if _WH.match(tidied) or not (is_question(tidied) or is_question(text)):
        return False
    if kind in ("contact", "phone", "email") and _holds_contact(tidied):
        return True
    cue = _CUE.match(tidied)
    value = _END.sub("", tidied[cue.end() :] if cue else tidied)
    if not value:
        return False
    if kind == "text":
        return False
    if kind == "person_name":
        return cue is not None and plainly_is(kind, value)
    if kind == "callback_slot":
        return cue is not None and looks_like(kind, value)
    if kind in ("address", "location", "postcode"):
        return plainly_is(kind, value) or (cue is not None and bool(POSTCODE.search(value)))
    if kind == "confirm":
        return is_value(value)
    if choices:
        return cue is not None and looks_like(kind, value, choices)
    return plainly_is(kind, value)


def _holds_contact(text: str) -> bool:
    return bool(re.search(r"\w@\w|\bat \w+ dot\b", text)) or digits_heard(text) >= _WHOLE_NUMBER
