"""The draft: what a resident has told us so far towards one service, and what is asked next.

There is one truth about a half-filled form, and it is this record: the assistant, the desk and a
resume on another channel all read it. Rules here are pure; use cases load and save.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from casework.domain.branches import holds
from casework.domain.catalogue import FieldUse, Service

CONFIRM = "confirm"
"""What a draft asks when all is filled in: the read-back awaits a yes."""


class Source(StrEnum):
    """Where a value came from."""

    SAID = "said"
    KEYED = "keyed"
    TYPED = "typed"
    LOOKED_UP = "looked_up"
    RECORD = "record"
    AGENT = "agent"


class DraftState(StrEnum):
    """A draft is filled, then confirmed or dropped; parked while another is filled."""

    FILLING = "filling"
    PARKED = "parked"
    CONFIRMED = "confirmed"
    DROPPED = "dropped"


@dataclass(frozen=True)
class Answer:
    """A field's value in its stored form (None: not known, or left out), and its provenance."""

    value: Any
    source: Source
    at: datetime
    confirmed: bool = False


@dataclass(frozen=True)
class Candidate:
    """One of several values that a reply may have meant."""

    label: str
    value: Any


@dataclass(frozen=True)
class Draft:
    """See the module. `asked` is the order in which fields were asked, for going back.

    `about` is the service the resident really came for when it is taken as an information
    request or a callback; `opening` the words that began it; `tries` counts failures at the
    present question; `changing` is set while the resident is asked what to change; `yes_turn_id`
    is the turn in which the resident agreed to the read-back.
    """

    id: str
    conversation_id: str
    service: str
    created_at: datetime
    updated_at: datetime
    state: DraftState = DraftState.FILLING
    answers: Mapping[str, Answer] = field(default_factory=dict)
    asking: str | None = None
    asked: tuple[str, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    tries: int = 0
    changing: bool = False
    about: str | None = None
    opening: str = ""
    yes_turn_id: str | None = None
    case_ref: str | None = None

    def value(self, field_id: str) -> Any:
        """The value held for a field; None when unanswered as well as when not known."""
        answer = self.answers.get(field_id)
        return None if answer is None else answer.value

    @property
    def values(self) -> dict[str, Any]:
        """Field ids and values of everything answered."""
        return {name: answer.value for name, answer in self.answers.items()}

    def with_answer(self, field_id: str, answer: Answer) -> Draft:
        """This draft with a field answered, and whatever failed at it forgotten."""
        return replace(
            self,
            answers={**self.answers, field_id: answer},
            candidates=(),
            tries=0,
            changing=False,
        )

    def without_answer(self, field_id: str) -> Draft:
        """This draft with a field to be asked again."""
        kept = {name: answer for name, answer in self.answers.items() if name != field_id}
        return replace(self, answers=kept, candidates=(), tries=0, changing=False)

    def asking_for(self, field_id: str | None) -> Draft:
        """This draft now asking for a field, the read-back or nothing."""
        asked = self.asked
        if field_id and field_id != CONFIRM and field_id not in asked:
            asked = (*asked, field_id)
        return replace(self, asking=field_id, asked=asked, candidates=(), tries=0, changing=False)


def applies(use: FieldUse, values: Mapping[str, Any]) -> bool:
    """Whether a field is called for, given the answers so far."""
    return holds(use.when, values)


def uses_in_order(service: Service, draft: Draft) -> list[FieldUse]:
    """The service's fields that apply to this draft, in the order in which they are asked."""
    return [use for use in service.uses if applies(use, draft.values)]


def next_question(service: Service, draft: Draft) -> str:
    """The first field not answered yet, or `confirm` when none is left."""
    for use in uses_in_order(service, draft):
        if use.asked and use.field.id not in draft.answers:
            return use.field.id
    for group in service.one_of:
        if all(draft.value(name) is None for name in group):
            return group[-1]
    return CONFIRM


def pruned(service: Service, draft: Draft) -> Draft:
    """The draft without answers to fields that no longer apply after a correction."""
    applying = {use.field.id for use in uses_in_order(service, draft)}
    kept = {name: answer for name, answer in draft.answers.items() if name in applying}
    return replace(draft, answers=kept)


def previous_question(service: Service, draft: Draft) -> str | None:
    """The field asked before the present one, for "go back"; None at the start."""
    present = draft.asked.index(draft.asking) if draft.asking in draft.asked else len(draft.asked)
    applying = {use.field.id for use in uses_in_order(service, draft)}
    for name in reversed(draft.asked[:present]):
        if name in applying:
            return name
    return None
