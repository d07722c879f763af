"""What the demo begins with: staff, and a few cases, opened by the same use case as any other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from casework.adapters.residents_csv import read_residents
from casework.adapters.yaml_lines import Source as YamlFile
from casework.domain.cases import CaseStatus, HistoryEntry
from casework.domain.conversations import Channel, Conversation, Mode
from casework.domain.drafts import Answer, Draft, DraftState, Source
from casework.domain.errors import Invalid
from casework.domain.staff import Availability, Role
from casework.ports.store import Work
from casework.use_cases.create_staff_token import create_staff_token
from casework.use_cases.import_residents import import_residents
from casework.use_cases.office import Office
from casework.use_cases.open_cases import open_cases

SEEDED_BY = "demo"


class _At:
    """The clock of a day in the past, for cases that are older than the demo."""

    def __init__(self, moment: datetime) -> None:
        self._moment = moment

    def now(self) -> datetime:
        return self._moment


def seed_demo(office: Office, council_dir: Path) -> int:
    """Lets the demo's staff in, and opens the cases of `demo/cases.yml` in an empty database; gives
    how many.

    A council without these files begins with none. Raises CouncilDataError for one that is wrong.
    """
    seed_staff(office, council_dir)
    seed_residents(office, council_dir)
    file = council_dir / "demo" / "cases.yml"
    if not file.exists():
        return 0
    source = YamlFile(file, "demo_cases")
    wanted = source.data["cases"]
    _check(source, office)
    with office.store.begin() as work:
        if work.cases.search(limit=1):
            return 0
        for entry in wanted:
            _open(office, work, entry)
    return len(wanted)


def demo_staff(council_dir: Path) -> list[str]:
    """Names of the demo's staff, who need no code to sign in. Raises CouncilDataError."""
    source = _staff(council_dir)
    return [] if source is None else [entry["name"] for entry in source.data["staff"]]


def seed_staff(office: Office, council_dir: Path) -> None:
    """Adds the members of `demo/staff.yml` that are not there yet. Raises CouncilDataError."""
    source = _staff(council_dir)
    for number, entry in enumerate(source.data["staff"] if source else []):
        with office.store.begin(reading=True) as work:
            if work.staff.by_name(entry["name"]) is not None:
                continue
        try:
            create_staff_token(office, entry["name"], Role(entry["role"]), entry.get("teams", ()))
        except Invalid as error:
            assert source is not None
            raise source.error(["staff", number], str(error)) from None
        with office.store.begin() as work:
            member = work.staff.by_name(entry["name"])
            assert member is not None
            available = Availability(entry.get("availability", "away"))
            work.staff.save(replace(member, phone=entry.get("phone"), availability=available))


def seed_residents(office: Office, council_dir: Path) -> None:
    """Loads the invented residents of `demo/residents.csv` into a database without any; what was
    changed since stays. Raises BadLines for a file that is wrong."""
    file = council_dir / "demo" / "residents.csv"
    if not file.exists():
        return
    with office.store.begin(reading=True) as work:
        if work.residents.count():
            return
    import_residents(office, read_residents(file))


def _staff(council_dir: Path) -> YamlFile | None:
    file = council_dir / "demo" / "staff.yml"
    return YamlFile(file, "demo_staff") if file.exists() else None


def _check(source: YamlFile, office: Office) -> None:
    """Cases are of services that there are, and hold what these ask."""
    services = office.council.services
    for number, entry in enumerate(source.data["cases"]):
        for key in ("service", "about"):
            if key in entry and entry[key] not in services:
                raise source.error(["cases", number, key], f"{entry[key]} is not in services.yml")
        for name in entry["fields"]:
            if services[entry["service"]].use(name) is None:
                raise source.error(
                    ["cases", number, "fields", name],
                    f"{name} is not asked by {entry['service']}; leave it out",
                )


def _open(office: Office, work: Work, entry: Mapping[str, Any]) -> None:
    moment = office.clock.now() - timedelta(days=entry["days_ago"])
    then = replace(office, clock=_At(moment))
    conversation = Conversation(
        id=office.ids.new_id(),
        channel=Channel.WEB,
        started_at=moment,
        last_at=moment,
        token_hash=office.ids.new_token(),
        mode=Mode.CLOSED,
        service=entry["service"],
    )
    answers = {
        name: Answer(value.isoformat() if isinstance(value, date) else value, Source.TYPED, moment)
        for name, value in entry["fields"].items()
    }
    draft = Draft(
        id=office.ids.new_id(),
        conversation_id=conversation.id,
        service=entry["service"],
        about=entry.get("about"),
        created_at=moment,
        updated_at=moment,
        state=DraftState.CONFIRMED,
        answers=answers,
        yes_turn_id=SEEDED_BY,
    )
    work.conversations.add(conversation)
    work.drafts.add(draft)
    case, _ = open_cases(then, work, conversation, draft)
    work.drafts.save(replace(draft, case_ref=case.ref))
    if entry["status"] != CaseStatus.OPEN:
        told = entry.get("told")
        history = HistoryEntry(
            at=office.clock.now(),
            by=SEEDED_BY,
            what="changed",
            status=CaseStatus(entry["status"]),
            told_resident=told,
        )
        work.cases.save(case.changed(history))
