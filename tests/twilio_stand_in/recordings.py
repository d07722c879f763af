"""Recordings of calls, made as Twilio makes them while a call goes on.

Source: https://www.twilio.com/docs/voice/api/recording. The sound is made up; `caught` has what the
recorded call was told by TwiML while it ran, and with whom it talked.
"""

import contextlib
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import formatdate
from typing import Any

from tests.twilio_stand_in.web import WebhookFailed

LIVE = ("in-progress", "paused")

Tell = Callable[[str, dict[str, str]], None]
"""Sends a form to an address of ours, as Twilio does."""


@dataclass
class Recording:
    """One recording. `asked` are the states that it was brought into, oldest first."""

    sid: str
    call_sid: str
    callback: str | None = None
    events: tuple[str, ...] = ("completed",)
    status: str = "in-progress"
    asked: list[str] = field(default_factory=list)
    pauses: list[str] = field(default_factory=list)
    caught: list[str] = field(default_factory=list)
    seconds: int = 42
    sound: bytes = b""

    @property
    def is_live(self) -> bool:
        return self.status in LIVE


class Recordings:
    """All recordings of an account, by sid. With `tells` off no news of them gets through."""

    def __init__(self, account_sid: str, tell: Tell) -> None:
        self.account_sid = account_sid
        self.made: dict[str, Recording] = {}
        self.deleted: list[str] = []
        self.tells = True
        self._tell = tell

    def begin(self, call_sid: str, callback: str | None, events: tuple[str, ...]) -> Recording:
        sid = "RE" + uuid.uuid4().hex
        sound = f"the sound of {sid}".encode() * 20
        made = Recording(sid, call_sid, callback, events, sound=sound, asked=["in-progress"])
        self.made[sid] = made
        self._report(made, "in-progress")
        return made

    def current(self, call_sid: str) -> Recording | None:
        """The one that runs in a call, or is paused there."""
        live = [one for one in self.made.values() if one.call_sid == call_sid and one.is_live]
        return live[-1] if live else None

    def of_call(self, call_sid: str) -> list[Recording]:
        return [one for one in self.made.values() if one.call_sid == call_sid]

    def change(self, one: Recording, status: str, pause: str) -> None:
        one.asked.append(status)
        if status == "paused":
            one.pauses.append(pause)
        if status == "stopped":
            self._complete(one)
        else:
            one.status = status

    def call_ended(self, call_sid: str) -> None:
        """A recording ends with its call."""
        for one in self.of_call(call_sid):
            if one.is_live:
                self._complete(one)

    def catch(self, call_sid: str, words: str) -> None:
        """Something is heard in a call."""
        one = self.current(call_sid)
        if one is not None and one.status == "in-progress":
            one.caught.append(words)

    def delete(self, sid: str) -> bool:
        if sid not in self.made:
            return False
        del self.made[sid]
        self.deleted.append(sid)
        return True

    def show(self, one: Recording) -> dict[str, Any]:
        """As the API shows it."""
        below = f"/2010-04-01/Accounts/{self.account_sid}"
        over = one.status == "completed"
        return {
            "sid": one.sid,
            "account_sid": self.account_sid,
            "call_sid": one.call_sid,
            "conference_sid": None,
            "api_version": "2010-04-01",
            "status": one.status,
            "duration": str(one.seconds) if over else None,
            "channels": 1,
            "source": "StartCallRecordingAPI",
            "track": "both",
            "error_code": None,
            "price": None,
            "price_unit": "USD",
            "date_created": formatdate().replace("-0000", "+0000"),
            "date_updated": formatdate().replace("-0000", "+0000"),
            "start_time": formatdate().replace("-0000", "+0000"),
            "encryption_details": None,
            "uri": f"{below}/Calls/{one.call_sid}/Recordings/{one.sid}.json",
        }

    def _complete(self, one: Recording) -> None:
        one.status = "completed"
        self._report(one, "completed")

    def _report(self, one: Recording, event: str) -> None:
        if one.callback is None or event not in one.events or not self.tells:
            return
        url = f"https://api.twilio.com/2010-04-01/Accounts/{self.account_sid}/Recordings/{one.sid}"
        about = {
            "AccountSid": self.account_sid,
            "CallSid": one.call_sid,
            "RecordingSid": one.sid,
            "RecordingUrl": url,
            "RecordingStatus": event,
            "RecordingChannels": "1",
            "RecordingSource": "StartCallRecordingAPI",
            "RecordingTrack": "both",
            "RecordingStartTime": formatdate().replace("-0000", "+0000"),
        }
        if event == "completed":
            about["RecordingDuration"] = str(one.seconds)
        with contextlib.suppress(WebhookFailed):
            self._tell(one.callback, about)
