"""Writes a prompt as TwiML. Addresses are paths, so that they hold behind any proxy."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from twilio.twiml.voice_response import Gather, VoiceResponse

from casework.domain.conversations import Utterance
from telephony.calls import Prompt
from telephony.keys import offered, plan
from telephony.wording import Wording

LANGUAGE = "en-GB"

PAUSE_AFTER = {
    **dict.fromkeys(("text", "location", "address", "email"), "3"),
    **dict.fromkeys(("yes_no", "confirm", "offer", "satisfied", "choice", "date"), "1"),
}
"""Seconds of quiet that end an answer, by what is asked: a yes is said at once, a story is not."""

USUAL_PAUSE = "2"

MOST_HINTS = 100
LONGEST_HINT = 100


class VoiceTwiml:
    """TwiML of one council's line. `base` is the path before `/twilio` in public addresses."""

    def __init__(self, wording: Wording, base: str = "") -> None:
        self._wording = wording
        self._base = base

    def write(self, prompt: Prompt) -> str:
        """The document."""
        response = VoiceResponse()
        if prompt.over:
            self._say(response, prompt)
            response.hangup()
        elif prompt.poll is not None:
            self._say(response, prompt)
            response.redirect(self._address("wait", prompt, poll=prompt.poll), method="POST")
        elif prompt.room is not None:
            self._say(response, prompt)
            self._put_into(response, prompt.room, prompt.turn)
        else:
            self._listen(response, prompt)
        return str(response)

    def _say(self, verb: VoiceResponse | Gather, prompt: Prompt) -> None:
        for part in prompt.said:
            verb.say(part, voice=self._wording.voice, language=LANGUAGE)

    def _put_into(self, response: VoiceResponse, room: str, turn: int) -> None:
        """The conference of a handoff, which an agent starts. The star key leads out of it, and so
        does the agent's leaving; the caller's own ends it for nobody, as it may be the star."""
        about = urlencode({"handoff": room, "turn": turn})
        dial = response.dial(
            action=f"{self._base}/twilio/voice/left?{about}", method="POST", hangup_on_star=True
        )
        dial.conference(
            room,
            start_conference_on_enter=False,
            end_conference_on_exit=False,
            beep="false",
            wait_url=f"{self._base}/twilio/voice/hold?{about}&first=1",
            wait_method="POST",
        )

    def _listen(self, response: VoiceResponse, prompt: Prompt) -> None:
        asking = prompt.asking
        keys = plan(asking)
        kind = (asking.kind or "") if asking else ""
        options = {"num_digits": keys.num_digits} if keys.num_digits else {}
        gather = Gather(
            input="dtmf speech",
            language=LANGUAGE,
            action=self._address("turn", prompt),
            method="POST",
            timeout=keys.seconds,
            speech_timeout=PAUSE_AFTER.get(kind, USUAL_PAUSE),
            finish_on_key=keys.finish_on_key,
            action_on_empty_result=True,
            barge_in=True,
            profanity_filter=False,
            hints=hints(asking) or None,
            **options,
        )
        self._say(gather, prompt)
        response.append(gather)
        # Whoever does not post an empty result comes here after the silence.
        response.redirect(self._address("turn", prompt), method="POST")

    def _address(self, step: str, prompt: Prompt, **more: int) -> str:
        query = {
            "turn": prompt.turn,
            "silent": prompt.silent,
            "page": prompt.page,
            "missed": prompt.missed,
            **more,
        }
        kept = {name: value for name, value in query.items() if value or name in {"turn", "poll"}}
        return f"{self._base}/twilio/voice/{step}?{urlencode(kept)}"


def hints(asking: Utterance | None) -> str:
    """Words the recogniser may expect, parted by commas."""
    if asking is None:
        return ""
    labels = [choice.label for _, choice in offered(asking)]
    labels += [choice.label for choice in asking.choices]
    plain = (re.sub(r"[^\w' -]+", " ", label) for label in dict.fromkeys(labels))
    words = (" ".join(label.split())[:LONGEST_HINT] for label in plain)
    return ",".join([word for word in words if word][:MOST_HINTS])
