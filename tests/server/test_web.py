"""The web process whole: every room's routes on one application."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from bot.conversation import Conversations
from bot.engine import ScriptedEngine
from casework.adapters.event_hub import PollingEventHub
from casework.adapters.locks import InProcessLocks
from casework.adapters.memory_store import MemoryStore
from casework.domain.conversations import Channel, Utterance
from server.composition import Parts
from server.settings import read_settings
from server.web import create_app
from tests.api.conforming import TOKEN_HIDES, assert_as_described
from tests.office import make_office

TOP = Path(__file__).resolve().parents[2]
CHAT = "^/api/chat/"


def make_parts(**environment: str) -> Parts:
    settings = read_settings({"DEMO": "1", **environment}, TOP)
    office = make_office()
    assert isinstance(office.store, MemoryStore)
    engine = ScriptedEngine(*[[Utterance("Yes?", asks="topic", kind="topic")]] * 500)
    locks = InProcessLocks()
    conversations = Conversations(office, engine, locks)
    hub = PollingEventHub(office.store)
    return Parts(settings, office, engine, conversations, hub, locks)


@pytest.fixture
def parts() -> Parts:
    return make_parts()


@pytest.fixture
def app(parts: Parts) -> Flask:
    return create_app(parts)


def test_the_chat_api_is_as_described_for_whoever_has_no_chat(app: Flask) -> None:
    assert_as_described(app, CHAT, without=TOKEN_HIDES, examples=10)


def test_the_chat_api_is_as_described_in_a_chat(app: Flask, parts: Parts) -> None:
    begun = parts.conversations.start(Channel.WEB)
    assert_as_described(
        app,
        CHAT,
        headers={"Authorization": f"Bearer {begun.token}"},
        parameters={"id": begun.conversation_id},
        leave_out="/events$",
        without=(*TOKEN_HIDES, "negative_data_rejection"),
        examples=10,
    )


def test_the_demo_opens_on_its_own_page_and_service_on_the_chat(app: Flask) -> None:
    assert app.test_client().get("/").location == "/demo"
    assert app.test_client().get("/demo").status_code == 200
    assert app.test_client().get("/demo/council").status_code == 200
    served = create_app(make_parts(DEMO="", SECRET_KEY="a long enough secret"))
    assert served.test_client().get("/").location == "/chat"
    for page in ("", "/council", "/phone", "/texts", "/sent", "/twilio", "/static/demo.css"):
        assert served.test_client().get(f"/demo{page}").status_code == 404


def test_it_is_alive_without_an_assistant_and_ready_only_with_one(app: Flask) -> None:
    client = app.test_client()
    assert client.get("/healthz").json == {"status": "ok"}
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert "actions" in answer.json["failing"]
