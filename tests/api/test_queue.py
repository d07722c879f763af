"""Residents who wait for a person, as other desks see and serve them."""

from __future__ import annotations

from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest

from api.openapi import document
from casework.domain.conversations import Author, Channel, Mode, Utterance
from casework.domain.drafts import Answer, Source
from casework.domain.handoffs import Handoff, HandoffReason
from casework.use_cases.take_up_abandoned import take_up_abandoned
from tests.api.conforming import assert_as_described

QUEUE = "/api/staff/queue"


@pytest.fixture
def busy(town: Any) -> Any:
    """A chat about a move that is asked for its date, and a call, both waiting."""
    town.add_conversation("chat", mode=Mode.QUEUED, service="house_move", flags=("crisis",))
    town.add_message("chat", Author.RESIDENT, Utterance("I am moving out on Monday"))
    town.add_draft("chat", "d1", asking="move_date", opening="I am moving out on Monday")
    with town.office.store.begin() as work:
        work.conversations.save(_with_draft(work.conversations.get("chat"), "d1"))
    add_handoff(town, "h1", "chat", about="house_move")
    town.clock.advance(timedelta(minutes=1))
    town.add_conversation("call", channel=Channel.VOICE, mode=Mode.QUEUED, call_sid="CA01")
    add_handoff(town, "h2", "call", reason=HandoffReason.DANGER)
    town.clock.advance(timedelta(seconds=30))
    return town


def _with_draft(conversation: Any, draft_id: str) -> Any:
    return type(conversation)(**{**vars(conversation), "draft_id": draft_id})


def add_handoff(town: Any, handoff_id: str, conversation_id: str, **values: Any) -> None:
    now = town.clock.now()
    made = {"reason": HandoffReason.ASKED, **values}
    with town.office.store.begin() as work:
        work.handoffs.add(Handoff(handoff_id, conversation_id, now, now, **made))


def test_the_queue_shows_danger_first_and_what_is_known(busy: Any) -> None:
    call, chat = busy.client("agent").get(QUEUE).json
    assert chat == {
        "id": "h1",
        "conversation_id": "chat",
        "place": 2,
        "waited_seconds": 90,
        "channel": "web",
        "service": "house_move",
        "reason": "asked",
        "line": "I am moving out on Monday",
        "flags": ["crisis"],
        "state": "waiting",
        "agent": None,
        "call_state": None,
        "team": None,
        "held_at": None,
        "recording": None,
    }
    assert (call["id"], call["place"], call["reason"]) == ("h2", 1, "danger")
    assert call["call_state"] == "waiting"
    assert (call["line"], call["service"]) == ("", None)


def test_a_conversation_is_taken_talked_in_filled_and_handed_back(busy: Any) -> None:
    client = busy.client("agent")
    taken = client.post(f"{QUEUE}/h1/accept").json
    assert (taken["state"], taken["agent"], taken["place"]) == ("taken", "Sam agent", None)
    line = client.post(f"{QUEUE}/h1/messages", json={"id": "m-1", "text": "Hello"}).json
    assert (line["from"], line["text"], line["mode"]) == ("agent", "Hello", "agent")
    assert line["asks"] == "move_date"
    again = client.post(f"{QUEUE}/h1/messages", json={"id": "m-1", "text": "Hello"}).json
    assert again == line
    noted = client.post(f"{QUEUE}/h1/notes", json={"text": "Moves out."}).json
    assert [(note["by"], note["text"]) for note in noted["notes"]] == [("Sam agent", "Moves out.")]
    filled = client.patch(
        f"{QUEUE}/h1/fields", json={"field": "move_date", "value": "30 November 2026"}
    ).json
    assert (filled["value"], filled["source"]) == ("2026-11-30", "agent")
    assert (filled["field"], filled["service"]) == ("move_date", "house_move")
    assert client.post(f"{QUEUE}/h1/return").json["state"] == "returned"
    whole = client.get("/api/staff/conversations/chat").json
    assert whole["mode"] == "bot"
    assert whole["messages"][-1]["asks"] not in {None, "move_date"}
    assert [one["text"] for one in whole["messages"]].count("Hello") == 1
    assert [one["id"] for one in client.get(QUEUE).json] == ["h2"]


def test_a_conversation_is_ended(busy: Any) -> None:
    client = busy.client("agent")
    client.post(f"{QUEUE}/h1/accept")
    assert client.post(f"{QUEUE}/h1/close").json["state"] == "ended"
    assert client.get("/api/staff/conversations/chat").json["mode"] == "closed"


def test_of_those_who_take_it_at_once_one_gets_it(busy: Any, error_of: Any) -> None:
    clients = [busy.client(role) for role in ("agent", "supervisor")]
    start, answers = Barrier(2), []

    def accept(client: Any) -> None:
        start.wait()
        answers.append(client.post(f"{QUEUE}/h1/accept"))

    threads = [Thread(target=accept, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    won, lost = sorted(answers, key=lambda one: one.status_code)
    assert won.status_code == 200
    assert error_of(lost)[:2] == (409, "conflict")


@pytest.mark.parametrize("what", ["messages", "fields", "return", "close"])
def test_what_a_colleague_has_is_refused(busy: Any, error_of: Any, what: str) -> None:
    busy.client("agent").post(f"{QUEUE}/h1/accept")
    body = {
        "messages": {"id": "m1", "text": "x"},
        "fields": {"field": "move_date", "value": "today"},
    }
    method = "PATCH" if what == "fields" else "POST"
    path = f"{QUEUE}/h1/{what}"
    answer = busy.client().open(path, method=method, json=body.get(what))
    assert error_of(answer)[:2] == (409, "conflict")


def test_a_call_is_accepted_on_the_telephone(busy: Any, error_of: Any) -> None:
    answer = busy.client().post(f"{QUEUE}/h2/accept")
    assert error_of(answer)[:2] == (409, "conflict")


def test_the_back_office_has_no_queue(busy: Any, error_of: Any) -> None:
    client = busy.client("back_office", "waste")
    assert error_of(client.get(QUEUE))[:2] == (403, "not_allowed")
    assert error_of(client.post(f"{QUEUE}/h1/accept"))[:2] == (403, "not_allowed")


@pytest.mark.parametrize(
    ("path", "body", "code", "says"),
    [
        ("messages", {}, "nothing_set", "id, text"),
        ("messages", {"text": "x"}, "bad_value", "id is not right"),
        ("messages", {"id": "m 1", "text": "x"}, "bad_value", "id is not right"),
        ("messages", {"id": "m1"}, "bad_value", "text is not right"),
        ("messages", {"id": "m1", "text": " "}, "bad_value", "text"),
        ("notes", {"text": 5}, "bad_value", "text"),
        ("notes", {"note": "x"}, "unknown_key", "note"),
        ("fields", {"field": "move_date"}, "bad_value", "value"),
        ("fields", {"field": "A B", "value": "x"}, "bad_value", "field is not right"),
        ("fields", {"field": "move_date", "value": "purple"}, "bad_value", "fits the field"),
    ],
)
def test_what_makes_no_sense_is_refused(
    busy: Any, error_of: Any, path: str, body: Any, code: str, says: str
) -> None:
    client = busy.client()
    client.post(f"{QUEUE}/h1/accept")
    before = busy.transcript("chat")
    method = "PATCH" if path == "fields" else "POST"
    answer = client.open(f"{QUEUE}/h1/{path}", method=method, json=body)
    status, given, message = error_of(answer)
    assert (status, given) == (400, code)
    assert says in message
    assert busy.transcript("chat") == before


def test_a_handoff_that_is_not_there(busy: Any, error_of: Any) -> None:
    for handoff in ("h9", "h.1", "x" * 65):
        answer = busy.client().post(f"{QUEUE}/{handoff}/accept")
        assert error_of(answer)[:2] == (404, "not_found")


def test_answers_have_no_key_that_is_not_described(busy: Any) -> None:
    schemas = document("1", busy.office.council)["components"]["schemas"]
    client = busy.client()
    row = client.get(QUEUE).json[0]
    assert set(row) == set(schemas["QueueRow"]["properties"])
    taken = client.post(f"{QUEUE}/h1/accept").json
    assert set(taken) - set(row) == set(schemas["Handoff"]["properties"])


@pytest.mark.parametrize("mine", [True, False])
def test_it_is_as_described(busy: Any, mine: bool) -> None:
    client = busy.client()
    if mine:
        client.post(f"{QUEUE}/h1/accept")
    bearer = {"Authorization": f"Bearer {busy.tokens['Sam supervisor']}"}
    assert_as_described(busy.app, f"^{QUEUE}", headers=bearer, parameters={"id": "h1"})


@pytest.mark.parametrize(
    ("method", "path"), [("GET", ""), ("POST", "/h1/notes"), ("POST", "/h1/messages")]
)
def test_whoever_calls_is_still_there(busy: Any, method: str, path: str) -> None:
    client = busy.client("agent")
    client.post(f"{QUEUE}/h1/accept")
    busy.clock.advance(timedelta(minutes=2))
    client.open(f"{QUEUE}{path}", method=method, json={"text": "x"} if path else None)
    assert take_up_abandoned(busy.office, timedelta(minutes=1)) == 0
    busy.clock.advance(timedelta(minutes=2))
    assert take_up_abandoned(busy.office, timedelta(minutes=1)) == 1


def test_what_was_said_before_stays_with_its_source(busy: Any) -> None:
    held = Answer("Ann Trott", Source.TYPED, busy.clock.now())
    with busy.office.store.begin() as work:
        draft = work.drafts.get("d1")
        work.drafts.save(draft.with_answer("name", held))
    client = busy.client()
    client.post(f"{QUEUE}/h1/accept")
    client.patch(f"{QUEUE}/h1/fields", json={"field": "move_date", "value": "tomorrow"})
    fields = client.get("/api/staff/conversations/chat").json["fields"]
    assert {one["field"]: one["source"] for one in fields} == {
        "name": "typed",
        "move_date": "agent",
    }


def test_the_case_is_opened_once_nothing_is_missing(busy: Any, error_of: Any) -> None:
    client = busy.client("agent")
    client.post(f"{QUEUE}/h1/accept")
    refused = error_of(client.post(f"{QUEUE}/h1/case"))
    assert refused[:2] == (409, "fields_missing")
    assert "move_date" in refused[2]
    service = busy.office.council.service("house_move")
    held = Answer("x", Source.TYPED, busy.clock.now())
    with busy.office.store.begin() as work:
        draft = work.drafts.get("d1")
        for use in service.uses:
            draft = draft.with_answer(use.field.id, held)
        work.drafts.save(draft.with_answer("services_to_tell", Answer([], held.source, held.at)))
    case = client.post(f"{QUEUE}/h1/case").json
    assert (case["service"], case["history"][0]["by"]) == ("house_move", "Sam agent")
    assert client.post(f"{QUEUE}/h1/case").json["ref"] == case["ref"]
    assert client.get("/api/staff/conversations/chat").json["messages"][-1]["case_refs"] == [
        case["ref"]
    ]
