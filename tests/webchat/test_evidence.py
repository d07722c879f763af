"""Photos and documents by the chat's API, by the page without script, and by a link."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from casework.adapters.surroundings import FixedClock
from casework.domain.conversations import Mode
from tests import evidence_files as files
from tests.office import Talk
from tests.webchat.evidence_site import Site, make_site
from tests.webchat.fakes import wording
from webchat.evidence_link import MISSES_WITHIN, MOST_MISSES, Misses

WORDS = wording()


@pytest.fixture
def site() -> Site:
    return make_site()


def test_a_photo_is_taken_and_that_is_said(site: Site) -> None:
    case = site.tells()
    answer = site.send(files.photo(), case_ref=case.ref)
    assert answer.status_code == 201
    told = answer.get_json()
    assert told["evidence"]["case_ref"] == case.ref
    assert told["evidence"]["media_type"] == "image/jpeg"
    assert not told["evidence"]["again"]
    (message,) = told["messages"]
    assert message["from"] == "system"
    assert message["upload"]["case_ref"] == case.ref
    assert len(site.received) == 1
    assert site.send(files.photo()).get_json()["evidence"]["again"]
    assert len(site.received) == 1


def test_the_offer_is_in_the_message(site: Site) -> None:
    case = site.tells()
    client = site.app.test_client()
    bearer = {"Authorization": f"Bearer {site.talk.token}"}
    heard = client.get(f"/api/chat/sessions/{site.talk.id}/messages", headers=bearer)
    offers = [one["upload"] for one in heard.get_json()["messages"] if one["upload"]]
    needed = {"kind": "new_name", "label": "Proof of the new name", "optional": False}
    assert offers == [{"case_ref": case.ref, "needed": [needed]}]


@pytest.mark.parametrize("name", files.EVIL)
def test_what_is_refused_is_refused_in_plain_words(site: Site, name: str) -> None:
    site.tells()
    data, why = files.EVIL[name]
    answer = site.send(data, "holiday.jpg")
    status = {"type": 415, "too_big": 413}.get(why, 422)
    assert answer.status_code == status
    error = answer.get_json()["error"]
    assert error["code"] == f"file_{why}"
    assert error["message"].endswith(".")
    assert "{" not in error["message"]
    assert site.received == []


def test_a_file_over_the_limit_is_too_large(site: Site) -> None:
    site.tells()
    most = site.office.council.evidence.most_bytes
    for size in (most + 1, most * 3 + 100_000):
        answer = site.send(files.photo() + bytes(size))
        assert answer.status_code == 413
        assert "10 MB" in answer.get_json()["error"]["message"]


def test_the_token_of_another_chat_opens_nothing(site: Site) -> None:
    case = site.tells()
    stranger = Talk(site.office)
    answers = [
        site.send(files.photo(), token=stranger.token),
        site.send(files.photo(), token="wrong"),
        site.send(files.photo(), talk=stranger, token=stranger.token, case_ref=case.ref),
        site.send(files.photo(), case_ref="10000020"),
        site.send(files.photo(), case_ref="../../etc"),
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({str(answer.get_json()) for answer in answers}) == 1
    assert site.received == []


def test_a_request_without_a_file_says_what_to_do(site: Site) -> None:
    site.tells()
    client = site.app.test_client()
    path = f"/api/chat/sessions/{site.talk.id}/evidence"
    bearer = {"Authorization": f"Bearer {site.talk.token}"}
    assert client.post(path, headers=bearer, json={"file": "x"}).status_code == 415
    empty = client.post(path, headers=bearer, data={"file": (io.BytesIO(b""), "")})
    assert (empty.status_code, empty.get_json()["error"]["code"]) == (400, "no_file")
    assert site.send(b"", "photo.jpg").status_code == 400
    broken = client.post(
        path, headers={**bearer, "Content-Type": "multipart/form-data"}, data=b"rubbish"
    )
    assert broken.status_code == 400
    assert client.get(path, headers=bearer).status_code == 405


def test_a_chat_that_has_ended_takes_nothing(site: Site) -> None:
    site.tells()
    site.talk.conversations.end(site.talk.id)
    assert site.talk.conversation.mode is Mode.CLOSED
    assert site.send(files.photo()).status_code == 409


# --- the page without script ---


def form_of(page: str) -> dict[str, str]:
    upload = page.split('data-part="upload"')[1].split("</form>")[0]
    return dict(re.findall(r'name="(form|turn|case_ref)" value="([^"]*)"', upload))


def post(client: FlaskClient, form: dict[str, str], *sent: tuple[bytes, str]) -> Any:
    data: dict[str, Any] = {**form, "file": [(io.BytesIO(one), name) for one, name in sent]}
    return client.post("/chat/evidence", data=data)


def test_without_script_a_form_sends_several_files(site: Site) -> None:
    case = site.tells()
    client = site.browser()
    page = client.get("/chat").get_data(as_text=True)
    assert "Proof of the new name" in page
    form = form_of(page)
    assert form["case_ref"] == case.ref
    answer = post(client, form, (files.photo(), "a.jpg"), (files.pdf(), "b.pdf"))
    assert answer.status_code == 303
    assert len(site.received) == 2
    assert "We have your document" in client.get("/chat").get_data(as_text=True)


def test_without_script_a_refusal_is_said_on_the_page(site: Site) -> None:
    site.tells()
    client = site.browser()
    form = form_of(client.get("/chat").get_data(as_text=True))
    answer = post(client, form, (files.PROGRAM, "photo.jpg"))
    assert answer.status_code == 415
    assert "We cannot take that kind of file" in answer.get_data(as_text=True)
    assert post(client, form).status_code == 400
    assert post(client, {**form, "form": "forged"}, (files.photo(), "a.jpg")).status_code == 403
    assert site.received == []


def test_the_form_is_there_only_when_something_can_be_sent(site: Site) -> None:
    page = site.browser().get("/chat").get_data(as_text=True)
    assert re.search(r'data-part="upload"[^>]* hidden', page)


# --- the link ---


def test_a_link_takes_files_until_that_was_all(site: Site) -> None:
    site.tells(new_name="Hannah Pryce")
    path, client = site.link(), site.app.test_client()
    page = client.get(path)
    assert page.status_code == 200
    text = page.get_data(as_text=True)
    assert "Change your name" in text
    assert "Proof of the new name" in text
    for private in ("Pryce", site.case.ref, f"{site.case.ref[:4]} {site.case.ref[4:]}"):
        assert private not in text
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["Cache-Control"] == "no-store"
    sent = client.post(
        path, data={"file": [(io.BytesIO(files.photo()), "a.jpg"), (io.BytesIO(files.heic()), "b")]}
    )
    assert sent.status_code == 303
    after = client.get(sent.headers["Location"]).get_data(as_text=True)
    assert "We have 2 files for this." in after
    done = client.post(path, data={"done": "1"})
    assert done.status_code == 303
    assert WORDS["evidence_finished_text"] in client.get(done.headers["Location"]).get_data(
        as_text=True
    )
    assert client.get(path).status_code == 404
    assert len(site.received) == 2


def test_links_that_lead_nowhere_are_all_alike(site: Site) -> None:
    site.tells()
    client, used, old = site.app.test_client(), site.link(), site.link()
    client.post(used, data={"done": "1"})
    assert isinstance(site.office.clock, FixedClock)
    site.office.clock.advance(timedelta(days=8))
    paths = [used, old, "/evidence/never-given-out-at-all", "/evidence/x", "/evidence/a%00b"]
    for ask in (client.get, lambda path: client.post(path, data={"done": "1"})):
        answers = [ask(path) for path in paths]
        assert {answer.status_code for answer in answers} == {404}
        assert len({answer.get_data() for answer in answers}) == 1
    file = {"file": (io.BytesIO(files.photo()), "a.jpg")}
    sent = client.post(used, data=file)
    assert sent.status_code == 404
    assert sent.get_data() == client.get(old).get_data()
    assert site.received == []


def test_looking_at_a_link_uses_nothing_up(site: Site) -> None:
    site.tells()
    path = site.link()
    for _ in range(3):
        assert site.app.test_client().get(path).status_code == 200
        assert site.app.test_client().head(path).status_code == 200


def test_a_link_says_why_a_file_is_not_taken(site: Site) -> None:
    site.tells()
    path, client = site.link(), site.app.test_client()
    answer = client.post(path, data={"file": (io.BytesIO(files.ARCHIVE), "letter.pdf")})
    assert answer.status_code == 415
    assert "We cannot take that kind of file" in answer.get_data(as_text=True)
    nothing = client.post(path, data={"file": (io.BytesIO(b""), "")})
    assert WORDS["error_no_file"] in nothing.get_data(as_text=True)


def test_who_tries_codes_has_to_wait() -> None:
    at = [0.0]
    misses = Misses(lambda: at[0])
    for _ in range(MOST_MISSES):
        assert not misses.too_many("192.0.2.1")
        misses.missed("192.0.2.1")
    assert misses.too_many("192.0.2.1")
    assert not misses.too_many("192.0.2.2")
    at[0] = MISSES_WITHIN + 1
    assert not misses.too_many("192.0.2.1")


def test_an_old_link_opened_often_locks_out_nobody(site: Site) -> None:
    site.tells()
    path, client = site.link(), site.app.test_client()
    client.post(path, data={"done": "1"})
    for _ in range(MOST_MISSES + 1):
        assert client.get(path).status_code == 404
    assert client.get(site.link()).status_code == 200


def test_a_right_code_is_the_same_as_a_wrong_one_to_who_tried_too_many(site: Site) -> None:
    site.tells()
    path, client = site.link(), site.app.test_client()
    for number in range(MOST_MISSES):
        client.get(f"/evidence/guess-number-{number}")
    assert client.get(path).status_code == 404
    assert client.get(path, environ_base={"REMOTE_ADDR": "192.0.2.9"}).status_code == 200
