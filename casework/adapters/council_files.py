"""Reads a council's folder into the domain's book, and refuses one that would fail residents."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from pathlib import Path
from typing import Any

from casework.adapters.council_answers import read_answers
from casework.adapters.council_branches import (
    check_branches,
    check_own_texts,
    check_reasons,
)
from casework.adapters.council_checks import (
    as_day,
    check_council,
    check_said,
    check_teams,
)
from casework.adapters.council_duplicates import read_duplicates
from casework.adapters.council_evidence import read_evidence
from casework.adapters.council_hours import DAYS, check_hours
from casework.adapters.council_identity import read_identity
from casework.adapters.council_needs import check_lines, check_needed, check_own_words
from casework.adapters.council_safety import read_safety_rules
from casework.adapters.council_services import read_field, read_services
from casework.adapters.council_words import spoken
from casework.adapters.csv_tables import read_schemas
from casework.adapters.yaml_lines import Source
from casework.domain.catalogue import Council, Fact, LifeEvent, Service
from casework.domain.fields import Field
from casework.domain.hours import CallbackPart, ContactRules, OpeningHours
from casework.domain.recording_rules import RecordingRules
from casework.domain.teams import EmergencyLine, Team
from casework.domain.wording import Spoken

BEGINS_BY_TEXT = frozenset(
    "code_text cut_off_text evidence_text follower_text form_link_text text_link "
    "update_text".split()
)
"""Wordings of texts that are no reply to one that came in."""

SENDERS = ("{name}", "{short_name}")


def load_council(folder: Path) -> Council:
    """The council described in a folder.

    Raises CouncilDataError, naming file, line and what to write instead.
    """
    about_file = Source(folder / "council.yml", "council")
    teams_file = Source(folder / "teams.yml", "teams")
    fields_file = Source(folder / "fields.yml", "fields")
    check_council(about_file)
    check_teams(teams_file)
    about, teams = about_file.data, _teams(teams_file)
    services_file = Source(folder / "services.yml", "services")
    services = _services(services_file, fields_file, teams)
    check_lines(teams_file, services)
    stated = {name: _fact(entry) for name, entry in about.get("facts", {}).items()}
    facts = _facts(about_file, stated)
    check_own_texts(services_file, services, facts)
    tables = read_schemas(folder / "tables")
    return Council(
        **_own(about),
        **_texts(folder, fields_file, services, facts),
        **_at_work(Source(folder / "hours.yml", "hours")),
        services=services,
        fields=_fields(fields_file),
        teams=teams,
        answers=read_answers(folder / "answers", services, teams, facts, tables),
        tables=tables,
        life_events=_life_events(Source(folder / "life_events.yml", "life_events"), services),
        line=_line(about["out_of_hours"]),
        facts=facts,
        stated=stated,
        contact=_contact(about_file, fields_file),
        duplicates=read_duplicates(folder, services),
        evidence=read_evidence(folder, services, facts),
        recording=_recording(about_file, services),
        identity=read_identity(Source(folder / "identity.yml", "identity"), fields_file),
    )


def _own(about: Mapping[str, Any]) -> dict[str, Any]:
    """What the council is called, where it is, and how its numbers are made."""
    as_said = ("name", "short_name", "website", "phone", "timezone", "bank_holidays", "language")
    return {
        **{name: about[name] for name in as_said},
        **{name: tuple(about[name]) for name in ("postcode_areas", "towns", "urgent")},
        "account_ref_pattern": about["account_ref"]["pattern"],
        "reference_pattern": about["reference"]["pattern"],
        "bin_weeks_from": as_day(about["bin_rounds"]["week_a_starts"]),
    }


def _texts(
    folder: Path, fields: Source, services: Mapping[str, Service], facts: Mapping[str, str]
) -> dict[str, Any]:
    """What residents hear, with what is said in danger."""
    safety = Source(folder / "safety.yml", "safety")
    wording = _wording(Source(folder / "wording.yml", "wording"), safety, facts)
    check_reasons(fields, services, wording)
    return {"wording": wording, "safety_rules": read_safety_rules(safety)}


def _at_work(source: Source) -> dict[str, Any]:
    """When people are at work, and when they ring back."""
    check_hours(source)
    hours = source.data
    return {
        "hours": _hours(hours, "contact_centre"),
        "first_stop_hours": _hours(hours, "first_stop"),
        "average_minutes": hours["average_minutes"],
        "callback_parts": tuple(_part(part) for part in hours["callback_slots"]),
    }


def _services(source: Source, fields: Source, teams: Mapping[str, Team]) -> dict[str, Service]:
    services = read_services(source, fields, teams)
    check_needed(source, fields, services)
    check_own_words(fields, services)
    check_branches(source, fields, services)
    return services


def _fields(source: Source) -> dict[str, Field]:
    """Fields in their common form; one whose type each service says under `for` has none."""
    entries = source.data["fields"]
    return {name: read_field(source, name, None) for name in entries if "type" in entries[name]}


def _teams(source: Source) -> dict[str, Team]:
    return {
        t["id"]: Team(
            t["id"],
            t["name"],
            t["label"],
            tuple(t["words"]),
            t["email"],
            _line(t["out_of_hours"]) if "out_of_hours" in t else None,
        )
        for t in source.data["teams"]
    }


def _line(entry: Mapping[str, Any]) -> EmergencyLine:
    return EmergencyLine(entry["phone"], entry["for"], tuple(entry.get("services", ())))


def _fact(entry: Mapping[str, Any]) -> Fact:
    return Fact(entry["value"], entry["what"], bool(entry.get("example", False)))


def _facts(source: Source, stated: Mapping[str, Fact]) -> dict[str, str]:
    """What every text may have filled in: the council's own names and numbers, and its facts."""
    own = {key: value for key, value in source.data.items() if isinstance(value, str)}
    for name in stated:
        if name in own:
            raise source.error(["facts", name], f"{name} is said above already; leave it out")
    return {**own, **{name: fact.value for name, fact in stated.items()}}


def _wording(source: Source, safety: Source, facts: Mapping[str, str]) -> dict[str, Spoken]:
    found = {}
    for key, text in source.data["wording"].items():
        found[key] = spoken(text)
        filled = {*facts, *source.schema["placeholders"].get(key, ())}
        check_said(source, ["wording", key], found[key], filled)
    for key in BEGINS_BY_TEXT & set(found):
        if not found[key].sms.startswith(SENDERS):
            said = "a text that begins a contact begins with who sends it: {name} or {short_name}"
            raise source.error(["wording", key], said)
    for key, text in safety.data["responses"].items():
        found[key] = spoken(text)
        check_said(safety, ["responses", key], found[key], set(facts))
    return found


def _hours(data: Mapping[str, Any], place: str) -> OpeningHours:
    week = data.get(place) or data["contact_centre"]
    closed = frozenset(as_day(entry["date"]) for entry in data.get("closed_days", ()))
    return OpeningHours(tuple(tuple(_span(s) for s in week[day]) for day in DAYS), closed)


def _span(text: str) -> tuple[time, time]:
    start, end = text.split("-")
    return time.fromisoformat(start), time.fromisoformat(end)


def _contact(source: Source, fields: Source) -> ContactRules:
    """Raises CouncilDataError for hours that end before they begin, or a format that nobody can
    choose."""
    entry, usual = source.data.get("contact", {}), ContactRules()
    start, end = _span(entry["hours"]) if "hours" in entry else (usual.start, usual.end)
    if end <= start:
        raise source.error(["contact", "hours"], 'write times such as "08:00-20:00"')
    choices = fields.data["fields"]["preference"]["choices"]
    known = [choice["id"] for choice in choices]
    for number, name in enumerate(entry.get("by_post", ())):
        if name not in known:
            raise source.error(["contact", "by_post", number], f"write one of: {', '.join(known)}")
    return ContactRules(start, end, tuple(entry.get("by_post", ())))


def _recording(source: Source, services: Mapping[str, Service]) -> RecordingRules:
    """Off where nothing is said of it. Raises CouncilDataError for a service that there is not."""
    entry, usual = source.data.get("recording", {}), RecordingRules()
    begins = tuple(entry.get("agent_begins", ()))
    for number, name in enumerate(begins):
        if name not in services:
            where: list[str | int] = ["recording", "agent_begins", number]
            raise source.error(where, f"{name} is not in services.yml")
    return RecordingRules(
        bool(entry.get("switched_on", usual.on)), entry.get("keep_days", usual.keep_days), begins
    )


def _part(entry: Mapping[str, str]) -> CallbackPart:
    start, end = time.fromisoformat(entry["from"]), time.fromisoformat(entry["to"])
    return CallbackPart(entry["id"], start, end)


def _life_events(source: Source, services: Mapping[str, Service]) -> tuple[LifeEvent, ...]:
    events = []
    for name, entry in source.data["life_events"].items():
        named = [*entry["services"], *entry.get("after", ())]
        unknown = [s for s in named if s not in services]
        if unknown:
            raise source.error(
                ["life_events", name, "services"], f"{unknown[0]} is not in services.yml"
            )
        events.append(
            LifeEvent(
                name,
                entry["offer"].strip(),
                tuple(entry["services"]),
                tuple(entry.get("after", ())),
                tuple(entry.get("words", ())),
            )
        )
    return tuple(events)
