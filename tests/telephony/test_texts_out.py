"""What goes over the wire to Twilio, and what each of its answers means for a message."""

from __future__ import annotations

import base64
import json
import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest

from casework.domain.errors import OptedOut, SendingFailed
from casework.domain.outbox import Medium, Outgoing
from server.logs import quiet_logs
from telephony.texts_out import TwilioTexts
from tests.office import NOW

ACCOUNT, TOKEN = "AC" + "1" * 32, "the-account's-own"
SID = "SM" + "a" * 32
MESSAGE = Outgoing(
    id="m 1", medium=Medium.TEXT, to="+447700900123", text="It’s booked – Tuesday…",
    created_at=NOW, due_at=NOW, updated_at=NOW,
)  # fmt: skip


@dataclass
class Twilio:
    """Answers every request alike, once `answering` is set, and keeps what it was asked."""

    status: int = 201
    body: str = json.dumps({"sid": SID, "status": "queued"})
    asked: list[tuple[str, str, dict[str, list[str]]]] = field(default_factory=list)
    answering: threading.Event = field(default_factory=threading.Event)
    base: str = ""

    def refuses(self, status: int, code: int | str) -> None:
        said = f"The number {MESSAGE.to} will not do"
        self.status = status
        self.body = json.dumps({"code": code, "message": said, "status": status})


@pytest.fixture
def twilio() -> Iterator[Twilio]:
    made = Twilio()
    made.answering.set()

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            form = parse_qs(self.rfile.read(length).decode(), keep_blank_values=True)
            made.asked.append((self.path, self.headers["Authorization"], form))
            made.answering.wait(20)
            body = made.body.encode()
            self.send_response(made.status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    made.base = f"http://127.0.0.1:{server.server_port}/mock"
    thread = threading.Thread(target=lambda: server.serve_forever(0.02), daemon=True)
    thread.start()
    yield made
    made.answering.set()
    server.shutdown()
    server.server_close()


Texts = Callable[..., TwilioTexts]


@pytest.fixture
def texts(twilio: Twilio) -> Texts:
    def make(sender: str = "+441632960000", **more: float) -> TwilioTexts:
        status_url = "https://chat.plymouth.example/twilio/status"
        return TwilioTexts(ACCOUNT, TOKEN, sender, twilio.base, status_url, **more)

    return make


def test_a_text_goes_out_as_twilio_wants_it(twilio: Twilio, texts: Texts) -> None:
    assert texts().send(MESSAGE) == SID
    credentials = base64.b64encode(f"{ACCOUNT}:{TOKEN}".encode()).decode()
    assert twilio.asked == [
        (
            f"/mock/2010-04-01/Accounts/{ACCOUNT}/Messages.json",
            f"Basic {credentials}",
            {
                "To": ["+447700900123"],
                "From": ["+441632960000"],
                "Body": ["It's booked - Tuesday..."],
                "StatusCallback": ["https://chat.plymouth.example/twilio/status?message=m%201"],
            },
        )
    ]


def test_a_messaging_service_takes_the_place_of_a_number(twilio: Twilio, texts: Texts) -> None:
    texts("MG" + "2" * 32).send(MESSAGE)
    _, _, form = twilio.asked[0]
    assert form["MessagingServiceSid"] == ["MG" + "2" * 32]
    assert "From" not in form


def test_an_edge_or_a_region_in_the_environment_changes_no_address(
    twilio: Twilio, texts: Texts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TWILIO_EDGE", "dublin")
    monkeypatch.setenv("TWILIO_REGION", "ie1")
    assert texts().send(MESSAGE) == SID
    assert len(twilio.asked) == 1


def test_a_stand_in_on_this_machine_is_reached_past_a_proxy(
    twilio: Twilio, texts: Texts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    assert texts().send(MESSAGE) == SID


@pytest.mark.parametrize("status", [400, 403])
def test_whoever_opted_out_is_not_written_to(twilio: Twilio, texts: Texts, status: int) -> None:
    twilio.refuses(status, 21610)
    with pytest.raises(OptedOut) as refused:
        texts().send(MESSAGE)
    assert "7700" not in str(refused.value)


@pytest.mark.parametrize(
    ("status", "code", "again"),
    [
        (400, 21211, False),
        (400, 21614, False),
        (400, 21611, True),
        (404, 20404, False),
        (403, 20003, True),
        (401, 20003, True),
        (429, 20429, True),
        (500, 20500, True),
        (503, 20503, True),
    ],
)
def test_a_refusal_says_whether_to_try_again(
    twilio: Twilio, texts: Texts, status: int, code: int, again: bool
) -> None:
    twilio.refuses(status, code)
    with pytest.raises(SendingFailed) as refused:
        texts().send(MESSAGE)
    assert (refused.value.code, refused.value.again) == (str(code), again)
    assert "7700" not in str(refused.value)


@pytest.mark.parametrize(
    ("status", "body", "code", "again"),
    [
        (400, "<html>no</html>", "400", False),
        (302, "", "302", True),
        (401, "", "401", True),
        (502, "<html>+447700900123</html>", "502", True),
        (400, '{"code": "+447700900123", "message": "x"}', "400", False),
        (400, '{"type": "t", "title": "+447700900123", "status": 400, "code": 21211}', "21211",
         False),
        (201, "<html>+447700900123</html>", "JSONDecodeError", True),
        (201, "[]", "AttributeError", True),
    ],
)  # fmt: skip
def test_an_answer_that_is_not_twilios_is_dealt_with(
    twilio: Twilio, texts: Texts, status: int, body: str, code: str, again: bool
) -> None:
    twilio.status, twilio.body = status, body
    with pytest.raises(SendingFailed) as refused:
        texts().send(MESSAGE)
    assert (refused.value.code, refused.value.again) == (code, again)
    assert refused.value.__cause__ is None


def test_a_carrier_that_does_not_answer_is_given_up(twilio: Twilio, texts: Texts) -> None:
    twilio.answering.clear()
    with pytest.raises(SendingFailed) as refused:
        texts(timeout=0.2).send(MESSAGE)
    assert (refused.value.code, refused.value.again) == ("ReadTimeout", True)


def test_a_carrier_out_of_reach_is_tried_again(twilio: Twilio, texts: Texts) -> None:
    twilio.base = "http://127.0.0.1:1"
    with pytest.raises(SendingFailed) as refused:
        texts().send(MESSAGE)
    assert (refused.value.code, refused.value.again) == ("ConnectionError", True)


def test_logs_hold_neither_numbers_nor_words(
    twilio: Twilio, texts: Texts, caplog: pytest.LogCaptureFixture
) -> None:
    before = logging.getLogger("twilio").level
    quiet_logs()
    try:
        logging.getLogger().setLevel(logging.INFO)
        texts().send(MESSAGE)
        twilio.refuses(400, 21211)
        with pytest.raises(SendingFailed):
            texts().send(MESSAGE)
    finally:
        logging.getLogger().setLevel(logging.WARNING)
        logging.getLogger("twilio").setLevel(before)
    assert [r for r in caplog.records if r.name.startswith("twilio")] == []
    assert not any(word in caplog.text for word in ("7700", "booked", ACCOUNT))
