"""A resident moves house in a real browser, on real parts."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys.conftest import Staff
from tests.journeys.test_whole_way import NEW, OLD
from tests.product import Product

ANSWERED_WITHIN = 15_000


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="en-GB")
    context.set_default_timeout(ANSWERED_WITHIN)
    yield context.new_page()
    context.close()


def log(page: Page) -> Locator:
    return page.get_by_role("log")


def says(page: Page, text: str, then: str) -> None:
    """Types and sends, and waits for words of the answer."""
    page.get_by_label("Your message").fill(text)
    page.get_by_role("button", name="Send").click()
    expect(log(page)).to_contain_text(then, timeout=ANSWERED_WITHIN)


def reference(page: Page) -> str:
    found = re.search(r"reference[^0-9]*(\d{4}) (\d{4})", log(page).inner_text())
    assert found, log(page).inner_text()
    return found.group(1) + found.group(2)


def test_moving_house_with_a_correction_and_a_digression(
    page: Page, product: Product, staff: Staff
) -> None:
    page.goto(f"{product.address}/chat")
    says(page, "hi, I'm moving house", "What is your full name, as it is on your bill")
    says(page, "skip", "Are you moving into Plymouth")
    page.get_by_role("button", name=re.compile("another|within", re.I)).click()
    expect(log(page)).to_contain_text("What is your full name?")
    says(page, "Jane O'Brien", "phone number or email")
    says(page, "07700 900123", "old address")
    says(page, OLD, "new address")
    says(page, "what time are you open", "Monday to Friday")
    page.reload()
    expect(log(page)).to_contain_text("Monday to Friday")
    says(page, NEW, "What date")
    says(page, "12 December", "Do you own the home")
    says(page, "sorry, the date should be the 14th", "Monday 14 December 2026")
    says(page, "I rent it", "landlord")
    says(page, "skip", "Who else aged 18")
    says(page, "my partner Sam Brown", "account number")
    says(page, "skip", "Which")
    says(page, "bins and benefits", "Please check this")
    expect(log(page)).to_contain_text("Sam Brown")
    page.get_by_role("button", name="Yes, that's right").click()
    expect(log(page)).to_contain_text("Your reference for all of it")
    parent = staff.case(reference(page))
    assert parent["fields"]["move_date"] == "2026-12-14"
    assert parent["fields"]["old_address"]["matched"] is True
    teams = {staff.case(ref)["team"] for ref in parent["children"]}
    assert teams == {"waste", "benefits"}


def test_the_widget_on_a_councils_page_takes_a_report(
    page: Page, product: Product, staff: Staff
) -> None:
    page.goto(f"{product.address}/demo/council")
    page.get_by_role("link", name="Chat with us").or_(
        page.get_by_role("button", name="Chat with us")
    ).first.click()
    says(page, "there's a pothole", "Where is the pothole?")
    says(page, "outside 14 Elm Road PL4 7AA", "What is it like?")
    says(page, "as wide as a dinner plate and very deep", "danger")
    page.get_by_role("button", name="No", exact=True).click()
    expect(log(page)).to_contain_text("updates")
    page.reload()
    expect(page.get_by_role("dialog")).to_be_visible()
    says(page, "skip", "Please check this")
    page.get_by_role("button", name="Yes, that's right").click()
    expect(log(page)).to_contain_text("Your reference is")
    assert staff.case(reference(page))["service"] == "pothole"


def test_without_javascript_a_report_can_be_made(
    browser: Browser, product: Product, staff: Staff
) -> None:
    context = browser.new_context(java_script_enabled=False, locale="en-GB")
    context.set_default_timeout(ANSWERED_WITHIN)
    page = context.new_page()
    page.goto(f"{product.address}/chat")
    says(page, "you missed my bin", "address")
    says(page, NEW, "Which bin")
    page.get_by_role("button", name=re.compile("recycling", re.I)).click()
    says(page, "yesterday", "edge of your property")
    page.get_by_role("button", name="Yes", exact=True).click()
    page.get_by_role("button", name="Skip this").click()
    page.get_by_role("button", name="Yes, that's right").click()
    expect(log(page)).to_contain_text("Your reference is")
    assert staff.case(reference(page))["fields"]["bin_type"] == "recycling"
    context.close()
