"""The demo's agent is rung in the browser of the desk: no account, no microphone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from casework.domain.handoffs import HandoffState
from casework.domain.staff import BROWSER
from casework.use_cases.ring_agents import RingAgents
from server.carriers import make_calls
from server.demo_data import seed_staff
from tests.office import COUNCIL, Meant
from tests.telephony.test_handset import caller
from tests.telephony.test_simulator import Demo, run_demo, until


@pytest.fixture
def demo() -> Iterator[Demo]:
    yield from run_demo()


@pytest.fixture
def desk(browser: Browser, demo: Demo) -> Iterator[Page]:
    """An agent of the demo at the phone page, who has chosen the browser."""
    seed_staff(demo.office, COUNCIL)
    context = browser.new_context(locale="en-GB")
    context.set_default_timeout(8000)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{demo.address}/desk")
    page.locator("[name=member]").first.click()
    page.goto(f"{demo.address}/desk/phone")
    page.get_by_role("button", name="Take calls in this browser").click()
    page.get_by_role("button", name="Switch the phone on").click()
    # The first load of the SDK takes its time while other tests run.
    expect(page.locator("#state")).to_contain_text("Ready", timeout=20_000)
    yield page
    context.close()
    assert complaints == []


def look(demo: Demo) -> None:
    RingAgents(demo.office, make_calls(demo.settings), timedelta(minutes=20)).look()


def state_of(demo: Demo) -> HandoffState:
    with demo.office.store.begin(reading=True) as work:
        (conversation,) = work.conversations.search()
        return work.handoffs.of_conversation(conversation.id)[-1].state


def only_this_one_is_there(demo: Demo) -> None:
    """Nobody else has anything that rings."""
    with demo.office.store.begin() as work:
        for member in work.staff.all():
            if member.phone != BROWSER:
                work.staff.save(type(member)(**{**vars(member), "phone": None}))


def test_a_call_is_taken_in_the_browser_and_ended_there(desk: Page, demo: Demo) -> None:
    only_this_one_is_there(demo)
    demo.engine.meant = Meant()
    does = caller(demo)
    does(digits="0")
    look(demo)
    expect(desk.locator("#state")).to_contain_text("A caller is waiting")
    desk.get_by_role("button", name="Hear what it is about").click()
    expect(desk.locator("#heard")).to_contain_text("Press 1")
    desk.get_by_role("button", name="Take the call").click()
    expect(desk.locator("#state")).to_contain_text("You are talking with the caller")
    until(lambda: bool(does(wait=True)["talking"]))
    desk.get_by_role("button", name="Hang up").click()
    expect(desk.locator("#state")).to_contain_text("The call is over. Ready")
    assert "has left the call" in " ".join(does(wait=True)["said"])
    assert state_of(demo) is HandoffState.ENDED


def test_with_the_phone_off_the_caller_hears_the_truth(desk: Page, demo: Demo) -> None:
    only_this_one_is_there(demo)
    with desk.expect_response("**/demo/handset/act"):
        desk.get_by_role("button", name="Switch the phone off").click()
    demo.engine.meant = Meant()
    does = caller(demo)
    does(digits="0")
    look(demo)
    look(demo)
    assert state_of(demo) is HandoffState.CALLBACK
    assert "nobody can come to you now" in " ".join(does(wait=True)["said"])
