"""Whatever is corrected, however often and in whatever way: the case has the last values agreed to,
and there is none without a yes."""

from __future__ import annotations

from functools import cache
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from casework.adapters.memory_store import MemoryStore
from tests.office import Talk, make_office, values_of

SAID = {
    "direction": "within", "name": "Priya Shah", "contact": "07700 900123",
    "old_address": "14 Elm Road PL4 7AA", "new_address": "5 Oak Street PL2 1AB",
    "move_date": "12 December", "tenure": "I own it", "other_adults": "no one",
    "account_ref": "skip", "services_to_tell": "none",
}  # fmt: skip
VALUES: dict[str, dict[str, Any]] = {
    "name": {"Priya Shaw": "Priya Shaw", "Alan Turner": "Alan Turner", "Priya Shah": "Priya Shah"},
    "contact": {"07700 900456": "+447700900456", "07700 900789": "+447700900789",
                "priya@example.com": "priya@example.com"},
    "old_address": {"12 Elm Road PL4 7AA": "12 Elm Road", "3 Elm Road PL4 7AA": "3 Elm Road"},
    "new_address": {"7 Oak Street PL2 1AB": "7 Oak Street", "9 Oak Street PL2 1AB": "9 Oak Street"},
    "move_date": {"13 December": "2026-12-13", "2 January": "2027-01-02",
                  "12 December": "2026-12-12"},
}  # fmt: skip
NAMES = {
    "name": "name", "contact": "phone number", "old_address": "old address",
    "new_address": "new address", "move_date": "date",
}  # fmt: skip
WAYS = (
    "sorry, the {name} is {value}", "the {name} should be {value}", "change the {name} to {value}",
    "the {name} is wrong, it's {value}", "[no]|{field}|{value}",
)  # fmt: skip

corrections = st.lists(
    st.sampled_from(sorted(VALUES)).flatmap(
        lambda field: st.tuples(
            st.just(field), st.sampled_from(sorted(VALUES[field])), st.sampled_from(WAYS)
        )
    ),
    min_size=1,
    max_size=6,
)


@cache
def _read_back() -> tuple[Talk, Any]:
    store = MemoryStore()
    talk = Talk(make_office(store=store))
    talk.says("I'm moving house", "house_move")
    while talk.asks != "confirm":
        talk.says(SAID[talk.asks or ""])
    return talk, (store, store._records)


def _again() -> Talk:
    talk, (store, records) = _read_back()
    store._records = records.copy()
    talk.heard = talk.transcript[-1:]
    return talk


def _corrects(talk: Talk, field: str, value: str, way: str) -> None:
    for part in way.split("|"):
        said = part.format(name=NAMES[field], field=field, value=value)
        if part == "{field}" or part.startswith("["):
            talk.presses(said.strip("[]"))
        else:
            talk.says(said, "correct_answer" if "{name}" in part else None)


@settings(max_examples=40, deadline=None)
@given(corrections, st.booleans())
def test_the_case_has_what_was_said_last(made: list[tuple[str, str, str]], agrees: bool) -> None:
    talk = _again()
    wanted = {
        "name": "Priya Shah", "contact": "+447700900123", "old_address": "14 Elm Road",
        "new_address": "5 Oak Street", "move_date": "2026-12-12",
    }  # fmt: skip
    for field, value, way in made:
        _corrects(talk, field, value, way)
        wanted[field] = VALUES[field][value]
        assert talk.asks == "confirm", (field, value, way, talk.said)
        assert talk.cases == []
    if not agrees:
        talk.says("stop", "stop")
        assert talk.cases == []
        return
    talk.says("yes", "affirm")
    (parent,) = [case for case in talk.cases if case.parent_ref is None]
    held = values_of(parent)
    got = {k: v["lines"][0] if isinstance(v, dict) else v for k, v in held.items() if k in wanted}
    assert got == wanted
    assert all(answer.confirmed for answer in parent.fields.values())
