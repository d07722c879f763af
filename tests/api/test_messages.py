"""How far each message to a resident got, as staff see it in the case."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from api.openapi import document
from casework.adapters.scripted_sender import ScriptedSender
from casework.domain.conversations import Channel, Mode
from casework.domain.drafts import Answer, Source
from casework.domain.errors import OptedOut, SendingFailed
from casework.domain.outbox import Delivery, Medium
from casework.use_cases.deliver_messages import deliver_due
from casework.use_cases.record_delivery import record_delivery
from tests.api.conforming import assert_as_described

REF = "20000024"
CASE = f"/api/staff/cases/{REF}"
MOBILE, EMAIL = "+447700900123", "ann@example.com"


@pytest.fixture
def reported(town: Any) -> Any:
    """A pothole reported on a call that has ended, with a mobile number for news of it."""
    town.add_conversation("call", channel=Channel.VOICE, mode=Mode.CLOSED)
    add_case(town, MOBILE)
    return town


def add_case(town: Any, contact: str, ref: str = REF, **about: Any) -> None:
    given = {"contact": Answer(contact, Source.SAID, town.clock.now(), confirmed=True)}
    case = {"service": "pothole", "team": "highways", "conversation_id": "call", "fields": given}
    town.add_case(ref, **{**case, **about})


def tell(town: Any, text: str, ref: str = REF) -> Any:
    answer = town.client().patch(f"/api/staff/cases/{ref}", json={"tell_resident": text})
    assert answer.status_code == 200, answer.json
    return answer.json


def messages(town: Any, ref: str = REF) -> Any:
    return town.client("agent").get(f"/api/staff/cases/{ref}").json["messages"]


def deliver(town: Any, *errors: Exception, media: tuple[Medium, ...] = tuple(Medium)) -> None:
    """Sends what is due, the first of it with these errors, by carriers of these media."""
    town.clock.advance(timedelta(minutes=1))
    sender = ScriptedSender()
    sender.fail(*errors)
    deliver_due(town.office, dict.fromkeys(media, sender))


def test_a_case_without_messages_has_an_empty_list(reported: Any) -> None:
    assert messages(reported) == []


def test_an_update_told_by_text_is_followed_until_it_is_delivered(reported: Any) -> None:
    answer = tell(reported, "We will fill it on Thursday.")
    assert answer["told"] == "text"
    (queued,) = answer["messages"]
    assert "We will fill it on Thursday." in queued["text"]
    assert queued == {
        "id": queued["id"],
        "medium": "text",
        "state": "queued",
        "problem": None,
        "attempts": 0,
        "text": queued["text"],
        "created_at": "2026-11-24T10:30:00+00:00",
        "updated_at": "2026-11-24T10:30:00+00:00",
    }
    deliver(reported)
    later = {"attempts": 1, "updated_at": "2026-11-24T10:31:00+00:00"}
    assert messages(reported) == [{**queued, **later, "state": "sent"}]
    record_delivery(reported.office, queued["id"], Delivery.DELIVERED)
    assert messages(reported) == [{**queued, **later, "state": "delivered"}]


def test_what_did_not_arrive_is_seen_with_the_reason(reported: Any) -> None:
    (first,) = tell(reported, "One.")["messages"]
    deliver(reported)
    record_delivery(reported.office, first["id"], Delivery.UNDELIVERED, "30003")
    tell(reported, "Two.")
    deliver(reported, SendingFailed("21211", again=False))
    tell(reported, "Three.")
    deliver(reported, SendingFailed("20429", again=True))
    assert [(one["state"], one["problem"], one["attempts"]) for one in messages(reported)] == [
        ("undelivered", "30003", 1),
        ("failed", "21211", 1),
        ("queued", "20429", 1),
    ]


def test_an_opt_out_and_a_carrier_that_is_missing_are_seen(reported: Any) -> None:
    tell(reported, "One.")
    deliver(reported, OptedOut())
    assert [one["state"] for one in messages(reported)] == ["opted_out"]
    add_case(reported, EMAIL, "48291573")
    assert tell(reported, "Two.", "48291573")["told"] == "email"
    deliver(reported, media=(Medium.TEXT,))
    (mail,) = messages(reported, "48291573")
    assert (mail["medium"], mail["state"]) == ("email", "failed")
    assert (mail["problem"], mail["attempts"]) == ("not_configured", 0)


def test_the_address_is_not_in_a_message(reported: Any) -> None:
    (message,) = tell(reported, "One.")["messages"]
    assert MOBILE not in str(message)
    schemas = document("1", reported.office.council)["components"]["schemas"]
    assert set(message) == set(schemas["Outgoing"]["properties"])


def test_what_a_link_opens_is_not_for_whoever_reads_the_case(reported: Any) -> None:
    told = tell(reported, "See https://files.example/evidence/SECRET for more.")
    (message,) = told["messages"]
    assert "https://files.example/…" in message["text"]
    assert "SECRET" not in message["text"]


def test_each_case_has_its_own_messages_and_a_list_of_cases_none(reported: Any) -> None:
    add_case(reported, MOBILE, "48291573", parent_ref=REF)
    tell(reported, "Of the parent.")
    assert messages(reported, "48291573") == []
    tell(reported, "Of the child.", "48291573")
    assert [len(messages(reported, ref)) for ref in (REF, "48291573")] == [1, 1]
    for row in reported.client().get("/api/staff/cases").json:
        assert "messages" not in row


def test_the_back_office_sees_the_messages_of_its_own_cases_only(reported: Any) -> None:
    tell(reported, "One.")
    add_case(reported, MOBILE, "48291573", team="waste")
    tell(reported, "Two.", "48291573")
    highways = reported.client("back_office", "highways")
    assert len(highways.get(CASE).json["messages"]) == 1
    assert highways.get("/api/staff/cases/48291573").status_code == 404


def test_a_case_with_messages_is_as_described(reported: Any) -> None:
    tell(reported, "One.")
    deliver(reported, SendingFailed("21211", again=False))
    bearer = {"Authorization": f"Bearer {reported.tokens['Sam supervisor']}"}
    assert_as_described(
        reported.app, "^/api/staff/cases/", headers=bearer, parameters={"ref": REF}, examples=5
    )
