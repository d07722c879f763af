"""Residents as the council's records hold them, and what makes a line of an import one."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date

COLUMNS = (
    "account_ref", "claim_ref", "name", "date_of_birth", "phone", "email", "address", "postcode",
    "bill_code", "permit_ref", "registration", "services",
)  # fmt: skip
"""Columns of a residents file, in this order."""

WRITTEN = ("name", "phone", "email", "address", "registration")
"""Columns that a change of circumstances may write; an address brings its postcode."""

CHECKED = ("name", "phone", "email", "address")
"""Of these, what residents are checked or reached by: never written without a person."""

NEEDED = ("account_ref", "name", "address", "postcode")
"""Columns that no line may leave empty."""

_POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
LONGEST = 200
"""Characters of a value."""


@dataclass(frozen=True)
class Resident:
    """One account. `date_of_birth` is ISO 8601, `phone` E.164; `services` are the ids of teams that
    know this resident. None: the record has none."""

    account_ref: str
    name: str
    claim_ref: str | None = None
    date_of_birth: str | None = None
    phone: str | None = None
    email: str | None = None
    address: str = ""
    postcode: str = ""
    bill_code: str | None = None
    permit_ref: str | None = None
    registration: str | None = None
    services: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fault:
    """What is wrong with a line: its number in the file from 1, the column and the reason. It holds
    nothing of what the line says."""

    line: int
    column: str
    reason: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.column}: {self.reason}"


@dataclass(frozen=True)
class Rules:
    """What a line is checked by: the form of account numbers, the teams there are, how a telephone
    number becomes E.164 (None when it cannot be one) and which day it is."""

    account_ref: str
    teams: Collection[str]
    phone: Callable[[str], str | None]
    today: date


def read_line(row: Mapping[str, str], line: int, rules: Rules) -> tuple[Resident, list[Fault]]:
    """The resident of a line, and all that is wrong with it."""
    held = {name: " ".join((row.get(name) or "").split()) for name in COLUMNS}
    faults = [Fault(line, name, "write a value") for name in NEEDED if not held[name]]

    def fault(column: str, reason: str) -> None:
        faults.append(Fault(line, column, reason))

    for name, value in held.items():
        if len(value) > LONGEST:
            fault(name, f"write at most {LONGEST} characters")
    ref = held["account_ref"].replace(" ", "")
    if ref and not re.fullmatch(rules.account_ref, ref):
        fault("account_ref", "not a number of the form that council.yml gives")
    born = held["date_of_birth"]
    if born and not _is_birth(born, rules.today):
        fault("date_of_birth", "write a past date as YYYY-MM-DD")
    phone = rules.phone(held["phone"]) if held["phone"] else None
    if held["phone"] and phone is None:
        fault("phone", "not a British telephone number")
    if held["email"] and not _EMAIL.fullmatch(held["email"]):
        fault("email", "not an e-mail address")
    postcode = _spaced(held["postcode"])
    if held["postcode"] and not _POSTCODE.fullmatch(postcode):
        fault("postcode", "not a postcode")
    services = tuple(part.strip() for part in held["services"].split(";") if part.strip())
    unknown = [number for number, part in enumerate(services, 1) if part not in rules.teams]
    if unknown:
        fault("services", f"entry {unknown[0]} is no id of teams.yml")
    found = Resident(
        account_ref=ref,
        name=held["name"],
        claim_ref=_code(held["claim_ref"]),
        date_of_birth=born or None,
        phone=phone,
        email=held["email"] or None,
        address=held["address"],
        postcode=postcode,
        bill_code=_code(held["bill_code"]),
        permit_ref=_code(held["permit_ref"]),
        registration=_code(held["registration"]),
        services=tuple(dict.fromkeys(services)),
    )
    return found, faults


def _code(text: str) -> str | None:
    return text.replace(" ", "").upper() or None


def _spaced(text: str) -> str:
    compact = text.replace(" ", "").upper()
    return f"{compact[:-3]} {compact[-3:]}" if len(compact) > 3 else compact


def _is_birth(text: str, today: date) -> bool:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return False
    try:
        return date(1900, 1, 1) <= date.fromisoformat(text) <= today
    except ValueError:
        return False
