"""An address taken apart: lead-in, flat, number, words, postcode, and tidied again."""

from __future__ import annotations

import re
from dataclasses import dataclass

from casework.adapters.reading.gazetteer import STREET_TYPES, SUFFIXES
from casework.adapters.reading.phrases import FILLERS
from casework.adapters.reading.postcodes import find_postcode
from casework.adapters.reading.spoken import clean, pieces

_LEAD = re.compile(
    r"^(?:(?:hello|hi|yes|yeah|yep|ok|okay|er|erm|um|so|well|sure|sorry|please|right|and|no|"
    r"actually)\b[ ,]*)*"
    r"(?:(?:my|the|our|his|her|their)(?: old| new| current| present| home| full| forwarding|"
    r" previous)*"
    r" address(?: is| was| will be|'s|:)?|"
    r"(?:my|the|our)(?: old| new| other| previous)+ (?:one|place|home|property)"
    r"(?: is| was| will be| should be|'s|:)|address:?|(?:the|my)? ?(?:post ?code|house number|"
    r"flat number|street(?: name)?|road)(?: is| was| should be|'s|:)(?= )|(?:it|that)(?:'s| is|"
    r" was| will be)|its|"
    r"(?:i|we)(?: am|'m|'re| are)? ?(?:currently |now |just )?(?:live|lived|living|moving|"
    r"moved|going|leaving|left|staying)"
    r"(?: (?:at|in|on|into|to|from|out of))*|i'?m|(?:we're|we are) (?:at|in|on)|"
    r"(?:from|to|at|in|into|on|leaving)(?= (?:[0-9]|flat|number|the flat)))?[ ,:]*"
    r"(?:(?:it's|it is|at|number|no\.|no|house number|house|the)(?= ?(?:[0-9]|flat|number)) ?)*",
    re.IGNORECASE,
)
_STOP = re.compile(
    r"\s(?:and (?:i|my|the|we|it|a)|but|because|since|so|from|until|which|where|with|please|"
    r"thanks|thank you|"
    r"next (?:week|month|monday|tuesday|wednesday|thursday|friday|saturday|sunday)|tomorrow|"
    r"today|yesterday|if|"
    r"my name|i'm|i am|i want|(?:on|by) (?:the )?(?:[0-9]|monday|tuesday|wednesday|thursday|"
    r"friday|saturday|sunday)|"
    r"to (?:[0-9]|flat|number)|and (?:[0-9]|flat)|is my|into)(?=\s|\b).*$",
    re.IGNORECASE,
)
IGNORED = FILLERS | frozenset(
    """number no house its it's is at in on the my our address postcode post code uk england devon
    floor ground top basement upper lower rear first second that near street area city of
    and here now still live living currently from to by""".split()
)
TOO_LITTLE = frozenset("yes no yeah nope yep same both neither none skip know idk".split())
_SMALL = frozenset({"of", "the", "and", "on", "in", "upon", "by", "le", "la", "de", "du", "der",
                    "di", "del", "under"})  # fmt: skip


_COUNTRIES = frozenset(
    """australia austria belgium brazil bulgaria canada china croatia cyprus denmark egypt estonia
    finland france germany ghana gibraltar greece guernsey hungary india ireland israel italy
    jamaica japan jersey kenya latvia lithuania luxembourg malaysia malta mexico morocco nepal
    netherlands nigeria norway pakistan philippines poland portugal romania singapore slovakia
    slovenia spain sweden switzerland syria thailand tunisia turkey uganda ukraine usa us
    america zimbabwe uae bangladesh iceland""".split()
) | {"south africa", "new zealand", "sri lanka", "hong kong", "united states", "czech republic",
     "isle of man", "saudi arabia", "united arab emirates", "republic of ireland"}  # fmt: skip
_FLAT_OF_HOUSE = re.compile(r"^([0-9]{1,3}[a-z]?)/([0-9]+[a-z]?)(?=,? [a-z])", re.IGNORECASE)
"""Two numbers with a stroke, as flats of a house are written in Scotland."""


_THE_ONE = re.compile(
    r"\b(?:the|that|this) (?:one|1)"
    r"(?=(?: (?:that'?s|which is|that is))? (?:in|on|at|by|near|over)\b)",
    re.IGNORECASE,
)
"""Stands for a house or street named before: no number of a house."""


@dataclass(frozen=True)
class AddressText:
    """The parts of an address as said.

    `words` are small words with number words as digits; `said` is the text between lead-in and
    postcode, in the resident's own capitals; `after` follows the postcode's place.
    """

    words: tuple[str, ...]
    said: str
    postcode: str | None


def taken_apart(text: str) -> AddressText:
    """The parts of a reply to a question for an address."""
    plain = _THE_ONE.sub("", clean(text)).strip()
    found = find_postcode(plain)
    rest = found.rest if found else plain
    rest = _LEAD.sub("", rest.strip(), count=1)
    rest = _STOP.sub("", " " + rest).strip(" ,.!?")
    rest = re.sub(r"(?:[ ,]*\bpost ?code(?: is)?)?[ ,.]*$", "", rest, flags=re.IGNORECASE)
    rest = re.sub(r"\s*,[\s,]*", ", ", rest).strip(" ,.")
    rest = _FLAT_OF_HOUSE.sub(r"flat \1, \2", rest)
    return AddressText(_words(rest), rest, found.postcode if found else None)


def all_words(text: str) -> tuple[str, ...]:
    """Small words of a whole sentence but its postcode; number words as digits."""
    plain = _THE_ONE.sub("", clean(text))
    found = find_postcode(plain)
    return _words(found.rest if found else plain)


def _words(text: str) -> tuple[str, ...]:
    """Small words and numbers; "14 a" and "14a" alike as "14a"."""
    out: list[str] = []
    tokens = pieces(text)
    for at, token in enumerate(tokens):
        word = token.text.replace("'", "")
        if not word[:1].isalnum():
            continue
        glued = at > 0 and tokens[at - 1].is_number and tokens[at - 1].end == token.start
        following = tokens[at + 1].text if at + 1 < len(tokens) else ""
        if glued and word in ("st", "nd", "rd", "th") and out:
            # "1st" is a floor, and no number of a house.
            out[-1] += word
            continue
        suffix = len(word) == 1 and word.isalpha() and bool(out) and out[-1].isdigit()
        if suffix and (glued or (word != "a" or following not in ("big", "large"))):
            out[-1] += word
        else:
            out.append(word)
    return tuple(out)


def said_lines(parts: AddressText) -> list[str]:
    """The address as said, in lines with tidy capitals; number words as digits."""
    text = _digits(parts.said)
    chunks = [chunk.strip() for chunk in text.split(",") if chunk.strip()]
    lines: list[str] = []
    for chunk in chunks:
        lines.extend(_split_at_street(chunk) if len(chunks) == 1 else [chunk])
    merged: list[str] = []
    for line in lines:
        if merged and re.fullmatch(r"[0-9]+ ?[a-z]?", merged[-1], re.IGNORECASE):
            merged[-1] = f"{merged[-1]} {line}"
        else:
            merged.append(line)
    return [tidy(line) for line in merged]


def _digits(text: str) -> str:
    out: list[str] = []
    end = 0
    for token in pieces(text):
        joined = token.is_number and out and out[-1].isdigit() and text[end : token.start] == " "
        out.append("" if joined else text[end : token.start])
        out.append(token.text if token.is_number else text[token.start : token.end])
        end = token.end
    return "".join(out) + text[end:]


_TYPE_ENDS = re.compile(
    r"^((?:(?:flat|apartment|apt|unit) \w+ )?[0-9]+ ?[a-z]? .+? (?:road|rd|street|st|avenue|"
    r"ave|close|cl|lane|ln|"
    r"drive|dr|terrace|gardens|crescent|court|square|way|grove|place|hill|row|"
    r"walk))(?: in)? (\w.*)$",
    re.IGNORECASE,
)


def _split_at_street(chunk: str) -> list[str]:
    match = _TYPE_ENDS.match(chunk)
    if match and not re.match(r"(?:north|south|east|west|upper|lower)\b", match[2], re.IGNORECASE):
        return [match[1], match[2]]
    return [chunk]


def tidy(line: str) -> str:
    """A line with capitals where they belong; what has capitals of its own keeps them."""
    out = []
    for at, word in enumerate(line.split()):
        lower = word.lower()
        ending = SUFFIXES.get(lower)
        last = at == len(line.split()) - 1
        if last and at > 1 and ending and lower in ("rd", "st", "ave", "cl", "ln", "dr", "gdns"):
            out.append(ending.capitalize())
        elif re.fullmatch(r"[0-9]+[a-zA-Z]", word):
            out.append(word.upper())
        elif at and lower in _SMALL:
            out.append(lower)
        elif word.islower() or (word.isupper() and len(word) > 3):
            out.append("-".join(part.capitalize() for part in lower.split("-")))
        else:
            out.append(word)
    return " ".join(out)


def is_abroad(parts: AddressText) -> bool:
    """Whether an address ends with the name of a country."""
    ends = [" ".join(parts.words[-size:]) for size in (1, 2, 3)]
    return parts.postcode is None and any(end in _COUNTRIES for end in ends)


def is_enough(parts: AddressText) -> bool:
    """Whether words make an address: a number or house name, and a street or a postcode."""
    letters = [w for w in parts.words if w.isalpha() and len(w) > 1 and w not in IGNORED]
    numbered = any(w[0].isdigit() for w in parts.words)
    typed = any(SUFFIXES.get(w, w) in STREET_TYPES for w in parts.words[1:])
    if len(parts.words) > 16:
        return False
    if is_abroad(parts):
        # Abroad the town is enough for a letter to be asked about.
        return len(letters) >= 2
    if parts.postcode:
        return len(letters) >= 2 or (numbered and bool(letters))
    return (numbered and len(letters) >= 2 and typed) or (len(letters) >= 3 and typed and numbered)


def is_only_small(parts: AddressText) -> bool:
    """Whether nothing was said that could be part of an address."""
    return not parts.postcode and all(w in IGNORED | TOO_LITTLE for w in parts.words)


def after_number(parts: AddressText) -> str:
    """The words of a held address that follow its number, up to the first comma."""
    for chunk in parts.said.split(","):
        match = re.match(r"\s*[0-9]+ ?[a-z]?\s+(\D.*)", chunk, re.IGNORECASE)
        if match:
            return match[1].strip()
    return parts.said
