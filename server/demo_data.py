"""What the demo begins with: a few cases, opened by the same use case as any other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from casework.adapters.yaml_lines import Source as YamlFile
from casework.domain.cases import CaseStatus, HistoryEntry
from casework.domain.conversations import Channel, Conversation, Mode
from casework.domain.drafts import Answer, Draft, DraftState, Source
from casework.ports.store import Work
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
    """Opens the cases of `demo/cases.yml` in an empty database; gives how many.

    A council without that file begins with none. Raises CouncilDataError for one that is wrong.
    """
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
