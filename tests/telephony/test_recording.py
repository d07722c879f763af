"""Recording of talks, from the first word to the sound: on the real rooms and the stand-in."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from casework.domain.errors import Invalid, NotFound, SendingFailed
from casework.domain.recordings import PauseReason, RecordingState
from casework.ports.recordings import Span
from casework.use_cases.close_handoff import close_handoff
from casework.use_cases.forget_recordings import delete_due_recordings
from casework.use_cases.hand_back import hand_back
from casework.use_cases.pause_recording import go_on_recording, pause_recording
from casework.use_cases.record_talk import record_as_agent
from casework.use_cases.settle_recordings import settle_recordings
from tests.telephony.conftest import BASE, TOKEN
from tests.telephony.exchange import SAM, Exchange
from tests.telephony.recorded_calls import (
    KEPT,
    NONE,
    OVER,
    PAUSED,
    RUNNING,
    UNSURE,
    heard_of,
    make_recording_exchange,
    ours,
    passes,
    sam,
    talks,
    waits,
)
from tests.twilio_stand_in.signing import signature


@pytest.fixture
def exchange() -> Iterator[Exchange]:
    yield from make_recording_exchange()


def report(exchange: Exchange, token: str = TOKEN, **about: str) -> int:
    one = ours(exchange)
    url = f"{BASE}/twilio/recording?recording={about.pop('recording', one.id)}"
    form = {
        "CallSid": one.call, "RecordingSid": one.sid or "", "RecordingStatus": "completed",
        "RecordingDuration": "42", **about,
    }  # fmt: skip
    headers = {"X-Twilio-Signature": signature(token, url, form)}
    return exchange.line.post(url, form, headers).status


def test_where_identity_comes_first_it_waits_for_the_agent(exchange: Exchange) -> None:
    agent = exchange.employs("sam", SAM)
    call = waits(exchange)
    call.silence()
    with exchange.line.office.store.begin() as work:
        held = work.handoffs.get(exchange.handoff.id)
        work.handoffs.save(replace(held, about="house_move"))
    exchange.look()
    agent.answers()
    assert "until you begin it at the desk" in agent.presses("1").text
    assert heard_of(exchange) == []
    one = record_as_agent(exchange.line.office, sam(exchange), exchange.handoff.id)
    assert one.state is RUNNING
    assert len(heard_of(exchange)) == 1


def test_what_is_said_while_it_is_paused_is_not_on_it(exchange: Exchange) -> None:
    agent, _ = talks(exchange)
    office, board = exchange.line.office, exchange.rest.switchboard
    assert agent.call is not None
    pause_recording(office, sam(exchange), exchange.handoff.id, PauseReason.PAYMENT)
    board.recordings.catch(agent.call.call_sid, "my card number")
    go_on_recording(office, sam(exchange), exchange.handoff.id)
    board.recordings.catch(agent.call.call_sid, "the pothole")
    made = heard_of(exchange)[0]
    assert (made.caught, made.pauses) == (["the pothole"], ["skip"])
    assert made.asked == ["in-progress", "paused", "in-progress"]


@pytest.mark.parametrize("status", [400, 401, 429, 500, 503])
def test_a_pause_that_twilio_refuses_is_told_as_not_paused(exchange: Exchange, status: int) -> None:
    talks(exchange)
    exchange.rest.fail_next(status, 20001 if status == 400 else None)
    with pytest.raises(SendingFailed):
        pause_recording(
            exchange.line.office, sam(exchange), exchange.handoff.id, PauseReason.PAYMENT
        )
    assert ours(exchange).state is UNSURE
    assert heard_of(exchange)[0].status == "in-progress"
    settle_recordings(exchange.line.office)
    assert ours(exchange).state is PAUSED
    assert heard_of(exchange)[0].status == "paused"


def test_a_beginning_that_twilio_refuses_leaves_the_talk_unrecorded(exchange: Exchange) -> None:
    agent = exchange.employs("sam", SAM)
    call = waits(exchange)
    call.silence()
    exchange.look()
    agent.answers()
    # The caller is fetched by one request; the next is the one that begins it.
    exchange.rest.fail_next(None)
    exchange.rest.fail_next(400, 20001)
    agent.presses("1")
    assert agent.talks_to == [call.number]
    assert heard_of(exchange) == []
    assert ours(exchange).state is NONE
    one = record_as_agent(exchange.line.office, sam(exchange), exchange.handoff.id)
    assert one.state is RUNNING


def test_a_beginning_of_which_the_answer_is_lost_is_ended_and_deleted(exchange: Exchange) -> None:
    agent = exchange.employs("sam", SAM)
    call = waits(exchange)
    call.silence()
    exchange.look()
    agent.answers()
    exchange.rest.fail_next(None)
    exchange.rest.fail_next(None, hang=3)
    agent.presses("1")
    assert agent.talks_to == [call.number]
    assert ours(exchange).state is UNSURE
    # Twilio carries it out although nobody waits for it any more.
    time.sleep(2)
    assert [one.status for one in heard_of(exchange)] == ["in-progress"]
    settle_recordings(exchange.line.office)
    for _ in range(6):
        passes(exchange, minutes=3)
        settle_recordings(exchange.line.office)
        delete_due_recordings(exchange.line.office)
    assert heard_of(exchange) == []
    assert ours(exchange).state in {NONE, RecordingState.DELETED}


@pytest.mark.parametrize("end", ["back", "close", "agent", "caller"])
def test_it_ends_with_the_talk_and_holds_nothing_of_what_follows(
    exchange: Exchange, end: str
) -> None:
    agent, call = talks(exchange)
    office = exchange.line.office
    if end == "back":
        hand_back(office, sam(exchange), exchange.handoff.id, exchange.control)
        assert "?" in call.news.text
    elif end == "close":
        close_handoff(office, sam(exchange), exchange.handoff.id, exchange.control)
    elif end == "agent":
        agent.hangs_up()
    else:
        call.hang_up()
    made = heard_of(exchange)[0]
    assert made.status == "completed"
    assert made.caught == []
    one = ours(exchange)
    assert (one.state, one.seconds) == (KEPT, 42)
    assert one.delete_at == office.clock.now() + timedelta(days=30)


def test_a_report_that_is_lost_is_made_good(exchange: Exchange) -> None:
    agent, _ = talks(exchange)
    exchange.rest.switchboard.recordings.tells = False
    agent.hangs_up()
    assert ours(exchange).state is RUNNING
    settle_recordings(exchange.line.office)
    assert ours(exchange).state is OVER
    passes(exchange, minutes=1)
    settle_recordings(exchange.line.office)
    assert (ours(exchange).state, ours(exchange).seconds) == (KEPT, 42)


def test_reports_are_signed_and_the_same_one_twice_changes_nothing(exchange: Exchange) -> None:
    agent, _ = talks(exchange)
    assert report(exchange, "another-token") == 403
    assert ours(exchange).state is RUNNING
    agent.hangs_up()
    before = ours(exchange)
    assert report(exchange, RecordingDuration="7") == 204
    assert ours(exchange) == before
    assert report(exchange, recording="nobody") == 204
    assert report(exchange, RecordingStatus="something") == 204


def test_a_report_that_there_is_nothing_is_kept(exchange: Exchange) -> None:
    talks(exchange)
    assert report(exchange, RecordingStatus="absent") == 204
    assert ours(exchange).state is NONE


def test_it_is_deleted_at_twilio_when_its_time_has_come(exchange: Exchange) -> None:
    agent, _ = talks(exchange)
    agent.hangs_up()
    passes(exchange, days=30)
    exchange.rest.fail_next(503)
    assert delete_due_recordings(exchange.line.office) == 0
    passes(exchange, minutes=3)
    assert delete_due_recordings(exchange.line.office) == 1
    assert heard_of(exchange) == []
    assert ours(exchange).state is RecordingState.DELETED


@pytest.mark.parametrize("ranges", [True, False])
def test_the_sound_is_streamed_whole_and_in_pieces(exchange: Exchange, ranges: bool) -> None:
    agent, _ = talks(exchange)
    agent.hangs_up()
    recorder, sid = exchange.line.office.recorder, ours(exchange).sid or ""
    assert recorder is not None
    whole = heard_of(exchange)[0].sound
    exchange.rest.recordings.ranges = ranges
    audio = recorder.listen(sid, None)
    assert (b"".join(audio.parts), audio.length) == (whole, len(whole))
    for span, wanted in (
        (Span(3, 9), whole[3:10]), (Span(5), whole[5:]), (Span(last=4), whole[-4:]),
        (Span(2, 10**6), whole[2:]),
    ):  # fmt: skip
        audio = recorder.listen(sid, span)
        assert b"".join(audio.parts) == wanted
        assert audio.length == len(wanted)
    with pytest.raises(Invalid, match="span"):
        recorder.listen(sid, Span(len(whole)))
    with pytest.raises(NotFound):
        recorder.listen("RE" + "0" * 32, None)
    with pytest.raises(NotFound):
        recorder.listen("../Messages", None)
    exchange.rest.fail_next(500)
    with pytest.raises(SendingFailed):
        recorder.listen(sid, None)
