"""Calls put through to agents: on the real rooms, the stand-in and its REST API."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from casework.adapters.surroundings import FixedClock
from casework.domain.conversations import Mode
from casework.domain.drafts import DraftState
from casework.domain.handoffs import HandoffState
from tests.office import LONDON
from tests.telephony.conftest import BASE, CALLER, TOKEN
from tests.telephony.exchange import (
    ALEX,
    SAM,
    Exchange,
    make_exchange,
)
from tests.twilio_stand_in.signing import signature


@pytest.fixture
def exchange() -> Iterator[Exchange]:
    yield from make_exchange()


SUNDAY = datetime(2026, 11, 22, 10, 30, tzinfo=LONDON)


def test_a_caller_waits_and_hears_where_they_stand(exchange: Exchange) -> None:
    exchange.employs("sam", SAM)
    call = exchange.rings()
    heard = call.press("0")
    assert "number 1 in the queue" in heard.text
    assert "press 1" in call.silence().text
    for _ in range(3):
        heard = call.silence()
        assert "You are number 1 in the queue" in heard.text
        assert "Press 1 and we will call you back" in heard.text
        seconds = int(heard.verbs[-1].attributes["timeout"])
        assert "still in the queue" in call.silence().text
        # Two sentences, each of about seven seconds, and the quiet after each.
        assert 2 * seconds + 14 <= 46
    assert exchange.mode is Mode.QUEUED


def test_a_caller_comes_into_the_conference_once_the_agent_has_taken_the_call(
    exchange: Exchange,
) -> None:
    agent = exchange.employs("sam", SAM)
    call = exchange.wants_a_person()
    exchange.look()
    assert call.room is None
    agent.answers()
    agent.presses("1")
    assert call.room is not None
    assert call.room.name == exchange.handoff.id
    (conference,) = call.news.verbs[-1].nested
    assert conference.attributes["startConferenceOnEnter"] == "false"


def test_a_caller_whom_the_carrier_does_not_fetch_comes_by_themselves(exchange: Exchange) -> None:
    agent = exchange.employs("sam", SAM)
    call = exchange.wants_a_person()
    exchange.look()
    agent.answers()
    exchange.rest.fail_next(503)
    agent.presses("1")
    assert call.room is None
    call.silence()
    assert call.talks_to == [SAM]


def test_an_agent_takes_the_call_after_a_brief_of_one_sentence(exchange: Exchange) -> None:
    agent = exchange.employs("sam", SAM)
    call = exchange.wants_a_person()
    exchange.look()
    assert "ringing somebody" in [call.silence().text, call.silence().text][1]
    brief = agent.answers().said[0]
    assert "pothole" in brief.lower()
    assert "not verified" in brief
    assert "the roads team" in brief
    assert "in English" in brief
    assert brief.count(".") == 1
    assert agent.presses("1").said == ["You are through to the caller."]
    assert agent.talks_to == [CALLER]
    assert call.talks_to == [SAM]
    assert exchange.mode is Mode.AGENT
    assert exchange.handoff.state is HandoffState.TAKEN
    assert exchange.handoff.agent == "sam"


def test_who_it_is_and_their_reference_follow_the_key_before_the_two_are_joined(
    exchange: Exchange,
) -> None:
    agent = exchange.employs("sam", SAM)
    call = exchange.rings()
    exchange.says("there is a deep pothole in Elm Road in Mutley outside number 14", "pothole")
    for _ in range(8):
        if exchange.line.cases(exchange.line.talks[0].id):
            break
        asked = exchange.line.transcript(exchange.line.talks[0].id)[-1].said.asks
        exchange.says("yes" if asked == "confirm" else "skip")
    (case,) = exchange.line.cases(exchange.line.talks[0].id)
    call.press("0")
    exchange.look()
    ref = " ".join(case.ref[:4]) + ", " + " ".join(case.ref[4:])
    assert ref not in agent.answers().text
    heard = agent.presses("1")
    told, *_, through = heard.said
    assert "has not given a name" in told
    assert ref in told
    assert through == "You are through to the caller."
    assert [verb.name for verb in heard.verbs][-1] == "Dial"


def test_what_was_captured_stays_with_the_conversation(exchange: Exchange) -> None:
    agent = exchange.employs("sam", SAM)
    exchange.wants_a_person()
    exchange.look()
    agent.answers()
    agent.presses("1")
    assert exchange.drafts == [("pothole", DraftState.FILLING)]


def test_a_call_that_is_declined_goes_to_the_next_agent(exchange: Exchange) -> None:
    alex, sam = exchange.employs("alex", ALEX), exchange.employs("sam", SAM)
    call = exchange.wants_a_person()
    exchange.look()
    assert not sam.rings
    alex.answers()
    assert "next person" in alex.presses("2").text
    assert alex.heard.over
    exchange.look()
    assert not alex.rings
    sam.answers()
    sam.presses("1")
    assert call.talks_to == [SAM]
    assert exchange.handoff.tried == ("alex", "sam")


@pytest.mark.parametrize("fails", ["is_busy", "does_not_answer", "cannot_be_reached"])
def test_an_agent_who_cannot_be_had_is_passed_over(exchange: Exchange, fails: str) -> None:
    alex, sam = exchange.employs("alex", ALEX), exchange.employs("sam", SAM)
    call = exchange.wants_a_person()
    exchange.look()
    getattr(alex, fails)()
    assert exchange.handoff.state is HandoffState.WAITING
    exchange.look()
    sam.answers()
    sam.presses("1")
    assert call.talks_to == [SAM]


def test_a_machine_presses_no_key_and_hears_the_brief_once(exchange: Exchange) -> None:
    alex, sam = exchange.employs("alex", ALEX), exchange.employs("sam", SAM)
    exchange.wants_a_person()
    exchange.look()
    said = alex.goes_to_voicemail()
    assert sum("pothole" in one.lower() for one in said) == 1
    exchange.look()
    assert sam.rings


def test_an_agent_who_hangs_up_before_a_key_has_not_taken_it(exchange: Exchange) -> None:
    alex, sam = exchange.employs("alex", ALEX), exchange.employs("sam", SAM)
    exchange.wants_a_person()
    exchange.look()
    alex.answers()
    alex.hangs_up()
    assert exchange.mode is Mode.QUEUED
    exchange.look()
    assert sam.rings


def test_when_nobody_is_left_the_caller_hears_so_and_is_rung_back(exchange: Exchange) -> None:
    agent = exchange.employs("sam", SAM)
    call = exchange.wants_a_person()
    exchange.look()
    agent.does_not_answer()
    exchange.look()
    heard = call.news
    assert exchange.handoff.state is HandoffState.CALLBACK
    assert exchange.mode is Mode.BOT
    assert heard.said
    assert heard.gather is not None
    assert call.awaiting is not None
    assert exchange.drafts[-1] == ("callback", DraftState.FILLING)
    exchange.says("Priya Shah")
    assert not call.over


def test_the_caller_who_hangs_up_first_stops_the_ringing(exchange: Exchange) -> None:
    agent = exchange.employs("sam", SAM)
    call = exchange.wants_a_person()
    exchange.look()
    assert agent.rings
    call.hang_up()
    assert exchange.handoff.state is HandoffState.GONE
    assert exchange.mode is Mode.CLOSED
    assert not agent.rings
    exchange.look()
    assert not agent.rings


def test_an_agent_who_picks_up_after_the_caller_has_gone_hears_so(exchange: Exchange) -> None:
    agent = exchange.employs("sam", SAM)
    call = exchange.wants_a_person()
    exchange.look()
    agent.answers()
    exchange.rest.fail_next(503, times=2)
    call.hang_up()
    assert "nobody is waiting" in agent.presses("1").text
    assert agent.heard.over


def test_the_caller_who_hangs_up_while_talking_ends_it_for_the_agent(exchange: Exchange) -> None:
    agent = exchange.employs("sam", SAM)
    call = exchange.wants_a_person()
    exchange.look()
    agent.answers()
    agent.presses("1")
    call.hang_up()
    assert exchange.handoff.state is HandoffState.ENDED
    assert agent.call is not None
    assert agent.call.over


def test_when_the_agent_hangs_up_the_caller_hears_so_and_goes_on(exchange: Exchange) -> None:
    agent = exchange.employs("sam", SAM)
    call = exchange.wants_a_person()
    exchange.look()
    agent.answers()
    agent.presses("1")
    agent.hangs_up()
    heard = call.news
    assert "has left the call" in heard.text
    assert exchange.handoff.state is HandoffState.ENDED
    assert exchange.mode is Mode.BOT
    assert not call.over
    assert call.awaiting is not None


def test_a_caller_whose_agent_s_end_was_not_told_is_not_left_alone(exchange: Exchange) -> None:
    agent = exchange.employs("sam", SAM)
    call = exchange.wants_a_person()
    exchange.look()
    agent.answers()
    agent.presses("1")
    assert agent.call is not None
    agent.call.room, room = None, agent.call.room
    assert room is not None
    exchange.rest.switchboard.leave(agent.call, room, ends=True)
    assert call.room is not None
    exchange.line.office.clock.advance(timedelta(seconds=60))  # type: ignore[attr-defined]
    call.hold()
    assert call.room is None
    assert "has left the call" in call.news.text
    assert exchange.handoff.state is HandoffState.ENDED


def test_out_of_hours_it_is_a_call_back_as_before() -> None:
    for exchange in make_exchange(clock=FixedClock(SUNDAY)):
        agent = exchange.employs("sam", SAM)
        call = exchange.wants_a_person()
        exchange.look()
        assert call.awaiting is not None
        assert not agent.rings
        assert exchange.drafts[-1][0] == "callback"


def test_a_key_pressed_twice_takes_the_call_once(exchange: Exchange) -> None:
    agent = exchange.employs("sam", SAM)
    exchange.wants_a_person()
    exchange.look()
    agent.answers()
    agent.presses("1")
    assert agent.call is not None
    assert b"<Conference" in bytes(agent.call.retry_last().body)
    assert exchange.handoff.state is HandoffState.TAKEN


def test_late_news_changes_nothing(exchange: Exchange) -> None:
    alex, sam = exchange.employs("alex", ALEX), exchange.employs("sam", SAM)
    exchange.wants_a_person()
    exchange.look()
    alex.does_not_answer()
    exchange.look()
    sam.answers()
    sam.presses("1")
    exchange.rest.switchboard.placed[0].retry_last()
    assert exchange.handoff.agent == "sam"
    assert exchange.handoff.state is HandoffState.TAKEN


PATHS = [
    *("/twilio/voice/held", "/twilio/voice/rejoin", "/twilio/voice/queued"),
    *("/twilio/voice/hold", "/twilio/voice/left", "/twilio/voice/back", "/twilio/agent"),
    *("/twilio/agent/dialled", "/twilio/agent/caller/asked", "/twilio/agent/caller/agreed"),
    *("/twilio/agent/key", "/twilio/agent/silent", "/twilio/agent/over", "/twilio/agent/status"),
    "/twilio/agent/fallback",
]


@pytest.mark.parametrize("path", PATHS)
def test_only_twilio_may_call_these(exchange: Exchange, path: str) -> None:
    assert exchange.line.post(BASE + path, {"CallSid": "CA1"}, {}).status == 403


@pytest.mark.parametrize("path", PATHS)
def test_nobody_hears_of_an_error_in_twilio_s_words(exchange: Exchange, path: str) -> None:
    form = {"CallSid": "CA1"}
    signed = {"X-Twilio-Signature": signature(TOKEN, BASE + path, form)}
    assert exchange.line.post(BASE + path, form, signed).status in {200, 204}
