"""Reading free sentences: values, places and dangers. Adapters bring the libraries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from casework.domain.contact_wishes import ContactWishes
from casework.domain.drafts import Candidate
from casework.domain.fields import Field
from casework.domain.safety import SafetyRule


@dataclass(frozen=True)
class Read:
    """A value in its stored form."""

    value: Any


@dataclass(frozen=True)
class Pick:
    """Several values are possible: the resident chooses."""

    candidates: tuple[Candidate, ...]


@dataclass(frozen=True)
class Refused:
    """Understood, but it cannot be right; `reason` names a wording (`refused_<reason>`)."""

    reason: str


Reading = Read | Pick | Refused


@dataclass(frozen=True)
class Context:
    """What a reader may know: the local time, and the value now held when one is corrected."""

    now: datetime
    held: Any = None

    @property
    def today(self) -> date:
        """The local date."""
        return self.now.date()


@dataclass(frozen=True)
class Property:
    """A property of the gazetteer, with what the council knows of its place."""

    uprn: str
    address: str
    street: str
    locality: str
    postcode: str
    ward: str
    bin_day: str
    bin_week: str
    lat: float
    lon: float


class AnswerReader(Protocol):
    """Hears a value in what a resident said."""

    def read(self, field: Field, text: str, context: Context) -> Reading | None:
        """The value of a field in a reply to its question; None when there is none in it."""
        ...

    def find(self, fields: Sequence[Field], text: str, context: Context) -> dict[str, Any]:
        """Values for these fields volunteered in a sentence that was not a reply to them.

        Cautious: only what the sentence plainly gives, in stored form, by field id.
        """
        ...

    def amended(self, field: Field, text: str, context: Context) -> Reading | None:
        """The value held (`context.held`) with the one part put right that a sentence names or
        replaces ("PL4 not PL14", "with an e at the end"); None when it amends nothing in it."""
        ...

    def mentions(self, fields: Sequence[Field], text: str) -> str | None:
        """The id of the field that a resident names ("the postcode is wrong"); None if unclear."""
        ...

    def correction(self, text: str) -> str:
        """The new value in a correction, without what leads up to it and what it replaces.

        "No sorry, the 12th not the 10th" gives "the 12th". Read a correction through this first.
        """
        ...

    def wishes(self, text: str, asks: str | None = None) -> ContactWishes:
        """What a message says of how and when its sender may be contacted; empty for most. `asks`
        is the field that was asked for."""
        ...


class SafetyScreen(Protocol):
    """Recognises danger in a sentence by the council's rules."""

    def screen(self, text: str) -> SafetyRule | None:
        """The first rule that fires."""
        ...


class Gazetteer(Protocol):
    """The council's properties. `localities` are the names of its parts, in small letters."""

    localities: frozenset[str]

    def property(self, uprn: str) -> Property | None: ...

    def streets(self) -> Sequence[str]:
        """Names of streets, those with the most properties first."""
        ...

    def postcodes(self) -> Sequence[str]:
        """Postcodes in use, in order."""
        ...
