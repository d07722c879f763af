"""Cases: finding them, and moving them on."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from casework.domain.cases import Case
from casework.use_cases.office import Office
from tests.desk.agents import Agent
from tests.office import Talk


@pytest.fixture
def case(office: Office) -> Case:
    """A missed bin, reported in a chat by somebody with a mobile."""
    talk = Talk(office)
    talk.says("my recycling bin was missed on Friday", "missed_bin")
    talk.answers("14 Elm Road PL4 7AA", "yes", "07700 900123")
    talk.presses("yes")
    return talk.cases[0]


@pytest.fixture
def robin(signed_in: Callable[[str], Agent]) -> Agent:
    return signed_in("Robin Pengelly")


def in_store(office: Office, ref: str) -> Case:
    with office.store.begin(reading=True) as work:
        return work.cases.get(ref)


def shown_ref(case: Case) -> str:
    return f"{case.ref[:4]} {case.ref[4:]}"


def test_cases_are_found_by_what_they_are(sam: Agent, case: Case) -> None:
    for query in ("", "?status=open", "?team=waste", "?service=missed_bin", "?team=nonsense"):
        assert shown_ref(case) in sam.sees(f"/cases{query}")
    for query in ("?status=closed", "?team=parking", "?service=pothole"):
        assert shown_ref(case) not in sam.sees(f"/cases{query}")
    answer = sam.client.get(f"/desk/cases?ref={case.ref[:4]}-{case.ref[4:]}")
    assert answer.location == f"/desk/cases/{case.ref}"


def test_a_supervisor_moves_a_case_on_once(robin: Agent, case: Case, office: Office) -> None:
    path = f"/cases/{case.ref}"
    form = {
        **robin.form(path, path),
        "status": "in_progress",
        "team": case.team,
        "note": "Crew told",
        "tell": "We will come on Thursday.",
    }
    answer = robin.client.post(f"/desk{path}", data=form, follow_redirects=True)
    assert "The case is updated" in answer.text
    assert "being told by text" in answer.text
    assert "Waiting to go" in answer.text
    robin.client.post(f"/desk{path}", data=form)
    after = in_store(office, case.ref)
    assert after.status.value == "in_progress"
    assert len(after.history) == len(case.history) + 1
    assert after.history[-1].by == "Robin Pengelly"
    with office.store.begin(reading=True) as work:
        assert len([one for one in work.outbox.of_case(case.ref) if "Thursday" in one.text]) == 1


def test_an_agent_notes_and_tells_but_does_not_decide(
    sam: Agent, case: Case, office: Office
) -> None:
    path = f"/cases/{case.ref}"
    assert 'name="status"' not in sam.sees(path)
    assert "The case is updated" in sam.posts(path, path, note="Rang us again").text
    refused = sam.posts(path, path, status="closed", note="Done")
    assert refused.status_code == 403
    assert in_store(office, case.ref).status == case.status
    assert len(in_store(office, case.ref).history) == len(case.history) + 1


def test_nothing_to_save_and_what_is_refused_stays_written(sam: Agent, case: Case) -> None:
    path = f"/cases/{case.ref}"
    answer = sam.posts(path, path)
    assert answer.status_code == 400
    assert "Nothing to save" in answer.text
    answer = sam.posts(path, path, note="kept", tell="x" * 2001)
    assert answer.status_code == 400
    assert ">kept</textarea>" in answer.text


def test_another_teams_case_is_not_there_for_the_back_office(
    signed_in: Callable[[str], Agent], case: Case, office: Office
) -> None:
    bo = signed_in("Bo Back")
    assert shown_ref(case) in bo.sees("/cases")
    path = f"/cases/{case.ref}"
    bo.posts(path, path, status="open", team="parking", note="Yours")
    assert in_store(office, case.ref).team == "parking"
    assert bo.client.get(f"/desk{path}").status_code == 404
    assert shown_ref(case) not in bo.sees("/cases")


def test_a_note_is_never_markup(sam: Agent, case: Case) -> None:
    path = f"/cases/{case.ref}"
    sam.posts(path, path, note="<img src=x onerror=alert(1)>")
    page = sam.client.get(f"/desk{path}").text
    assert "<img" not in page
    assert "&lt;img src=x" in page
