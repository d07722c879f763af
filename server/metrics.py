"""`GET /metrics`: what Prometheus collects (docs/adr/0020-indicators-and-metrics.md).

How things stand is read from the database, so that every web process tells the same; how long
requests took is this process's own. No label and no number is of one person.
"""

from __future__ import annotations

import hmac
import time
from collections.abc import Callable, Mapping
from ipaddress import ip_address
from typing import Any

from flask import Flask, Response, g, request

from casework.domain.errors import CaseworkError
from casework.use_cases.office import Office
from insight.standing import Standing, read_standing
from server.exposition import CONTENT_TYPE, Histogram, gauge

BOUNDS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 15.0)
"""Seconds; a call's webhook is to answer within 5, Twilio gives up after 15."""

ENDLESS = frozenset({"chat_api.events", "desk.events"})
"""Streams last as long as a page is open: that is no time to answer."""

FORWARDED = ("X-Forwarded-For", "Forwarded", "X-Real-Ip", "Via")
"""Headers that a proxy adds: who asks through one is not on this machine."""

Failing = Callable[[], list[str]]


def add_metrics(app: Flask, office: Office, token: str, failing: Failing) -> None:
    """Adds the page, and times every request. `token` is what a collector must send; empty: only
    this machine may ask, and not through a proxy. `failing` names the parts that do not work."""
    seconds = Histogram(
        "civicline_http_seconds",
        "Seconds until a request was answered, in this process since it started.",
        ("endpoint", "method", "status"),
        BOUNDS,
    )

    @app.before_request
    def begin() -> None:
        g.began = time.perf_counter()

    @app.after_request
    def end(answer: Response) -> Response:
        endpoint = request.endpoint
        if "began" in g and endpoint is not None and endpoint not in ENDLESS:
            took = time.perf_counter() - g.began
            status = f"{answer.status_code // 100}xx"
            seconds.observe(took, endpoint, _method(request.method), status)
        return answer

    @app.get("/metrics")
    def metrics() -> Response:
        if not _allowed(token):
            return Response("not for you\n", 403, mimetype="text/plain")
        lines = [*_ready(failing()), *_standing(office), *seconds.lines()]
        answer = Response("\n".join(lines) + "\n", content_type=CONTENT_TYPE)
        answer.headers["Cache-Control"] = "no-store"
        return answer


def _method(written: str) -> str:
    """Anybody may make up a method; a label for each would fill the memory."""
    return written if written in {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"} else "other"


def _allowed(token: str) -> bool:
    if token:
        given = request.headers.get("Authorization", "")
        return hmac.compare_digest(given.encode(), f"Bearer {token}".encode())
    if any(name in request.headers for name in FORWARDED):
        return False
    original = request.environ.get("werkzeug.proxy_fix.orig", {})
    asks = original.get("REMOTE_ADDR") or request.remote_addr or ""
    try:
        return ip_address(asks).is_loopback
    except ValueError:
        return False


PARTS = ("database", "assistant", "actions")


def _ready(failing: list[str]) -> list[str]:
    return gauge(
        "civicline_ready",
        "Whether a part that residents need works, as in /readyz.",
        [({"part": part}, float(part not in failing)) for part in PARTS],
    )


def _standing(office: Office) -> list[str]:
    """Nothing of it while the database does not answer: `civicline_ready` says so."""
    try:
        found = read_standing(office)
    except CaseworkError:
        return []
    return [
        *_people(found),
        *_by(
            "civicline_conversations_last_hour",
            "Conversations begun in the last hour.",
            "channel",
            found.begun,
        ),
        *gauge(
            "civicline_not_understood_last_hour",
            "Messages not understood, of conversations begun in the last hour.",
            [({}, found.missed)],
        ),
        *_by(
            "civicline_handoffs_last_hour",
            "Wishes for a person, of conversations begun in the last hour.",
            "reason",
            found.wanted,
        ),
        *_by(
            "civicline_cases_opened_last_day",
            "Matters for which a case was opened in the last 24 hours.",
            "channel",
            found.opened,
        ),
        *_by("civicline_cases_overdue", "Open cases past their time.", "team", found.overdue),
        *_by(
            "civicline_outbox_messages",
            "Messages to residents, to be sent or written in the last 24 hours.",
            "state",
            found.outbox,
        ),
        *gauge(
            "civicline_outbox_oldest_seconds",
            "Age of the oldest message whose time to be sent has come.",
            [({}, found.oldest_due.total_seconds())],
        ),
    ]


def _people(found: Standing) -> list[str]:
    return [
        *gauge("civicline_open", "Whether the council is at work now.", [({}, found.open)]),
        *gauge("civicline_queue_waiting", "Residents waiting for a person.", [({}, found.waiting)]),
        *gauge(
            "civicline_queue_longest_wait_seconds",
            "How long the first of them has waited.",
            [({}, found.longest_wait.total_seconds())],
        ),
        *gauge("civicline_talking", "Residents talking with a person.", [({}, found.talking)]),
        *_by("civicline_agents", "Those who talk to residents.", "availability", found.agents),
    ]


def _by(name: str, about: str, label: str, numbers: Mapping[Any, int]) -> list[str]:
    return gauge(name, about, [({label: str(word)}, n) for word, n in numbers.items()])
