"""References, account numbers, case references and registration plates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stdnum import damm

from casework.adapters.reading.spoken import clean, digit_runs, spelt
from casework.ports.reading import Read, Reading, Refused

LAST = 3
CODE = 6
"""Digits of a telephone number that are asked for as a check."""

_PLAIN_WORDS = frozenset(
    """a an the my is it its it's was no not ref reference number num account acc code pcn claim
    permit badge crime case council tax yes ok um er please thanks and for on to of i think be that
    that's here you so well sorry oh in at we by or but have has got there this hi new
    old""".split()
)
_PLATES = (
    re.compile(r"[A-HJ-PR-Y][A-HJ-PR-Y][0-9]{2}[A-HJ-PR-Z]{3}"),
    re.compile(r"[A-HJ-NPR-TV-Y][0-9]{1,3}[A-HJ-PR-Y]{3}"),
    re.compile(r"[A-HJ-PR-Y]{3}[0-9]{1,3}[A-HJ-NPR-TV-Y]"),
    re.compile(r"[A-Z]{1,3}[0-9]{1,4}"),
    re.compile(r"[0-9]{1,4}[A-Z]{1,3}"),
)
_PLATE_TYPED = re.compile(
    r"\b([a-z]{2}[0-9]{2} ?[a-z]{3}|[a-z][0-9]{2,3} ?[a-z]{3}|[a-z]{3} ?[0-9]{2,3}[a-z])\b",
    re.IGNORECASE,
)
_PLATE_LEAD = re.compile(
    r"^(?:(?:my|the|new|old|it'?s|it is|is|reg|registration|number|plate|car|van|vehicle)\b"
    r"[\s:,.]*)+(?=.*(?:[0-9]|one|two|three|four|five|six|seven|eight|nine|ten|twelve|teen|ty))",
    re.IGNORECASE,
)
_PLATE_CUE = re.compile(r"\b(?:reg|registration|plate|number plate|car|van|vehicle)\b")
_CASE_CUE = re.compile(r"\b(?:case|reference|ref|report)\b")


def read_account_ref(pattern: str, text: str) -> Reading | None:
    """An account number that fits the council's pattern. Refused as reference_invalid."""
    for candidate in _joined(text):
        if re.fullmatch(pattern, candidate):
            return Read(candidate)
    return _refused_if_tried(text)


def read_reference(pattern: str, text: str) -> Reading | None:
    """Letters and digits, at least one a digit, as capitals without spaces."""
    for candidate in _joined(text):
        if re.search("[0-9]", candidate) and re.fullmatch(pattern, candidate):
            return Read(candidate)
    return _refused_if_tried(text)


def read_case_ref(text: str) -> Reading | None:
    """Eight digits of which the last is a Damm check digit. Refused as case_ref_wrong when there
    are eight that cannot be a reference, else as reference_invalid."""
    whole = False
    for candidate in _joined(text):
        if is_case_ref(candidate):
            return Read(candidate)
        whole = whole or bool(re.fullmatch(r"[0-9]{8}", candidate))
    return Refused("case_ref_wrong") if whole else _refused_if_tried(text)


def read_digits(text: str) -> Reading | None:
    """The last three digits of what was said, be it these alone or the whole number. Refused as
    digits_invalid."""
    said = "".join(run.text for run in digit_runs(clean(text), " -().,/"))
    if len(said) >= LAST:
        return Read(said[-LAST:])
    return Refused("digits_invalid") if said else None


def read_code(text: str) -> Reading | None:
    """A code of six digits. Refused as code_short when there are others."""
    runs = [run.text for run in digit_runs(clean(text), " -().,")]
    six = [run for run in runs if len(run) == CODE]
    if len(six) == 1:
        return Read(six[0])
    return Refused("code_short") if runs else None


def find_case_ref(text: str) -> str | None:
    """A case reference in a sentence that speaks of one."""
    plain = clean(text).lower()
    runs = [run.text for run in digit_runs(plain) if is_case_ref(run.text)]
    return runs[0] if len(runs) == 1 and _CASE_CUE.search(plain) else None


def find_account_ref(pattern: str, text: str) -> str | None:
    """An account number in a sentence that speaks of one."""
    plain = clean(text).lower()
    cue = re.search(
        r"\b(?:account|reference|ref|council tax) ?(?:number|no|ref|reference)?\b", plain
    )
    runs = [run.text for run in digit_runs(plain) if re.fullmatch(pattern, run.text)]
    return runs[0] if cue and len(runs) == 1 else None


def is_case_ref(text: str) -> bool:
    """Whether eight digits carry a correct check digit."""
    return bool(re.fullmatch(r"[0-9]{8}", text)) and bool(damm.is_valid(text))


def read_registration(text: str) -> Reading | None:
    """A United Kingdom plate as capitals without spaces. Refused as registration_invalid."""
    tried = False
    candidates = list(_joined(_PLATE_LEAD.sub("", clean(text), count=1)))
    longest = max(map(len, candidates), default=0)
    for candidate in candidates:
        plate = plate_of(candidate)
        # A short old plate inside something longer is only a part of it.
        if plate and (len(plate) >= 5 or len(candidate) == longest):
            return Read(plate)
        tried = tried or bool(
            4 <= len(candidate) <= 10
            and re.search("[0-9]", candidate)
            and re.search("[A-Z]", candidate)
        )
    return Refused("registration_invalid") if tried else None


def plate_of(compact: str) -> str | None:
    """A valid plate, with O and 0, I and 1 put right by their place; None for anything else."""
    if not (2 <= len(compact) <= 7 and re.search("[A-Z]", compact) and re.search("[0-9]", compact)):
        return None
    if len(compact) == 7:
        # Only the plates since 2001 are seven long with digits third and fourth.
        year = compact[2:4].replace("O", "0").replace("I", "1")
        letters = (compact[:2] + compact[4:]).replace("0", "O").replace("1", "I")
        mended = letters[:2] + year + letters[2:]
        if _PLATES[0].fullmatch(mended):
            return mended
    return compact if any(pattern.fullmatch(compact) for pattern in _PLATES) else None


def find_plates(text: str) -> list[str]:
    """Plates in a sentence: of a shape that is nothing else, or where a vehicle is spoken of."""
    plain = clean(text)
    cued = bool(_PLATE_CUE.search(plain.lower()))
    found = []
    for match in _PLATE_TYPED.finditer(plain):
        plate = plate_of(re.sub(r"\s", "", match[1]).upper())
        if plate and (cued or _PLATES[0].fullmatch(plate)):
            found.append(plate)
    return list(dict.fromkeys(found))


def _joined(text: str) -> Iterator[str]:
    """What a reply may spell, longest first: runs of digits and short letter groups, joined."""
    typed = re.findall(r"[a-z]+|[0-9]+", clean(text).lower())
    if not any(word in _PLAIN_WORDS or (word.isalpha() and len(word) > 4) for word in typed):
        yield "".join(typed).upper()
    groups: list[list[str]] = [[]]
    for word in re.findall(r"[a-z0-9']+", spelt(re.sub(r"[/.]|(?<=\w)-(?=\w)", " ", text))):
        compact = word.replace("'", "")
        if re.search("[0-9]", compact) or (len(compact) <= 3 and word not in _PLAIN_WORDS):
            groups[-1].append(compact)
        elif groups[-1]:
            groups.append([])
    runs = [group for group in groups if group]
    for group in sorted(runs, key=lambda g: -len("".join(g))):
        yield "".join(group).upper()
        for word in group:
            yield word.upper()
    for run in digit_runs(clean(text)):
        yield run.text


def _refused_if_tried(text: str) -> Refused | None:
    """A refusal when at least three digits were given: a reference was tried."""
    digits = sum(len(run.text) for run in digit_runs(clean(text), " -().,/"))
    return Refused("reference_invalid") if digits >= 3 else None
