"""Ends a conversation that a person has dealt with."""

from __future__ import annotations

from dataclasses import replace

from casework.domain.conversations import Channel, Mode
from casework.domain.handoffs import Handoff, HandoffState
from casework.domain.staff import StaffMember
from casework.ports.calls import CallControl
from casework.use_cases.end_calls import drop_agents, end_rung_back
from casework.use_cases.hold_handoff import hold_handoff, require_means, require_own
from casework.use_cases.office import Office
from casework.use_cases.release_caller import release_caller
from casework.use_cases.say_in_conversation import say_words
from casework.use_cases.staff_permissions import require_conversations

OVER = frozenset({HandoffState.ENDED, HandoffState.CALLBACK})
"""What a handoff is once it was closed: who was rung back and not reached stays to be rung."""


def close_handoff(
    office: Office, member: StaffMember, handoff_id: str, calls: CallControl | None = None
) -> Handoff:
    """The handoff, ended, and its conversation closed; the resident is told. Twice is as once.

    In a call the agent's own call ends, and the caller hears so and is hung up. `calls` moves
    callers; without it no call can be closed. Who was to be rung back and was not reached stays to
    be rung, as a case.

    Raises NotFound, NotAllowed, Conflict when the conversation is not this member's now, and
    SendingFailed when the carrier does not part the two; it is then recorded as over all the same,
    and the caller hears so when the agent hangs up.
    """
    require_conversations(member)
    with office.store.begin() as work:
        conversation, handoff = hold_handoff(work, handoff_id)
        mine = handoff.state in OVER and handoff.agent == member.id
        # An agent who hung up has ended the handoff as well: that call goes on.
        again = mine and conversation.mode is Mode.CLOSED
        if not again:
            require_own(member, handoff)
            require_means(conversation, calls)
            now = office.clock.now()
            handoff = replace(handoff, state=HandoffState.ENDED, ended_at=now, updated_at=now)
            if handoff.ring_back:
                handoff = end_rung_back(office, work, conversation, handoff)
            else:
                work.handoffs.save(handoff)
            conversation = work.conversations.get(conversation.id)
            if conversation.mode is not Mode.CLOSED:
                closed = replace(conversation, mode=Mode.CLOSED, offer=None)
                say_words(office, work, closed, "agent_left", agent=member.name)
    if conversation.channel is not Channel.VOICE or calls is None:
        return handoff
    if again:
        drop_agents(office, calls, conversation.id)
    else:
        release_caller(office, calls, conversation)
    return handoff
