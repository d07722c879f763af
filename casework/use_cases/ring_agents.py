"""Rings agents about callers who wait: one telephone at a time, each agent once."""

from __future__ import annotations

import logging
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import timedelta

from casework.domain.conversations import Channel
from casework.domain.errors import CaseworkError, SendingFailed
from casework.domain.handoffs import Handoff, HandoffState
from casework.domain.staff import Availability, Role, StaffMember
from casework.ports.calls import CallControl
from casework.ports.store import Work
from casework.use_cases.end_calls import queue_again
from casework.use_cases.hold_handoff import hold_handoff
from casework.use_cases.office import Office
from casework.use_cases.request_person import WhyCallback
from casework.use_cases.wait_over import end_wait, end_waits

log = logging.getLogger(__name__)

RINGS_FOR = timedelta(seconds=90)
"""How long an agent's telephone can ring and a brief be heard. After that the news of it is lost:
the carrier tells once only."""

PLACED_WITHIN = timedelta(seconds=30)
"""How long placing a call can take; whoever began it has died since."""

MOST_FAILURES = 3
"""Times in a row that the carrier may refuse before the caller is told that nobody can be had."""


@dataclass
class RingAgents:
    """A look at all calls that wait; `longest` is how long one may.

    Only the count of failures is in memory: a restart may give the carrier a few more tries.
    """

    office: Office
    calls: CallControl
    longest: timedelta
    _failures: Counter[str] = field(default_factory=Counter)

    def look(self) -> int:
        """Rings whoever is to be rung now; the number of calls that wait."""
        for conversation_id in end_waits(self.office, self.longest, channels={Channel.VOICE}):
            bring_back(self.office, self.calls, conversation_id)
        waiting = _waiting_calls(self.office)
        for handoff in waiting:
            try:
                self._ring(handoff)
            except SendingFailed as failure:
                self._failures[handoff.id] += 1
                log.warning("no agent is rung for %s: %s", handoff.id, failure.code)
            except CaseworkError as failure:
                # Somebody else was first, or the database is busy: the next look will tell.
                log.warning("handoff %s: %s", handoff.id, type(failure).__name__)
            else:
                self._failures.pop(handoff.id, None)
        for gone in set(self._failures) - {handoff.id for handoff in waiting}:
            del self._failures[gone]
        return len(waiting)

    def _ring(self, handoff: Handoff) -> None:
        if self._failures[handoff.id] >= MOST_FAILURES:
            nobody_left(self.office, self.calls, handoff.id)
            return
        age = self.office.clock.now() - handoff.updated_at
        if handoff.state is HandoffState.RINGING:
            lost = age > (RINGS_FOR if handoff.call else PLACED_WITHIN)
            if lost and handoff.agent is not None:
                if handoff.call:
                    self.calls.stop_ringing(handoff.call)
                queue_again(self.office, handoff.id, handoff.agent, handoff.call)
        elif handoff.state is HandoffState.WAITING:
            ring_next(self.office, self.calls, handoff.id)


def ring_next(office: Office, calls: CallControl, handoff_id: str) -> StaffMember | None:
    """Rings the next agent about a call that waits; None when everybody is talking just now, or
    nobody is left, which the caller is told then.

    Raises SendingFailed when the carrier does not place the call, with the handoff as it was.
    """
    with office.store.begin() as work:
        _, handoff = hold_handoff(work, handoff_id)
        if handoff.state is not HandoffState.WAITING:
            return None
        left = _left(work, handoff)
        free = [one for one in left if _is_free(work, one)]
        if free:
            asked = free[0]
            ringing = replace(
                handoff,
                state=HandoffState.RINGING,
                agent=asked.id,
                call=None,
                tried=(*handoff.tried, asked.id),
                updated_at=office.clock.now(),
            )
            work.handoffs.save(ringing)
    if not left:
        nobody_left(office, calls, handoff_id)
    if not free:
        return None
    _place(office, calls, ringing, asked)
    return asked


def nobody_left(office: Office, calls: CallControl, handoff_id: str) -> None:
    """Ends a wait that leads to nobody, and takes the caller back to the dialogue."""
    conversation = end_wait(office, handoff_id, WhyCallback.NOBODY_LEFT)
    if conversation is not None:
        bring_back(office, calls, conversation.id)


def bring_back(office: Office, calls: CallControl, conversation_id: str) -> bool:
    """Takes a caller back to the dialogue; whether the carrier did. If it did not, what is played
    to whoever waits says how to get there."""
    with office.store.begin(reading=True) as work:
        call_sid = work.conversations.get(conversation_id).call_sid
    if call_sid is None:
        return False
    try:
        calls.bring_back(call_sid)
    except SendingFailed as failure:
        log.warning("conversation %s is not brought back: %s", conversation_id, failure.code)
        return False
    return True


def _place(office: Office, calls: CallControl, handoff: Handoff, member: StaffMember) -> None:
    """Places the call that a handoff is reserved for; undoes that if the carrier does not."""
    try:
        call = calls.ring_agent(handoff.id, member.id, member.phone or "")
    except SendingFailed as failure:
        # Whoever has a number that cannot be rung has had their turn.
        queue_again(office, handoff.id, member.id, None, once_more=failure.again)
        if failure.again:
            raise
        return
    with office.store.begin() as work:
        _, now = hold_handoff(work, handoff.id)
        wanted = now.agent == member.id and now.is_open
        # An agent may have been quicker than this: the call is known then.
        if wanted and now.call is None:
            work.handoffs.save(replace(now, call=call))
    if not wanted:
        calls.stop_ringing(call)


def _left(work: Work, handoff: Handoff) -> list[StaffMember]:
    """Agents who could take this call, now or once they have time, and have not been asked."""
    return [
        member
        for member in work.staff.all()
        if member.role is not Role.BACK_OFFICE
        and member.availability is not Availability.AWAY
        and member.phone
        and member.id not in handoff.tried
        and (handoff.team is None or handoff.team in member.teams)
    ]


def _is_free(work: Work, member: StaffMember) -> bool:
    available = member.availability is Availability.AVAILABLE
    return available and not work.handoffs.open_of(member.id)


def _waiting_calls(office: Office) -> list[Handoff]:
    """Handoffs of calls in which a person is wanted, in the order of the queue."""
    with office.store.begin(reading=True) as work:
        found = work.handoffs.waiting()
        talks = {one.id: work.conversations.get(one.conversation_id) for one in found}
    return [one for one in found if talks[one.id].channel is Channel.VOICE]
