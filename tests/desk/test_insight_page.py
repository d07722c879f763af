"""The page of the indicators: what is shown of which time."""

from __future__ import annotations

from collections.abc import Callable

from tests.desk.agents import Agent


def test_of_days_before_all_records_it_says_which_time_was_counted(
    signed_in: Callable[[str], Agent],
) -> None:
    page = signed_in("Robin Pengelly").client.get("/desk/insight?from=0001-01-01&to=0001-01-01")
    assert page.status_code == 200
    assert 'name="to" type="date" value="1999-12-31"' in page.text
