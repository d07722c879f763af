"""What a case must carry, as `council/fields.yml` states it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from casework.domain.wording import Spoken


@dataclass(frozen=True)
class Option:
    """One choice of a choice field. `words` are what residents say for it."""

    id: str
    label: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Field:
    """Something a case must carry: how it is asked, heard, checked and read back.

    `type` is a type of the catalogue (`date`, `address`, `choice`, ...). `past_days` and
    `future_days` bound a date, counted from today in the council's time zone; a date further back
    than `sure_past_days` is asked about once. `not_before`, `not_after` and `not_same` name other
    fields of the form, `reason` the wording (`refused_<reason>`) that says what is wrong then.
    `carried_from` are the fields of an earlier form whose value holds for this one (None: a field
    of this id, where that lasts). `branches` are other words for it on some answers to earlier
    fields. `matter`: an opening sentence is about this choice, so that one of its words is enough
    there; `cues` are words one of which must stand beside such words of a yes or no. `is_asked`: a
    question is as good an answer to it as any other text; `names_firm`: it is the name of a firm;
    `names_nobody`: words of which an answer does not name the people who are asked for.
    """

    id: str
    type: str
    label: str
    ask: Spoken
    again: Spoken
    help: str = ""
    skip: str = ""
    names: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    may_be_unknown: bool = False
    past_days: int | None = None
    future_days: int | None = None
    min_length: int = 0
    max_length: int = 1000
    sure_past_days: int | None = None
    not_before: str | None = None
    not_after: str | None = None
    not_same: str | None = None
    reason: str = ""
    carried_from: tuple[str, ...] | None = None
    branches: tuple[Branch, ...] = ()
    matter: bool = False
    cues: tuple[str, ...] = ()
    is_asked: bool = False
    names_firm: bool = False
    names_nobody: tuple[str, ...] = ()

    @property
    def compared_with(self) -> tuple[str, ...]:
        """The fields of the same form that a value of this one is held against."""
        return tuple(name for name in (self.not_before, self.not_after, self.not_same) if name)

    def option(self, option_id: str) -> Option | None:
        """The option with this id, if there is one."""
        return next((o for o in self.options if o.id == option_id), None)


@dataclass(frozen=True)
class Branch:
    """A field in the words that fit some answers to earlier fields (`when`, as in `FieldUse`)."""

    when: Mapping[str, tuple[Any, ...]]
    field: Field
