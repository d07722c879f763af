"""`/api/staff/indicators`: what the insight pages show, as JSON."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from flask import Response, jsonify

from api.queue import Views, me
from api.reading import Reader
from api.staff_json import moment
from casework.use_cases.office import Office
from insight.indicators import Indicators, read_indicators
from insight.period import chosen


class IndicatorApi:
    """Indicators of a time, without the name of anybody."""

    def __init__(self, office: Office, read: Reader) -> None:
        self._office, self._read = office, read

    @property
    def routes(self) -> list[tuple[str, Views]]:
        """Paths under `/api/staff`, each with its views by method."""
        return [("/indicators", {"GET": self.indicators})]

    def indicators(self) -> Response:
        given = self._read.query("from", "to")
        office = self._office
        period = chosen(
            self._time("from", given), self._time("to", given), office.clock.now(), office.zone
        )
        return jsonify(as_json(read_indicators(office, me(), period)))

    def _time(self, name: str, given: dict[str, str]) -> datetime | date | None:
        return self._read.moment_or_day(name, given[name]) if name in given else None


def as_json(found: Indicators) -> dict[str, Any]:
    """The contract's indicators."""
    contacts, people, cases, forms = found.contacts, found.people, found.cases, found.forms
    return {
        "from": moment(found.period.start.astimezone(UTC)),
        "to": moment(found.period.end.astimezone(UTC)),
        "conversations": {
            "total": contacts.total,
            "by_channel": contacts.by_channel,
            "spoke": contacts.spoke,
            "contained": contacts.contained,
            "contained_share": contacts.contained_share,
            "handed_over": contacts.handed_over,
            "called_back": contacts.called_back,
            "messages_not_understood": contacts.missed,
            "with_messages_not_understood": contacts.with_misses,
        },
        "answers": {
            channel: {
                "total": times.total,
                "within_seconds": {str(int(limit)): n for limit, n in times.within.items()},
            }
            for channel, times in found.answers.items()
        },
        "people": {
            "by_reason": people.by_reason,
            "by_state": people.by_state,
            "median_wait_seconds": _seconds(people.median_wait),
            "longest_wait_seconds": _seconds(people.longest_wait),
        },
        "cases": {
            "total": cases.total,
            "matters": cases.matters,
            "out_of_hours": cases.out_of_hours,
            "out_of_hours_share": cases.out_of_hours_share,
            "by_hour": list(cases.by_hour),
            "by_channel": cases.by_channel,
            "by_service": cases.by_service,
            "by_team": {team: vars(numbers) for team, numbers in cases.by_team.items()},
            "by_verification": cases.by_verification,
            "intake_only": cases.intake_only,
        },
        "forms": {
            **vars(forms.all),
            "by_service": {name: vars(numbers) for name, numbers in forms.by_service.items()},
            "left_at": forms.left_at,
        },
        "satisfaction": {
            "ratings": {str(rating): n for rating, n in contacts.ratings.items()},
            "average": contacts.average_rating,
        },
    }


def _seconds(wait: timedelta | None) -> float | None:
    return None if wait is None else round(wait.total_seconds(), 1)
