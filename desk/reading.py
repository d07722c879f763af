"""Reading what a browser sent: everything is checked here, nothing further in."""

from __future__ import annotations

import re
from collections.abc import Collection
from enum import StrEnum
from typing import TypeVar

from flask import request

from casework.domain.staff import BROWSER
from desk.errors import Refused
from web.reading import clean

MAX_TEXT = 2000
"""Characters of a reply, of a note, or of what a resident is told."""

_SEPARATORS = re.compile(r"[\s().-]")
_PHONE = re.compile(r"\+[1-9][0-9]{6,14}")
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_REF = re.compile(r"[0-9]{8}")
_FIELD = re.compile(r"[a-z0-9_]{1,64}")

Word = TypeVar("Word", bound=StrEnum)


def text(name: str, what: str) -> str:
    """The words of a field, cleaned. Raises Refused 400 when empty or too long; `what` names the
    field in the sentence."""
    written = optional_text(name, what)
    if written is None:
        raise Refused(400, f"Write {what} first.")
    return written


def optional_text(name: str, what: str) -> str | None:
    """As `text`; None when nothing was written."""
    written = clean(request.form.get(name, "")).strip()
    if len(written) > MAX_TEXT:
        raise Refused(400, f"Write {what} in at most {MAX_TEXT:,} characters.")
    return written or None


def code() -> str:
    """The sign-in code; whatever cannot be one is none."""
    written = request.form.get("code", "").strip()
    return written if re.fullmatch(r"[\x21-\x7e]{1,200}", written) else ""


def phone(browsers: bool) -> str:
    """A phone number in E.164; one without a country is British, and nothing is no phone. BROWSER
    where `browsers` can be rung."""
    if browsers and request.form.get("phone") == BROWSER:
        return BROWSER
    written = _SEPARATORS.sub("", request.form.get("phone", ""))
    written = re.sub(r"^00", "+", written)
    written = re.sub(r"^0", "+44", written)
    if written and not _PHONE.fullmatch(written):
        raise Refused(400, "Enter a telephone number, such as 07700 900 982, or nothing.")
    return written


def one_of(name: str, words: type[Word]) -> Word:
    """A word of a fixed set."""
    try:
        return words(request.form.get(name, ""))
    except ValueError:
        raise Refused(400, "Choose one of what is on offer.") from None


def filter_word(name: str, words: type[Word]) -> Word | None:
    """A filter of the address; one that is unknown shows everything, and the page shows so."""
    try:
        return words(request.args.get(name, ""))
    except ValueError:
        return None


def filter_id(name: str, known: Collection[str]) -> str | None:
    """As `filter_word`, for ids of the council's book."""
    given = request.args.get(name, "")
    return given if given in known else None


def chosen(name: str, known: Collection[str]) -> str:
    """An id of the council's book, which must be given."""
    given = request.form.get(name, "")
    if given not in known:
        raise Refused(400, "Choose one of what is on offer.")
    return given


def change(name: str, known: Collection[str], present: str) -> str | None:
    """What a choice is to become; None where it stays."""
    given = request.form.get(name, "")
    if not given or given == present:
        return None
    if given not in known:
        raise Refused(400, "Choose one of what is on offer.")
    return given


def record_id(written: str) -> str:
    """The id as written in the address. Raises Refused 404 when it cannot be one."""
    if not _ID.fullmatch(written):
        raise Refused(404, "There is no such page.")
    return written


def case_ref(written: str) -> str:
    """A reference as people write it, "4829 1573" or "4829-1573". Raises Refused 404."""
    ref = re.sub(r"[\s-]", "", written)
    if not _REF.fullmatch(ref):
        raise Refused(404, "There is no case with this reference.")
    return ref


def field_id() -> str:
    """The id of the field to be filled."""
    given = request.form.get("field", "")
    if not _FIELD.fullmatch(given):
        raise Refused(400, "Choose one of the fields on the page.")
    return given


def seen() -> int:
    """How many entries of a list the form was drawn with."""
    given = request.form.get("seen", "")
    return int(given) if re.fullmatch(r"[0-9]{1,6}", given) else 10**6


def next_page() -> str:
    """Where to go after signing in: a page of the desk, nothing else."""
    given = request.values.get("next", "")
    return given if re.fullmatch(r"/desk(/[A-Za-z0-9_/-]*)?", given) else "/desk"
