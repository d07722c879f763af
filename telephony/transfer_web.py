"""The webhooks of callers who are put through: `/twilio/voice/...`."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from flask import Blueprint, Response, request
from twilio.twiml.voice_response import Gather, VoiceResponse

from telephony.hold import Hold, Part
from telephony.manner import Manner
from telephony.prompts import Prompt
from telephony.pronouncing import LANGUAGE, read_out
from telephony.signatures import names
from telephony.status import OVER
from telephony.transfer import Transfer
from telephony.twiml import VoiceTwiml
from telephony.webhook_parts import CALLERS_TRIES, again, call_sid, given, number, tried, twiml
from telephony.wording import Wording

HELD_FOR = 15
"""Seconds of quiet on hold between two words that somebody is still there."""

STAR = "*"
"""The key for what a waiting caller may do instead."""

CHOOSES_WITHIN = 6
"""Seconds a caller has to choose something else than waiting."""


class Webhooks:
    """Each answers with TwiML within `seconds`, whatever happens. `base` is the path before
    `/twilio` in public addresses; `turn` answers a request as one of the dialogue."""

    def __init__(
        self,
        transfer: Transfer,
        hold: Hold,
        twiml: VoiceTwiml,
        wording: Wording,
        base: str,
        seconds: float,
        turn: Callable[[], Response],
    ) -> None:
        self._transfer, self._hold = transfer, hold
        self._twiml, self._wording, self._base = twiml, wording, base
        self._seconds, self._turn = seconds, turn

    def queued(self) -> Response:
        """A caller waits for a person, or has pressed a key meanwhile."""
        sid, nth, digits = call_sid(), number("nth"), request.form.get("Digits", "")
        if digits and digits != STAR:
            return self._turn()
        if digits:
            prompt = tried(self._seconds, lambda: self._transfer.choices(sid))
        else:
            prompt = tried(self._seconds, lambda: self._transfer.queued(sid, nth))
        if prompt is None:
            return self._left_again(number("poll"))
        if not prompt.room and not prompt.over and prompt.asking is None:
            return self._choices(prompt)
        return twiml(self._twiml.write(prompt))

    def hold(self) -> Response:
        """What a caller hears in the conference until it starts."""
        sid, handoff_id = call_sid(), given("handoff")

        def work() -> tuple[list[Part], Manner]:
            return self._hold.parts(sid, handoff_id), self._transfer.manner(sid)

        parts, manner = tried(self._seconds, work) or ([], Manner())
        response = VoiceResponse()
        for part in parts:
            self._say(response, part.said, manner)
            response.pause(length=part.quiet)
        if not parts:
            self._say(response, self._wording.say("still_working"), manner)
            response.pause(length=5)
        about = urlencode({"handoff": handoff_id})
        response.redirect(f"{self._base}/twilio/voice/hold?{about}", method="POST")
        return twiml(response)

    def left(self) -> Response:
        """A caller is out of the conference."""
        sid, poll = call_sid(), number("poll")
        if request.form.get("CallStatus") in OVER:
            # They hung up; the answer is carried out by nobody.
            tried(self._seconds, lambda: self._transfer.hung_up(sid))
            return twiml(VoiceResponse())
        found = tried(self._seconds, lambda: (self._transfer.left(sid, poll),))
        if found is None:
            return self._left_again(poll)
        (prompt,) = found
        return self._look_again(poll) if prompt is None else twiml(self._twiml.write(prompt))

    def back(self) -> Response:
        """A caller was taken out of the conference."""
        sid = call_sid()
        prompt = tried(self._seconds, lambda: self._transfer.back(sid))
        return (
            self._left_again(number("poll")) if prompt is None else twiml(self._twiml.write(prompt))
        )

    def held(self) -> Response:
        """A caller is on hold, as long as their agent is there; asked after now and then."""
        sid = call_sid()
        prompt = tried(self._seconds, lambda: self._transfer.rejoins(sid))
        if prompt is not None and prompt.room is None:
            return twiml(self._twiml.write(prompt))
        response, here = VoiceResponse(), f"{self._base}/twilio/voice/held"
        # Nothing pressed here means anything: it is a wait that can be told to end.
        gather = Gather(input="dtmf", num_digits=1, timeout=HELD_FOR, finish_on_key="",
                        action=here, method="POST")  # fmt: skip
        manner = Manner() if prompt is None else prompt.manner
        self._say(gather, self._wording.say("on_hold"), manner)
        response.append(gather)
        response.redirect(here, method="POST")
        return twiml(response)

    def rejoin(self) -> Response:
        """A hold is over."""
        sid = call_sid()
        prompt = tried(self._seconds, lambda: self._transfer.rejoins(sid))
        if prompt is None:
            return self._left_again(number("poll"))
        return twiml(self._twiml.write(prompt))

    def _left_again(self, poll: int) -> Response:
        """Something is wrong: the same in a moment, and in the end the truth."""
        return again(self._wording, poll, self._left_url(poll), most=CALLERS_TRIES)

    def _look_again(self, poll: int) -> Response:
        """Nothing is wrong: news of the agent's going may come in a second, which needs no word."""
        response = VoiceResponse()
        response.pause(length=1)
        response.redirect(self._left_url(poll), method="POST")
        return twiml(response)

    def _left_url(self, poll: int) -> str:
        return f"{self._base}/twilio/voice/left?{urlencode({'poll': poll + 1})}"

    def _choices(self, prompt: Prompt) -> Response:
        """What a waiting caller may do instead; who says nothing goes on waiting."""
        response = VoiceResponse()
        gather = Gather(
            input="dtmf speech",
            language=LANGUAGE,
            action=f"{self._base}/twilio/voice/turn?{urlencode({'turn': prompt.turn})}",
            method="POST",
            timeout=CHOOSES_WITHIN,
            speech_timeout="1",
            num_digits=1,
            finish_on_key="",
            barge_in=True,
            profanity_filter=False,
        )
        for part in prompt.said:
            self._say(gather, part.text, prompt.manner)
        response.append(gather)
        response.redirect(f"{self._base}/twilio/voice/queued?nth=1", method="POST")
        return twiml(response)

    def _say(self, verb: VoiceResponse | Gather, text: str, manner: Manner) -> None:
        read_out(verb, text, self._wording.voice, manner)


def create_transfer(webhooks: Webhooks, check: Callable[[], Response | None]) -> Blueprint:
    """The blueprint. `check` refuses what Twilio did not sign."""
    blueprint = Blueprint("transfer", __name__, url_prefix="/twilio")
    blueprint.before_request(check)
    blueprint.before_request(names("CallSid"))
    for path, name in (
        ("/voice/queued", "queued"),
        ("/voice/hold", "hold"),
        ("/voice/left", "left"),
        ("/voice/back", "back"),
        ("/voice/held", "held"),
        ("/voice/rejoin", "rejoin"),
    ):
        blueprint.add_url_rule(path, name, getattr(webhooks, name), methods=["POST"])
    return blueprint
