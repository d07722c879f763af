"""A person asked for in so many words, whatever else the words are about."""

from __future__ import annotations

import re

from casework.domain.plain_words import plain_words

_SOMEBODY = (
    r"(?:some(?:one|body)|any(?:one|body)|a (?:real |actual |live |proper )?(?:person|human"
    r"(?: being)?|member of staff|man|woman|lady|adviser|advisor|operator)|an? (?:agent|officer))"
)
_WANTED = re.compile(
    r"\b(?:(?:want|wanna|like|need|prefer|got|have|trying|ask|asked|can|could|may|please|let me)"
    r"(?: to)?|i|me|we)(?: just| really)? (?:speak|talk|chat|be put through|get through)"
    rf"(?: (?:to|with))? {_SOMEBODY}\b"
    r"|\b(?:have|get|be) (?:a|an) (?:real|actual|live|proper) (?:person|human(?: being)?)\b"
    rf"|\bput me (?:through|on) to {_SOMEBODY}\b|\bget me {_SOMEBODY}\b"
)
_SENTENCE_END = re.compile(r"[.?!;\n]+")

_QUESTION = re.compile(
    r"(?:when|how|where|who|what|why|do i|should i|must i|is there)(?: [a-z0-9']+){0,6}"
)
"""Opens a question about it, and all of it that can stand before it."""

_DECLINED = re.compile(
    r"\b(?:don'?t|do not|didn'?t|did not|doesn'?t|does not|wouldn'?t|would not|not|never|without|"
    r"no need|needn'?t)"
    r"(?: (?:really|actually|particularly|necessarily|even|ever|just|want(?:ing)?|wanna|"
    r"need(?:ing)?|wish(?:ing)?|like|have|having|going|gonna|try(?:ing)?|ask(?:ing)?|mak(?:e|ing)|to|for|you|"
    r"anyone|anybody|(?:think|believe|suppose|reckon|mean|say|said)(?: that)? (?:i|we)(?:'d)?))*$"
)
"""A no right before it. One further away is about something else: "my bins were not collected"."""


def wants_person(text: str) -> bool:
    """Whether the words ask for a person: "I want to speak to someone about my rent"."""
    return any(_wants(plain_words(sentence)) for sentence in _SENTENCE_END.split(text))


def _wants(said: str) -> bool:
    heads = [said[: found.start()].rstrip() for found in _WANTED.finditer(said)]
    return any(not _QUESTION.fullmatch(head) and not _DECLINED.search(head) for head in heads)
