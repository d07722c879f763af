"""A council that records, a caller who was told of it, and an agent who talks with them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from casework.adapters.scripted_calls import ScriptedCalls
from casework.adapters.scripted_recorder import ScriptedRecorder
from casework.adapters.surroundings import FixedClock
from casework.domain.cases import Case
from casework.domain.catalogue import Council
from casework.domain.conversations import Channel
from casework.domain.handoffs import HandoffState
from casework.domain.recording_rules import RecordingRules
from casework.domain.recordings import Recording
from casework.use_cases.keep_recording_answer import keep_recording_answer
from casework.use_cases.office import Office
from casework.use_cases.settle_recordings import settle_recordings
from tests.casework.desk import taken
from tests.office import NOW, Talk, make_office, the_council

CALL = "CAleg"
"""The agent's call."""


def recording_council(**rules: Any) -> Council:
    """The council as it is, but for its switch."""
    given = {"on": True, "keep_days": 30, "agent_begins": ("council_tax_pay",), **rules}
    return replace(the_council(), recording=RecordingRules(**given))


@dataclass
class Recorded:
    """A talk by telephone, taken by Sam, in which nothing is recorded yet."""

    office: Office
    recorder: ScriptedRecorder
    calls: ScriptedCalls
    clock: FixedClock
    talk: Talk

    @property
    def one(self) -> Recording:
        """The recording of the talk."""
        with self.office.store.begin(reading=True) as work:
            return work.recordings.of_conversation(self.talk.id)[-1]

    @property
    def none(self) -> bool:
        with self.office.store.begin(reading=True) as work:
            return not work.recordings.of_conversation(self.talk.id)

    def handoff(self, **changes: Any) -> None:
        with self.office.store.begin() as work:
            work.handoffs.save(replace(work.handoffs.get("h1"), **changes))

    def conversation(self, **changes: Any) -> None:
        with self.office.store.begin() as work:
            work.conversations.save(replace(work.conversations.get(self.talk.id), **changes))

    def case(self) -> Case:
        """One that came of the talk."""
        now = self.clock.now()
        return Case("48291573", "missed_bin", "waste", "full", NOW, self.talk.id, due_at=now)

    def ends(self) -> None:
        """The talk is over, and the carrier has made a recording of it."""
        self.handoff(state=HandoffState.ENDED)
        settle_recordings(self.office)
        self.passes(minutes=1)
        settle_recordings(self.office)

    def passes(self, **time: float) -> None:
        self.clock.advance(timedelta(**time))


def a_talk(*, may: bool | None = True, **rules: Any) -> Recorded:
    clock, recorder = FixedClock(NOW), ScriptedRecorder()
    office = make_office(clock=clock, recorder=recorder, council=recording_council(**rules))
    talk = taken(office, Channel.VOICE, caller="+447700900123", call_sid="CA1")
    made = Recorded(office, recorder, ScriptedCalls(), clock, talk)
    made.handoff(call=CALL)
    if may is not None:
        keep_recording_answer(office, talk.id, may=may)
    return made
