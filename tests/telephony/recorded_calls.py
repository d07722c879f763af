"""A line whose council records, its callers and agents, and the carrier that records them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from casework.adapters.surroundings import FixedClock
from casework.domain.recordings import Recording, RecordingState
from casework.domain.staff import StaffMember
from telephony.recording_out import TwilioRecorder
from tests.casework.recorded import recording_council
from tests.office import NOW
from tests.telephony.conftest import BASE, TOKEN
from tests.telephony.exchange import ACCOUNT, SAM, Exchange, make_exchange
from tests.twilio_stand_in import recordings as stand_in
from tests.twilio_stand_in.handset import Handset
from tests.twilio_stand_in.switchboard import ConnectedCall

NOTICE = "may be recorded"
KEPT, OVER, NONE = RecordingState.KEPT, RecordingState.OVER, RecordingState.NONE
RUNNING, PAUSED, UNSURE = RecordingState.RUNNING, RecordingState.PAUSED, RecordingState.UNSURE


class Recorder:
    """The real recorder, on the API of whichever exchange is there."""

    def __init__(self) -> None:
        self.made: TwilioRecorder | None = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self.made, name)


def make_recording_exchange(**rules: Any) -> Iterator[Exchange]:
    recorder, council = Recorder(), recording_council(**rules)
    clock = FixedClock(NOW)
    for made in make_exchange(council=council, recorder=recorder, clock=clock):
        recorder.made = TwilioRecorder(ACCOUNT, TOKEN, made.rest.url, f"{BASE}/twilio", 2)
        yield made


def heard_of(exchange: Exchange) -> list[stand_in.Recording]:
    """What Twilio has recorded."""
    return list(exchange.rest.switchboard.recordings.made.values())


def ours(exchange: Exchange) -> Recording:
    with exchange.line.office.store.begin(reading=True) as work:
        return work.recordings.of_conversation(exchange.line.talks[0].id)[-1]


def sam(exchange: Exchange) -> StaffMember:
    with exchange.line.office.store.begin(reading=True) as work:
        return work.staff.get("sam")


def passes(exchange: Exchange, **time: float) -> None:
    clock = exchange.line.office.clock
    assert isinstance(clock, FixedClock)
    clock.advance(timedelta(**time))


def waits(exchange: Exchange) -> ConnectedCall:
    """A caller who wants a person about a pothole, and has heard where they stand."""
    exchange.employs("sam", SAM)
    call = exchange.wants_a_person()
    assert NOTICE in call.silence().text
    return call


def talks(exchange: Exchange) -> tuple[Handset, ConnectedCall]:
    """A caller who has let the notice pass talks with Sam."""
    agent = exchange.employs("sam", SAM)
    call = waits(exchange)
    call.silence()
    exchange.look()
    agent.answers()
    agent.presses("1")
    assert agent.talks_to == [call.number]
    return agent, call
