"""A phone that texts, and Twilio's part between it and us.

Sources: https://www.twilio.com/docs/messaging/guides/webhook-request, /docs/messaging/twiml and
Twilio's page on opt-out keywords.
"""

import mimetypes
import uuid
from collections.abc import Sequence
from urllib.parse import urljoin

from tests.twilio_stand_in.twiml import TwimlRefused, Verb, parse
from tests.twilio_stand_in.unplayed import note_unplayed
from tests.twilio_stand_in.web import (
    Get,
    Line,
    Post,
    Reply,
    Webhook,
    WebhookFailed,
    country_of,
)

STOP_WORDS = {"STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"}
START_WORDS = {"START", "UNSTOP"}
HELP_WORDS = {"HELP", "INFO"}

# What Twilio itself answers to a keyword, apart from anything of ours.
STOPPED = (
    "You have successfully been unsubscribed. You will not receive any more messages from this"
    " number. Reply START to resubscribe."
)
STARTED = "You have successfully been re-subscribed to messages from this number."
HELPED = "Reply STOP to unsubscribe. Msg&Data Rates May Apply."

OPTED_OUT = 21610
RETRIEVAL_LIMIT = 14106
MOST_REDIRECTS = 10

_GSM = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_DOUBLE = set("^{}\\[~]|€\f")


class TextRefused(Exception):
    """A text of ours that Twilio would not send; `code` is Twilio's."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(f"{code}: {reason}")
        self.code = code
        self.reason = reason


def segments(body: str) -> int:
    """How many SMS a text takes: 160 (or 153 each) in GSM-7, else 70 (or 67 each) in UCS-2."""
    if set(body) <= _GSM | _GSM_DOUBLE:
        size, one, many = len(body) + sum(char in _GSM_DOUBLE for char in body), 160, 153
    else:
        size, one, many = len(body.encode("utf-16-be")) // 2, 70, 67
    return 1 if size <= one else -(-size // many)


class TextPhone:
    """A mobile phone.

    `inbox` holds every text it got, in order: ours in TwiML, ours through the REST API (whoever
    runs that calls `receive`), and Twilio's own answers to keywords. `blocked` is the set of
    numbers that opted out; give it the REST API's to have one truth. `opt_out_type` sends
    OptOutType, as Advanced Opt-Out does. `fallback_url` is asked when a webhook fails or its TwiML
    is refused.
    """

    def __init__(
        self,
        number: str,
        sms_url: str,
        token: str,
        base_url: str,
        send_to: str | None = None,
        post: Post | None = None,
        to_number: str = "+441632960000",
        *,
        get: Get | None = None,
        account_sid: str = "AC" + "0" * 32,
        opt_out_type: bool = False,
        blocked: set[str] | None = None,
        fallback_url: str | None = None,
    ) -> None:
        self.number, self.to_number, self.account_sid = number, to_number, account_sid
        self.line = Line(token, base_url, send_to, post, get)
        self.sms_url = self.line.public(sms_url)
        self.fallback_url = fallback_url and self.line.public(fallback_url)
        self.opt_out_type = opt_out_type
        self.blocked = set[str]() if blocked is None else blocked
        self.inbox: list[str] = []
        self.webhooks: list[Webhook] = []
        self.last_reply: Reply | None = None

    @property
    def is_blocked(self) -> bool:
        return self.number in self.blocked

    def text(self, body: str, media: Sequence[str] = ()) -> list[str]:
        """Send a text with the addresses of its pictures; the texts that our TwiML answers.

        Raises WebhookFailed, TwimlRefused, and TextRefused (21610) for an answer to a number that
        has opted out.
        """
        params = self._params(body, media)
        keyword = self._keyword(body)
        if keyword and self.opt_out_type:
            params["OptOutType"] = keyword
        self._obey(keyword)
        return self._deliver(self._answer("POST", self.sms_url, params))

    def receive(self, body: str) -> None:
        """Take a text from outside TwiML. Raises TextRefused (21610) when opted out."""
        if self.is_blocked:
            raise TextRefused(OPTED_OUT, f"{self.number} has opted out")
        self.inbox.append(body)

    def retry_last(self) -> Reply:
        """Send the last webhook again, the same in everything; nothing reaches the inbox."""
        return self.line.send(self.webhooks[-1])[0]

    def _params(self, body: str, media: Sequence[str]) -> dict[str, str]:
        sid = ("MM" if media else "SM") + uuid.uuid4().hex
        params = {
            "MessageSid": sid,
            "SmsSid": sid,
            "SmsMessageSid": sid,
            "AccountSid": self.account_sid,
            "From": self.number,
            "To": self.to_number,
            "Body": body,
            "NumMedia": str(len(media)),
            "NumSegments": str(segments(body)),
            "SmsStatus": "received",
            "ApiVersion": "2010-04-01",
        }
        for party, number in (("From", self.number), ("To", self.to_number)):
            params |= {f"{party}City": "", f"{party}State": "", f"{party}Zip": ""}
            params[f"{party}Country"] = country_of(number)
        for n, url in enumerate(media):
            params[f"MediaUrl{n}"] = url
            params[f"MediaContentType{n}"] = mimetypes.guess_type(url)[0] or "image/jpeg"
        return params

    def _keyword(self, body: str) -> str | None:
        word = body.strip().upper()
        if word in STOP_WORDS:
            return "STOP"
        if word in START_WORDS or (word == "YES" and self.is_blocked):
            return "START"
        return "HELP" if word in HELP_WORDS else None

    def _obey(self, keyword: str | None) -> None:
        """Block, unblock and answer a keyword, before our webhook hears of it."""
        if keyword == "STOP" and not self.is_blocked:
            self.inbox.append(STOPPED)
            self.blocked.add(self.number)
        elif keyword == "START":
            self.blocked.discard(self.number)
            self.inbox.append(STARTED)
        elif keyword == "HELP" and not self.is_blocked:
            self.inbox.append(HELPED)

    def _answer(self, method: str, url: str, params: dict[str, str]) -> list[Verb]:
        """The messages that we answer, through any Redirect."""
        messages: list[Verb] = []
        for _ in range(MOST_REDIRECTS):
            onward = None
            for verb in self._document(method, url, params):
                note_unplayed(verb)
                if verb.name == "Redirect":
                    onward = verb
                    break
                messages.append(verb)
            if onward is None:
                return messages
            method = onward.attributes.get("method", "POST")
            url = urljoin(url, onward.text)
        raise TwimlRefused(RETRIEVAL_LIMIT, f"more than {MOST_REDIRECTS} documents")

    def _document(self, method: str, url: str, params: dict[str, str]) -> list[Verb]:
        """What we answer, or our fallback does where there is one and `url` fails."""
        try:
            return self._asked(method, url, params)
        except (WebhookFailed, TwimlRefused) as error:
            if self.fallback_url is None:
                raise
            told = {"ErrorCode": str(error.code), "ErrorUrl": url}
            return self._asked("POST", self.fallback_url, params | told)

    def _asked(self, method: str, url: str, params: dict[str, str]) -> list[Verb]:
        webhook = Webhook.fresh(method, url, params)
        self.webhooks.append(webhook)
        self.last_reply, _seconds = self.line.deliver(webhook)
        if not self.last_reply.body:
            return []
        return parse(self.last_reply.body, self.last_reply.content_type, "messaging")

    def _deliver(self, messages: Sequence[Verb]) -> list[str]:
        mine = [verb for verb in messages if verb.attributes.get("to", self.number) == self.number]
        for verb in mine:
            self.receive(verb.text)
        return [verb.text for verb in mine]
