"""The webhooks of recording: what a caller says to it, the beginning of a talk, and what became of
a recording."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from urllib.parse import urlencode

from flask import Blueprint, Response, request

from casework.domain.errors import CaseworkError, NotFound
from casework.domain.recordings import RecordingState
from casework.ports.recordings import Held
from casework.use_cases.note_recording import note_recording
from casework.use_cases.office import Office
from casework.use_cases.record_talk import record_talk
from telephony.later import Later, in_the_background
from telephony.promptness import within
from telephony.prompts import Prompt, say
from telephony.recording_notice import Answer, RecordingNotice
from telephony.recording_out import STATES
from telephony.signatures import names
from telephony.transfer import Transfer
from telephony.twiml import VoiceTwiml
from telephony.voice import sure_of
from telephony.webhook_parts import (
    CALLERS_TRIES,
    again,
    call_sid,
    given,
    number,
    tried,
    twiml,
    unrecorded,
)
from telephony.wording import Wording

REPORTED = frozenset({RecordingState.KEPT, RecordingState.NONE})

KEEPS_WITHIN = 0.5
"""The part of the time for an answer after which it is not waited for that a no is kept: the turn
that follows needs some of it too."""


class RecordingWebhooks:
    """Each answers within `seconds`, whatever happens. `turn` answers a request as a turn of the
    dialogue, within the seconds given; `later` does what nobody has to wait for."""

    def __init__(
        self,
        office: Office,
        notice: RecordingNotice,
        transfer: Transfer,
        twiml: VoiceTwiml,
        wording: Wording,
        base: str,
        seconds: float,
        turn: Callable[[float], Response],
        later: Later = in_the_background,
    ) -> None:
        self._office, self._notice, self._transfer = office, notice, transfer
        self._twiml, self._wording, self._base = twiml, wording, base
        self._seconds, self._turn, self._later = seconds, turn, later

    def answered(self) -> Response:
        """A caller has heard the notice to its end, or answered it."""
        sid, speech = call_sid(), request.form.get("SpeechResult", "")[:2000]
        answer = self._answer(speech)
        if answer is Answer.ELSE:
            # They may be telling something that must not be lost: danger, for one. It is no yes,
            # and where that could not be kept they are asked again.
            began = time.monotonic()
            tried(self._seconds * KEEPS_WITHIN, lambda: self._notice.keep(sid, answer))
            return self._turn(self._seconds - (time.monotonic() - began))

        def work() -> Prompt:
            if answer is not Answer.UNKNOWN_KEY:
                self._notice.keep(sid, answer)
            return self._transfer.queued(sid, 0)

        # Both within the time of one: nobody listens to silence for twice as long.
        prompt = tried(self._seconds, work)
        if prompt is None:
            return self._again(answer)
        if answer is Answer.NO:
            prompt = self._told_off(prompt)
        return twiml(self._twiml.write(prompt))

    def _told_off(self, prompt: Prompt) -> Prompt:
        """The prompt after the word that nothing is recorded; whoever waits hears what keys lead to
        a moment later, as two sentences at once are enough."""
        said, room = say(self._wording.say("recording_off")), prompt.room
        if room is not None and not room.joined:
            return replace(prompt, said=said, room=replace(room, nth=0, quiet=1))
        return replace(prompt, said=(*said, *prompt.said))

    def talk(self) -> Response:
        """A conference has begun: caller and agent hear each other."""
        if request.form.get("StatusCallbackEvent") == "conference-start":
            self._later(partial(self._record, given("handoff")))
        return Response(status=204)

    def report(self) -> Response:
        """What has become of a recording."""
        state = STATES.get(request.form.get("RecordingStatus", ""))
        seconds = request.form.get("RecordingDuration", "")[:6]
        if state not in REPORTED:
            return Response(status=204)
        held = Held(
            request.form.get("RecordingSid", "")[:64],
            state,
            int(seconds) if seconds.isascii() and seconds.isdigit() else None,
        )
        try:
            note = partial(note_recording, self._office, given("recording"), call_sid(), held)
            within(self._seconds, note, failed=unrecorded)
        except NotFound:
            # Not one of ours, or of one that was forgotten: there is nothing to tell again.
            return Response(status=204)
        except Exception as failure:  # its words could quote the report
            unrecorded(failure)
            return Response(status=503)
        return Response(status=204)

    def _answer(self, speech: str) -> Answer:
        """What was said; what a request of ours that failed had understood already."""
        if given("said") in {one.value for one in Answer}:
            return Answer(given("said"))
        digits = request.form.get("Digits", "")[:4]
        return self._notice.read(digits, speech, sure_of(request.form.get("Confidence", "")))

    def _record(self, handoff_id: str) -> None:
        try:
            record_talk(self._office, handoff_id)
        except CaseworkError as failure:
            unrecorded(failure)

    def _again(self, answer: Answer) -> Response:
        """The same in a moment; in the end the truth."""
        tries = number("tries")
        carried = {name: number(name) for name in ("silent", "noise", "page", "missed", "failures")}
        query = {
            "said": answer.value,
            "turn": number("turn"),
            **{name: value for name, value in carried.items() if value},
            "tries": tries + 1,
        }
        address = f"{self._base}/twilio/voice/recording?{urlencode(query)}"
        return again(self._wording, tries, address, most=CALLERS_TRIES)


def create_recording(
    webhooks: RecordingWebhooks, check: Callable[[], Response | None]
) -> tuple[Blueprint, ...]:
    """The blueprints. `check` refuses what Twilio did not sign."""
    asked = Blueprint("recording_notice", __name__, url_prefix="/twilio/voice/recording")
    asked.before_request(check)
    asked.before_request(names("CallSid"))
    asked.add_url_rule("", "answered", webhooks.answered, methods=["POST"])
    news = Blueprint("recording", __name__, url_prefix="/twilio/recording")
    news.before_request(check)
    news.before_request(names("RecordingSid", "ConferenceSid"))
    news.add_url_rule("", "report", webhooks.report, methods=["POST"])
    news.add_url_rule("/talk", "talk", webhooks.talk, methods=["POST"])
    return asked, news
