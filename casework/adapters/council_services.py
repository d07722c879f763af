"""Reads services and fields, which belong together: a service asks fields in its own words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from casework.adapters.council_applies import read_applies
from casework.adapters.council_branches import (
    asked_of,
    conditions,
    optional_of,
    read_ends,
    read_notice_rule,
    read_sla_when,
)
from casework.adapters.council_checks import (
    LONGEST,
    check_conditions,
    check_lengths,
    check_options,
)
from casework.adapters.council_identity import read_notice
from casework.adapters.council_words import spoken
from casework.adapters.yaml_lines import Source
from casework.domain.catalogue import FieldUse, Kind, Reach, Service, Tell, Tier
from casework.domain.conversations import Channel
from casework.domain.fields import Branch, Field, Option
from casework.domain.teams import Team


def read_services(source: Source, fields: Source, teams: Mapping[str, Team]) -> dict[str, Service]:
    """Services by id. Raises CouncilDataError for a team or a field that there is not."""
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
        check_options(fields, entry, uses)
        tells = _tells(source, entry, where, teams, {use.field.id for use in uses})
        reach = source.data["tiers"][entry["tier"]]
        applies = read_applies(source, entry, where, {use.field.id for use in uses})
        found[entry["id"]] = replace(_service(entry, uses, tells, reach), applies=applies)
    return found


def _service(
    entry: Mapping[str, Any],
    uses: tuple[FieldUse, ...],
    tells: tuple[Tell, ...],
    reach: Mapping[str, str],
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
        notice=read_notice(entry.get("notice", False)),
        lgsl=entry.get("lgsl"),
        sla_hours=int(sla[:-1]) if sla.endswith("h") else None,
        sla_days=int(sla) if sla.isdigit() else None,
        uses=uses,
        tells=tells,
        reach={Channel(name): Reach(far) for name, far in reach.items()},
        one_of=tuple(tuple(group) for group in entry.get("one_of", ())),
        notice_rule=read_notice_rule(entry.get("notice_rule")),
        begins=spoken(entry["begins"]) if "begins" in entry else None,
        ends=read_ends(entry.get("ends", ())),
        sla_when=read_sla_when(entry.get("sla_when", ())),
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
    field = read_field(fields, entry["field"], service_id)
    optional, optional_when = optional_of(entry)
    when = conditions(entry.get("when"))
    asked, asked_when = asked_of(entry)
    return FieldUse(field, optional, when, optional_when, asked, asked_when)


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
        must, concerns = bool(tell.get("must", False)), conditions(tell.get("concerns"))
        told.append(Tell(team, tell["label"], tell["why"], tuple(tell["fields"]), must, concerns))
    return tuple(told)


def read_field(source: Source, name: str, service_id: str | None) -> Field:
    """The field as one service asks it: what is written under `for` replaces the common text."""
    common = source.data["fields"][name]
    own = common.get("for", {}).get(service_id or "", {})
    entry = {**common, **own}
    field = _field(source, name, entry)
    branches = tuple(
        Branch(conditions(branch["when"]), _field(source, name, {**entry, **branch}))
        for branch in entry.get("branches", ())
    )
    return replace(field, branches=branches)


def _field(source: Source, name: str, entry: Mapping[str, Any]) -> Field:
    for needed in ("type", "label", "ask", "again"):
        if needed not in entry:
            raise source.error(["fields", name], f"write {needed} as well")
    check_lengths(source, name, entry)
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
        max_length=entry.get("max_length", LONGEST),
        sure_past_days=checks.get("sure_past_days"),
        not_before=checks.get("not_before"),
        not_after=checks.get("not_after"),
        not_same=checks.get("not_same"),
        reason=checks.get("reason", ""),
        carried_from=tuple(entry["carried_from"]) if "carried_from" in entry else None,
        matter=bool(entry.get("matter", False)),
        cues=tuple(entry.get("cues", ())),
        is_asked=bool(entry.get("is_asked", False)),
        names_firm=bool(entry.get("names_firm", False)),
        names_nobody=tuple(entry.get("names_nobody", ())),
    )


def _options(choices: str | Iterable[Mapping[str, Any]]) -> tuple[Option, ...]:
    """Options as written; `teams` stands for those that the service itself names."""
    if isinstance(choices, str):
        return ()
    return tuple(Option(o["id"], o["label"], tuple(o["words"])) for o in choices)
