"""Reads a residents file: CSV in UTF-8 with a line of column names."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TextIO

from casework.domain.errors import BadLines
from casework.domain.residents import COLUMNS


def read_residents(file: Path) -> list[tuple[int, dict[str, str]]]:
    """Each line's number in the file and its values by column; empty lines are left out.

    Raises BadLines when the file is no CSV with these columns, or a line has more or fewer values.
    """
    try:
        with file.open(encoding="utf-8-sig", newline="") as opened:
            return _lines(opened)
    except FileNotFoundError:
        raise BadLines(["there is no such file"]) from None
    except (UnicodeDecodeError, csv.Error, OSError):
        raise BadLines(["the file is no CSV in UTF-8"]) from None


def _lines(opened: TextIO) -> list[tuple[int, dict[str, str]]]:
    reader = csv.reader(opened, strict=True)
    header: list[str] = next(reader, [])
    missing = [name for name in COLUMNS if name not in header]
    unknown = [number for number, name in enumerate(header, 1) if name not in COLUMNS]
    if missing:
        raise BadLines([f"line 1: write the columns {', '.join(missing)} as well"])
    if unknown:
        raise BadLines([f"line 1: column {unknown[0]} is none of {', '.join(COLUMNS)}"])
    found, faults = [], []
    for row in reader:
        number = reader.line_num
        if not any(value.strip() for value in row):
            continue
        if len(row) != len(header):
            faults.append(f"line {number}: {len(row)} values, not {len(header)}")
            continue
        found.append((number, dict(zip(header, row, strict=True))))
    if faults:
        raise BadLines(faults)
    return found
