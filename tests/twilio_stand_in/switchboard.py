"""Calls that are connected: conferences, calls placed by the REST API, and calls that it moves.

Sources: https://www.twilio.com/docs/voice/twiml/conference (rooms, waitUrl, hangupOnStar is of
Dial) and https://www.twilio.com/docs/voice/api/call-resource (placing, redirecting, ending).
What Twilio does of its own accord happens at once here, within the request that leads to it.
"""

import contextlib
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from tests.twilio_stand_in.call import Call, Heard
from tests.twilio_stand_in.heard import call_params
from tests.twilio_stand_in.recordings import Recordings
from tests.twilio_stand_in.twiml import TwimlRefused, Verb, parse
from tests.twilio_stand_in.web import Line, Post, Webhook, WebhookFailed

ALLOWED_ON_HOLD = frozenset({"Play", "Say", "Pause", "Redirect"})
NOT_ON_HOLD = 13249
"""Not one of Twilio's own: the documentation only says that other verbs are not supported."""


@dataclass
class Room:
    """A conference. It starts with the second participant, once one has come who may start it, and
    ends when it is empty or somebody leaves who ends it."""

    name: str
    inside: list["ConnectedCall"] = field(default_factory=list)
    started: bool = False
    may_start: bool = False
    sid: str = field(default_factory=lambda: "CF" + uuid.uuid4().hex)
    told: Verb | None = None
    """The noun of whoever came first: only their status callback counts."""


class Switchboard:
    """Connects the calls of an account; `calls` are those that were answered or placed by the REST
    API, `placed` the latter, oldest first. `registered` are the browsers (client:...) that can be
    rung; `unregistered` is how a call to any other ends: Twilio's documentation names no status."""

    def __init__(
        self,
        token: str,
        account_sid: str = "AC" + "0" * 32,
        *,
        base_url: str = "http://localhost:8000",
        send_to: str | None = None,
        post: Post | None = None,
    ) -> None:
        self.token, self.account_sid = token, account_sid
        self.options: dict[str, Any] = {"base_url": base_url, "send_to": send_to, "post": post}
        self.calls: dict[str, ConnectedCall] = {}
        self.placed: list[OutboundCall] = []
        self.rooms: dict[str, Room] = {}
        self.recordings = Recordings(account_sid, self._tell)
        self.registered: set[str] = set()
        self.unregistered = "no-answer"

    def ring(self, to: str, sender: str, url: str, **about: Any) -> "OutboundCall":
        """Places a call, which then rings; one to a browser that is not there ends at once."""
        call = OutboundCall(self, to, sender, url, **about)
        self.placed.append(call)
        if to.startswith("client:") and to not in self.registered:
            call.fails(self.unregistered)
        return call

    def ringing(self, number: str) -> "OutboundCall | None":
        """The newest call to a number that rings there."""
        calls = [call for call in self.placed if call.to_number == number]
        return next((call for call in reversed(calls) if call.status == "ringing"), None)

    def enter(self, call: "ConnectedCall", conference: Verb) -> Room:
        """Puts a call into a room."""
        room = self.rooms.setdefault(conference.text, Room(conference.text))
        room.inside.append(call)
        room.told = room.told or conference
        room.may_start |= conference.attributes.get("startConferenceOnEnter") != "false"
        room.started |= room.may_start and len(room.inside) > 1
        return room

    def has_started(self, name: str) -> bool:
        """Whether there is a conference of this name in which people talk."""
        return name in self.rooms and self.rooms[name].started

    def begun(self, room: Room) -> None:
        """Tells whoever wants to know that a conference has started."""
        about = {} if room.told is None else room.told.attributes
        if "start" in about.get("statusCallbackEvent", "").split():
            news = {
                "ConferenceSid": room.sid, "FriendlyName": room.name, "SequenceNumber": "1",
                "StatusCallbackEvent": "conference-start", "AccountSid": self.account_sid,
            }  # fmt: skip
            with contextlib.suppress(WebhookFailed):
                self._tell(about["statusCallback"], news)

    def _tell(self, url: str, form: dict[str, str]) -> None:
        line = Line(self.token, **self.options)
        line.send(Webhook.fresh("POST", line.public(url), form))

    def leave(self, call: "ConnectedCall", room: Room, *, ends: bool) -> None:
        """Takes a call out of a room; `ends` the room for everybody else too."""
        room.inside.remove(call)
        others = tuple(room.inside) if ends else ()
        for other in others:
            room.inside.remove(other)
        if not room.inside:
            self.rooms.pop(room.name, None)
        for other in others:
            other.dropped()


class ConnectedCall(Call):
    """A call that can wait and talk in rooms, and be moved by the REST API.

    What happens to it unasked is kept until `news` is read.
    """

    def __init__(self, voice_url: str, *, switchboard: Switchboard, **options: Any) -> None:
        own = {"account_sid": switchboard.account_sid, "token": switchboard.token}
        super().__init__(voice_url, **{**switchboard.options, **own, **options})
        self.switchboard = switchboard
        self.room: Room | None = None
        self.dials: Verb | None = None
        self.far_end: ScreenedCall | None = None
        self._hold_url, self._hold_method = "", "POST"
        self._news: list[Heard] = []

    # What the caller does

    def press(self, digits: str) -> Heard:
        """In a room only the star counts, where Dial says that it leads out."""
        if self.room is None:
            return super().press(digits)
        if "*" not in digits or self._dial.attributes.get("hangupOnStar") != "true":
            return Heard(waiting=True)
        self._step_out()
        return self._after_dial(Heard())

    def hold(self) -> Heard:
        """Listen to what is played until the conference starts; WebhookFailed if it cannot be had.
        Nothing is heard in a room that has started."""
        heard = Heard(waiting=True)
        if self.room is None or self.room.started or not self._hold_url:
            return heard
        reply = self._send(heard, self._hold_method, self._hold_url, self._params())
        verbs = parse(reply.body, reply.content_type, "voice")
        for verb in verbs:
            if verb.name not in ALLOWED_ON_HOLD:
                raise TwimlRefused(NOT_ON_HOLD, f"<{verb.name}> is not carried out while waiting")
            heard.verbs.append(verb)
            if verb.name == "Redirect":
                self._hold_url = urljoin(self._hold_url, verb.text)
                self._hold_method = verb.attributes.get("method", "POST")
                break
            self._speak(heard, verb)
        return heard

    def far_end_answers(self) -> "ScreenedCall":
        """The number that Dial rings for this call picks up. What its `url` names is played to
        them first; without one the two are joined at once."""
        number = self._dialled()
        url = number.attributes.get("url")
        address = urljoin(self._document_url, url) if url else self.voice_url
        self.far_end = ScreenedCall(self, number.text, address)
        if url:
            self.far_end.picks_up(number.attributes.get("method", "POST"))
        else:
            self.far_end.joined = True
        return self.far_end

    def far_end_is_over(self, status: str) -> Heard:
        """The call to that number ends ("completed"), or never comes about ("no-answer", "busy",
        "failed")."""
        self._dialled()
        self.dials = None
        return self._after_dial(Heard(), status)

    def far_end_gone(self) -> None:
        """The far end was hung up on, or hung up: the call goes on after its Dial."""
        self.dials = None
        if not self.over:
            with self._unasked() as heard:
                self._after_dial(heard, "completed")

    def _dialled(self) -> Verb:
        if self.dials is None:
            raise AssertionError(f"call {self.call_sid} dials no number")
        return self.dials

    def hang_up(self) -> None:
        """Put the phone down; who dialled is told at the address that Dial's end leads to."""
        if self.over:
            return
        if self.far_end is not None and not self.far_end.over:
            self.far_end.status = "completed"
        dials = self.room is not None or self.dials is not None
        action = self._dial.attributes.get("action") if dials else None
        # The news of it and the end of the conference come about together; the others' next
        # requests take longer.
        self._end(Heard(), "completed")
        self._step_out()
        if action:
            self._ask_in_vain(urljoin(self._document_url, action))

    # What a test may look at

    @property
    def talks_to(self) -> list[str]:
        """Numbers of the others in a conference that has started."""
        if self.room is None or not self.room.started:
            return []
        return [other.number for other in self.room.inside if other is not self]

    @property
    def rings_for(self) -> int:
        """Seconds for which the number that Dial rings is rung."""
        return int(self._dial.attributes.get("timeout", "30"))

    @property
    def number(self) -> str:
        """The number at the far end."""
        return self.from_number or "withheld"

    @property
    def has_news(self) -> bool:
        """Whether something came unasked since `news` was last read."""
        return bool(self._news)

    @property
    def news(self) -> Heard:
        """What came unasked since this was last read, as one, listened to until an answer is
        awaited."""
        told, self._news = self._news, []
        whole = Heard(over=self.over, waiting=self.room is not None, gather=self.awaiting)
        for heard in told:
            whole.said += heard.said
            whole.verbs += heard.verbs
            whole.documents += heard.documents
            whole.requests += heard.requests
        return whole if self.over else self.listen(whole)

    # What Twilio does

    def dropped(self) -> None:
        """The conference has ended; the call goes on after its Dial."""
        self.room = None
        with self._unasked() as heard:
            self._after_dial(heard)

    def redirected(self, url: str, method: str = "POST") -> None:
        """Another document is fetched, by the REST API's wish, whatever the call was doing."""
        self._step_out()
        with self._unasked() as heard:
            self._go(heard, method, url, {})

    def ended(self) -> None:
        """The REST API ends the call."""
        if not self.over:
            self._step_out()
            unanswered = self.status in ("queued", "ringing")
            with self._unasked() as heard:
                self._end(heard, "canceled" if unanswered else "completed")

    def _speak(self, heard: Heard, verb: Verb) -> None:
        before = len(heard.said)
        super()._speak(heard, verb)
        for words in heard.said[before:]:
            self.switchboard.recordings.catch(self.call_sid, words)

    def _end(self, heard: Heard, status: str) -> None:
        super()._end(heard, status)
        self.switchboard.recordings.call_ended(self.call_sid)

    def _load(self, heard: Heard, method: str, url: str, extra: dict[str, str]) -> None:
        # The REST API can move whatever goes on.
        self.switchboard.calls[self.call_sid] = self
        super()._load(heard, method, url, extra)

    def _put_through(self, heard: Heard, verb: Verb) -> None:
        conference = next((noun for noun in verb.nested if noun.name == "Conference"), None)
        self._dial = verb
        if conference is None:
            numbers = [noun for noun in verb.nested if noun.name == "Number"]
            self.dials = numbers[0] if numbers else None
            return
        self._conference = conference
        wait_url = conference.attributes.get("waitUrl")
        self._hold_url = urljoin(self._document_url, wait_url) if wait_url else ""
        alone = not self.switchboard.has_started(conference.text)
        self._hold_method = conference.attributes.get("waitMethod", "POST")
        self.room = self.switchboard.enter(self, conference)
        if alone and self.room.started:
            self.switchboard.begun(self.room)

    def _step_out(self) -> None:
        room, self.room = self.room, None
        if room is not None:
            ends = self._conference.attributes.get("endConferenceOnExit") == "true"
            self.switchboard.leave(self, room, ends=ends)

    def _after_dial(self, heard: Heard, status: str = "answered") -> Heard:
        action = self._dial.attributes.get("action")
        if action:
            url = urljoin(self._document_url, action)
            method = self._dial.attributes.get("method", "POST")
            return self._go(heard, method, url, {"DialCallStatus": status})
        self._position += 1
        return self._guard(heard, lambda: self._run(heard))

    def _ask_in_vain(self, url: str) -> None:
        """A request after the call is over: its answer is not carried out."""
        with contextlib.suppress(WebhookFailed):
            self._send(Heard(), "POST", url, self._params() | {"DialCallStatus": "answered"})

    @contextlib.contextmanager
    def _unasked(self) -> Iterator[Heard]:
        """What comes about unasked: news once it is whole, as another thread may read it."""
        heard = Heard()
        try:
            with contextlib.suppress(WebhookFailed, TwimlRefused):
                yield heard
        finally:
            self._news.append(heard)


class OutboundCall(ConnectedCall):
    """A call that the REST API placed to `to`; it rings until the far end does something."""

    def __init__(
        self, switchboard: Switchboard, to: str, sender: str, url: str, *, timeout: int = 60,
        **options: Any,
    ) -> None:  # fmt: skip
        super().__init__(url, switchboard=switchboard, from_number=sender, to_number=to, **options)
        self.timeout = timeout
        self.status = "ringing"
        switchboard.calls[self.call_sid] = self
        for event in ("initiated", "ringing"):
            self._tell_status(Heard(), event)

    @property
    def number(self) -> str:
        return self.to_number

    def answer(self) -> Heard:
        """The call is picked up, and listened to until something is awaited."""
        self._began = self._clock()
        self.status = "in-progress"
        heard = Heard()
        self._tell_status(heard, "answered")
        return self._go(heard, "POST", self.voice_url, {})

    def fails(self, status: str) -> None:
        """The call does not come about: "busy", "no-answer" or "failed"."""
        self._end(Heard(), status)

    def _params(self) -> dict[str, str]:
        own = call_params(
            self.call_sid, self.account_sid, self.from_number, self.to_number, self.status
        )
        return own | {"Direction": "outbound-api"}


class ScreenedCall(Call):
    """The call to a number that somebody's Dial rings, as whoever picked up there has it. A
    document that ends by itself joins the two; one that hangs up does not
    (https://www.twilio.com/docs/voice/twiml/number#attributes-url)."""

    def __init__(self, parent: ConnectedCall, to: str, url: str) -> None:
        own = {"account_sid": parent.switchboard.account_sid, "token": parent.switchboard.token}
        sender = parent._dial.attributes.get("callerId") or parent.from_number
        super().__init__(
            url, from_number=sender, to_number=to, **{**parent.switchboard.options, **own}
        )
        self.parent, self.joined = parent, False
        self.heard = Heard()

    def picks_up(self, method: str) -> Heard:
        self.status = "in-progress"
        self.heard = self._go(Heard(), method, self.voice_url, {})
        return self.heard

    def _end(self, heard: Heard, status: str) -> None:
        if not self.joined and self._verbs and self._position >= len(self._verbs):
            self.joined = True
            return
        super()._end(heard, status)
        self.parent.far_end_gone()

    def _params(self) -> dict[str, str]:
        return super()._params() | {
            "ParentCallSid": self.parent.call_sid, "Direction": "outbound-dial",
        }  # fmt: skip
