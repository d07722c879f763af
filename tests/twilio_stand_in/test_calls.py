"""Calls go as Twilio's documentation says."""

import json
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest

from tests.twilio_stand_in import faults
from tests.twilio_stand_in.call import Call, NotListening, Reply, TwimlRefused, WebhookFailed
from tests.twilio_stand_in.our_server import BASE, CALLER, TOKEN, OurServer
from tests.twilio_stand_in.signing import signature


def call_to(server: OurServer, **options: Any) -> Call:
    given: dict[str, Any] = {"from_number": CALLER, "base_url": BASE, "post": server} | options
    return Call("/voice", TOKEN, **given)


def test_a_call_rings_then_speaks_and_listens() -> None:
    server = OurServer(
        voice='<Say>Hello</Say><Gather input="speech" action="/next"><Say>Yes?</Say></Gather>',
        next="<Say>Goodbye</Say><Hangup/><Say>unheard</Say>",
    )
    call = call_to(server)
    heard = call.begin()
    assert heard.text == "Hello Yes?"
    assert heard.gather is not None
    assert not heard.over
    assert server.form()["CallStatus"] == "ringing"

    heard = call.say("my bin was missed")
    assert heard.said == ["Goodbye"]
    assert heard.over
    assert server.form()["CallStatus"] == "in-progress"
    assert server.form()["SpeechResult"] == "my bin was missed"
    assert server.form()["Confidence"] == "0.92"
    assert heard.requests[0]["url"] == f"{BASE}/next"


def test_requests_are_signed_for_the_public_address_and_sent_elsewhere() -> None:
    server = OurServer(voice='<Gather action="next?turn=1&amp;a=b"/>', next="<Hangup/>")
    call = call_to(server, send_to="http://127.0.0.1:8123")
    call.begin()
    call.press("1")
    url, form, headers = server.asked[-1]
    assert url == "http://127.0.0.1:8123/next?turn=1&a=b"
    public = f"{BASE}/next?turn=1&a=b"
    assert headers["X-Twilio-Signature"] == signature(TOKEN, public, form)
    assert headers["I-Twilio-Idempotency-Token"] != server.asked[0][2]["I-Twilio-Idempotency-Token"]


def test_a_withheld_caller_has_no_number_and_no_place() -> None:
    server = OurServer(voice="<Hangup/>")
    call_to(server, from_number=None).begin()
    form = server.form()
    assert form["From"] == form["Caller"] == "+266696687"
    assert "FromCountry" not in form
    assert form["ToCountry"] == "GB"


@pytest.mark.parametrize(
    ("attributes", "pressed", "sent"),
    [
        ("", "12#34", {"Digits": "12", "FinishedOnKey": "#"}),
        ("", "12", {"Digits": "12"}),
        ('numDigits="1"', "34", {"Digits": "3"}),
        ('finishOnKey="*"', "1#2*", {"Digits": "1#2", "FinishedOnKey": "*"}),
        ('finishOnKey=""', "*#", {"Digits": "*#"}),
        ('input="dtmf speech"', "#5#", {"Digits": "5", "FinishedOnKey": "#"}),
    ],
)
def test_keys_are_gathered(attributes: str, pressed: str, sent: dict[str, str]) -> None:
    server = OurServer(voice=f'<Gather action="/next" {attributes}/>', next="<Hangup/>")
    call = call_to(server)
    call.begin()
    call.press(pressed)
    assert {name: server.form().get(name) for name in sent} == sent
    assert ("FinishedOnKey" in server.form()) == ("FinishedOnKey" in sent)


@pytest.mark.parametrize(
    ("inputs", "act"),
    [
        ("dtmf", lambda call: call.say("hello")),
        ("speech", lambda call: call.press("1")),
        ("dtmf", lambda call: call.press("#")),
        ("dtmf speech", lambda call: call.say(" ")),
        ("dtmf speech", lambda call: call.silence()),
    ],
)
def test_what_is_not_gathered_is_silence_and_falls_through(
    inputs: str, act: Callable[[Call], Any]
) -> None:
    server = OurServer(voice=f'<Gather input="{inputs}"/><Say>Still there?</Say><Hangup/>')
    call = call_to(server)
    call.begin()
    assert act(call).text == "Still there?"
    assert server.paths == ["/voice"]


def test_silence_goes_to_the_action_when_empty_results_are_wanted() -> None:
    server = OurServer(
        voice='<Gather input="dtmf speech" action="/next" actionOnEmptyResult="true"/>',
        next="<Hangup/>",
    )
    call = call_to(server)
    call.begin()
    call.silence()
    assert server.paths == ["/voice", "/next"]
    assert server.form()["SpeechResult"] == server.form()["Digits"] == ""


def test_a_gather_without_action_returns_to_its_own_document() -> None:
    server = OurServer(voice="<Redirect>deep/menu?x=1</Redirect>", deep_menu=["<Gather/>", ""])
    call = call_to(server)
    call.begin()
    call.press("1")
    assert server.asked[-1][0] == f"{BASE}/deep/menu?x=1"


def test_a_get_gather_puts_its_answer_in_the_query_and_signs_that() -> None:
    fetched: list[tuple[str, dict[str, str]]] = []

    def get(url: str, headers: dict[str, str]) -> Reply:
        fetched.append((url, headers))
        return Reply(200, "text/xml", "<Response/>")

    server = OurServer(voice='<Gather method="GET" action="/next?a=1"/>')
    call = call_to(server, get=get)
    call.begin()
    call.press("7")
    url, headers = fetched[0]
    assert dict(parse_qsl(urlsplit(url).query))["Digits"] == "7"
    assert headers["X-Twilio-Signature"] == signature(TOKEN, url, {})


@pytest.mark.refused_by_twilio
def test_redirects_in_a_row_are_bounded() -> None:
    server = OurServer(voice="<Say>Wait</Say><Redirect>/voice</Redirect>")
    call = call_to(server)
    with pytest.raises(TwimlRefused, match="11215"):
        call.begin()
    assert len(server.asked) == 61
    assert call.over


def test_pauses_are_waited_for_when_asked() -> None:
    waited: list[float] = []
    server = OurServer(voice='<Pause length="3"/><Pause/>')
    call_to(server, wait=waited.append).begin()
    assert waited == [3.0, 1.0]


def test_the_end_of_a_call_is_told_once_with_its_length() -> None:
    server = OurServer(voice="<Gather/>", status=Reply(204, "", ""))
    now = [100.0]
    call = call_to(server, status_url="/status", clock=lambda: now[0])
    call.begin()
    now[0] = 175.0
    call.hang_up()
    call.hang_up()
    assert server.paths == ["/voice", "/status"]
    form = server.form()
    assert (form["CallStatus"], form["CallDuration"], form["Duration"]) == ("completed", "75", "2")
    with pytest.raises(NotListening):
        call.say("hello")


def test_every_wanted_event_is_told_and_a_document_that_runs_out_ends_the_call() -> None:
    server = OurServer(voice="<Say>Bye</Say>", status=Reply(200, "", ""))
    events = ("initiated", "ringing", "answered", "completed")
    assert call_to(server, status_url="/status", status_events=events).begin().over
    assert [form["CallStatus"] for _, form, _ in server.asked] == [
        *("initiated", "ringing", "ringing", "in-progress", "completed")
    ]
    told = [form for _, form, _ in server.asked if "CallbackSource" in form]
    assert [form["SequenceNumber"] for form in told] == ["0", "1", "2", "3"]
    assert {form["CallbackSource"] for form in told} == {"call-progress-events"}
    assert all(parsedate_to_datetime(form["Timestamp"]) for form in told)


@pytest.mark.parametrize(("reason", "status"), [("", "no-answer"), ('reason="busy"', "busy")])
def test_a_call_rejected_at_once_was_never_answered(reason: str, status: str) -> None:
    server = OurServer(voice=f"<Reject {reason}/>", status=Reply(200, "", ""))
    call_to(server, status_url="/status").begin()
    assert server.form()["CallStatus"] == status
    assert (server.form()["CallDuration"], server.form()["SequenceNumber"]) == ("0", "0")


@pytest.mark.refused_by_twilio
@pytest.mark.parametrize("verb", ["<Dial>+441632960001</Dial>", "<Enqueue>desk</Enqueue>"])
def test_a_call_put_through_waits_there(verb: str) -> None:
    server = OurServer(voice=f"<Say>One moment</Say>{verb}<Say>later</Say>")
    call = call_to(server)
    heard = call.begin()
    assert heard.waiting
    assert heard.said == ["One moment"]
    assert verb.startswith(f"<{heard.verbs[-1].name}")
    assert call.awaiting is None
    assert not call.over


def test_a_failed_webhook_ends_the_call() -> None:
    server = OurServer(voice=Reply(500, "text/html", "oh"), status=Reply(200, "", ""))
    call = call_to(server, status_url="/status")
    with pytest.raises(WebhookFailed) as failed:
        call.begin()
    assert (failed.value.code, failed.value.status) == (11200, 500)
    assert call.over
    assert server.paths == ["/voice", "/status"]


def test_no_answer_at_all_is_a_failure() -> None:
    def nobody(url: str, form: dict[str, str], headers: dict[str, str]) -> Reply:
        raise httpx.ReadTimeout("late")

    with pytest.raises(WebhookFailed, match="11200"):
        call_to(OurServer(), post=nobody).begin()


@pytest.mark.parametrize(
    ("overrides", "fails", "times"),
    [
        ("", httpx.ConnectError("refused"), 2),
        ("", httpx.ConnectTimeout("late"), 2),
        ("", httpx.ReadTimeout("late"), 1),
        ("", Reply(503, "", ""), 1),
        ("#rc=0", httpx.ConnectError("refused"), 1),
        ("#rc=2&rp=5xx", Reply(503, "", ""), 3),
        ("#rc=2&rp=5xx", Reply(404, "", ""), 1),
        ("#rc=3&rp=4xx,rt", httpx.ReadTimeout("late"), 4),
        ("#rp=all", Reply(404, "", ""), 2),
    ],
)
def test_a_webhook_is_tried_again_as_its_address_says(
    overrides: str, fails: Reply | Exception, times: int
) -> None:
    asked: list[tuple[str, dict[str, str]]] = []

    def post(url: str, form: dict[str, str], headers: dict[str, str]) -> Reply:
        asked.append((url, headers))
        if isinstance(fails, Exception):
            raise fails
        return fails

    call = Call(f"/voice{overrides}", TOKEN, from_number=CALLER, base_url=BASE, post=post)
    with pytest.raises(WebhookFailed):
        call.begin()
    assert len(asked) == times
    assert asked == asked[:1] * times
    assert asked[0][0] == f"{BASE}/voice"


@pytest.mark.parametrize("overrides", ["#rc=9", "#rp=often"])
def test_retries_that_twilio_does_not_know_are_refused(overrides: str) -> None:
    call = call_to(OurServer(voice=""))
    call.voice_url += overrides
    with pytest.raises(ValueError, match="no such retries"):
        call.begin()


@pytest.mark.parametrize(("barge_in", "asked"), [("true", 2), ("false", 1)])
def test_a_prompt_is_talked_over_where_it_may_be(barge_in: str, asked: int) -> None:
    gather = (
        f'<Gather input="speech" bargeIn="{barge_in}" action="/next"><Say>Which?</Say></Gather>'
    )
    server = OurServer(voice=gather, next="<Gather/>")
    call = call_to(server)
    call.begin()
    call.talk_over("the green one")
    assert len(server.asked) == asked
    assert call.awaiting is not None


@pytest.mark.refused_by_twilio
@pytest.mark.parametrize(
    ("verb", "noted"),
    [
        ("<Record/>", "does not play <Record>"),
        ("<Dial><Queue>a</Queue></Dial>", "does not play <Queue>"),
        (
            '<Dial><Number sendDigits="1">+441632960001</Number></Dial>',
            "nothing about sendDigits of <Number>",
        ),
        (f"<Dial>{'<Number>+441632960001</Number>' * 2}</Dial>", "one number at a time"),
        ('<Gather partialResultCallback="/part"/>', "nothing about partialResultCallback"),
    ],
)
def test_what_is_not_played_is_noted(verb: str, noted: str) -> None:
    call_to(OurServer(voice=verb)).begin()
    (fault,) = faults.noted()
    assert noted in fault


@pytest.mark.refused_by_twilio
@pytest.mark.parametrize(("answer", "code"), [(Reply(503, "", ""), "11200"), ("<Speak/>", "12200")])
def test_the_fallback_is_asked_and_told_why(answer: Reply | str, code: str) -> None:
    server = OurServer(voice=answer, backup="<Say>Please call back</Say><Gather/>")
    call = call_to(server, fallback_url="/backup")
    assert call.begin().text == "Please call back"
    assert server.form()["ErrorCode"] == code
    assert server.form()["ErrorUrl"] == f"{BASE}/voice"
    assert [fault[:11] for fault in faults.noted()] == (["TwiML 12200"] if code == "12200" else [])


def test_a_webhook_sent_again_is_the_same_in_everything_and_moves_nothing() -> None:
    server = OurServer(voice='<Gather action="/next"/>', next=["<Gather/>", "<Hangup/>"])
    call = call_to(server)
    call.begin()
    call.press("1")
    awaited = call.awaiting
    reply = call.retry_last()
    assert reply.body == "<Response><Hangup/></Response>"
    assert server.asked[-1] == server.asked[-2]
    call.resend(0)
    assert server.asked[-1] == server.asked[0]
    assert call.awaiting is awaited


def test_a_call_goes_on_after_being_kept_as_json() -> None:
    server = OurServer(
        voice='<Gather action="/next"><Say>Yes?</Say></Gather>',
        next="<Gather/><Say>Still there?</Say><Hangup/>",
        status=Reply(200, "", ""),
    )
    call = call_to(server, status_url="/status", fallback_url="/backup", call_sid="CA1")
    call.begin()
    kept = json.dumps(call.state())
    assert TOKEN not in kept
    call = Call.resume(json.loads(kept), token=TOKEN, post=server)
    assert call.state() == json.loads(kept)
    call.press("1")
    call = Call.resume(json.loads(json.dumps(call.state())), token=TOKEN, post=server)
    assert call.retry_last().status == 200
    assert call.silence().text == "Still there?"
    assert server.paths == ["/voice", "/next", "/next", "/status"]
    assert Call.resume(call.state(), token=TOKEN, post=server).over
