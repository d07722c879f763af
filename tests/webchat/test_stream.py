"""The event stream, and what it does when the store or the hub cannot be had."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from flask.testing import FlaskClient

from casework.domain.conversations import Mode
from casework.domain.errors import Busy, NotFound
from tests.webchat.asking import Chat, code
from tests.webchat.fakes import FakeAnnouncements, FakeConversations
from webchat import stream


def events(text: str) -> list[tuple[str, dict[str, Any]]]:
    found = []
    for block in text.split("\n\n"):
        lines = dict(line.split(": ", 1) for line in block.splitlines() if not line.startswith(":"))
        if "event" in lines:
            found.append((lines["event"], json.loads(lines["data"])))
    return found


def test_the_stream_tells_and_ends(chat: Chat) -> None:
    chat.post("messages", {"id": "1", "text": "a person"})
    chat.post("end", {})
    answer = chat.get("events?after=1")
    assert answer.content_type == "text/event-stream; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.headers["X-Accel-Buffering"] == "no"
    assert answer.text.startswith("retry: 3000\n\nid: 2\nevent: message\n")
    told = events(answer.text)
    assert [one["seq"] for name, one in told if name == "message"] == [2, 3, 4]
    assert told[-1] == ("mode", {"mode": "closed"})


def test_the_stream_resumes(chat: Chat, client: FlaskClient) -> None:
    chat.post("messages", {"id": "1", "text": "hello"})
    chat.post("end", {})
    told = events(chat.get("events?after=1", **{"Last-Event-ID": "3"}).text)
    assert [one["seq"] for name, one in told if name == "message"] == [4]
    address = f"/api/chat/sessions/{chat.id}/events?token={chat.begun['token']}&after=4"
    assert client.get(address).status_code == 204


def test_the_stream_follows(
    chat: Chat,
    conversations: FakeConversations,
    announcements: FakeAnnouncements,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(stream, "HEARTBEAT", 0.05)
    lines = stream.Stream(conversations, announcements, chat.id, 1)
    assert next(lines) == "retry: 3000\n\n"
    assert events(next(lines)) == [("mode", {"mode": "bot"})]
    assert next(lines) == ": still here\n\n"
    conversations.as_agent(chat.id, "Hello")
    told = events("".join(next(lines) for _ in range(3)))
    assert [name for name, _ in told][:2] == ["message", "mode"]
    lines.close()
    assert announcements.listeners() == 0


def test_the_place_in_the_queue_is_told_when_it_changes(
    chat: Chat,
    conversations: FakeConversations,
    announcements: FakeAnnouncements,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(stream, "HEARTBEAT", 0.01)
    conversations.places[chat.id] = (3, 15)
    conversations.set_mode(chat.id, Mode.QUEUED)
    lines = stream.Stream(conversations, announcements, chat.id, 1)
    told = events("".join(next(lines) for _ in range(6)))
    assert told == [("mode", {"mode": "queued"}), ("queue", {"place": 3, "minutes": 15})]
    # Those ahead are told to themselves alone: nothing is announced here.
    conversations.places[chat.id] = (2, 10)
    told = events("".join(next(lines) for _ in range(4)))
    assert told == [("queue", {"place": 2, "minutes": 10})]
    conversations.as_agent(chat.id, "Hello")
    told = events("".join(next(lines) for _ in range(6)))
    assert "queue" not in [name for name, _ in told]
    lines.close()


def test_a_lost_announcement_is_made_up_for(
    chat: Chat, conversations: FakeConversations, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "HEARTBEAT", 0.01)
    deaf = FakeAnnouncements()
    lines = stream.Stream(conversations, deaf, chat.id, 1)
    conversations.as_agent(chat.id, "Hello")
    told = events("".join(next(lines) for _ in range(10)))
    assert ("message", "Hello") in [(name, one.get("text")) for name, one in told]


def test_a_busy_hub_refuses_before_a_byte(chat: Chat, announcements: FakeAnnouncements) -> None:
    announcements.failures.append(Busy("events"))
    answer = chat.get("events")
    assert code(answer) == (503, "busy")
    assert answer.headers["Retry-After"] == "2"


def test_a_busy_store_refuses_before_a_byte(
    chat: Chat, conversations: FakeConversations, announcements: FakeAnnouncements
) -> None:
    conversations.unreadable.append(Busy("store"))
    assert code(chat.get("events")) == (503, "busy")
    assert announcements.listeners() == 0


def test_a_store_busy_later_is_waited_for(
    chat: Chat,
    conversations: FakeConversations,
    announcements: FakeAnnouncements,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(stream, "AGAIN", 0.01)
    lines = stream.Stream(conversations, announcements, chat.id, 1)
    assert next(lines).startswith("retry")
    assert next(lines).startswith("event: mode")
    conversations.unreadable.append(Busy("store"))
    conversations.as_agent(chat.id, "Hello")
    assert next(lines) == ": busy\n\n"
    assert events(next(lines))[0][1]["text"] == "Hello"
    lines.close()


def test_a_fault_in_mid_stream_names_its_type_alone(
    chat: Chat,
    conversations: FakeConversations,
    announcements: FakeAnnouncements,
    caplog: pytest.LogCaptureFixture,
) -> None:
    lines = stream.Stream(conversations, announcements, chat.id, 1)
    assert next(lines).startswith("retry")
    assert next(lines).startswith("event: mode")
    conversations.unreadable.append(RuntimeError("Ann Example of Elm Road"))
    announcements.announce(chat.id, "message")
    assert list(lines) == []
    assert announcements.listeners() == 0
    assert "RuntimeError" in caplog.text
    assert "Ann" not in caplog.text


def test_a_chat_erased_in_mid_stream_ends_it(
    chat: Chat,
    conversations: FakeConversations,
    announcements: FakeAnnouncements,
    caplog: pytest.LogCaptureFixture,
) -> None:
    lines = stream.Stream(conversations, announcements, chat.id, 1)
    assert next(lines)
    conversations.unreadable.append(NotFound(chat.id))
    announcements.announce(chat.id, "message")
    assert events("".join(lines)) == [("mode", {"mode": "bot"})]
    assert caplog.records == []


def test_nobody_listens_to_a_head(chat: Chat, announcements: FakeAnnouncements) -> None:
    address = f"/api/chat/sessions/{chat.id}/events"
    answer = chat.client.head(address, headers=chat.headers)
    assert (answer.status_code, answer.data) == (200, b"")
    assert announcements.listeners() == 0


def test_one_that_is_never_read_is_let_go(chat: Chat, announcements: FakeAnnouncements) -> None:
    address = f"/api/chat/sessions/{chat.id}/events"
    answer = chat.client.get(address, headers=chat.headers, buffered=False)
    assert announcements.listeners() == 1
    answer.close()
    assert announcements.listeners() == 0


@pytest.mark.parametrize("query", ["", "&after=1"])
def test_no_line_of_a_log_holds_the_token(
    chat: Chat,
    announcements: FakeAnnouncements,
    conversations: FakeConversations,
    caplog: pytest.LogCaptureFixture,
    query: str,
) -> None:
    caplog.set_level(logging.DEBUG)
    address = f"/api/chat/sessions/{chat.id}/events?token={chat.begun['token']}{query}"
    announcements.failures.append(RuntimeError(address))
    assert chat.client.get(address).status_code == 500
    conversations.unreadable.append(RuntimeError(address))
    assert chat.client.get(address).status_code == 500
    assert "RuntimeError" in caplog.text
    assert chat.begun["token"] not in caplog.text
