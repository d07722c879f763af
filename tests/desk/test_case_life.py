"""Moving a case on at the desk: only what may follow, whose it is, joining, applying."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from casework.domain.cases import Case, CaseStatus, HistoryEntry, Verification
from casework.domain.drafts import Answer, Source
from casework.domain.residents import Resident
from casework.use_cases.office import Office
from tests.desk.agents import Agent
from tests.office import NOW

REF, OTHER, ACCOUNT = "10000012", "10000024", "40217753"
PATH = f"/cases/{REF}"
PLACE = {"uprn": "1", "lines": ["5 Oak Street"], "postcode": "PL2 1AB", "matched": True}


@pytest.fixture
def robin(signed_in: Callable[[str], Agent]) -> Agent:
    return signed_in("Robin Pengelly")


@pytest.fixture
def move(office: Office) -> None:
    """A move, unproved, with a part for waste; and the record it is about."""
    opened = (HistoryEntry(NOW, "resident", "opened"),)
    address = {"new_address": Answer(PLACE, Source.TYPED, NOW, True)}
    case = Case(
        REF, "house_move", "revenues", "assisted", NOW, "c1", fields=address,
        verification=Verification.UNVERIFIED, history=opened,
    )  # fmt: skip
    part = Case(OTHER, "house_move", "waste", "assisted", NOW, "c1", parent_ref=REF, history=opened)
    with office.store.begin() as work:
        work.cases.add(case)
        work.cases.add(part)
        work.residents.save(Resident(ACCOUNT, "Ann", address="1 Elm Road", postcode="PL4 7AA"))


def in_store(office: Office, ref: str = REF) -> Case:
    with office.store.begin(reading=True) as work:
        return work.cases.get(ref)


@pytest.mark.usefixtures("move")
def test_only_what_may_follow_is_on_offer(robin: Agent, office: Office) -> None:
    robin.posts(PATH, PATH, status="closed")
    page = robin.sees(PATH)
    assert '<option value="open">' in page
    assert '<option value="fixed">' not in page
    refused = robin.posts(PATH, PATH, status="fixed")
    assert refused.status_code == 409
    assert "It can become: Open, Investigating." in refused.text
    refused = robin.posts(PATH, PATH, status="open")
    assert refused.status_code == 409
    assert "write in the note why" in refused.text
    robin.posts(PATH, PATH, status="open", note="They moved again")
    assert in_store(office).status is CaseStatus.OPEN


@pytest.mark.usefixtures("move")
def test_a_case_is_given_and_found_by_whose_it_is(robin: Agent, office: Office) -> None:
    assert "1000 0012" not in robin.sees("/cases?mine=1")
    robin.posts(PATH, PATH, assignee="Robin Pengelly")
    assert in_store(office).assignee == "Robin Pengelly"
    assert "1000 0012" in robin.sees("/cases?mine=1")
    robin.posts(PATH, PATH, assignee="-")
    assert in_store(office).assignee is None
    assert robin.posts(PATH, PATH, assignee="Sam Taylor").status_code == 400


@pytest.mark.usefixtures("move")
def test_a_parent_shows_its_parts_with_how_they_stand(robin: Agent) -> None:
    robin.posts(f"/cases/{OTHER}", f"/cases/{OTHER}", status="in_progress")
    page = robin.sees(PATH)
    assert "1000 0024" in page
    assert "Bins and recycling: In progress" in page or "In progress</li>" in page


@pytest.mark.usefixtures("move")
def test_cases_are_joined(robin: Agent, office: Office) -> None:
    with office.store.begin() as work:
        work.cases.add(Case("20000024", "house_move", "revenues", "assisted", NOW, "c2"))
    answer = robin.posts("/cases/20000024", "/cases/20000024", duplicate_of="1000 0012")
    assert "Joined with" in answer.text
    assert "Reported also as" in robin.sees(PATH)
    refused = robin.posts(PATH, PATH, duplicate_of="20000024")
    assert refused.status_code == 409
    assert "no other case" in refused.text


@pytest.mark.usefixtures("move")
def test_a_change_is_written_with_one_press_once_it_was_checked(
    robin: Agent, office: Office
) -> None:
    apply = f"{PATH}/apply"
    assert "Nobody has proved who reported this" in robin.sees(PATH)
    refused = robin.posts(apply, PATH, check_note="Rang her")
    assert refused.status_code == 409
    assert ">Rang her</textarea>" in refused.text
    done = robin.posts(apply, PATH, checked="yes", check_note="Rang her", account_ref=ACCOUNT)
    assert "The change is in the resident’s record" in done.text
    assert "<del>1 Elm Road</del> is now <ins>5 Oak Street</ins>" in done.text
    robin.posts(apply, PATH, checked="yes", check_note="Rang her", account_ref=ACCOUNT)
    assert len(in_store(office).history) == 2
    assert "Apply this change" not in robin.sees(PATH)


@pytest.mark.usefixtures("move")
def test_an_agent_sees_what_happened_but_none_of_what_decides(sam: Agent) -> None:
    page = sam.sees(PATH)
    for name in ('name="assignee"', 'name="duplicate_of"', 'name="checked"', "Apply this"):
        assert name not in page
    assert sam.posts(f"{PATH}/apply", PATH, checked="yes", check_note="x").status_code == 403


def test_a_wrong_digit_is_said(robin: Agent) -> None:
    page = robin.client.get("/desk/cases/10000013")
    assert page.status_code == 404
    assert "a digit is wrong or swapped" in page.text
    assert "a digit" not in robin.client.get("/desk/cases/10000012").text


def test_a_wish_for_post_is_seen(robin: Agent, office: Office) -> None:
    fields = {
        "preference": Answer("large_print", Source.TYPED, NOW, True),
        "contact": Answer("+447700900123", Source.TYPED, NOW, True),
    }
    case = Case(REF, "accessible_format", "customer_services", "simple", NOW, "c", fields=fields)
    with office.store.begin() as work:
        work.cases.add(case)
    assert "They asked for: Large print" in robin.sees(PATH)
    assert "Send it by post" in robin.posts(PATH, PATH, tell="It is done.").text
