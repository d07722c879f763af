"""A folder that would fail residents is refused, with file, line and what to write instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from casework.adapters.council_files import load_council
from casework.domain.errors import CouncilDataError
from tests.office import COUNCIL, copy_of_council

BREAKS = [
    ("council.yml", "website: https://", "website: ", "an address that begins with https://"),
    ("council.yml", "bank_holidays: england-and-wales", "bank_holidays: cornwall",
     "write one of: england-and-wales, scotland"),
    ("hours.yml", 'monday: ["09:00-17:00"]', "monday: [9-5]", 'times such as "09:00-17:00"'),
    ("hours.yml", 'id: morning, from: "09:00"', "id: morning, from: 9am", 'a time such as "09:00"'),
    ("teams.yml", "email: waste@plymouth.example", "email: waste", "write an e-mail address"),
    ("services.yml", "    team: highways", "    team: roads", "write one of: revenues, benefits"),
    ("services.yml", "id: pothole", "id: missed_bin", "missed_bin is there twice; keep one"),
    ("services.yml", "    kind: report", "    kind: moan", "write one of: enquiry, report"),
    ("services.yml", "    title: Report a pothole\n", "", "write title as well"),
    ("services.yml", "    lgsl: 557", "    lgls: 557", "('lgls' was unexpected)"),
    ("services.yml", "[location, description, danger,", "[location, descripton, danger,",
     "descripton is not in fields.yml; add it there"),
    ("services.yml", "fields: [name, contact, new_address, move_date]",
     "fields: [name, contact, new_addres, move_date]", "new_addres is not asked by house_move"),
    ("services.yml", "      libraries:\n", "      library:\n", "write one of: revenues"),
    ("fields.yml", "    type: person_name", "    type: name", "write one of: person_name"),
    ("fields.yml", "    label: Landlord or agent\n", "", "write label as well"),
    ("fields.yml", "    label: Landlord or agent\n",
     "    label: Landlord or agent\n    label: Landlord\n", "'label' is there twice"),
    ("fields.yml", "      voice: What is your full name? Please say your first name and then your "
     "last name.\n", "", "write voice as well"),
    ("answers.yml", "  bin_day:", "  bin_days:", "write the id of a service of services.yml"),
    ("answers.yml", '    sms: "Next', '    sms: "' + "x" * 320 + "Next", "at most 320 characters"),
    ("wording.yml", "{ref}", "{ref", "check the braces"),
    ("life_events.yml", "bus_pass, council_tax_reduction", "bus_pas, council_tax_reduction",
     "bus_pas is not in services.yml"),
    ("safety.yml", "wording: gas", "wording: gass", "write a key of responses"),
    ("safety.yml", "label: crisis", "label: panic", "write one of: emergency, crisis"),
    ("teams.yml", "teams:", "teams: [", "this is not YAML"),
]  # fmt: skip


def error_in(folder: Path) -> str:
    with pytest.raises(CouncilDataError) as refused:
        load_council(folder)
    return str(refused.value)


@pytest.mark.parametrize(
    ("file", "right", "wrong", "advice"), BREAKS, ids=[f"{f}-{a[:40]}" for f, _, _, a in BREAKS]
)
def test_a_mistake_is_named_with_file_line_and_what_to_write(
    tmp_path: Path, file: str, right: str, wrong: str, advice: str
) -> None:
    folder = copy_of_council(tmp_path)
    text = (folder / file).read_text(encoding="utf-8")
    assert right in text, "this test is out of date"
    (folder / file).write_text(text.replace(right, wrong, 1), encoding="utf-8")
    error = error_in(folder)
    assert error.startswith(f"{folder / file}, line ")
    assert advice in error


@pytest.mark.parametrize(
    ("file", "right", "wrong"),
    [
        ("services.yml", "when: {tenure: [tenant, lodger]}", "when: {tenur: [tenant, lodger]}"),
        ("services.yml", "when: {tenure: [tenant, lodger]}", "when: {tenure: [renter]}"),
        ("answers.yml", "    reviewed: 2026-11-01", "    reviewed: lately"),
        ("answers.yml", "next: missed_bin", "next: missed_bins"),
        ("answers.yml", "{collections}", "{colections}"),
        ("hours.yml", 'from: "09:00", to: "12:00"', 'from: "29:00", to: "12:00"'),
        ("hours.yml", "closed_days: []", "closed_days: [{date: Christmas}]"),
        ("council.yml", "timezone: Europe/London", "timezone: Europe/Plymouth"),
        ("council.yml", 'pattern: "[0-9]{8}"', 'pattern: "[0-9{8}"'),
        ("teams.yml", "id: waste, name", "id: revenues, name"),
        ("wording.yml", "  goodbye: Thank you for getting in touch. Goodbye.\n", ""),
    ],
)
def test_a_mistake_that_would_only_show_in_front_of_a_resident_is_found_when_loading(
    tmp_path: Path, file: str, right: str, wrong: str
) -> None:
    folder = copy_of_council(tmp_path)
    text = (folder / file).read_text(encoding="utf-8")
    assert right in text, "this test is out of date"
    (folder / file).write_text(text.replace(right, wrong, 1), encoding="utf-8")
    assert error_in(folder).startswith(f"{folder / file}, line ")


def test_the_line_named_is_the_line_of_the_mistake(tmp_path: Path) -> None:
    folder = copy_of_council(tmp_path)
    file = folder / "services.yml"
    lines = file.read_text(encoding="utf-8").splitlines()
    at = next(n for n, line in enumerate(lines) if line.strip() == "team: highways")
    lines[at] = "    team: roads"
    file.write_text("\n".join(lines), encoding="utf-8")
    assert f"services.yml, line {at + 1}:" in error_in(folder)


@pytest.mark.parametrize(
    "file", sorted(f.name for f in COUNCIL.glob("*.yml") if f.stem not in {"webchat", "api"})
)
def test_a_file_that_is_missing_or_empty_is_named(tmp_path: Path, file: str) -> None:
    folder = copy_of_council(tmp_path)
    (folder / file).write_text("", encoding="utf-8")
    assert str(folder / file) in error_in(folder)
    (folder / file).unlink()
    assert f"{folder / file}: there is no such file" in error_in(folder)


def test_the_folder_as_it_is_has_nothing_wrong(tmp_path: Path) -> None:
    assert len(load_council(copy_of_council(tmp_path)).services) > 80
