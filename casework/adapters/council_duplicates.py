"""Reads when two reports are of the same thing, and two changes the same, from `duplicates.yml`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from casework.adapters.yaml_lines import Source
from casework.domain.catalogue import Service
from casework.domain.duplicates import Duplicates, SameReport


def read_duplicates(folder: Path, services: Mapping[str, Service]) -> Duplicates:
    """Raises CouncilDataError for a service that there is not, or that asks for no place."""
    source = Source(folder / "duplicates.yml", "duplicates")
    reports = {}
    for service_id, entry in source.data["reports"].items():
        service = services.get(service_id)
        if service is None:
            raise source.error(["reports", service_id], "not in services.yml")
        asked = {use.field.id for use in service.uses}
        differs = tuple(entry.get("differs", ()))
        if not any(use.field.type == "location" for use in service.uses):
            raise source.error(["reports", service_id], "it asks for no location")
        if unknown := [name for name in differs if name not in asked]:
            why = f"{unknown[0]} is not asked by {service_id}"
            raise source.error(["reports", service_id, "differs"], why)
        reports[service_id] = SameReport(entry["metres"], entry["days"], differs)
    return Duplicates(reports, source.data["changes"]["days"])
