"""The life of a case at the desk, in a real browser: given, moved on, reopened, joined, counted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from casework.domain.cases import Case, CaseStatus, HistoryEntry
from casework.domain.followers import Follower
from casework.use_cases.office import Office
from tests.desk.agents import Residents
from tests.office import NOW

At = Callable[..., Page]
REF, OTHER = "10000012", "10000024"


@pytest.fixture
def potholes(office: Office) -> None:
    """Two reports of one pothole, the first of them followed."""
    opened = (HistoryEntry(NOW, "resident", "opened"),)
    first = Case(REF, "pothole", "highways", "simple", NOW, "c1", history=opened)
    with office.store.begin() as work:
        work.cases.add(first)
        work.cases.add(replace(first, ref=OTHER, conversation_id="c2"))
        work.followers.add(Follower(REF, "c3", NOW, "+447700900999"))


def in_store(office: Office, ref: str = REF) -> Case:
    with office.store.begin(reading=True) as work:
        return work.cases.get(ref)


@pytest.mark.usefixtures("potholes")
@pytest.mark.parametrize("width", [390, 1280])
def test_a_case_is_given_done_reopened_and_joined(
    at_desk: At, office: Office, site: str, width: int
) -> None:
    page = at_desk("Robin Pengelly", width)
    page.goto(f"{site}/desk/cases/{REF}")
    expect(page.get_by_text("1 resident follows this report.")).to_be_visible()
    page.get_by_label("Worked by").select_option("Robin Pengelly")
    page.get_by_label("Status").select_option("fixed")
    page.get_by_label("Tell the resident").fill("Mrs Trott, it is filled.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The case is updated.")).to_be_visible()
    assert (in_store(office).status, in_store(office).assignee) == (
        CaseStatus.FIXED, "Robin Pengelly",
    )  # fmt: skip
    sent = page.locator("section", has=page.get_by_role("heading", name="Messages sent"))
    expect(sent).to_contain_text("now: fixed")
    expect(sent).not_to_contain_text("Trott")

    page.get_by_label("Status").select_option("open")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("write in the note why")
    page.get_by_label("Status").select_option("open")
    page.get_by_label("Note for colleagues").fill("It has sunk again.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The case is updated.")).to_be_visible()
    assert in_store(office).status is CaseStatus.OPEN

    page.goto(f"{site}/desk/cases/{OTHER}")
    page.get_by_label("Reference of the case that goes on").fill("1000 0012")
    page.get_by_role("button", name="Join").click()
    expect(page.get_by_text("what happens there counts")).to_be_visible()
    page.get_by_role("link", name="1000 0012").first.click()
    expect(page.get_by_text("Name nobody, and nobody’s home.")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.usefixtures("potholes")
def test_how_we_are_doing_counts_what_is_there_and_is_for_those_who_answer_for_it(
    at_desk: At, residents: Residents, office: Office, site: str
) -> None:
    residents.waits()
    office.clock.advance(NOW - NOW.replace(second=0, minute=29))  # type: ignore[attr-defined]
    page = at_desk("Robin Pengelly")
    page.get_by_role("link", name="How we are doing").click()
    figures = page.locator(".figures")
    expect(figures).to_contain_text("Conversations1")
    expect(figures).to_contain_text("Cases opened2")
    expect(page.get_by_role("row", name="Report a pothole")).to_contain_text("100%")
    page.get_by_label("First day").fill("2026-11-01")
    page.get_by_label("Last day").fill("2026-11-02")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".figures")).to_contain_text("Cases opened0")
    expect(page.get_by_label("Last day")).to_have_value("2026-11-02")
    agent = at_desk("Sam Taylor")
    expect(agent.get_by_role("link", name="How we are doing")).to_have_count(0)
    agent.goto(f"{site}/desk/insight")
    expect(agent.get_by_role("alert")).to_contain_text("Your role does not allow this.")
