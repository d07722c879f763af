"""What a draft asks next, and what falls away when an answer changes."""

from __future__ import annotations

from typing import Any

import pytest

from casework.domain.catalogue import FieldUse, Kind, Service, Tier
from casework.domain.drafts import (
    CONFIRM,
    Answer,
    Candidate,
    Draft,
    Source,
    applies,
    next_question,
    previous_question,
    pruned,
    uses_in_order,
)
from casework.domain.fields import Field
from casework.domain.wording import Spoken
from tests.office import NOW

NOTHING = Spoken("", "", "")


def use(name: str, **when: tuple[Any, ...]) -> FieldUse:
    field = Field(id=name, type="text", label=name, ask=NOTHING, again=NOTHING)
    return FieldUse(field, optional=bool(when), when=when)


MOVE = Service(
    id="move", title="", short="", about="", tier=Tier.ASSISTED, kind=Kind.CHANGE, team="revenues",
    full=True,
    uses=(
        use("direction"),
        use("tenure"),
        use("landlord", tenure=("tenant", "lodger")),
        use("forwarding", direction=("out",)),
        use("agent_of_landlord", tenure=("tenant",), direction=("out",)),
        use("date"),
    ),
)  # fmt: skip


def draft(asking: str | None = None, asked: tuple[str, ...] = (), **values: Any) -> Draft:
    answers = {name: Answer(value, Source.TYPED, NOW) for name, value in values.items()}
    return Draft("d", "c", "move", NOW, NOW, answers=answers, asking=asking, asked=asked)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, "direction"),
        ({"direction": "in"}, "tenure"),
        ({"tenure": "tenant"}, "direction"),
        ({"direction": "in", "tenure": "owner"}, "date"),
        ({"direction": "in", "tenure": "tenant"}, "landlord"),
        ({"direction": "in", "tenure": "lodger"}, "landlord"),
        ({"direction": "out", "tenure": "owner"}, "forwarding"),
        ({"direction": "out", "tenure": "tenant", "landlord": None}, "forwarding"),
        ({"direction": "out", "tenure": "tenant", "landlord": "A", "forwarding": "B"},
         "agent_of_landlord"),
        ({"direction": "in", "tenure": "owner", "date": None}, CONFIRM),
    ],
)  # fmt: skip
def test_the_first_field_that_applies_and_is_not_answered_is_asked(
    values: dict[str, Any], expected: str
) -> None:
    assert next_question(MOVE, draft(**values)) == expected


def test_not_known_counts_as_answered() -> None:
    answered = draft(direction=None)
    assert next_question(MOVE, answered) == "tenure"
    assert answered.value("direction") is None
    assert answered.values == {"direction": None}


def test_a_field_applies_only_when_all_its_conditions_hold() -> None:
    both = MOVE.uses[4]
    assert applies(both, {"tenure": "tenant", "direction": "out"})
    assert not applies(both, {"tenure": "tenant", "direction": "in"})
    assert not applies(both, {"tenure": "tenant"})
    assert applies(MOVE.uses[0], {})


def test_answers_that_no_longer_apply_fall_away() -> None:
    full = draft(direction="out", tenure="tenant", landlord="A", forwarding="B", date="x")
    stayed = pruned(MOVE, full.with_answer("direction", Answer("in", Source.TYPED, NOW)))
    assert set(stayed.answers) == {"direction", "tenure", "landlord", "date"}
    owned = pruned(MOVE, stayed.with_answer("tenure", Answer("owner", Source.TYPED, NOW)))
    assert set(owned.answers) == {"direction", "tenure", "date"}


def test_fields_come_in_the_order_of_the_catalogue() -> None:
    order = [u.field.id for u in uses_in_order(MOVE, draft(tenure="tenant", direction="out"))]
    assert order == [u.field.id for u in MOVE.uses]


@pytest.mark.parametrize(
    ("asking", "asked", "values", "expected"),
    [
        ("direction", ("direction",), {}, None),
        (None, (), {}, None),
        ("tenure", ("direction", "tenure"), {"direction": "in"}, "direction"),
        (CONFIRM, ("direction", "tenure", "date"), {"direction": "in", "tenure": "owner"}, "date"),
        ("date", ("direction", "tenure", "landlord", "date"),
         {"direction": "in", "tenure": "owner"}, "tenure"),
        ("tenure", ("direction", "tenure", "date"), {"direction": "in"}, "direction"),
    ],
)  # fmt: skip
def test_going_back_leads_to_the_question_asked_before_that_still_applies(
    asking: str | None, asked: tuple[str, ...], values: dict[str, Any], expected: str | None
) -> None:
    assert previous_question(MOVE, draft(asking, asked, **values)) == expected


def test_an_answer_clears_what_failed_at_its_question() -> None:
    stuck = Draft(
        "d", "c", "move", NOW, NOW, asking="direction", candidates=(Candidate("a", 1),), tries=2,
        changing=True,
    )  # fmt: skip
    for freed in (
        stuck.with_answer("direction", Answer("in", Source.SAID, NOW)),
        stuck.without_answer("direction"),
        stuck.asking_for("tenure"),
    ):
        assert (freed.candidates, freed.tries, freed.changing) == ((), 0, False)


def test_a_question_asked_again_keeps_its_place_and_the_read_back_has_none() -> None:
    begun = draft().asking_for("direction").asking_for("tenure").asking_for("direction")
    assert begun.asked == ("direction", "tenure")
    assert begun.asking_for(CONFIRM).asked == ("direction", "tenure")
