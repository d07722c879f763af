"""Whether a person can be reached now, and how long that takes."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from casework.domain.conversations import Channel
from casework.domain.handoffs import UNANSWERED, Handoff
from casework.domain.staff import Availability, Role, StaffMember
from casework.domain.working_time import is_open
from casework.ports.store import Work
from casework.use_cases.office import Office

TALKS = frozenset({Role.AGENT, Role.SUPERVISOR})
"""Who talks to residents."""

ROUNDED_TO = 5
"""Minutes that a wait is rounded up to: nobody can promise it more exactly."""


@dataclass(frozen=True)
class Place:
    """Where a resident stands in the queue: `place` counts from 1, `minutes` is the expected
    wait."""

    place: int
    minutes: int


def opened(office: Office) -> bool:
    """Whether the council's staff are at work now, by hours and holidays."""
    return is_open(
        office.clock.now(), office.council.hours, office.holidays.is_holiday, office.zone
    )


def staffed(office: Office, work: Work, channel: Channel | None = None) -> bool:
    """Whether it is open and somebody at work talks to residents; on the telephone, somebody who
    can be rung."""
    return opened(office) and bool(_on_duty(work, channel))


def expected_wait(office: Office, work: Work, place: int, channel: Channel | None = None) -> int:
    """Minutes until a person comes to whoever is at `place`, counted from 1, in steps of 5."""
    sharing = max(len(_on_duty(work, channel)), 1)
    minutes = place * office.council.average_minutes / sharing
    return max(ceil(minutes / ROUNDED_TO), 1) * ROUNDED_TO


def place_of(office: Office, work: Work, conversation_id: str) -> Place | None:
    """Where a conversation stands in the queue; None when it does not wait."""
    channel = work.conversations.get(conversation_id).channel
    for place, handoff in enumerate(work.handoffs.waiting(), 1):
        if handoff.conversation_id == conversation_id:
            return Place(place, expected_wait(office, work, place, channel))
    return None


def waiting_handoff(work: Work, conversation_id: str) -> Handoff | None:
    """The handoff of a conversation that nobody has taken yet."""
    found = work.handoffs.of_conversation(conversation_id)
    return next((one for one in found if one.state in UNANSWERED), None)


def _on_duty(work: Work, channel: Channel | None) -> list[StaffMember]:
    return [
        member
        for member in work.staff.all()
        if member.role in TALKS
        and member.availability is not Availability.AWAY
        and (channel is not Channel.VOICE or member.phone)
    ]
