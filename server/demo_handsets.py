"""The demo's agents' telephones, on the stand-in for Twilio."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable

from telephony.simulator.carrier import HandsetAct, HandsetState, NotListening
from tests.twilio_stand_in.call import NotListening as NothingAwaited
from tests.twilio_stand_in.heard import Heard
from tests.twilio_stand_in.switchboard import OutboundCall, Switchboard
from tests.twilio_stand_in.twiml import TwimlRefused
from tests.twilio_stand_in.web import WebhookFailed

NOBODY_THERE = "(It rings at {number}. Nobody answers there in the demo.)"


class StandInHandsets:
    """Implements `Handsets`. A telephone shows the newest call to its number."""

    def __init__(
        self, switchboard: Switchboard, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._switchboard = switchboard
        self._clock = clock
        self._lines: dict[str, list[str]] = {}
        self._dialled: dict[str, float] = {}

    def look(self, number: str) -> HandsetState:
        """As the port says."""
        calls = self._calls(number)
        if not calls:
            return HandsetState("idle", (), 0)
        call = calls[-1]
        lines = self._lines.setdefault(call.call_sid, [])
        if call.has_news:
            lines += call.news.said
        if call.dials is not None and not call.over:
            lines += self._rung_in_vain(call, call.dials.text)
        return HandsetState(_state(call), tuple(lines), len(calls))

    def act(self, number: str, act: HandsetAct, key: str = "") -> HandsetState:
        """As the port says."""
        if act in {HandsetAct.REGISTER, HandsetAct.UNREGISTER}:
            there = self._switchboard.registered
            (there.add if act is HandsetAct.REGISTER else there.discard)(number)
            return self.look(number)
        calls = self._calls(number)
        if not calls or calls[-1].over:
            raise NotListening
        call = calls[-1]
        if (call.status == "ringing") != (act not in {HandsetAct.KEY, HandsetAct.HANG_UP}):
            raise NotListening
        steps: dict[HandsetAct, Callable[[], Heard | None]] = {
            HandsetAct.ANSWER: call.answer,
            HandsetAct.DECLINE: lambda: call.fails("no-answer"),
            HandsetAct.BUSY: lambda: call.fails("busy"),
            HandsetAct.KEY: lambda: call.press(key),
            HandsetAct.HANG_UP: call.hang_up,
        }
        try:
            heard = steps[act]()
        except NothingAwaited as nothing:
            raise NotListening from nothing
        except (WebhookFailed, TwimlRefused):
            heard = None
        if heard is not None:
            self._lines.setdefault(call.call_sid, []).extend(heard.said)
        return self.look(number)

    def _rung_in_vain(self, call: OutboundCall, number: str) -> list[str]:
        """What an agent hears who has a number rung: nobody has that telephone here."""
        began = self._dialled.get(call.call_sid)
        if began is None:
            self._dialled[call.call_sid] = self._clock()
            return [NOBODY_THERE.format(number=number)]
        if self._clock() - began < call.rings_for:
            return []
        del self._dialled[call.call_sid]
        with contextlib.suppress(WebhookFailed, TwimlRefused):
            return call.far_end_is_over("no-answer").said
        return []

    def _calls(self, number: str) -> list[OutboundCall]:
        return [call for call in self._switchboard.placed if call.to_number == number]


def _state(call: OutboundCall) -> str:
    if call.over:
        return "idle"
    if call.status == "ringing":
        return "ringing"
    return "talking" if call.talks_to else "listening"
