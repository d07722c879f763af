"""A resident and an agent, each in a real browser, with the trained assistant between them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.journeys.agents import OPEN, Agent, set_clock
from tests.journeys.conftest import Staff
from tests.journeys.test_browser import ANSWERED_WITHIN, log, reference, says
from tests.journeys.test_whole_way import NEW, OLD
from tests.product import Product

TAKEN_UP_WITHIN = 90_000
LATER = OPEN.replace("10:30", "10:40")

Open = Callable[[], Page]


@pytest.fixture
def new_browser(browser: Browser) -> Iterator[Open]:
    """Opens a browser of somebody's own."""
    contexts: list[BrowserContext] = []

    def opened() -> Page:
        context = browser.new_context(locale="en-GB")
        context.set_default_timeout(ANSWERED_WITHIN)
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def chat(new_browser: Open, product: Product) -> Page:
    page = new_browser()
    page.goto(f"{product.address}/chat")
    return page


@pytest.fixture
def desk(new_browser: Open, product: Product, agents: tuple[Agent, Agent]) -> Page:
    """The first agent's browser, signed in with their own code."""
    page = new_browser()
    page.goto(f"{product.address}/desk")
    page.get_by_label("Sign-in code").fill(agents[0].code)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="Queue", level=1)).to_be_visible()
    return page


def waiting(desk: Page, words: str) -> Locator:
    """The line of the queue that holds these words."""
    return desk.locator("#waiting-list > li").filter(has_text=words)


def accepts(desk: Page, words: str) -> None:
    waiting(desk, words).get_by_role("button", name="Accept").click()
    expect(desk.get_by_text("Ctrl+Enter sends.")).to_be_visible()


def replies(desk: Page, text: str) -> None:
    desk.get_by_label("Your words to the resident").fill(text)
    desk.get_by_role("button", name="Send").click()
    expect(desk.locator("#turn-list .line--agent").last).to_contain_text(text)


def begins_to_move(chat: Page) -> None:
    """As far as the new address."""
    says(chat, "hi, I'm moving house", "What is your full name, as it is on your bill")
    says(chat, "skip", "Are you moving into Plymouth")
    says(chat, "from one plymouth home to another", "What is your full name?")
    says(chat, "Jane O'Brien", "phone number or email")
    says(chat, "07700 900123", "old address")
    says(chat, OLD, "new address")


def test_a_resident_in_mid_form_is_helped_by_an_agent_and_handed_back(
    chat: Page, desk: Page, agents: tuple[Agent, Agent], staff: Staff
) -> None:
    begins_to_move(chat)
    says(chat, "can I speak to a person please", "minutes")
    row = waiting(desk, "hi, I'm moving house")
    expect(row).to_contain_text("Asked for a person")
    accepts(desk, "hi, I'm moving house")
    expect(log(chat)).to_contain_text(agents[0].name)
    expect(desk.locator("#who")).to_contain_text("Jane O'Brien")
    expect(desk.locator("#who")).to_contain_text("Not verified")
    expect(desk.locator("#field-house_move-old_address .value")).to_contain_text("PL4 7AA")
    field = desk.locator("#field-house_move-new_address")
    expect(field).to_contain_text("Being asked now")
    replies(desk, "Hello Jane, where are you moving to?")
    expect(log(chat)).to_contain_text("where are you moving to?")
    says(chat, "to number five oak street", "to number five oak street")
    expect(desk.locator("#turn-list .line--resident").last).to_contain_text("five oak street")
    field.get_by_text("Fill in").click()
    field.get_by_role("textbox").fill(NEW)
    field.get_by_role("button", name="Save").click()
    expect(field.locator(".value")).to_contain_text("PL2 1AB")
    expect(log(chat)).to_contain_text("is now: 5 Oak Street")
    name = desk.locator("#field-house_move-name")
    name.get_by_text("Change").click()
    name.get_by_role("textbox").fill("Janet O'Brien")
    name.get_by_role("button", name="Save").click()
    expect(log(chat)).to_contain_text("is now: Janet O'Brien")
    desk.get_by_role("button", name="Hand back to the assistant").click()
    expect(log(chat)).to_contain_text("What date")
    says(chat, "12 December", "Do you own the home")
    says(chat, "I rent it", "landlord")
    says(chat, "skip", "Who else aged 18")
    says(chat, "just me", "account number")
    says(chat, "skip", "Which")
    says(chat, "bins", "Please check this")
    chat.get_by_role("button", name="Yes, that's right").click()
    expect(log(chat)).to_contain_text("Your reference for all of it")
    case = staff.case(reference(chat))
    assert case["fields"]["name"] == "Janet O'Brien"
    assert case["fields"]["old_address"]["postcode"] == "PL4 7AA"
    assert case["fields"]["new_address"]["postcode"] == "PL2 1AB"
    assert case["fields"]["move_date"] == "2026-12-12"
    assert case["field_details"]["new_address"]["source"] == "agent"
    assert {staff.case(ref)["team"] for ref in case["children"]} == {"waste"}


def test_a_resident_whose_agent_is_gone_is_queued_again_in_their_place(
    chat: Page, desk: Page, new_browser: Open, product: Product, agents: tuple[Agent, Agent]
) -> None:
    says(chat, "there's a pothole in Meadow Terrace", "What is it like?")
    says(chat, "I want to talk to a real person", "minutes")
    expect(waiting(desk, "there's a pothole in Meadow Terrace")).to_be_visible()
    behind = new_browser()
    behind.goto(f"{product.address}/chat")
    says(behind, "you missed my bin", "address")
    says(behind, "I want to talk to a real person", "minutes")
    accepts(desk, "there's a pothole in Meadow Terrace")
    replies(desk, "Hello, where is it?")
    expect(log(chat)).to_contain_text("Hello, where is it?")
    desk.context.close()
    set_clock(product, LATER)
    try:
        place = chat.locator("[data-part=queue]")
        expect(place).to_contain_text("You are number 1 ", timeout=TAKEN_UP_WITHIN)
        mine = [row for row in agents[1].queue() if row["state"] == "waiting"]
        assert [row["service"] for row in mine] == ["pothole", "missed_bin"]
        handoff = mine[0]["id"]
        assert agents[1].does(handoff, "accept").status_code == 200
        expect(log(chat)).to_contain_text(agents[1].name)
        agents[1].says(handoff, "I am Tom, I have read all of it.")
        expect(log(chat)).to_contain_text("I have read all of it.")
        assert agents[1].does(handoff, "return").status_code == 200
        expect(log(chat).get_by_text("What is it like?")).to_have_count(2)
        assert agents[1].does(mine[1]["id"], "accept").status_code == 200
        assert agents[1].does(mine[1]["id"], "close").status_code == 200
    finally:
        set_clock(product, OPEN)
