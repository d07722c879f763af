"""What Prometheus collects: its format, its truth, and who may have it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask

from casework.domain.staff import Role
from server.composition import Parts
from server.exposition import Histogram, gauge
from server.web import create_app
from tests.casework.desk import enqueue
from tests.office import Talk, on_duty
from tests.server.test_web import make_parts

LINE = re.compile(
    r'[a-z_]+(\{[a-z_]+="(\\.|[^"\\])*"(,[a-z_]+="(\\.|[^"\\])*")*\})? -?[0-9.e+-]+|'
    r"# (HELP|TYPE) [a-z_]+ .+"
)


@pytest.fixture
def parts() -> Parts:
    return make_parts()


@pytest.fixture
def app(parts: Parts) -> Flask:
    return create_app(parts)


def collected(app: Flask, **headers: str) -> str:
    answer = app.test_client().get("/metrics", headers=headers)
    assert answer.status_code == 200
    assert answer.content_type == "text/plain; version=0.0.4; charset=utf-8"
    return answer.get_data(as_text=True)


def test_every_line_is_as_the_format_wants_it(app: Flask) -> None:
    app.test_client().get("/healthz")
    text = collected(app)
    assert text.endswith("\n")
    lines = text.splitlines()
    assert [line for line in lines if not LINE.fullmatch(line)] == []
    heads = [line.split()[2] for line in lines if line.startswith("# TYPE")]
    assert len(heads) == len(set(heads))
    samples = [line.rsplit(" ", 1)[0] for line in lines if not line.startswith("#")]
    assert len(samples) == len(set(samples))


def test_it_says_who_waits_who_is_there_and_what_is_overdue(app: Flask, parts: Parts) -> None:
    office = parts.office
    on_duty(office, "Asha")
    on_duty(office, "Bo", Role.BACK_OFFICE)
    talk = Talk(office)
    talk.says("my recycling bin was missed on Friday", "missed_bin")
    enqueue(talk, "h1", about="missed_bin")
    office.clock.advance(timedelta(minutes=2))  # type: ignore[attr-defined]
    text = collected(app)
    assert "civicline_queue_waiting 1\n" in text
    assert "civicline_queue_longest_wait_seconds 120\n" in text
    assert 'civicline_agents{availability="available"} 1\n' in text
    assert 'civicline_conversations_last_hour{channel="web"} 1\n' in text
    assert 'civicline_cases_overdue{team="waste"} 0\n' in text
    assert 'civicline_ready{part="actions"} 0\n' in text
    assert 'civicline_ready{part="database"} 1\n' in text
    assert "civicline_open 1\n" in text


def test_requests_are_timed_by_what_they_are_for_and_not_by_their_address(app: Flask) -> None:
    client = app.test_client()
    client.get("/api/staff/cases/48291573")
    client.get("/no/such/page/07700900123")
    text = collected(app)
    wanted = 'endpoint="staff_api.case",method="GET",status="4xx"'
    assert f"civicline_http_seconds_count{{{wanted}}} 1\n" in text
    assert "48291573" not in text
    assert "07700900123" not in text


def test_without_a_token_only_this_machine_may_ask_and_through_no_proxy(app: Flask) -> None:
    client = app.test_client()
    assert client.get("/metrics").status_code == 200
    away = client.get("/metrics", environ_overrides={"REMOTE_ADDR": "203.0.113.9"})
    assert away.status_code == 403
    for header in ("X-Forwarded-For", "Forwarded", "X-Real-Ip"):
        assert client.get("/metrics", headers={header: "127.0.0.1"}).status_code == 403


def test_with_a_token_whoever_has_it_may_ask_and_nobody_else() -> None:
    client = create_app(make_parts(METRICS_TOKEN="secret-of-ours")).test_client()
    assert client.get("/metrics").status_code == 403
    for wrong in ("Bearer other", "Bearer", "secret-of-ours", "Bearer sécret"):
        assert client.get("/metrics", headers={"Authorization": wrong}).status_code == 403
    right = {"Authorization": "Bearer secret-of-ours", "X-Forwarded-For": "203.0.113.9"}
    assert client.get("/metrics", headers=right).status_code == 200


def test_a_histogram_counts_each_in_all_the_buckets_it_fits() -> None:
    seconds = Histogram("s", "About.", ("of",), (0.5, 1.0))
    for value in (0.5, 0.7, 9.0):
        seconds.observe(value, 'a "b"\n')
    assert seconds.lines() == [
        "# HELP s About.",
        "# TYPE s histogram",
        r's_bucket{of="a \"b\"\n",le="0.5"} 1',
        r's_bucket{of="a \"b\"\n",le="1"} 2',
        r's_bucket{of="a \"b\"\n",le="+Inf"} 3',
        r's_sum{of="a \"b\"\n"} 10.2',
        r's_count{of="a \"b\"\n"} 3',
    ]


def test_a_gauge_may_have_no_labels() -> None:
    assert gauge("g", "About.", [({}, True), ({"a": "b"}, 0.25)])[2:] == ["g 1", 'g{a="b"} 0.25']
