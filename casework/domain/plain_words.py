"""What a text says, without how it is written."""

from __future__ import annotations

import re

from casework.domain.storable import with_plain_apostrophes


def plain_words(text: str) -> str:
    """The words of a text in lower case, one space between them."""
    return " ".join(re.findall(r"[a-z0-9']+", with_plain_apostrophes(text).lower()))
