"""Texts and the REST API for messages go as Twilio's documentation says."""

from typing import Any

import httpx
import pytest

from tests.twilio_stand_in.our_server import BASE, CALLER, OURS, TOKEN, OurServer
from tests.twilio_stand_in.rest import TwilioRest
from tests.twilio_stand_in.signing import signature
from tests.twilio_stand_in.texts import TextPhone, TextRefused, segments
from tests.twilio_stand_in.twiml import TwimlRefused
from tests.twilio_stand_in.web import Reply, WebhookFailed

SID = "AC" + "1" * 32


def phone(server: OurServer, **options: Any) -> TextPhone:
    return TextPhone(CALLER, "/sms", TOKEN, BASE, post=server, **options)


def test_a_text_is_answered() -> None:
    server = OurServer(sms="<Message>One</Message><Message><Body>Two</Body></Message>")
    mobile = phone(server)
    assert mobile.text("hello", media=["https://example.org/bin.png"]) == ["One", "Two"]
    assert mobile.inbox == ["One", "Two"]
    url, form, headers = server.asked[-1]
    assert headers["X-Twilio-Signature"] == signature(TOKEN, url, form)
    assert form["MessageSid"] == form["SmsSid"] == form["SmsMessageSid"]
    assert (form["From"], form["To"], form["Body"]) == (CALLER, OURS, "hello")
    assert (form["NumMedia"], form["MediaContentType0"]) == ("1", "image/png")
    mobile.retry_last()
    assert server.asked[-1] == server.asked[-2]
    assert mobile.inbox == ["One", "Two"]


def test_a_text_may_be_answered_with_nothing_or_after_a_redirect() -> None:
    server = OurServer(sms=["", "<Redirect>/other</Redirect>"], other="<Message>There</Message>")
    mobile = phone(server)
    assert mobile.text("one") == []
    assert mobile.text("two") == ["There"]
    server.answers["sms"] = Reply(204, "", "")
    assert mobile.text("three") == []


@pytest.mark.refused_by_twilio
@pytest.mark.parametrize(("answer", "code"), [(Reply(503, "", ""), "11200"), ("<Say/>", "14110")])
def test_the_fallback_of_texts_is_asked_and_told_why(answer: Reply | str, code: str) -> None:
    mobile = phone(OurServer(sms=answer, backup="<Message>Later</Message>"), fallback_url="/backup")
    assert mobile.text("hello") == ["Later"]
    first, second = (webhook.params for webhook in mobile.webhooks)
    assert second == first | {"ErrorCode": code, "ErrorUrl": f"{BASE}/sms"}
    with pytest.raises((WebhookFailed, TwimlRefused), match=code):
        phone(OurServer(sms=answer)).text("hello")


@pytest.mark.parametrize("word", ["STOP", " stop ", "Unsubscribe", "OPTOUT"])
def test_a_number_that_opted_out_gets_nothing_more(word: str) -> None:
    server = OurServer(sms=["", "<Message>Sorry to see you go</Message>"])
    mobile = phone(server)
    assert mobile.text(word) == []
    assert mobile.is_blocked
    assert len(mobile.inbox) == 1
    with pytest.raises(TextRefused, match="21610"):
        mobile.text("hello")
    with pytest.raises(TextRefused, match="21610"):
        mobile.receive("Your case is closed")


def test_only_a_whole_keyword_opts_out_and_yes_opts_in_only_when_out() -> None:
    server = OurServer(sms="")
    mobile = phone(server, opt_out_type=True)
    mobile.text("please stop the bins")
    mobile.text("yes")
    assert not mobile.is_blocked
    assert "OptOutType" not in server.form()
    mobile.text("END")
    assert server.form()["OptOutType"] == "STOP"
    mobile.text("yes")
    assert server.form()["OptOutType"] == "START"
    assert not mobile.is_blocked
    mobile.text("help")
    assert server.form()["OptOutType"] == "HELP"


@pytest.mark.parametrize(
    ("body", "count"),
    [("", 1), ("a" * 160, 1), ("a" * 161, 2), ("€" * 81, 2), ("ŵ" * 70, 1), ("ŵ" * 71, 2)],
)
def test_segments_are_counted_by_alphabet(body: str, count: int) -> None:
    assert segments(body) == count


# The REST API


@pytest.fixture
def rest() -> TwilioRest:
    return TwilioRest(SID, TOKEN, [OURS], base_url=BASE)


def send(rest: TwilioRest, password: str = TOKEN, **form: str) -> Any:
    path = f"/2010-04-01/Accounts/{SID}/Messages.json"
    form = {"To": CALLER, "From": OURS, "Body": "Hello"} | form
    given = {name: value for name, value in form.items() if value}
    return rest.create_app().test_client().post(path, data=given, auth=(SID, password))


def test_a_message_is_queued_and_shown(rest: TwilioRest) -> None:
    seen: list[dict[str, Any]] = []
    rest.on_message = seen.append
    answer = send(rest)
    assert answer.status_code == 201
    message = answer.get_json()
    assert message["status"] == "queued"
    assert (message["to"], message["from"], message["body"]) == (CALLER, OURS, "Hello")
    assert seen == rest.sent == [message]
    client = rest.create_app().test_client()
    assert client.get(message["uri"], auth=(SID, TOKEN)).get_json() == message
    missing = client.get(message["uri"].replace("SM", "SMx"), auth=(SID, TOKEN))
    assert (missing.status_code, missing.get_json()["code"]) == (404, 20404)


def test_a_messaging_service_may_stand_for_the_sender(rest: TwilioRest) -> None:
    message = send(rest, From="", MessagingServiceSid="MG" + "0" * 32).get_json()
    assert (message["status"], message["from"]) == ("accepted", None)


@pytest.mark.refused_by_twilio
@pytest.mark.parametrize(
    ("form", "code"),
    [
        ({"To": ""}, 21604),
        ({"To": "07700900123"}, 21211),
        ({"To": "+4477009001"}, 21211),
        ({"From": ""}, 21603),
        ({"From": "+441632960999"}, 21659),
        ({"From": "Council"}, 21606),
        ({"From": "!"}, 21212),
        ({"To": OURS}, 21266),
        ({"Body": ""}, 21602),
        ({"Body": "a" * 1601}, 21617),
        ({"To": "+441632960055"}, 21614),
        ({"To": "+447700900999"}, 21610),
        ({"StatusCallback": "/status"}, 21609),
    ],
)
def test_a_message_is_refused(rest: TwilioRest, form: dict[str, str], code: int) -> None:
    rest.landlines.add("+441632960055")
    rest.blocked.add("+447700900999")
    answer = send(rest, **form)
    error = answer.get_json()
    assert (answer.status_code, error["status"], error["code"]) == (400, 400, code)
    assert error["more_info"].endswith(str(code))
    assert error["message"]
    assert rest.sent == []


def test_a_wrong_token_is_refused(rest: TwilioRest) -> None:
    answer = send(rest, password="wrong")
    assert (answer.status_code, answer.get_json()["code"]) == (401, 20003)


def test_failures_follow_the_script(rest: TwilioRest) -> None:
    rest.fail_next(429, times=2)
    rest.fail_next(503)
    answers = [send(rest) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [429, 429, 503, 201]
    assert answers[0].get_json()["code"] == 20429
    assert len(rest.sent) == 1


def test_delivery_is_told_to_the_status_callback() -> None:
    server = OurServer(status=Reply(204, "", ""))
    rest = TwilioRest(SID, TOKEN, [OURS], base_url=BASE, post=server)
    sid = send(rest, StatusCallback=f"{BASE}/status?m=1").get_json()["sid"]
    reply = rest.deliver(sid, "undelivered", error_code=30003)
    assert reply is not None
    assert reply.status == 204
    url, form, headers = server.asked[-1]
    assert headers["X-Twilio-Signature"] == signature(TOKEN, url, form)
    assert (form["MessageSid"], form["MessageStatus"]) == (sid, "undelivered")
    assert (form["ErrorCode"], form["To"], form["From"]) == ("30003", CALLER, OURS)
    assert rest.sent[0]["status"] == "undelivered"
    silent = send(rest).get_json()["sid"]
    assert rest.deliver(silent, "delivered") is None


def test_the_api_is_served_on_a_port_of_its_own(rest: TwilioRest) -> None:
    with rest.serve() as served:
        url = f"{served.url}/2010-04-01/Accounts/{SID}/Messages.json"
        form = {"To": CALLER, "From": OURS, "Body": "Hello"}
        assert httpx.post(url, data=form, auth=(SID, TOKEN), trust_env=False).status_code == 201
    assert len(rest.sent) == 1


def test_a_text_phone_can_share_who_opted_out_with_the_api(rest: TwilioRest) -> None:
    mobile = phone(OurServer(sms=""), blocked=rest.blocked)
    rest.on_message = lambda message: mobile.receive(message["body"])
    send(rest, Body="Your case is open")
    assert mobile.inbox == ["Your case is open"]
    mobile.text("STOP")
    assert send(rest).get_json()["code"] == 21610


def test_webhooks_go_out_over_http(rest: TwilioRest) -> None:
    with rest.serve() as served:
        mobile = TextPhone(CALLER, "/sms", TOKEN, BASE, send_to=served.url)
        with pytest.raises(WebhookFailed) as failed:
            mobile.text("hello")
    assert failed.value.status == 401
    with pytest.raises(WebhookFailed, match="11205"):
        TextPhone(CALLER, "/sms", TOKEN, "http://127.0.0.1:1").text("hello")


def test_a_hung_request_may_still_be_carried_out(rest: TwilioRest) -> None:
    rest.fail_next(None, hang=0.001)
    assert send(rest).status_code == 201
