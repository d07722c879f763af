"""How and when a resident wishes to be contacted: hours, days, ways, and what must not be done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from casework.domain.hours import ContactRules

FIELD = "contact_wishes"
"""Under what name a case keeps them beside its own fields."""

EVERY_DAY = frozenset(range(7))
LOOKED_AHEAD = 8
"""Days, today and the same day next week included."""


@dataclass(frozen=True)
class ContactWishes:
    """`start` and `end` are local times of day, `days` weekdays from 0 for Monday. `only_by` is one
    of `phone`, `text`, `email`, `post`, `not_by` are some of them, `not_to` are `home` or `work`;
    `no_message` means no voicemail; `format` is an option of the field `preference`; `said` are
    their own words. None or empty: nothing was wished."""

    start: time | None = None
    end: time | None = None
    days: frozenset[int] = frozenset()
    only_by: str | None = None
    not_by: frozenset[str] = frozenset()
    not_to: frozenset[str] = frozenset()
    no_message: bool = False
    format: str | None = None
    said: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self != ContactWishes()

    def allows(self, way: str) -> bool:
        """Whether they may be contacted by `phone`, `text`, `email` or `post`."""
        return way not in self.not_by and self.only_by in {None, way}

    def then(self, later: ContactWishes) -> ContactWishes:
        """These, and what was wished later, which counts where the two differ."""
        changed = {
            one.name: getattr(later, one.name)
            for one in fields(later)
            if getattr(later, one.name) and one.name not in {"not_by", "not_to", "said"}
        }
        if later.start or later.end:
            # Hours are one wish: "before noon" does not keep yesterday's "after six".
            changed |= {"start": later.start, "end": later.end}
        only_by = changed.get("only_by", self.only_by)
        return ContactWishes(
            **{
                **{one.name: getattr(self, one.name) for one in fields(self)},
                **changed,
                "not_by": (self.not_by | later.not_by) - {only_by},
                "not_to": self.not_to | later.not_to,
                "said": tuple(dict.fromkeys((*self.said, *later.said))),
            }
        )

    def to_json(self) -> dict[str, Any]:
        """What was wished, and nothing else, as a case keeps it."""
        held: dict[str, Any] = {}
        for one in fields(self):
            value = getattr(self, one.name)
            if isinstance(value, time):
                value = value.isoformat("minutes")
            elif isinstance(value, frozenset):
                value = sorted(value)
            elif isinstance(value, tuple):
                value = list(value)
            if value:
                held[one.name] = value
        return held

    @classmethod
    def from_json(cls, held: Mapping[str, Any]) -> ContactWishes:
        """What `to_json` gave."""
        given = dict(held)
        for name in ("start", "end"):
            if given.get(name):
                given[name] = time.fromisoformat(given[name])
        for name in ("days", "not_by", "not_to"):
            given[name] = frozenset(given.get(name, ()))
        given["said"] = tuple(given.get("said", ()))
        return cls(**given)


def written_from(
    now: datetime, rules: ContactRules, wishes: ContactWishes, zone: ZoneInfo
) -> datetime:
    """When a resident may be written to from `now` (aware) on, in UTC: at once within both the
    council's hours and theirs, else when these next begin.

    Where the two share no time, theirs count alone: whoever asks to be told at night is.
    """
    first, last = max(rules.start, wishes.start or time.min), min(rules.end, wishes.end or time.max)
    if first >= last:
        first, last = wishes.start or time.min, wishes.end or time.max
    days = wishes.days or EVERY_DAY
    local = now.astimezone(zone)
    for ahead in range(LOOKED_AHEAD):
        day = local.date() + timedelta(days=ahead)
        if day.weekday() not in days:
            continue
        if not ahead and first <= local.time() < last:
            return now.astimezone(UTC)
        begins = datetime.combine(day, first, tzinfo=zone)
        if begins > local:
            return begins.astimezone(UTC)
    raise AssertionError("a week has every weekday")
