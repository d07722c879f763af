"""Who gets to the desk, and as whom."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from casework.domain.staff import Availability, Role
from casework.use_cases.create_staff_token import create_staff_token
from casework.use_cases.office import Office
from desk.session import KEY, SESSION
from tests.desk.agents import Agent, Residents, hidden, make_app

PAGES = ["", "/cases", "/cases/12345678", "/conversations/h1"]
FETCHED = ["/events", "/fragments/queue", "/fragments/conversations/h1"]


@pytest.mark.parametrize("path", PAGES)
def test_whoever_is_not_signed_in_is_asked_to(app: Flask, path: str) -> None:
    answer = app.test_client().get(f"/desk{path}")
    assert answer.status_code == 303
    assert answer.location == f"/desk/sign-in?next=/desk{path}"


@pytest.mark.parametrize("path", FETCHED)
def test_scripts_hear_that_nobody_is_signed_in(app: Flask, path: str) -> None:
    assert app.test_client().get(f"/desk{path}").status_code == 401


def test_a_code_signs_in_and_a_newer_one_signs_out(app: Flask, office: Office) -> None:
    code = create_staff_token(office, "Sam Taylor", Role.AGENT)
    client = app.test_client()
    form = hidden(client.get("/desk/sign-in?next=/desk/cases").text)
    answer = client.post("/desk/sign-in", data={**form, "code": code})
    assert answer.location == "/desk/cases"
    assert client.get("/desk").status_code == 200
    create_staff_token(office, "Sam Taylor", Role.AGENT)
    assert client.get("/desk").status_code == 303


@pytest.mark.parametrize("code", ["", "wrong", "x" * 300, "ü"])
def test_a_wrong_code_costs_time_and_says_so(office: Office, code: str) -> None:
    pauses: list[float] = []
    client = make_app(office, pause=pauses.append).test_client()
    form = hidden(client.get("/desk/sign-in").text)
    answer = client.post("/desk/sign-in", data={**form, "code": code})
    assert answer.status_code == 403
    assert "Nobody has this sign-in code" in answer.text
    assert pauses == [1.0]


def test_nobody_is_chosen_outside_the_demo(office: Office) -> None:
    client = make_app(office, demo=()).test_client()
    page = client.get("/desk/sign-in").text
    assert "Sam Taylor" not in page
    answer = client.post("/desk/sign-in", data={**hidden(page), "member": "Sam Taylor"})
    assert answer.status_code == 403


def test_the_address_with_a_slash_at_its_end_leads_to_the_queue(app: Flask, sam: Agent) -> None:
    assert sam.client.get("/desk/").location == "/desk"
    assert sam.client.get("/desk").status_code == 200
    client = app.test_client()
    entrance = client.get(client.get("/desk/").location).text
    data = {**hidden(entrance), "member": "Sam Taylor"}
    assert client.post("/desk/sign-in", data=data, follow_redirects=True).request.path == "/desk"


def test_the_session_is_out_of_reach_of_scripts_and_other_sites(office: Office) -> None:
    client = make_app(office, secure_cookies=True).test_client()
    form = hidden(client.get("/desk/sign-in", base_url="https://localhost").text)
    answer = client.post(
        "/desk/sign-in", data={**form, "member": "Sam Taylor"}, base_url="https://localhost"
    )
    cookie = next(one for one in answer.headers.getlist("Set-Cookie") if SESSION in one)
    for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/desk"):
        assert part in cookie


def test_a_session_made_up_is_none(app: Flask, sam: Agent) -> None:
    held = sam.client.get_cookie(SESSION, path="/desk")
    assert held is not None
    other = app.test_client()
    other.set_cookie(SESSION, "x" + held.value, path="/desk")
    assert other.get("/desk").status_code == 303


@pytest.mark.parametrize("token", ["", "x" * 64])
def test_a_form_of_another_site_does_nothing(sam: Agent, residents: Residents, token: str) -> None:
    residents.waits()
    for path in ("/availability", "/conversations/h1/accept", "/alive", "/sign-out"):
        answer = sam.client.post(f"/desk{path}", data={"form": token, "availability": "away"})
        assert answer.status_code == 403
    assert "available" in sam.sees()


def test_a_form_of_another_member_does_nothing(sam: Agent, jo: Agent) -> None:
    theirs = jo.client.get_cookie(KEY, path="/desk")
    assert theirs is not None
    sam.client.set_cookie(KEY, theirs.value, path="/desk")
    form = {**jo.form("", "/availability"), "availability": "busy"}
    assert sam.client.post("/desk/availability", data=form).status_code == 403


def test_signing_out_ends_it_and_nobody_waits_for_whoever_left(sam: Agent, office: Office) -> None:
    answer = sam.posts("/sign-out")
    assert "You are signed out" in answer.text
    assert sam.client.get("/desk").status_code == 303
    with office.store.begin(reading=True) as work:
        member = work.staff.by_name("Sam Taylor")
    assert member is not None
    assert member.availability is Availability.AWAY


@pytest.mark.parametrize("target", ["https://evil.example", "//evil.example", "/desk/../x", "/x"])
def test_signing_in_leads_nowhere_else(app: Flask, target: str) -> None:
    client = app.test_client()
    form = hidden(client.get("/desk/sign-in").text)
    data = {**form, "member": "Sam Taylor", "next": target}
    assert client.post("/desk/sign-in", data=data).location == "/desk"


def test_the_back_office_works_cases_and_talks_to_nobody(
    signed_in: Callable[[str], Agent], residents: Residents
) -> None:
    residents.waits()
    bo = signed_in("Bo Back")
    assert bo.client.get("/desk").location == "/desk/cases"
    assert bo.client.get("/desk/conversations/h1").status_code == 403
    assert bo.client.get("/desk/fragments/queue").status_code == 403
    assert bo.posts("/conversations/h1/accept", "/cases").status_code == 403


def test_pages_forbid_foreign_scripts_and_are_not_kept(sam: Agent) -> None:
    answer = sam.client.get("/desk")
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"
