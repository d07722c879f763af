"""The widget on somebody else's page, under the policy that councils are promised."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask, Response
from playwright.sync_api import BrowserContext, Page, expect

from tests.webchat.conftest import Tab, serve, watched
from tests.webchat.fakes import FakeConversations, wording
from webchat.widget.assemble import RELEASES, VERSION, integrity

WORDS = wording()
HOME = """<!doctype html><html lang="en"><title>Council</title><main><h1>Council</h1>
{link}<p><a href="/other">Other page</a></p></main>{script}"""
LINK = '<p><a data-civicline href="{host}/chat">Chat</a></p>'
SCRIPT = '<script src="{host}/widget/v1.js" defer data-civicline></script>'


@pytest.fixture
def council_site(site: str) -> Iterator[str]:
    """A site on another origin: `/` has the link, `/script` only the script, `/pinned` a version
    with its hash, `/other` the script and a root font size of its own."""
    app = Flask(__name__)
    chat = site.replace("localhost", "127.0.0.1")
    digest = integrity((RELEASES / f"{VERSION}.js").read_bytes())
    pinned = SCRIPT.replace("v1.js", f"{VERSION}.js").replace(
        " defer", f' integrity="{digest}" crossorigin="anonymous" defer'
    )
    pages = {
        "": (LINK, SCRIPT),
        "script": ("", SCRIPT),
        "other": ("", SCRIPT),
        "pinned": (LINK, pinned),
        "broken": (LINK, SCRIPT),
    }

    @app.get("/")
    @app.get("/<name>")
    def page(name: str = "") -> Response | tuple[str, int]:
        if name not in pages:
            return "", 404
        link, script = (part.format(host=chat) for part in pages[name])
        hears = "'none'" if name == "broken" else chat
        answer = Response(HOME.format(link=link, script=script))
        answer.headers["Content-Security-Policy"] = (
            f"default-src 'none'; script-src 'self' {chat}; style-src 'self' {chat}; "
            f"connect-src {hears}"
        )
        return answer

    yield from serve(app)


@pytest.fixture
def tab(context: BrowserContext) -> Iterator[Tab]:
    tab = watched(context.new_page())
    yield tab
    assert [one for one in tab.complaints if "favicon" not in one and "404" not in one] == []


def write(page: Page, text: str) -> None:
    page.get_by_label(WORDS["text_label"]).fill(text)
    page.keyboard.press("Enter")


def violations(tab: Tab) -> list[str]:
    assert tab.complaints == []
    found = Axe().run(tab.page).response["violations"]
    tab.complaints.clear()  # axe itself tries inline styles
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found]


def test_the_link_opens_in_place(tab: Tab, council_site: str) -> None:
    page = tab.page
    page.goto(council_site)
    link = page.get_by_role("link", name="Chat")
    expect(link).to_have_attribute("aria-expanded", "false")
    link.focus()
    page.keyboard.press("Enter")
    panel = page.get_by_role("dialog", name=WORDS["panel_label"])
    expect(panel).to_be_visible()
    expect(link).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_label(WORDS["text_label"])).to_be_focused()
    write(page, "a pothole")
    expect(page.locator(".cl-ref strong")).to_have_text("4829 1573")
    assert page.url == f"{council_site}/"
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(link).to_be_focused()
    expect(link).to_have_attribute("aria-expanded", "false")


def test_a_sign_in_of_the_site_goes_along_in_the_body_and_in_no_address(
    tab: Tab, council_site: str, conversations: FakeConversations
) -> None:
    page, addresses = tab.page, list[str]()
    page.on("request", lambda request: addresses.append(request.url))
    page.add_init_script(
        "new MutationObserver(() => document.querySelector('script[data-civicline]')"
        "?.setAttribute('data-civicline-identity', 'a.b.c'))"
        ".observe(document, {childList: true, subtree: true})"
    )
    page.goto(council_site)
    page.get_by_role("link", name="Chat").click()
    write(page, "a pothole")
    expect(page.locator(".cl-ref strong")).to_have_text("4829 1573")
    assert conversations.signed_in == ["a.b.c"]
    assert not any("a.b.c" in address for address in addresses)


def test_nothing_for_axe_to_find(tab: Tab, council_site: str) -> None:
    tab.page.goto(council_site)
    tab.page.get_by_role("link", name="Chat").click()
    write(tab.page, "move")
    expect(tab.page.get_by_role("button", name="Within")).to_be_visible()
    assert violations(tab) == []


def test_the_chat_goes_along(
    tab: Tab, council_site: str, context: BrowserContext, conversations: FakeConversations
) -> None:
    page = tab.page
    page.goto(council_site)
    page.get_by_role("link", name="Chat").click()
    write(page, "first page")
    expect(page.get_by_text("You said: first page")).to_be_visible()
    page.get_by_role("link", name="Other page").click()
    expect(page.get_by_text("You said: first page")).to_be_visible()
    page.reload()
    expect(page.get_by_text("You said: first page")).to_be_visible()
    second = context.new_page()
    second.goto(f"{council_site}/script")
    second.get_by_role("button", name=WORDS["launcher"]).click()
    write(second, "second tab")
    expect(page.get_by_text("You said: second tab")).to_be_visible()
    assert len(conversations.conversations) == 1


def test_a_launcher_counts_what_is_unread(
    tab: Tab, council_site: str, conversations: FakeConversations
) -> None:
    page = tab.page
    page.goto(f"{council_site}/script")
    launcher = page.locator(".cl-launcher")
    launcher.click()
    write(page, "person")
    expect(page.get_by_text("A person will join you soon.")).to_be_visible()
    page.get_by_role("button", name=WORDS["close_panel"]).click()
    expect(launcher).to_be_focused()
    conversations.as_agent(next(iter(conversations.conversations)), "Hello")
    expect(launcher).to_have_accessible_name(WORDS["launcher_unread"].replace("{count}", "1"))
    launcher.click()
    expect(page.get_by_text("Hello", exact=True)).to_be_visible()
    expect(launcher).to_have_attribute("aria-expanded", "true")


def test_a_phone_is_covered_and_keeps_the_keyboard(tab: Tab, council_site: str) -> None:
    page = tab.page
    page.set_viewport_size({"width": 320, "height": 568})
    page.goto(council_site)
    page.get_by_role("link", name="Chat").click()
    expect(page.locator("dialog")).to_have_js_property("open", True)
    assert page.locator("dialog").bounding_box() == {"x": 0, "y": 0, "width": 320, "height": 568}
    assert page.locator("dialog").evaluate("one => one.matches(':modal')")
    for _ in range(12):
        page.keyboard.press("Tab")
        outside = "document.activeElement.matches('p a')"
        assert not page.evaluate(outside)
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Chat")).to_be_focused()


def test_what_is_longer_than_the_panel_is_read_from_its_start(tab: Tab, council_site: str) -> None:
    page = tab.page
    page.goto(council_site)
    page.get_by_role("link", name="Chat").click()
    write(page, "a pothole")
    write(page, "read back")
    expect(page.get_by_role("button", name="Yes, that's right")).to_be_visible()
    expect(page.locator("[data-seq='5'] .cl-who")).to_be_in_viewport()
    write(page, "yes")
    expect(page.get_by_text("You said: yes")).to_be_in_viewport()


def test_the_end_and_a_new_one(
    tab: Tab, council_site: str, conversations: FakeConversations
) -> None:
    page = tab.page
    page.goto(council_site)
    page.get_by_role("link", name="Chat").click()
    write(page, "first chat")
    expect(page.get_by_text("You said: first chat")).to_be_visible()
    page.get_by_text(WORDS["end"], exact=True).click()
    page.get_by_text(WORDS["end_yes"]).click()
    expect(page.get_by_role("heading", name=WORDS["ended_heading"])).to_be_focused()
    with page.expect_download() as saved:
        page.get_by_role("button", name=WORDS["transcript"]).click()
    assert "You said: first chat" in saved.value.path().read_text("utf-8")
    page.get_by_role("button", name=WORDS["new_chat"]).click()
    write(page, "second chat")
    expect(page.get_by_text("You said: second chat")).to_be_visible()
    expect(page.get_by_text("You said: first chat")).to_have_count(0)
    assert len(conversations.conversations) == 2


def test_a_chat_that_is_no_more(
    tab: Tab, council_site: str, conversations: FakeConversations
) -> None:
    page = tab.page
    page.goto(council_site)
    page.get_by_role("link", name="Chat").click()
    expect(page.locator("[data-seq='1']")).to_be_visible()
    page.goto("about:blank")
    conversations.conversations.clear()
    page.goto(council_site)
    expect(page.locator("[data-seq='1']")).to_be_visible()
    write(page, "afresh")
    expect(page.get_by_text("You said: afresh")).to_be_visible()


def test_a_pinned_version_is_accepted(tab: Tab, council_site: str) -> None:
    tab.page.goto(f"{council_site}/pinned")
    tab.page.get_by_role("link", name="Chat").click()
    expect(tab.page.locator("[data-seq='1']")).to_be_visible()


def test_where_it_cannot_work_the_link_still_does(
    context: BrowserContext, council_site: str
) -> None:
    page = context.new_page()
    page.goto(f"{council_site}/broken")
    page.get_by_role("link", name="Chat").click()
    page.wait_for_url("**/chat")
    expect(page.get_by_role("heading", name=WORDS["page_heading"])).to_be_visible()


def test_the_sample_site_shows_it(tab: Tab, site: str) -> None:
    tab.page.goto(f"{site}/demo/council")
    tab.page.get_by_role("link", name=WORDS["launcher"]).click()
    write(tab.page, "a pothole")
    expect(tab.page.locator(".cl-ref strong")).to_have_text("4829 1573")
    assert violations(tab) == []
