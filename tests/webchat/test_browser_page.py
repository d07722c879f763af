"""The page at /chat in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.webchat.conftest import Tab, watched
from tests.webchat.fakes import FakeConversations, wording

WORDS = wording()


@pytest.fixture
def tab(context: BrowserContext, site: str) -> Iterator[Tab]:
    tab = watched(context.new_page())
    tab.page.goto(f"{site}/chat")
    expect(tab.page.locator("[data-seq='1']")).to_be_visible()
    yield tab
    assert [one for one in tab.complaints if "net::ERR_INTERNET" not in one] == []


def write(page: Page, text: str) -> None:
    page.get_by_label(WORDS["text_label"]).fill(text)
    page.keyboard.press("Enter")


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found]


def test_a_chat_by_keyboard_alone(tab: Tab, conversations: FakeConversations) -> None:
    page = tab.page
    box = page.get_by_label(WORDS["text_label"])
    for _ in range(12):
        page.keyboard.press("Tab")
        if box.evaluate("box => box === document.activeElement"):
            break
    page.keyboard.type("A pothole")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("on Elm Road")
    page.keyboard.press("Enter")
    expect(page.locator(".cl-ref strong")).to_have_text("4829 1573")
    expect(box).to_be_focused()
    assert conversations.said() == ["A pothole\non Elm Road"]
    write(page, "I move")
    expect(page.get_by_role("button", name="Within")).to_be_visible()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator("[data-seq='7']")).to_have_text(
        "Automated assistant\n9:07am\nYou said: within", use_inner_text=True
    )
    expect(box).to_be_focused()
    for name in ("send", "person", "end"):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent").strip() == WORDS[name]
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=WORDS["ended_heading"])).to_be_focused()
    page.get_by_label(WORDS["rating_4"], exact=True).focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name=WORDS["rating_send"]).press("Enter")
    expect(page.get_by_text(WORDS["rating_thanks"])).to_be_focused()
    assert next(iter(conversations.conversations.values())).rating == 4


def test_nothing_for_axe_to_find(tab: Tab, conversations: FakeConversations) -> None:
    page = tab.page
    assert violations(page) == []
    write(page, "pothole")
    expect(page.locator(".cl-ref")).to_be_visible()
    write(page, "move")
    expect(page.get_by_role("button", name="Within")).to_be_visible()
    conversations.as_agent(next(iter(conversations.conversations)), "Hello")
    expect(page.locator(".cl-line--agent")).to_be_visible()
    write(page, "x" * 1950)
    assert violations(page) == []
    page.get_by_text(WORDS["end"], exact=True).click()
    page.get_by_text(WORDS["end_yes"]).click()
    expect(page.get_by_role("heading", name=WORDS["ended_heading"])).to_be_visible()
    assert violations(page) == []
    page.get_by_role("link", name=WORDS["transcript"]).click()
    expect(page.get_by_role("heading", name=WORDS["transcript_title"])).to_be_visible()
    assert violations(page) == []


def test_dark_has_contrast_too(tab: Tab) -> None:
    tab.page.emulate_media(color_scheme="dark")
    write(tab.page, "move")
    expect(tab.page.get_by_role("button", name="Within")).to_be_visible()
    assert violations(tab.page) == []


@pytest.mark.parametrize(("width", "height"), [(320, 640), (320, 200)])
def test_small_and_zoomed_screens(tab: Tab, width: int, height: int) -> None:
    page = tab.page
    page.set_viewport_size({"width": width, "height": height})
    write(page, "move " + "x" * 300)
    expect(page.get_by_role("button", name="Within")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    small = page.evaluate(
        """() => [...document.querySelectorAll("button, summary, textarea, input, .cl-links a")]
        .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 43.9)
        .map((one) => one.outerHTML)"""
    )
    assert small == []


@pytest.mark.parametrize("hour", [0, 11, 12, 23])
def test_a_line_has_one_time_wherever_it_is_read(
    browser: Browser, site: str, conversations: FakeConversations, hour: int
) -> None:
    conversations.clock = datetime(2026, 7, 4, hour, 5, tzinfo=UTC)
    context = browser.new_context(timezone_id="America/New_York", locale="ar-EG")
    page = context.new_page()
    page.goto(f"{site}/chat")
    times = page.locator("time")
    expect(times).to_have_count(1)
    drawn_live = times.all_inner_texts()
    page.reload()
    drawn_by_template = times.all_inner_texts()
    page.goto(f"{site}/chat/transcript")
    assert drawn_live == drawn_by_template == times.all_inner_texts() == [clock(hour + 1)]
    context.close()


def clock(hour: int) -> str:
    """What a British council's clock says at five past."""
    return f"{hour % 12 or 12}:05{'am' if hour % 24 < 12 else 'pm'}"


def test_a_link_says_that_it_opens_a_tab(tab: Tab, context: BrowserContext) -> None:
    write(tab.page, "pothole")
    named = f"Follow your report {WORDS['new_tab']}"
    link = tab.page.get_by_role("link", name=named, exact=True)
    expect(link).to_have_attribute("target", "_blank")
    tab.page.reload()
    expect(link).to_have_attribute("target", "_blank")


def test_a_long_wait_is_said_aloud(tab: Tab, conversations: FakeConversations) -> None:
    conversations.delay = 3
    write(tab.page, "hello")
    shown = tab.page.locator(".cl-typing")
    said = tab.page.get_by_role("status").filter(has_text=WORDS["typing"])
    expect(shown).to_be_visible()
    assert said.count() == 0
    expect(said).to_have_count(1, timeout=3000)
    expect(tab.page.get_by_text("You said: hello")).to_be_visible()
    assert said.count() == 0
    expect(shown).to_be_hidden()


def test_a_long_word_stays_in_its_button(tab: Tab) -> None:
    tab.page.set_viewport_size({"width": 320, "height": 640})
    write(tab.page, "read back")
    button = tab.page.get_by_role("button", name="No, xxx")
    expect(button).to_be_visible()
    assert button.evaluate("one => one.scrollWidth - one.clientWidth") == 0


def test_a_reload_keeps_the_chat(tab: Tab, conversations: FakeConversations) -> None:
    write(tab.page, "hello there")
    expect(tab.page.get_by_text("You said: hello there")).to_be_visible()
    tab.page.reload()
    expect(tab.page.get_by_text("You said: hello there")).to_be_visible()
    write(tab.page, "still me")
    expect(tab.page.get_by_text("You said: still me")).to_be_visible()
    expect(tab.page.locator("[data-seq]")).to_have_count(5)
    assert len(conversations.conversations) == 1


def test_two_tabs_follow_each_other(tab: Tab, context: BrowserContext, site: str) -> None:
    other = context.new_page()
    other.goto(f"{site}/chat")
    write(tab.page, "from the first")
    expect(other.get_by_text("You said: from the first")).to_be_visible()
    write(other, "from the second")
    expect(tab.page.get_by_text("You said: from the second")).to_be_visible()
    for page in (tab.page, other):
        expect(page.locator("[data-seq]")).to_have_count(5)
        expect(page.locator(".cl-line--pending")).to_have_count(0)


def test_a_double_click_sends_once(tab: Tab, conversations: FakeConversations) -> None:
    conversations.delay = 0.2
    tab.page.get_by_role("button", name="Report a pothole").dblclick()
    expect(tab.page.locator(".cl-ref")).to_be_visible()
    tab.page.get_by_label(WORDS["text_label"]).fill("once")
    tab.page.get_by_role("button", name=WORDS["send"], exact=True).dblclick()
    expect(tab.page.get_by_text("You said: once")).to_be_visible()
    tab.page.get_by_role("button", name=WORDS["person"]).dblclick()
    expect(tab.page.get_by_text("A person will join you soon.")).to_be_visible()
    assert conversations.said() == ["pothole", "once", "speak_to_agent"]


def test_offline_then_once(
    tab: Tab, context: BrowserContext, conversations: FakeConversations
) -> None:
    page = tab.page
    context.set_offline(True)
    expect(page.get_by_text(WORDS["offline"])).to_be_visible()
    write(page, "kept")
    expect(page.get_by_text(WORDS["not_sent"])).to_be_visible()
    page.get_by_role("button", name=WORDS["retry"]).click()
    expect(page.get_by_text(WORDS["not_sent"])).to_be_visible()
    context.set_offline(False)
    expect(page.get_by_text("You said: kept")).to_be_visible()
    expect(page.get_by_text(WORDS["not_sent"])).to_have_count(0)
    assert conversations.said() == ["kept"]


def test_an_answer_lost_on_its_way_is_not_said_twice(
    tab: Tab, conversations: FakeConversations
) -> None:
    page = tab.page
    lost = []

    def lose(route: object) -> None:
        if lost:
            route.continue_()  # type: ignore[attr-defined]
        else:
            lost.append(route.fetch())  # type: ignore[attr-defined]
            route.abort()  # type: ignore[attr-defined]

    page.route("**/messages", lose)
    write(page, "lost once")
    page.get_by_role("button", name=WORDS["retry"]).click()
    expect(page.locator(".cl-line--pending")).to_have_count(0)
    assert conversations.said() == ["lost once"]
    expect(page.locator("[data-seq]")).to_have_count(3)
    tab.complaints.clear()


def test_the_place_in_the_queue_is_live(tab: Tab, conversations: FakeConversations) -> None:
    page, queue = tab.page, tab.page.locator("[data-part=queue]")
    write(page, "hello")
    expect(page.get_by_text("You said: hello")).to_be_visible()
    (one,) = conversations.conversations
    conversations.places[one] = (3, 15)
    write(page, "person")
    expect(queue).to_have_text("You are number 3 in the queue. The wait is about 15 minutes.")
    assert violations(page) == []
    conversations.places[one] = (2, 10)
    conversations.announcements.announce(one, "queue")
    expect(queue).to_have_text("You are number 2 in the queue. The wait is about 10 minutes.")
    conversations.as_agent(one, "Hello")
    expect(page.get_by_text(WORDS["mode_agent"])).to_be_visible()
    expect(queue).to_have_text("")


def test_without_a_stream_it_asks(
    context: BrowserContext, site: str, conversations: FakeConversations
) -> None:
    page = context.new_page()
    page.route("**/events?**", lambda route: route.abort())
    page.goto(f"{site}/chat")
    expect(page.locator("[data-seq='1']")).to_be_visible()
    write(page, "person")
    expect(page.get_by_text(WORDS["mode_queued"])).to_be_visible()
    expect(page.get_by_text("You are number 1 in the queue.")).to_be_visible()
    conversations.as_agent(next(iter(conversations.conversations)), "Here I am")
    expect(page.get_by_text("Here I am")).to_be_visible(timeout=15000)


def test_what_is_too_long_or_empty_is_said(tab: Tab, conversations: FakeConversations) -> None:
    write(tab.page, "")
    expect(tab.page.get_by_text(WORDS["error_empty"])).to_be_visible()
    write(tab.page, "y" * 2001)
    expect(tab.page.get_by_text(WORDS["error_too_long"])).to_be_visible()
    assert conversations.said() == []


def test_text_is_never_markup(tab: Tab) -> None:
    write(tab.page, "<img src=x onerror=document.title=1>")
    expect(tab.page.locator(".cl-line--bot", has_text="You said: <img src=x")).to_be_visible()
    assert tab.page.locator(".cl-log img").count() == 0


def test_without_script(browser: Browser, site: str, conversations: FakeConversations) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/chat")
    page.get_by_label(WORDS["text_label"]).fill("I move")
    page.get_by_role("button", name=WORDS["send"], exact=True).click()
    page.get_by_role("button", name="Within").click()
    expect(page.get_by_text("You said: within")).to_be_visible()
    page.get_by_role("button", name=WORDS["person"]).click()
    expect(page.get_by_text(WORDS["mode_queued"])).to_be_visible()
    page.get_by_text(WORDS["end"], exact=True).click()
    page.get_by_role("button", name=WORDS["end_yes"]).click()
    page.get_by_label(WORDS["rating_5"]).check()
    page.get_by_role("button", name=WORDS["rating_send"]).click()
    expect(page.get_by_text(WORDS["rating_thanks"])).to_be_visible()
    context.close()
