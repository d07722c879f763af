"""The demo's staff: there from the start, and only in the demo without a code."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from casework.domain.errors import CouncilDataError
from casework.domain.staff import Availability, Role
from casework.use_cases.update_staff import update_staff
from server.demo_data import demo_staff, seed_staff
from tests.office import COUNCIL, make_office


def test_two_agents_are_free_and_there_is_a_supervisor() -> None:
    office = make_office()
    seed_staff(office, COUNCIL)
    with office.store.begin(reading=True) as work:
        members = work.staff.all()
    assert sorted(one.name for one in members) == sorted(demo_staff(COUNCIL))
    free = [one for one in members if one.availability is Availability.AVAILABLE]
    assert [one.role for one in free] == [Role.AGENT, Role.AGENT]
    assert all(one.phone for one in free)
    assert Role.SUPERVISOR in {one.role for one in members}


def test_what_they_changed_stays_when_the_demo_starts_again() -> None:
    office = make_office()
    seed_staff(office, COUNCIL)
    with office.store.begin(reading=True) as work:
        before = work.staff.all()
    update_staff(office, before[0], availability=Availability.BUSY)
    seed_staff(office, COUNCIL)
    with office.store.begin(reading=True) as work:
        after = work.staff.all()
    assert after[0].availability is Availability.BUSY
    assert [one.token_hash for one in after] == [one.token_hash for one in before]


@pytest.mark.parametrize(
    ("right", "wrong", "advice"),
    [
        ("role: supervisor", "role: boss", "write one of: agent"),
        ("role: supervisor", "role: back_office", "at least one team"),
        ("name: Robin Pengelly", "name: resident", "somebody else"),
    ],
)
def test_a_mistake_in_the_demos_staff_is_named(
    tmp_path: Path, right: str, wrong: str, advice: str
) -> None:
    council = Path(shutil.copytree(COUNCIL, tmp_path / "council"))
    file = council / "demo" / "staff.yml"
    said = file.read_text(encoding="utf-8")
    assert right in said, "this test is out of date"
    file.write_text(said.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(CouncilDataError, match=advice) as refused:
        seed_staff(make_office(), council)
    assert str(refused.value).startswith(f"{file}, line ")


def test_a_council_without_demo_staff_has_none(tmp_path: Path) -> None:
    assert demo_staff(tmp_path) == []
