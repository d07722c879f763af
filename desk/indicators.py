"""`/desk/insight`: how the council answers, in numbers."""

from __future__ import annotations

from datetime import date, timedelta

from flask import request
from werkzeug.wrappers import Response as Answer

from desk.frame import Frame
from insight.indicators import read_indicators
from insight.period import chosen


class InsightPages:
    """For those who answer for how it goes: back office and supervisors."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    def show(self) -> Answer:
        office = self._frame.office
        period = chosen(_day("from"), _day("to"), office.clock.now(), office.zone)
        found = read_indicators(office, self._frame.member, period)
        council = office.council
        return self._frame.draw(
            "insight",
            found=found,
            first=period.start.astimezone(office.zone).date(),
            # A time that ends at midnight ends with the day before.
            last=(period.end - timedelta(microseconds=1)).astimezone(office.zone).date(),
            services={name: one.title for name, one in council.services.items()},
            teams={name: one.label for name, one in council.teams.items()},
            fields={name: one.label for name, one in council.fields.items()},
        )


def _day(name: str) -> date | None:
    """A day of the address; one that cannot be is not asked for, and the page shows so."""
    try:
        return date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None
