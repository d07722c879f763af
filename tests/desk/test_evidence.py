"""Photos and documents at the desk: seen, opened, asked for."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from casework.domain.cases import Case
from casework.domain.conversations import Channel
from casework.domain.evidence import Evidence
from casework.use_cases.accept_evidence import accept_evidence
from casework.use_cases.office import Office
from tests import evidence_files as files
from tests.casework.changes import fill
from tests.casework.desk import enqueue
from tests.desk.agents import Agent
from tests.office import NOW, Talk


@pytest.fixture
def case(office: Office) -> Case:
    """A change of name that needs proof, reported in a chat by somebody with a mobile."""
    talk = fill(Talk(office), "name_change", contact="07700 900123")
    talk.says("yes", "affirm")
    return next(one for one in talk.cases if one.parent_ref is None)


def sent(office: Office, case: Case, data: bytes) -> Evidence:
    return accept_evidence(office, case.conversation_id, data, Channel.WEB, case.ref).evidence


def test_the_case_says_what_is_needed_and_that_nothing_has_come(sam: Agent, case: Case) -> None:
    page = sam.sees(f"/cases/{case.ref}")
    assert "Proof of the new name" in page
    assert "8 December 2026" in page
    assert "Nothing has come" in page


def test_a_photo_is_opened_in_a_sandbox_and_that_is_in_the_history(
    sam: Agent, case: Case, office: Office
) -> None:
    held = sent(office, case, files.photo())
    path = f"/cases/{case.ref}/evidence/{held.id}"
    assert f"/desk{path}" in sam.client.get(f"/desk/cases/{case.ref}").text
    answer = sam.client.get(f"/desk{path}")
    assert answer.status_code == 200
    assert answer.mimetype == "image/jpeg"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert answer.headers["Content-Disposition"].startswith("inline")
    assert answer.headers["Cache-Control"] == "no-store"
    assert files.CAMERA not in answer.data
    assert "Opened a photo or a document" in sam.sees(f"/cases/{case.ref}")


def test_a_document_is_saved_and_not_shown(sam: Agent, case: Case, office: Office) -> None:
    held = sent(office, case, files.pdf())
    answer = sam.client.get(f"/desk/cases/{case.ref}/evidence/{held.id}")
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert re.search(r'filename="evidence-[\w-]+\.pdf"', answer.headers["Content-Disposition"])


def test_another_team_finds_nothing(
    signed_in: Callable[[str], Agent], case: Case, office: Office
) -> None:
    held = sent(office, case, files.photo())
    bo = signed_in("Bo Back")
    assert bo.client.get(f"/desk/cases/{case.ref}/evidence/{held.id}").status_code == 404
    nobody = signed_in("Bo Back").client.application.test_client()
    answer = nobody.get(f"/desk/cases/{case.ref}/evidence/{held.id}")
    assert answer.status_code == 303


def test_what_is_not_of_this_case_is_not_there(sam: Agent, case: Case, office: Office) -> None:
    held = sent(office, case, files.photo())
    other = Talk(office)
    other.says("there is graffiti", "graffiti")
    strange = accept_evidence(office, other.id, files.pdf(), Channel.WEB).evidence
    for wanted in (strange.id, "nothing", "..%2f"):
        assert sam.client.get(f"/desk/cases/{case.ref}/evidence/{wanted}").status_code == 404
    assert sam.client.get(f"/desk/cases/48291573/evidence/{held.id}").status_code == 404


def test_staff_ask_for_it_with_a_link(sam: Agent, case: Case, office: Office) -> None:
    answer = sam.posts(f"/cases/{case.ref}/evidence", f"/cases/{case.ref}")
    assert "was asked for what is needed" in answer.text
    assert "being told by text" in answer.text
    with office.store.begin(reading=True) as work:
        (text,) = work.outbox.of_case(case.ref)
    assert "/evidence/" in text.text
    secret = text.text.split("/evidence/")[1].split()[0]
    page = sam.sees(f"/cases/{case.ref}")
    assert "Messages sent" in page
    assert secret not in page


def test_what_was_sent_shows_in_the_conversation_and_opens_with_the_case(
    sam: Agent, office: Office
) -> None:
    talk = Talk(office)
    talk.says("there is graffiti", "graffiti")
    enqueue(talk, "h1", about="graffiti")
    assert "Photos and documents" not in sam.sees("/conversations/h1")
    held = accept_evidence(office, talk.id, files.photo(), Channel.WEB).evidence
    page = sam.sees("/conversations/h1")
    assert "Photo (JPEG)" in page
    assert "Can be opened once there is a case" in page
    assert held.id not in page
    case = Case("48291573", "graffiti", "streets", "full", NOW, talk.id, due_at=NOW)
    with office.store.begin() as work:
        work.cases.add(case)
        work.evidence.attach(talk.id, case.ref, held.draft_id)
    page = sam.sees("/conversations/h1")
    path = f"/cases/{case.ref}/evidence/{held.id}"
    assert f'href="/desk{path}"' in page
    assert "Can be opened once" not in page
    assert sam.client.get(f"/desk{path}").status_code == 200
    assert "Opened a photo or a document" in sam.sees(f"/cases/{case.ref}")


@pytest.mark.parametrize("width", [390, 1280])
def test_the_page_has_no_barrier_and_fits(
    at_desk: Callable[..., Page], case: Case, office: Office, width: int
) -> None:
    sent(office, case, files.photo())
    page = at_desk("Sam Taylor", width=width)
    page.goto(f"{page.url.split('/desk')[0]}/desk/cases/{case.ref}")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    found = Axe().run(page).response["violations"]
    assert [one["id"] for one in found] == []
