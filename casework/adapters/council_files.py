"""Reads a council's folder into the domain's book, and refuses one that would fail residents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, time
from pathlib import Path
from string import Formatter
from typing import Any

from casework.adapters.council_checks import (
    check_answer,
    check_conditions,
    check_council,
    check_hours,
    check_teams,
)
from casework.adapters.yaml_lines import Source
from casework.domain.catalogue import (
    Body,
    CallbackPart,
    Council,
    Field,
    FieldUse,
    Kind,
    LifeEvent,
    OpeningHours,
    Option,
    PublishedAnswer,
    SafetyRule,
    Service,
    Spoken,
    Team,
    Tell,
    Tier,
)
from casework.domain.conversations import Link

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


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
    services = _services(services_file, fields_file, teams)
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
        services=services,
        fields={
            name: _field(fields_file, name, None)
            for name in fields_file.data["fields"]
            if "type" in fields_file.data["fields"][name]
        },
        teams=teams,
        answers=_answers(answers_file, services, facts),
        wording=_wording(Source(folder / "wording.yml", "wording"), safety),
        hours=_hours(hours),
        callback_parts=tuple(_part(part) for part in hours["callback_slots"]),
        life_events=_life_events(Source(folder / "life_events.yml", "life_events"), services),
        bodies=tuple(
            Body(b["id"], b["name"], tuple(b["words"]), b["how"])
            for b in answers_file.data.get("bodies", ())
        ),
        safety_rules=_safety_rules(safety),
        facts=facts,
    )


def spoken(text: str | Mapping[str, str]) -> Spoken:
    """One text for all channels, or one for each."""
    if isinstance(text, str):
        return Spoken(_text(text), _text(text), _text(text))
    return Spoken(_text(text["web"]), _text(text["sms"]), _text(text["voice"]))


def _text(text: str) -> str:
    """A text without the line end that YAML's blocks leave; one that is a line end stays."""
    return text.strip() or text


def _teams(source: Source) -> dict[str, Team]:
    return {
        t["id"]: Team(t["id"], t["name"], t["label"], tuple(t["words"]), t["email"])
        for t in source.data["teams"]
    }


def _services(source: Source, fields: Source, teams: Mapping[str, Team]) -> dict[str, Service]:
    found: dict[str, Service] = {}
    for place, entry in enumerate(source.data["services"]):
        where: list[str | int] = ["services", place]
        if entry["id"] in found:
            raise source.error([*where, "id"], f"{entry['id']} is there twice; keep one of them")
        if entry["team"] not in teams:
            raise source.error([*where, "team"], f"write one of: {', '.join(teams)}")
        uses = tuple(
            _use(source, fields, entry["id"], [*where, "fields"], n, use)
            for n, use in enumerate(entry.get("fields", ()))
        )
        check_conditions(source, [*where, "fields"], uses)
        tells = _tells(source, entry, where, teams, {use.field.id for use in uses})
        found[entry["id"]] = _service(entry, uses, tells)
    return found


def _service(
    entry: Mapping[str, Any], uses: tuple[FieldUse, ...], tells: tuple[Tell, ...]
) -> Service:
    sla = str(entry.get("sla", ""))
    return Service(
        id=entry["id"],
        title=entry["title"],
        short=entry["short"],
        about=entry["about"],
        tier=Tier(entry["tier"]),
        kind=Kind(entry["kind"]),
        team=entry["team"],
        full=entry["depth"] == "full",
        verify=entry.get("verify", "none"),
        lgsl=entry.get("lgsl"),
        sla_hours=int(sla[:-1]) if sla.endswith("h") else None,
        sla_days=int(sla) if sla.isdigit() else None,
        uses=uses,
        tells=tells,
    )


def _use(
    source: Source,
    fields: Source,
    service_id: str,
    where: list[str | int],
    place: int,
    use: str | Mapping[str, Any],
) -> FieldUse:
    entry: Mapping[str, Any] = {"field": use} if isinstance(use, str) else use
    if entry["field"] not in fields.data["fields"]:
        raise source.error([*where, place], f"{entry['field']} is not in fields.yml; add it there")
    field = _field(fields, entry["field"], service_id)
    when = {name: tuple(values) for name, values in entry.get("when", {}).items()}
    return FieldUse(field, bool(entry.get("optional", False)), when)


def _tells(
    source: Source,
    entry: Mapping[str, Any],
    where: list[str | int],
    teams: Mapping[str, Team],
    fields: set[str],
) -> tuple[Tell, ...]:
    told = []
    for team, tell in entry.get("tells", {}).items():
        if team not in teams:
            raise source.error([*where, "tells", team], f"write one of: {', '.join(teams)}")
        unknown = [name for name in tell["fields"] if name not in fields]
        if unknown:
            raise source.error(
                [*where, "tells", team, "fields"],
                f"{', '.join(unknown)} is not asked by {entry['id']}; leave it out",
            )
        told.append(Tell(team, tell["label"], tell["why"], tuple(tell["fields"])))
    return tuple(told)


def _field(source: Source, name: str, service_id: str | None) -> Field:
    """The field as one service asks it: what is written under `for` replaces the common text."""
    common = source.data["fields"][name]
    own = common.get("for", {}).get(service_id or "", {})
    entry = {**common, **own}
    for needed in ("type", "label", "ask", "again"):
        if needed not in entry:
            raise source.error(["fields", name], f"write {needed} as well")
    checks = entry.get("checks", {})
    return Field(
        id=name,
        type=entry["type"],
        label=entry["label"],
        ask=spoken(entry["ask"]),
        again=spoken(entry["again"]),
        help=entry.get("help", "").strip(),
        skip=entry.get("skip", "").strip(),
        names=tuple(entry.get("names", ())),
        options=_options(entry.get("choices", ())),
        may_be_unknown=bool(entry.get("may_be_unknown", False)),
        past_days=checks.get("past_days"),
        future_days=checks.get("future_days"),
        min_length=entry.get("min_length", 0),
        max_length=entry.get("max_length", 1000),
    )


def _options(choices: str | Iterable[Mapping[str, Any]]) -> tuple[Option, ...]:
    """Options as written; `teams` stands for those that the service itself names."""
    if isinstance(choices, str):
        return ()
    return tuple(Option(o["id"], o["label"], tuple(o["words"])) for o in choices)


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


def _wording(source: Source, safety: Source) -> dict[str, Spoken]:
    found = {key: spoken(text) for key, text in source.data["wording"].items()}
    for key, text in source.data["wording"].items():
        for variant in [text] if isinstance(text, str) else text.values():
            try:
                list(Formatter().parse(variant))
            except ValueError as error:
                raise source.error(["wording", key], f"check the braces: {error}") from None
    found.update({key: spoken(text) for key, text in safety.data["responses"].items()})
    return found


def _hours(data: Mapping[str, Any]) -> OpeningHours:
    week = data["contact_centre"]
    closed = frozenset(_day(entry["date"]) for entry in data.get("closed_days", ()))
    return OpeningHours(tuple(tuple(_span(s) for s in week[day]) for day in DAYS), closed)


def _day(value: date | str) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


def _span(text: str) -> tuple[time, time]:
    start, end = text.split("-")
    return time.fromisoformat(start), time.fromisoformat(end)


def _part(entry: Mapping[str, str]) -> CallbackPart:
    start, end = time.fromisoformat(entry["from"]), time.fromisoformat(entry["to"])
    return CallbackPart(entry["id"], start, end)


def _life_events(source: Source, services: Mapping[str, Service]) -> tuple[LifeEvent, ...]:
    events = []
    for name, entry in source.data["life_events"].items():
        unknown = [s for s in entry["services"] if s not in services]
        if unknown:
            raise source.error(
                ["life_events", name, "services"], f"{unknown[0]} is not in services.yml"
            )
        events.append(LifeEvent(name, entry["offer"].strip(), tuple(entry["services"])))
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
