"""What must never be kept: payment card numbers, wherever a resident puts them."""

import re

MASK = "••••"
_GROUP = re.compile(r"\d+")
_RUN = re.compile(r"(?<!\d)(?<!\d\.)\d(?:[\s\u2010-\u2015-]{0,3}\d){12,}(?!\.?\d)")
_FIRST_DIGITS = frozenset("23456")


def passes_luhn(digits: str) -> bool:
    """Whether digits satisfy the check that all payment cards use (ISO/IEC 7812-1, annex B)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (2 if place % 2 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0


def redact_cards(text: str) -> str:
    """The text with every payment card number replaced by a mask."""
    return _RUN.sub(lambda run: _masked(run.group()), text)


def _masked(run: str) -> str:
    """A row of digit groups without its card numbers: an expiry date or a reference may stand
    beside one, so that every part that begins and ends with a group is tried."""
    groups = list(_GROUP.finditer(run))
    out, end, first = "", 0, 0
    while first < len(groups):
        last = _card_ends(groups, first)
        if last is not None:
            out += run[end : groups[first].start()] + MASK
            end, first = groups[last].end(), last
        first += 1
    return out + run[end:]


def _card_ends(groups: list[re.Match[str]], first: int) -> int | None:
    """The group with which a card number that begins at a group ends; the longest such."""
    found, digits = None, ""
    for place in range(first, len(groups)):
        digits += groups[place].group()
        if len(digits) > 19:
            break
        if len(digits) >= 13 and str(int(digits[0])) in _FIRST_DIGITS and passes_luhn(digits):
            found = place
    return found
