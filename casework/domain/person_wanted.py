"""A person asked for in so many words, whatever else the words are about."""

from __future__ import annotations

import re

_SOMEBODY = (
    r"(?:some(?:one|body)|any(?:one|body)|a (?:real |actual |live |proper )?(?:person|human"
    r"(?: being)?|member of staff|man|woman|lady|adviser|advisor|operator)|an? (?:agent|officer))"
)
_WANTED = re.compile(
    r"\b(?:(?:want|like|need|prefer|got|have|trying|ask|asked|can|could|may|please|let me)(?: to)?|"
    r"i|me|we)(?: just| really)? (?:speak|talk|chat|be put through|get through)(?: (?:to|with))? "
    rf"{_SOMEBODY}\b"
    r"|\b(?:have|get|be) (?:a|an) (?:real|actual|live|proper) (?:person|human(?: being)?)\b"
    rf"|\bput me (?:through|on) to {_SOMEBODY}\b|\bget me {_SOMEBODY}\b"
)
_NOT_WANTED = re.compile(
    r"^\W*(?:when|how|where|who|what|why|do i|should i|must i|is there)\b"
    r"|\b(?:don'?t|do not|didn'?t|not|never|rather not|without)\b"
)
"""A question about it, or the opposite."""


def wants_person(text: str) -> bool:
    """Whether the words ask for a person: "I want to speak to someone about my rent"."""
    said = " ".join(text.lower().split())
    return _WANTED.search(said) is not None and _NOT_WANTED.search(said) is None
