"""Gives a conversation back to the assistant, which goes on where it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from casework.domain.conversations import (
    Author,
    Channel,
    Conversation,
    Mode,
    Turn,
    Utterance,
)
from casework.domain.drafts import CONFIRM, Draft
from casework.domain.errors import CallerGone
from casework.domain.handoffs import Handoff, HandoffState
from casework.domain.staff import StaffMember
from casework.ports.calls import CallControl
from casework.ports.store import Work
from casework.use_cases.ask_draft import active_draft, question
from casework.use_cases.end_calls import drop_agents
from casework.use_cases.filling import Filling
from casework.use_cases.finish_draft import go_on
from casework.use_cases.hold_handoff import (
    hold_handoff,
    require_means,
    require_movable,
    require_own,
)
from casework.use_cases.look_up import LOOK_UPS
from casework.use_cases.offer_next import offer_next
from casework.use_cases.office import Office, speak
from casework.use_cases.release_caller import release_caller
from casework.use_cases.say_in_conversation import say_in_conversation
from casework.use_cases.staff_permissions import require_conversations


def hand_back(
    office: Office, member: StaffMember, handoff_id: str, calls: CallControl | None = None
) -> Handoff:
    """The handoff, returned. The resident hears so, and what the assistant now asks: the question
    of the form that was being filled, or what comes next without one.

    In a call the caller leaves the talk for it, and the agent's own call ends. `calls` moves
    callers; without it no call can be handed back. Handing back twice changes nothing.

    Raises NotFound, NotAllowed, Conflict when the conversation is not this member's now,
    CallerGone, RungBack, and SendingFailed when the carrier does not part the two; it is then
    returned all the same, and the caller hears so when the agent hangs up.
    """
    require_conversations(member)
    with office.store.begin() as work:
        conversation, handoff = hold_handoff(work, handoff_id)
        again = handoff.state is HandoffState.RETURNED and handoff.agent == member.id
        if not again:
            require_own(member, handoff)
            require_means(conversation, calls)
            require_movable(handoff)
            handoff = _returned(office, work, conversation, handoff)
    if conversation.channel is not Channel.VOICE or calls is None:
        return handoff
    if again:
        drop_agents(office, calls, conversation.id)
    elif not release_caller(office, calls, conversation):
        _nobody_there(office, handoff.id)
        raise CallerGone(conversation.id)
    return handoff


def _returned(office: Office, work: Work, conversation: Conversation, handoff: Handoff) -> Handoff:
    """The handoff as it then is, with what the assistant goes on with said."""
    now = office.clock.now()
    returned = replace(handoff, state=HandoffState.RETURNED, ended_at=now, updated_at=now)
    work.handoffs.save(returned)
    conversation = replace(conversation, mode=Mode.BOT, offer=None, misses=0, last_at=now)
    work.conversations.save(conversation)
    asked = _what_now(office, work, conversation, handoff)
    conversation = work.conversations.get(conversation.id)
    told = speak(office, conversation, "handed_back")
    say_in_conversation(office, work, conversation, [told, *asked], Author.BOT)
    return returned


def _nobody_there(office: Office, handoff_id: str) -> None:
    """The handoff was ended by the caller's leaving; the carrier's own report, or the silence
    after it, closes the conversation."""
    with office.store.begin() as work:
        _, handoff = hold_handoff(work, handoff_id)
        work.handoffs.save(replace(handoff, state=HandoffState.ENDED))


def _what_now(
    office: Office, work: Work, conversation: Conversation, handoff: Handoff
) -> Sequence[Utterance]:
    """What the assistant goes on with."""
    draft = active_draft(work, conversation)
    if draft is None:
        return offer_next(office, work, conversation, None)[1]
    if not _complete(draft):
        return (question(office, conversation, draft),)
    # What was lacking has been filled in meanwhile: an answer is looked up without a yes.
    turn = Turn(f"return-{handoff.id}", "")
    progress = go_on(Filling(office, work, conversation, draft, turn))
    if not progress.filling:
        return progress.said
    conversation = work.conversations.get(conversation.id)
    draft = active_draft(work, conversation)
    asked = () if draft is None else (question(office, conversation, draft),)
    return (*progress.said, *asked)


def _complete(draft: Draft) -> bool:
    """Whether the draft has all it needs, or was left before its first question."""
    looks_up = draft.asking == CONFIRM and draft.service in LOOK_UPS
    return looks_up or draft.asking is None
