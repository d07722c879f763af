"""A gateway and an ear that keep state, and an app made of the web chat alone."""

from __future__ import annotations

import hashlib
import itertools
import secrets
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import yaml
from flask import Flask

from bot.messages import Inbound, Since, Started
from casework.domain.conversations import (
    Author,
    Channel,
    Choice,
    Conversation,
    Link,
    Message,
    Mode,
    Utterance,
)
from casework.domain.errors import Conflict, Invalid, NotFound
from casework.ports.events import Event
from webchat.api import create_api
from webchat.pages import create_pages
from webchat.sample_site import create_sample_site
from webchat.widget.files import create_widget
from webchat.wording import Council, fill

COUNCIL_DIR = Path(__file__).parents[2] / "council"
START = datetime(2026, 3, 4, 9, 5, tzinfo=UTC)


class FakeSubscription:
    def __init__(self) -> None:
        self._heard: list[Event] = []
        self._news = threading.Condition()

    def tell(self, event: Event) -> None:
        with self._news:
            self._heard.append(event)
            self._news.notify_all()

    def wait(self, timeout: float) -> list[Event]:
        with self._news:
            if not self._heard:
                self._news.wait(timeout)
            heard, self._heard = self._heard, []
            return heard


EVERY = "*"
"""Stands for all conversations among the listeners of one."""


class FakeAnnouncements:
    """Announces within the process. `failures` are raised by the next subscriptions, one each."""

    def __init__(self) -> None:
        self._listeners: dict[str, list[FakeSubscription]] = defaultdict(list)
        self._lock = threading.Lock()
        self._ids = itertools.count(1)
        self.failures: list[Exception] = []

    @contextmanager
    def subscribe(self, conversation_id: str) -> Iterator[FakeSubscription]:
        if self.failures:
            raise self.failures.pop(0)
        ear = FakeSubscription()
        with self._lock:
            self._listeners[conversation_id].append(ear)
        try:
            yield ear
        finally:
            with self._lock:
                self._listeners[conversation_id].remove(ear)

    def subscribe_all(self) -> AbstractContextManager[FakeSubscription]:
        return self.subscribe(EVERY)

    def announce(self, conversation_id: str, kind: str) -> None:
        with self._lock:
            ears = [*self._listeners[conversation_id], *self._listeners[EVERY]]
        for ear in ears:
            ear.tell(Event(next(self._ids), conversation_id, kind))

    def listeners(self) -> int:
        with self._lock:
            return sum(map(len, self._listeners.values()))


SCRIPT = {
    "move": Utterance(
        "Are you moving in, out, or within the city?",
        (Choice("Moving in", "in"), Choice("Moving out", "out"), Choice("Within", "within")),
        service="house_move",
        asks="move_kind",
        kind="choice",
    ),
    "pothole": Utterance(
        "Thank you. We have told the highways team.",
        service="pothole",
        case_refs=("48291573",),
        links=(Link("Follow your report", "https://council.example/reports/48291573"),),
    ),
    "read back": Utterance(
        "Please check this before I send it.\n" + "Name: Priya Shah\n" * 30 + "Is that right?",
        (Choice("Yes, that's right", "yes"), Choice("No, " + "x" * 64, "no")),
    ),
    "bad link": Utterance("Look here.", links=(Link("A trap", "javascript:alert(1)"),)),
}
"""What the fake answers when a message holds the word; otherwise it says the message back."""


class FakeConversations:
    """Keeps conversations in memory. `failures` are raised by the next turns, one each, and
    `unreadable` by the next readings; `delay` is how many seconds a turn takes; `clock` is when
    everything began; `places` are place and minutes of those who wait."""

    def __init__(self, announcements: FakeAnnouncements) -> None:
        self.announcements = announcements
        self.conversations: dict[str, Conversation] = {}
        self.lines: dict[str, list[Message]] = defaultdict(list)
        self.failures: list[Exception] = []
        self.unreadable: list[Exception] = []
        self.delay = 0.0
        self.places: dict[str, tuple[int, int]] = {}
        self.clock = START
        self.signed_in: list[str | None] = []
        self._lock = threading.RLock()

    def start(
        self,
        channel: Channel,
        *,
        language: str = "en",
        page: str | None = None,
        identity: str | None = None,
    ) -> Started:
        self.signed_in.append(identity)
        token = secrets.token_urlsafe(24)
        one = Conversation(
            id=secrets.token_hex(8),
            channel=channel,
            started_at=START,
            last_at=START,
            token_hash=hashlib.sha256(token.encode()).hexdigest(),
            language=language,
            page=page,
        )
        self.conversations[one.id] = one
        choices = (Choice("Report a pothole", "pothole"), Choice("I am moving house", "move"))
        self._say(one.id, Author.BOT, Utterance("Hello. How can we help?", choices))
        return Started(one.id, token, tuple(self.lines[one.id]))

    def authorise(self, conversation_id: str, token: str) -> Conversation:
        one = self.conversations.get(conversation_id)
        digest = hashlib.sha256(token.encode()).hexdigest()
        if one is None or not secrets.compare_digest(one.token_hash, digest):
            raise NotFound(conversation_id)
        return one

    def handle(self, inbound: Inbound) -> list[Message]:
        said = inbound.choice or inbound.text
        if not said.strip():
            raise Invalid(inbound.id)
        with self._lock:
            lines = self.lines[inbound.conversation_id]
            turn = [one for one in lines if one.turn_id == inbound.id]
            if turn:
                return turn[1:]
            if self.failures:
                raise self.failures.pop(0)
            mode = self.conversations[inbound.conversation_id].mode
            if mode is Mode.CLOSED:
                raise Conflict(inbound.conversation_id)
            self._say(inbound.conversation_id, Author.RESIDENT, Utterance(said), inbound.id)
            time.sleep(self.delay)
            if said in {"person", "speak_to_agent"}:
                self.set_mode(inbound.conversation_id, Mode.QUEUED)
                self._say(
                    inbound.conversation_id,
                    Author.SYSTEM,
                    Utterance("A person will join you soon."),
                    inbound.id,
                )
            elif mode is Mode.BOT:
                answer = next((SCRIPT[word] for word in SCRIPT if word in said), None)
                answer = answer or Utterance(f"You said: {said}")
                self._say(inbound.conversation_id, Author.BOT, answer, inbound.id)
            return [
                one for one in self.lines[inbound.conversation_id] if one.turn_id == inbound.id
            ][1:]

    def since(self, conversation_id: str, after: int = 0) -> Since:
        with self._lock:
            if self.unreadable:
                raise self.unreadable.pop(0)
            mode = self.conversations[conversation_id].mode
            return Since(mode, tuple(self.lines[conversation_id][after:]))

    def queue_place(self, conversation_id: str) -> tuple[int, int] | None:
        with self._lock:
            waits = self.conversations[conversation_id].mode is Mode.QUEUED
            return self.places.get(conversation_id, (1, 5)) if waits else None

    def end(self, conversation_id: str) -> list[Message]:
        with self._lock:
            if self.conversations[conversation_id].mode is Mode.CLOSED:
                return []
            self.set_mode(conversation_id, Mode.CLOSED)
            return [self._say(conversation_id, Author.SYSTEM, Utterance("The chat has ended."))]

    def rate(self, conversation_id: str, rating: int, comment: str | None) -> None:
        if not 1 <= rating <= 5:
            raise Invalid(conversation_id)
        one = self.conversations[conversation_id]
        self.conversations[conversation_id] = replace(one, rating=rating, comment=comment)

    def as_agent(self, conversation_id: str, text: str) -> None:
        """A person takes over and writes."""
        self.set_mode(conversation_id, Mode.AGENT)
        self._say(conversation_id, Author.AGENT, Utterance(text))

    def set_mode(self, conversation_id: str, mode: Mode) -> None:
        with self._lock:
            one = self.conversations[conversation_id]
            self.conversations[conversation_id] = replace(one, mode=mode)
        self.announcements.announce(conversation_id, "mode")

    def said(self, author: Author = Author.RESIDENT) -> list[str]:
        """Everything said by one side, over all conversations."""
        return [
            one.said.text for lines in self.lines.values() for one in lines if one.author is author
        ]

    def _say(
        self, conversation: str, author: Author, said: Utterance, turn: str | None = None
    ) -> Message:
        with self._lock:
            seq = len(self.lines[conversation]) + 1
            mode = self.conversations[conversation].mode
            at = self.clock + timedelta(seconds=20 * seq)
            message = Message(conversation, seq, author, said, at, mode, turn)
            self.lines[conversation].append(message)
        self.announcements.announce(conversation, "message")
        return message


def council() -> Council:
    told = yaml.safe_load((COUNCIL_DIR / "council.yml").read_text("utf-8"))
    kept = {name: told[name] for name in ("name", "short_name", "website", "phone")}
    return Council(**kept, timezone=ZoneInfo(told["timezone"]))


def wording() -> dict[str, str]:
    return fill(yaml.safe_load((COUNCIL_DIR / "webchat.yml").read_text("utf-8")), council())


def create_app(conversations: FakeConversations, announcements: FakeAnnouncements) -> Flask:
    app = Flask(__name__, static_folder=None)
    app.register_blueprint(create_api(conversations, announcements, council(), wording()))
    app.register_blueprint(
        create_pages(conversations, council(), wording(), secure_cookies=False, secret="secret")
    )
    app.register_blueprint(create_widget())
    app.register_blueprint(create_sample_site(council(), wording(), ""))
    return app
