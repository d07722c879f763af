"""Sees to it that what is recorded is what should be: ends recordings of talks that are over, asks
again for what the carrier has not confirmed, and learns what it holds."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import timedelta

from casework.domain.errors import CaseworkError, NotFound, SendingFailed
from casework.domain.recordings import (
    Recording,
    RecordingState,
    Unrecorded,
    is_talk,
    unrecorded,
)
from casework.ports.recordings import CallRecorder, Held
from casework.use_cases.office import Office

log = logging.getLogger(__name__)

AT_ONCE = 50
"""Recordings of which something is asked of the carrier in one go."""

STEADY_AT_ONCE = 1000
"""Recordings that run or are paused looked at in one go, to see if their talk is over: more than
there are agents, since none leaves its place in the row until then."""

ANSWERS_WITHIN = timedelta(seconds=30)
"""How long the carrier can take to begin one. Whoever asked it has died since."""

READY_WITHIN = timedelta(minutes=30)
"""How long after a talk the carrier may still have no recording of it to show."""

LOOKS_AFTER = timedelta(seconds=20)
"""After how long it is looked for, if the carrier has sent no news of it."""

LOOKS_AGAIN = timedelta(seconds=3)
"""As long after the carrier was asked for something and did not answer; then ever longer."""

LONGEST_PAUSE = timedelta(minutes=2)
"""The longest time between two attempts."""

NEVER = frozenset({Unrecorded.REFUSED, Unrecorded.PROTECTED})
"""Reasons for which what was recorded is not kept either."""


def settle_recordings(office: Office) -> int:
    """Looks at all that are not settled, and at what goes on; how many there are. What fails is
    tried again later."""
    recorder = office.recorder
    if recorder is None:
        return 0
    with office.store.begin(reading=True) as work:
        found = work.recordings.unsettled(office.clock.now(), AT_ONCE)
        found += work.recordings.steady(STEADY_AT_ONCE)
    for one in found:
        try:
            settle(office, recorder, one)
        except CaseworkError as failure:
            log.warning("recording %s is not settled: %s", one.id, type(failure).__name__)
    return len(found)


def settle(office: Office, recorder: CallRecorder, one: Recording) -> Recording:
    """The recording as it then is. What the carrier does not do is tried again."""
    try:
        if one.state is RecordingState.OVER:
            return _look(office, recorder, one)
        reason, over = _as_it_should_be(office, one)
        if reason is not None or over:
            return end_recording(office, recorder, one, forget=reason in NEVER)
        lost = office.clock.now() - one.asked_at > ANSWERS_WITHIN
        if one.state is RecordingState.ASKED and lost:
            return end_recording(office, recorder, one, forget=True)
        if one.state is RecordingState.UNSURE:
            return _ask_again(office, recorder, one)
    except SendingFailed as failure:
        log.warning("recording %s: %s", one.id, failure.code)
        return _later(office, one)
    return one


def end_recording(
    office: Office, recorder: CallRecorder, one: Recording, *, forget: bool
) -> Recording:
    """The recording, ended; `forget` has what there is of it deleted. Raises SendingFailed, with
    the recording as one that may go on."""
    now = office.clock.now()
    delete_at = (one.delete_at or now) if forget else one.delete_at
    if one.delete_at != delete_at:
        # Before it is ended: news of what the carrier then holds may be quicker than its answer.
        one = _written(office, one, True, delete_at=delete_at)
    try:
        stopped = recorder.stop(one.call, one.sid)
    except SendingFailed:
        unsure = RecordingState.UNSURE
        _written(office, one, True, state=unsure, wanted=RecordingState.OVER, delete_at=delete_at)
        raise
    if one.sid is None and stopped is None and now - one.asked_at < ANSWERS_WITHIN:
        # It may still be about to begin: nobody is told yet that it does not.
        unsure, over = RecordingState.UNSURE, RecordingState.OVER
        soon = now + LOOKS_AGAIN
        return _written(
            office, one, True, state=unsure, wanted=over, delete_at=delete_at, due_at=soon
        )
    return _written(
        office,
        one,
        True,
        state=RecordingState.OVER,
        wanted=None,
        sid=one.sid or stopped,
        over_at=now,
        delete_at=delete_at,
        attempts=0,
        due_at=now + LOOKS_AFTER,
    )


def _as_it_should_be(office: Office, one: Recording) -> tuple[Unrecorded | None, bool]:
    """Why this must not be recorded, if so, and whether its talk is over."""
    try:
        with office.store.begin(reading=True) as work:
            conversation = work.conversations.get(one.conversation_id)
            handoff = work.handoffs.look(one.handoff_id)
    except NotFound:
        return None, True
    reason = unrecorded(office.council, conversation, handoff, by_agent=True)
    return reason, one.unwanted(office.clock.now()) or not is_talk(handoff, one.call)


def _ask_again(office: Office, recorder: CallRecorder, one: Recording) -> Recording:
    """Asks for what was not confirmed."""
    wanted = one.wanted
    try:
        if wanted is RecordingState.PAUSED:
            recorder.pause(one.call, one.sid)
        elif wanted is RecordingState.RUNNING:
            recorder.go_on(one.call, one.sid)
        else:
            return end_recording(office, recorder, one, forget=one.delete_at is not None)
    except NotFound:
        return end_recording(office, recorder, one, forget=False)
    return confirmed(office, one, wanted)


def confirmed(office: Office, one: Recording, state: RecordingState) -> Recording:
    """The recording once the carrier has confirmed that it is in `state`. If something else was
    asked for meanwhile, nobody knows which request came last: it is asked for again."""
    with office.store.begin() as work:
        held = work.recordings.get(one.id)
        if not held.is_live:
            return held
        now = office.clock.now()
        wanted = held.wanted or held.state
        if wanted is state:
            held = replace(held, state=state, wanted=None, attempts=0, due_at=None, updated_at=now)
        else:
            unsure = RecordingState.UNSURE
            held = replace(held, state=unsure, wanted=wanted, due_at=None, updated_at=now)
        work.recordings.save(held)
    return held


def _look(office: Office, recorder: CallRecorder, one: Recording) -> Recording:
    """What the carrier holds, if it has not sent news of it."""
    found = [held for held in recorder.of_call(one.call) if one.sid in {None, held.sid}]
    for held in found:
        if held.is_live:
            # It began after it was ended: the two met on the way.
            recorder.stop(one.call, held.sid)
            return _later(office, one)
    ready = [held for held in found if held.state is RecordingState.KEPT]
    if ready:
        return kept(office, one, ready[0])
    nothing = all(held.state is RecordingState.NONE for held in found)
    since = office.clock.now() - (one.over_at or one.updated_at)
    if nothing and (found or since > READY_WITHIN):
        sid = one.sid or (found[0].sid if found else None)
        return _written(office, one, state=RecordingState.NONE, sid=sid, due_at=None)
    return _later(office, one)


def kept(office: Office, one: Recording, held: Held) -> Recording:
    """The recording once the carrier holds it, to be deleted when its time has come."""
    now = office.clock.now()
    days = timedelta(days=office.council.recording.keep_days)
    return _written(
        office,
        one,
        True,
        state=RecordingState.KEPT,
        wanted=None,
        sid=held.sid,
        seconds=held.seconds,
        over_at=one.over_at or now,
        delete_at=one.delete_at or now + days,
        attempts=0,
        due_at=None,
    )


def _later(office: Office, one: Recording) -> Recording:
    attempts = one.attempts + 1
    pause = min(LOOKS_AGAIN * 2 ** min(attempts - 1, 8), LONGEST_PAUSE)
    return _written(office, one, attempts=attempts, due_at=office.clock.now() + pause)


def _written(
    office: Office, one: Recording, surely: bool = False, /, **changes: object
) -> Recording:
    """Writes what has become of it, unless its end is known already; and only `surely` if an agent
    has asked for something else meanwhile."""
    with office.store.begin() as work:
        held = work.recordings.get(one.id)
        if not held.is_live and held.state is not RecordingState.OVER:
            return held
        same = (held.state, held.wanted, held.updated_at) == (one.state, one.wanted, one.updated_at)
        if not (same or surely):
            return held
        ordered = held.delete_at
        held = replace(held, **changes, updated_at=office.clock.now())  # type: ignore[arg-type]
        if ordered is not None:
            # Whoever ordered it deleted meanwhile is obeyed, whatever was known before.
            held = replace(held, delete_at=min(ordered, held.delete_at or ordered))
        work.recordings.save(held)
    return held
