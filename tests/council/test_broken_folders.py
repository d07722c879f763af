"""A folder that would fail residents is refused, with file, line and what to write instead."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from casework.adapters.council_files import load_council
from casework.adapters.csv_tables import CsvTables
from casework.adapters.yaml_lines import SCHEMAS
from casework.domain.cases import CaseStatus
from casework.domain.catalogue import Notice
from casework.domain.conversations import SAFETY, Channel
from casework.domain.errors import CouncilDataError
from server.composition import check_folder
from tests.office import COUNCIL, copy_of_council, the_council

BREAKS = [
    ("council.yml", "website: https://", "website: ", "an address that begins with https://"),
    ("council.yml", "bank_holidays: england-and-wales", "bank_holidays: cornwall",
     "write one of: england-and-wales, scotland"),
    ("council.yml", 'hours: "08:00-20:00"', 'hours: "20:00-08:00"', 'times such as "08:00-20:00"'),
    ("council.yml", "by_post: [large_print,", "by_post: [big_print,", "write one of: large_print"),
    ("council.yml", "  switched_on: false", "  switched_on: sometimes", "true or false"),
    ("council.yml", "  keep_days: 30", "  keep_days: 0", "days, such as 30"),
    ("council.yml", "agent_begins: [council_tax_pay,", "agent_begins: [council_tax_payment,",
     "council_tax_payment is not in services.yml"),
    ("services.yml", "record: {address: new_address}", "record: {addres: new_address}",
     "write one of: name, phone"),
    ("services.yml", "record: {address: new_address}", "record: {address: new_home}",
     "new_home is not asked by house_move"),
    ("services.yml", "from: start_date}", "from: begin_date}", "begin_date is not asked"),
    ("services.yml", "record: {address: new_address}, automatic: never",
     "record: {address: new_address}, automatic: identity",
     "address is what residents are checked"),
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
    ("services.yml", "        label: Benefits\n        must: true\n", "        label: Benefits\n",
     "write must: true, for occupancy_change does not ask services_to_tell"),
    ("services.yml", "one_of: [[new_phone, new_email]]", "one_of: [[new_phone, fax]]",
     "fax is not asked there"),
    ("services.yml", "      field: move_date\n", "      field: moving_day\n",
     "moving_day is not asked"),
    ("services.yml", "optional: {direction: [in]}", "optional: {direction: [into]}",
     "direction: write some of: in, out, within"),
    ("services.yml", "when: {contact: [phone]}", "when: {contact: [fax]}",
     "write some of: phone, email"),
    ("services.yml", "within {within} of a move. I'm", "within {days} of a move. I'm",
     "{days} is not known; write one of"),
    ("fields.yml", "not_before: start_date", "not_before: begin_date", "begin_date is not asked"),
    ("fields.yml", "reason: before_start", "reason: too_soon", "has refused_too_soon"),
    ("fields.yml", "    type: person_name", "    type: name", "write one of: person_name"),
    ("fields.yml", "    label: Landlord or agent\n", "", "write label as well"),
    ("fields.yml", "    label: Landlord or agent\n",
     "    label: Landlord or agent\n    label: Landlord\n", "'label' is there twice"),
    ("fields.yml", "      voice: What is your full name? Please say your first name and then your "
     "last name.\n", "", "write voice as well"),
    ("answers/bin_day.yml", "next: missed_bin", "next: missed_bins",
     "write the id of a service of services.yml"),
    ("answers/bin_day.yml", "owner: waste", "owner: bins", "write one of: revenues"),
    ("answers/library.yml", "table: libraries", "table: librarys", "write one of: bodies"),
    ("answers/library.yml", "    title: ", "    titel: ", "write title as well"),
    ("tables/libraries.csv", "name,words", "name,word", "write the columns name,words"),
    ("tables/libraries.csv", "09:00-17:30", "9 to 5", "write hours as 09:00-17:00"),
    ("tables/term_dates.csv", "2026-09-03", "3 September", "write a date as 2026-11-24"),
    ("tables/tables.yml", "found_by: [name, words]", "found_by: [title]", "write some of: name"),
    ("wording.yml", "{ref}", "{ref", "check the braces"),
    ("life_events.yml", "bus_pass, council_tax_reduction", "bus_pas, council_tax_reduction",
     "bus_pas is not in services.yml"),
    ("safety.yml", "wording: gas", "wording: gass", "write a key of responses"),
    ("safety.yml", "label: crisis", "label: panic", "write one of: emergency, crisis"),
    ("teams.yml", "teams:", "teams: [", "this is not YAML"),
    ("teams.yml", "teams:", "? [a, b]\n: c\nteams:", "this is not YAML"),
    ("answers/bin_day.yml", "reviewed: 2026-11-01", "reviewed: 2026-02-30",
     "'2026-02-30' is no date or number that there is"),
    ("wording.yml", "Thank you for getting in touch", "Thank\x07 you for getting in touch",
     "there is a control character (U+0007); delete it"),
    ("hours.yml", 'monday: ["09:00-17:00"]', 'monday: ["09:00-13:00", "12:00-17:00"]',
     "begin after 09:00-13:00, or make it one span"),
    ("hours.yml", 'monday: ["09:00-17:00"]', 'monday: ["13:00-17:00", "09:00-12:00"]',
     "begin after 13:00-17:00, or make it one span"),
    ("hours.yml", 'to: "16:30"', 'to: "18:00"', "at which the contact centre is open"),
    ("hours.yml", "id: afternoon", "id: morning", "morning is there twice; keep one"),
    ("services.yml", "    sla: 4h", "    sla: 0h", "write working days, or hours as 4h"),
    ("services.yml", "    kind: report", "    kind: report\n    notice: maybe",
     "write true, false or identity, or one of them for voice, sms and web: whether a report"),
    ("services.yml", "id: callback", "id: call_back", "write callback as well; the assistant"),
    ("services.yml", "id: case_status", "id: case_progress", "write case_status as well"),
    ("services.yml", "id: homelessness", "id: no_home", "write homelessness as well"),
    ("teams.yml", "services: [register_death]", "services: [pothole]",
     "write ids of services of registrars"),
    ("teams.yml", 'phone: "01632 960901"', 'phone: "ring us"', "a telephone number"),
    ("fields.yml", "    min_length: 2", "    min_length: -1", "-1 is less than the minimum of 0"),
    ("fields.yml", "    min_length: 2", "    min_length: 2000", "write less than max_length"),
    ("fields.yml", "      homelessness:\n        ask:", "      homelessness:\n        asks:",
     "('asks' was unexpected)"),
    ("fields.yml", "      homelessness:\n        ask:", "      homelesness:\n        ask:",
     "write the id of a service of services.yml"),
    ("fields.yml", "      homelessness:\n        ask:", "      pothole:\n        ask:",
     "pothole does not ask name; leave it out"),
    (
        "fields.yml",
        "    type: yes_no\n    label: Safe now",
        "    type: choice\n    label: Safe now",
        "write choices as well",
    ),
    ("council.yml", "voice: Polly.Amy-Neural", "voice: Polly.Joanna-Neural", "a British voice"),
    ("council.yml", "voice: Polly.Amy-Neural", "voice: Polly.Arthur", "a British voice"),
    ("council.yml", "week_a_starts: 2026-10-26", "week_a_starts: 2026-10-27",
     "write a Monday as 2026-10-26"),
    ("council.yml", "week_a_starts: 2026-10-26", "week_a_starts: soon", "write a Monday"),
    ("council.yml", "language: en", "language: English", "write a language tag such as en"),
]  # fmt: skip


def error_in(folder: Path) -> str:
    def load() -> None:
        load_council(folder)
        CsvTables.from_folder(folder / "tables")

    with pytest.raises(CouncilDataError) as refused:
        load()
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
        ("answers/bin_day.yml", "reviewed: 2026-11-01", "reviewed: lately"),
        ("answers/bin_day.yml", "next: missed_bin", "next: missed_bins"),
        ("answers/bin_day.yml", "{collections}", "{colections}"),
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


def test_a_week_that_never_opens_is_refused_because_no_case_would_ever_be_due(
    tmp_path: Path,
) -> None:
    folder = copy_of_council(tmp_path)
    file = folder / "hours.yml"
    week, rest = file.read_text(encoding="utf-8").split("first_stop:", 1)
    closed = re.sub(r"\[.*\]", "[]", week)
    file.write_text(f"{closed}first_stop:{rest}", encoding="utf-8")
    assert "contact_centre: open on one day at least" in error_in(folder)


def test_a_file_in_another_encoding_is_named_with_the_line(tmp_path: Path) -> None:
    folder = copy_of_council(tmp_path)
    file = folder / "teams.yml"
    file.write_bytes(b"# one\n# two\n# caf\xe9\n" + file.read_bytes())
    assert error_in(folder) == f"{file}, line 3: this is not UTF-8; save the file as UTF-8"


def test_a_file_that_an_editor_began_with_its_mark_of_utf_8_is_read(tmp_path: Path) -> None:
    folder = copy_of_council(tmp_path)
    file = folder / "council.yml"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    assert load_council(folder).language == "en"


def test_a_folder_in_place_of_a_file_is_named(tmp_path: Path) -> None:
    folder = copy_of_council(tmp_path)
    (folder / "teams.yml").unlink()
    (folder / "teams.yml").mkdir()
    assert error_in(folder).startswith(f"{folder / 'teams.yml'}: it cannot be read")


@pytest.mark.parametrize("label", sorted(SAFETY))
def test_every_kind_of_danger_has_a_service(tmp_path: Path, label: str) -> None:
    folder = copy_of_council(tmp_path)
    file = folder / "services.yml"
    said = file.read_text(encoding="utf-8").replace(f"id: {label}\n", f"id: {label}_other\n")
    file.write_text(said, encoding="utf-8")
    assert f"write {label} as well" in error_in(folder)


def test_notice_by_this_channel_is_not_valid_unless_the_council_says_so(tmp_path: Path) -> None:
    folder = copy_of_council(tmp_path)
    file = folder / "services.yml"
    said = file.read_text(encoding="utf-8")
    file.write_text(said.replace("id: house_move\n", "id: house_move\n    notice: true\n"), "utf-8")
    services = load_council(folder).services
    assert set(services["house_move"].notice.values()) == {Notice.ALWAYS}
    assert set(services["pothole"].notice.values()) == {Notice.NEVER}


def test_notice_may_differ_by_channel_and_by_who_is_known(tmp_path: Path) -> None:
    folder = copy_of_council(tmp_path)
    file = folder / "services.yml"
    said = file.read_text(encoding="utf-8")
    notice = "id: house_move\n    notice: {voice: false, web: identity}\n"
    file.write_text(said.replace("id: house_move\n", notice), "utf-8")
    says = load_council(folder).services["house_move"].notice
    assert says[Channel.WEB] is Notice.IDENTITY
    assert says[Channel.VOICE] is Notice.NEVER
    assert says[Channel.SMS] is Notice.NEVER


def test_weeks_of_bin_rounds_in_november_2026_are_those_of_the_calendar() -> None:
    """Week A collects refuse in even weeks of the ISO calendar, as addresses were given rounds."""
    begins = the_council().bin_weeks_from
    assert begins.weekday() == 0
    for week in range(6):
        monday = date(2026, 10, 26) + timedelta(weeks=week)
        is_a = (monday - begins).days // 7 % 2 == 0
        assert is_a == (monday.isocalendar().week % 2 == 0)


def test_statuses_of_the_demos_cases_are_those_of_cases() -> None:
    schema = json.loads((SCHEMAS / "demo_cases.json").read_text(encoding="utf-8"))
    item = schema["properties"]["cases"]["items"]
    assert item["properties"]["status"]["enum"] == [str(status) for status in CaseStatus]


def test_the_line_named_is_the_line_of_the_mistake(tmp_path: Path) -> None:
    folder = copy_of_council(tmp_path)
    file = folder / "services.yml"
    lines = file.read_text(encoding="utf-8").splitlines()
    at = next(n for n, line in enumerate(lines) if line.strip() == "team: highways")
    lines[at] = "    team: roads"
    file.write_text("\n".join(lines), encoding="utf-8")
    assert f"services.yml, line {at + 1}:" in error_in(folder)


READ_LATER = {"webchat", "api", "telephony"}
"""Files read by the rooms that show their words; they are no part of the council's book."""


@pytest.mark.parametrize(
    "file",
    sorted(f.name for f in COUNCIL.glob("*.yml") if f.stem not in READ_LATER),
)
def test_a_file_that_is_missing_or_empty_is_named(tmp_path: Path, file: str) -> None:
    folder = copy_of_council(tmp_path)
    (folder / file).write_text("", encoding="utf-8")
    assert str(folder / file) in error_in(folder)
    (folder / file).unlink()
    assert f"{folder / file}: there is no such file" in error_in(folder)


def test_the_folder_as_it_is_has_nothing_wrong(tmp_path: Path) -> None:
    assert len(load_council(copy_of_council(tmp_path)).services) > 80


def test_a_brace_that_nothing_fills_is_named_in_the_words_of_the_telephone(tmp_path: Path) -> None:
    folder = copy_of_council(tmp_path)
    file = folder / "telephony.yml"
    text = file.read_text(encoding="utf-8").replace("{phone}. Goodbye", "{fone}. Goodbye", 1)
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CouncilDataError, match=r"telephony.yml, line \d+: no_sound_end: \{fone\}"):
        check_folder(folder)
