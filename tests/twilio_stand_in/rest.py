"""Twilio's REST API for messages and calls, as far as we use it.

Sources: https://www.twilio.com/docs/messaging/api/message-resource and /docs/api/errors.
"""

import contextlib
import hmac
import re
import threading
import time
import uuid
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from email.utils import formatdate
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, jsonify, request
from werkzeug.serving import make_server

from tests.twilio_stand_in.rest_calls import CallsApi
from tests.twilio_stand_in.rest_check import add_checks
from tests.twilio_stand_in.rest_errors import MESSAGES, Refused, error, is_number, refusal
from tests.twilio_stand_in.rest_media import MediaApi
from tests.twilio_stand_in.rest_recordings import RecordingsApi
from tests.twilio_stand_in.switchboard import Switchboard
from tests.twilio_stand_in.texts import segments
from tests.twilio_stand_in.web import Line, Post, Reply, Webhook

LONGEST_BODY = 1600


@dataclass
class Failure:
    """A scripted failure: the next `times` requests answer `status` after `hang` seconds."""

    status: int | None
    code: int
    times: int
    hang: float


class TwilioRest:
    """An account with numbers of its own.

    `asked` holds the method, path and status of every request;
    `sent` holds each accepted message as the API shows it, kept up to date by `deliver`;
    `callbacks` its StatusCallback by sid; `blocked` the numbers that opted out and `landlines`
    those that take no texts. `on_message` is called with each accepted message. Status callbacks
    are signed for `base_url` and sent to `send_to`, or to the address given when there is none.
    `switchboard` has the calls that it places and moves, and what it records of them; `media` has
    what came with texts.
    """

    def __init__(
        self,
        account_sid: str,
        auth_token: str,
        our_numbers: Collection[str],
        *,
        on_message: Callable[[dict[str, Any]], None] | None = None,
        post: Post | None = None,
        base_url: str = "http://localhost:8000",
        send_to: str | None = None,
    ) -> None:
        self.account_sid, self.auth_token = account_sid, auth_token
        self.our_numbers = set(our_numbers)
        self.on_message = on_message
        self.blocked: set[str] = set()
        self.landlines: set[str] = set()
        self.sent: list[dict[str, Any]] = []
        self.asked: list[tuple[str, str, int]] = []
        self.callbacks: dict[str, str] = {}
        self.media = MediaApi(account_sid)
        self.url = ""
        self.switchboard = Switchboard(
            auth_token, account_sid, base_url=base_url, send_to=send_to, post=post
        )
        self.recordings = RecordingsApi(self.switchboard)
        self._line = Line(auth_token, base_url, send_to, post)
        self._failures: list[Failure] = []
        self._lock = threading.Lock()

    def fail_next(
        self, status: int | None, code: int | None = None, times: int = 1, hang: float = 0.0
    ) -> None:
        """Make the next `times` requests fail with an HTTP status, after `hang` seconds.

        With status None they only hang and are then carried out: the message goes although the
        sender may have given up on it.
        """
        ordinary = {429: 20429, 500: 20500, 503: 20503}
        chosen = code if code is not None else ordinary.get(status or 0, 20500)
        self._failures.append(Failure(status, chosen, times, hang))

    def recovers(self) -> None:
        """No request fails any more."""
        with self._lock:
            self._failures.clear()

    def deliver(
        self, sid: str, status: str, error_code: int | None = None, **extra: str
    ) -> Reply | None:
        """Move a message on ("sent", "delivered", "undelivered", "failed") and tell us of it.

        Returns the raw answer of our status callback, None for a message without one. Raises
        KeyError for an unknown sid and WebhookFailed when nothing answers.
        """
        message = self._find(sid)
        if message is None:
            raise KeyError(sid)
        message |= {"status": status, "error_code": error_code, "date_updated": _now()}
        if status in ("sent", "delivered") and message["date_sent"] is None:
            message["date_sent"] = _now()
        if sid not in self.callbacks:
            return None
        params = {
            "MessageSid": sid,
            "SmsSid": sid,
            "MessageStatus": status,
            "SmsStatus": status,
            "To": message["to"],
            "From": message["from"] or min(self.our_numbers),
            "AccountSid": self.account_sid,
            "ApiVersion": "2010-04-01",
        }
        if message["messaging_service_sid"]:
            params["MessagingServiceSid"] = message["messaging_service_sid"]
        if error_code is not None:
            params["ErrorCode"] = str(error_code)
        return self._line.send(Webhook.fresh("POST", self.callbacks[sid], params | extra))[0]

    def create_app(self) -> Flask:
        """The API as a WSGI application."""
        app = Flask("twilio_stand_in")
        base = "/2010-04-01/Accounts/<account>/Messages"
        app.add_url_rule(f"{base}.json", "create", self._create, methods=["POST"])
        app.add_url_rule(f"{base}/<sid>.json", "fetch", self._fetch, methods=["GET"])
        CallsApi(self.switchboard, self.our_numbers).add_to(app)
        self.media.add_to(app)
        self.recordings.add_to(app)
        app.register_error_handler(Refused, refusal)
        app.before_request(self._known)
        app.after_request(self._noted)
        add_checks(app)
        app.before_request(self._scripted)
        return app

    @contextlib.contextmanager
    def serve(self) -> Iterator["TwilioRest"]:
        """Run the API on a free port of this machine; its address is `url` meanwhile."""
        server = make_server("127.0.0.1", 0, self.create_app(), threaded=True)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        self.url = f"http://127.0.0.1:{server.server_port}"
        try:
            yield self
        finally:
            server.shutdown()
            thread.join()
            server.server_close()
            self.url = ""

    def _known(self) -> None:
        """Check the credentials."""
        given = request.authorization
        known = given is not None and given.type == "basic" and given.username == self.account_sid
        if not known or not hmac.compare_digest(str(given and given.password), self.auth_token):
            raise Refused(20003, 401)
        if (request.view_args or {}).get("account", self.account_sid) != self.account_sid:
            raise Refused(20404, 404)

    def _scripted(self) -> Response | None:
        """Carry out a scripted failure."""
        failure = self._next_failure()
        if failure is None:
            return None
        if failure.hang:
            time.sleep(failure.hang)
        if failure.status is None:
            return None
        text = MESSAGES.get(failure.code, "Scripted failure")
        return error(failure.code, text, failure.status)

    def _noted(self, answer: Response) -> Response:
        """Keeps what was asked and how it was answered: `asked` has method, path and status."""
        self.asked.append((request.method, request.path, answer.status_code))
        return answer

    def _next_failure(self) -> Failure | None:
        with self._lock:
            if not self._failures:
                return None
            failure = self._failures[0]
            failure.times -= 1
            if failure.times <= 0:
                self._failures.pop(0)
            return failure

    def _create(self, account: str) -> tuple[Response, int]:
        form = request.form
        self._check_parties(form.get("To", ""), form.get("From"), form.get("MessagingServiceSid"))
        body = form.get("Body", "")
        if not body.strip() and not form.getlist("MediaUrl"):
            raise Refused(21602)
        if len(body) > LONGEST_BODY:
            raise Refused(21617)
        callback = form.get("StatusCallback")
        if callback:
            parts = urlsplit(callback)
            if parts.scheme not in ("http", "https") or not parts.netloc:
                raise Refused(21609)
        message = self._message(form.get("From"), form.get("MessagingServiceSid"))
        self.sent.append(message)
        if callback:
            self.callbacks[message["sid"]] = callback
        if self.on_message:
            self.on_message(dict(message))
        return jsonify(message), 201

    def _check_parties(self, to: str, sender: str | None, service: str | None) -> None:
        """Refuse wrong numbers in the order in which Twilio looks at them."""
        if not to:
            raise Refused(21604)
        if not is_number(to):
            raise Refused(21211)
        if not sender and not service:
            raise Refused(21603)
        if service and not re.fullmatch(r"MG[0-9a-f]{32}", service):
            raise Refused(21701)
        if sender and sender not in self.our_numbers:
            if re.fullmatch(r"\+[1-9][0-9]{6,14}", sender):
                raise Refused(21659)
            named = re.fullmatch(r"(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11}", sender)
            raise Refused(21606 if named else 21212)
        if sender == to:
            raise Refused(21266)
        if to in self.landlines:
            raise Refused(21614)
        if to in self.blocked:
            raise Refused(21610)

    def _message(self, sender: str | None, service: str | None) -> dict[str, Any]:
        sid = "SM" + uuid.uuid4().hex
        uri = f"/2010-04-01/Accounts/{self.account_sid}/Messages/{sid}"
        media = request.form.getlist("MediaUrl")
        body = request.form.get("Body", "")
        return {
            "sid": sid,
            "account_sid": self.account_sid,
            "messaging_service_sid": service,
            "to": request.form["To"],
            "from": sender or None,
            "body": body,
            "status": "accepted" if service else "queued",
            "direction": "outbound-api",
            "api_version": "2010-04-01",
            "num_segments": "0" if service else str(segments(body)),
            "num_media": str(len(media)),
            "price": None,
            "price_unit": None if service else "USD",
            "error_code": None,
            "error_message": None,
            "date_created": _now(),
            "date_updated": _now(),
            "date_sent": None,
            "uri": f"{uri}.json",
            "subresource_uris": {"media": f"{uri}/Media.json"},
        }

    def _fetch(self, account: str, sid: str) -> Response:
        message = self._find(sid)
        if message is None:
            raise Refused(20404, 404)
        return jsonify(message)

    def _find(self, sid: str) -> dict[str, Any] | None:
        return next((message for message in self.sent if message["sid"] == sid), None)


def _now() -> str:
    return formatdate().replace("-0000", "+0000")
