"""One phone call, played as Twilio plays it.

Sources: https://www.twilio.com/docs/voice/twiml (requests, Gather, Redirect) and
https://www.twilio.com/docs/usage/security/availability-reliability (fallback).
"""

import contextlib
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from email.utils import formatdate
from typing import Any, Self
from urllib.parse import urljoin, urlsplit

from tests.twilio_stand_in.heard import Heard, call_params
from tests.twilio_stand_in.keypad import entered
from tests.twilio_stand_in.twiml import TwimlRefused, Verb, parse
from tests.twilio_stand_in.unplayed import note_unplayed
from tests.twilio_stand_in.web import (
    Get,
    Line,
    Post,
    Reply,
    Webhook,
    WebhookFailed,
)

MOST_REDIRECTS = 60
TOO_MANY_REDIRECTS = 11215
WAITED_FOR = ("Dial", "Enqueue", "Record")


class NotListening(Exception):
    """The caller spoke or pressed a key while nothing was being gathered: a fault of the test."""


class Call:
    """One inbound call.

    `from_number` None is a caller who withholds their number. `base_url` is the public base whose
    addresses are signed (by default that of an absolute `voice_url`), `send_to` where requests
    really go. `fallback_url` is asked when a webhook fails or its TwiML is refused; without it
    WebhookFailed and TwimlRefused are raised and the call is over. `wait` is called with the
    seconds of each Pause outside a Gather; by default pauses take no time.
    """

    def __init__(
        self,
        voice_url: str,
        token: str,
        *,
        from_number: str | None,
        to_number: str = "+441632960000",
        account_sid: str = "AC" + "0" * 32,
        call_sid: str | None = None,
        base_url: str | None = None,
        send_to: str | None = None,
        post: Post | None = None,
        get: Get | None = None,
        status_url: str | None = None,
        status_events: Sequence[str] = ("completed",),
        fallback_url: str | None = None,
        wait: Callable[[float], None] | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.line = Line(token, base_url or _origin(voice_url), send_to, post, get)
        self.voice_url = self.line.public(voice_url)
        self.from_number, self.to_number = from_number, to_number
        self.account_sid = account_sid
        self.call_sid = call_sid or "CA" + uuid.uuid4().hex
        self.status_url = status_url and self.line.public(status_url)
        self.status_events = tuple(status_events)
        self.fallback_url = fallback_url and self.line.public(fallback_url)
        self.status = "queued"
        self.webhooks: list[Webhook] = []
        self._wait = wait
        self._clock = clock
        self._began = 0.0
        self._document, self._document_url, self._position = "", self.voice_url, 0
        self._verbs: list[Verb] = []

    # What the caller does

    def begin(self) -> Heard:
        """Dial the number and listen until something is awaited."""
        heard = Heard()
        self._began = self._clock()
        self.status = "ringing"
        for event in ("initiated", "ringing"):
            self._tell_status(heard, event)
        return self._go(heard, "POST", self.voice_url, {})

    def say(self, text: str, confidence: float = 0.92) -> Heard:
        """Speak. Unheard where speech is not gathered, which is then silence."""
        gather = self._listening()
        if "speech" not in _inputs(gather) or not text.strip():
            return self.silence()
        return self._answer(gather, {"SpeechResult": text, "Confidence": str(confidence)})

    def talk_over(self, text: str, confidence: float = 0.92) -> Heard:
        """Speak while the prompt is still being said: without barge-in nobody hears it."""
        gather = self._listening()
        if gather.attributes.get("bargeIn") == "false":
            return Heard(gather=gather)
        return self.say(text, confidence)

    def press(self, digits: str) -> Heard:
        """Press keys (0-9, * and #). Unheard where keys are not gathered; spare ones are lost."""
        gather = self._listening()
        entry = entered(digits, gather.attributes)
        if "dtmf" not in _inputs(gather) or not entry:
            return self.silence()
        return self._answer(gather, entry)

    def silence(self) -> Heard:
        """Say and press nothing until the Gather times out."""
        gather = self._listening()
        if gather.attributes.get("actionOnEmptyResult") == "true":
            names = {"dtmf": "Digits", "speech": "SpeechResult"}
            return self._answer(gather, {names[kind]: "" for kind in _inputs(gather)})
        self._position += 1
        heard = Heard()
        return self._guard(heard, lambda: self._run(heard))

    def listen(self, heard: Heard) -> Heard:
        """Say nothing for as long as more is said by itself: to a Gather that posts no empty result
        and has another behind it. What is heard is added to `heard`, which is given back."""
        while self._goes_on_by_itself():
            self._position += 1
            heard.gather = None
            self._guard(heard, lambda: self._run(heard))
        return heard

    def _goes_on_by_itself(self) -> bool:
        gather = self.awaiting
        follows = any(verb.name == "Gather" for verb in self._verbs[self._position + 1 :])
        return (
            gather is not None
            and gather.attributes.get("actionOnEmptyResult") != "true"
            and follows
        )

    def hang_up(self) -> None:
        """Put the phone down; nothing happens when the call is already over."""
        if not self.over:
            self._end(Heard(), "completed")

    # What a test may look at or do again

    @property
    def over(self) -> bool:
        return self.status not in ("queued", "ringing", "in-progress")

    @property
    def awaiting(self) -> Verb | None:
        """The Gather that now listens."""
        if self.status != "in-progress" or self._position >= len(self._verbs):
            return None
        verb = self._verbs[self._position]
        return verb if verb.name == "Gather" else None

    def retry_last(self) -> Reply:
        """Send the last webhook again, the same in everything; the call does not move."""
        return self.resend(-1)

    def resend(self, n: int) -> Reply:
        """Send the n-th webhook again (from 0; negative from the end), as `retry_last`."""
        return self.line.send(self.webhooks[n])[0]

    def state(self) -> dict[str, Any]:
        """Everything but the token and the transports, fit for JSON."""
        plain = ("voice_url", "from_number", "to_number", "account_sid", "call_sid", "status_url")
        inner = ("_began", "_document", "_document_url", "_position")
        return {name.lstrip("_"): getattr(self, name) for name in plain + inner} | {
            "fallback_url": self.fallback_url,
            "base_url": self.line.base_url,
            "send_to": self.line.send_to,
            "status_events": list(self.status_events),
            "status": self.status,
            "webhooks": [webhook.as_dict() for webhook in self.webhooks],
        }

    @classmethod
    def resume(
        cls,
        state: Mapping[str, Any],
        *,
        token: str,
        post: Post | None = None,
        get: Get | None = None,
        wait: Callable[[float], None] | None = None,
        clock: Callable[[], float] = time.time,
        **more: Any,
    ) -> Self:
        """The call that `state` came from, as it stood; `more` is what else its class takes."""
        kept = dict(state)
        webhooks = [Webhook(**webhook) for webhook in kept.pop("webhooks")]
        inner = {
            name: kept.pop(name)
            for name in ("began", "document", "document_url", "position", "status")
        }
        call = cls(token=token, post=post, get=get, wait=wait, clock=clock, **kept, **more)
        call.webhooks, call.status = webhooks, inner["status"]
        call._began, call._position = inner["began"], inner["position"]
        call._document, call._document_url = inner["document"], inner["document_url"]
        call._verbs = parse(call._document, "text/xml", "voice") if call._document else []
        return call

    # What Twilio does

    def _listening(self) -> Verb:
        gather = self.awaiting
        if gather is None:
            raise NotListening(f"call {self.call_sid} is {self.status} and gathers nothing")
        return gather

    def _answer(self, gather: Verb, result: dict[str, str]) -> Heard:
        url = urljoin(self._document_url, gather.attributes.get("action", ""))
        return self._go(Heard(), gather.attributes.get("method", "POST"), url, result)

    def _go(self, heard: Heard, method: str, url: str, extra: dict[str, str]) -> Heard:
        def turn() -> None:
            self._fetch(heard, method, url, extra)
            if self.status == "ringing" and not _refuses(self._verbs):
                self.status = "in-progress"
                self._tell_status(heard, "answered")
            self._run(heard)

        return self._guard(heard, turn)

    def _guard(self, heard: Heard, turn: Callable[[], None]) -> Heard:
        """Run a turn; a fatal error in it ends the call before it is raised."""
        try:
            turn()
        except (WebhookFailed, TwimlRefused):
            if not self.over:
                with contextlib.suppress(WebhookFailed):
                    self._end(heard, "completed")
            raise
        return heard

    def _fetch(self, heard: Heard, method: str, url: str, extra: dict[str, str]) -> None:
        """Ask for the next document, of the fallback where there is one and `url` fails."""
        try:
            self._load(heard, method, url, extra)
        except (WebhookFailed, TwimlRefused) as error:
            if self.fallback_url is None or url == self.fallback_url:
                raise
            told = {"ErrorCode": str(error.code), "ErrorUrl": url}
            self._load(heard, "POST", self.fallback_url, told)

    def _load(self, heard: Heard, method: str, url: str, extra: dict[str, str]) -> None:
        reply = self._send(heard, method, url, self._params() | extra)
        body = reply.body.decode(errors="replace") if isinstance(reply.body, bytes) else reply.body
        heard.documents.append(body)
        self._verbs = parse(reply.body, reply.content_type, "voice")
        self._document, self._document_url, self._position = body, url, 0

    def _run(self, heard: Heard) -> None:
        """Carry out the document from where it stands until something is awaited."""
        redirects = 0
        while self._position < len(self._verbs):
            verb = self._verbs[self._position]
            heard.verbs.append(verb)
            note_unplayed(verb)
            if verb.name == "Redirect":
                redirects += 1
                if redirects > MOST_REDIRECTS:
                    raise TwimlRefused(TOO_MANY_REDIRECTS, f"more than {MOST_REDIRECTS} in a row")
                url = urljoin(self._document_url, verb.text)
                self._fetch(heard, verb.attributes.get("method", "POST"), url, {})
                continue
            self._speak(heard, verb)
            if verb.name == "Gather":
                heard.gather = verb
                return
            if verb.name in WAITED_FOR:
                heard.waiting = True
                self._put_through(heard, verb)
                return
            if verb.name in ("Hangup", "Reject"):
                break
            self._position += 1
        self._end(heard, _last_status(self._verbs) if self.status == "ringing" else "completed")

    def _put_through(self, heard: Heard, verb: Verb) -> None:
        """Connect the call as `verb` says; by itself a call has nobody to be connected to."""

    def _speak(self, heard: Heard, verb: Verb) -> None:
        for part in (verb, *(verb.nested if verb.name == "Gather" else ())):
            if part.name == "Say":
                heard.said += [part.text] * (int(part.attributes.get("loop", "1")) or 1)
        if verb.name == "Pause" and self._wait:
            self._wait(float(verb.attributes.get("length", "1")))

    def _end(self, heard: Heard, status: str) -> None:
        self.status = status
        heard.over = True
        self._tell_status(heard, "completed")

    def _tell_status(self, heard: Heard, event: str) -> None:
        if self.status_url is None or event not in self.status_events:
            return
        params = self._params()
        if event == "initiated":
            params["CallStatus"] = "initiated"
        if event == "completed":
            talked = self.status == "completed"
            seconds = max(1, round(self._clock() - self._began)) if talked else 0
            params |= {"CallDuration": str(seconds), "Duration": str(-(-seconds // 60))}
        told = sum("SequenceNumber" in webhook.params for webhook in self.webhooks)
        params |= {"CallbackSource": "call-progress-events", "SequenceNumber": str(told)}
        params["Timestamp"] = formatdate(self._clock()).replace("-0000", "+0000")
        self._send(heard, "POST", self.status_url, params)

    def _send(self, heard: Heard, method: str, url: str, params: dict[str, str]) -> Reply:
        webhook = Webhook.fresh(method, url, params)
        self.webhooks.append(webhook)
        heard.requests.append({"url": url, "params": params})
        reply, seconds = self.line.deliver(webhook)
        heard.seconds = max(heard.seconds, seconds)
        return reply

    def _params(self) -> dict[str, str]:
        parties = (self.from_number, self.to_number)
        return call_params(self.call_sid, self.account_sid, *parties, self.status)


def _origin(url: str) -> str:
    parts = urlsplit(url)
    if not parts.netloc:
        raise ValueError("base_url is needed where voice_url is only a path")
    return f"{parts.scheme}://{parts.netloc}"


def _inputs(gather: Verb) -> list[str]:
    return gather.attributes.get("input", "dtmf").split()


def _refuses(verbs: Sequence[Verb]) -> bool:
    """Whether the call is turned away unanswered: only a Reject that comes first does that."""
    return bool(verbs) and verbs[0].name == "Reject"


def _last_status(verbs: Sequence[Verb]) -> str:
    return "busy" if verbs[0].attributes.get("reason") == "busy" else "no-answer"


__all__ = ["Call", "Heard", "NotListening", "Reply", "TwimlRefused", "WebhookFailed"]
