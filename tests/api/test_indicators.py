"""The indicators as JSON: who may read them, of what time, and what is in them."""

from __future__ import annotations

from typing import Any

import pytest


def test_they_count_what_is_there(moved: Any) -> None:
    found = moved.client().get("/api/staff/indicators").json
    assert found["conversations"]["total"] == 1
    assert found["cases"]["by_team"]["revenues"]["opened"] == 1
    assert found["cases"]["matters"] == 1
    assert len(found["cases"]["by_hour"]) == 24


def test_of_the_days_asked_for(moved: Any) -> None:
    client = moved.client()
    found = client.get("/api/staff/indicators?from=2026-11-20&to=2026-11-23").json
    assert (found["from"], found["to"]) == (
        "2026-11-20T00:00:00+00:00",
        "2026-11-24T00:00:00+00:00",
    )
    assert found["conversations"]["total"] == 0
    assert found["conversations"]["contained_share"] is None


@pytest.mark.parametrize("last", ["0001-01-01", "0001-01-01T00:00:00Z"])
def test_of_days_before_all_records_there_is_nothing(moved: Any, last: str) -> None:
    answer = moved.client().get(f"/api/staff/indicators?to={last}")
    assert (answer.status_code, answer.json["conversations"]["total"]) == (200, 0)


@pytest.mark.parametrize("query", ["from=yesterday", "to=2026-02-30", "since=2026-11-20"])
def test_a_time_that_is_none_is_refused(moved: Any, error_of: Any, query: str) -> None:
    status, _, message = error_of(moved.client().get(f"/api/staff/indicators?{query}"))
    assert status == 400
    assert "yesterday" not in message


def test_agents_may_not(moved: Any, error_of: Any) -> None:
    answer = moved.client("agent").get("/api/staff/indicators")
    assert error_of(answer)[:2] == (403, "not_allowed")
    assert moved.client("back_office", "waste").get("/api/staff/indicators").status_code == 200


def test_nobody_is_named(moved: Any) -> None:
    text = moved.client().get("/api/staff/indicators").get_data(as_text=True)
    for theirs in ("Trott", "07700", "447700900123", "48291573", "moving"):
        assert theirs not in text
