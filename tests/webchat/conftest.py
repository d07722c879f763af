from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, BrowserContext, Page
from werkzeug.serving import make_server

from tests.webchat.asking import Chat
from tests.webchat.fakes import FakeAnnouncements, FakeConversations, create_app


@pytest.fixture
def announcements() -> FakeAnnouncements:
    return FakeAnnouncements()


@pytest.fixture
def conversations(announcements: FakeAnnouncements) -> FakeConversations:
    return FakeConversations(announcements)


@pytest.fixture
def app(conversations: FakeConversations, announcements: FakeAnnouncements) -> Flask:
    return create_app(conversations, announcements)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def chat(client: FlaskClient) -> Chat:
    return Chat(client)


def serve(app: Flask) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = make_server("127.0.0.1", port, app, threaded=True)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://localhost:{port}"
    finally:
        server.shutdown()


@pytest.fixture
def site(app: Flask) -> Iterator[str]:
    """The address of the running web chat."""
    yield from serve(app)


@dataclass
class Tab:
    """A browser tab that writes down what it complains about."""

    page: Page
    complaints: list[str] = field(default_factory=list)


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 1100, "height": 800}, locale="en-GB")
    made.set_default_timeout(5000)
    yield made
    made.close()


def watched(page: Page) -> Tab:
    tab = Tab(page)
    page.on(
        "console", lambda said: tab.complaints.append(said.text) if said.type == "error" else None
    )
    page.on("pageerror", lambda error: tab.complaints.append(str(error)))
    return tab
