"""Talks between callers and agents are recorded only where they may be, and paused in time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from casework.adapters.scripted_recorder import ScriptedRecorder
from casework.domain.conversations import SAFETY
from casework.domain.errors import Conflict, NotAllowed, NotFound, SendingFailed
from casework.domain.handoffs import HandoffReason, HandoffState
from casework.domain.identity import Identity, Stage
from casework.domain.recording_rules import RecordingRules
from casework.domain.recordings import PauseReason, RecordingState, must_be_told
from casework.ports.recordings import Held
from casework.use_cases.forget_recordings import delete_due_recordings
from casework.use_cases.keep_recording_answer import keep_recording_answer
from casework.use_cases.note_recording import note_recording
from casework.use_cases.pause_recording import (
    go_on_recording,
    pause_recording,
    refuse_recording,
)
from casework.use_cases.put_on_hold import put_on_hold, take_off_hold
from casework.use_cases.read_recording import TalkRecording, read_recording
from casework.use_cases.record_talk import record_as_agent, record_talk
from casework.use_cases.settle_recordings import AT_ONCE, settle_recordings
from tests.casework.desk import BO, KIM, SAM, handoff_of
from tests.casework.recorded import CALL, Recorded, a_talk
from tests.office import the_council

RUNNING, PAUSED, UNSURE = RecordingState.RUNNING, RecordingState.PAUSED, RecordingState.UNSURE
OVER, KEPT, NONE = RecordingState.OVER, RecordingState.KEPT, RecordingState.NONE


def recorded(**rules: object) -> Recorded:
    """A talk that is being recorded."""
    talk = a_talk(**rules)
    assert record_talk(talk.office, "h1") is not None
    return talk


def shown(talk: Recorded) -> TalkRecording | None:
    with talk.office.store.begin(reading=True) as work:
        conversation = work.conversations.get(talk.talk.id)
        return read_recording(talk.office, work, conversation, work.handoffs.look("h1"))


def state_shown(talk: Recorded) -> str | None:
    found = shown(talk)
    return None if found is None else found.state


def begin_shown(talk: Recorded) -> bool:
    found = shown(talk)
    return found is not None and found.may_begin


def test_the_council_as_shipped_records_nothing() -> None:
    assert the_council().recording.on is False
    assert RecordingRules().on is False


def test_a_talk_is_recorded_once_the_caller_was_told() -> None:
    talk = recorded()
    assert (talk.one.state, talk.one.sid, talk.one.call) == (RUNNING, "RE1", CALL)
    assert record_talk(talk.office, "h1") is None
    assert talk.recorder.states == {"RE1": RUNNING}
    assert state_shown(talk) == "running"


def test_switched_off_nothing_is_asked_told_recorded_or_shown() -> None:
    talk = a_talk(on=False)
    assert record_talk(talk.office, "h1") is None
    assert not must_be_told(talk.office.council, talk.talk.conversation, handoff_of(talk.office))
    with pytest.raises(Conflict):
        record_as_agent(talk.office, SAM, "h1")
    assert talk.none
    assert talk.recorder.states == {}
    assert state_shown(talk) is None


@pytest.mark.parametrize(("may", "word"), [(None, "not_told"), (False, "refused")])
def test_who_was_not_told_or_said_no_is_not_recorded(may: bool | None, word: str) -> None:
    talk = a_talk(may=may)
    assert record_talk(talk.office, "h1") is None
    with pytest.raises(Conflict):
        record_as_agent(talk.office, SAM, "h1")
    assert talk.recorder.states == {}
    assert state_shown(talk) == word


@pytest.mark.parametrize("flag", ["safe_contact", *sorted(SAFETY)])
def test_who_may_be_in_danger_is_neither_asked_nor_recorded(flag: str) -> None:
    talk = a_talk(may=None)
    talk.conversation(flags=(flag,))
    assert not must_be_told(talk.office.council, talk.talk.conversation, handoff_of(talk.office))
    talk.conversation(may_record=True)
    assert record_talk(talk.office, "h1") is None
    assert state_shown(talk) == "protected"


def test_a_handoff_in_danger_is_not_recorded_and_who_is_rung_back_was_not_told() -> None:
    talk = a_talk(may=None)
    talk.handoff(reason=HandoffReason.DANGER)
    assert state_shown(talk) == "protected"
    talk.handoff(reason=HandoffReason.ASKED, ring_back="+447700900123")
    assert state_shown(talk) == "not_told"
    assert not must_be_told(talk.office.council, talk.talk.conversation, handoff_of(talk.office))


def test_a_no_is_never_undone_by_a_yes_that_comes_late() -> None:
    talk = a_talk(may=False)
    assert keep_recording_answer(talk.office, talk.talk.id, may=True) is False
    assert talk.talk.conversation.may_record is False


@pytest.mark.parametrize("service", ["house_move", "council_tax_pay"])
def test_where_identity_or_payment_comes_first_the_agent_begins_it(service: str) -> None:
    talk = a_talk()
    checked = service == "house_move"
    assert (talk.office.council.service(service).verify == "identity") is checked
    talk.handoff(about=service)
    assert record_talk(talk.office, "h1") is None
    assert talk.recorder.states == {}
    assert state_shown(talk) == "waits"
    assert record_as_agent(talk.office, SAM, "h1").state is RUNNING
    assert record_as_agent(talk.office, SAM, "h1").state is RUNNING
    assert talk.recorder.states == {"RE1": RUNNING}


def test_who_has_proved_who_they_are_is_recorded_at_once() -> None:
    talk = a_talk()
    talk.handoff(about="house_move")
    with talk.office.store.begin(reading=True) as work:
        assert work.conversations.get(talk.talk.id).identity is None
    talk.conversation(identity=Identity(Stage.VERIFIED))
    assert record_talk(talk.office, "h1") is not None


def test_an_agent_pauses_for_identity_and_goes_on() -> None:
    talk = recorded()
    for _ in range(2):
        one = pause_recording(talk.office, SAM, "h1", PauseReason.IDENTITY)
        assert (one.state, one.why) == (PAUSED, PauseReason.IDENTITY)
    assert talk.recorder.states == {"RE1": PAUSED}
    assert pause_recording(talk.office, SAM, "h1", PauseReason.PAYMENT).why == "payment"
    for _ in range(2):
        assert go_on_recording(talk.office, SAM, "h1").state is RUNNING
    assert talk.recorder.states == {"RE1": RUNNING}


def test_only_whose_talk_it_is_may_pause_it() -> None:
    talk = recorded()
    with pytest.raises(Conflict):
        pause_recording(talk.office, KIM, "h1", PauseReason.PAYMENT)
    with pytest.raises(NotAllowed):
        pause_recording(talk.office, BO, "h1", PauseReason.PAYMENT)
    with pytest.raises(NotFound):
        pause_recording(talk.office, SAM, "h9", PauseReason.PAYMENT)
    assert talk.recorder.states == {"RE1": RUNNING}


@pytest.mark.parametrize("fault", ["down", "refuses", "deaf"])
def test_a_pause_that_the_carrier_did_not_confirm_is_not_shown_as_one(fault: str) -> None:
    talk = recorded()
    setattr(talk.recorder, fault, True)
    with pytest.raises(SendingFailed):
        pause_recording(talk.office, SAM, "h1", PauseReason.PAYMENT)
    assert (talk.one.state, talk.one.wanted) == (UNSURE, PAUSED)
    assert state_shown(talk) == "unsure"
    settle_recordings(talk.office)
    assert talk.one.state is UNSURE
    setattr(talk.recorder, fault, False)
    talk.passes(minutes=2)
    settle_recordings(talk.office)
    assert (talk.one.state, talk.one.why) == (PAUSED, PauseReason.PAYMENT)
    assert talk.recorder.states == {"RE1": PAUSED}


def test_many_talks_that_are_recorded_do_not_keep_one_from_being_asked_for_again() -> None:
    talk = recorded()
    with talk.office.store.begin() as work:
        for number in range(AT_ONCE + 10):
            state = PAUSED if number % 2 else RUNNING
            others = {"id": f"c{number}", "call_sid": f"CAc{number}"}
            work.conversations.add(replace(talk.talk.conversation, **others))
            theirs = {"conversation_id": f"c{number}", "call": f"CA{number}"}
            work.handoffs.add(replace(work.handoffs.look("h1"), id=f"o{number}", **theirs))
            one = replace(talk.one, id=f"r{number}", handoff_id=f"o{number}", **theirs)
            work.recordings.add(replace(one, state=state))
    talk.passes(seconds=1)
    talk.recorder.deaf = True
    with pytest.raises(SendingFailed):
        pause_recording(talk.office, SAM, "h1", PauseReason.PAYMENT)
    talk.recorder.deaf = False
    settle_recordings(talk.office)
    with talk.office.store.begin(reading=True) as work:
        one = work.recordings.of_call(CALL)
    assert one is not None
    assert one.state is PAUSED


def test_going_on_unconfirmed_may_be_recorded_and_can_be_paused_again() -> None:
    talk = recorded()
    pause_recording(talk.office, SAM, "h1", PauseReason.IDENTITY)
    talk.recorder.deaf = True
    with pytest.raises(SendingFailed):
        go_on_recording(talk.office, SAM, "h1")
    assert talk.one.state is UNSURE
    talk.recorder.deaf = False
    assert pause_recording(talk.office, SAM, "h1", PauseReason.IDENTITY).state is PAUSED
    assert talk.recorder.states == {"RE1": PAUSED}


@pytest.mark.parametrize("fault", ["refuses", "deaf", "down"])
def test_a_beginning_that_is_not_confirmed_leaves_nothing_behind(fault: str) -> None:
    talk = a_talk()
    setattr(talk.recorder, fault, True)
    record_talk(talk.office, "h1")
    assert talk.one.state is (NONE if fault == "refuses" else UNSURE)
    setattr(talk.recorder, fault, False)
    for _ in range(3):
        talk.passes(minutes=5)
        settle_recordings(talk.office)
        delete_due_recordings(talk.office)
    talk.passes(minutes=40)
    settle_recordings(talk.office)
    assert talk.recorder.states == {}
    assert talk.one.state in {NONE, RecordingState.DELETED}
    if fault == "refuses":
        assert record_as_agent(talk.office, SAM, "h1").state is RUNNING


def test_a_carrier_that_ended_the_call_meanwhile_records_nothing() -> None:
    talk = a_talk()
    talk.recorder.over.add(CALL)
    record_talk(talk.office, "h1")
    assert talk.one.state is NONE


def test_hold_pauses_it_and_the_end_of_the_hold_goes_on() -> None:
    talk = recorded()
    put_on_hold(talk.office, SAM, "h1", talk.calls)
    assert (talk.one.state, talk.one.why) == (PAUSED, PauseReason.HOLD)
    with pytest.raises(Conflict):
        go_on_recording(talk.office, SAM, "h1")
    take_off_hold(talk.office, SAM, "h1", talk.calls)
    assert talk.one.state is RUNNING


def test_the_end_of_a_hold_does_not_end_a_pause_for_something_else() -> None:
    talk = recorded()
    pause_recording(talk.office, SAM, "h1", PauseReason.IDENTITY)
    put_on_hold(talk.office, SAM, "h1", talk.calls)
    take_off_hold(talk.office, SAM, "h1", talk.calls)
    assert (talk.one.state, talk.one.why) == (PAUSED, PauseReason.IDENTITY)


def test_a_hold_keeps_what_an_unconfirmed_pause_was_for() -> None:
    talk = recorded()
    talk.recorder.down = True
    with pytest.raises(SendingFailed):
        pause_recording(talk.office, SAM, "h1", PauseReason.PAYMENT)
    talk.recorder.down = False
    put_on_hold(talk.office, SAM, "h1", talk.calls)
    take_off_hold(talk.office, SAM, "h1", talk.calls)
    assert (talk.one.state, talk.one.why) == (PAUSED, PauseReason.PAYMENT)
    assert talk.recorder.states == {"RE1": PAUSED}


class Crossing(ScriptedRecorder):
    """A carrier that does what it is asked, and answers only after `meanwhile`."""

    meanwhile: Callable[[], object] | None = None

    def pause(self, call: str, sid: str | None) -> None:
        super().pause(call, sid)
        self._in_between()

    def go_on(self, call: str, sid: str | None) -> None:
        super().go_on(call, sid)
        self._in_between()

    def stop(self, call: str, sid: str | None) -> str | None:
        found = super().stop(call, sid)
        self._in_between()
        return found

    def _in_between(self) -> None:
        meanwhile, self.meanwhile = self.meanwhile, None
        if meanwhile is not None:
            meanwhile()


def crossing() -> tuple[Recorded, Crossing]:
    talk, recorder = a_talk(), Crossing()
    talk.office, talk.recorder = replace(talk.office, recorder=recorder), recorder
    assert record_talk(talk.office, "h1") is not None
    return talk, recorder


def test_of_two_requests_that_crossed_neither_is_shown_until_it_is_asked_again() -> None:
    talk, recorder = crossing()
    pause_recording(talk.office, SAM, "h1", PauseReason.PAYMENT)

    def paused() -> None:
        pause_recording(talk.office, SAM, "h1", PauseReason.PAYMENT)
        # The carrier took the two the other way round.
        recorder.states["RE1"] = RUNNING

    recorder.meanwhile = paused
    with pytest.raises(SendingFailed):
        go_on_recording(talk.office, SAM, "h1")
    assert (talk.one.state, talk.one.wanted) == (UNSURE, PAUSED)
    settle_recordings(talk.office)
    assert talk.one.state is PAUSED
    assert recorder.states == {"RE1": PAUSED}


def test_a_pause_that_another_request_crossed_is_not_confirmed() -> None:
    talk, recorder = crossing()
    recorder.meanwhile = lambda: go_on_recording(talk.office, SAM, "h1")
    with pytest.raises(SendingFailed):
        pause_recording(talk.office, SAM, "h1", PauseReason.PAYMENT)
    assert state_shown(talk) == "unsure"


@pytest.mark.parametrize(
    ("paused", "ask"),
    [
        (False, lambda talk: pause_recording(talk.office, SAM, "h1", PauseReason.PAYMENT)),
        (True, lambda talk: go_on_recording(talk.office, SAM, "h1")),
    ],
)
def test_what_the_carrier_has_ended_is_neither_paused_nor_going_on(
    paused: bool, ask: Callable[[Recorded], object]
) -> None:
    talk = recorded()
    if paused:
        pause_recording(talk.office, SAM, "h1", PauseReason.IDENTITY)
    talk.recorder.states["RE1"] = KEPT
    with pytest.raises(Conflict):
        ask(talk)
    assert talk.one.state is OVER


def test_what_is_paused_or_not_confirmed_does_not_count_as_begun() -> None:
    talk = recorded()
    pause_recording(talk.office, SAM, "h1", PauseReason.IDENTITY)
    with pytest.raises(Conflict):
        record_as_agent(talk.office, SAM, "h1")
    talk.recorder.down = True
    with pytest.raises(SendingFailed):
        go_on_recording(talk.office, SAM, "h1")
    with pytest.raises(SendingFailed):
        record_as_agent(talk.office, SAM, "h1")


def test_a_no_while_it_is_about_to_begin_is_not_confirmed_yet() -> None:
    talk = a_talk()
    talk.recorder.down = True
    record_talk(talk.office, "h1")
    talk.recorder.down = False
    with pytest.raises(SendingFailed):
        refuse_recording(talk.office, SAM, "h1")
    assert state_shown(talk) == "unsure"


def test_a_no_that_cannot_be_carried_out_without_the_carrier_is_not_said_to_be() -> None:
    talk = recorded()
    talk.office = replace(talk.office, recorder=None)
    with pytest.raises(SendingFailed):
        refuse_recording(talk.office, SAM, "h1")
    assert talk.talk.conversation.may_record is False


@pytest.mark.parametrize(
    ("state", "sid", "begins"),
    [(None, None, True), (NONE, None, True), (NONE, "RE1", False), (OVER, None, False)],
)
def test_the_button_to_begin_shows_where_it_would_work(
    state: RecordingState | None, sid: str | None, begins: bool
) -> None:
    talk = a_talk()
    if state is not None:
        record_talk(talk.office, "h1")
        with talk.office.store.begin() as work:
            work.recordings.save(replace(work.recordings.get(talk.one.id), state=state, sid=sid))
        talk.recorder.states.clear()
    assert begin_shown(talk) is begins
    if begins:
        assert record_as_agent(talk.office, SAM, "h1").state is RUNNING
    else:
        with pytest.raises(Conflict):
            record_as_agent(talk.office, SAM, "h1")


def test_without_the_carrier_there_is_nothing_to_begin() -> None:
    talk = a_talk()
    talk.office = replace(talk.office, recorder=None)
    assert begin_shown(talk) is False


def test_what_is_asked_again_in_the_background_does_not_hide_a_newer_request() -> None:
    talk, recorder = crossing()
    pause_recording(talk.office, SAM, "h1", PauseReason.PAYMENT)
    recorder.down = True
    with pytest.raises(SendingFailed):
        go_on_recording(talk.office, SAM, "h1")
    recorder.down = False

    def paused() -> None:
        pause_recording(talk.office, SAM, "h1", PauseReason.PAYMENT)
        recorder.states["RE1"] = RUNNING

    recorder.meanwhile = paused
    settle_recordings(talk.office)
    assert (talk.one.state, talk.one.wanted) == (UNSURE, PAUSED)
    settle_recordings(talk.office)
    assert recorder.states == {"RE1": PAUSED}


def test_an_end_under_way_does_not_lose_the_order_to_delete() -> None:
    talk, recorder = crossing()
    talk.handoff(state=HandoffState.RETURNED)
    recorder.meanwhile = lambda: order_deleted(talk)
    settle_recordings(talk.office)
    assert talk.one.state is OVER
    assert talk.one.delete_at == talk.clock.now()
    talk.passes(minutes=1)
    settle_recordings(talk.office)
    assert delete_due_recordings(talk.office) == 1


def order_deleted(talk: Recorded) -> None:
    """As when the caller says no after all."""
    with talk.office.store.begin() as work:
        now = talk.clock.now()
        one = replace(work.recordings.get(talk.one.id), delete_at=now, updated_at=now)
        work.recordings.save(one)


def test_a_hold_stands_although_the_recording_was_not_paused() -> None:
    talk = recorded()
    talk.recorder.down = True
    assert put_on_hold(talk.office, SAM, "h1", talk.calls).held_at is not None
    assert state_shown(talk) == "unsure"


def test_a_caller_who_says_no_to_the_agent_has_it_ended_and_deleted() -> None:
    talk = recorded()
    refuse_recording(talk.office, SAM, "h1")
    assert talk.one.state is OVER
    assert talk.talk.conversation.may_record is False
    assert state_shown(talk) == "refused"
    with pytest.raises(Conflict):
        record_as_agent(talk.office, SAM, "h1")
    talk.passes(minutes=1)
    settle_recordings(talk.office)
    assert delete_due_recordings(talk.office) == 1
    assert talk.recorder.states == {}
    assert talk.one.state is RecordingState.DELETED


def test_a_no_to_the_agent_is_carried_out_once_the_carrier_can() -> None:
    talk = recorded()
    talk.recorder.down = True
    with pytest.raises(SendingFailed):
        refuse_recording(talk.office, SAM, "h1")
    assert state_shown(talk) == "unsure"
    talk.recorder.down = False
    talk.passes(minutes=1)
    settle_recordings(talk.office)
    assert talk.recorder.states == {"RE1": KEPT}
    talk.passes(minutes=1)
    settle_recordings(talk.office)
    assert delete_due_recordings(talk.office) == 1


@pytest.mark.parametrize(
    "end",
    [HandoffState.RETURNED, HandoffState.ENDED, HandoffState.WAITING, HandoffState.GONE],
)
def test_it_ends_with_the_talk_however_that_ends(end: HandoffState) -> None:
    talk = recorded()
    talk.handoff(state=end)
    settle_recordings(talk.office)
    assert talk.one.state is OVER
    assert talk.recorder.states == {"RE1": KEPT}
    talk.passes(minutes=1)
    settle_recordings(talk.office)
    assert (talk.one.state, talk.one.seconds) == (KEPT, 60)
    assert talk.one.delete_at == talk.clock.now() + timedelta(days=30)


def test_another_agents_talk_is_recorded_by_itself() -> None:
    talk = recorded()
    talk.handoff(call="CAother")
    settle_recordings(talk.office)
    assert talk.one.state is OVER
    assert record_talk(talk.office, "h1") is not None
    assert talk.one.call == "CAother"


def test_danger_that_shows_while_it_runs_ends_it_and_deletes_it() -> None:
    talk = recorded()
    talk.conversation(flags=("safe_contact",))
    settle_recordings(talk.office)
    assert talk.one.state is OVER
    assert talk.one.delete_at == talk.clock.now()


def test_one_that_began_after_it_was_ended_is_ended_again() -> None:
    talk = recorded()
    talk.handoff(state=HandoffState.ENDED)
    settle_recordings(talk.office)
    talk.recorder.states["RE1"] = RUNNING
    talk.passes(minutes=1)
    settle_recordings(talk.office)
    assert talk.recorder.states == {"RE1": KEPT}


def test_news_of_a_recording_is_kept_once_and_only_for_its_own_call() -> None:
    talk = recorded()
    held = Held("RE1", KEPT, 61)
    for wrong in (("r9", CALL, held), (talk.one.id, "CAother", held)):
        with pytest.raises(NotFound):
            note_recording(talk.office, *wrong)
    with pytest.raises(NotFound):
        note_recording(talk.office, talk.one.id, CALL, Held("RE2", KEPT, 61))
    note_recording(talk.office, talk.one.id, CALL, held)
    until = talk.one.delete_at
    talk.passes(days=1)
    note_recording(talk.office, talk.one.id, CALL, Held("RE1", KEPT, 5))
    assert (talk.one.seconds, talk.one.delete_at) == (61, until)


def test_news_that_there_is_nothing_is_kept() -> None:
    talk = recorded()
    note_recording(talk.office, talk.one.id, CALL, Held("RE1", NONE))
    assert talk.one.state is NONE
    assert delete_due_recordings(talk.office) == 0
