"""Free text: what a resident says in their own words, and what cannot be meant for that."""

from __future__ import annotations

import re
import unicodedata

from casework.adapters.reading.phrases import is_filler
from casework.adapters.reading.polarity import polarity
from casework.adapters.reading.spoken import clean
from casework.domain.fields import Field
from casework.domain.plain_words import plain_words
from casework.ports.reading import Read, Reading, Refused

_BEFORE = (
    r"(?:(?:but|and|so|er+m?|um+|oh|sorry|hang on|ok(?:ay)?|well|right|then|just|actually|wait|"
    r"also)\b[, ]*)*"
)
_DOES = r"(?:is|are|was|do|does|did|will|would|can|could|should|have|has)"
_WHO = r"(?:i|you|it|we|they|he|she|there|this|that|the|my|someone|anyone|somebody|anybody)"
_ASKS = re.compile(
    rf"^{_BEFORE}(?:"
    r"(?:how (?:much|long|many|soon|often|come)|what (?:for|then|now|next|time)|why(?: not)?|when|"
    r"how|what|who|where)$|"
    rf"(?:what|when|where|who|why|how|which)(?:'?s| {_DOES})\b(?: not)?|"
    r"what (?:happens|next|about)\b|"
    r"how (?:much|long|many|soon|often|far|big|quick\w*)(?: \w+)? "
    rf"(?:{_DOES}|before|until|to|for)\b|"
    rf"(?:{_DOES}|am|must|shall|may) {_WHO}\b|do(?:es)?n'?t {_WHO}\b|"
    r"why (?:are|is|do|does|did|would|should|can't|don't|not|has|have|isn't)\b)"
)
"""Opens as a question does: "when it rains it floods" is none."""
_LONGEST_ASKED = 14
"""Words from which on what is not marked as a question is rather a story."""

_BARE = 2
"""Words of a reply at most that is a yes and no more."""

_GIVES_UP = (
    r"(?:forget (?:it|that|this|about it)|never ?mind|nvm|stop(?: it| this| that| here| now)?|"
    r"cancel(?: it| this| that| everything)?|quit|exit|scrap (?:it|that|this)|"
    r"drop (?:it|that|this)|"
    r"(?:i )?(?:don'?t|do not) want (?:to do |to carry on with |to go on with )?"
    r"(?:this|it|to|that)(?: any ?more| now)?|"
    r"(?:i(?:'ve| have) )?changed my mind|leave it|i give up|no more|i'?m done|that'?s enough|"
    r"doesn'?t matter|it doesn'?t matter)"
)
_STOPS = re.compile(
    rf"(?:{_BEFORE}(?:no |nah |please |let'?s |can we |can you |i want to |"
    rf"i'd like to )*{_GIVES_UP}"
    r"(?: (?:please|thanks|thank you|now|then|mate|for now|altogether))*[ ,.!;-]*)+"
)
"""Nothing but the wish to stop."""

_FIRM = re.compile(
    r"(?i)^(?:(?:oh|er+m?|um+|well|it'?s|it is|they'?re|they are|that'?s|that is|i think|"
    r"(?:a|the) (?:firm|company|place|landlord|agent|agency|letting agent|employer|college|"
    r"university|uni)|(?:he|she|they|he'?s|she'?s)|"
    r"i(?:'m| am)? (?:work(?:ing)?|rent(?:ing)?|study(?:ing)?) (?:for|at|from|with)|"
    r"(?:from|with|for|through)(?= [a-z])|"
    r"(?:(?:my|the|our|his|her|their) )?(?:(?:landlord|employer|agent|letting agent|college|"
    r"university|uni|firm|company|boss)(?:'?s)? )?name(?:'?s| is| of it is)?|"
    r"(?:my|the|our|his|her) (?:landlord|landlady|employer|letting agents?|agents?|boss|college|"
    r"university|uni)(?:'?s| is| are)?|is|(?:is |are )?(?:called|named|known as))[ ,:]+)+"
)
"""What leads up to the name of a firm."""


_AROUND_PEOPLE = frozenset(
    """a an and are as be here i i'm in is it it's just me moving my of on our really so that's the
    their there there's they they're to us we we're well who with yes yeah you""".split()
)
"""What stands around the people in an answer that names nobody: "just me" is left with none."""


def read_text(field: Field, text: str) -> Reading | None:
    """What was said, white space collapsed. None for a filler, for a wish to stop, and for a
    question where the field is not itself for one. Refused as text_short or text_long."""
    said = unicodedata.normalize("NFC", text)
    said = "".join(c if c.isprintable() else " " for c in said)
    said = " ".join(said.split())
    if len(said) <= 200 and (is_filler(said) or stops(said)):
        return None
    if not field.is_asked and asks(said):
        return None
    if len(said.split()) <= _BARE and polarity(said):
        # A yes tells nothing.
        return None
    if field.names_firm:
        said = _firm(said)
    if len(said) < field.min_length or _names_nobody(field, said):
        return Refused("text_short")
    return Refused("text_long") if len(said) > field.max_length else Read(said)


def asks(text: str) -> bool:
    """Whether free text is a question rather than something told."""
    plain = clean(text).lower().strip()
    told = [part for part in re.split(r"[.!;,]\s", plain)[:-1] if len(part.split()) > 2]
    if plain.endswith("?"):
        # "About a foot, is that deep enough?" tells first.
        return all(_ASKS.match(part) for part in told)
    return len(plain.split()) < _LONGEST_ASKED and _ASKS.match(plain) is not None


def stops(text: str) -> bool:
    """Whether a text is nothing but the wish to stop."""
    return _STOPS.fullmatch(" ".join(clean(text).lower().split())) is not None


def _names_nobody(field: Field, said: str) -> bool:
    """Whether people are asked for by name, and the answer only counts or relates them."""
    words = set(plain_words(said).split()) - _AROUND_PEOPLE
    return bool(words) and all(word in field.names_nobody or word.isdigit() for word in words)


def _firm(said: str) -> str:
    """The name of a firm without what leads up to it."""
    name = _FIRM.sub("", said, count=1).strip(" ,.")
    return name or said
