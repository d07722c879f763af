"""People on the phone and people who text, at the running product."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.journeys.conftest import Staff
from tests.product import Product
from tests.twilio_stand_in.call import Call, Heard
from tests.twilio_stand_in.rest import TwilioRest
from tests.twilio_stand_in.switchboard import ConnectedCall
from tests.twilio_stand_in.texts import TextPhone

WEBHOOK_WITHIN = 5.0
"""Seconds in which a call's webhook answers, whatever goes on."""


@dataclass
class Caller:
    """Somebody on the phone. What the line waits for is read where staff would read it."""

    call: Call
    staff: Staff
    heard: Heard = field(default_factory=Heard)

    def rings(self) -> None:
        self._hears(self.call.begin())

    def says(self, text: str, sure: float = 0.92) -> str:
        return self._hears(self.call.say(text, sure))

    def presses(self, digits: str) -> str:
        return self._hears(self.call.press(digits))

    def keeps_silent(self) -> str:
        return self._hears(self.call.silence())

    def _hears(self, heard: Heard) -> str:
        """All that was said. Every webhook answers within 5 s: a promise, and no benchmark."""
        heard = self.call.listen(heard)
        self.heard = heard
        assert heard.seconds < WEBHOOK_WITHIN
        return heard.text

    @property
    def talk(self) -> dict[str, Any]:
        """The conversation of this call."""
        (found,) = self.staff.get("/conversations", call_sid=self.call.call_sid)
        talk: dict[str, Any] = self.staff.get(f"/conversations/{found['id']}")
        return talk

    @property
    def asked(self) -> str | None:
        """What the line now waits for."""
        asks: str | None = self.talk["messages"][-1]["asks"]
        return asks

    @property
    def fields(self) -> dict[str, dict[str, Any]]:
        """What has been captured, by field: value, source, ..."""
        return {field["field"]: field for field in self.talk["fields"]}

    @property
    def refs(self) -> list[str]:
        return [ref for message in self.talk["messages"] for ref in message["case_refs"]]

    def tells(self, answers: Sequence[tuple[str, str]]) -> None:
        """Answers each question in turn, checking that it is the one expected; digits after a #
        are keyed. Who they are is skipped unless it is among them, and a
        like report is not followed."""
        for asks, text in answers:
            asked = self.asked
            if str(asked).startswith("verify_") and not asks.startswith("verify_"):
                self.says("skip")
                asked = self.asked
            if asked == "offer" and asks != "offer":
                # Somebody else in this run has told of the same fault.
                self.says("no")
                asked = self.asked
            assert asked == asks, f"asked for {asked}, not {asks}: {self.heard.text}"
            if text.startswith("#"):
                self.presses(text[1:])
            else:
                self.says(text)


def ring(product: Product, staff: Staff, number: str | None = "+447700900123") -> Caller:
    """A call that has been answered; `number` None withholds it."""
    settings = product.settings
    call = Call(
        "/twilio/voice",
        settings.twilio_auth_token,
        from_number=number,
        base_url=settings.public_base_url,
        send_to=product.address,
        status_url="/twilio/status",
        wait=time.sleep,
    )
    caller = Caller(call, staff)
    caller.rings()
    return caller


def ring_through(
    product: Product, staff: Staff, carrier: TwilioRest, number: str | None = "+447700900124"
) -> Caller:
    """A call that has been answered and can be put through to an agent by the carrier."""
    settings = product.settings
    call = ConnectedCall(
        "/twilio/voice",
        switchboard=carrier.switchboard,
        from_number=number,
        status_url="/twilio/status",
        base_url=settings.public_base_url,
        send_to=product.address,
        wait=time.sleep,
    )
    caller = Caller(call, staff)
    caller.rings()
    return caller


def text_phone(product: Product, number: str = "+447700900321") -> TextPhone:
    """Somebody's mobile, for texts."""
    settings = product.settings
    return TextPhone(
        number,
        "/twilio/sms",
        settings.twilio_auth_token,
        settings.public_base_url,
        product.address,
    )
