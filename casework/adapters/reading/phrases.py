"""Small words: greetings, fillers and lead-ins that carry no value."""

from __future__ import annotations

import re

from casework.adapters.reading.spoken import clean, words

FILLERS = frozenset(
    """a ah aha alright and anyway basically bye cheers dear er erm err hello hey hi hiya hm hmm
    huh just like love lol mate morning now oh ok okay please right so sorry thank thanks the then
    there um uh ummm well you good afternoon evening test testing hang second moment one wait
    """.split()
)
UNSAID = re.compile(
    r"\b(?:i )?(?:do not|don't|dont|didn't|dunno) (?:really )?(?:know|no|have a clue|remember)\b"
    r"|\bdunno\b|\bidk\b|\bno idea\b|\bnot sure\b|\bi'?m unsure\b|\bcan(?:'|no|)t remember\b"
    r"|\bi forget\b|\bi'?ve forgotten\b|\bhaven't got a clue\b|\bno clue\b"
)
_HESITATION = re.compile(r"h?m+|hm+|u+[hm]+|e+r+m*|a+h+|o+h+")
_QUESTION = re.compile(
    r"^(?:(?:but|and|so|er|um|sorry|hang on|ok|okay|well|right|then)[, ]+)*"
    r"(?:why|what|how|who|when|where|which|"
    r"can (?:i|you|we)|could (?:i|you|we)|do (?:i|you|we)|does|is it|are you|will (?:i|you|it)|"
    r"should i|would)\b"
)


def is_filler(text: str) -> bool:
    """Whether a reply says nothing: a greeting, a hesitation, marks alone."""
    return all(word in FILLERS or _HESITATION.fullmatch(word) for word in words(text))


def is_question(text: str) -> bool:
    """Whether a reply asks something back."""
    plain = clean(text).lower()
    return plain.endswith("?") or bool(_QUESTION.match(plain))


def is_unsaid(text: str) -> bool:
    """Whether a reply says that the answer is not known."""
    return bool(UNSAID.search(clean(text).lower()))
