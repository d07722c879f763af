"""Reads `council/answers/`: one file for each service, with its topics and what it says of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from casework.adapters.council_checks import as_day, check_filled, is_day
from casework.adapters.council_words import spoken
from casework.adapters.yaml_lines import Source
from casework.domain.answers import PublishedAnswer, Topic
from casework.domain.catalogue import Service
from casework.domain.conversations import Link
from casework.domain.tables import TableSchema
from casework.domain.teams import Team
from casework.domain.wording import Spoken

FILLED_IN = {
    "bin_day": frozenset({"address", "collections"}),
    "not_council": frozenset({"name", "how"}),
}
"""What a service's own look-up fills in besides facts and columns."""

ANYWHERE = frozenset({"open_now", "first_stop_now", "today"})
"""What every answer may have filled in: whether somebody is there now, and the day."""

LINES = "lines"
"""The rows of a table that answer, each as tables.yml words it."""

Tables = Mapping[str, TableSchema]


def read_answers(
    folder: Path,
    services: Mapping[str, Service],
    teams: Mapping[str, Team],
    facts: Mapping[str, str],
    tables: Tables,
) -> dict[str, PublishedAnswer]:
    """The answers by service id; a service without a file has none.

    Raises CouncilDataError naming file, line and what to write instead.
    """
    found = {}
    for path in sorted(folder.glob("*.yml")):
        source = Source(path, "answers")
        if path.stem not in services:
            raise source.error([], "name the file by the id of a service of services.yml")
        if source.data["owner"] not in teams:
            raise source.error(["owner"], f"write one of: {', '.join(teams)}")
        reader = _Reader(source, path.stem, services, facts, tables)
        found[path.stem] = reader.answer()
    return found


class _Reader:
    """One file, read part by part; a topic falls back on what the file says for all."""

    def __init__(
        self,
        source: Source,
        service: str,
        services: Mapping[str, Service],
        facts: Mapping[str, str],
        tables: Tables,
    ) -> None:
        self._source, self._service = source, service
        self._services, self._facts, self._tables = services, facts, tables

    def answer(self) -> PublishedAnswer:
        """The whole file."""
        data = self._source.data
        common = self._common([], data, ["overview"], data["overview"])
        topics = {name: self._topic(name, entry) for name, entry in data["topics"].items()}
        return PublishedAnswer(service=self._service, owner=data["owner"], topics=topics, **common)

    def _topic(self, name: str, entry: Mapping[str, Any]) -> Topic:
        data = self._source.data
        texts = data["overview"] if entry.get("looks_up") else entry
        shared = {key: data[key] for key in ("source", "reviewed", "review_by", "links", "next")
                  if key in data}  # fmt: skip
        if entry.get("looks_up"):
            shared |= {key: data[key] for key in ("table", "not_found") if key in data}
        where: list[str | int] = ["topics", name]
        return Topic(
            id=name,
            title=entry["title"],
            short=entry["short"],
            asked=tuple(entry["asked"]),
            looks_up=bool(entry.get("looks_up", False)),
            **self._common(where, {**shared, **entry}, where, texts),
        )

    def _common(
        self,
        where: list[str | int],
        entry: Mapping[str, Any],
        said_at: list[str | int],
        texts: Mapping[str, str],
    ) -> dict[str, Any]:
        table = entry.get("table")
        if table is not None and table not in self._tables:
            known = ", ".join(self._tables) or "none"
            raise self._source.error([*where, "table"], f"write one of: {known}")
        if entry.get("next", self._service) not in self._services:
            raise self._source.error([*where, "next"], "write the id of a service of services.yml")
        missing = spoken(entry["not_found"]) if "not_found" in entry else None
        if table is not None and missing is None:
            raise self._source.error(where, "write not_found as well, for what is not in the table")
        said = spoken({channel: texts[channel] for channel in ("web", "sms", "voice")})
        self._filled(said_at, said, table)
        if missing is not None:
            self._filled([*where, "not_found"], missing, table)
        return {
            "said": said,
            "links": tuple(Link(one["label"], one["url"]) for one in entry.get("links", ())),
            "source": entry["source"],
            "reviewed": self._day(where, entry, "reviewed"),
            "review_by": self._day(where, entry, "review_by"),
            "next": entry.get("next"),
            "table": table,
            "missing": missing,
        }

    def _day(self, where: list[str | int], entry: Mapping[str, Any], key: str) -> date:
        if not is_day(entry[key]):
            raise self._source.error([*where, key], "write a date as 2026-11-01")
        return as_day(entry[key])

    def _filled(self, where: list[str | int], said: Spoken, table: str | None) -> None:
        known = {*self._facts, *ANYWHERE, *FILLED_IN.get(self._service, ())}
        if table is not None:
            known.add(LINES)
        for channel in ("web", "sms", "voice"):
            check_filled(self._source, [*where, channel], getattr(said, channel), known)
