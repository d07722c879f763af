"""Reads a council's folder into the domain's book, and refuses one that would fail residents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import time
from pathlib import Path
from typing import Any

from casework.adapters.council_checks import (
    as_day,
    check_answer,
    check_council,
    check_said,
    check_teams,
)
from casework.adapters.council_hours import DAYS, check_hours
from casework.adapters.council_needs import check_needed, check_own_words
from casework.adapters.council_services import read_field, read_services, spoken
from casework.adapters.yaml_lines import Source
from casework.domain.catalogue import (
    Body,
    CallbackPart,
    Council,
    LifeEvent,
    OpeningHours,
    PublishedAnswer,
    SafetyRule,
    Service,
    Spoken,
    Team,
)
from casework.domain.conversations import Link


def load_council(folder: Path) -> Council:
    """The council described in a folder.

    Raises CouncilDataError, naming file, line and what to write instead.
    """
    about_file = Source(folder / "council.yml", "council")
    hours_file = Source(folder / "hours.yml", "hours")
    teams_file = Source(folder / "teams.yml", "teams")
    check_council(about_file)
    check_hours(hours_file)
    check_teams(teams_file)
    about, hours, teams = about_file.data, hours_file.data, _teams(teams_file)
    services_file = Source(folder / "services.yml", "services")
    fields_file = Source(folder / "fields.yml", "fields")
    services = read_services(services_file, fields_file, teams)
    check_needed(services_file, fields_file, services)
    check_own_words(fields_file, services)
    answers_file = Source(folder / "answers.yml", "answers")
    safety = Source(folder / "safety.yml", "safety")
    facts = {k: v for k, v in about.items() if isinstance(v, str)}
    return Council(
        name=about["name"],
        short_name=about["short_name"],
        website=about["website"],
        phone=about["phone"],
        timezone=about["timezone"],
        postcode_areas=tuple(about["postcode_areas"]),
        towns=tuple(about["towns"]),
        account_ref_pattern=about["account_ref"]["pattern"],
        account_ref_help=about["account_ref"]["where"],
        reference_pattern=about["reference"]["pattern"],
        bank_holidays=about["bank_holidays"],
        bin_weeks_from=as_day(about["bin_rounds"]["week_a_starts"]),
        language=about["language"],
        services=services,
        fields={
            name: read_field(fields_file, name, None)
            for name in fields_file.data["fields"]
            if "type" in fields_file.data["fields"][name]
        },
        teams=teams,
        answers=_answers(answers_file, services, facts),
        wording=_wording(Source(folder / "wording.yml", "wording"), safety, facts),
        hours=_hours(hours),
        average_minutes=hours["average_minutes"],
        callback_parts=tuple(_part(part) for part in hours["callback_slots"]),
        life_events=_life_events(Source(folder / "life_events.yml", "life_events"), services),
        bodies=tuple(
            Body(b["id"], b["name"], tuple(b["words"]), b["how"])
            for b in answers_file.data.get("bodies", ())
        ),
        safety_rules=_safety_rules(safety),
        facts=facts,
    )


def _teams(source: Source) -> dict[str, Team]:
    return {
        t["id"]: Team(t["id"], t["name"], t["label"], tuple(t["words"]), t["email"])
        for t in source.data["teams"]
    }


def _answers(
    source: Source, services: Mapping[str, Service], facts: Mapping[str, str]
) -> dict[str, PublishedAnswer]:
    found = {}
    for name, entry in source.data["answers"].items():
        if name not in services:
            raise source.error(["answers", name], "write the id of a service of services.yml")
        if len(entry["sms"]) > 320:
            raise source.error(["answers", name, "sms"], "write at most 320 characters")
        check_answer(source, name, services, facts)
        found[name] = PublishedAnswer(
            service=name,
            said=spoken(entry),
            links=tuple(Link(link["label"], link["url"]) for link in entry.get("links", ())),
            source=entry["source"],
            reviewed=entry["reviewed"],
            missing=spoken(entry["not_found"]) if "not_found" in entry else None,
        )
    return found


def _wording(source: Source, safety: Source, facts: Mapping[str, str]) -> dict[str, Spoken]:
    found = {}
    for key, text in source.data["wording"].items():
        found[key] = spoken(text)
        filled = {*facts, *source.schema["placeholders"].get(key, ())}
        check_said(source, ["wording", key], found[key], filled)
    for key, text in safety.data["responses"].items():
        found[key] = spoken(text)
        check_said(safety, ["responses", key], found[key], set(facts))
    return found


def _hours(data: Mapping[str, Any]) -> OpeningHours:
    week = data["contact_centre"]
    closed = frozenset(as_day(entry["date"]) for entry in data.get("closed_days", ()))
    return OpeningHours(tuple(tuple(_span(s) for s in week[day]) for day in DAYS), closed)


def _span(text: str) -> tuple[time, time]:
    start, end = text.split("-")
    return time.fromisoformat(start), time.fromisoformat(end)


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


def _safety_rules(source: Source) -> tuple[SafetyRule, ...]:
    rules = []
    for place, entry in enumerate(source.data["rules"]):
        if entry["wording"] not in source.data["responses"]:
            raise source.error(["rules", place, "wording"], "write a key of responses")
        rules.append(
            SafetyRule(
                id=entry["id"],
                label=entry["label"],
                wording=entry["wording"],
                safe_contact=bool(entry.get("safe_contact", False)),
                patterns=_patterns(entry["patterns"]),
                unless=_patterns(entry.get("unless", ())),
                fires=tuple(entry["fires"]),
                quiet=tuple(entry.get("quiet", ())),
            )
        )
    return tuple(rules)


def _patterns(
    patterns: Iterable[Iterable[Mapping[str, Any]]],
) -> tuple[tuple[Mapping[str, Any], ...], ...]:
    return tuple(tuple(pattern) for pattern in patterns)
