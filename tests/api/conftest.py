"""A small council with conversations and cases in memory, and clients of its staff API."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest
import yaml
from flask import Flask
from flask.testing import FlaskClient

from api.openapi import create_openapi
from api.staff import create_staff_api
from casework.adapters.council_files import load_council
from casework.adapters.csv_tables import MemoryTables
from casework.adapters.memory_store import MemoryStore
from casework.adapters.surroundings import FixedClock, RandomIdentifiers
from casework.domain.cases import Case, CaseStatus, HistoryEntry, Verification
from casework.domain.catalogue import Council
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
from casework.domain.drafts import Answer, Draft, DraftState, Source
from casework.domain.staff import Role
from casework.use_cases.create_staff_token import create_staff_token
from casework.use_cases.office import Office
from tests.office import the_reader

COUNCIL = Path(__file__).parents[2] / "council"
NOW = datetime(2026, 11, 24, 10, 30, tzinfo=UTC)


class NoHolidays:
    """A country without any."""

    def is_holiday(self, day: date) -> bool:
        return False


@pytest.fixture(scope="session")
def small_council() -> Council:
    """The council's book, shortened to three teams and two services."""
    whole = load_council(COUNCIL)
    return replace(
        whole,
        teams={one: whole.teams[one] for one in ("revenues", "waste", "highways")},
        services={one: whole.services[one] for one in ("house_move", "pothole")},
    )


@dataclass
class Town:
    """The office, the app in front of it, and what its tests need to make records."""

    office: Office
    clock: FixedClock
    app: Flask
    tokens: dict[str, str] = field(default_factory=dict)

    def client(self, role: str = "supervisor", *teams: str) -> FlaskClient:
        """A client with a member of staff's token; its name is "Sam" and the role."""
        name = f"Sam {role}"
        if name not in self.tokens:
            self.tokens[name] = create_staff_token(self.office, name, Role(role), teams)
        return self.client_with(self.tokens[name])

    def client_with(self, token: str) -> FlaskClient:
        client = self.app.test_client()
        client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
        return client

    def add_conversation(self, conversation_id: str, **values: Any) -> Conversation:
        now = self.clock.now()
        begun = Conversation(
            **{
                "id": conversation_id, "channel": Channel.WEB, "started_at": now, "last_at": now,
                "token_hash": "x", **values,
            }
        )  # fmt: skip
        with self.office.store.begin() as work:
            work.conversations.add(begun)
        return begun

    def add_message(self, conversation_id: str, author: Author, said: Utterance) -> None:
        with self.office.store.begin() as work:
            mode = work.conversations.get(conversation_id).mode
            seq = work.conversations.last_seq(conversation_id) + 1
            work.conversations.append(
                Message(conversation_id, seq, author, said, self.clock.now(), mode)
            )

    def add_draft(self, conversation_id: str, draft_id: str, **values: Any) -> None:
        now = self.clock.now()
        with self.office.store.begin() as work:
            work.drafts.add(
                Draft(
                    **{
                        "id": draft_id, "conversation_id": conversation_id,
                        "service": "house_move", "created_at": now, "updated_at": now, **values,
                    }
                )
            )  # fmt: skip

    def add_case(self, ref: str, **values: Any) -> None:
        now = self.clock.now()
        with self.office.store.begin() as work:
            work.cases.add(
                Case(
                    **{
                        "ref": ref, "service": "house_move", "team": "revenues",
                        "tier": "assisted", "opened_at": now, "conversation_id": "chat",
                        "history": (HistoryEntry(now, "resident", "opened"),), **values,
                    }
                )
            )  # fmt: skip

    def transcript(self, conversation_id: str) -> list[Message]:
        with self.office.store.begin(reading=True) as work:
            return work.conversations.messages(conversation_id)


@pytest.fixture
def words() -> dict[str, str]:
    file = COUNCIL / "api.yml"
    return cast("dict[str, str]", yaml.safe_load(file.read_text(encoding="utf-8")))


@pytest.fixture
def town(words: dict[str, str], small_council: Council) -> Town:
    """The office, open and empty."""
    clock = FixedClock(NOW)
    office = Office(
        council=small_council, store=MemoryStore(), reader=the_reader(),
        screen=cast(Any, None), gazetteer=cast(Any, None), clock=clock,
        ids=RandomIdentifiers(), holidays=NoHolidays(), tables=MemoryTables(),
    )  # fmt: skip
    app = Flask("town")
    app.register_blueprint(create_staff_api(office, words))
    app.register_blueprint(create_openapi("1.2.3", office.council))
    return Town(office, clock, app)


@pytest.fixture
def moved(town: Town) -> Town:
    """A house move reported in a chat that is still open, for revenues and for waste."""
    town.add_conversation("chat", service="house_move", flags=("safe_contact",))
    said = Utterance(
        "When do you move?", choices=(Choice("Today", "today"),), service="house_move",
        asks="move_date", kind="date", links=(Link("More", "https://testham.example/more"),),
    )  # fmt: skip
    town.add_message("chat", Author.RESIDENT, Utterance("I am moving"))
    town.add_message("chat", Author.BOT, said)
    at = town.clock.now()
    answers = {"name": Answer("Ann Trott", Source.TYPED, at)}
    dropped = {"name": Answer("Bob", Source.TYPED, at)}
    town.add_draft("chat", "dropped", state=DraftState.DROPPED, answers=dropped)
    town.add_draft("chat", "done", state=DraftState.CONFIRMED, yes_turn_id="t9", answers=answers)
    town.clock.advance(timedelta(seconds=90))
    town.add_case(
        "48291573",
        verification=Verification.UNVERIFIED, valid_notice=False, due_at=NOW + timedelta(days=10),
        fields={"name": Answer("Ann Trott", Source.TYPED, at, confirmed=True)},
    )  # fmt: skip
    town.add_case("10000012", team="waste", parent_ref="48291573")
    town.clock.advance(timedelta(minutes=5))
    town.add_conversation(
        "call", channel=Channel.VOICE, caller="+447700900123", call_sid="CA01", mode=Mode.CLOSED
    )
    town.add_case(
        "20000024", service="pothole", team="highways", tier="simple", conversation_id="call",
        status=CaseStatus.INVESTIGATING,
    )  # fmt: skip
    return town


@pytest.fixture
def error_of(words: dict[str, str]) -> Callable[[Any], tuple[int, str, str]]:
    """Status, code and message of an answer that must be the contract's error and no more."""

    def read(answer: Any) -> tuple[int, str, str]:
        assert answer.mimetype == "application/json"
        assert set(answer.json) == {"error"}
        assert set(answer.json["error"]) == {"code", "message"}
        code, message = answer.json["error"]["code"], answer.json["error"]["message"]
        assert code in words
        assert "{" not in message
        return answer.status_code, code, message

    return read
