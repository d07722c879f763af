"""A residents file is taken whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from casework.adapters.residents_csv import read_residents
from casework.domain.errors import BadLines
from casework.domain.residents import COLUMNS, Resident
from casework.use_cases.import_residents import Imported, import_residents
from casework.use_cases.office import Office
from tests.office import COUNCIL, make_office

GOOD = {
    "account_ref": "4021 7753", "name": "Priya Shah", "date_of_birth": "1991-10-14",
    "phone": "07700 900167", "email": "priya@example.com", "address": "14 Elm Road",
    "postcode": "pl47aa", "bill_code": "tq 4273", "services": "revenues;waste",
}  # fmt: skip


def load(office: Office, *rows: dict[str, str]) -> Imported:
    return import_residents(office, list(enumerate(rows, 2)))


def held(office: Office, account_ref: str = "40217753") -> Resident | None:
    with office.store.begin(reading=True) as work:
        return work.residents.get(account_ref)


def test_a_line_becomes_a_record_in_its_stored_form() -> None:
    office = make_office()
    assert load(office, GOOD) == Imported(1, 0, 0)
    assert held(office) == Resident(
        account_ref="40217753",
        name="Priya Shah",
        date_of_birth="1991-10-14",
        phone="+447700900167",
        email="priya@example.com",
        address="14 Elm Road",
        postcode="PL4 7AA",
        bill_code="TQ4273",
        services=("revenues", "waste"),
    )


def test_the_same_file_again_changes_nothing_and_a_new_one_only_what_differs() -> None:
    office = make_office()
    load(office, GOOD, GOOD | {"account_ref": "40218846"})
    assert load(office, GOOD) == Imported(0, 0, 1)
    assert load(office, GOOD | {"postcode": "PL2 1AB"}) == Imported(0, 1, 0)
    resident = held(office)
    assert resident is not None
    assert resident.postcode == "PL2 1AB"
    assert held(office, "40218846") is not None


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("account_ref", "", "write a value"), ("account_ref", "12345", "not a number of the form"),
        ("name", " ", "write a value"), ("address", "", "write a value"),
        ("date_of_birth", "14/10/1991", "YYYY-MM-DD"), ("date_of_birth", "2091-10-14", "past date"),
        ("date_of_birth", "1991-02-30", "YYYY-MM-DD"), ("phone", "123", "not a British telephone"),
        ("postcode", "Plymouth", "not a postcode"), ("postcode", "", "write a value"),
        ("email", "nobody", "not an e-mail address"), ("services", "waste;magic", "entry 2"),
        ("name", "x" * 201, "at most 200"),
    ],
)  # fmt: skip
def test_a_bad_line_is_named_and_nothing_is_written(column: str, value: str, reason: str) -> None:
    office = make_office()
    with pytest.raises(BadLines) as refused:
        load(office, GOOD | {"account_ref": "40218846"}, GOOD | {column: value})
    line = next(one for one in refused.value.lines if column in one and reason in one)
    assert line.startswith(f"line 3: {column}: ")
    assert len(value) < 4 or value not in str(refused.value)
    assert held(office, "40218846") is None


def test_all_bad_lines_are_told_at_once() -> None:
    with pytest.raises(BadLines) as refused:
        load(make_office(), GOOD | {"phone": "1", "postcode": "x"}, GOOD, GOOD, GOOD | {"name": ""})
    places = [line.split(":")[0:2] for line in refused.value.lines]
    assert places == [
        ["line 2", " phone"], ["line 2", " postcode"], ["line 3", " account_ref"],
        ["line 4", " account_ref"], ["line 5", " name"], ["line 5", " account_ref"],
    ]  # fmt: skip


def test_the_demo_has_at_least_two_hundred_residents(tmp_path: Path) -> None:
    office = make_office()
    done = import_residents(office, read_residents(COUNCIL / "demo" / "residents.csv"))
    assert done.added >= 200
    assert (done.changed, done.same) == (0, 0)


HEAD = ",".join(COLUMNS)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "line 1: write the columns"),
        (b"account_ref,name\n", "line 1: write the columns claim_ref"),
        (f"{HEAD},shoe_size\n".encode(), "line 1: column 13 is none of"),
        (f"{HEAD}\n1,2\n".encode(), "line 2: 2 values, not 12"),
        ("größe".encode("latin-1"), "no CSV in UTF-8"),
        (f'{HEAD}\n"never closed\n'.encode(), "no CSV in UTF-8"),
    ],
)
def test_what_is_no_residents_file_is_refused(tmp_path: Path, content: bytes, told: str) -> None:
    file = tmp_path / "residents.csv"
    file.write_bytes(content)
    with pytest.raises(BadLines, match=told):
        read_residents(file)


def test_columns_may_stand_in_any_order_and_empty_lines_are_left_out(tmp_path: Path) -> None:
    file = tmp_path / "residents.csv"
    backwards = list(reversed(COLUMNS))
    row = ",".join(GOOD.get(name, "") for name in backwards)
    file.write_text(f"{','.join(backwards)}\n\n{row}\n,,,,,,,,,,,\n", "utf-8-sig")
    lines = read_residents(file)
    assert [number for number, _ in lines] == [3]
    office = make_office()
    assert import_residents(office, lines).added == 1
