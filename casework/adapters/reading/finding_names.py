"""Names that stand by themselves in a row of details: "Di Rowe, 5 Mount Crescent"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from casework.adapters.reading.contacts import find_email, phones_in
from casework.adapters.reading.language import people
from casework.adapters.reading.names import read_name

_CLAUSE = re.compile(r"[^,.;!?\n]+")
_SIGNS = re.compile(r"(?i)\b(?:thanks|thank you|regards|cheers|ta|many thanks|yours|from)\W*$")
_LEAST, _MOST = 2, 3
"""Words of a name that stands by itself."""


def find_listed_name(plain: str, addresses: Sequence[tuple[int, int]]) -> str | None:
    """The name that is a clause of its own beside an address, a telephone number or an e-mail
    address, or that signs the message. `addresses` are the characters that these take."""
    clauses = [(m.start(), m.end()) for m in _CLAUSE.finditer(plain) if m.group().strip()]
    for at, (start, end) in enumerate(clauses):
        said = plain[start:end].strip()
        beside = [clauses[n] for n in (at - 1, at + 1) if 0 <= n < len(clauses)]
        details = any(_is_detail(plain, one, addresses) for one in beside)
        signs = at > 0 and at == len(clauses) - 1 and _SIGNS.search(plain[:start].rstrip(" ,.!"))
        if not (details or signs) or not _LEAST <= len(said.split()) <= _MOST:
            continue
        if _is_name(said) and (name := _whole(said)):
            return name
    return None


def _is_detail(plain: str, clause: tuple[int, int], addresses: Sequence[tuple[int, int]]) -> bool:
    start, end = clause
    text = plain[start:end]
    begins = start + len(text) - len(text.lstrip())
    if any(first <= begins < last for first, last in addresses):
        return True
    return bool(phones_in(text)) or find_email(text) is not None


def _is_name(said: str) -> bool:
    """Whether words are written, or known, as a person's name."""
    titled = said.title()
    known = any(begin == 0 for begin, _ in people(titled))
    return known or (said == titled and not said.isupper())


def _whole(said: str) -> str | None:
    reading = read_name(said)
    value = getattr(reading, "value", None)
    return value if value and len(str(value).split()) == len(said.split()) else None
