"""Whatever goes wrong, the answer has one shape and gives nobody away."""

from __future__ import annotations

import ast
import logging
from contextlib import AbstractContextManager
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest

from casework.domain.errors import (
    Busy,
    CaseworkError,
    Conflict,
    EngineFailure,
    Invalid,
    SendingFailed,
)
from casework.ports.store import Work

CASE = "/api/staff/cases/48291573"


class BrokenStore:
    """A store that lets staff in and fails at everything else."""

    def __init__(self, store: Any, error: Exception) -> None:
        self.store, self.error, self.units = store, error, 0

    def begin(self, *, reading: bool = False) -> AbstractContextManager[Work]:
        self.units += 1
        if self.units > 1:
            raise self.error
        unit: AbstractContextManager[Work] = self.store.begin(reading=reading)
        return unit

    def check(self) -> None: ...


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (Busy("locked"), 503, "busy"),
        (Conflict("seq"), 409, "conflict"),
        (Invalid("Ann"), 400, "invalid"),
        (SendingFailed("Ann", again=True), 502, "not_moved"),
        (CaseworkError("Ann"), 500, "failed"),
        (EngineFailure("Ann"), 500, "failed"),
        (ValueError("Ann said so"), 500, "failed"),
    ],
)
def test_every_error_is_a_code_and_a_sentence_without_anybody_in_it(
    moved: Any, error_of: Any, caplog: Any, error: Exception, status: int, code: str
) -> None:
    client = moved.client()
    object.__setattr__(moved.office, "store", BrokenStore(moved.office.store, error))
    with caplog.at_level(logging.DEBUG):
        answer = client.patch(CASE, json={"note": "Ann rang"})
    assert error_of(answer)[:2] == (status, code)
    assert "Ann" not in answer.text + caplog.text
    assert ("Retry-After" in answer.headers) == (status == 503)
    if status == 500:
        assert type(error).__name__ in caplog.text


@pytest.mark.parametrize(
    ("method", "path", "allow"),
    [
        ("POST", "/api/staff/conversations", "GET, HEAD, OPTIONS"),
        ("DELETE", "/api/staff/conversations/chat", "GET, HEAD, OPTIONS"),
        ("PUT", "/api/staff/cases", "GET, HEAD, OPTIONS"),
        ("TRACE", CASE, "GET, HEAD, OPTIONS, PATCH"),
        ("GET", "/api/staff/me", "OPTIONS, PUT"),
    ],
)
def test_a_method_that_is_not_there(
    moved: Any, error_of: Any, method: str, path: str, allow: str
) -> None:
    answer = moved.client().open(path, method=method)
    assert error_of(answer)[:2] == (405, "method_not_allowed")
    assert answer.headers["Allow"] == allow
    asked = moved.client().options(path)
    assert (asked.status_code, asked.headers["Allow"]) == (204, allow)


@pytest.mark.parametrize("path", ["", "/", "/nowhere", "/cases/", "/cases/4829/1573", "/queue/h1"])
def test_a_path_that_is_not_there(moved: Any, error_of: Any, path: str) -> None:
    for method in ("GET", "POST"):
        answer = moved.client().open(f"/api/staff{path}", method=method)
        assert error_of(answer)[:2] == (404, "not_found")


def test_every_sentence_is_used_and_every_code_has_one(words: dict[str, str]) -> None:
    written = set()
    for file in (Path(__file__).parents[2] / "api").glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                written.add(node.value)
    assert set(words) <= written
    assert {one for one in written if one.startswith("want_")} <= set(words)


def test_changes_made_at_the_same_time_all_stay(moved: Any) -> None:
    clients = [moved.client(role, "revenues") for role in ("supervisor", "back_office")] * 5
    start = Barrier(len(clients))
    answers: list[int] = []

    def change(number: int) -> None:
        start.wait()
        note = {"note": f"note {number}", "tell_resident": f"told {number}"}
        answers.append(clients[number].patch(CASE, json=note).status_code)

    threads = [Thread(target=change, args=(number,)) for number in range(len(clients))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [200] * len(clients)
    history = moved.client().get(CASE).json["history"]
    assert sorted(entry["note"] for entry in history[1:]) == sorted(
        f"note {number}" for number in range(len(clients))
    )
    assert [one.seq for one in moved.transcript("chat")] == list(range(1, 13))


def test_a_change_overtaken_once_is_made_on_what_is_there_now(moved: Any) -> None:
    store = moved.office.store
    real = store.begin
    failures = [Conflict("the case has changed meanwhile")] * 2

    def overtaken(*, reading: bool = False) -> Any:
        if not reading and failures:
            raise failures.pop()
        return real(reading=reading)

    client = moved.client()
    store.begin = overtaken
    assert client.patch(CASE, json={"note": "x"}).status_code == 200
    assert len(client.get(CASE).json["history"]) == 2
