"""Recordings of agents' calls, by Twilio's REST API.

It is the agent's leg that is recorded, never the caller's: that leg holds nothing but the talk, and
ends with it. Sources: https://www.twilio.com/docs/voice/api/recording and the twilio library.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from casework.domain.errors import NotFound, SendingFailed
from casework.domain.recordings import RecordingState
from casework.ports.recordings import Audio, Held, Span
from telephony.recording_media import RecordingMedia
from telephony.rest_client import Result, asked, make_client

CURRENT = "Twilio.CURRENT"
"""Twilio's word for whichever recording of a call runs."""

GONE = frozenset({"20404", "21220", "404"})
"""Codes for what is not there: no such recording or none that runs, and a call that is over."""

STATES = {
    "in-progress": RecordingState.RUNNING,
    "paused": RecordingState.PAUSED,
    "stopped": RecordingState.OVER,
    "processing": RecordingState.OVER,
    "completed": RecordingState.KEPT,
    "absent": RecordingState.NONE,
    "failed": RecordingState.NONE,
    "deleted": RecordingState.NONE,
}
"""Twilio's words for how a recording stands."""


class TwilioRecorder:
    """Implements `CallRecorder`."""

    def __init__(
        self,
        account_sid: str,
        auth_token: str,
        api_base: str,
        webhooks: str,
        timeout: float = 8.0,
    ) -> None:
        """`api_base` stands in for https://api.twilio.com, `webhooks` is the public address before
        `/recording`. `timeout` is in seconds, for connecting and for each wait for an answer."""
        self._client = make_client(account_sid, auth_token, api_base, timeout)
        self._media = RecordingMedia(account_sid, auth_token, api_base, timeout)
        self._webhooks = webhooks

    def start(self, recording_id: str, call: str) -> str:
        """As the port says."""
        news = f"{self._webhooks}/recording?{urlencode({'recording': recording_id})}"

        def create() -> str:
            made = self._client.calls(call).recordings.create(
                recording_status_callback=news,
                # Several events are one value, parted by spaces.
                recording_status_callback_event=["completed absent"],
                recording_status_callback_method="POST",
                recording_channels="mono",
                recording_track="both",
                trim="do-not-trim",
            )
            if not isinstance(made.sid, str) or not made.sid:
                raise ValueError("no id")
            return made.sid

        return _found(create)

    def pause(self, call: str, sid: str | None) -> None:
        """As the port says. What is said meanwhile is left out, and no silence put in its place."""
        self._moved(call, sid, "paused", pause_behavior="skip")

    def go_on(self, call: str, sid: str | None) -> None:
        """As the port says."""
        self._moved(call, sid, "in-progress")

    def stop(self, call: str, sid: str | None) -> str | None:
        """As the port says."""
        try:
            return self._moved(call, sid, "stopped")
        except NotFound:
            return None

    def of_call(self, call: str) -> list[Held]:
        """As the port says."""

        def read() -> list[Held]:
            return [_held(one) for one in self._client.calls(call).recordings.list(limit=20)]

        try:
            return _found(read)
        except NotFound:
            return []

    def remove(self, sid: str) -> None:
        """As the port says."""

        def delete() -> None:
            if not self._client.recordings(sid).delete():
                raise ValueError("not deleted")

        try:
            _found(delete)
        except NotFound:
            return

    def listen(self, sid: str, span: Span | None) -> Audio:
        """As the port says."""
        return self._media.listen(sid, span)

    def _moved(self, call: str, sid: str | None, status: str, **how: str) -> str:
        """Has a recording so from now on; Twilio's id of it. Only its own word that it is so counts
        as done."""

        def update() -> str:
            one = self._client.calls(call).recordings(sid or CURRENT).update(status=status, **how)
            held = _held(one)
            if held.state is not STATES[status] and not (status == "stopped" and not held.is_live):
                raise ValueError("not so")
            return held.sid

        try:
            return _found(update)
        except SendingFailed as refused:
            if not refused.again and self._is_over(call, sid):
                raise NotFound("recording") from None
            raise

    def _is_over(self, call: str, sid: str | None) -> bool:
        """Whether nothing runs that was to be changed: Twilio refuses to change what is over."""
        try:
            found = self.of_call(call)
        except SendingFailed:
            return False
        return not any(one.is_live and sid in {None, one.sid} for one in found)


def _held(one: object) -> Held:
    sid, status = getattr(one, "sid", None), getattr(one, "status", None)
    if not isinstance(sid, str) or status not in STATES:
        raise ValueError("not a recording")
    seconds = str(getattr(one, "duration", None) or "")
    return Held(sid, STATES[status], int(seconds) if seconds.isdecimal() else None)


def _found(request: Callable[[], Result]) -> Result:
    """What Twilio answers; NotFound for what is not there, SendingFailed for all else."""
    try:
        return asked(request)
    except SendingFailed as failure:
        if failure.code in GONE:
            raise NotFound("recording") from None
        raise
