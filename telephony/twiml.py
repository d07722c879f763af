"""Writes a prompt as TwiML. Addresses are paths, so that they hold behind any proxy."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from twilio.twiml.voice_response import Gather, VoiceResponse

from telephony.hints import Places, hints
from telephony.keys import by_keys_alone, plan
from telephony.pieces import Piece, pieces
from telephony.prompts import Prompt, Room
from telephony.pronouncing import LANGUAGE, read_out
from telephony.wording import Wording

PAUSE_AFTER = {
    **dict.fromkeys(("text", "location", "address", "email"), 3),
    **dict.fromkeys(("yes_no", "confirm", "offer", "satisfied", "choice", "date"), 1),
}
"""Seconds of quiet that end an answer, by what is asked: a yes is said at once, a story is not."""

USUAL_PAUSE = 2

PATIENT_PAUSE = 5
"""As many while somebody types, or reads out what was typed."""

MORE_WITHIN = 4
"""Seconds to answer whether to go on with a long answer; silence goes on."""

NO_WITHIN, PATIENT_NO_WITHIN = 3, 10
"""Seconds to say no to a recording; the longer for whoever types or uses the keys."""

BREATH, LONG_BREATH = 1, 2
"""Seconds of quiet between two pieces of what is said; the longer for whoever takes their time."""


class VoiceTwiml:
    """TwiML of one council's line. `base` is the path before `/twilio` in public addresses;
    `places` are names that the recogniser is to expect in an address."""

    def __init__(self, wording: Wording, base: str = "", places: Places | None = None) -> None:
        self._wording = wording
        self._base = base
        self._places = places or Places()

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
            self._put_into(response, prompt, prompt.room)
        else:
            self._listen(response, prompt)
        return str(response)

    def _say(self, verb: VoiceResponse | Gather, prompt: Prompt) -> None:
        for part in prompt.said:
            read_out(verb, part.text, self._wording.voice, prompt.manner)

    def _put_into(self, response: VoiceResponse, prompt: Prompt, room: Room) -> None:
        """The conference of a handoff, which an agent starts. The star key leads out of it, and so
        does the agent's leaving; the caller's own ends it for nobody, as it may be the star.

        Until the agent is there it is a wait outside: what a conference plays hears no keys.
        """
        if room.notice:
            self._tell_of_recording(response, prompt)
            return
        if not room.joined:
            self._wait(response, prompt, room)
            return
        self._say(response, prompt)
        about = urlencode({"handoff": room.id, "turn": prompt.turn})
        dial = response.dial(
            action=f"{self._base}/twilio/voice/left?{about}", method="POST", hangup_on_star=True
        )
        dial.conference(
            room.id,
            start_conference_on_enter=False,
            end_conference_on_exit=False,
            beep="false",
            wait_url=f"{self._base}/twilio/voice/hold?{about}",
            wait_method="POST",
            **room.news,
        )

    def _tell_of_recording(self, response: VoiceResponse, prompt: Prompt) -> None:
        """Says that the talk may be recorded, to the end, and hears a no; silence goes on."""
        here = self._address("recording", prompt)
        gather = Gather(
            input="dtmf speech",
            language=LANGUAGE,
            action=here,
            method="POST",
            num_digits=1,
            finish_on_key="",
            timeout=PATIENT_NO_WITHIN if prompt.manner.patient else NO_WITHIN,
            speech_timeout=PAUSE_AFTER["yes_no"],
            barge_in=False,
            profanity_filter=False,
        )
        said = (*(part.text for part in prompt.said), self._wording.say("recording_notice"))
        read_out(gather, " ".join(said), self._wording.voice, prompt.manner)
        response.append(gather)
        response.redirect(here, method="POST")

    def _wait(self, response: VoiceResponse, prompt: Prompt, room: Room) -> None:
        """Says it, hears a key, and asks what there is to say next."""
        here = f"{self._base}/twilio/voice/queued"
        gather = Gather(
            input="dtmf",
            num_digits=1,
            timeout=room.quiet,
            finish_on_key="",
            action=f"{here}?{urlencode({'turn': prompt.turn})}",
            method="POST",
            barge_in=not any(part.firm for part in prompt.said),
        )
        for part in prompt.said:
            read_out(gather, part.text, self._wording.voice, prompt.manner)
        response.append(gather)
        response.redirect(f"{here}?{urlencode({'nth': room.nth})}", method="POST")

    def _listen(self, response: VoiceResponse, prompt: Prompt) -> None:
        """Says it piece by piece, listening after each; whoever says nothing hears the next."""
        said = pieces(prompt.said, self._wording.say("more")) or (Piece(()),)
        said = said[-prompt.left :] if prompt.left else said
        words = hints(prompt.asking, self._places, len(said))
        for place, piece in enumerate(said, 1):
            gather = self._gather(prompt, piece, len(said) - place, words)
            text = " ".join(part.text for part in piece.parts)
            if text:
                read_out(gather, text, self._wording.voice, prompt.manner)
            response.append(gather)
        # Whoever does not post an empty result comes here after the silence.
        response.redirect(self._address("turn", prompt), method="POST")

    def _gather(self, prompt: Prompt, piece: Piece, left: int, words: str) -> Gather:
        """Listens to the answer while a piece is said, of which `left` follow."""
        asking, manner = prompt.asking, prompt.manner
        keys = plan(asking, manner)
        kind = (asking.kind or "") if asking else ""
        pause = PATIENT_PAUSE if manner.patient else PAUSE_AFTER.get(kind, USUAL_PAUSE)
        breath = LONG_BREATH if manner.patient else BREATH
        options: dict[str, Any] = {"num_digits": keys.num_digits} if keys.num_digits else {}
        if not left:
            # Only the last one ends in silence: the others just go on.
            options["action_on_empty_result"] = True
        if not self._by_keys_only(prompt):
            options |= {"hints": words or None, "profanity_filter": False, "speech_timeout": pause}
        return Gather(
            input="dtmf" if self._by_keys_only(prompt) else "dtmf speech",
            language=LANGUAGE,
            action=self._address("turn", prompt, left=left, more=int(piece.more)),
            method="POST",
            timeout=MORE_WITHIN if piece.more else breath if left else keys.seconds,
            # A hash while something is read out is enough of it; otherwise it ends a number.
            finish_on_key="" if left and keys.num_digits == 1 else keys.finish_on_key,
            barge_in=not piece.firm,
            **options,
        )

    def _by_keys_only(self, prompt: Prompt) -> bool:
        """Whether only keys count: for whoever uses them no noise of the line is an answer. They
        may still say what no key can, and speak after a silence."""
        asking, manner = prompt.asking, prompt.manner
        keyed = asking is not None and not by_keys_alone(asking, manner)
        return manner.keypad and keyed and not prompt.silent

    def _address(self, step: str, prompt: Prompt, **more: int) -> str:
        query = {
            "turn": prompt.turn,
            "silent": prompt.silent,
            "noise": prompt.noise,
            "page": prompt.page,
            "missed": prompt.missed,
            "failures": prompt.failures or 0,
            **more,
        }
        kept = {name: value for name, value in query.items() if value or name in {"turn", "poll"}}
        return f"{self._base}/twilio/voice/{step}?{urlencode(kept)}"
