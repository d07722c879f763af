"""What staff read of conversations."""

from __future__ import annotations

from typing import Any

import pytest

from casework.domain.cases import Verification
from casework.domain.conversations import Channel
from casework.domain.drafts import Answer, Source
from casework.domain.outbox import Delivery
from casework.use_cases.record_delivery import record_delivery


def ids(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.json
    return [one["id"] for one in answer.json]


def test_the_list_is_newest_first_and_says_how_each_came_in(moved: Any) -> None:
    answer = moved.client().get("/api/staff/conversations")
    assert ids(answer) == ["call", "chat"]
    assert answer.json[0] == {
        "id": "call",
        "conversation_id": "call",
        "channel": "voice",
        "mode": "closed",
        "language": "en",
        "service": None,
        "started_at": "2026-11-24T10:36:30+00:00",
        "last_at": "2026-11-24T10:36:30+00:00",
        "from": "+447700900123",
        "call_sid": "CA01",
        "flags": [],
    }
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("channel=web", ["chat"]),
        ("channel=sms", []),
        ("call_sid=CA01", ["call"]),
        ("call_sid=CA02", []),
        ("from=%2B447700900123", ["call"]),
        ("from=+447700900123", ["call"]),
        ("from=07700 900123", ["call"]),
        ("from=0044 7700 900-123", ["call"]),
        ("from=07700900124", []),
        ("after=2026-11-24T10:31:00Z", ["call"]),
        ("after=2026-11-24T11:31:00%2B01:00", ["call"]),
        ("after=2026-11-24T11:31:00+01:00", ["call"]),
        ("after=2026-11-24t10:29:60.1234567z", ["call", "chat"]),
        ("after=2026-11-24T10:36:31Z", []),
        ("channel=voice&from=07700900123&after=2026-11-24T00:00:00Z", ["call"]),
        ("channel=&call_sid=&from=&after=", ["call", "chat"]),
    ],
)
def test_filters(moved: Any, query: str, found: list[str]) -> None:
    assert ids(moved.client().get(f"/api/staff/conversations?{query}")) == found


@pytest.mark.parametrize(
    ("query", "named", "advice"),
    [
        ("channel=fax", "channel", "voice, sms, web"),
        ("after=yesterday", "after", "2026-11-24T10:30:00Z"),
        ("after=2026-11-24T10:31:00", "after", "2026-11-24T10:30:00Z"),
        ("after=2026-11-24", "after", "2026-11-24T10:30:00Z"),
        ("after=2026-13-24T10:31:00Z", "after", "2026-11-24T10:30:00Z"),
        ("after=0001-01-01T00:00:00%2B01:00", "after", "2026-11-24T10:30:00Z"),
        ("from=Ann", "from", "01752 668000"),
        ("from=1", "from", "01752 668000"),
        ("call_sid=%00", "call_sid", "letters"),
        ("channel=web&channel=sms", "channel", "once"),
    ],
)
def test_a_bad_value_is_refused_by_name_with_what_to_write(
    moved: Any, error_of: Any, query: str, named: str, advice: str
) -> None:
    status, code, message = error_of(moved.client().get(f"/api/staff/conversations?{query}"))
    assert (status, code) == (400, "bad_value")
    assert message.startswith(f"{named} is not right")
    assert advice in message


def test_a_misspelt_filter_does_not_show_everything(moved: Any, error_of: Any) -> None:
    status, code, message = error_of(moved.client().get("/api/staff/conversations?chanel=web"))
    assert (status, code) == (400, "unknown_parameter")
    assert "chanel" in message
    assert "channel, call_sid, from, after" in message


def test_what_was_sent_by_mistake_is_not_repeated(moved: Any, error_of: Any) -> None:
    for query in ("Ann Trott=1", "from=Ann Trott", "after=Ann Trott"):
        _, _, message = error_of(moved.client().get(f"/api/staff/conversations?{query}"))
        assert "Trott" not in message


def test_a_conversation_whole(moved: Any) -> None:
    answer = moved.client("agent").get("/api/staff/conversations/chat")
    assert answer.status_code == 200
    whole = answer.json
    assert whole["channel"] == "web"
    assert whole["mode"] == "bot"
    assert whole["service"] == "house_move"
    assert whole["flags"] == ["safe_contact"]
    assert whole["verification"] == "unverified"
    assert whole["cases"] == ["48291573", "10000012"]
    assert whole["fields"] == [
        {
            "field": "name",
            "value": "Ann Trott",
            "source": "typed",
            "at": "2026-11-24T10:30:00+00:00",
            "confirmed": True,
            "service": "house_move",
        }
    ]
    assert whole["messages"][1] == {
        "seq": 2,
        "from": "bot",
        "text": "When do you move?",
        "at": "2026-11-24T10:30:00+00:00",
        "choices": [{"label": "Today", "value": "today"}],
        "service": "house_move",
        "asks": "move_date",
        "case_refs": [],
        "links": [{"label": "More", "url": "https://testham.example/more"}],
        "mode": "bot",
        "upload": None,
        "delivery": None,
    }
    assert [line["from"] for line in whole["messages"]] == ["resident", "bot"]


def test_a_draft_still_being_filled_shows_what_is_not_confirmed(moved: Any) -> None:
    at = moved.clock.now()
    moved.add_conversation("new")
    moved.add_draft("new", "d", answers={"name": Answer("Cy", Source.SAID, at)})
    whole = moved.client().get("/api/staff/conversations/new").json
    assert [(one["field"], one["confirmed"]) for one in whole["fields"]] == [("name", False)]
    assert whole["verification"] == "unverified"
    assert whole["cases"] == []


@pytest.mark.parametrize(
    ("levels", "shown"),
    [
        ([], "not_needed"),
        ([Verification.NOT_NEEDED, Verification.CONTACT], "contact"),
        ([Verification.CONTACT, Verification.UNVERIFIED], "unverified"),
        ([Verification.UNVERIFIED, Verification.IDENTITY], "identity"),
    ],
)
def test_what_is_missing_shows(town: Any, levels: list[Verification], shown: str) -> None:
    town.add_conversation("chat", channel=Channel.SMS)
    for number, level in enumerate(levels):
        town.add_case(f"1000000{number}", verification=level)
    assert town.client().get("/api/staff/conversations/chat").json["verification"] == shown


@pytest.mark.parametrize("unknown", ["nobody", "a b", "x" * 65, "%00", "chat;--"])
def test_an_unknown_conversation(moved: Any, error_of: Any, unknown: str) -> None:
    answer = moved.client().get(f"/api/staff/conversations/{unknown}")
    assert error_of(answer)[:2] == (404, "not_found")


def test_a_line_says_how_far_its_text_got(town: Any) -> None:
    mobile = "+447700900123"
    town.add_conversation("texts", channel=Channel.SMS, caller=mobile)
    town.add_case("20000024", conversation_id="texts", service="pothole", team="highways")
    told = town.client().patch(
        "/api/staff/cases/20000024", json={"tell_resident": "We’ll fill it on Thursday."}
    )
    assert told.json["told"] == "text"

    def line() -> Any:
        answer = town.client("agent").get("/api/staff/conversations/texts")
        return answer.json["messages"][-1]

    assert (line()["text"], line()["delivery"]) == ("We’ll fill it on Thursday.", "queued")
    (text,) = told.json["messages"]
    record_delivery(town.office, text["id"], Delivery.UNDELIVERED, "30003")
    assert line()["delivery"] == "undelivered"
