"""Reads services and fields, which belong together: a service asks fields in its own words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from casework.adapters.council_checks import (
    LONGEST,
    check_conditions,
    check_lengths,
    check_options,
)
from casework.adapters.yaml_lines import Source
from casework.domain.catalogue import (
    Field,
    FieldUse,
    Kind,
    Option,
    Reach,
    Service,
    Spoken,
    Team,
    Tell,
    Tier,
)
from casework.domain.conversations import Channel


def spoken(text: str | Mapping[str, str]) -> Spoken:
    """One text for all channels, or one for each."""
    if isinstance(text, str):
        return Spoken(_text(text), _text(text), _text(text))
    return Spoken(_text(text["web"]), _text(text["sms"]), _text(text["voice"]))


def _text(text: str) -> str:
    """A text without the line end that YAML's blocks leave; one that is a line end stays, and so
    do the spaces of words that join others."""
    return text.rstrip("\n") or text


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
        found[entry["id"]] = _service(entry, uses, tells, reach)
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
        notice=bool(entry.get("notice", False)),
        lgsl=entry.get("lgsl"),
        sla_hours=int(sla[:-1]) if sla.endswith("h") else None,
        sla_days=int(sla) if sla.isdigit() else None,
        uses=uses,
        tells=tells,
        reach={Channel(name): Reach(far) for name, far in reach.items()},
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


def read_field(source: Source, name: str, service_id: str | None) -> Field:
    """The field as one service asks it: what is written under `for` replaces the common text."""
    common = source.data["fields"][name]
    own = common.get("for", {}).get(service_id or "", {})
    entry = {**common, **own}
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
    )


def _options(choices: str | Iterable[Mapping[str, Any]]) -> tuple[Option, ...]:
    """Options as written; `teams` stands for those that the service itself names."""
    if isinstance(choices, str):
        return ()
    return tuple(Option(o["id"], o["label"], tuple(o["words"])) for o in choices)
