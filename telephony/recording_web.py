"""The webhooks of recording: what a caller says to it, the beginning of a talk, and what became of
a recording."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from urllib.parse import urlencode

from flask import Blueprint, Response, request
from twilio.twiml.voice_response import VoiceResponse

from casework.domain.errors import CaseworkError, NotFound
from casework.domain.recordings import RecordingState
from casework.ports.recordings import Held
from casework.use_cases.note_recording import note_recording
from casework.use_cases.office import Office
from casework.use_cases.record_talk import record_talk
from telephony.later import Later, in_the_background
from telephony.promptness import within
from telephony.prompts import Prompt, say
from telephony.pronouncing import read_out
from telephony.recording_notice import Answer, RecordingNotice
from telephony.recording_out import STATES
from telephony.signatures import names
from telephony.transfer import Transfer
from telephony.twiml import VoiceTwiml
from telephony.voice import sure_of
from telephony.webhook_parts import MOST_TRIES, call_sid, given, missed, number, tried, twiml
from telephony.wording import Wording

REPORTED = frozenset({RecordingState.KEPT, RecordingState.NONE})


class RecordingWebhooks:
    """Each answers within `seconds`, whatever happens. `turn` answers a request as a turn of the
    dialogue; `later` does what nobody has to wait for."""

    def __init__(
        self,
        office: Office,
        notice: RecordingNotice,
        transfer: Transfer,
        twiml: VoiceTwiml,
        wording: Wording,
        base: str,
        seconds: float,
        turn: Callable[[], Response],
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
            tried(self._seconds, lambda: self._notice.keep(sid, answer))
            return self._turn()

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
            within(self._seconds, note, failed=missed)
        except NotFound:
            # Not one of ours, or of one that was forgotten: there is nothing to tell again.
            return Response(status=204)
        except Exception as failure:  # its words could quote the report
            missed(failure)
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
            missed(failure)

    def _again(self, answer: Answer) -> Response:
        """The same in a moment; in the end the truth."""
        response, tries = VoiceResponse(), number("tries")
        if tries >= 2 * MOST_TRIES:
            read_out(response, self._wording.say("out_of_order"), self._wording.voice)
            response.hangup()
            return twiml(response)
        response.pause(length=1)
        carried = {name: number(name) for name in ("silent", "noise", "page", "missed", "failures")}
        query = {
            "said": answer.value,
            "turn": number("turn"),
            **{name: value for name, value in carried.items() if value},
            "tries": tries + 1,
        }
        about = urlencode(query)
        response.redirect(f"{self._base}/twilio/voice/recording?{about}", method="POST")
        return twiml(response)


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
