"""Tables kept as CSV files in `council/tables/`, with their schema in `tables.yml`."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from datetime import date, time
from pathlib import Path

from casework.adapters.council_checks import check_filled
from casework.adapters.council_words import spoken
from casework.adapters.row_words import rows_named
from casework.adapters.yaml_lines import Source
from casework.domain.errors import CouncilDataError, NotFound
from casework.domain.tables import Column, TableSchema
from casework.ports.tables import Row

OF_A_ROW = frozenset({"open_now", "hours"})
"""What is worked out from a row's hours."""

_SPAN = re.compile(r"([0-9]{2}:[0-9]{2})-([0-9]{2}:[0-9]{2})")


def read_schemas(folder: Path) -> dict[str, TableSchema]:
    """The tables that `tables.yml` describes; none without that file. Raises CouncilDataError."""
    path = folder / "tables.yml"
    if not path.exists():
        return {}
    source = Source(path, "tables")
    found: dict[str, TableSchema] = {}
    for name, entry in source.data["tables"].items():
        for column in entry["found_by"]:
            if column not in entry["columns"]:
                known = ", ".join(entry["columns"])
                raise source.error(["tables", name, "found_by"], f"write some of: {known}")
        found[name] = TableSchema(
            name=name,
            what=entry["what"],
            owner=entry["owner"],
            row=spoken(entry["row"]),
            unnamed=entry.get("unnamed", "nothing"),
            columns={
                key: Column(one["type"], one["what"], bool(one.get("optional", False)))
                for key, one in entry["columns"].items()
            },
            found_by=tuple(entry["found_by"]),
            example=bool(entry.get("example", False)),
            may_be_empty=bool(entry.get("may_be_empty", False)),
        )
        for channel in ("web", "sms", "voice"):
            filled_in = {*entry["columns"], *OF_A_ROW}
            text = getattr(found[name].row, channel)
            check_filled(source, ["tables", name, "row", channel], text, filled_in)
    return found


class CsvTables:
    """Implements `Tables` on one CSV file for each table, read once."""

    def __init__(self, schemas: Mapping[str, TableSchema], rows: Mapping[str, list[Row]]) -> None:
        self._schemas, self._rows = schemas, rows

    @classmethod
    def from_folder(cls, folder: Path) -> CsvTables:
        """Reads and checks every table. Raises CouncilDataError naming file and line."""
        schemas = read_schemas(folder)
        return cls(schemas, {name: read_table(folder, one) for name, one in schemas.items()})

    def rows(self, table: str) -> Sequence[Row]:
        """Every row. Raises NotFound."""
        if table not in self._rows:
            raise NotFound(f"table {table}")
        return self._rows[table]

    def find(self, table: str, words: str) -> Sequence[Row]:
        """The rows that words name. Raises NotFound."""
        rows = self.rows(table)
        schema = self._schemas[table]
        return rows_named(rows, schema.found_by, schema.keys, words)


class MemoryTables:
    """A fake: rows given at once; every column whose value the words may hold finds a row."""

    def __init__(self, **tables: Sequence[Row]) -> None:
        self.tables = dict(tables)

    def rows(self, table: str) -> Sequence[Row]:
        """Every row. Raises NotFound."""
        if table not in self.tables:
            raise NotFound(f"table {table}")
        return self.tables[table]

    def find(self, table: str, words: str) -> Sequence[Row]:
        """The rows that words name. Raises NotFound."""
        rows = self.rows(table)
        return rows_named(rows, tuple(rows[0]) if rows else (), (), words)


def read_table(folder: Path, schema: TableSchema) -> list[Row]:
    """The rows of one table. Raises CouncilDataError naming file, line and column."""
    path = folder / f"{schema.name}.csv"
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            if tuple(reader.fieldnames or ()) != tuple(schema.columns):
                wanted = ",".join(schema.columns)
                raise CouncilDataError(f"{path}, line 1: write the columns {wanted}")
            rows = [_checked(path, reader.line_num, schema, row) for row in reader]
    except FileNotFoundError:
        raise CouncilDataError(f"{path}: there is no such file; tables.yml describes it") from None
    except UnicodeDecodeError:
        raise CouncilDataError(f"{path}: this is not UTF-8; save the file as UTF-8") from None
    if not rows and not schema.may_be_empty:
        raise CouncilDataError(f"{path}: write a row at least, or may_be_empty in tables.yml")
    return rows


def _checked(path: Path, line: int, schema: TableSchema, row: dict[str, str]) -> Row:
    where = f"{path}, line {line}"
    if None in row or None in row.values():
        raise CouncilDataError(f"{where}: write {len(schema.columns)} values, one for each column")
    for name, column in schema.columns.items():
        value = row[name].strip()
        if not value and column.optional:
            continue
        if not value:
            raise CouncilDataError(f"{where}: {name}: write a value; {column.what}")
        if column.type == "date" and not _is_day(value):
            raise CouncilDataError(f"{where}: {name}: write a date as 2026-11-24")
        if column.type == "hours" and not _is_hours(value):
            raise CouncilDataError(
                f"{where}: {name}: write hours as 09:00-17:00, several joined by ;, or closed"
            )
        if column.type == "days" and not all(_is_day(f"2024-{one}") for one in value.split(";")):
            raise CouncilDataError(
                f"{where}: {name}: write days as 12-25 (month and day), several joined by ;"
            )
    return {name: value.strip() for name, value in row.items()}


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _is_hours(value: str) -> bool:
    if value == "closed":
        return True
    try:
        spans = [_SPAN.fullmatch(span.strip()) for span in value.split(";")]
        return all(
            span is not None and time.fromisoformat(span[1]) < time.fromisoformat(span[2])
            for span in spans
        )
    except ValueError:
        return False
