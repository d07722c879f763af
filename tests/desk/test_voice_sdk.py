"""Twilio's own Voice SDK on the phone page, under its content security policy, with a stand-in for
the other end of Twilio's signalling."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from typing import Any

import jwt
import pytest
from flask import Flask
from playwright.sync_api import Page, Route, WebSocketRoute, expect

from casework.domain.staff import BROWSER
from casework.use_cases.office import Office
from casework.use_cases.update_staff import update_staff
from telephony.browser_phone_files import SDK, create_browser_phone_files
from telephony.browser_phones import TwilioBrowserPhones, client_of
from tests.desk.agents import make_app

ACCOUNT, KEY, SECRET = "AC" + "1" * 32, "SK" + "2" * 32, "s" * 32
CALL = "CA" + "3" * 32
MICROPHONE = """
navigator.mediaDevices.getUserMedia = async () => {
  const sound = new AudioContext(), tone = new OscillatorNode(sound);
  const made = new MediaStreamAudioDestinationNode(sound);
  tone.connect(made);
  tone.start();
  return made.stream;
};
"""
OFFER = """async () => {
  window.far = new RTCPeerConnection();
  window.gathered = new Promise((done) => { far.onicegatheringstatechange = () => {
    if (far.iceGatheringState === "complete") done();
  }; });
  const sound = new AudioContext(), made = new MediaStreamAudioDestinationNode(sound);
  far.addTrack(made.stream.getTracks()[0], made.stream);
  await far.setLocalDescription(await far.createOffer());
  await gathered;
  return far.localDescription.sdp;
}"""
ANSWER = """async (sdp) => { await far.setRemoteDescription({ type: "answer", sdp }) }"""


class Signalling:
    """Twilio's end of the SDK's web socket: lets a browser with a token register, and rings it."""

    def __init__(self, page: Page) -> None:
        self.heard: list[tuple[str, dict[str, Any]]] = []
        self.identity = ""
        self._page = page
        self._socket: WebSocketRoute | None = None
        page.route_web_socket("wss://voice-js.*.twilio.com/signal", self._opened)
        page.route("https://*.twilio.com/**", self._asked)
        self.asked: list[str] = []

    def _asked(self, route: Route) -> None:
        self.asked.append(route.request.url)
        route.fulfill(status=200, body="")

    def _opened(self, socket: WebSocketRoute) -> None:
        self._socket = socket
        socket.on_message(self._message)

    def _message(self, message: str | bytes) -> None:
        if message.strip() in {"", b""}:
            return
        told = json.loads(message)
        kind, payload = told["type"], told.get("payload", {})
        self.heard.append((kind, payload))
        if kind == "listen":
            claims = jwt.decode(payload["token"], SECRET, algorithms=["HS256"])
            self.identity = claims["grants"]["identity"]
            token = {"identity": self.identity, "ttl": 600}
            self.send("connected", edge="dublin", home="us1", region="EU_IRELAND", token=token)
        elif kind == "register":
            self.send("ready" if payload["media"]["audio"] else "offline")

    def send(self, kind: str, **payload: Any) -> None:
        assert self._socket is not None
        self._socket.send(json.dumps({"type": kind, "payload": payload}))

    def hangs_up(self) -> None:
        """Closes the web socket, as a network does that fails."""
        assert self._socket is not None
        self._socket.close()

    def rings(self) -> None:
        sdp = self._page.evaluate(OFFER)
        given = {"CallSid": CALL, "From": "+441632960000", "To": f"client:{self.identity}"}
        self.send("invite", callsid=CALL, sdp=sdp, parameters=given)

    def until(self, kind: str) -> dict[str, Any]:
        for _ in range(100):
            for name, payload in self.heard:
                if name == kind:
                    return payload
            self._page.wait_for_timeout(50)
        raise AssertionError(f"no {kind} in {[name for name, _ in self.heard]}")


@pytest.fixture
def app(office: Office) -> Flask:
    if not SDK.exists():
        said = "Twilio's SDK is not installed: npm was missing when scripts/setup ran"
        if os.environ.get("CI") == "true":
            pytest.fail(said)
        pytest.skip(said)
    app = make_app(office, phones=TwilioBrowserPhones(ACCOUNT, KEY, SECRET))
    app.register_blueprint(create_browser_phone_files())
    return app


@pytest.fixture
def page(at_desk: Callable[..., Page], office: Office, site: str) -> Page:
    page = at_desk("Sam Taylor")
    page.add_init_script(MICROPHONE)
    with office.store.begin(reading=True) as work:
        sam = work.staff.by_name("Sam Taylor")
    assert sam is not None
    update_staff(office, sam, phone=BROWSER)
    page.goto(f"{site}/desk/phone")
    return page


def test_the_sdk_registers_is_rung_answers_and_hangs_up(page: Page, office: Office) -> None:
    complaints: list[str] = []
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    twilio = Signalling(page)
    page.get_by_role("button", name="Switch the phone on").click()
    expect(page.locator("#state")).to_contain_text("Ready")
    with office.store.begin(reading=True) as work:
        sam = work.staff.by_name("Sam Taylor")
    assert sam is not None
    assert f"client:{twilio.identity}" == client_of(sam.id)
    twilio.rings()
    expect(page.locator("#state")).to_contain_text("A caller is waiting")
    page.get_by_role("button", name="Hear what it is about").click()
    page.evaluate(ANSWER, twilio.until("answer")["sdp"])
    expect(page.locator("#state")).to_contain_text("Listen to what it is about")
    page.get_by_role("button", name="Hang up").click()
    assert twilio.until("hangup")["callsid"] == CALL
    expect(page.locator("#state")).to_contain_text("The call is over. Ready")
    assert not [url for url in twilio.asked if "eventgw" not in url]
    assert complaints == []


def test_the_sdk_turns_a_call_away_and_unregisters(page: Page) -> None:
    twilio = Signalling(page)
    page.get_by_role("button", name="Switch the phone on").click()
    expect(page.locator("#state")).to_contain_text("Ready")
    twilio.rings()
    page.get_by_role("button", name="Not now").click()
    assert twilio.until("reject")["callsid"] == CALL
    expect(page.locator("#state")).to_contain_text("The call is over. Ready")


def test_the_sdk_comes_back_after_a_lost_connection(page: Page) -> None:
    twilio = Signalling(page)
    page.get_by_role("button", name="Switch the phone on").click()
    expect(page.locator("#state")).to_contain_text("Ready")
    twilio.hangs_up()
    expect(page.locator("#state")).to_contain_text("connection to the telephone carrier is lost")
    expect(page.locator("#state")).to_contain_text("Ready", timeout=20_000)
    assert [name for name, _ in twilio.heard].count("register") >= 2
    twilio.rings()
    expect(page.locator("#state")).to_contain_text("A caller is waiting")
