"""Whose number it is, and whether it is one at all."""

from __future__ import annotations

import re

WITHHELD = frozenset({"+266696687", "+7378742833", "+2562533", "+8656696", "+86282452253"})
"""What Twilio sends for a number that the caller withheld: "anonymous", "restricted", "blocked",
"unknown" and "unavailable" on a keypad
(https://support.twilio.com/hc/en-us/articles/223179988)."""

_NUMBER = re.compile(r"\+[1-9][0-9]{6,14}")


def number_of(given: str) -> str | None:
    """A caller's number (+44...), or None where it is withheld or none, such as a SIP address."""
    plain = given.strip()
    if plain in WITHHELD or not _NUMBER.fullmatch(plain):
        return None
    return plain
