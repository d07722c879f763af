"""Gives a conversation back to the assistant, which goes on where it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from casework.domain.conversations import Author, Conversation, Mode, Turn, Utterance
from casework.domain.drafts import CONFIRM, Draft
from casework.domain.handoffs import Handoff, HandoffState
from casework.domain.staff import StaffMember
from casework.ports.store import Work
from casework.use_cases.ask_draft import active_draft, question
from casework.use_cases.filling import Filling
from casework.use_cases.finish_draft import go_on
from casework.use_cases.hold_handoff import hold_handoff, refuse_call, require_own
from casework.use_cases.look_up import LOOK_UPS
from casework.use_cases.offer_next import offer_next
from casework.use_cases.office import Office, speak
from casework.use_cases.say_in_conversation import say_in_conversation
from casework.use_cases.staff_permissions import require_conversations


def hand_back(office: Office, member: StaffMember, handoff_id: str) -> Handoff:
    """The handoff, returned. The resident hears so, and what the assistant now asks: the question
    of the form that was being filled, or what comes next without one.

    Handing back twice changes nothing. Raises NotFound, NotAllowed, and Conflict when the
    conversation is not this member's now, or is a call.
    """
    require_conversations(member)
    with office.store.begin() as work:
        conversation, handoff = hold_handoff(work, handoff_id)
        if handoff.state is HandoffState.RETURNED and handoff.agent == member.id:
            return handoff
        require_own(member, handoff)
        refuse_call(conversation)
        now = office.clock.now()
        returned = replace(
            handoff, state=HandoffState.RETURNED, ended_at=now, updated_at=now, call=None
        )
        work.handoffs.save(returned)
        conversation = replace(conversation, mode=Mode.BOT, offer=None, misses=0, last_at=now)
        work.conversations.save(conversation)
        asked = _what_now(office, work, conversation, handoff)
        conversation = work.conversations.get(conversation.id)
        told = speak(office, conversation, "handed_back")
        say_in_conversation(office, work, conversation, [told, *asked], Author.BOT)
        return returned


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
