"""Counts cases: what for, when they came in, and whether they were done in time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from casework.domain.cases import Verification
from casework.domain.conversations import Channel
from casework.domain.figures import CaseFigure
from casework.domain.transitions import OVER
from casework.domain.working_time import is_open
from casework.use_cases.office import Office


@dataclass(frozen=True)
class TeamNumbers:
    """Cases of a team: `in_time` and `late` are done; `open` and `overdue` are not, the latter
    after the time promised; done or open without such a time counts as in time."""

    opened: int = 0
    in_time: int = 0
    late: int = 0
    open: int = 0
    overdue: int = 0


@dataclass(frozen=True)
class CaseNumbers:
    """Cases opened in a time. `matters` leaves out the parts that other teams have of one.

    `by_hour` has 24 numbers, by the hour on the council's clock; `out_of_hours` came in while
    nobody was at work; `by_channel` leaves out cases whose conversation is gone. `intake_only` are
    those where a notice is needed that this report is not.
    """

    total: int
    matters: int
    out_of_hours: int
    by_hour: tuple[int, ...]
    by_channel: Mapping[Channel, int]
    by_service: Mapping[str, int]
    by_team: Mapping[str, TeamNumbers]
    by_verification: Mapping[Verification, int]
    intake_only: int

    @property
    def out_of_hours_share(self) -> float | None:
        """None when there was no case."""
        return self.out_of_hours / self.matters if self.matters else None


def count_cases(office: Office, cases: Sequence[CaseFigure]) -> CaseNumbers:
    """Of cases; hours are by the council's own opening hours and holidays."""
    now, zone = office.clock.now(), office.zone
    matters = [one for one in cases if not one.is_part]
    hours = Counter(one.opened_at.astimezone(zone).hour for one in matters)
    channels = Counter(one.channel for one in matters)
    known = Counter(one.verification for one in matters)
    by_team: dict[str, TeamNumbers] = {}
    for one in cases:
        by_team[one.team] = _with(by_team.get(one.team, TeamNumbers()), one, now)
    return CaseNumbers(
        total=len(cases),
        matters=len(matters),
        out_of_hours=sum(not _staffed(office, one.opened_at) for one in matters),
        by_hour=tuple(hours[hour] for hour in range(24)),
        by_channel={channel: channels[channel] for channel in Channel},
        by_service=dict(Counter(one.service for one in matters).most_common()),
        by_team=dict(sorted(by_team.items())),
        by_verification={word: known[word] for word in Verification},
        intake_only=sum(one.valid_notice is False for one in matters),
    )


def _staffed(office: Office, at: datetime) -> bool:
    return is_open(at, office.council.hours, office.holidays.is_holiday, office.zone)


def _with(numbers: TeamNumbers, case: CaseFigure, now: datetime) -> TeamNumbers:
    numbers = replace(numbers, opened=numbers.opened + 1)
    if case.status not in OVER:
        if case.due_at is not None and case.due_at < now:
            return replace(numbers, overdue=numbers.overdue + 1)
        return replace(numbers, open=numbers.open + 1)
    if case.due_at is not None and case.done_at is not None and case.done_at > case.due_at:
        return replace(numbers, late=numbers.late + 1)
    return replace(numbers, in_time=numbers.in_time + 1)
