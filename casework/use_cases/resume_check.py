"""What somebody with a code is asked before anything personal: a value they gave for the form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from casework.domain.drafts import Answer, Draft, Source
from casework.domain.identity import ACCOUNT, DATE_OF_BIRTH, NAME, PHONE_DIGITS, POSTCODE
from casework.ports.reading import Read
from casework.use_cases.filling import plain
from casework.use_cases.office import Office

EMAIL, PLATE, STREET = "email", "registration", "location"
"""Checks by what a form asks itself."""

KINDS = {
    POSTCODE: "postcode",
    DATE_OF_BIRTH: "date_past",
    NAME: "person_name",
    PHONE_DIGITS: "digits",
    ACCOUNT: "account_ref",
    EMAIL: "email",
    PLATE: "registration",
    STREET: "location",
}
"""The type of answer that each check awaits. The first that a form can be checked by is asked."""

PERSONAL = frozenset({"text", "money", "reference", "case_ref"})
"""Types whose values may be private and that are no check themselves."""

LAST_DIGITS = 3


def check_of(draft: Draft) -> str | None:
    """The question that a draft can be checked by; None when nothing in it shows who gave it."""
    given = _given(draft)
    return next((question for question in KINDS if given[question]), None)


def is_guarded(office: Office, draft: Draft) -> bool:
    """Whether whoever comes with the code can be checked, or there is nothing that needs it."""
    return check_of(draft) is not None or not is_private(office, draft)


def is_private(office: Office, draft: Draft) -> bool:
    """Whether a draft holds what nobody else may hear, besides what it could be checked by."""
    fields = office.council.fields
    own = [k for k, a in draft.answers.items() if a.value and a.source is not Source.RECORD]
    return any(name not in fields or fields[name].type in PERSONAL for name in own)


def passes(office: Office, draft: Draft, question: str, text: str) -> bool | None:
    """Whether a reply matches what was given; None when it holds no such value."""
    given = _given(draft)[question]
    if question == NAME:
        heard = _surnames(office, text)
        wanted = {_letters(name.split()[-1]) for name in given if name.split()}
        return bool(heard & wanted) if heard else None
    if question == STREET:
        return _same_street(text, given)
    asked = plain(KINDS[question])
    if question == DATE_OF_BIRTH:
        asked = replace(asked, id="date_of_birth")
    if question == PHONE_DIGITS:
        asked = office.council.fields[PHONE_DIGITS]
    reading = office.reader.read(asked, text, office.context())
    return str(reading.value) in given if isinstance(reading, Read) else None


def _same_street(text: str, given: set[str]) -> bool | None:
    """Whether a reply names the street; its kind (road, street) may be left out."""
    said = set(re.findall(r"[a-z']+", text.lower()))
    if not said - MERE:
        return None
    wanted = (set(re.findall(r"[a-z']+", street)) for street in given)
    return any((names - MERE or names) <= said for names in wanted)


MERE = frozenset(
    "the a an in on at of it was is my i road street lane avenue close drive way place hill".split()
)
"""Words that tell no street from another."""


def _given(draft: Draft) -> Mapping[str, set[str]]:
    """Values by question. What came from a record was never given."""
    own = {k: a for k, a in draft.answers.items() if a.value and a.source is not Source.RECORD}
    reached = [str(a.value) for k, a in own.items() if k in {"contact", "phone", "new_phone"}]
    return {
        POSTCODE: {code for a in own.values() if (code := _postcode(a))},
        DATE_OF_BIRTH: {str(a.value) for k, a in own.items() if k == "date_of_birth"},
        NAME: {str(a.value) for k, a in own.items() if k in {"name", "new_name", "old_name"}},
        PHONE_DIGITS: {one[-LAST_DIGITS:] for one in reached if one.startswith("+")},
        ACCOUNT: {str(a.value) for k, a in own.items() if k == "account_ref"},
        EMAIL: {str(a.value) for k, a in own.items() if "@" in str(a.value) and k in EMAILS},
        PLATE: {str(a.value) for k, a in own.items() if k.endswith("registration")},
        STREET: {street for a in own.values() if (street := _street(a))},
    }


EMAILS = frozenset({"contact", "new_email"})


def _street(answer: Answer) -> str:
    """The street where something lies."""
    value = answer.value
    return str(value.get("street") or "").lower() if isinstance(value, dict) else ""


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
