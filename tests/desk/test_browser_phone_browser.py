"""The browser as a telephone, in a real browser: our scripts, and a stand-in for Twilio's SDK."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Dialog, Page, expect

from casework.adapters.scripted_browser_phones import ScriptedBrowserPhones
from casework.adapters.scripted_calls import ScriptedCalls
from casework.domain.conversations import Channel
from casework.domain.staff import BROWSER, Availability
from casework.use_cases.accept_handoff import accept_handoff
from casework.use_cases.end_calls import agent_left, note_call
from casework.use_cases.office import Office
from casework.use_cases.ring_agents import ring_next
from casework.use_cases.update_staff import update_staff
from telephony.browser_phone_files import SCRIPT, create_browser_phone_files
from tests.desk.agents import Residents, make_app
from tests.desk.test_desk_browser import violations, watched

SDK = Path(__file__).with_name("voice_sdk.js")
HEARS = ["microphone"]
REFUSES = (
    "void (navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', {!r})))"
)

At = Callable[..., Page]


@pytest.fixture
def phones() -> ScriptedBrowserPhones:
    return ScriptedBrowserPhones(SCRIPT)


@pytest.fixture
def app(office: Office, phones: ScriptedBrowserPhones) -> Flask:
    app = make_app(office, phones=phones)
    app.register_blueprint(create_browser_phone_files(SDK))
    return app


class Desk:
    """Sam at the phone page, a caller, and what the webhooks do meanwhile."""

    def __init__(self, page: Page, office: Office, residents: Residents) -> None:
        self.page, self.office, self.residents = page, office, residents
        self.calls = ScriptedCalls()
        self.state = page.locator("#state")

    @property
    def sam(self) -> Any:
        with self.office.store.begin(reading=True) as work:
            return work.staff.by_name("Sam Taylor")

    def button(self, name: str) -> Any:
        return self.page.get_by_role("button", name=name, exact=True)

    def is_now(self, availability: Availability) -> None:
        update_staff(self.office, self.sam, availability=availability)

    def switches_on(self) -> None:
        self.button("Switch the phone on").click()

    def says(self, words: str) -> None:
        expect(self.state).to_contain_text(words)

    def twilio(self, asked: str) -> Any:
        return self.page.evaluate(f"standIn.{asked}")

    def until(self, asked: str, *, tries: int = 100) -> None:
        """Waits for Twilio's side; the page's own policy lets no condition be evaluated in it."""
        for _ in range(tries):
            if self.twilio(asked):
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(asked)

    def a_caller_waits(self) -> None:
        """Somebody asks for a person, and Twilio rings this browser."""
        self.residents.waits(channel=Channel.VOICE)
        assert ring_next(self.office, self.calls, "h1") == self.sam
        assert self.twilio("rings()")

    def one_is_heard(self) -> None:
        """The webhook of key 1."""
        accept_handoff(self.office, self.sam, "h1")
        note_call(self.office, "h1", self.sam.id, "call-1")


@pytest.fixture
def desk(at_desk: At, office: Office, residents: Residents, site: str) -> Desk:
    """The phone page of an agent who has chosen the browser."""
    page = at_desk("Sam Taylor", permissions=HEARS)
    # The browser of the tests has no microphone.
    page.add_init_script(
        "navigator.mediaDevices.getUserMedia = async () => {"
        " window.asked = (window.asked ?? 0) + 1; return new MediaStream() }"
    )
    desk = Desk(page, office, residents)
    update_staff(office, desk.sam, phone=BROWSER)
    page.goto(f"{site}/desk/phone")
    return desk


def test_the_browser_is_chosen_at_the_queue_and_the_microphone_asked_for_when_switched_on(
    desk: Desk, office: Office, site: str, phones: ScriptedBrowserPhones
) -> None:
    complaints = watched(desk.page)
    update_staff(office, desk.sam, phone="")
    desk.page.goto(f"{site}/desk")
    with desk.page.expect_popup() as opened:
        desk.page.get_by_role("link", name="Take calls in this browser").click()
    opened.value.close()
    desk.page.goto(f"{site}/desk/phone")
    desk.button("Take calls in this browser").click()
    desk.says("The phone is off")
    assert desk.sam.phone == BROWSER
    assert desk.page.evaluate("window.asked") is None
    assert phones.given == []
    desk.switches_on()
    desk.says("Ready. Calls ring here.")
    assert desk.page.evaluate("window.asked") == 1
    assert desk.twilio("device.state") == "registered"
    assert phones.given == [desk.sam.id]
    assert complaints == []
    desk.button("Switch the phone off").click()
    desk.says("The phone is off")
    assert desk.twilio("device.state") == "destroyed"


def test_a_call_is_taken_talked_in_and_ended_by_keyboard_alone(desk: Desk) -> None:
    complaints = watched(desk.page)
    keys = desk.page.keyboard

    def tab_to(name: str) -> None:
        for _ in range(30):
            keys.press("Tab")
            if desk.page.evaluate("document.activeElement.textContent.trim()") == name:
                return
        raise AssertionError(name)

    tab_to("Switch the phone on")
    keys.press("Enter")
    desk.says("Ready")
    desk.a_caller_waits()
    desk.says("A caller is waiting")
    expect(desk.page).to_have_title("Ringing: Phone - CivicLine desk")
    expect(desk.page.locator("#about")).to_contain_text("Report a missed bin")
    tab_to("Take the call")
    keys.press("Enter")
    desk.says("Putting you through")
    desk.until("call.keys.startsWith('1')")
    desk.one_is_heard()
    desk.says("You are talking with the caller")
    expect(desk.state).to_be_focused()
    pressed = desk.twilio("call.keys")
    tab_to("Mute my microphone")
    keys.press("Space")
    expect(desk.page.locator("#mute")).to_have_attribute("aria-pressed", "true")
    assert desk.twilio("call.muted")
    keys.press("Space")
    assert not desk.twilio("call.muted")
    tab_to("Keypad")
    keys.press("Enter")
    tab_to("5")
    keys.press("Enter")
    assert desk.twilio("call.keys") == f"{pressed}5"
    keys.press("Shift+Tab")
    while desk.page.evaluate("document.activeElement.id") != "end":
        keys.press("Shift+Tab")
    keys.press("Enter")
    desk.says("The call is over. Ready")
    expect(desk.state).to_be_focused()
    expect(desk.button("Hang up")).to_be_hidden()
    assert agent_left(desk.office, "h1", desk.sam.id, "call-1")
    assert complaints == []


def test_one_is_pressed_until_the_line_has_heard_it(desk: Desk) -> None:
    desk.switches_on()
    desk.says("Ready")
    desk.a_caller_waits()
    desk.button("Take the call").click()
    desk.until("call.keys.startsWith('11')")
    desk.one_is_heard()
    desk.says("You are talking with the caller")
    pressed = desk.twilio("call.keys")
    desk.page.wait_for_timeout(1800)
    assert desk.twilio("call.keys") == pressed
    expect(desk.button("Take the call")).to_be_hidden()


def test_an_agent_hears_the_brief_first_and_passes_it_on(desk: Desk) -> None:
    desk.switches_on()
    desk.says("Ready")
    desk.a_caller_waits()
    desk.button("Hear what it is about").click()
    desk.says("Listen to what it is about")
    assert desk.twilio("call.keys") == ""
    desk.button("Not now").click()
    assert desk.twilio("call.keys") == "2"
    desk.twilio("call.disconnect()")
    desk.says("The call is over. Ready")


def test_not_now_turns_away_a_call_that_rings(desk: Desk) -> None:
    desk.switches_on()
    desk.says("Ready")
    desk.a_caller_waits()
    desk.button("Not now").click()
    desk.says("The call is over. Ready")
    assert desk.twilio("rejected") == 1


def test_a_caller_who_gives_up_is_told_of(desk: Desk) -> None:
    desk.switches_on()
    desk.says("Ready")
    desk.a_caller_waits()
    desk.twilio("givesUp()")
    desk.says("The call is over. Ready")
    expect(desk.button("Take the call")).to_be_hidden()


@pytest.mark.parametrize(
    ("error", "words"),
    [
        ("NotAllowedError", "does not let this page use the microphone"),
        ("NotFoundError", "No microphone could be used"),
    ],
)
def test_a_microphone_that_cannot_be_had_is_named_with_what_to_do(
    desk: Desk, phones: ScriptedBrowserPhones, error: str, words: str
) -> None:
    desk.page.evaluate(REFUSES.format(error))
    desk.switches_on()
    desk.says(words)
    desk.says("switch the phone on again")
    expect(desk.button("Switch the phone on")).to_be_visible()
    assert phones.given == []
    desk.page.evaluate("void (navigator.mediaDevices.getUserMedia = async () => new MediaStream())")
    desk.switches_on()
    desk.says("Ready")


def test_a_microphone_lost_by_the_time_of_the_call_switches_the_phone_off(desk: Desk) -> None:
    desk.switches_on()
    desk.says("Ready")
    desk.page.evaluate("standIn.noMicrophone = true")
    desk.a_caller_waits()
    desk.button("Take the call").click()
    desk.says("does not let this page use the microphone")
    assert desk.twilio("device.state") == "destroyed"


def test_the_phone_rings_only_while_the_agent_is_available(desk: Desk) -> None:
    desk.is_now(Availability.BUSY)
    desk.switches_on()
    desk.says("You are busy, so no call rings here")
    desk.is_now(Availability.AVAILABLE)
    desk.button("Switch the phone off").click()
    desk.page.clock.install()
    desk.page.reload()
    desk.switches_on()
    desk.says("Ready")
    desk.is_now(Availability.AWAY)
    desk.page.clock.run_for(11_000)
    desk.says("You are away, so no call rings here")
    assert desk.twilio("device.state") == "unregistered"
    desk.is_now(Availability.AVAILABLE)
    desk.page.clock.run_for(11_000)
    desk.says("Ready")
    assert desk.twilio("device.state") == "registered"


def test_a_lost_connection_is_said_and_comes_back_by_itself(desk: Desk) -> None:
    desk.page.clock.install()
    desk.page.reload()
    desk.switches_on()
    desk.says("Ready")
    desk.twilio("loses()")
    desk.says("The connection to the telephone carrier is lost")
    desk.page.clock.run_for(6_000)
    desk.says("The connection to the telephone carrier is lost")
    desk.page.evaluate("standIn.down = false")
    desk.page.clock.run_for(6_000)
    desk.says("Ready")


def test_a_desk_that_does_not_answer_is_said_until_it_does(desk: Desk) -> None:
    desk.page.clock.install()
    desk.page.reload()
    desk.switches_on()
    desk.says("Ready")
    desk.page.route("**/desk/phone/call", lambda route: route.abort())
    desk.page.clock.run_for(11_000)
    desk.says("The desk does not answer")
    desk.page.unroute("**/desk/phone/call")
    desk.page.clock.run_for(11_000)
    desk.says("Ready")
    assert desk.twilio("made") == 1


def test_the_page_is_not_left_by_mistake_while_the_phone_is_on(desk: Desk, site: str) -> None:
    asked: list[str] = []

    def stays(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    desk.page.on("dialog", stays)
    desk.switches_on()
    desk.says("Ready")
    desk.page.get_by_role("link", name="Cases").click()
    desk.says("Ready")
    assert asked == ["beforeunload"]
    desk.button("Switch the phone off").click()
    desk.page.get_by_role("link", name="Cases").click()
    expect(desk.page).to_have_url(f"{site}/desk/cases")


def test_the_pass_is_renewed_before_it_ends(desk: Desk) -> None:
    desk.switches_on()
    desk.says("Ready")
    assert desk.twilio("device.options.tokenRefreshMs") == 60_000
    desk.twilio("device.emit('tokenWillExpire')")
    desk.until("device.tokens.length === 2")
    first, second = desk.twilio("device.tokens")
    assert first != second
    desk.says("Ready")


def test_a_second_tab_says_that_the_phone_is_on_in_another(desk: Desk, site: str) -> None:
    desk.switches_on()
    desk.says("Ready")
    other = desk.page.context.new_page()
    other.goto(f"{site}/desk/phone")
    other.get_by_role("button", name="Switch the phone on").click()
    expect(other.locator("#state")).to_contain_text("on in another tab or window")
    desk.button("Switch the phone off").click()
    other.get_by_role("button", name="Switch the phone on").click()
    expect(other.locator("#state")).not_to_contain_text("another tab")


def test_signed_out_the_phone_is_off_and_says_so(desk: Desk) -> None:
    desk.page.clock.install()
    desk.page.reload()
    desk.switches_on()
    desk.says("Ready")
    desk.page.context.clear_cookies(name="civicline_desk")
    desk.page.clock.run_for(11_000)
    desk.says("You are signed out")
    assert desk.twilio("device.state") == "destroyed"


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_for_axe_to_find_on_the_phone_page(desk: Desk, width: int) -> None:
    desk.page.set_viewport_size({"width": width, "height": 900})
    assert violations(desk.page) == []
    desk.switches_on()
    desk.says("Ready")
    assert violations(desk.page) == []
    desk.a_caller_waits()
    desk.says("A caller is waiting")
    assert violations(desk.page) == []
    desk.button("Take the call").click()
    desk.one_is_heard()
    desk.says("You are talking")
    desk.page.get_by_text("Keypad").click()
    assert violations(desk.page) == []
    assert desk.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
