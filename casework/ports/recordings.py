"""Recordings of talks: the carrier that makes and keeps them, and what we know of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from casework.domain.recordings import Recording, RecordingState


@dataclass(frozen=True)
class Held:
    """A recording as the carrier has it: its id of it, RUNNING, PAUSED, OVER (not ready yet), KEPT
    or NONE, and how many seconds it is long once that is known."""

    sid: str
    state: RecordingState
    seconds: int | None = None

    @property
    def is_live(self) -> bool:
        """Whether it goes on."""
        return self.state in {RecordingState.RUNNING, RecordingState.PAUSED}


@dataclass(frozen=True)
class Span:
    """Bytes from `first` to `last`, both included; without `first` the last `last` bytes, without
    `last` all to the end."""

    first: int | None = None
    last: int | None = None


@dataclass(frozen=True)
class Audio:
    """Sound on its way: `parts` give its bytes in order and must be read or closed. `span` says
    which of the `whole` bytes they are; None: all of them."""

    media_type: str
    parts: Iterator[bytes]
    whole: int | None = None
    span: tuple[int, int] | None = None

    @property
    def length(self) -> int | None:
        """How many bytes come; None when the carrier does not say."""
        return self.whole if self.span is None else self.span[1] - self.span[0] + 1


class CallRecorder(Protocol):
    """Records single calls. Every method raises SendingFailed when the carrier did not confirm it:
    with `again` it may have been done all the same, or can be asked for again."""

    def start(self, recording_id: str, call: str) -> str:
        """Records a call from now on; the carrier's id of the recording. News of it comes back
        with `recording_id`. Raises NotFound when there is no such call any more."""
        ...

    def pause(self, call: str, sid: str | None) -> None:
        """Leaves out what is said from now on; without `sid` of whichever runs in that call. Raises
        NotFound when it is over."""
        ...

    def go_on(self, call: str, sid: str | None) -> None:
        """Records again. Raises NotFound when it is over."""
        ...

    def stop(self, call: str, sid: str | None) -> str | None:
        """Ends a recording for good; without `sid` whichever runs in that call. The id of the one
        that was ended, None when none ran any more."""
        ...

    def of_call(self, call: str) -> list[Held]:
        """All that the carrier has of a call."""
        ...

    def remove(self, sid: str) -> None:
        """Deletes a recording; one that is not there is deleted."""
        ...

    def listen(self, sid: str, span: Span | None) -> Audio:
        """Its sound; all of it where the span cannot be had. Raises NotFound."""
        ...


class RecordingStore(Protocol):
    """What we know of recordings. What changes in one is announced as `queue`."""

    def add(self, recording: Recording) -> None:
        """Raises Conflict when the id is taken, or there is one of its call already."""
        ...

    def get(self, recording_id: str) -> Recording:
        """Held until the end of the unit. Raises NotFound."""
        ...

    def save(self, recording: Recording) -> None:
        """Raises NotFound."""
        ...

    def of_call(self, call: str) -> Recording | None:
        """That of an agent's call."""
        ...

    def of_conversation(self, conversation_id: str) -> list[Recording]:
        """Oldest first; not held."""
        ...

    def unsettled(self, now: datetime, limit: int) -> list[Recording]:
        """Those of which the carrier has more to say: not confirmed, or over. The longest
        unchanged first; not held."""
        ...

    def steady(self, limit: int) -> list[Recording]:
        """Those that run or are paused, as the carrier has confirmed. They may be many, and none
        changes while its talk goes on. The longest unchanged first; not held."""
        ...

    def held_count(self) -> int:
        """How many the carrier holds, or may: all but those that never were or are deleted."""
        ...

    def to_delete(self, now: datetime, limit: int) -> list[Recording]:
        """Those that the carrier holds and that are to be deleted by `now`, unless they are to be
        tried again later; not held."""
        ...
