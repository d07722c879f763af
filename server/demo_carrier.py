"""The demo's carrier: calls and texts of the phones in the browser, on the stand-in for Twilio.

The stand-in is the one that the tests use. It is part of the checkout, not of the product.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import httpx

from server.settings import DEMO_NUMBER, Settings
from telephony.numbers import number_of
from telephony.simulator.carrier import (
    Act,
    Exchange,
    Heard,
    Listening,
    NotACall,
    NotListening,
    State,
    Texted,
)
from tests.twilio_stand_in import call as stand_in
from tests.twilio_stand_in import faults
from tests.twilio_stand_in.switchboard import ConnectedCall, Switchboard
from tests.twilio_stand_in.texts import TextPhone, TextRefused
from tests.twilio_stand_in.twiml import TwimlRefused, Verb
from tests.twilio_stand_in.web import Reply, WebhookFailed, post_by_http

OWN_STATE = ("from_number", "call_sid", "began", "document", "document_url", "position", "status")
"""What changes from call to call. The rest comes from the settings each time, so that nobody can
bring it along."""

NOT_WORDS = frozenset({"from_number", "began", "position"})
"""Those of it that are no text, or may be none."""

HOLD_EVERY = 20.0
"""Seconds between two sentences that somebody on hold hears."""

APPLICATION_ERROR = "We are sorry, an application error has occurred. Goodbye."
"""What Twilio says when a webhook fails and there is no other to ask."""


class Wire:
    """Posts to the web process, and only to it; keeps what went over."""

    def __init__(self, settings: Settings) -> None:
        self._here, self._public = settings.web_url, settings.public_base_url
        self.exchanges: list[Exchange] = []

    def post(self, url: str, form: dict[str, str], headers: dict[str, str]) -> Reply:
        """Raises OSError or httpx.HTTPError."""
        if not url.startswith(f"{self._here}/"):
            raise OSError("an address of another machine")
        began, reply = time.perf_counter(), None
        try:
            reply = post_by_http(url, form, headers)
        finally:
            status, body = (None, "") if reply is None else (reply.status, _text(reply.body))
            public = self._public + url[len(self._here) :]
            took = round(time.perf_counter() - began, 3)
            self.exchanges.append(Exchange("POST", public, dict(form), status, body, took))
        return reply

    def get(self, url: str, headers: dict[str, str]) -> Reply:
        """None of our webhooks is called by GET."""
        raise OSError(f"GET is not used here: {url}")


class StandIn:
    """Implements `Carrier` on the stand-in."""

    def __init__(self, settings: Settings, blocked: set[str], switchboard: Switchboard) -> None:
        self._settings = settings
        self._blocked = blocked
        self._switchboard = switchboard
        self._held: dict[str, float] = {}
        self._base = settings.public_base_url
        self._number = our_number(settings)

    def place(self, caller: str | None) -> tuple[State, Heard]:
        """As the port says."""
        wire = Wire(self._settings)
        call = self._call(wire, caller)
        return self._gone_on(call, wire, call.begin)

    def act(self, state: State, act: Act, words: str = "") -> tuple[State, Heard]:
        """As the port says."""
        wire = Wire(self._settings)
        call = self._going_on(wire, state, act)
        steps: dict[Act, Callable[[], stand_in.Heard | None]] = {
            Act.SPEECH: lambda: None if _waits(call) else call.say(words),
            Act.DIGITS: lambda: call.press(words),
            Act.SILENCE: lambda: None if _waits(call) else call.silence(),
            Act.WAIT: lambda: self._waited(call),
            Act.HANG_UP: call.hang_up,
        }
        try:
            return self._gone_on(call, wire, steps[act])
        except (ValueError, httpx.InvalidURL):
            # Half a character, or an address that is none, in a state of somebody's own making.
            raise NotACall from None

    def _going_on(self, wire: Wire, state: State, act: Act) -> ConnectedCall:
        """The call as it stood; one that waits or talks has gone on by itself since. Raises
        NotACall."""
        _check_state(state)
        fresh = self._call(wire, None)
        live = self._switchboard.calls.get(str(state["call_sid"]))
        if live is not None and (live.room is not None or live.has_news or act is Act.WAIT):
            live.line = fresh.line
            return live
        own = {name: state[name] for name in OWN_STATE}
        try:
            return ConnectedCall.resume(
                {**fresh.state(), **own},
                token=self._settings.twilio_auth_token,
                post=wire.post,
                get=wire.get,
                switchboard=self._switchboard,
            )
        except (TwimlRefused, ValueError):
            raise NotACall from None

    def _waited(self, call: ConnectedCall) -> stand_in.Heard:
        """What has come meanwhile; now and then what is played on hold."""
        news = call.news
        now, sid = time.monotonic(), call.call_sid
        quiet = now - self._held.get(sid, 0.0) >= HOLD_EVERY
        if call.room is not None and not call.room.started and quiet and not news.said:
            self._held[sid] = now
            held = call.hold()
            # What is played may have the call taken out of there.
            news = call.news
            news.said[:0] = held.said
        elif call.room is None and _waits(call) and quiet and not news.said:
            self._held[sid] = now
            news = call.silence()
        if not _waits(call):
            self._held.pop(sid, None)
        return news

    def text(self, number: str, body: str) -> Texted:
        """As the port says."""
        wire = Wire(self._settings)
        phone = TextPhone(
            number,
            f"{self._base}/twilio/sms",
            self._settings.twilio_auth_token,
            self._base,
            self._settings.web_url,
            wire.post,
            self._number,
            get=wire.get,
            account_sid=self._settings.twilio_account_sid,
            blocked=self._blocked,
        )
        answers: list[str] = []
        problem = None
        try:
            answers = phone.text(body)
        except (WebhookFailed, TwimlRefused, TextRefused) as failure:
            problem = f"Nothing came back from the council: {failure.reason} ({failure.code})."
        own = phone.inbox[: len(phone.inbox) - len(answers)]
        return Texted(tuple(own), tuple(answers), tuple(wire.exchanges), problem)

    def _call(self, wire: Wire, caller: str | None) -> ConnectedCall:
        return ConnectedCall(
            f"{self._base}/twilio/voice",
            switchboard=self._switchboard,
            token=self._settings.twilio_auth_token,
            from_number=caller,
            to_number=self._number,
            account_sid=self._settings.twilio_account_sid,
            base_url=self._base,
            send_to=self._settings.web_url,
            post=wire.post,
            get=wire.get,
            status_url=f"{self._base}/twilio/status",
            fallback_url=f"{self._base}/twilio/voice/fallback",
        )

    def _gone_on(
        self, call: ConnectedCall, wire: Wire, step: Callable[[], stand_in.Heard | None]
    ) -> tuple[State, Heard]:
        problem: str | None = None
        heard: stand_in.Heard | None = None
        before = faults.mark()
        try:
            heard = step()
            heard = call.listen(heard) if heard else heard
        except stand_in.NotListening as nothing:
            raise NotListening from nothing
        except (WebhookFailed, TwimlRefused) as failure:
            problem = f"{APPLICATION_ERROR} ({failure.reason}, {failure.code})"
        if problem is None and (missed := faults.since(before)):
            problem = f"This telephone cannot show all that Twilio would do: {'; '.join(missed)}."
        whole = call.state()
        state = {name: whole[name] for name in OWN_STATE}
        return state, Heard(
            said=tuple(heard.said) if heard else (),
            over=call.over,
            waiting=_waits(call),
            talking=bool(call.talks_to),
            listening=_listening(call.awaiting),
            exchanges=tuple(wire.exchanges),
            problem=problem,
        )


def _check_state(state: State) -> None:
    """Raises NotACall for what cannot be the state of a call, whoever signed it."""
    began, position, caller = (state.get(name) for name in ("began", "position", "from_number"))
    words = [state.get(name) for name in OWN_STATE if name not in NOT_WORDS]
    if not (
        all(isinstance(word, str) for word in words)
        and isinstance(began, int | float)
        and 0 <= began <= time.time()
        and isinstance(position, int)
        and position >= 0
        and "from_number" in state
        and (caller is None or (isinstance(caller, str) and number_of(caller)))
    ):
        raise NotACall


def _waits(call: ConnectedCall) -> bool:
    """Whether a call is in a conference, or in a wait: keys are heard there, but none is awaited,
    and what follows is said by itself."""
    gather = call.awaiting
    if gather is None:
        return call.room is not None
    given = gather.attributes
    return given.get("input", "dtmf") == "dtmf" and given.get("actionOnEmptyResult") != "true"


def _listening(gather: Verb | None) -> Listening | None:
    if gather is None:
        return None
    given = gather.attributes
    awaited = given.get("input", "dtmf").split()
    most = given.get("numDigits")
    return Listening(
        speech="speech" in awaited,
        keys="dtmf" in awaited,
        num_digits=int(most) if most else None,
        finish_on_key=given.get("finishOnKey", "#"),
        timeout=int(given.get("timeout", "5")),
    )


def _text(body: bytes | str) -> str:
    return body.decode(errors="replace") if isinstance(body, bytes) else body


def our_number(settings: Settings) -> str:
    """The number that is rung and texted; `TWILIO_FROM` may be a messaging service instead."""
    given = settings.twilio_from
    return given if re.fullmatch(r"\+[1-9][0-9]{6,14}", given) else DEMO_NUMBER
