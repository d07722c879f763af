"""What holds for every webhook of ours: only Twilio may call it, and what it answers can be played,
whatever it is asked and whatever fails behind it."""

from __future__ import annotations

import logging
from typing import Any

import pytest

from casework.adapters.memory_store import MemoryStore
from casework.adapters.scripted_recorder import ScriptedRecorder
from casework.domain.errors import Busy
from tests.telephony.conftest import BASE, TOKEN, Line, make_line
from tests.twilio_stand_in.signing import signature
from tests.twilio_stand_in.twiml import parse
from tests.twilio_stand_in.web import Reply

FORM = {"CallSid": "CA1", "MessageSid": "SM1", "RecordingSid": "RE1", "ConferenceSid": "CF1"}
TEXT = {**FORM, "From": "+447700900123", "Body": "is it bin day", "NumMedia": "0"}
REPORTS = {"/twilio/status", "/twilio/agent/status", "/twilio/recording", "/twilio/recording/talk"}
"""Those that tell us something, and are answered with nothing to play."""


def paths(line: Line) -> list[str]:
    """All that can be posted to."""
    rules = [rule for rule in line.app.url_map.iter_rules() if "POST" in (rule.methods or ())]
    assert all(not rule.arguments for rule in rules)
    return sorted(rule.rule for rule in rules)


def post(line: Line, path: str, token: str | None = TOKEN, **form: str) -> Reply:
    given = {**(TEXT if path == "/twilio/sms" else FORM), **form}
    signed = {} if token is None else {"X-Twilio-Signature": signature(token, BASE + path, given)}
    return line.post(BASE + path, given, signed)


def test_all_of_them_are_looked_at(line: Line) -> None:
    found = paths(line)
    assert len(found) > 20
    assert set(found) > REPORTS
    assert {"/twilio/voice", "/twilio/voice/recording", "/twilio/sms"} < set(found)


@pytest.mark.parametrize("token", [None, "another-token"])
def test_what_twilio_did_not_sign_is_refused(line: Line, token: str | None) -> None:
    assert {path: post(line, path, token).status for path in paths(line)} == dict.fromkeys(
        paths(line), 403
    )


def test_what_was_signed_for_another_address_is_refused(line: Line) -> None:
    signed = {"X-Twilio-Signature": signature(TOKEN, f"{BASE}/twilio/elsewhere", FORM)}
    for path in paths(line):
        assert line.post(BASE + path, FORM, signed).status == 403, path


def played(path: str, answer: Reply) -> list[str]:
    """The verbs of an answer, in order; raises for what Twilio could not play."""
    channel = "messaging" if path == "/twilio/sms" else "voice"
    return [verb.name for verb in parse(answer.body, answer.content_type, channel)]


def test_nobody_hears_of_an_error_in_twilio_s_words(line: Line) -> None:
    """A call that we know nothing of: every answer can be played, and leads on or ends the call."""
    for path in paths(line):
        answer = post(line, path)
        if path in REPORTS:
            assert (path, answer.status, answer.body) == (path, 204, b"")
            continue
        assert (path, answer.status) == (path, 200)
        verbs = played(path, answer)
        if path != "/twilio/sms":
            assert verbs[-1] in {"Redirect", "Hangup", "Gather"}, (path, verbs)


def test_nor_while_the_store_is_down(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    def down(*given: Any, **named: Any) -> Any:
        raise Busy("down")

    monkeypatch.setattr(MemoryStore, "begin", down)
    for path in paths(line):
        answer = post(line, path)
        if path in REPORTS:
            assert answer.status in {204, 503}, path
            assert answer.body == b""
            continue
        assert (path, answer.status) == (path, 200)
        verbs = played(path, answer)
        if path != "/twilio/sms":
            assert verbs[-1] in {"Redirect", "Hangup", "Gather"}, (path, verbs)
            assert {"Say", "Gather"} & set(verbs), (path, verbs)


def test_a_report_of_a_recording_that_is_not_kept_is_no_call_that_failed(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    line = make_line(recorder=ScriptedRecorder())

    def down(*given: Any, **named: Any) -> Any:
        raise Busy("down")

    monkeypatch.setattr(MemoryStore, "begin", down)
    with caplog.at_level(logging.ERROR):
        assert post(line, "/twilio/recording", RecordingStatus="completed").status == 503
        told = post(line, "/twilio/recording/talk", StatusCallbackEvent="conference-start")
    assert told.status == 204
    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == [
        "a recording could not be seen to: Busy"
    ] * 2
