"""What a text says, without how it is written."""

from __future__ import annotations

import re


def plain_words(text: str) -> str:
    """The words of a text in lower case, one space between them."""
    return " ".join(re.findall(r"[a-z0-9']+", text.lower().replace("\u2019", "'")))
