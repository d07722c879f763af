"""What somebody with a code is asked before anything personal: a value they gave for the form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from casework.domain.drafts import Answer, Draft, Source
from casework.domain.identity import DATE_OF_BIRTH, NAME, POSTCODE
from casework.ports.reading import Read
from casework.use_cases.filling import plain
from casework.use_cases.office import Office

KINDS = {POSTCODE: "postcode", DATE_OF_BIRTH: "date_past", NAME: "person_name"}
"""The type of answer that each check awaits."""


def check_of(draft: Draft) -> str | None:
    """The question that a draft can be checked by; None when nothing in it shows who gave it."""
    given = _given(draft)
    return next((question for question in (POSTCODE, DATE_OF_BIRTH, NAME) if given[question]), None)


def passes(office: Office, draft: Draft, question: str, text: str) -> bool | None:
    """Whether a reply matches what was given; None when it holds no such value."""
    given = _given(draft)[question]
    if question == NAME:
        heard = _surnames(office, text)
        wanted = {_letters(name.split()[-1]) for name in given if name.split()}
        return bool(heard & wanted) if heard else None
    asked = plain(KINDS[question])
    if question == DATE_OF_BIRTH:
        asked = replace(asked, id="date_of_birth")
    reading = office.reader.read(asked, text, office.context())
    return reading.value in given if isinstance(reading, Read) else None


def _given(draft: Draft) -> Mapping[str, set[str]]:
    """Values by question. What came from a record was never given."""
    own = {k: a for k, a in draft.answers.items() if a.value and a.source is not Source.RECORD}
    return {
        POSTCODE: {code for a in own.values() if (code := _postcode(a))},
        DATE_OF_BIRTH: {str(a.value) for k, a in own.items() if k == "date_of_birth"},
        NAME: {str(a.value) for k, a in own.items() if k in {"name", "new_name", "old_name"}},
    }


def _postcode(answer: Answer) -> str:
    """That of an address; where something lies in the street shows nothing."""
    value = answer.value
    address = isinstance(value, dict) and "lines" in value
    return str(value.get("postcode") or "") if address else ""


def _surnames(office: Office, text: str) -> set[str]:
    """What a reply may give as a surname: said, or spelt."""
    words = re.findall(r"[^\W\d_][^\W\d_'-]*", text)
    if not words:
        return set()
    reading = office.reader.read(plain("person_name"), text, office.context())
    found = {_letters(str(reading.value).split()[-1])} if isinstance(reading, Read) else set()
    spelling = [word for word in words if len(word) == 1]
    return {*found, _letters(words[-1]), _letters("".join(spelling))} - {""}


def _letters(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalpha())
