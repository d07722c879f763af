"""`/twilio/voice`: the webhooks of a telephone call."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import replace

from flask import Blueprint, Response, request

from casework.domain.errors import Busy
from telephony.calls import POLLS, Calls
from telephony.numbers import number_of
from telephony.promptness import Late, within
from telephony.prompts import Heard, Prompt, Room
from telephony.signatures import names
from telephony.twiml import VoiceTwiml

log = logging.getLogger(__name__)

ANSWERS_WITHIN = 3.5
"""Seconds after which a caller is told that it takes a moment. Twilio itself waits for 15, but
callers take silence for a dead line."""

TRIED_FOR = 12.0
"""Seconds for which a turn that nobody waits for any more is tried again while the store is busy:
until then the caller is told that we are still working on it."""

TRIED_EVERY = 0.5
"""Seconds between two attempts."""

LONGEST_NUMBER = 4
"""Digits of a number in an address of ours."""


class Voice:
    """The webhooks. Each answers with TwiML, whatever happens.

    `room` tells for a call's id where the caller waits or talks now, if they do.
    """

    def __init__(
        self,
        calls: Calls,
        twiml: VoiceTwiml,
        seconds: float = ANSWERS_WITHIN,
        room: Callable[[str], Room | None] = lambda call_sid: None,
    ) -> None:
        self._calls = calls
        self._room = room
        self._twiml = twiml
        self._seconds = seconds

    def arrive(self) -> Response:
        """A call begins."""
        heard = _heard(0)
        return self._answered(heard, self._patiently(lambda: self._calls.answer(heard)))

    def turn(self, seconds: float | None = None) -> Response:
        """The caller has said or keyed something, or nothing. `seconds` are what is left of the
        time to answer, where something else has used some of it."""
        heard = _heard()
        work = self._patiently(lambda: self._calls.take(heard))
        return self._answered(heard, work, seconds=seconds)

    def wait(self) -> Response:
        """A slow turn is asked after."""
        heard, poll = _heard(), _count("poll", 1)
        # A little less than the webhook has: the answer must still be written.
        seconds = self._seconds * 0.8
        return self._answered(heard, lambda: self._asked_after(heard, poll, seconds), poll + 1)

    def fallback(self) -> Response:
        """Twilio could not reach us a moment ago, or did not understand us."""
        code = request.form.get("ErrorCode", "")
        if code.isascii() and code.isdigit():
            log.warning("the fallback of a call was asked for: %s", code[:6])
        heard = _heard(0)
        return self._answered(heard, self._patiently(lambda: self._calls.take_up(heard)))

    def _asked_after(self, heard: Heard, poll: int, seconds: float) -> Prompt | None:
        """As the calls have it; a store that is busy is no answer yet, while there is time."""
        until = time.monotonic() + seconds
        while True:
            try:
                return self._calls.wait(heard, poll, until - time.monotonic())
            except Busy:
                if time.monotonic() + TRIED_EVERY >= until:
                    if poll >= POLLS:
                        raise
                    return None
                time.sleep(TRIED_EVERY)

    def _patiently(self, work: Callable[[], Prompt]) -> Callable[[], Prompt]:
        """The work, tried again when it is late and the store is busy: turns have ids, so that
        nothing is done twice."""

        def tried() -> Prompt:
            began = time.monotonic()
            while True:
                try:
                    return work()
                except Busy:
                    if not self._seconds <= time.monotonic() - began < TRIED_FOR:
                        raise
                    time.sleep(TRIED_EVERY)

        return tried

    def _answered(
        self,
        heard: Heard,
        work: Callable[[], Prompt | None],
        poll: int = 1,
        seconds: float | None = None,
    ) -> Response:
        prompt: Prompt | Late | None
        seconds = self._seconds if seconds is None else max(seconds, 0)
        try:
            prompt = within(seconds, lambda: self._placed(heard, work()))
        except Exception as failure:  # no caller is to hear Twilio's own words about an error
            prompt = self._calls.failed(heard, failure)
        if prompt is None or isinstance(prompt, Late):
            # Whoever is in danger is not to hear "one moment".
            danger = self._calls.danger(heard)
            prompt = replace(danger, missed=heard.turn) if danger else self._late(heard, poll)
        if prompt.failures is None:
            prompt = replace(prompt, failures=heard.failures)
        return Response(self._twiml.write(prompt), content_type="text/xml; charset=utf-8")

    def _placed(self, heard: Heard, prompt: Prompt | None) -> Prompt | None:
        """The prompt, which ends in a wait for whoever wants a person, and in talking to theirs."""
        if prompt is None or prompt.over or prompt.poll is not None:
            return prompt
        return replace(prompt, room=self._room(heard.call_sid))

    def _late(self, heard: Heard, poll: int) -> Prompt:
        if poll <= POLLS:
            return self._calls.one_moment(heard, poll)
        return self._calls.give_up(heard)


def create_voice(voice: Voice, check: Callable[[], Response | None]) -> Blueprint:
    """The blueprint. `check` refuses what Twilio did not sign."""
    blueprint = Blueprint("voice", __name__, url_prefix="/twilio/voice")
    blueprint.before_request(check)
    blueprint.before_request(names("CallSid"))
    blueprint.add_url_rule("", "arrive", voice.arrive, methods=["POST"])
    for name in ("turn", "wait", "fallback"):
        blueprint.add_url_rule(f"/{name}", name, getattr(voice, name), methods=["POST"])
    return blueprint


def _heard(turn: int | None = None) -> Heard:
    return Heard(
        call_sid=request.form.get("CallSid", "")[:64],
        turn=_count("turn", 1) if turn is None else turn,
        silent=_count("silent", 0),
        page=_count("page", 0),
        missed=_count("missed", 0),
        speech=request.form.get("SpeechResult", ""),
        digits=_keyed(),
        caller=number_of(request.form.get("From", "")),
        left=_count("left", 0),
        asks_more=bool(_count("more", 0)),
        failures=_count("failures", 0),
        noise=_count("noise", 0),
        sure=sure_of(request.form.get("Confidence", "")),
    )


def _keyed() -> str:
    """The keys, with the hash that closed them: Twilio tells of it beside them."""
    digits, closed = request.form.get("Digits", ""), request.form.get("FinishedOnKey")
    return f"{digits}#" if digits and closed == "#" else digits


def sure_of(given: str) -> float | None:
    """How sure the recogniser was; some of Twilio's do not say, or say 0."""
    try:
        sure = float(given)
    except ValueError:
        return None
    return sure if 0 < sure <= 1 else None


def _count(name: str, default: int) -> int:
    given = request.args.get(name, "")[:LONGEST_NUMBER]
    return int(given) if given.isascii() and given.isdigit() else default
