"""The chat as a page without script."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from casework.domain.conversations import Mode
from casework.domain.errors import Busy
from tests.webchat.fakes import FakeConversations, wording
from webchat.visitor import CHAT

WORDS = wording()


def form(page: str) -> dict[str, str]:
    """The hidden fields of the forms on a page."""
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))


def say(client: FlaskClient, **fields: str) -> Any:
    hidden = form(client.get("/chat").text)
    return client.post("/chat", data=hidden | fields, follow_redirects=True)


def shown(answer: Any) -> str:
    return html.unescape(answer.text)


def test_the_first_look_begins_nothing(
    client: FlaskClient, conversations: FakeConversations
) -> None:
    answer = client.get("/chat")
    assert answer.status_code == 200
    assert WORDS["welcome"] in shown(answer)
    assert conversations.conversations == {}


def test_a_message_is_posted_and_answered(client: FlaskClient) -> None:
    answer = say(client, text="there is a pothole")
    assert answer.request.path == "/chat"
    assert "We have told the highways team" in answer.text
    assert "<strong>4829 1573</strong>" in answer.text
    assert 'href="https://council.example/reports/48291573"' in answer.text


def test_choices_are_buttons(client: FlaskClient) -> None:
    answer = say(client, text="move")
    assert 'name="choice" value="within">Within</button>' in answer.text
    assert "You said: within" in say(client, choice="within").text


def test_a_person_is_always_on_offer(client: FlaskClient) -> None:
    assert 'name="person"' in client.get("/chat").text
    answer = say(client, person="1")
    assert WORDS["mode_queued"] in shown(answer)
    assert WORDS["refresh"] in shown(answer)
    assert "http-equiv" not in answer.text
    assert 'http-equiv="refresh"' in client.get("/chat?watch=1").text


def test_the_place_in_the_queue_is_there_without_a_script(
    client: FlaskClient, conversations: FakeConversations
) -> None:
    place = '<p class="cl-queue" data-part="queue" role="status">'
    assert f"{place}</p>" in client.get("/chat").text
    say(client, person="1")
    (one,) = conversations.conversations
    conversations.places[one] = (3, 25)
    words = "You are number 3 in the queue. The wait is about 25 minutes."
    assert f"{place}{words}</p>" in client.get("/chat").text
    conversations.as_agent(one, "Hello")
    assert f"{place}</p>" in client.get("/chat").text


def test_a_double_click_says_it_once(client: FlaskClient, conversations: FakeConversations) -> None:
    say(client, text="hello")
    hidden = form(client.get("/chat").text)
    for text in ("twice", "twice", "another"):
        client.post("/chat", data=hidden | {"text": text})
    assert conversations.said() == ["hello", "twice", "another"]


def test_cookies_are_for_the_server_alone(client: FlaskClient) -> None:
    hidden = form(client.get("/chat").text)
    answer = client.post("/chat", data=hidden | {"text": "hello"})
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/chat#latest"
    cookie = answer.headers["Set-Cookie"]
    assert all(word in cookie for word in ("HttpOnly", "SameSite=Lax", "Path=/chat"))


@pytest.mark.parametrize("path", ["", "/start", "/end", "/feedback", "/again"])
def test_forms_of_others_are_refused(
    client: FlaskClient, conversations: FakeConversations, path: str
) -> None:
    client.get("/chat")
    answer = client.post("/chat" + path, data={"text": "hello", "form": "guess"})
    assert answer.status_code == 403
    assert WORDS["error_form"] in (
        answer.get_json()["error"]["message"] if answer.is_json else shown(answer)
    )
    assert conversations.conversations == {}


@pytest.mark.parametrize(
    ("text", "status", "key"), [("x" * 2001, 413, "error_too_long"), ("  ", 400, "error_empty")]
)
def test_a_refused_message_stays_written(
    client: FlaskClient, text: str, status: int, key: str
) -> None:
    answer = say(client, text=text)
    assert answer.status_code == status
    assert WORDS[key] in shown(answer)
    assert text in answer.text


def test_busy_keeps_text_and_id(client: FlaskClient, conversations: FakeConversations) -> None:
    say(client, text="hello")
    conversations.failures.append(Busy("lock"))
    answer = say(client, text="my long story")
    assert answer.status_code == 503
    assert "my long story</textarea>" in answer.text
    again = client.post("/chat", data=form(answer.text) | {"text": "my long story"})
    assert again.status_code == 303
    assert conversations.said() == ["hello", "my long story"]


def test_a_fault_still_draws_a_page(client: FlaskClient, conversations: FakeConversations) -> None:
    conversations.failures.append(RuntimeError("private"))
    answer = say(client, text="hello")
    assert answer.status_code == 500
    assert WORDS["error_failed"] in shown(answer)
    assert "private" not in answer.text


def test_a_chat_that_is_no_more(client: FlaskClient, conversations: FakeConversations) -> None:
    say(client, text="hello")
    hidden = form(client.get("/chat").text)
    conversations.conversations.clear()
    answer = client.post("/chat", data=hidden | {"text": "still there?"})
    assert answer.status_code == 404
    assert "still there?</textarea>" in answer.text
    assert client.get_cookie(CHAT, path="/chat") is None
    assert client.get("/chat").status_code == 200


def test_the_end(client: FlaskClient, conversations: FakeConversations) -> None:
    say(client, text="hello")
    hidden = form(client.get("/chat").text)
    ended = client.post("/chat/end", data=hidden, follow_redirects=True)
    assert next(iter(conversations.conversations.values())).mode is Mode.CLOSED
    assert WORDS["ended_heading"] in shown(ended)
    missing = client.post("/chat/feedback", data=hidden | {"comment": "so so"})
    assert missing.status_code == 400
    assert WORDS["error_rating"] in shown(missing)
    assert "so so</textarea>" in missing.text
    rated = client.post(
        "/chat/feedback", data=hidden | {"rating": "4", "comment": "so so"}, follow_redirects=True
    )
    assert WORDS["rating_thanks"] in shown(rated)
    assert next(iter(conversations.conversations.values())).rating == 4
    assert "hello" in client.get("/chat/transcript").text
    fresh = client.post("/chat/again", data=hidden, follow_redirects=True)
    assert WORDS["welcome"] in shown(fresh)


def test_the_script_begins_one_chat_for_all_tabs(
    client: FlaskClient, conversations: FakeConversations
) -> None:
    token = form(client.get("/chat").text)["form"]
    answers = [client.post("/chat/start", headers={"X-Form-Token": token}) for _ in range(2)]
    assert answers[0].get_json() == answers[1].get_json()
    assert len(conversations.conversations) == 1


def test_text_is_never_markup(client: FlaskClient) -> None:
    answer = say(client, text="<img src=x onerror=alert(1)> \x00 مرحبا 😀")
    assert "<img" not in answer.text
    assert "javascript:" not in say(client, text="bad link").text


def test_nothing_is_inline(client: FlaskClient) -> None:
    answer = say(client, text="hello")
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "unsafe" not in policy
    assert not re.search(r"<style|<script(?![^>]* src=)| style=| on\w+=", answer.text)
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_huge_form_is_refused_in_words(client: FlaskClient) -> None:
    answer = client.post("/chat", data={"text": "x" * 2_000_000})
    assert answer.status_code == 413
    assert WORDS["error_too_long"] in shown(answer)
