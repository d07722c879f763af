"""Loads the council's records of residents: all lines of a file, or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from casework.domain.errors import BadLines
from casework.domain.residents import Fault, Resident, Rules, read_line
from casework.ports.reading import Read
from casework.use_cases.filling import plain
from casework.use_cases.office import Office


@dataclass(frozen=True)
class Imported:
    """How many records came to be, became others, and were so already."""

    added: int
    changed: int
    same: int


def import_residents(office: Office, lines: Sequence[tuple[int, Mapping[str, str]]]) -> Imported:
    """Writes the residents of (line number in the file, values by column) in one unit of work.

    Records of accounts that the lines do not name stay. Raises BadLines, with nothing written, when
    any line is wrong.
    """
    rules = Rules(
        account_ref=office.council.account_ref_pattern,
        teams=office.council.teams,
        phone=lambda written: _e164(office, written),
        today=office.local_now.date(),
    )
    residents: dict[str, Resident] = {}
    faults: list[Fault] = []
    for number, row in lines:
        resident, wrong = read_line(row, number, rules)
        faults.extend(wrong)
        if resident.account_ref and resident.account_ref in residents:
            faults.append(Fault(number, "account_ref", "an earlier line has the same"))
        residents[resident.account_ref] = resident
    if faults:
        raise BadLines([str(fault) for fault in faults])
    with office.store.begin() as work:
        before = work.residents.count()
        written = sum(work.residents.save(resident) for resident in residents.values())
        added = work.residents.count() - before
    return Imported(added, written - added, len(residents) - written)


def _e164(office: Office, written: str) -> str | None:
    reading = office.reader.read(plain("phone"), written, office.context())
    return str(reading.value) if isinstance(reading, Read) else None
