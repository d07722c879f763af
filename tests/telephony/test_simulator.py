"""The demo's phones, on the real webhooks and the stand-in for Twilio."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest
from itsdangerous import URLSafeSerializer
from werkzeug.serving import make_server

from bot.conversation import Conversations
from casework.adapters.event_hub import PollingEventHub
from casework.adapters.locks import InProcessLocks
from casework.adapters.memory_store import MemoryStore
from casework.domain.conversations import Mode
from casework.domain.outbox import Delivery, Medium, Outgoing
from casework.use_cases.deliver_messages import deliver_due
from casework.use_cases.office import Office
from casework.use_cases.queue_message import queue_message, was_replied
from server.carriers import make_senders
from server.composition import Parts
from server.demo_carrier import our_number
from server.settings import Settings, read_settings
from server.web import create_app
from tests.office import Meant, TalkingEngine, make_office

TOP = Path(__file__).resolve().parents[2]
MOBILE = "+447700900982"
GATHER = "<Response><Gather action='http://[' /></Response>"
HERE = {"Sec-Fetch-Site": "same-origin"}


@dataclass
class Demo:
    """The running demo, and somebody at its pages."""

    settings: Settings
    office: Office
    engine: TalkingEngine
    http: httpx.Client

    @property
    def address(self) -> str:
        return self.settings.web_url

    def post(self, path: str, **body: Any) -> Any:
        answer = self.http.post(f"/demo{path}", json=body)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def refusal(self, path: str, **body: Any) -> tuple[int, str]:
        """The status and the code of what must be refused."""
        answer = self.http.post(f"/demo{path}", json=body)
        return answer.status_code, answer.json()["error"]["code"]

    def inbox(self, number: str = MOBILE, after: int = 0) -> list[dict[str, Any]]:
        answer = self.http.get("/demo/texts/inbox", params={"number": number, "after": after})
        texts: list[dict[str, Any]] = answer.json()["texts"]
        return texts

    def queue(self, text: str, to: str = MOBILE, medium: Medium = Medium.TEXT, **more: Any) -> None:
        with self.office.store.begin() as work:
            queue_message(self.office, work, medium=medium, to=to, text=text, **more)

    def deliver(self) -> None:
        """What the worker does."""
        deliver_due(self.office, make_senders(self.settings, "Plymouth"))

    @property
    def outbox(self) -> list[Outgoing]:
        with self.office.store.begin(reading=True) as work:
            return [one for one in work.outbox.recent() if not was_replied(one)]


def run_demo(**environment: str) -> Iterator[Demo]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = read_settings({"DEMO": "1", "PORT": str(port), **environment}, TOP)
    office = make_office()
    assert isinstance(office.store, MemoryStore)
    engine, locks = TalkingEngine(office), InProcessLocks()
    conversations, hub = Conversations(office, engine, locks), PollingEventHub(office.store)
    app = create_app(Parts(settings, office, engine, conversations, hub, locks))
    server = make_server("127.0.0.1", port, app, threaded=True)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with httpx.Client(base_url=settings.web_url, headers=HERE, timeout=10, trust_env=False) as http:
        yield Demo(settings, office, engine, http)
    server.shutdown()


@pytest.fixture
def demo() -> Iterator[Demo]:
    yield from run_demo()


def until(holds: Callable[[], bool]) -> None:
    """Waits for what another thread is about to do."""
    deadline = time.monotonic() + 5
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_call_from_the_greeting_to_hanging_up(demo: Demo) -> None:
    answer = demo.post("/phone/call", **{"from": "07700 900 982"})
    assert "automated assistant" in answer["said"][0]
    assert answer["listening"]["num_digits"] == 1
    assert not answer["over"]
    demo.engine.meant = Meant("missed_bin")
    answer = demo.post("/phone/input", state=answer["state"], speech="my bin was not collected")
    wire = answer["wire"][0]
    assert wire["params"]["SpeechResult"] == "my bin was not collected"
    assert wire["params"]["From"] == MOBILE
    assert wire["url"].startswith(f"{demo.settings.public_base_url}/twilio/voice/turn")
    assert wire["status"] == 200
    assert "<Gather" in wire["body"]
    understood = answer["understood"]
    assert understood["service"] == "missed_bin"
    assert understood["drafts"][0]["state"] == "filling"
    assert [m["text"] for m in understood["messages"] if m["from"] == "resident"] == [
        "my bin was not collected"
    ]
    assert understood["messages"][-1]["asks"] == understood["drafts"][0]["asking"]
    answer = demo.post("/phone/input", state=answer["state"], digits="0")
    assert answer["wire"][0]["params"]["Digits"] == "0"
    answer = demo.post("/phone/input", state=answer["state"], hang_up=True)
    assert answer["over"]
    assert answer["understood"]["mode"] == Mode.CLOSED
    assert demo.refusal("/phone/input", state=answer["state"], silence=True) == (409, "over")


def test_silence_ends_a_call_in_the_end(demo: Demo) -> None:
    answer = demo.post("/phone/call", **{"from": None})
    for _ in range(3):
        assert not answer["over"]
        answer = demo.post("/phone/input", state=answer["state"], silence=True)
    assert answer["over"]
    assert answer["listening"] is None


def test_withheld_callers_share_nothing(demo: Demo) -> None:
    calls = [demo.post("/phone/call", **{"from": None}) for _ in range(2)]
    conversations = {call["understood"]["conversation"] for call in calls}
    assert len(conversations) == 2


def test_a_call_that_fails_is_told_as_the_carrier_tells_it(demo: Demo) -> None:
    answer = demo.post("/phone/call", **{"from": MOBILE})
    sealed = URLSafeSerializer(demo.settings.secret_key, salt="demo phone")
    state = sealed.loads(answer["state"])
    document = state["document"].replace("/twilio/voice/turn", "http://elsewhere.example/turn")
    forged = sealed.dumps({**state, "document": document, "document_url": "http://x.example/"})
    answer = demo.post("/phone/input", state=forged, silence=True)
    assert [wire["params"]["ErrorCode"] for wire in answer["wire"] if "ErrorCode" in wire["params"]]
    # Nothing went to the other machine: the fallback was asked instead.
    assert all(
        wire["url"].startswith(demo.settings.public_base_url + "/") for wire in answer["wire"]
    )


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        ("/phone/call", {"from": "twelve"}, 400, "number"),
        ("/phone/call", {"from": 7}, 400, "number"),
        ("/phone/input", {"state": "nonsense", "silence": True}, 409, "state"),
        ("/phone/input", {"state": 1, "silence": True}, 409, "state"),
        ("/phone/input", {"state": "", "digits": "1a"}, 400, "act"),
        ("/phone/input", {"state": "", "speech": "x" * 2001}, 400, "act"),
        ("/phone/input", {"state": "", "speech": ["x"]}, 400, "act"),
        ("/phone/input", {"state": "", "speech": "x", "digits": "1"}, 400, "act"),
        ("/phone/input", {"state": ""}, 400, "act"),
        ("/texts/send", {"from": MOBILE, "text": " "}, 400, "text"),
        ("/texts/send", {"from": MOBILE, "text": "x" * 1601}, 400, "text"),
        ("/texts/send", {"from": "+1", "text": "x"}, 400, "number"),
    ],
)
def test_what_is_wrong_is_refused(
    demo: Demo, path: str, body: dict[str, Any], status: int, code: str
) -> None:
    assert demo.refusal(path, **body) == (status, code)


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
    ],
)
def test_other_sites_cannot_use_it(demo: Demo, headers: dict[str, str]) -> None:
    with httpx.Client(base_url=demo.address, headers=headers, trust_env=False) as http:
        answer = http.post("/demo/phone/call", json={"from": None})
    assert answer.status_code == 403
    assert answer.json()["error"]["code"] == "other_site"


def test_an_old_browser_on_the_page_itself_can(demo: Demo) -> None:
    headers = {"Origin": demo.settings.public_base_url}
    with httpx.Client(base_url=demo.address, headers=headers, trust_env=False) as http:
        assert http.post("/demo/phone/call", json={"from": None}).status_code == 200


def test_texts_are_answered_and_stop_when_they_are_to(demo: Demo) -> None:
    demo.engine.meant = Meant("contact_and_hours")
    came = demo.post("/texts/send", **{"from": MOBILE, "text": "when are you open"})
    assert came["wire"][0]["params"]["Body"] == "when are you open"
    assert came["understood"]["service"] == "contact_and_hours"
    first = demo.inbox()
    assert [one["sender"] for one in first[:2]] == ["phone", "council"]
    demo.post("/texts/send", **{"from": MOBILE, "text": "STOP"})
    asked, said = demo.inbox(after=len(first))
    assert (asked["sender"], said["sender"]) == ("phone", "carrier")
    assert "unsubscribed" in said["text"]
    demo.queue("An update", key="after-stop")
    assert demo.outbox == []
    demo.post("/texts/send", **{"from": MOBILE, "text": "START"})
    assert [one["sender"] for one in demo.inbox(after=said["number"])] == [
        "phone",
        "carrier",
        "council",
    ]
    assert demo.inbox("+447700900167") == []


def test_an_update_reaches_the_phone_and_is_reported_delivered(demo: Demo) -> None:
    demo.queue("Your pothole is filled. See https://example.org/x.")
    demo.deliver()
    assert demo.outbox[0].state is Delivery.SENT
    until(lambda: demo.outbox[0].state is Delivery.DELIVERED)
    (text,) = demo.inbox()
    assert text["by_itself"]
    assert text["text"].startswith("Your pothole is filled.")


def test_a_landline_takes_no_texts(demo: Demo) -> None:
    demo.queue("An update", to="+441632960148")
    demo.deliver()
    assert demo.outbox[0].state is Delivery.FAILED
    assert demo.outbox[0].problem == "21614"
    assert demo.inbox("+441632960148") == []


def test_all_that_was_sent_is_listed(demo: Demo) -> None:
    demo.queue("First <b>text</b>")
    demo.queue("Words", to="ann@example.com", medium=Medium.EMAIL, subject="Your case")
    page = demo.http.get("/demo/sent")
    assert "First &lt;b&gt;text&lt;/b&gt;" in page.text
    assert page.text.index("ann@example.com") < page.text.index(MOBILE)
    assert "24 November 2026, 10:30:00" in page.text
    assert "Waiting to go" in page.text
    assert "Refresh" not in page.headers
    assert demo.http.get("/demo/sent?watch=1").headers["Refresh"] == "5"


def test_the_start_page_leads_everywhere(demo: Demo) -> None:
    page = demo.http.get("/demo").text
    for path in ("/demo/council", "/chat", "/demo/phone", "/demo/texts", "/demo/sent"):
        assert f'href="{path}"' in page
        assert demo.http.get(path).status_code == 200
    assert "./civicline demo clock 2026-11-24T10:30" in page
    assert "Tuesday 24 November 2026, 10:30" in page


def test_pages_allow_nothing_inline(demo: Demo) -> None:
    for path in ("", "/phone", "/texts", "/sent"):
        page = demo.http.get(f"/demo{path}")
        assert "unsafe" not in page.headers["Content-Security-Policy"]
        assert page.headers["Cache-Control"] == "no-store"


def test_the_stand_in_is_away_when_texts_go_elsewhere() -> None:
    for demo in run_demo(TWILIO_API_BASE="https://mock.example"):
        assert demo.http.post("/demo/twilio/2010-04-01/Accounts/A/Messages.json").status_code == 404
        assert "means of its own to send texts:" in demo.http.get("/demo").text
    for demo in run_demo():
        assert demo.http.post("/demo/twilio/2010-04-01/Accounts/A/Messages.json").status_code == 401
        assert "Nothing that you do here reaches" in demo.http.get("/demo").text


@pytest.mark.refused_by_twilio
@pytest.mark.parametrize(
    "wrong",
    [
        None, "call", [], {}, {"call_sid": 1}, {"call_sid": "CA1"}, {"position": -1},
        {"position": "0"}, {"began": "now"}, {"began": float("nan")}, {"began": 1e400},
        {"document": "<no"}, {"document": 1}, {"from_number": 7},
        {"document": GATHER}, {"status": None}, {"from_number": "0800"},
    ],
)  # fmt: skip
def test_a_state_that_no_call_ever_had_is_refused(demo: Demo, wrong: Any) -> None:
    answer = demo.post("/phone/call", **{"from": MOBILE})
    sealed = URLSafeSerializer(demo.settings.secret_key, salt="demo phone")
    state = sealed.loads(answer["state"])
    whole = isinstance(wrong, dict) and wrong and wrong != {"call_sid": "CA1"}
    forged = sealed.dumps({**state, **wrong} if whole else wrong)
    for done in ({"silence": True}, {"hang_up": True}):
        assert demo.refusal("/phone/input", state=forged, **done) == (409, "state")


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/texts/send", '{"from": "07700 900 982", "text": "half \\ud83d"}'),
        ("/phone/input", '{"state": "", "speech": "half \\ud83d"}'),
    ],
)
def test_half_a_character_is_refused(demo: Demo, path: str, body: str) -> None:
    kind = {"Content-Type": "application/json"}
    assert demo.http.post(f"/demo{path}", content=body, headers=kind).status_code == 400


def test_reports_of_the_stand_in_go_to_this_demo_only(demo: Demo) -> None:
    asked: list[str] = []

    class Elsewhere(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append(self.path)

    other = HTTPServer(("127.0.0.1", 0), Elsewhere)
    threading.Thread(target=other.serve_forever, daemon=True).start()
    form = {"To": MOBILE, "From": our_number(demo.settings), "Body": "hello",
            "StatusCallback": f"http://127.0.0.1:{other.server_port}/steal"}  # fmt: skip
    assert send_by_rest(demo, form).status_code == 201
    until(lambda: bool(demo.inbox()))
    time.sleep(0.3)
    other.shutdown()
    other.server_close()
    assert asked == []


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "http://elsewhere.example"}]
)
def test_another_site_cannot_have_a_browser_text_the_demos_phones(
    demo: Demo, headers: dict[str, str]
) -> None:
    form = {"To": MOBILE, "From": our_number(demo.settings), "Body": "hello"}
    assert send_by_rest(demo, form, headers).status_code == 403
    assert demo.inbox() == []


def send_by_rest(
    demo: Demo, form: dict[str, str], headers: dict[str, str] | None = None
) -> httpx.Response:
    account, token = demo.settings.twilio_account_sid, demo.settings.twilio_auth_token
    address = f"{demo.settings.twilio_api_base}/2010-04-01/Accounts/{account}/Messages.json"
    return httpx.post(address, data=form, auth=(account, token), headers=headers, trust_env=False)
