"""The webhooks of a call to somebody who is rung back: `/twilio/agent/caller`."""

from __future__ import annotations

import time
from urllib.parse import urlencode

from flask import Response, request
from twilio.twiml.voice_response import Gather, VoiceResponse

from telephony.caller_leg import JOINS, Asked, CallerLeg
from telephony.pronouncing import LANGUAGE, read_out
from telephony.voice import sure_of
from telephony.webhook_parts import MOST_TRIES, again, given, number, tried, twiml
from telephony.wording import Wording

ANSWERS_WITHIN = 8
"""Seconds to press a key or say yes: time to take the phone from the ear and find the 1."""


class CallerWebhooks:
    """What Twilio plays to whoever picks up, before they are joined to the agent who rings
    (`url` of Number, https://www.twilio.com/docs/voice/twiml/number): a document that ends without
    hanging up joins them. Each answers within `seconds`. `base` is the path before `/twilio`."""

    def __init__(self, caller: CallerLeg, wording: Wording, base: str, seconds: float) -> None:
        self._caller, self._wording = caller, wording
        self._base, self._seconds = base, seconds

    def asked(self) -> Response:
        """Somebody, or a machine, has picked up."""
        response = VoiceResponse()
        # Most people say hello first, and would talk over who rings.
        response.pause(length=1)
        return self._told(response, self._caller.begins())

    def agreed(self) -> Response:
        """They have pressed a key, said something, or neither."""
        handoff, staff, nth = given("handoff"), given("staff"), number("nth")
        digits = request.form.get("Digits", "")[:4] or given("key")
        words = request.form.get("SpeechResult", "")[:200]
        # Known before anything is written: a yes is not lost when the store is busy.
        sure = sure_of(request.form.get("Confidence", ""))
        agreed = self._caller.agrees(digits, words, sure)

        def work() -> Asked:
            return self._caller.answers(
                handoff, staff, nth, digits=digits, words=words, agreed=agreed
            )

        began, last = time.monotonic(), number("tries") >= MOST_TRIES
        # The last time there is something to be written after it, within the time of one.
        asked, response = tried(self._seconds / 2 if last else self._seconds, work), VoiceResponse()
        if asked is not None:
            return self._told(response, asked)
        if last:
            # It may have been written that they were reached, who is told now that they were not.
            left = max(began + self._seconds - time.monotonic(), 0.0)
            lost = tried(left, lambda: self._caller.lost(handoff, staff))
            return self._told(response, lost or self._caller.ends())
        key, tries = JOINS if agreed else digits, number("tries")
        address = self.address("agreed", nth=nth, key=key, tries=tries + 1)
        return again(self._wording, tries, address)

    def address(self, step: str, **more: object) -> str:
        """Where a step of the call about the handoff of this request is asked for."""
        about = {"handoff": given("handoff"), "staff": given("staff"), **more}
        query = urlencode({name: value for name, value in about.items() if value})
        return f"{self._base}/twilio/agent/caller/{step}?{query}"

    def _told(self, response: VoiceResponse, asked: Asked) -> Response:
        if asked.nth is None:
            for part in asked.said:
                read_out(response, part, self._wording.voice)
            if not asked.joined:
                response.hangup()
            return twiml(response)
        action = self.address("agreed", nth=asked.nth)
        gather = Gather(
            input="dtmf speech",
            language=LANGUAGE,
            num_digits=1,
            timeout=ANSWERS_WITHIN,
            speech_timeout="1",
            finish_on_key="",
            hints="yes, yes please, speaking, no",
            profanity_filter=False,
            action=action,
            method="POST",
        )
        for part in asked.said:
            read_out(gather, part, self._wording.voice)
        response.append(gather)
        response.redirect(action, method="POST")
        return twiml(response)
