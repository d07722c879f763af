"""Whether a resident says that something cannot wait, in the council's words for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from casework.domain.plain_words import plain_words

URGENT = "urgent"
"""The flag of a case that cannot wait."""

_DENIED = re.compile(
    r"(?:\b(?:not|nothing|isn't|isnt|wasn't|no|never|hardly|without|don't think)\b)"
    r"(?: (?:an?|it's|it is|that|very|really|so|all|too|any|is|in|the|at all|actually)){0,3} ?$"
)


def sounds_urgent(words: Sequence[str], texts: Iterable[str]) -> bool:
    """Whether one of the texts holds one of the words or phrases, and does not deny it."""
    if not words:
        return False
    any_of = re.compile(rf"\b(?:{'|'.join(re.escape(one.lower()) for one in words)})\b")
    for text in texts:
        said = plain_words(text)
        for found in any_of.finditer(said):
            if not _DENIED.search(said[: found.start()]):
                return True
    return False
