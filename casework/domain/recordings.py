"""Recording what a caller and an agent say to each other: when it may be, and how it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from casework.domain.catalogue import Council
from casework.domain.conversations import SAFE_CONTACT, SAFETY, Channel, Conversation
from casework.domain.handoffs import Handoff, HandoffReason, HandoffState

PROTECTED = SAFETY | {SAFE_CONTACT}
"""Flags of a conversation that is never recorded: who is in danger is not to be kept waiting by a
question about it, and a voice on a tape can be found by the wrong person."""

HEARD = "recording_heard"
"""What a case's history says when somebody listened to the talk that it came of."""

REMOVED = "recording_deleted"
"""What it says when that recording was deleted before its time."""


class RecordingState(StrEnum):
    """The carrier was asked to record and has not answered yet; it records; it is paused; it has
    not confirmed what it was last asked; the talk is over and it has not said yet what it holds; it
    holds a recording; it holds none; it was deleted there."""

    ASKED = "asked"
    RUNNING = "running"
    PAUSED = "paused"
    UNSURE = "unsure"
    OVER = "over"
    KEPT = "kept"
    NONE = "none"
    DELETED = "deleted"


LIVE = frozenset(
    {RecordingState.ASKED, RecordingState.RUNNING, RecordingState.PAUSED, RecordingState.UNSURE}
)
"""States in which the carrier may hear what is said."""


STEADY = frozenset({RecordingState.RUNNING, RecordingState.PAUSED})
"""States that the carrier has confirmed and that stay until something is asked of it."""

UNSETTLED = (LIVE - STEADY) | {RecordingState.OVER}
"""States of which the carrier has more to say."""

GONE = frozenset({RecordingState.NONE, RecordingState.DELETED})
"""States in which the carrier holds nothing."""


class PauseReason(StrEnum):
    """Why a recording is paused: who the caller is gets checked, they pay, they are on hold."""

    IDENTITY = "identity"
    PAYMENT = "payment"
    HOLD = "hold"


BY_AGENT = frozenset({PauseReason.IDENTITY, PauseReason.PAYMENT})
"""What an agent pauses one for; a hold pauses it by itself."""


class Unrecorded(StrEnum):
    """Why a talk is not recorded: the council does not record; the caller is protected; they were
    not told of it, as somebody who is rung back; they said no; it waits for the agent to begin,
    because who they are must be checked first or they are likely to pay."""

    OFF = "off"
    PROTECTED = "protected"
    NOT_TOLD = "not_told"
    REFUSED = "refused"
    WAITS = "waits"


@dataclass(frozen=True)
class Listened:
    """Who listened to a recording, by staff name."""

    at: datetime
    by: str


@dataclass(frozen=True)
class Recording:
    """The recording of one talk: one agent's call (`call`, the carrier's id of it) for a handoff.

    `sid` is the carrier's id of the recording, once it has told. `wanted` is what the carrier was
    asked for and has not confirmed, while UNSURE. `seconds` is how long it is. From `delete_at` on
    it is deleted at the carrier; `attempts` counts how often that failed, and `due_at` is when it
    is tried again.
    """

    id: str
    conversation_id: str
    handoff_id: str
    call: str
    asked_at: datetime
    updated_at: datetime
    state: RecordingState = RecordingState.ASKED
    sid: str | None = None
    why: PauseReason | None = None
    wanted: RecordingState | None = None
    over_at: datetime | None = None
    seconds: int | None = None
    delete_at: datetime | None = None
    deleted_at: datetime | None = None
    attempts: int = 0
    due_at: datetime | None = None
    heard: tuple[Listened, ...] = ()

    @property
    def is_live(self) -> bool:
        """Whether the carrier may hear what is said now."""
        return self.state in LIVE

    @property
    def never_began(self) -> bool:
        """Whether the carrier refused to begin it, so that it can be asked for again under this
        record. What it began, or may have begun, is looked for by it alone."""
        known = self.sid is not None or self.delete_at is not None
        return self.state is RecordingState.NONE and not known

    def unwanted(self, now: datetime) -> bool:
        """Whether it is to be deleted by now: it is nobody's to hear, even while the carrier still
        has it."""
        return self.delete_at is not None and self.delete_at <= now

    def can_be_heard(self, now: datetime) -> bool:
        """Whether the carrier holds it, and may for longer."""
        return self.state is RecordingState.KEPT and self.sid is not None and not self.unwanted(now)


def must_be_told(council: Council, conversation: Conversation, handoff: Handoff) -> bool:
    """Whether a caller is to hear that the talk may be recorded, before they are put through."""
    told = conversation.may_record is not None
    return not told and _recordable(council, conversation, handoff) is None


def unrecorded(
    council: Council, conversation: Conversation, handoff: Handoff, *, by_agent: bool = False
) -> Unrecorded | None:
    """Why this talk must not be recorded; None when it may. `by_agent`: an agent begins it."""
    refused = _recordable(council, conversation, handoff)
    if refused is not None:
        return refused
    if conversation.may_record is None:
        return Unrecorded.NOT_TOLD
    if not conversation.may_record:
        return Unrecorded.REFUSED
    if not by_agent and _waits(council, conversation, handoff):
        return Unrecorded.WAITS
    return None


def agent_begins(
    council: Council, conversation: Conversation, handoff: Handoff, before: Recording | None
) -> bool:
    """Whether the agent of a talk can begin its recording; `before` is what there is of that call.
    One that the carrier began, or may have begun, is not begun again: of two of the same call one
    could be taken for the other, and stay with the carrier for ever."""
    if handoff.state is not HandoffState.TAKEN or handoff.call is None or handoff.held_at:
        return False
    if before is not None and not before.never_began:
        return False
    return unrecorded(council, conversation, handoff, by_agent=True) is None


def _recordable(
    council: Council, conversation: Conversation, handoff: Handoff
) -> Unrecorded | None:
    """Why no talk of this handoff can be recorded, whatever the caller says to it."""
    if not council.recording.on or conversation.channel is not Channel.VOICE:
        return Unrecorded.OFF
    if PROTECTED & set(conversation.flags) or handoff.reason is HandoffReason.DANGER:
        return Unrecorded.PROTECTED
    if handoff.ring_back:
        return Unrecorded.NOT_TOLD
    return None


def _waits(council: Council, conversation: Conversation, handoff: Handoff) -> bool:
    """Whether the talk begins with something that is never recorded."""
    service = council.services.get(handoff.about or conversation.service or "")
    if service is None:
        return False
    known = conversation.identity is not None and conversation.identity.verified
    checked_first = service.verify == "identity" and not known
    return checked_first or service.id in council.recording.agent_begins


def is_talk(handoff: Handoff, call: str) -> bool:
    """Whether an agent's call is still the one that the handoff's talk goes on in."""
    return handoff.state is HandoffState.TAKEN and handoff.call == call
