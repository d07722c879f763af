"""The webhooks of the calls to agents: `/twilio/agent`."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from flask import Blueprint, Response, request
from twilio.twiml.voice_response import Gather, VoiceResponse

from telephony.agent_leg import AgentLeg, Rung, Told
from telephony.caller_leg_web import CallerWebhooks
from telephony.numbers import number_of
from telephony.promptness import within
from telephony.pronouncing import read_out
from telephony.signatures import names
from telephony.status import OVER
from telephony.webhook_parts import again, call_sid, given, missed, number, tried, twiml
from telephony.wording import Wording

KEY_WITHIN = 10
"""Seconds an agent has for a key. The brief is said once: a machine is not to record it twice."""

DIALS_FOR = 25
"""Seconds for which somebody who kept their place is rung."""


class AgentWebhooks:
    """Each answers within `seconds`, whatever happens. `base` is the path before `/twilio` in
    public addresses."""

    def __init__(self, agents: AgentLeg, wording: Wording, base: str, seconds: float) -> None:
        self._agents, self._wording = agents, wording
        self._base, self._seconds = base, seconds

    def agent(self) -> Response:
        """An agent has picked up."""
        rung = _rung()
        return self._told(rung, tried(self._seconds, lambda: self._agents.brief(rung)))

    def key(self) -> Response:
        """An agent has pressed a key."""
        rung, digits = _rung(), request.form.get("Digits", "")[:4] or given("key")
        return self._told(
            rung, tried(self._seconds, lambda: self._agents.key(rung, digits)), digits
        )

    def silent(self) -> Response:
        """An agent has pressed none."""
        rung = _rung()
        return self._told(rung, tried(self._seconds, lambda: self._agents.silent(rung)))

    def over(self) -> Response:
        """The conference has ended for an agent, mostly because they hung up."""
        rung = _rung()
        if request.form.get("CallStatus") in OVER:
            tried(self._seconds, lambda: self._agents.over(rung))
        return self._told(rung, Told((self._wording.say("agent_over"),)))

    def dialled(self) -> Response:
        """The call to whoever kept their place is over, or never came about."""
        rung = _rung()
        over = Told((self._wording.say("agent_over"),))
        return self._told(rung, tried(self._seconds, lambda: self._agents.dialled(rung)) or over)

    def fallback(self) -> Response:
        """Twilio could not reach us a moment ago, or did not understand us."""
        rung = _rung()
        told = tried(self._seconds, lambda: self._agents.taken_up(rung))
        return self._told(rung, told or Told((self._wording.say("agent_out_of_order"),)))

    def status(self) -> Response:
        """An agent's call has ended, or never came about."""
        rung = _rung()
        if request.form.get("CallStatus", "") in OVER:
            try:
                within(self._seconds, lambda: self._agents.over(rung), failed=missed)
            except Exception as failure:  # its words could quote the report
                missed(failure)
                return Response(status=503)
        return Response(status=204)

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
                told.room,
                start_conference_on_enter=True,
                end_conference_on_exit=True,
                beep="false",
                **told.news,
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
        return twiml(response)

    def _dial(self, response: VoiceResponse, rung: Rung, number: str) -> None:
        """Rings whoever kept their place, from the number they know."""
        dial = response.dial(
            action=self._agent_url("dialled", rung),
            method="POST",
            caller_id=number_of(request.form.get("From", "")),
            timeout=DIALS_FOR,
        )
        # Whoever picks up, a machine perhaps, is asked before the two can hear each other.
        dial.number(number, url=self._agent_url("caller/asked", rung), method="POST")

    def _agent_again(self, rung: Rung, digits: str) -> Response:
        """The same once more in a moment, and in the end the truth."""
        tries = number("tries")
        step = request.path.removeprefix("/twilio/agent").strip("/")
        address = self._agent_url(step, rung, tries=tries + 1, key=digits)
        words = ("agent_moment", "agent_moment", "agent_out_of_order")
        return again(self._wording, tries, address, words=words)

    def _agent_url(self, step: str, rung: Rung, **more: object) -> str:
        given = {"handoff": rung.handoff_id, "staff": rung.staff_id, **more}
        about = urlencode({name: value for name, value in given.items() if value})
        path = f"/twilio/agent/{step}" if step else "/twilio/agent"
        return f"{self._base}{path}?{about}"

    def _say(self, verb: VoiceResponse | Gather, text: str) -> None:
        read_out(verb, text, self._wording.voice)


def create_agent_calls(
    webhooks: AgentWebhooks, callers: CallerWebhooks, check: Callable[[], Response | None]
) -> Blueprint:
    """The blueprint. `check` refuses what Twilio did not sign."""
    blueprint = Blueprint("agent_calls", __name__, url_prefix="/twilio/agent")
    blueprint.before_request(check)
    blueprint.before_request(names("CallSid"))
    blueprint.add_url_rule("", "agent", webhooks.agent, methods=["POST"])
    for name in ("key", "silent", "over", "dialled", "fallback", "status"):
        blueprint.add_url_rule(f"/{name}", name, getattr(webhooks, name), methods=["POST"])
    for name in ("asked", "agreed"):
        path = f"/caller/{name}"
        blueprint.add_url_rule(path, f"caller_{name}", getattr(callers, name), methods=["POST"])
    return blueprint


def _rung() -> Rung:
    return Rung(given("handoff"), given("staff"), call_sid())
