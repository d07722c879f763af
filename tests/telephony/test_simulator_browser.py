"""The demo's pages in a real browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from casework.domain.outbox import Medium
from tests.office import Meant
from tests.telephony.test_simulator import Demo, run_demo


@pytest.fixture
def demo() -> Iterator[Demo]:
    yield from run_demo()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 1100, "height": 800}, locale="en-GB")
    made.set_default_timeout(8000)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page that may complain about nothing."""
    page, complaints = context.new_page(), list[str]()
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    assert complaints == []


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found]


def lines(page: Page) -> list[str]:
    return page.locator("[data-part='lines'] .words").all_inner_texts()


def ring(page: Page, demo: Demo) -> None:
    page.goto(f"{demo.address}/demo/phone")
    page.get_by_role("button", name="Call", exact=True).click()
    expect(page.get_by_label("Say it")).to_be_focused()
    expect(page.get_by_role("log")).to_contain_text("automated assistant")


def say(page: Page, words: str) -> None:
    page.get_by_label("Say it").fill(words)
    page.keyboard.press("Enter")


def test_a_call_by_keyboard_alone(page: Page, demo: Demo) -> None:
    page.goto(f"{demo.address}/demo")
    page.get_by_role("link", name="Ring the council").press("Enter")
    page.get_by_label("Ring from").select_option("withheld")
    expect(page.get_by_role("button", name="Call", exact=True)).to_be_enabled()
    page.get_by_role("button", name="Call", exact=True).press("Enter")
    expect(page.get_by_label("Say it")).to_be_focused()
    demo.engine.meant = Meant("missed_bin")
    page.keyboard.type("my bin was missed")
    page.keyboard.press("Enter")
    expect(page.locator(".line--me")).to_have_count(1)
    expect(page.locator(".line--line").nth(1)).to_be_visible()
    assert lines(page)[1] == "my bin was missed"
    page.locator("[data-key='5']").focus()
    page.keyboard.type("0#")
    expect(page.get_by_text("pressed 0#")).to_be_visible()
    page.get_by_role("button", name="Hang up").press("Enter")
    expect(page.get_by_text("The call has ended.")).to_be_visible()
    expect(page.get_by_role("button", name="Call", exact=True)).to_be_focused()
    expect(page.locator("[data-part='state']")).to_have_text("Not in a call")


def test_what_went_over_the_wire_can_be_read(page: Page, demo: Demo) -> None:
    ring(page, demo)
    demo.engine.meant = Meant("missed_bin")
    say(page, "my bin was missed")
    page.get_by_text("Show what went over the wire").click()
    expect(page.locator(".exchanges > li")).to_have_count(2)
    page.locator(".exchanges summary").last.click()
    shown = page.locator(".exchanges > li").last
    expect(shown).to_contain_text("SpeechResult")
    expect(shown.locator("pre")).to_contain_text("<Response>\n  <Gather")
    understood = page.locator("[data-part='understood']")
    expect(understood).to_contain_text("missed_bin (filling")
    expect(understood).to_contain_text("resident: my bin was missed")
    assert demo.settings.twilio_auth_token not in page.content()
    assert violations(page) == []


def test_several_keys_are_collected_and_sent_together(page: Page, demo: Demo) -> None:
    ring(page, demo)
    demo.engine.meant = Meant("case_status")
    say(page, "how is my case getting on")
    expect(page.locator(".line--line").nth(1)).to_be_visible()
    expect(page.locator("[data-part='state']")).to_have_attribute("data-state", "listening")
    page.locator("[data-key='1']").click()
    page.keyboard.type("2345")
    page.keyboard.press("Backspace")
    expect(page.locator("[data-part='entry']")).to_have_text("1234")
    expect(page.locator("[data-part='countdown']")).to_contain_text("sent in")
    page.get_by_role("button", name="Send keys").click()
    expect(page.get_by_text("pressed 1234")).to_be_visible()
    expect(page.get_by_role("button", name="Send keys")).to_be_hidden()


def test_real_timing_hears_silence_and_writing_breaks_it(page: Page, demo: Demo) -> None:
    page.clock.install()
    ring(page, demo)
    page.get_by_label("Real timing").check()
    page.clock.fast_forward(4000)
    page.get_by_label("Say it").fill("I")
    page.clock.fast_forward(20000)
    expect(page.locator(".line--me")).to_have_count(0)
    page.get_by_label("Say it").fill("")
    page.get_by_role("button", name="Say nothing").click()
    expect(page.get_by_text("(silence)")).to_have_count(1)
    expect(page.locator(".line--line")).to_have_count(3)
    page.clock.fast_forward(8000)
    expect(page.get_by_text("(silence)")).to_have_count(2)


def test_a_wrong_number_is_told(context: BrowserContext, demo: Demo) -> None:
    # Chromium itself writes refused requests to the console.
    page = context.new_page()
    page.goto(f"{demo.address}/demo/phone")
    page.get_by_label("Ring from").select_option("own")
    page.get_by_label("Which number?").fill("not a number")
    page.get_by_role("button", name="Call", exact=True).click()
    expect(page.get_by_role("alert")).to_have_text(
        "Enter a telephone number, such as 07700 900 982."
    )
    expect(page.get_by_label("Which number?")).to_be_focused()
    assert violations(page) == []
    page.get_by_label("Which number?").fill("01632 960 500")
    page.get_by_role("button", name="Call", exact=True).click()
    expect(page.get_by_role("log")).to_contain_text("automated assistant")


def test_texts_there_and_back(page: Page, demo: Demo) -> None:
    page.goto(f"{demo.address}/demo/texts")
    demo.engine.meant = Meant("contact_and_hours")
    page.get_by_label("Your text").fill("when are you open")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Your text")).to_have_value("")
    expect(page.locator(".line--me")).to_have_count(1)
    expect(page.locator(".line--council").first).to_contain_text("automated assistant")
    demo.queue("Your bin was emptied. See https://example.org/bins?a=1.")
    demo.deliver()
    later = page.locator(".line", has_text="The council, by itself")
    expect(later).to_contain_text("Your bin was emptied.")
    expect(later.get_by_role("link")).to_have_attribute("href", "https://example.org/bins?a=1")
    page.get_by_text("Show what went over the wire").click()
    expect(page.locator("[data-part='understood']")).to_contain_text("contact_and_hours")
    assert violations(page) == []
    page.get_by_label("Text from").select_option("+447700900167")
    expect(page.locator(".line")).to_have_count(0)


@pytest.mark.parametrize("width", [360, 1280])
def test_every_page_fits_and_has_nothing_for_axe(page: Page, demo: Demo, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    demo.queue("A text " + "x" * 200, case_ref="48291573")
    demo.queue("Words", to="a" * 60 + "@example.com", medium=Medium.EMAIL, subject="Your case")
    for path in ("", "/phone", "/texts", "/sent"):
        page.goto(f"{demo.address}/demo{path}")
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == width
    ring(page, demo)
    say(page, "x" * 300)
    expect(page.locator(".line--me")).to_have_count(1)
    page.get_by_text("Show what went over the wire").click()
    page.locator(".exchanges summary").last.click()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_what_was_sent_is_shown_without_script(browser: Browser, demo: Demo) -> None:
    demo.queue("Your bin was emptied.")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{demo.address}/demo/sent")
    expect(page.get_by_text("Your bin was emptied.")).to_be_visible()
    page.get_by_role("link", name="Read it again every 5 seconds").click()
    expect(page.get_by_role("link", name="Stop")).to_be_visible()
    context.close()
