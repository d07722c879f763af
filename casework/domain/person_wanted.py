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

_QUESTION = re.compile(r"(?:when|how|where|who|what|why|do i|should i|must i|is there)\b")
"""Opens a question about it: "how long before I can speak to someone"."""

_WISH = re.compile(r"(?:want|wanna|need|like|prefer|put|get) ")
LONGEST_QUESTION = 6
"""Words up to which what comes before a wish asks about it: "do I need to speak to someone". After
more it only came first: "why has nobody been out to fix it I want to speak to someone"."""

_DECLINED = re.compile(
    r"\b(?:don'?t|do not|didn'?t|did not|doesn'?t|does not|wouldn'?t|would not|not|never|without|"
    r"no need|needn'?t)"
    r"(?: (?:really|actually|particularly|necessarily|even|ever|just|want(?:ing)?|wanna|"
    r"need(?:ing)?|wish(?:ing)?|like|have|having|going|gonna|try(?:ing)?|ask(?:ing)?|mak(?:e|ing)|to|for|you|"
    r"anyone|anybody|(?:think|believe|suppose|reckon|mean|say|said)(?: that)? (?:i|we)(?:'d)?))*$"
)
"""A no right before it. One further away is about something else: "my bins were not collected"."""


_REFUSED = re.compile(
    r"\b(?:i|we)(?: really| just)? (?:don'?t|do not|didn'?t)(?: really| actually)?"
    r" (?:want|need|ask for)(?: to (?:speak|talk|chat) (?:to|with))?"
    r" (?:(?:a|an|any|the) (?:real |human )*(?:person|human|agent|adviser|advisor|operator)\b"
    r"|(?:some|any)(?:one|body)(?= *$| (?:i|just|please|thanks|thank|no)\b))"
    r"|\bno need (?:for|to (?:speak|talk) to) (?:a|an|any)(?:one|body)?\b"
)
_BUT_WANTED = re.compile(
    r"\b(?:want|need|give me|get me|like|prefer)(?: an?| the)? (?:real |human |actual |proper )*"
    r"(?:person|human|some(?:one|body)|agent|adviser|operator|man|woman|lady)\b"
)


def declines_person(text: str) -> bool:
    """Whether a person is named only to be turned down: "I don't want a person, I want to tell
    you", and none is asked for after all."""
    said = plain_words(text)
    refused = _REFUSED.search(said)
    if refused is None or _BUT_WANTED.search(said, refused.end()):
        return False
    return not wants_person(text)


def wants_person(text: str) -> bool:
    """Whether the words ask for a person: "I want to speak to someone about my rent"."""
    return any(_wants(plain_words(sentence)) for sentence in _SENTENCE_END.split(text))


def _wants(said: str) -> bool:
    return any(
        not _DECLINED.search(said[: found.start()].rstrip()) and not _asks(said, found.start())
        for found in _WANTED.finditer(said)
    )


def _asks(said: str, start: int) -> bool:
    """Whether the words from `start` on are what a question is about."""
    if _QUESTION.match(said) is None:
        return False
    return len(said[:start].split()) <= LONGEST_QUESTION or _WISH.match(said, start) is None
