"""The webhooks of being put through: of callers `/twilio/voice/...`, of agents `/twilio/agent`."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar
from urllib.parse import urlencode

from flask import Blueprint, Response, request
from twilio.twiml.voice_response import Gather, VoiceResponse

from telephony.agent_leg import AgentLeg, Rung, Told
from telephony.hold import Hold
from telephony.numbers import number_of
from telephony.promptness import Late, within
from telephony.prompts import Prompt
from telephony.pronouncing import LANGUAGE, read_out
from telephony.signatures import names
from telephony.status import OVER
from telephony.transfer import Transfer
from telephony.twiml import VoiceTwiml
from telephony.wording import Wording

log = logging.getLogger(__name__)

Result = TypeVar("Result")

MOST_TRIES = 3
"""Times that a request is tried again before whoever is on the line hears the truth."""

KEY_WITHIN = 10
"""Seconds an agent has for a key. The brief is said once: a machine is not to record it twice."""

HELD_FOR = 15
"""Seconds of quiet on hold between two words that somebody is still there."""

STAR = "*"
"""The key for what a waiting caller may do instead."""

DIALS_FOR = 25
"""Seconds for which somebody who kept their place is rung."""

CHOOSES_WITHIN = 6
"""Seconds a caller has to choose something else than waiting."""


class Webhooks:
    """Each answers with TwiML within `seconds`, whatever happens. `base` is the path before
    `/twilio` in public addresses; `turn` answers a request as one of the dialogue."""

    def __init__(
        self,
        transfer: Transfer,
        hold: Hold,
        agents: AgentLeg,
        twiml: VoiceTwiml,
        wording: Wording,
        base: str,
        seconds: float,
        turn: Callable[[], Response],
    ) -> None:
        self._transfer, self._hold, self._agents = transfer, hold, agents
        self._twiml, self._wording, self._base = twiml, wording, base
        self._seconds, self._turn = seconds, turn

    def queued(self) -> Response:
        """A caller waits for a person, or has pressed a key meanwhile."""
        call_sid, nth, digits = _call_sid(), _number("nth"), request.form.get("Digits", "")
        if digits and digits != STAR:
            return self._turn()
        if digits:
            prompt = self._tried(lambda: self._transfer.choices(call_sid))
        else:
            prompt = self._tried(lambda: self._transfer.queued(call_sid, nth))
        if prompt is None:
            return self._left_again(_number("poll"))
        if not prompt.room and not prompt.over and prompt.asking is None:
            return self._choices(prompt)
        return _twiml(self._twiml.write(prompt))

    def hold(self) -> Response:
        """What a caller hears in the conference until it starts."""
        call_sid, handoff_id = _call_sid(), _given("handoff")
        parts = self._tried(lambda: self._hold.parts(call_sid, handoff_id))
        response = VoiceResponse()
        for part in parts or ():
            self._say(response, part.said)
            response.pause(length=part.quiet)
        if not parts:
            response.pause(length=5)
        about = urlencode({"handoff": handoff_id})
        response.redirect(f"{self._base}/twilio/voice/hold?{about}", method="POST")
        return _twiml(response)

    def left(self) -> Response:
        """A caller is out of the conference."""
        call_sid, poll = _call_sid(), _number("poll")
        if request.form.get("CallStatus") in OVER:
            # They hung up; the answer is carried out by nobody.
            self._tried(lambda: self._transfer.hung_up(call_sid))
            return _twiml(VoiceResponse())
        prompt = self._tried(lambda: self._transfer.left(call_sid, poll))
        if prompt is None:
            return self._left_again(poll)
        return _twiml(self._twiml.write(prompt))

    def back(self) -> Response:
        """A caller was taken out of the conference."""
        call_sid = _call_sid()
        prompt = self._tried(lambda: self._transfer.back(call_sid))
        return (
            self._left_again(_number("poll"))
            if prompt is None
            else _twiml(self._twiml.write(prompt))
        )

    def held(self) -> Response:
        """A caller is on hold, as long as their agent is there; asked after now and then."""
        call_sid = _call_sid()
        prompt = self._tried(lambda: self._transfer.rejoins(call_sid))
        if prompt is not None and prompt.room is None:
            return _twiml(self._twiml.write(prompt))
        response, here = VoiceResponse(), f"{self._base}/twilio/voice/held"
        # Nothing pressed here means anything: it is a wait that can be told to end.
        gather = Gather(input="dtmf", num_digits=1, timeout=HELD_FOR, finish_on_key="",
                        action=here, method="POST")  # fmt: skip
        self._say(gather, self._wording.say("on_hold"))
        response.append(gather)
        response.redirect(here, method="POST")
        return _twiml(response)

    def rejoin(self) -> Response:
        """A hold is over."""
        call_sid = _call_sid()
        prompt = self._tried(lambda: self._transfer.rejoins(call_sid))
        if prompt is None:
            return self._left_again(_number("poll"))
        return _twiml(self._twiml.write(prompt))

    def agent(self) -> Response:
        """An agent has picked up."""
        rung = _rung()
        return self._told(rung, self._tried(lambda: self._agents.brief(rung)))

    def key(self) -> Response:
        """An agent has pressed a key."""
        rung, digits = _rung(), request.form.get("Digits", "")[:4] or _given("key")
        return self._told(rung, self._tried(lambda: self._agents.key(rung, digits)), digits)

    def silent(self) -> Response:
        """An agent has pressed none."""
        rung = _rung()
        return self._told(rung, self._tried(lambda: self._agents.silent(rung)))

    def over(self) -> Response:
        """The conference has ended for an agent, mostly because they hung up."""
        rung = _rung()
        if request.form.get("CallStatus") in OVER:
            self._tried(lambda: self._agents.over(rung))
        return self._told(rung, Told((self._wording.say("agent_over"),)))

    def dialled(self) -> Response:
        """The call to whoever kept their place is over, or never came about."""
        rung = _rung()
        over = Told((self._wording.say("agent_over"),))
        return self._told(rung, self._tried(lambda: self._agents.dialled(rung)) or over)

    def met(self) -> Response:
        """Whoever kept their place has answered: news of their call, which names the agent's."""
        rung = replace(_rung(), call_sid=request.form.get("ParentCallSid", "")[:64])
        try:
            within(self._seconds, lambda: self._agents.met(rung), failed=_missed)
        except Exception as failure:  # its words could quote the report
            _missed(failure)
            return Response(status=503)
        return Response(status=204)

    def status(self) -> Response:
        """An agent's call has ended, or never came about."""
        rung = _rung()
        if request.form.get("CallStatus", "") in OVER:
            try:
                within(self._seconds, lambda: self._agents.over(rung), failed=_missed)
            except Exception as failure:  # its words could quote the report
                _missed(failure)
                return Response(status=503)
        return Response(status=204)

    def _tried(self, work: Callable[[], Result]) -> Result | None:
        """What comes of it in time; None when nothing does, which is asked for again."""
        try:
            result = within(self._seconds, work, failed=_missed)
        except Exception as failure:  # nobody is to hear Twilio's own words about an error
            _missed(failure)
            return None
        return None if isinstance(result, Late) else result

    def _left_again(self, poll: int) -> Response:
        """Asks again in a moment; more often than that there is something wrong."""
        response = VoiceResponse()
        if poll >= 2 * MOST_TRIES:
            self._say(response, self._wording.say("out_of_order"))
            response.hangup()
            return _twiml(response)
        response.pause(length=1)
        about = urlencode({"poll": poll + 1})
        response.redirect(f"{self._base}/twilio/voice/left?{about}", method="POST")
        return _twiml(response)

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
            self._say(gather, part.text)
        response.append(gather)
        response.redirect(f"{self._base}/twilio/voice/queued?stays=1", method="POST")
        return _twiml(response)

    def _told(self, rung: Rung, told: Told | None, digits: str = "") -> Response:
        if told is None:
            return self._agent_again(rung, digits)
        response = VoiceResponse()
        if not told.listens:
            for part in told.said:
                self._say(response, part)
        if told.room is not None:
            dial = response.dial(action=self._agent_url("over", rung), method="POST")
            dial.conference(
                told.room, start_conference_on_enter=True, end_conference_on_exit=True, beep="false"
            )
        elif told.dials is not None:
            self._dial(response, rung, told.dials)
        elif told.listens:
            gather = Gather(
                input="dtmf",
                num_digits=1,
                timeout=KEY_WITHIN,
                finish_on_key="",
                action=self._agent_url("key", rung),
                method="POST",
            )
            for part in told.said:
                self._say(gather, part)
            response.append(gather)
            response.redirect(self._agent_url("silent", rung), method="POST")
        else:
            response.hangup()
        return _twiml(response)

    def _dial(self, response: VoiceResponse, rung: Rung, number: str) -> None:
        """Rings whoever kept their place, from the number they know."""
        dial = response.dial(
            action=self._agent_url("dialled", rung),
            method="POST",
            caller_id=number_of(request.form.get("From", "")),
            timeout=DIALS_FOR,
        )
        dial.number(
            number,
            status_callback=self._agent_url("met", rung),
            status_callback_event="answered",
            status_callback_method="POST",
        )

    def _agent_again(self, rung: Rung, digits: str) -> Response:
        """The same once more in a moment, and in the end the truth."""
        response, tries = VoiceResponse(), _number("tries")
        if tries >= MOST_TRIES:
            self._say(response, self._wording.say("agent_out_of_order"))
            response.hangup()
            return _twiml(response)
        self._say(response, self._wording.say("agent_moment"))
        response.pause(length=1)
        step = request.path.removeprefix("/twilio/agent").strip("/")
        again = self._agent_url(step, rung, tries=tries + 1, key=digits)
        response.redirect(again, method="POST")
        return _twiml(response)

    def _agent_url(self, step: str, rung: Rung, **more: object) -> str:
        given = {"handoff": rung.handoff_id, "staff": rung.staff_id, **more}
        about = urlencode({name: value for name, value in given.items() if value})
        path = f"/twilio/agent/{step}" if step else "/twilio/agent"
        return f"{self._base}{path}?{about}"

    def _say(self, verb: VoiceResponse | Gather, text: str) -> None:
        read_out(verb, text, self._wording.voice)


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
        ("/agent", "agent"),
        ("/agent/key", "key"),
        ("/agent/silent", "silent"),
        ("/agent/over", "over"),
        ("/agent/dialled", "dialled"),
        ("/agent/met", "met"),
        ("/agent/status", "status"),
    ):
        blueprint.add_url_rule(path, name, getattr(webhooks, name), methods=["POST"])
    return blueprint


def _twiml(response: VoiceResponse | str) -> Response:
    return Response(str(response), content_type="text/xml; charset=utf-8")


def _rung() -> Rung:
    return Rung(_given("handoff"), _given("staff"), _call_sid())


def _call_sid() -> str:
    return request.form.get("CallSid", "")[:64]


def _given(name: str) -> str:
    return request.args.get(name, "")[:64]


def _number(name: str) -> int:
    given = _given(name)[:4]
    return int(given) if given.isascii() and given.isdigit() else 0


def _missed(failure: Exception) -> None:
    log.error("a call could not be put through: %s", type(failure).__name__)
