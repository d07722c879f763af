"""Recordings of no sound: a fake of the carrier that remembers what it was asked."""

from __future__ import annotations

from itertools import count

from casework.domain.errors import Invalid, NotFound, SendingFailed
from casework.domain.recordings import RecordingState
from casework.ports.recordings import Audio, Held, Span


class ScriptedRecorder:
    """Implements `CallRecorder`. `over` are calls that have ended; `down` has the carrier answer
    nothing, `refuses` has it refuse for good; with `deaf` it does what it is asked, and its answer
    is lost."""

    def __init__(self) -> None:
        self.states: dict[str, RecordingState] = {}
        self.calls: dict[str, str] = {}
        self.sound: dict[str, bytes] = {}
        self.over: set[str] = set()
        self.down = self.refuses = self.deaf = False
        self._numbers = count(1)

    def start(self, recording_id: str, call: str) -> str:
        """It runs from then on."""
        self._reach()
        if call in self.over:
            raise NotFound("call")
        sid = f"RE{next(self._numbers)}"
        self.states[sid], self.calls[sid] = RecordingState.RUNNING, call
        self.sound[sid] = b"sound of " + sid.encode()
        self._answer()
        return sid

    def pause(self, call: str, sid: str | None) -> None:
        """Twice is as once."""
        self._reach()
        self.states[self._running(call, sid)] = RecordingState.PAUSED
        self._answer()

    def go_on(self, call: str, sid: str | None) -> None:
        """Twice is as once."""
        self._reach()
        self.states[self._running(call, sid)] = RecordingState.RUNNING
        self._answer()

    def stop(self, call: str, sid: str | None) -> str | None:
        """One that is over stays so."""
        self._reach()
        try:
            found = self._running(call, sid)
        except NotFound:
            return None
        self.states[found] = RecordingState.KEPT
        self._answer()
        return found

    def of_call(self, call: str) -> list[Held]:
        """In the order in which they began."""
        self._reach()
        return [
            Held(sid, state, 60 if state is RecordingState.KEPT else None)
            for sid, state in self.states.items()
            if self.calls[sid] == call
        ]

    def remove(self, sid: str) -> None:
        """One that is not there is deleted."""
        self._reach()
        self.states.pop(sid, None)
        self.sound.pop(sid, None)

    def listen(self, sid: str, span: Span | None) -> Audio:
        """Bytes that are no sound."""
        self._reach()
        if sid not in self.sound:
            raise NotFound("recording")
        data = self.sound[sid]
        if span is None:
            return Audio("audio/mpeg", iter([data]), len(data))
        first = len(data) - (span.last or 0) if span.first is None else span.first
        last = len(data) - 1 if span.first is None or span.last is None else span.last
        if not 0 <= first <= last:
            raise Invalid("span")
        part = data[first : last + 1]
        return Audio("audio/mpeg", iter([part]), len(data), (first, first + len(part) - 1))

    def _running(self, call: str, sid: str | None) -> str:
        live = {RecordingState.RUNNING, RecordingState.PAUSED}
        for found, state in self.states.items():
            mine = self.calls[found] == call and sid in {None, found}
            if mine and state in live and call not in self.over:
                return found
        raise NotFound("recording")

    def _reach(self) -> None:
        if self.down or self.refuses:
            raise SendingFailed("down" if self.down else "refused", again=self.down)

    def _answer(self) -> None:
        if self.deaf:
            raise SendingFailed("timeout", again=True)
