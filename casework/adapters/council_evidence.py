"""Reads what residents may send, and what each service needs to see, from `evidence.yml`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from casework.adapters.council_branches import conditions
from casework.adapters.council_checks import check_said
from casework.adapters.council_words import spoken
from casework.adapters.yaml_lines import Source
from casework.domain.catalogue import Service
from casework.domain.evidence import EvidenceRules, Need, Proof, ServiceNeeds


def read_evidence(
    folder: Path, services: Mapping[str, Service], facts: Mapping[str, str]
) -> EvidenceRules:
    """Raises CouncilDataError for a service or a proof that there is not, and for conditions that
    no answer of the service can meet."""
    source = Source(folder / "evidence.yml", "evidence")
    proofs = {}
    for name, entry in source.data["proofs"].items():
        proofs[name] = Proof(name, entry["label"], spoken(entry["what"]))
        check_said(source, ["proofs", name, "what"], proofs[name].what, set(facts))
    needs = {}
    for service_id, entry in source.data["services"].items():
        if service_id not in services:
            raise source.error(["services", service_id], "not in services.yml")
        read = [
            _need(source, services[service_id], place, one, proofs)
            for place, one in enumerate(entry["needs"])
        ]
        needs[service_id] = ServiceNeeds(tuple(read), entry["days"])
    limits = source.data["limits"]
    return EvidenceRules(
        most_bytes=limits["megabytes"] * 1_000_000,
        most_files=limits["files"],
        most_pixels=limits["megapixels"] * 1_000_000,
        most_pages=limits["pages"],
        link_lasts=timedelta(days=source.data["link_days"]),
        services=needs,
    )


def _need(
    source: Source,
    service: Service,
    place: int,
    entry: Mapping[str, Any],
    proofs: Mapping[str, Proof],
) -> Need:
    where: list[str | int] = ["services", service.id, "needs", place]
    if entry["proof"] not in proofs:
        raise source.error([*where, "proof"], f"write one of: {', '.join(proofs)}")
    when = conditions(entry.get("when"))
    for name, values in when.items():
        use = service.use(name)
        if use is None:
            raise source.error([*where, "when"], f"{name} is not asked by {service.id}")
        _check_values(source, [*where, "when", name], [o.id for o in use.field.options], values)
    return Need(proofs[entry["proof"]], bool(entry.get("optional", False)), when)


def _check_values(
    source: Source, where: list[str | int], options: Sequence[str], values: Sequence[Any]
) -> None:
    if options and not set(values) <= {*options, "given"}:
        raise source.error(where, f"write some of: {', '.join(options)}")
