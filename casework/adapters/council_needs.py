"""Ids that the assistant's own steps go by: a council's folder must have them."""

from __future__ import annotations

from collections.abc import Mapping

from casework.adapters.yaml_lines import Source
from casework.domain.catalogue import Service
from casework.domain.conversations import SAFETY

SERVICES = (
    "bin_day",
    "callback",
    "case_status",
    "information_request",
    "not_council",
    "speak_to_agent",
    *sorted(SAFETY),
)
FIELDS = ("about", "address", "contact", "name", "phone", "when")

ASKED = {"bin_day": "address", "callback": "when", "case_status": "case_ref"}
"""What a service must ask, because what it ends in is made from that answer."""


def check_needed(services_file: Source, fields_file: Source, found: Mapping[str, Service]) -> None:
    """Nothing is missing that the assistant cannot do without. Raises CouncilDataError."""
    for file, key, needed in (
        (services_file, "services", SERVICES),
        (fields_file, "fields", FIELDS),
    ):
        held = found if key == "services" else file.data[key]
        missing = [name for name in needed if name not in held]
        if missing:
            raise file.error(
                [key], f"write {', '.join(missing)} as well; the assistant cannot do without"
            )
    for service_id, field_id in ASKED.items():
        if found[service_id].use(field_id) is None:
            place = list(found).index(service_id)
            raise services_file.error(
                ["services", place], f"have {service_id} ask {field_id}; it cannot do without"
            )


def check_lines(teams_file: Source, found: Mapping[str, Service]) -> None:
    """A team's emergency line is told of with services of that team."""
    for place, team in enumerate(teams_file.data["teams"]):
        for service_id in team.get("out_of_hours", {}).get("services", ()):
            if service_id not in found or found[service_id].team != team["id"]:
                raise teams_file.error(
                    ["teams", place, "out_of_hours", "services"],
                    f"write ids of services of {team['id']}",
                )


def check_own_words(fields_file: Source, found: Mapping[str, Service]) -> None:
    """What differs `for` one service is of a service that asks the field."""
    for name, entry in fields_file.data["fields"].items():
        for service_id in entry.get("for", {}):
            if service_id not in found:
                advice = "write the id of a service of services.yml"
            elif found[service_id].use(name) is None:
                advice = f"{service_id} does not ask {name}; leave it out"
            else:
                continue
            raise fields_file.error(["fields", name, "for", service_id], advice)
