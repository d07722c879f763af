"""Who a resident is: what is asked to find out, what counts as the same, and when it is over.

A name and a reference come first, then two of four things that only the resident should know. Until
all of it is given nothing is compared, and then everything is: an account that does not exist runs
the same course as one that does.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from enum import StrEnum
from hashlib import sha256
from hmac import compare_digest

from casework.domain.plain_words import plain_words
from casework.domain.residents import Resident

NAME = "verify_name"
ACCOUNT = "verify_account_ref"
POSTCODE = "verify_postcode"
DATE_OF_BIRTH = "verify_date_of_birth"
PHONE_DIGITS = "verify_phone_digits"
CODE = "verify_code"

FIRST = (NAME, ACCOUNT)
"""What nobody can be verified without."""

FACTORS = (POSTCODE, DATE_OF_BIRTH, PHONE_DIGITS, CODE)
"""Of these any two are enough, asked in this order."""

QUESTIONS = (*FIRST, *FACTORS)

SECRETS = frozenset({DATE_OF_BIRTH, PHONE_DIGITS, CODE})
"""Answers that staff need not see once they have been checked."""

ENOUGH = 2
"""Factors that must match."""

TRIES = 2
"""Failures that end it (design: two, without saying which answer was wrong)."""

RELATIONSHIP = "relationship"
AUTHORITY = "authority_on_record"
RESIDENT = "resident_name"
"""What a third party is asked of themselves, and whom they ask for."""

SPEAKER = "speaker"
ANOTHER = "another"
"""The field of a service that is about speaking for somebody, and its value for those who do."""

THIRD_PARTY = "third_party"
"""The flag of a conversation in which somebody speaks for another; also why nobody was verified."""

ALIKE = 0.9
"""How alike two names are from which on one is a slip of the other's spelling."""

TITLES = frozenset("mr mrs ms miss mx dr prof professor sir dame rev reverend lord lady".split())


@dataclass(frozen=True)
class IdentityRules:
    """How residents show who they are. `third_party` are regular expressions over small letters by
    which somebody says that they ask for another; after `lock_failures` failures within
    `lock_hours` nothing matches; `sign_in_minutes` is the longest a website's sign-in may last."""

    third_party: tuple[str, ...] = ()
    lock_failures: int = 5
    lock_hours: int = 24
    sign_in_minutes: int = 15


class Stage(StrEnum):
    """Questions are being asked, identity holds, or it does not and the matter goes on without."""

    ASKING = "asking"
    VERIFIED = "verified"
    UNVERIFIED = "unverified"


@dataclass(frozen=True)
class Identity:
    """How far a conversation has come in finding out who speaks.

    `given` holds answers until they are compared: the name and the reference in clear, the rest as
    digests. `unknown` are factors that the resident does not have. `how` says what settled it:
    `questions` or `website`, else `declined`, `not_known`, `failed` or `third_party`. `account_ref`
    and `services` (team ids) are of the record, once identity holds. `checked` are the turns whose
    words staff do not see. `relationship` and `authority` are what a third party said of
    themselves, and `resident` the name of whom they ask for; None while not known, and empty for
    a name that they would not give.
    """

    stage: Stage = Stage.ASKING
    given: Mapping[str, str] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    failures: int = 0
    account_ref: str | None = None
    how: str | None = None
    services: tuple[str, ...] = ()
    checked: tuple[str, ...] = ()
    relationship: str | None = None
    authority: bool | None = None
    resident: str | None = None

    @property
    def verified(self) -> bool:
        """Whether identity holds."""
        return self.stage is Stage.VERIFIED

    @property
    def settled(self) -> bool:
        """Whether nothing more is asked, whatever came of it."""
        return self.stage is not Stage.ASKING

    @property
    def complete(self) -> bool:
        """Whether there is enough to compare."""
        factors = [name for name in FACTORS if name in self.given]
        return all(name in self.given for name in FIRST) and len(factors) >= ENOUGH

    def next_question(self) -> str | None:
        """What to ask next; None when enough is given, or nothing is left to ask."""
        for name in FIRST:
            if name not in self.given:
                return name
        if self.complete:
            return None
        left = (n for n in FACTORS if n not in self.given and n not in self.unknown)
        return next(left, None)

    def with_answer(self, question: str, value: str, salt: str) -> Identity:
        """This with an answer; `salt` is the conversation's id."""
        kept = value if question in FIRST else digest(salt, question, value)
        return replace(self, given={**self.given, question: kept})

    def without(self, question: str) -> Identity:
        """This with a question to be asked again."""
        given = {name: value for name, value in self.given.items() if name != question}
        unknown = tuple(name for name in self.unknown if name != question)
        return replace(self, given=given, unknown=unknown)

    def not_knowing(self, question: str) -> Identity:
        """This with a factor that the resident does not have."""
        return replace(self, unknown=(*self.unknown, question))

    def not_showing(self, turn_id: str) -> Identity:
        """This with a turn whose words staff do not see."""
        return self if turn_id in self.checked else replace(self, checked=(*self.checked, turn_id))

    def previous(self) -> str | None:
        """The question answered last, for "go back"."""
        answered = [n for n in QUESTIONS if n in self.given or n in self.unknown]
        return answered[-1] if answered else None

    def holding(self, resident: Resident, how: str) -> Identity:
        """Identity holds; what was given is forgotten."""
        return Identity(
            stage=Stage.VERIFIED,
            account_ref=resident.account_ref,
            how=how,
            services=resident.services,
            checked=self.checked,
            failures=self.failures,
        )

    def ended(self, how: str) -> Identity:
        """Nobody is verified; what was given is forgotten."""
        return replace(
            self,
            stage=Stage.UNVERIFIED,
            given={},
            unknown=(),
            how=how,
            account_ref=None,
            services=(),
        )

    def failed(self) -> Identity:
        """Something did not match: the factors are asked once more, or it is over."""
        failures = self.failures + 1
        if failures >= TRIES:
            return replace(self.ended("failed"), failures=failures)
        kept = {name: value for name, value in self.given.items() if name in FIRST}
        return replace(self, given=kept, unknown=(), failures=failures)


def matches(identity: Identity, record: Resident | None, salt: str, *, locked: bool) -> bool:
    """Whether all that was given is the record's. Every part is compared, whatever the others gave,
    and a record that does not exist is compared with as well."""
    held = record or Resident(account_ref="", name="")
    given = identity.given
    good = record is not None
    good &= not locked
    good &= identity.complete
    good &= same_person(given.get(NAME, ""), held.name)
    good &= _same_reference(given.get(ACCOUNT, ""), held)
    values = factors_of(held)
    for name in FACTORS:
        known = digest(salt, name, values[name] or "\0")
        same = compare_digest(given.get(name, known), known)
        good &= same and (bool(values[name]) or name not in given)
    return good


def factors_of(resident: Resident) -> dict[str, str]:
    """What each factor must be, as `normal` writes it; empty where the record has none."""
    return {
        POSTCODE: normal(resident.postcode),
        DATE_OF_BIRTH: normal(resident.date_of_birth),
        PHONE_DIGITS: re.sub(r"\D", "", resident.phone or "")[-3:],
        CODE: normal(resident.bill_code),
    }


def normal(value: str | None) -> str:
    """Capitals and digits alone: how postcodes, codes and references are compared."""
    return re.sub(r"[^A-Z0-9]", "", (value or "").upper())


def digest(salt: str, question: str, value: str) -> str:
    """What is kept of an answer until it is compared."""
    return sha256(f"{salt}\n{question}\n{normal(value) or value}".encode()).hexdigest()


def _same_reference(given: str, held: Resident) -> bool:
    wanted = normal(given).encode()
    account = compare_digest(wanted, normal(held.account_ref).encode())
    claim = compare_digest(wanted, normal(held.claim_ref).encode())
    return (account or claim) and bool(wanted)


def same_person(given: str, held: str) -> bool:
    """Whether two names are one person's: case, titles, order, middle names, initials and slips of
    spelling aside. The family name must be there."""
    said, known = _name_parts(given), _name_parts(held)
    if len(said) < ENOUGH or not known:
        return False
    if _alike(" ".join(sorted(said)), " ".join(sorted(known))):
        return True
    left = list(known)
    for part in sorted(said, key=len, reverse=True):
        found = next((one for one in left if _same_part(part, one)), None)
        if found is None:
            return False
        left.remove(found)
    full = any(len(part) > 1 and _alike(part, known[-1]) for part in said)
    # What nobody said may only be a middle name.
    return full and not set(left) & {known[0], known[-1]}


def _name_parts(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(c for c in plain if not unicodedata.combining(c) and c not in "'’")
    return [part for part in re.findall(r"[^\W\d_]+", letters) if part not in TITLES]


def _same_part(said: str, known: str) -> bool:
    if len(said) == 1 or len(known) == 1:
        return said[0] == known[0]
    return _alike(said, known)


def _alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= ALIKE


def speaks_for_another(text: str, phrases: Iterable[str]) -> bool:
    """Whether somebody says that they ask for another: `phrases` are the council's, as regular
    expressions over small letters."""
    plain = plain_words(text)
    return any(re.search(rf"\b(?:{phrase})\b", plain) for phrase in phrases)
