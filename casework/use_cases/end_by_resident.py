"""Ends a conversation for a resident who leaves it, and says what becomes of their matter."""

from __future__ import annotations

from dataclasses import replace

from casework.domain.cases import Case
from casework.domain.conversations import SAFE_CONTACT, Conversation, Mode, Utterance
from casework.domain.handoffs import Handoff
from casework.ports.store import Work
from casework.use_cases.forget_draft import forget_unkept
from casework.use_cases.keep_unanswered import keep_unanswered
from casework.use_cases.leave_by_resident import leave_by_resident
from casework.use_cases.office import Office, speak
from casework.use_cases.read_back import grouped_reference


def end_by_resident(
    office: Office, work: Work, conversation: Conversation
) -> tuple[Conversation, Utterance]:
    """The conversation, to be saved as closed, and the last words in it.

    Whoever was waiting for a person hears whether somebody will get in touch. Inside a unit of
    work that holds the conversation.
    """
    left = leave_by_resident(office, work, conversation.id)
    forget_unkept(work, conversation, None)
    waited = left is not None and conversation.mode is Mode.QUEUED
    case = keep_unanswered(office, work, conversation.id, left) if left and waited else None
    closed = replace(work.conversations.get(conversation.id), mode=Mode.CLOSED)
    return closed, what_became(office, closed, left if waited else None, case)


def what_became(
    office: Office, conversation: Conversation, left: Handoff | None, case: Case | None
) -> Utterance:
    """What somebody who left is told: that a person gets in touch, that it was passed on, or that
    nobody can reach them. `left` is the wait that they left; None: they did not wait."""
    if left is None:
        return speak(office, conversation, "ended")
    if case is None:
        return speak(office, conversation, "ended_unreachable")
    ref = grouped_reference(case.ref, conversation.channel)
    reached = any(name in case.fields for name in ("phone", "contact"))
    if not reached or SAFE_CONTACT in conversation.flags:
        said = speak(office, conversation, "ended_passed_on", ref=ref)
    else:
        said = speak(office, conversation, "ended_kept", ref=ref)
    return replace(said, case_refs=(case.ref,))
