"""The desk in a real browser: live, by keyboard, and on a small screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from casework.domain.cases import Case
from casework.domain.conversations import Author, Channel
from casework.domain.drafts import Answer, Source
from casework.domain.handoffs import HandoffReason
from casework.domain.outbox import Delivery, Medium
from casework.domain.residents import Resident
from casework.use_cases.office import Office
from casework.use_cases.queue_message import note_replied, queue_message
from casework.use_cases.record_delivery import record_delivery
from tests.casework.desk import handoff_of
from tests.casework.sending import outbox
from tests.desk.agents import Residents
from tests.office import NOW

At = Callable[..., Page]
REPLY = "Your words to the resident"


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found]


def watched(page: Page) -> list[str]:
    """What the page complains about from now on."""
    said: list[str] = []
    page.on("console", lambda one: said.append(one.text) if one.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


def accept(page: Page) -> None:
    """Takes the first of the queue, and waits until its page is live."""
    page.get_by_role("button", name="Accept").first.click()
    expect(page.get_by_text("Ctrl+Enter sends.")).to_be_visible()


def moved(office: Office) -> str:
    """A move whose record is known, with a part for another team; its reference."""
    place = {"lines": ["5 Oak Street"], "postcode": "PL2 1AB"}
    given = {
        "new_address": Answer(place, Source.TYPED, NOW, True),
        "account_ref": Answer("40217753", Source.TYPED, NOW, True),
    }
    case = Case("10000012", "house_move", "revenues", "assisted", NOW, "c1", fields=given)
    with office.store.begin() as work:
        work.residents.save(Resident("40217753", "Ann", address="1 Elm Road", postcode="PL4 7AA"))
        work.cases.add(case)
        work.cases.add(replace(case, ref="10000024", team="waste", parent_ref=case.ref))
        work.cases.add(replace(case, ref="10000036", duplicate_of=case.ref))
    return case.ref


def test_the_queue_fills_by_itself_and_says_so(at_desk: At, residents: Residents) -> None:
    page = at_desk("Sam Taylor")
    complaints = watched(page)
    expect(page.get_by_text("Nobody is waiting.")).to_be_visible()
    residents.waits("the green bin was left again")
    row = page.locator("#row-h1")
    expect(row).to_contain_text("the green bin was left again")
    expect(page).to_have_title("(1) Queue - CivicLine desk")
    expect(page.locator("#aloud")).to_have_text(
        "New in the queue: Report a missed bin, asked for a person"
    )
    row.get_by_role("button", name="Accept").focus()
    residents.waits("it is not safe here tonight", reason=HandoffReason.DANGER)
    expect(page.locator("#waiting-list > li").first).to_contain_text("Danger")
    expect(row.get_by_role("button", name="Accept")).to_be_focused()
    assert complaints == []


def test_two_agents_reach_for_the_same_conversation(at_desk: At, residents: Residents) -> None:
    sam, jo = at_desk("Sam Taylor"), at_desk("Jo Okafor")
    jo.route("**/fragments/**", lambda route: route.abort())
    residents.waits()
    expect(sam.locator("#row-h1")).to_be_visible()
    jo.reload()
    sam.get_by_role("button", name="Accept").click()
    expect(sam.get_by_label(REPLY)).to_be_visible()
    jo.get_by_role("button", name="Accept").click()
    expect(jo.get_by_role("alert")).to_have_text("Sam Taylor has taken this conversation.")
    expect(jo.locator("#colleagues")).to_contain_text("Sam Taylor")


def test_a_conversation_is_live_and_leaves_alone_what_is_typed(
    at_desk: At, residents: Residents
) -> None:
    talk, _ = residents.waits()
    page = at_desk("Sam Taylor")
    complaints = watched(page)
    accept(page)
    box = page.get_by_label(REPLY)
    box.fill("Hello, I am")
    page.locator("#all-details summary").click()
    box.focus()
    talk.says("are you there <b>now</b>?")
    expect(page.locator("#turn-list")).to_contain_text("are you there <b>now</b>?")
    expect(page.locator("#aloud")).to_have_text("New message: are you there <b>now</b>?")
    expect(page.locator("#all-details")).to_have_attribute("open", "")
    expect(box).to_be_focused()
    expect(box).to_have_value("Hello, I am")
    page.keyboard.press("End")
    page.keyboard.type(" Sam.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#turn-list .line--agent")).to_have_text("Agent 10:30am Hello, I am Sam.")
    expect(box).to_have_value("")
    expect(box).to_be_focused()
    page.keyboard.type("Again.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#turn-list .line--agent")).to_have_count(2)
    said = [one.said.text for one in talk.transcript if one.author is Author.AGENT]
    assert said == ["Hello, I am Sam.", "Again."]
    assert complaints == []


def test_fields_are_filled_without_leaving_and_seen_by_colleagues(
    at_desk: At, residents: Residents, site: str
) -> None:
    residents.waits()
    sam, jo = at_desk("Sam Taylor"), at_desk("Jo Okafor")
    accept(sam)
    jo.goto(f"{site}/desk/conversations/h1")
    sam.get_by_label(REPLY).fill("half a sentence")
    field = sam.locator("#field-missed_bin-out_on_time")
    field.get_by_text("Fill in").click()
    field.get_by_role("combobox").select_option("No")
    field.get_by_role("button", name="Save").click()
    for page in (sam, jo):
        expect(page.locator("#field-missed_bin-out_on_time .value")).to_have_text("No")
    expect(field.locator("details")).not_to_have_attribute("open", "")
    expect(sam.get_by_label(REPLY)).to_have_value("half a sentence")
    date = sam.locator("#field-missed_bin-collection_date")
    date.get_by_text("Change").click()
    date.get_by_role("textbox").fill("banana")
    date.get_by_role("button", name="Save").click()
    expect(sam.get_by_role("alert")).to_contain_text("could not be read")
    expect(date.get_by_role("textbox")).to_have_value("banana")


def test_a_reply_that_is_lost_stays_in_its_box(at_desk: At, residents: Residents) -> None:
    talk, _ = residents.waits()
    page = at_desk("Sam Taylor")
    accept(page)
    page.route("**/reply", lambda route: route.abort())
    page.get_by_label(REPLY).fill("kept")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("alert")).to_contain_text("did not answer")
    expect(page.get_by_label(REPLY)).to_have_value("kept")
    page.unroute("**/reply")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_label(REPLY)).to_have_value("")
    assert [one.said.text for one in talk.transcript if one.author is Author.AGENT] == ["kept"]


def test_a_session_that_ended_is_said_and_nothing_written_is_lost(
    at_desk: At, residents: Residents, site: str
) -> None:
    residents.waits()
    page = at_desk("Sam Taylor")
    accept(page)
    page.get_by_label(REPLY).fill("kept")
    page.context.clear_cookies(name="civicline_desk")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("alert")).to_contain_text("signed out")
    expect(page.get_by_label(REPLY)).to_have_value("kept")
    other = page.context.new_page()
    other.goto(f"{site}/desk")
    other.get_by_role("button", name="Sam Taylor").click()
    page.get_by_label(REPLY).press("Control+Enter")
    expect(page.locator("#turn-list .line--agent")).to_contain_text("kept")


def test_an_open_page_keeps_the_agents_conversations(
    at_desk: At, residents: Residents, office: Office
) -> None:
    residents.waits()
    page = at_desk("Sam Taylor")
    with page.expect_response("**/desk/alive") as answer:
        page.get_by_role("button", name="Accept").click()
    assert answer.value.status == 204
    assert handoff_of(office).seen_at is not None


def test_from_the_queue_to_a_reply_by_keyboard_alone(at_desk: At, residents: Residents) -> None:
    talk, _ = residents.waits()
    page = at_desk("Sam Taylor")
    expect(page.locator("#row-h1")).to_be_visible()

    def tab_to(wanted: str) -> None:
        for _ in range(40):
            page.keyboard.press("Tab")
            if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
                return
        raise AssertionError(wanted)

    tab_to("#accept-h1")
    page.keyboard.press("Enter")
    expect(page.get_by_label(REPLY)).to_be_visible()
    tab_to("#reply-text")
    page.keyboard.type("By keys")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#turn-list .line--agent")).to_contain_text("By keys")
    assert talk.transcript[-1].said.text == "By keys"


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_for_axe_to_find_and_nothing_off_the_screen(
    at_desk: At, residents: Residents, office: Office, site: str, width: int
) -> None:
    long = "x" * 300
    residents.waits(f"the bin {long} was missed again", reason=HandoffReason.DANGER)
    residents.waits(reason=HandoffReason.NOT_UNDERSTOOD)
    page = at_desk("Robin Pengelly", width)
    complaints = watched(page)

    def check() -> None:
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == width
        small = page.evaluate(
            """() => [...document.querySelectorAll("button, input, textarea, select, summary")]
            .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 24)
            .map((one) => one.outerHTML)"""
        )
        assert small == []

    expect(page.locator("#row-h2")).to_be_visible()
    check()
    accept(page)
    page.get_by_text("Whole transcript").click()
    page.locator("#field-missed_bin-out_on_time summary").click()
    page.get_by_label("Add a note").fill("a note")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#note-list")).to_contain_text("a note")
    check()
    page.goto(f"{site}/desk/cases")
    check()
    page.goto(f"{site}/desk/cases/{moved(office)}")
    expect(page.get_by_role("button", name="Apply this change")).to_be_visible()
    check()
    for other in ("answers", "meant", "insight"):
        page.goto(f"{site}/desk/{other}")
        check()
    page.get_by_role("button", name="Sign out").click()
    check()
    assert complaints == []


def test_the_forms_work_without_script(at_desk: At, residents: Residents) -> None:
    talk, _ = residents.waits()
    page = at_desk("Sam Taylor", java_script_enabled=False)
    page.get_by_role("button", name="Accept").click()
    page.get_by_label(REPLY).fill("Plain form")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Sent.")).to_be_visible()
    page.reload()
    assert [one.said.text for one in talk.transcript if one.author is Author.AGENT] == [
        "Plain form"
    ]
    page.get_by_role("button", name="Close the conversation").click()
    expect(page.get_by_text("The conversation is closed.")).to_be_visible()


@pytest.mark.parametrize("width", [390, 1280])
def test_what_went_out_by_text_fits_the_screen(
    at_desk: At, residents: Residents, office: Office, width: int
) -> None:
    talk, _ = residents.waits(channel=Channel.SMS, caller="+447700900123")
    with office.store.begin() as work:
        for turn in ("turn-1", "turn-2"):
            note_replied(
                office, work, to="+447700900123", text="Hello", key=f"reply:{turn}:0",
                conversation_id=talk.id,
            )  # fmt: skip
        queue_message(
            office, work, medium=Medium.TEXT, to="+447700900123", key="form:d1:now",
            text=f"Go on here: https://contact.example/chat/go-on/{'x' * 60}",
            conversation_id=talk.id,
        )  # fmt: skip
    lost = next(one for one in outbox(office) if one.key == "reply:turn-2:0")
    record_delivery(office, lost.id, Delivery.UNDELIVERED, "30003")
    page = at_desk("Sam Taylor", width)
    accept(page)
    page.get_by_text("Whole transcript").click()
    expect(page.locator("#all-list")).to_contain_text("Not delivered")
    expect(page.locator("#sent-list")).to_contain_text("https://contact.example/…")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
