"""Tables: rows are found by what residents call them, and opening times follow day and season."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest

from casework.adapters.csv_tables import CsvTables, MemoryTables
from casework.domain.errors import NotFound
from casework.domain.tables import opening, spans_in
from casework.ports.tables import Tables
from tests.office import COUNCIL

ROWS = [
    {"item": "Pizza box", "words": "pizza boxes;takeaway box"},
    {"item": "Tin can", "words": "tins"},
    {"item": "Battery", "words": "batteries"},
]


@pytest.fixture(params=["csv", "memory"])
def tables(request: pytest.FixtureRequest, tmp_path: Path) -> Tables:
    """The files and the fake beside them, with the same rows."""
    if request.param == "memory":
        return MemoryTables(items=ROWS)
    (tmp_path / "tables.yml").write_text(
        "tables:\n  items:\n    what: items\n    owner: waste\n    found_by: [item, words]\n"
        "    row: {web: '{item}', sms: '{item}', voice: '{item}'}\n    columns:\n"
        "      item: {type: text, what: its name}\n      words: {type: words, what: other words}\n",
        encoding="utf-8",
    )
    lines = ["item,words", *(f"{row['item']},{row['words']}" for row in ROWS)]
    (tmp_path / "items.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return CsvTables.from_folder(tmp_path)


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("can i recycle a pizza box", ["Pizza box"]),
        ("wot about piza boxes", ["Pizza box"]),
        ("where do battries go", ["Battery"]),
        ("is this a thing", []),
    ],
)
def test_a_row_is_found_by_its_names(tables: Tables, said: str, found: list[str]) -> None:
    assert [row["item"] for row in tables.find("items", said)] == found


def test_a_table_that_there_is_not_is_not_found(tables: Tables) -> None:
    assert len(tables.rows("items")) == len(ROWS)
    with pytest.raises(NotFound):
        tables.rows("nothing")


def test_every_item_of_the_council_is_found_by_its_own_name() -> None:
    tables = CsvTables.from_folder(COUNCIL / "tables")
    rows = tables.rows("recycling_items")
    assert len(rows) >= 120
    for row in rows:
        assert row in tables.find("recycling_items", f"where does my {row['item']} go")


def test_hours_are_spans_or_none() -> None:
    assert spans_in("closed") == ()
    assert spans_in("09:00-12:00;13:00-17:00")[1] == (time(13), time(17))


@pytest.mark.parametrize(
    ("day", "holiday", "opens"),
    [(date(2026, 7, 1), False, time(8)), (date(2026, 12, 1), False, time(9))],
)
def test_hours_follow_the_season(day: date, holiday: bool, opens: time) -> None:
    row = {"summer": "08:00-18:00", "winter": "09:00-16:00"}
    assert opening(row, day, holiday)[0][0] == opens


def test_hours_of_a_bank_holiday_are_its_own() -> None:
    row = {"monday": "09:00-17:00", "bank_holiday": "closed"}
    assert opening(row, date(2026, 8, 31), holiday=True) == ()
