"""What callers hear on the way to a person: in the manner they asked for, and never a dead line."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from casework.domain.errors import Busy
from casework.domain.handoffs import HandoffState
from telephony.agent_leg import AgentLeg
from telephony.caller_leg import CallerLeg
from telephony.calls import Calls
from telephony.hold import JOINS_WITHIN, Hold
from telephony.manner import LOUDER, RELAY, SLOWER
from telephony.recording_notice import RecordingNotice
from telephony.transfer import Transfer
from telephony.webhook_parts import CALLERS_TRIES, MOST_TRIES
from tests.casework.recorded import recording_council
from tests.telephony.conftest import BASE, TOKEN
from tests.telephony.recorded_calls import make_recording_exchange, waits
from tests.telephony.test_transfer import SAM, Exchange, make_exchange
from tests.twilio_stand_in.signing import signature

ONE_MOMENT, WORKING = "One moment", "still working"


@pytest.fixture
def exchange() -> Iterator[Exchange]:
    yield from make_exchange()


@pytest.fixture
def recording() -> Iterator[Exchange]:
    yield from make_recording_exchange()


def asked(exchange: Exchange, path: str, **form: str) -> str:
    """The document that a webhook of the newest call answers with."""
    call = exchange.call
    assert call is not None
    given = {"CallSid": call.call_sid, **form}
    signed = {"X-Twilio-Signature": signature(TOKEN, BASE + path, given)}
    answer = exchange.line.post(BASE + path, given, signed)
    assert answer.status == 200
    return answer.body.decode()


def speaks(exchange: Exchange, *flags: str) -> None:
    """The caller has asked to be spoken to in a manner."""
    with exchange.line.office.store.begin() as work:
        talk = work.conversations.get(exchange.line.talks[0].id)
        work.conversations.save(replace(talk, flags=(*talk.flags, *flags)))


def fails(*given: Any, **named: Any) -> Any:
    raise Busy("now")


def sam_takes_it(exchange: Exchange) -> None:
    agent = exchange.employs("sam", SAM)
    exchange.wants_a_person()
    exchange.look()
    agent.answers()
    agent.presses("1")


@pytest.mark.parametrize(
    ("flag", "prosody"),
    [(SLOWER, 'rate="80%"'), (RELAY, 'rate="80%"'), (LOUDER, 'volume="x-loud"')],
)
def test_the_manner_is_not_forgotten_in_the_queue(
    exchange: Exchange, flag: str, prosody: str
) -> None:
    exchange.employs("sam", SAM)
    exchange.wants_a_person()
    speaks(exchange, flag)
    for path in ("queued?nth=0", "queued?nth=1", "queued?nth=2", "left", "back", "rejoin"):
        document = asked(exchange, f"/twilio/voice/{path}")
        assert document.count("<prosody") == document.count("<Say"), path
        if "<Say" in document:
            assert prosody in document
    assert prosody in asked(exchange, "/twilio/voice/queued?nth=0")
    assert prosody in asked(exchange, "/twilio/voice/left")
    assert prosody in asked(exchange, "/twilio/voice/back")
    chosen = asked(exchange, "/twilio/voice/queued", Digits="*")
    assert "<Gather" in chosen
    assert prosody in chosen


def test_nor_in_the_conference_nor_on_hold(exchange: Exchange) -> None:
    sam_takes_it(exchange)
    speaks(exchange, SLOWER)
    for path in (f"hold?handoff={exchange.handoff.id}", "held"):
        document = asked(exchange, f"/twilio/voice/{path}")
        assert document.count("<Say") == document.count('rate="80%"') == 1, path


FAILING = [
    (Transfer, "queued", "queued?nth=1", CALLERS_TRIES),
    (Transfer, "left", "left", CALLERS_TRIES),
    (Transfer, "back", "back", CALLERS_TRIES),
    (Transfer, "rejoins", "rejoin", CALLERS_TRIES),
]


@pytest.mark.parametrize(("room", "name", "path", "most"), FAILING)
def test_a_caller_hears_that_it_takes_a_moment_and_in_the_end_the_truth(
    exchange: Exchange,
    monkeypatch: pytest.MonkeyPatch,
    room: type,
    name: str,
    path: str,
    most: int,
) -> None:
    exchange.wants_a_person()
    monkeypatch.setattr(room, name, fails)
    first = asked(exchange, f"/twilio/voice/{path}")
    assert ONE_MOMENT in first
    assert first.index("<Say") < first.index("<Pause") < first.index("<Redirect")
    poll = "&poll=" if "?" in path else "?poll="
    for tries in range(1, most):
        assert WORKING in asked(exchange, f"/twilio/voice/{path}{poll}{tries}")
    last = asked(exchange, f"/twilio/voice/{path}{poll}{most}")
    assert exchange.line.wording.say("out_of_order")[:20] in last
    assert "<Hangup" in last
    assert "<Redirect" not in last


def test_a_caller_whose_agent_has_just_gone_waits_a_second_without_a_word(
    exchange: Exchange,
) -> None:
    sam_takes_it(exchange)
    document = asked(exchange, "/twilio/voice/left")
    assert "<Say" not in document
    assert '<Pause length="1"' in document


def test_the_answer_to_the_notice_that_is_not_kept_in_time_is_not_met_with_silence(
    recording: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits(recording)
    monkeypatch.setattr(RecordingNotice, "keep", fails)
    assert ONE_MOMENT in asked(recording, "/twilio/voice/recording?turn=3", Digits="2")
    again = asked(recording, "/twilio/voice/recording?turn=3&tries=1&said=no")
    assert WORKING in again
    assert "said=no" in again
    last = asked(recording, f"/twilio/voice/recording?turn=3&tries={CALLERS_TRIES}&said=no")
    assert "<Hangup" in last


def test_whoever_is_rung_back_hears_that_it_takes_a_moment(
    exchange: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    exchange.wants_a_person()
    monkeypatch.setattr(CallerLeg, "answers", fails)
    path = "/twilio/agent/caller/agreed?handoff=h&staff=s&nth=1"
    assert ONE_MOMENT in asked(exchange, path, Digits="1")
    again = asked(exchange, f"{path}&key=1&tries=1")
    assert WORKING in again
    assert "key=1" in again


def test_an_agent_hears_that_it_takes_a_moment(
    exchange: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    exchange.wants_a_person()
    monkeypatch.setattr(AgentLeg, "key", fails)
    moment = exchange.line.wording.say("agent_moment")
    path = "/twilio/agent/key?handoff=h&staff=s"
    for tries in range(MOST_TRIES):
        assert moment in asked(exchange, f"{path}&tries={tries}", Digits="1")
    assert "<Hangup" in asked(exchange, f"{path}&tries={MOST_TRIES}", Digits="1")


def test_a_caller_whom_the_hold_cannot_tell_anything_hears_that_it_goes_on(
    exchange: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    sam_takes_it(exchange)
    monkeypatch.setattr(Hold, "parts", fails)
    assert WORKING in asked(exchange, f"/twilio/voice/hold?handoff={exchange.handoff.id}")


@pytest.fixture
def hasty() -> Iterator[Exchange]:
    """Records, and has a second for each answer."""
    yield from make_exchange(seconds=1.0, council=recording_council())


def test_what_is_said_to_the_notice_is_answered_in_the_time_of_one_answer(
    hasty: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    exchange = hasty
    waits(exchange)
    go_on = threading.Event()

    def slowly(work: Callable[..., Any]) -> Callable[..., Any]:
        def late(*given: Any) -> Any:
            go_on.wait(20)
            return work(*given)

        return late

    monkeypatch.setattr(RecordingNotice, "keep", slowly(RecordingNotice.keep))
    monkeypatch.setattr(Calls, "take", slowly(Calls.take))
    began = time.monotonic()
    document = asked(
        exchange, "/twilio/voice/recording?turn=3", SpeechResult="it is the one by the school"
    )
    assert time.monotonic() - began < 1.5
    assert ONE_MOMENT in document
    go_on.set()


def test_an_agent_who_hears_all_there_is_to_hear_is_not_taken_for_gone(exchange: Exchange) -> None:
    sam_takes_it(exchange)
    advance: Callable[..., None] = exchange.line.office.clock.advance  # type: ignore[attr-defined]
    # Who it is, in which words, that it is recorded: 24 seconds; and four requests that failed.
    advance(timedelta(seconds=24 + 4 * 4.5))
    asked(exchange, f"/twilio/voice/hold?handoff={exchange.handoff.id}")
    assert exchange.handoff.state is HandoffState.TAKEN
    advance(JOINS_WITHIN)
    asked(exchange, f"/twilio/voice/hold?handoff={exchange.handoff.id}")
    assert exchange.handoff.state is HandoffState.ENDED
