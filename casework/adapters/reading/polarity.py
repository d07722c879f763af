"""The words that agree and those that refuse."""

from __future__ import annotations

import re

from casework.adapters.reading.phrases import is_question, is_unsaid
from casework.adapters.reading.spoken import clean

_SUBJECT = r"(?:it|they|he|she|that|there|i|we|you|everyone|everybody|someone|somebody|both|this)"
_VERB = r"(?:is|are|was|were|am|did|do|does|has|have|had|can|could|would|will|might|should)"
_NOT = (
    r"(?:isn'?t|aren'?t|wasn'?t|weren'?t|didn'?t|don'?t|doesn'?t|hasn'?t|haven'?t|hadn'?t|can'?t|"
    r"couldn'?t|wouldn'?t|won'?t|(?:" + _VERB + r") not)"
)
_TAILS = (
    r"(?:[ ,]+(?:really|thanks?|thank you|please|at all|yet|i think|actually|sadly|it|so|now|"
    r"all|mate|love|sorry|at the moment|that i know of|as far as i know|of course))*"
)
_NO = (
    re.compile(
        rf"\b(?:{_SUBJECT}(?:'s|'re)? ?)?(?:{_VERB} ?)?(?:\bnot|n'?t) "
        r"(?:quite |all |really |entirely )?(?:right|correct|true|likely)\b|"
        r"\bthat'?s wrong\b"
    ),
    re.compile(r"\b(?:no|nope|nah|naw|nay|negative|nae)\b"),
    re.compile(rf"^(?:{_SUBJECT}(?:'s| is|'re)? ?)?(?:{_NOT}|not)\b"),
    re.compile(
        r"\bnot (?:really|at all|yet|that i know|as far as|particularly|now|any ?more|"
        r"exactly)\b"
    ),
    re.compile(r"\b(?:i )?(?:do not|don'?t) (?:think|believe) so\b|\bi doubt it\b"),
    re.compile(r"^(?:no one|nobody|noone|none|nothing|never|neither|incorrect|wrong|false)\b"),
    re.compile(
        r"\b(?:of course|absolutely|definitely|certainly|obviously|probably|hopefully|"
        r"i guess) not\b"
    ),
    re.compile(r"\brather not\b"),
)  # fmt: skip
_YES = (
    re.compile(
        r"\b(?:yes|yeah|yea|yep|yup|ye|yah|aye|ya|yes+|yess+|affirmative|uh huh|mhm|"
        r"mm+[ -]?hm+|yh)\b"
    ),
    re.compile(
        rf"^(?:well |um |er |oh )*{_SUBJECT}(?:'s)? ?(?:definitely |certainly |really |just |"
        rf"probably )?"
        rf"(?:{_VERB}){_TAILS}$"
    ),
    re.compile(
        r"\b(?:of course|absolutely|definitely|certainly|indeed|you bet|too right|exactly)\b"
    ),
    re.compile(
        r"^(?:that'?s |that is |it'?s |it is |looks |sounds |everything(?:'s| is|) )?(?:all )?"
        r"(?:of (?:that|it|this)(?:'s| is) )?(?:dead |quite |exactly )?"
        r"(?:right|correct|true|fine|"
        r"good(?! (?:morning|afternoon|evening|day|night|bye))|"
        r"great|perfect|ok|okay|sure|alright|spot on)\b"
    ),
    re.compile(
        r"\bi (?:think|believe|suppose|guess|reckon|hope|would say) so\b|\bgo ahead\b|"
        r"\bplease do\b"
    ),
    re.compile(
        r"^(?:very much so|obviously|probably|likely|please|always|everything is|ok|"
        r"sure thing)\b"
    ),
)  # fmt: skip
_OPENS = re.compile(
    r"(?:no|nope|nah|naw|nay|negative|nae)\b|(?:yes|yeah|yep|yup|aye)\b.{0,20}?\b(?:and|also)\b"
)
"""An answer with a question behind it, as in "yes, and when is the next collection?"."""
_SET_YES = re.compile(
    r"(?:(?:yes|yeah|aye|oh|well|um|ok|okay)[ ,]+)*(?:go on|go for it|do it|(?:just )?send it|"
    r"why not|k|kk|yeh|for sure|'?course|that'?s the one|i'?d say so|"
    r"(?:i'?m |i am )?happy with (?:that|it|all that))"
    r"(?:[ ,]+(?:then|please|thanks|thank you|now|mate|love))*"
)
"""Replies that agree only as they stand."""
_ALL_CORRECT = re.compile(
    r"(?:no|nope|nah)\b(?:[ ,.]+(?:no|thanks|thank you|that'?s fine|it'?s fine))*[ ,.]+"
    r"(?:(?:that|it|this|they)(?:'s| is|'re| are)? all|(?:that'?s |that is )?everything(?:'s| is)?|"
    r"all (?:of )?(?:it|that|this)(?:'s| is)|all)(?: quite| completely| absolutely)? correct\b"
    r"(?! (?:but|except|apart)\b)[^?]{0,20}"
)
"""A no to "anything to change?" with the agreement behind it."""

_PUTS_RIGHT = re.compile(
    r"(?:no|nope|nah|oh|ah)[ ,.]+(?:no[ ,.]+)?"
    r"(?:wait|hang on|hold on|sorry|actually|i mean|i meant)\b[ ,.]*"
    r"((?:it|that|this|he|she|they|i|we|my|the|[0-9])\b.{6,})"
)
"""A no to what they said themselves: "no wait, it was yesterday" denies nothing that was asked."""
_VALUE = re.compile(
    r"[0-9]|\b(?:yesterday|today|tomorrow|tonight|(?:mon|tues|wednes|thurs|fri|satur|sun)day|"
    r"(?:this|last) (?:morning|afternoon|evening|night|week)|the \w+ one)\b"
)


def asks_back(plain: str) -> bool:
    """Whether a reply asks something, and answers nothing first."""
    return is_question(plain) and not _OPENS.match(plain)


def polarity(text: str) -> bool | None:
    """Whether a reply is a yes or a no; None when it is neither, or both."""
    plain = clean(text).lower().strip(" .!,")
    if _SET_YES.fullmatch(plain) or _ALL_CORRECT.fullmatch(plain):
        return True
    if re.fullmatch(r"no (?:changes|corrections)(?: needed| thanks| please| to make)*", plain):
        return None
    if not plain or is_unsaid(plain) or asks_back(plain):
        return None
    put_right = _PUTS_RIGHT.fullmatch(plain)
    if put_right and _VALUE.search(put_right[1]) and polarity(put_right[1]) is not False:
        return None
    plain = re.sub(r"\bno (?:problem|worries|idea|bother)\b", "", plain).strip()
    size = len(plain.split())
    denied = any(pattern.search(plain) for pattern in _NO)
    affirmed = any(pattern.search(_without_denials(plain)) for pattern in _YES)
    # "Yes, it is not safe" may answer either way.
    if affirmed and not denied and re.search(r"\bnot\b|n't\b", plain):
        return None
    if denied == affirmed:
        return _first_word(plain) if denied else None
    # A long story with a "no" in it is no answer, unless it begins or ends with one.
    if size > 8 and not _at_edge(plain, denied):
        return None
    return affirmed


def _without_denials(plain: str) -> str:
    for pattern in _NO:
        plain = pattern.sub(" ", plain)
    return plain.strip()


def _first_word(plain: str) -> bool | None:
    """ "No, it's fine" is a no; "yes, it is not safe" could be either and is asked again."""
    if re.match(r"(?:no|nope|nah)\b(?!.*\b(?:sorry|wait|actually yes|yes|yeah)\b)", plain):
        return False
    return None


def _at_edge(plain: str, denied: bool) -> bool:
    parts = plain.split()
    edges = (" ".join(parts[:4]), " ".join(parts[-2:]))
    return any(pattern.search(edge) for pattern in (_NO if denied else _YES) for edge in edges)
