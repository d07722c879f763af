"""What must never be kept: payment card numbers, wherever a resident puts them."""

import re

MASK = "••••"
_CANDIDATE = re.compile(r"(?<![\d.])(?:\d[ -]?){12,18}\d(?![\d.])")


def passes_luhn(digits: str) -> bool:
    """Whether digits satisfy the check that all payment cards use (ISO/IEC 7812-1, annex B)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (2 if place % 2 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0


def redact_cards(text: str) -> str:
    """The text with every payment card number replaced by a mask."""

    def mask(match: re.Match[str]) -> str:
        digits = re.sub(r"\D", "", match.group())
        return MASK if 13 <= len(digits) <= 19 and passes_luhn(digits) else match.group()

    return _CANDIDATE.sub(mask, text)
