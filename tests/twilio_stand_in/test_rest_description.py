"""What is asked of the REST API, and what the stand-in answers, is what Twilio publishes of it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.twilio_stand_in import faults
from tests.twilio_stand_in.our_server import BASE, CALLER, OURS, TOKEN, OurServer
from tests.twilio_stand_in.reduce_description import reduce
from tests.twilio_stand_in.rest import TwilioRest
from tests.twilio_stand_in.rest_description import PUBLISHED, operation

SID = "AC" + "1" * 32
TEMPLATE = "/2010-04-01/Accounts/{AccountSid}"
ACCOUNT = f"/2010-04-01/Accounts/{SID}"
CALL = {"To": CALLER, "From": OURS, "Url": f"{BASE}/voice"}
TEXT = {"To": CALLER, "From": OURS, "Body": "Hello"}

refused = pytest.mark.refused_by_twilio


class Api:
    """The API in memory."""

    def __init__(self) -> None:
        server = OurServer(voice="<Gather/>", status="")
        self.rest = TwilioRest(SID, TOKEN, {OURS}, base_url=BASE, post=server)
        self._client = self.rest.create_app().test_client()

    def ask(self, method: str, path: str, **given: Any) -> TestResponse:
        return self._client.open(f"{ACCOUNT}{path}", method=method, auth=(SID, TOKEN), **given)


@pytest.fixture
def api() -> Api:
    faults.noted()
    return Api()


@refused
@pytest.mark.parametrize(
    ("path", "form", "fault"),
    [
        ("/Calls.json", CALL | {"Whisper": "yes"}, "Whisper is unknown"),
        ("/Calls.json", CALL | {"url": f"{BASE}/voice"}, "url is unknown"),
        ("/Calls.json", CALL | {"Timeout": "soon"}, "Timeout is of a wrong type, not 'integer'"),
        ("/Calls.json", CALL | {"Method": "PUT"}, "Method is of a wrong enum"),
        (
            "/Calls.json",
            CALL | {"StatusCallbackMethod": "post"},
            "StatusCallbackMethod is of a wro",
        ),
        ("/Calls.json", CALL | {"Url": [f"{BASE}/voice", f"{BASE}/other"]}, "Url is repeated"),
        ("/Messages.json", TEXT | {"SmartEncoded": "yes"}, "SmartEncoded is of a wrong type"),
        ("/Messages.json", TEXT | {"RiskCheck": "off"}, "RiskCheck is of a wrong enum"),
        ("/Messages.json", TEXT | {"SendAt": "tomorrow"}, "SendAt is of a wrong format"),
        (
            "/Messages.json",
            TEXT | {"MessagingServiceSid": "MG1"},
            "MessagingServiceSid is of a wro",
        ),
        (
            "/Messages.json",
            TEXT | {"SendAsMms": "true"},
            "the stand-in does nothing about SendAsMms",
        ),
        ("/Messages.json", {"From": OURS, "Body": "Hello"}, "To is missing"),
        (f"/Calls/CA{'1' * 32}.json", {"Status": "ended"}, "Status is of a wrong enum"),
    ],
)
def test_a_wrong_parameter_is_noted(api: Api, path: str, form: dict[str, Any], fault: str) -> None:
    answer = api.ask("POST", path, data=form)
    noted = faults.noted()
    assert any(fault in one for one in noted), noted
    assert answer.status_code == (201 if "format" in fault or "nothing" in fault else 400)


@refused
def test_a_wrong_parameter_is_refused_and_carries_nothing_out(api: Api) -> None:
    answer = api.ask("POST", "/Messages.json", data=TEXT | {"Text": "Hello"})
    assert (answer.status_code, answer.json and answer.json["code"]) == (400, 20001)
    assert api.rest.sent == []
    answer = api.ask("POST", "/Messages.json?Body=there", data=TEXT)
    assert (answer.status_code, answer.json and answer.json["code"]) == (400, 20001)


def test_no_fault_quotes_what_was_given(api: Api) -> None:
    known = operation("POST", f"{ACCOUNT}/Messages.json")
    assert known is not None
    found = known.faults((), [("SendAt", "call Jo on 01632 960123"), ("Attempt", "01632 960123")])
    assert len(found) == 2
    assert "960123" not in "".join(str(fault) for fault in found)


@refused
@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("POST", "/Calles.json", 404, 20404),
        ("POST", "/Calls", 404, 20404),
        ("PUT", "/Calls.json", 405, 20004),
        ("GET", f"/Recordings/RE{'1' * 32}/Words.json", 404, 20404),
    ],
)
def test_where_twilio_has_nothing_it_is_said_so_and_noted(
    api: Api, method: str, path: str, status: int, code: int
) -> None:
    answer = api.ask(method, path)
    assert (answer.status_code, answer.json and answer.json["code"]) == (status, code)
    assert len(faults.noted()) == 1


def test_an_id_that_was_never_given_is_nobody_s_fault(api: Api) -> None:
    for sid in ("CA1", "CA" + "1" * 32):
        answer = api.ask("GET", f"/Calls/{sid}.json")
        assert (answer.status_code, answer.json and answer.json["code"]) == (404, 20404)
    assert faults.noted() == []


@refused
def test_what_twilio_has_and_the_stand_in_does_not_play_is_noted(api: Api) -> None:
    api.ask("DELETE", f"/Calls/CA{'1' * 32}.json")
    assert faults.noted() == [
        f"the stand-in does not play DELETE {ACCOUNT_TEMPLATE}/Calls/{{Sid}}.json"
    ]


ACCOUNT_TEMPLATE = "/2010-04-01/Accounts/{AccountSid}"


def test_every_field_that_twilio_gives_is_in_an_answer(api: Api) -> None:
    described = json.loads(PUBLISHED.read_text())["components"]["schemas"]
    for path, form, name in (("/Calls.json", CALL, "call"), ("/Messages.json", TEXT, "message")):
        answer = api.ask("POST", path, data=form)
        assert answer.status_code == 201
        fields = set(described[f"api.v2010.account.{name}"]["properties"])
        assert answer.json is not None
        assert set(answer.json) == fields


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"status": "ended"}, "status"),
        ({"duration": 15}, "duration"),
        ({"sid": "CA1"}, "sid"),
        ({"start_time": "2026-11-22T10:00:00Z"}, "start_time"),
        ({"length": "15"}, "length is unknown"),
    ],
)
def test_an_answer_that_twilio_would_not_give_is_none(wrong: dict[str, Any], why: str) -> None:
    shown = operation("GET", f"{ACCOUNT}/Calls/CA{'1' * 32}.json")
    assert shown is not None
    assert shown.completed(200, {"status": "completed"})["answered_by"] is None
    with pytest.raises(AssertionError, match=why):
        shown.completed(200, {"status": "completed"} | wrong)
    with pytest.raises(AssertionError, match="does not answer 202"):
        shown.completed(202, {})


def test_what_is_listed_is_whole_too() -> None:
    listed = operation("GET", f"{ACCOUNT}/Recordings.json")
    assert listed is not None
    assert listed.faults([("ConferenceSid", "CF" + "1" * 32), ("PageSize", "20")], []) == []
    assert [str(fault) for fault in listed.faults([("PageSize", "0")], [])] != []
    page = {
        "page": 0,
        "page_size": 20,
        "uri": "/all",
        "first_page_uri": "/all",
        "start": 0,
        "end": 1,
    }
    one = {"sid": "RE" + "1" * 32, "status": "completed", "source": "Conference"}
    whole = listed.completed(200, page | {"recordings": [one]})
    assert whole["recordings"][0]["media_url"] is None
    with pytest.raises(AssertionError, match="length is unknown"):
        listed.completed(200, page | {"recordings": [one | {"length": 3}]})


def test_a_conference_that_goes_on_has_no_reason_for_its_end() -> None:
    shown = operation("GET", f"{ACCOUNT}/Conferences/CF{'1' * 32}.json")
    assert shown is not None
    assert shown.completed(200, {"status": "in-progress"})["reason_conference_ended"] is None
    with pytest.raises(AssertionError, match="status"):
        shown.completed(200, {})


def test_a_description_is_reduced_to_what_is_used_without_a_sentence() -> None:
    kept = {"schema": {"type": "string", "description": "Words.", "example": "words"}, "name": "To"}
    item = {
        "post": {
            "description": "Words.",
            "parameters": [kept | {"in": "query", "description": "Words."}],
            "responses": {
                "201": {
                    "description": "Words",
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/a"}}},
                }
            },
        }
    }
    account = "/2010-04-01/Accounts/{AccountSid}"
    schemas = {"a": {"type": "object", "properties": {"description": {"type": "string"}}}, "b": {}}
    made = reduce(
        {
            "openapi": "3.0.1",
            "info": {
                "title": "T",
                "version": "1",
                "license": {"name": "L"},
                "description": "Words",
            },
            "paths": {f"{account}/Calls.json": item, f"{account}/Queues.json": item},
            "components": {"schemas": schemas},
        },
        "from there",
    )
    assert list(made["paths"]) == [f"{account}/Calls.json"]
    assert list(made["components"]["schemas"]) == ["a"]
    assert "description" in made["components"]["schemas"]["a"]["properties"]
    assert "ords" not in json.dumps(made)
    assert made["info"]["x-source"] == "from there"
