"""Forms without script: whose they are, and which sending of them it is."""

from __future__ import annotations

from flask import Flask, Response

from web.forms import FormKeys, message_id

APP = Flask("forms")


def keys(purpose: str = "form") -> FormKeys:
    return FormKeys("key", purpose=purpose, path="/", secret="secret", secure=True)


def fits(token: str, whose: str = "", key: str = "k1", purpose: str = "form") -> bool:
    cookie = {"Cookie": f"key={key}"} if key else {}
    with APP.test_request_context(method="POST", data={"form": token}, headers=cookie):
        return keys(purpose).fits(whose)


def test_a_form_is_good_for_the_browser_the_person_and_the_room_it_was_drawn_for() -> None:
    drawn = keys().token("k1", "staff-1")
    assert fits(drawn, "staff-1")
    assert not fits(drawn, "staff-2")
    assert not fits(drawn, "staff-1", key="k2")
    assert not fits(drawn, "staff-1", purpose="desk form")
    assert not fits("\u00e9", "staff-1")


def test_without_its_cookie_no_form_is_good() -> None:
    assert not fits(keys().token(""), key="")


def test_a_browser_is_given_its_key_once_where_no_script_and_no_other_site_has_it() -> None:
    with APP.test_request_context():
        answer = Response()
        keys().give(answer, keys().key())
    given = answer.headers["Set-Cookie"]
    assert all(word in given for word in ("Secure", "HttpOnly", "SameSite=Lax"))
    with APP.test_request_context(headers={"Cookie": "key=k1"}):
        again = Response()
        assert keys().key() == "k1"
        keys().give(again, "k1")
    assert "Set-Cookie" not in again.headers


def test_a_double_click_is_one_message_and_other_words_are_another() -> None:
    with APP.test_request_context(method="POST", data={"turn": "turn-1234"}):
        assert message_id("a hole\r\nhere") == message_id("a hole\nhere")
        assert message_id("a hole") != message_id("a lamp")
    with APP.test_request_context(method="POST", data={"turn": "no turn"}):
        assert message_id("a hole") != message_id("a hole")
