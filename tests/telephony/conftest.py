"""A line and a text number in memory: the real rooms, and an assistant told what is meant."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask

from bot.conversation import Conversations
from casework.adapters.event_hub import PollingEventHub
from casework.adapters.locks import InProcessLocks
from casework.adapters.memory_store import MemoryStore
from casework.domain.cases import Case
from casework.domain.conversations import Conversation, Message
from casework.use_cases.office import Office
from server.composition import Parts
from server.settings import Settings, read_settings
from server.telephone import make_telephony, make_wording
from telephony.texts_in import Texts
from telephony.wording import Wording
from tests.office import Meant, TalkingEngine, make_office
from tests.twilio_stand_in.call import Call, Heard, Reply
from tests.twilio_stand_in.texts import TextPhone

BASE = "http://localhost:8000"
TOKEN = "a-token-of-the-tests"
CALLER = "+447700900123"


@dataclass
class Line:
    """The council's end of the telephone."""

    app: Flask
    office: Office
    engine: TalkingEngine
    conversations: Conversations
    texts: Texts
    wording: Wording
    settings: Settings

    def post(self, url: str, form: dict[str, str], headers: dict[str, str]) -> Reply:
        """Takes a webhook as the web server would."""
        parts = urlsplit(url)
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        answer = self.app.test_client().post(path, data=form, headers=headers, base_url=BASE)
        return Reply(answer.status_code, answer.content_type or "", answer.data)

    @property
    def talks(self) -> list[Conversation]:
        """All conversations, oldest first."""
        with self.office.store.begin(reading=True) as work:
            return work.conversations.search()[::-1]

    def transcript(self, conversation_id: str) -> list[Message]:
        with self.office.store.begin(reading=True) as work:
            return work.conversations.messages(conversation_id)

    def cases(self, conversation_id: str) -> list[Case]:
        with self.office.store.begin(reading=True) as work:
            return work.cases.of_conversation(conversation_id)


@dataclass
class Caller:
    """Somebody on the phone. `label` is what the model takes the words for."""

    line: Line
    call: Call
    heard: Heard = field(default_factory=Heard)

    def rings(self) -> Heard:
        self.heard = self.call.listen(self.call.begin())
        return self.heard

    def says(
        self, text: str, label: str | None = None, *, sure: float = 0.92, **meant: Any
    ) -> Heard:
        self.line.engine.meant = Meant(label, **meant)
        self.heard = self.call.listen(self.call.say(text, sure))
        return self.heard

    def presses(self, digits: str, label: str | None = None) -> Heard:
        self.line.engine.meant = Meant(label)
        self.heard = self.call.listen(self.call.press(digits))
        return self.heard

    def keeps_silent(self) -> Heard:
        self.heard = self.call.listen(self.call.silence())
        return self.heard

    @property
    def talk(self) -> Conversation:
        """The conversation of this call."""
        with self.line.office.store.begin(reading=True) as work:
            return work.conversations.search(call_sid=self.call.call_sid)[0]

    @property
    def asked(self) -> str | None:
        """What is awaited now."""
        ours = [m for m in self.line.transcript(self.talk.id) if m.author != "resident"]
        return ours[-1].said.asks

    @property
    def cases(self) -> list[Case]:
        return self.line.cases(self.talk.id)


@dataclass
class Texter:
    """Somebody who texts."""

    line: Line
    phone: TextPhone

    def texts(self, body: str, label: str | None = None, **meant: Any) -> list[str]:
        self.line.engine.meant = Meant(label, **meant)
        return self.phone.text(body)

    @property
    def talks(self) -> list[Conversation]:
        return [talk for talk in self.line.talks if talk.caller == self.phone.number]


def make_line(
    seconds: float = 3.5, *, environment: Mapping[str, str] | None = None, **parts_of_office: Any
) -> Line:
    """A line with an office of its own; its webhooks answer within `seconds`. `environment` adds
    to the settings."""
    given = {"DEMO": "1", "TWILIO_AUTH_TOKEN": TOKEN, "PUBLIC_BASE_URL": BASE}
    settings = read_settings({**given, **(environment or {})}, Path(__file__).parents[2])
    office = make_office(**parts_of_office)
    assert isinstance(office.store, MemoryStore)
    engine, locks = TalkingEngine(office), InProcessLocks()
    conversations = Conversations(office, engine, locks)
    hub = PollingEventHub(office.store)
    parts = Parts(settings, office, engine, conversations, hub, locks)
    app = Flask("line")
    for blueprint in make_telephony(
        parts, call_seconds=seconds, text_seconds=seconds, later=lambda work: work()
    ):
        app.register_blueprint(blueprint)
    wording = make_wording(settings, office)
    texts = Texts(conversations, office, locks, wording)
    return Line(app, office, engine, conversations, texts, wording, settings)


@pytest.fixture
def line() -> Line:
    return make_line()


@pytest.fixture
def ring(line: Line) -> Callable[..., Caller]:
    """Places a call; `number` None withholds it."""

    def place(number: str | None = CALLER, **about: Any) -> Caller:
        call = Call(
            "/twilio/voice",
            TOKEN,
            from_number=number,
            base_url=BASE,
            post=line.post,
            status_url="/twilio/status",
            **about,
        )
        caller = Caller(line, call)
        caller.rings()
        return caller

    return place


@pytest.fixture
def texter(line: Line) -> Callable[..., Texter]:
    """A text phone; `number` is whose."""

    def make(number: str = CALLER, **about: Any) -> Texter:
        phone = TextPhone(number, "/twilio/sms", TOKEN, base_url=BASE, post=line.post, **about)
        return Texter(line, phone)

    return make
