"""What must never be kept: numbers of payment cards and bank accounts, wherever a resident puts
them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

MASK = "••••"
_GROUP = re.compile(r"\d+")
_RUN = re.compile(r"\d(?:[\W_]{0,6}\d){12,}")
# Lengths by the first digits, as issued: Visa, Mastercard, American Express, JCB, Diners, others.
_ISSUED = re.compile(
    r"4\d{12}(?:\d{3}){0,2}|(?:5[1-5]|2[2-7]|35)\d{14}|3[47]\d{13}|3[0689]\d{12}(?:\d{2})?|"
    r"(?:5[06-9]|6\d)\d{11,17}"
)
_SHAPES = frozenset({(4, 6, 5), (4, 6, 4)})
_PHONES = ((11,), (10,), (5, 6), (5, 3, 3), (5, 5), (4, 3, 4), (4, 3, 3), (3, 4, 4))
_ABROAD = ((2, 10), (2, 4, 6), (2, 4, 3, 3), (2, 2, 4, 4), (2, 3, 3, 4))
_DATE = re.compile(
    r"(?:0?[1-9]|[12]\d|3[01])-(?:0?[1-9]|1[0-2])-(?:19|20)\d\d|"
    r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
)
_WORDS = {
    "zero": "0", "oh": "0", "o": "0", "nought": "0", "nil": "0", "one": "1", "two": "2", "to": "2",
    "too": "2", "three": "3", "four": "4", "for": "4", "five": "5", "six": "6", "seven": "7",
    "eight": "8", "nine": "9",
}  # fmt: skip
_TIMES = {"double": 2, "triple": 3, "treble": 3}
_SAID = rf"(?:(?:{'|'.join(_TIMES)})[\W_]+)?(?:{'|'.join(_WORDS)}|\d)\b|\d+\b"
_SAID_ONE = re.compile(_SAID, re.IGNORECASE)
_BETWEEN = r"[\W_]{1,6}(?:(?:and|then|dash|space|um|uh|er|erm)\b[\W_]{1,4})?"
_SAID_RUN = re.compile(rf"\b(?:{_SAID})(?:{_BETWEEN}(?:{_SAID})){{4,}}", re.IGNORECASE)

_DIGITS = re.compile(
    rf"(?<![\w/£.])(?:{_SAID})(?:(?:[ \u00a0-]{{1,3}}|\.)(?:{_SAID}))*(?![/\w])", re.IGNORECASE
)
_SORT_CODE = re.compile(r"\bsort[ -]?code\b", re.IGNORECASE)
_BANK = re.compile(
    r"\bsort[ -]?code\b|\bbank\b|\bbuilding society\b|\bdirect debit\b|\bstanding order\b",
    re.IGNORECASE,
)
# Between the words and their number: "my sort code is", "sort code number:".
_LINK = r"(?:[\s:,.]+(?:number|no|is|it'?s|was|and|the|for|my|bank)\b)*[\s:,.'#-]*$"
_CODE_BEFORE = re.compile(rf"\bsort[ -]?code(?:'s)?{_LINK}", re.IGNORECASE)
_CODE_AFTER = re.compile(r"[\s,]*(?:is|that'?s)?(?: my| the)? ?sort[ -]?code\b", re.IGNORECASE)
_ACCOUNT_BEFORE = re.compile(rf"\b(?:account|acc|a/c|{MASK})(?:'s)?{_LINK}", re.IGNORECASE)
_ACCOUNT_AFTER = re.compile(r"[\s,]*(?:is|that'?s)?(?: my| the)? ?account\b", re.IGNORECASE)
CARD_PART = 4
"""Digits from which on a part of a card number is worth hiding: its groups have four."""

_CARD = re.compile(r"\bcard\b|\blong number\b", re.IGNORECASE)
_CARD_BEFORE = re.compile(
    rf"(?:\b(?:credit|debit|bank|visa|mastercard|amex|payment)[ -]card(?: number)?"
    rf"|(?<!library )(?<!badge )(?<!pass )\bcard (?:number|no)|\blong number){_LINK}",
    re.IGNORECASE,
)
_COUNCIL_TAX = re.compile(r"\bcouncil tax\b|\b(?:ref|reference|case)\b", re.IGNORECASE)


def passes_luhn(digits: str) -> bool:
    """Whether digits satisfy the check that all payment cards use (ISO/IEC 7812-1, annex B)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (2 if place % 2 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0


def redact_payments(text: str) -> str:
    """The text with every payment card number, and every sort code and bank account number told
    as such, replaced by a mask. Typed or said in digits."""
    text = _RUN.sub(lambda run: _masked(run.group(), _typed(run.group())), text)
    text = _SAID_RUN.sub(lambda run: _masked(run.group(), _said(run.group())), text)
    text = _without_card_parts(text) if _CARD.search(text) else text
    return _without_bank_account(text) if _BANK.search(text) else text


def redact_in_talk(text: str, before: str = "", *, of_bank: bool = False) -> str:
    """As `redact_payments`, knowing what was said just `before` (already redacted): a card number
    or bank details may come in two messages. `of_bank`: the talk is of bank details, so a number
    that looks like a sort code or an account is taken for one without a word about it."""
    masked = redact_payments(text)
    if of_bank:
        masked = _without_likely(masked)
    if not before or not _DIGIT.search(_in_digits(masked)):
        return masked
    joined = redact_payments(f"{before} {masked}")
    if joined.startswith(f"{before} "):
        return joined[len(before) + 1 :]
    # A number began in the message before: what is left of it here goes as well.
    return _DIGITS.sub(MASK, masked)


_DIGIT = re.compile(r"\d")


def _in_digits(text: str) -> str:
    """The text with digits that are said, for seeing whether there are any."""
    return _SAID_ONE.sub("0", text)


def _without_likely(text: str) -> str:
    """The text without numbers of six or eight digits that are no date and none of ours."""
    if _COUNCIL_TAX.search(text):
        return text
    found = [
        (start, end)
        for run in _DIGITS.finditer(text)
        for start, end, digits in _numbers_of(run)
        if len(digits) in {6, 8} and not _DATE.fullmatch(re.sub(r"\D+", "-", text[start:end]))
    ]
    for start, end in reversed(found):
        text = text[:start] + MASK + text[end:]
    return text


redact_cards = redact_payments
"""The name by which it is called where cards were all there was to find."""


def _without_card_parts(text: str) -> str:
    """The text without digits that are told as those of a payment card, however few they are: the
    rest may come in the next message."""
    for run in reversed(list(_DIGITS.finditer(text))):
        before = text[max(run.start() - 50, 0) : run.start()]
        digits = "".join(part.digits for part in _parts(run.group()))
        if len(digits) >= CARD_PART and _CARD_BEFORE.search(before):
            text = text[: run.start()] + MASK + text[run.end() :]
    return text


def _without_bank_account(text: str) -> str:
    """The text without the sort codes and account numbers of a sentence that speaks of a bank.

    An account number of council tax has eight digits too: it stays unless a sort code is told.
    """
    coded = _SORT_CODE.search(text) is not None
    found: list[tuple[int, int]] = []
    for run in _DIGITS.finditer(text):
        code_in_row = False
        for start, end, digits in _numbers_of(run):
            before = text[max(start - 40, 0) : start]
            if len(digits) == 6:
                code_in_row = bool(_CODE_BEFORE.search(before) or _CODE_AFTER.match(text, end))
            if code_in_row or (len(digits) == 8 and _is_account(text, before, end, coded)):
                found.append((start, end))
    for start, end in reversed(found):
        text = text[:start] + MASK + text[end:]
    return text


def _is_account(text: str, before: str, end: int, coded: bool) -> bool:
    """Whether eight digits with these words before them are those of a bank account."""
    ours = _COUNCIL_TAX.search(before) or (not coded and _COUNCIL_TAX.search(text))
    told = _ACCOUNT_BEFORE.search(before) or (coded and _ACCOUNT_AFTER.match(text, end))
    return bool(told and not ours)


def _numbers_of(run: re.Match[str]) -> list[tuple[int, int, str]]:
    """A row of digits with its span: as one number, or as a sort code and an account number."""
    parts = [(run.start() + g.start, run.start() + g.end, g.digits) for g in _parts(run.group())]
    digits = "".join(part[2] for part in parts)
    if len(digits) != 14:
        return [(parts[0][0], parts[-1][1], digits)]
    split, taken = 0, 0
    while taken < 6:
        taken += len(parts[split][2])
        split += 1
    if taken != 6:
        return []
    return [
        (parts[0][0], parts[split - 1][1], digits[:6]),
        (parts[split][0], parts[-1][1], digits[6:]),
    ]


def _parts(run: str) -> list[_Group]:
    return _said(run) or _typed(run)


@dataclass
class _Group:
    """Digits that stand together: their value, where they are, and the marks before them."""

    digits: str
    start: int
    end: int
    mark: str
    elsewise: bool = False  # Part of a telephone number or a date.


def _typed(run: str) -> list[_Group]:
    """The digit groups of a run. What cannot be seen parts no groups."""
    groups: list[_Group] = []
    for found in _GROUP.finditer(run):
        digits = "".join(str(int(digit)) for digit in found.group())
        between = run[groups[-1].end : found.start()] if groups else ""
        seen = "".join(c for c in between if unicodedata.category(c) not in ("Cf", "Mn", "Me"))
        if groups and not seen:
            groups[-1].digits += digits
            groups[-1].end = found.end()
        else:
            groups.append(_Group(digits, found.start(), found.end(), seen))
    return groups


def _said(run: str) -> list[_Group]:
    """The digits said in a run, none for one that is mostly typed."""
    groups, words = [], 0
    for found in _SAID_ONE.finditer(run):
        word = re.split(r"[\W_]+", found.group().lower())
        words += word[-1] in _WORDS
        digits = _WORDS.get(word[-1]) or "".join(str(int(digit)) for digit in word[-1])
        groups.append(_Group(digits * _TIMES.get(word[0], 1), found.start(), found.end(), " "))
    return groups if words > len(groups) / 2 else []


def _masked(run: str, groups: list[_Group]) -> str:
    """A row of digit groups without its card numbers: an expiry date or a reference may stand
    beside one, so that every part that begins and ends with a group is tried."""
    for at in range(len(groups)):
        for group in groups[at : at + _other_number(groups, at)]:
            group.elsewise = True
    out, end, first = "", 0, 0
    while first < len(groups):
        last = _card_ends(groups, first)
        if last is not None:
            out += run[end : groups[first].start] + MASK
            end, first = groups[last].end, last
        first += 1
    return out + run[end:]


def _card_ends(groups: list[_Group], first: int) -> int | None:
    """The group with which a card number that begins at a group ends; the longest such."""
    found, digits = None, ""
    for place in range(first, len(groups)):
        digits += groups[place].digits
        if len(digits) > 19:
            break
        if (
            _ISSUED.fullmatch(digits)
            and passes_luhn(digits)
            and _written_as_one(groups, first, place)
        ):
            found = place
    return found


def _written_as_one(groups: list[_Group], first: int, last: int) -> bool:
    """Whether groups look like one number, not several in a list, a date or a telephone number.

    White space and dashes may part groups of any size; other marks only those of a card's shape.
    """
    part = groups[first : last + 1]
    if len(part) == 1:
        # The decimals of a map position are no card.
        after = groups[last + 1].mark if last + 1 < len(groups) else None
        return part[0].mark != "." and after != "."
    if any(group.elsewise for group in part):
        return False
    marks = [_visible(group.mark) for group in part[1:]]
    if not any(marks):
        return True
    sizes = tuple(len(group.digits) for group in part)
    if len(set(marks)) > 1:
        # Two references in a list are 4-4, 4-4.
        return sizes == (4, 4, 4, 4) and not (marks[0] == marks[2] == "" != marks[1])
    spaced_list = marks[0] == "," and any(" " in group.mark for group in part[1:])
    return _card_shape(sizes, {1, 4} if spaced_list else {1, 2, 3, 4, 5})


def _visible(mark: str) -> str:
    """The marks between two groups that are neither white space nor dashes."""
    return "".join(c for c in mark if not c.isspace() and unicodedata.category(c) != "Pd")


def _card_shape(sizes: tuple[int, ...], regular: set[int]) -> bool:
    equal = len(set(sizes[:-1])) == 1 and sizes[-1] <= sizes[0] and sizes[0] in regular
    return equal or sizes in _SHAPES


def _other_number(groups: list[_Group], at: int) -> int:
    """How many groups a telephone number or a date takes that begins at a group; none is 0."""
    near = [group.digits for group in groups[at : at + 4]]
    sizes = tuple(map(len, near))
    shapes = _PHONES if near[0][0] == "0" else _ABROAD if near[0] == "44" else ()
    date = 3 if _DATE.fullmatch("-".join(near[:3])) else 0
    return max((len(shape) for shape in shapes if sizes[: len(shape)] == shape), default=date)
