"""Reads what a change writes into a resident's record, and refuses what would open a door."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from casework.adapters.yaml_lines import Source
from casework.domain.catalogue import Applies
from casework.domain.residents import CHECKED, WRITTEN


def read_applies(
    source: Source, entry: Mapping[str, Any], where: list[str | int], fields: Collection[str]
) -> Applies | None:
    """What a service of `services.yml` writes, None where nothing; `fields` are those it asks.

    Raises CouncilDataError for a column that there is not, a field that the service does not ask,
    and for a column by which residents are checked if it were written without a person.
    """
    given = entry.get("applies")
    if given is None:
        return None
    here = [*where, "applies"]
    automatic = given.get("automatic", "never") != "never"
    for column, name in given["record"].items():
        if column not in WRITTEN:
            raise source.error([*here, "record", column], f"write one of: {', '.join(WRITTEN)}")
        if name not in fields:
            raise source.error(
                [*here, "record", column], f"{name} is not asked by {entry['id']}; leave it out"
            )
        if automatic and column in CHECKED:
            raise source.error(
                [*here, "automatic"], f"write never: {column} is what residents are checked by"
            )
    since = given.get("from")
    if since is not None and since not in fields:
        raise source.error([*here, "from"], f"{since} is not asked by {entry['id']}; leave it out")
    return Applies(dict(given["record"]), automatic, since)
