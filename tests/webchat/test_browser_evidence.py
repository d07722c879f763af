"""Photos and documents in a real browser: the page, the widget, and the page behind a link."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, FilePayload, Page, expect

from tests import evidence_files as files
from tests.webchat.conftest import serve, watched
from tests.webchat.evidence_site import Site, make_site
from tests.webchat.fakes import wording

WORDS = wording()


def photo(name: str = "marriage.jpg", data: bytes | None = None) -> FilePayload:
    return {"name": name, "mimeType": "image/jpeg", "buffer": data or files.photo()}


@pytest.fixture
def town() -> Site:
    made = make_site()
    made.tells()
    return made


@pytest.fixture
def host(town: Site) -> Iterator[str]:
    yield from serve(town.app)


@pytest.fixture
def page(context: BrowserContext, town: Site, host: str) -> Iterator[Page]:
    """The chat page, in the conversation of the case."""
    context.add_cookies(
        [
            {
                "name": "civicline_chat",
                "value": f"{town.talk.id}.{town.talk.token}",
                "url": f"{host}/chat",
            }
        ]
    )
    tab = watched(context.new_page())
    tab.page.goto(f"{host}/chat")
    tab.page.locator("[data-part=upload] summary").click()
    yield tab.page
    refused = "Failed to load resource: the server responded with a status of 4"
    assert [one for one in tab.complaints if not one.startswith(refused)] == []


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found]


def test_a_photo_is_sent_by_keyboard_and_its_arrival_is_announced(page: Page, town: Site) -> None:
    chooser = page.get_by_label(WORDS["upload_label"])
    expect(chooser).to_be_visible()
    expect(page.locator(".cl-needed li")).to_have_text("Proof of the new name")
    chooser.focus()
    chooser.set_input_files([photo(), photo("deed.jpg", files.photo("green"))])
    page.keyboard.press("Tab")
    expect(page.locator("[data-part=uploadSend]")).to_be_focused()
    page.keyboard.press("Enter")
    status = page.locator("[data-part=progress]")
    expect(status).to_have_text("deed.jpg is with us.")
    assert status.get_attribute("role") == "status"
    expect(page.locator(".cl-line--system")).to_have_count(2)
    assert chooser.evaluate("one => one.files.length") == 0
    assert len(town.received) == 2
    assert violations(page) == []


def test_a_refusal_is_an_alert_and_the_file_stays_chosen(page: Page, town: Site) -> None:
    chooser = page.get_by_label(WORDS["upload_label"])
    chooser.set_input_files(photo("setup.jpg", files.PROGRAM))
    page.locator("[data-part=uploadSend]").click()
    alert = page.locator("[data-part=uploadProblem]")
    expect(alert).to_contain_text("setup.jpg was not sent. We cannot take that kind of file")
    assert alert.get_attribute("role") == "alert"
    expect(chooser).to_be_focused()
    expect(chooser).to_have_attribute("aria-invalid", "true")
    assert violations(page) == []
    chooser.set_input_files(photo())
    expect(alert).to_have_text("")
    page.locator("[data-part=uploadSend]").click()
    expect(page.locator("[data-part=progress]")).to_have_text("marriage.jpg is with us.")
    assert len(town.received) == 1


def test_nothing_chosen_is_said(page: Page) -> None:
    page.locator("[data-part=uploadSend]").click()
    expect(page.locator("[data-part=uploadProblem]")).to_have_text(WORDS["error_no_file"])


def test_the_form_fits_a_telephone(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    expect(page.get_by_label(WORDS["upload_label"])).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_widget_takes_a_photo_too(context: BrowserContext, town: Site, host: str) -> None:
    held = f"{{conversation_id: '{town.talk.id}', token: '{town.talk.token}', seen: Date.now()}}"
    context.add_init_script(f"localStorage.setItem('civicline {host}', JSON.stringify({held}))")
    tab = watched(context.new_page())
    tab.page.goto(f"{host}/demo/council")
    tab.page.get_by_role("link", name="Chat").or_(
        tab.page.locator("a[data-civicline]")
    ).first.click()
    tab.page.locator("[data-part=upload] summary").click()
    chooser = tab.page.get_by_label(WORDS["upload_label"])
    expect(chooser).to_be_visible()
    chooser.set_input_files(photo())
    tab.page.get_by_role("button", name=WORDS["upload_button"], exact=True).last.focus()
    tab.page.locator("[data-part=uploadSend]").click()
    expect(tab.page.locator("[data-part=progress]")).to_have_text("marriage.jpg is with us.")
    assert len(town.received) == 1
    assert tab.complaints == []


@pytest.mark.parametrize("script", [True, False])
def test_a_link_works_with_and_without_script(
    town: Site, host: str, context: BrowserContext, script: bool
) -> None:
    made = context.browser.new_context(java_script_enabled=script)  # type: ignore[union-attr]
    try:
        page = made.new_page()
        page.goto(host + town.link())
        expect(page.get_by_text("Change your name")).to_be_visible()
        page.get_by_label(WORDS["upload_label"]).set_input_files(photo())
        page.get_by_role("button", name=WORDS["upload_button"], exact=True).click()
        expect(page.get_by_text(WORDS["evidence_taken"])).to_be_visible()
        if script:
            assert violations(page) == []
        page.get_by_role("button", name=WORDS["evidence_done"]).click()
        expect(page.get_by_text("We have what you sent")).to_be_visible()
    finally:
        made.close()
    assert len(town.received) == 1
