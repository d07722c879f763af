"""The browser of an agent as their telephone: whether it is to ring, and the call it is in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from casework.domain.conversations import Channel
from casework.domain.errors import Conflict
from casework.domain.handoffs import CallState, Handoff
from casework.domain.staff import Availability, StaffMember
from casework.ports.browser_phones import BrowserPhones, PhonePass
from casework.use_cases.office import Office
from casework.use_cases.queue_rows import QueueRow, read_row
from casework.use_cases.staff_permissions import require_conversations


class Rest(StrEnum):
    """Why no call rings in an agent's browser now."""

    BUSY = "busy"
    AWAY = "away"
    OTHER_PHONE = "other_phone"
    """They have chosen a telephone, or nothing, to ring."""


@dataclass(frozen=True)
class BrowserPhone:
    """`rests` is why it does not ring, None when it does. `call` is the line of the queue whose
    caller this agent is rung about, or talks with."""

    rests: Rest | None
    call: QueueRow | None

    @property
    def state(self) -> CallState | None:
        """How that call stands."""
        return None if self.call is None else self.call.handoff.call_state


def read_browser_phone(office: Office, member: StaffMember) -> BrowserPhone:
    """The telephone of a member of staff. Raises NotFound and NotAllowed."""
    require_conversations(member)
    with office.store.begin(reading=True) as work:
        current = work.staff.get(member.id)
        calls = [
            one
            for one in work.handoffs.open_of(member.id)
            if work.conversations.get(one.conversation_id).channel is Channel.VOICE
        ]
    call = read_row(office, current, _first(calls).id) if calls else None
    return BrowserPhone(_rests(current), call)


def give_phone_pass(office: Office, phones: BrowserPhones, member: StaffMember) -> PhonePass:
    """Lets the browser of this very member be rung. Raises NotFound, NotAllowed, and Conflict when
    they are away or have another telephone ring; a busy one may still be in a call."""
    require_conversations(member)
    with office.store.begin(reading=True) as work:
        current = work.staff.get(member.id)
    if _rests(current) in {Rest.AWAY, Rest.OTHER_PHONE}:
        raise Conflict("calls do not ring in this browser")
    return phones.give_pass(current.id)


def _rests(member: StaffMember) -> Rest | None:
    if not member.rings_in_browser:
        return Rest.OTHER_PHONE
    return {Availability.BUSY: Rest.BUSY, Availability.AWAY: Rest.AWAY}.get(member.availability)


def _first(calls: list[Handoff]) -> Handoff:
    """The one they talk in; they are rung about one at a time."""
    return next((one for one in calls if one.call_state is not CallState.RINGING), calls[0])
