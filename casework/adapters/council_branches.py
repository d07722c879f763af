"""Reads what differs by earlier answers: words of a field, what is told, notice rules."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from casework.adapters.council_checks import check_filled, check_said
from casework.adapters.council_words import spoken
from casework.adapters.yaml_lines import Source
from casework.domain.branches import GIVEN
from casework.domain.catalogue import Ending, NoticeRule, Service, Sooner
from casework.domain.conversations import Link
from casework.domain.fields import Field

TELL = "services_to_tell"
"""The field in which residents choose the teams to be told."""

ENDS_WITH = frozenset({"due", "ref", "team", "teams", "when"})
"""What is filled into the words at the end."""

KINDS_OF_CONTACT = ("phone", "email")
"""What a condition may ask of a contact, besides values."""


def conditions(written: Mapping[str, Sequence[Any]] | None) -> dict[str, tuple[Any, ...]]:
    """Conditions as written: for each field the values, one of which it must have."""
    return {name: tuple(values) for name, values in (written or {}).items()}


def optional_of(entry: Mapping[str, Any]) -> tuple[bool, dict[str, tuple[Any, ...]]]:
    """Whether a field is optional, and on which answers alone it is."""
    written = entry.get("optional", False)
    if isinstance(written, Mapping):
        return False, conditions(written)
    return bool(written) or entry.get("asked", True) is not True, {}


def asked_of(entry: Mapping[str, Any]) -> tuple[bool, dict[str, tuple[Any, ...]]]:
    """Whether a field is asked, and on which answers alone it is."""
    written = entry.get("asked", True)
    if isinstance(written, Mapping):
        return False, conditions(written)
    return bool(written), {}


def read_notice_rule(entry: Mapping[str, Any] | None) -> NoticeRule | None:
    """The rule that tells within what time a change is to be reported."""
    if entry is None:
        return None
    return NoticeRule(entry["field"], entry["within"], spoken(entry["said"]))


def read_ends(entries: Sequence[Mapping[str, Any]]) -> tuple[Ending, ...]:
    """What is said at the end, the first that fits."""
    return tuple(
        Ending(
            conditions(entry.get("when")),
            spoken(entry["said"]),
            tuple(Link(link["label"], link["url"]) for link in entry.get("links", ())),
        )
        for entry in entries
    )


def read_sla_when(entries: Sequence[Mapping[str, Any]]) -> tuple[Sooner, ...]:
    """Other promised times on some answers."""
    return tuple(Sooner(conditions(entry["when"]), entry["sla"]) for entry in entries)


def check_branches(services: Source, fields: Source, found: Mapping[str, Service]) -> None:
    """Everything that depends on answers names fields of its service. Raises CouncilDataError."""
    for place, service in enumerate(found.values()):
        where: list[str | int] = ["services", place]
        own = {use.field.id: use.field for use in service.uses}
        _check_tells(services, where, service, own)
        for group in service.one_of:
            _known(services, [*where, "one_of"], group, own)
        if service.notice_rule is not None:
            _known(services, [*where, "notice_rule", "field"], [service.notice_rule.field], own)
        for ending in service.ends:
            _fits(services, [*where, "ends"], ending.when, own)
        for sooner in service.sla_when:
            _fits(services, [*where, "sla_when"], sooner.when, own)
        for use in service.uses:
            _fits(services, [*where, "fields"], use.optional_when, own)
            _fits(services, [*where, "fields"], use.asked_when, own)
            for branch in use.field.branches:
                at: list[str | int] = ["fields", use.field.id, "for", service.id]
                _fits(fields, at, branch.when, own)
            _known(fields, ["fields", use.field.id], use.field.compared_with, own)


def _check_tells(
    source: Source, where: list[str | int], service: Service, own: Mapping[str, Field]
) -> None:
    for tell in service.tells:
        if TELL not in own and not tell.must:
            raise source.error(
                [*where, "tells", tell.team],
                f"write must: true, for {service.id} does not ask {TELL}",
            )
        _fits(source, [*where, "tells", tell.team], tell.concerns, own)


def _fits(
    source: Source,
    where: list[str | int],
    when: Mapping[str, tuple[Any, ...]],
    own: Mapping[str, Field],
) -> None:
    """Conditions name fields of the service, and values that those can have."""
    _known(source, where, when, own)
    for name, values in when.items():
        options = [option.id for option in own[name].options]
        if own[name].type == "contact":
            options = list(KINDS_OF_CONTACT)
        if options and not set(values) <= {*options, GIVEN, None}:
            raise source.error(where, f"{name}: write some of: {', '.join(options)}")


def _known(
    source: Source, where: list[str | int], names: Collection[str], own: Mapping[str, Field]
) -> None:
    missing = [name for name in names if name not in own]
    if missing:
        raise source.error(
            where, f"{', '.join(missing)} is not asked there; write some of: {', '.join(own)}"
        )


def check_own_texts(
    services: Source, found: Mapping[str, Service], facts: Mapping[str, str]
) -> None:
    """The braces in a service's own words. Raises CouncilDataError."""
    for place, service in enumerate(found.values()):
        where: list[str | int] = ["services", place]
        if service.begins is not None:
            check_said(services, [*where, "begins"], service.begins, facts)
        if service.notice_rule is not None:
            said = service.notice_rule.said
            check_said(services, [*where, "notice_rule", "said"], said, {*facts, "within"})
        for ending in service.ends:
            check_said(services, [*where, "ends"], ending.said, {*facts, *ENDS_WITH})
            for link in ending.links:
                check_filled(services, [*where, "ends"], link.url, set(facts))


def check_reasons(fields: Source, found: Mapping[str, Service], wording: Collection[str]) -> None:
    """What says why a value is asked for again is in wording.yml. Raises CouncilDataError."""
    for service in found.values():
        for use in service.uses:
            field = use.field
            reason = field.reason
            if (field.compared_with or reason) and f"refused_{reason}" not in wording:
                raise fields.error(
                    ["fields", field.id, "checks"],
                    f"write a reason for which wording.yml has refused_{reason or '...'}",
                )
