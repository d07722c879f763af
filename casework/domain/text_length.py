"""Text messages: written in characters that phones need little room for, and cut where they may."""

from __future__ import annotations

import re

_PLAIN = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′´`", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("\u00a0\u2002\u2003\u2007\u2009\u200a\u202f\t", " "),
        **dict.fromkeys("\u00ad\u200b\u2060\ufeff", ""),
        "…": "...",
        "•": "-",
    }
)

_PARAGRAPH = re.compile(r"\n\s*\n")
_LINE = re.compile(r"\n")
_SENTENCE = re.compile(r"(?<=[.!?])[\"')\]]*(?=\s)")
_SPACE = re.compile(r"\s")
_ADDRESS = re.compile(r"https?://|www\.", re.IGNORECASE)


def in_gsm7(text: str) -> str:
    """Typographic quotes, dashes, spaces and ellipses as characters of GSM-7 (3GPP TS 23.038).

    One character outside GSM-7 more than halves what a text message holds. Letters are left as they
    are: a name is not misspelt for the sake of room.
    """
    return text.translate(_PLAIN)


def pieces(text: str, limit: int = 320) -> list[str]:
    """The text in pieces of at most `limit` characters, without white space around them.

    It is cut between paragraphs if it can be, else lines, sentences or words. A word that is longer
    than `limit` is cut; an address of a page never is, and stands alone even if it is longer. Only
    white space is lost. No text gives no pieces. Raises ValueError for a limit below 1.
    """
    if limit < 1:
        raise ValueError("a piece has at least one character")
    found = []
    rest = text.strip()
    while len(rest) > limit:
        end = _end_of_piece(rest, limit)
        found.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return [*found, rest] if rest else found


def _end_of_piece(text: str, limit: int) -> int:
    """Where the first piece ends; the text is longer than `limit` and begins with a word."""
    # One character more: a piece may end exactly where the white space begins.
    window = text[: limit + 1]
    for boundary in (_PARAGRAPH, _LINE, _SENTENCE, _SPACE):
        ends = [match.end() for match in boundary.finditer(window)]
        if ends:
            return ends[-1]
    word = text.split(maxsplit=1)[0]
    address = _ADDRESS.search(word)
    if address is None:
        return limit
    # What stands before an address may be cut off it.
    return min(address.start(), limit) or len(word)
