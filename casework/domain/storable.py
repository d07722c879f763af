"""Text made fit to be kept, and its apostrophes fit to be understood."""

from __future__ import annotations

import unicodedata

_APOSTROPHES = str.maketrans(
    dict.fromkeys("\u2018\u2019\u201b\u02bb\u02bc\u02c8\u2032\u0060\u00b4\uff07", "'")
)
"""What keyboards and phones make of an apostrophe."""


def storable(text: str) -> str:
    """The text without control characters and halves of characters, which no store takes. Lines
    end as in Unix, however a browser or a phone ended them."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in lines if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs"})


def with_plain_apostrophes(text: str) -> str:
    """The text with the apostrophe of a plain keyboard: "don't" is a no however it is typed."""
    return text.translate(_APOSTROPHES)
