"""The web chat part of the contract."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from casework.domain.conversations import Author
from casework.domain.errors import Busy
from tests.webchat.asking import Chat, code
from tests.webchat.fakes import FakeConversations


def test_a_sign_in_of_the_website_is_handed_on_unread(
    client: FlaskClient, conversations: FakeConversations
) -> None:
    answer = client.post("/api/chat/sessions", json={"identity": "a.b.c"})
    assert answer.status_code == 201
    assert conversations.signed_in == ["a.b.c"]
    for wrong in (7, ["a"], "x" * 4001):
        refused = client.post("/api/chat/sessions", json={"identity": wrong})
        assert refused.status_code == 400
        assert refused.get_json()["error"]["code"] == "identity"
    assert conversations.signed_in == ["a.b.c"]


def test_a_session_begins_with_a_greeting(chat: Chat) -> None:
    greeting = chat.begun["messages"][0]
    assert set(greeting) == {
        "seq", "from", "text", "at", "choices", "service", "asks", "case_refs", "links", "mode",
        "upload",
    }  # fmt: skip
    assert (greeting["seq"], greeting["from"], greeting["mode"]) == (1, "bot", "bot")
    assert greeting["at"] == "2026-03-04T09:05:20+00:00"


def test_the_page_is_kept_without_query(
    client: FlaskClient, conversations: FakeConversations
) -> None:
    client.post("/api/chat/sessions", json={"page": "https://me:pw@a.example:8/bins?name=Ann#x"})
    assert [one.page for one in conversations.conversations.values()] == [
        "https://a.example:8/bins"
    ]


def test_a_message_is_answered(chat: Chat) -> None:
    answer = chat.post("messages", {"id": "1", "text": "a pothole"})
    (reply,) = answer.get_json()["messages"]
    assert reply["case_refs"] == ["48291573"]
    assert reply["service"] == "pothole"
    assert reply["links"][0]["label"] == "Follow your report"


def test_a_choice_is_answered(chat: Chat) -> None:
    answer = chat.post("messages", {"id": "1", "choice": "move"})
    assert answer.get_json()["messages"][0]["asks"] == "move_kind"


def test_the_same_id_again_does_nothing_twice(chat: Chat, conversations: FakeConversations) -> None:
    first, second = (chat.post("messages", {"id": "1", "text": "a pothole"}) for _ in range(2))
    assert first.get_json() == second.get_json()
    assert conversations.said() == ["a pothole"]


def test_everything_since(chat: Chat) -> None:
    chat.post("messages", {"id": "1", "text": "hello"})
    news = chat.get("messages?after=1").get_json()
    assert news["mode"] == "bot"
    assert [one["from"] for one in news["messages"]] == ["resident", "bot"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"id": "1", "text": "x" * 2001}, (413, "too_long")),
        ({"id": "1", "text": "😀" * 2001}, (413, "too_long")),
        ({"id": "1", "text": " \n"}, (400, "empty")),
        ({"id": "1", "text": "\x00"}, (400, "empty")),
        ({"id": "1", "text": "\ud800"}, (400, "empty")),
        ({"id": "1"}, (400, "text_or_choice")),
        ({"id": "1", "text": "a", "choice": "b"}, (400, "text_or_choice")),
        ({"id": "1", "text": 7}, (400, "text_or_choice")),
        ({"text": "a"}, (400, "id")),
        ({"id": "", "text": "a"}, (400, "id")),
        ({"id": 5, "text": "a"}, (400, "id")),
        ({"id": "i" * 101, "text": "a"}, (400, "id")),
        ({"id": "a\x00", "text": "a"}, (400, "id")),
        (["a"], (400, "malformed")),
        ({"id": "1", "text": "x" * 70000}, (413, "too_long")),
    ],
)
def test_what_is_refused(
    chat: Chat, conversations: FakeConversations, body: Any, expected: tuple[int, str]
) -> None:
    assert code(chat.post("messages", body)) == expected
    assert conversations.said() == []


@pytest.mark.parametrize("text", ["x" * 2000, "😀" * 2000, "مرحبا", "a\x00b\nc", "</script>", "🏠"])
def test_what_is_taken(chat: Chat, conversations: FakeConversations, text: str) -> None:
    assert chat.post("messages", {"id": "1", "text": text}).status_code == 200
    assert conversations.said() == [text.replace("\x00", "")]


@pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b"null", b"[" * 5000])
def test_a_malformed_body(chat: Chat, client: FlaskClient, body: bytes) -> None:
    address = f"/api/chat/sessions/{chat.id}/messages"
    assert code(client.post(address, data=body, headers=chat.headers)) == (400, "malformed")


def test_unknown_and_wrong_are_alike(chat: Chat, client: FlaskClient) -> None:
    wrong = {"Authorization": "Bearer nonsense"}
    answers = [
        client.get(f"/api/chat/sessions/{chat.id}/messages"),
        client.get(f"/api/chat/sessions/{chat.id}/messages", headers=wrong),
        client.get("/api/chat/sessions/unknown/messages", headers=chat.headers),
        client.get("/api/chat/sessions/%00'/messages", headers=chat.headers),
        client.get(f"/api/chat/sessions/{chat.id}/messages?token={chat.begun['token']}"),
        client.post(f"/api/chat/sessions/{chat.id}/messages", json=["bad"], headers=wrong),
    ]
    assert {(one.status_code, one.data) for one in answers} == {(404, answers[0].data)}


def test_a_busy_store_asks_to_try_again(chat: Chat, conversations: FakeConversations) -> None:
    conversations.failures.append(Busy("lock"))
    answer = chat.post("messages", {"id": "1", "text": "a"})
    assert code(answer) == (503, "busy")
    assert answer.headers["Retry-After"] == "2"
    assert chat.post("messages", {"id": "1", "text": "a"}).status_code == 200


def test_a_fault_says_nothing_of_what_was_said(
    chat: Chat, conversations: FakeConversations, caplog: pytest.LogCaptureFixture
) -> None:
    conversations.failures.append(RuntimeError("Ann Example of Elm Road"))
    answer = chat.post("messages", {"id": "1", "text": "secret words"})
    assert code(answer) == (500, "failed")
    assert "RuntimeError" in caplog.text
    assert not any(words in caplog.text + answer.text for words in ("Ann", "secret words"))


def test_after_the_end(chat: Chat, conversations: FakeConversations) -> None:
    ended = chat.post("end", {}).get_json()
    assert ended["messages"][0]["mode"] == "closed"
    assert code(chat.post("messages", {"id": "9", "text": "a"})) == (409, "closed")
    assert chat.post("feedback", {"rating": 4, "comment": "Kind."}).get_json() == {"rating": 4}
    assert conversations.conversations[chat.id].comment == "Kind."


@pytest.mark.parametrize("rating", [0, 6, 2.5, "5", None, True])
def test_ratings_are_one_to_five(chat: Chat, rating: Any) -> None:
    assert code(chat.post("feedback", {"rating": rating})) == (400, "rating")


def test_the_transcript(chat: Chat) -> None:
    chat.post("messages", {"id": "1", "text": "a pothole\n<b>deep</b>"})
    text = chat.get("transcript")
    assert text.content_type == "text/plain; charset=utf-8"
    assert "Your reference: 4829 1573" in text.text
    page = chat.get("transcript", Accept="text/html,*/*;q=0.8")
    assert page.content_type == "text/html; charset=utf-8"
    assert "&lt;b&gt;deep" in page.text
    assert chat.get("transcript?format=html").data == page.data
    assert code(chat.get("transcript?format=pdf")) == (400, "format")


def test_errors_of_the_address_are_json_too(chat: Chat, client: FlaskClient) -> None:
    answer = client.put("/api/chat/sessions")
    assert code(answer) == (405, "method_not_allowed")
    assert answer.headers["Allow"] == "OPTIONS, POST"
    assert code(client.get("/api/chat/nowhere")) == (404, "unknown_path")
    assert code(client.delete(f"/api/chat/sessions/{chat.id}/messages")) == (
        405,
        "method_not_allowed",
    )


def test_any_site_may_call_without_cookies(client: FlaskClient) -> None:
    for answer in (client.options("/api/chat/sessions/x/messages"), client.get("/api/chat/words")):
        assert answer.status_code in {200, 204}
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "Authorization" in answer.headers["Access-Control-Allow-Headers"]
        assert "Access-Control-Allow-Credentials" not in answer.headers


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"page": "javascript:alert(1)"}, "page"),
        ({"page": "https://[bad"}, "page"),
        ({"page": 3}, "page"),
        ({"language": "english please"}, "language"),
    ],
)
def test_a_session_is_refused(client: FlaskClient, body: Any, expected: str) -> None:
    assert code(client.post("/api/chat/sessions", json=body)) == (400, expected)


def test_people_are_told_apart(chat: Chat, conversations: FakeConversations) -> None:
    conversations.as_agent(chat.id, "Hello")
    news = chat.get("messages?after=1").get_json()
    assert (news["mode"], news["messages"][0]["from"]) == ("agent", Author.AGENT)
