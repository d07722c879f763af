"""Goes on with a form put aside, once whoever gave its code has passed the check."""

from __future__ import annotations

from dataclasses import replace

from casework.domain.conversations import Conversation, Turn, Utterance
from casework.domain.errors import NotFound
from casework.domain.resumes import MOST_WRONG_CHECKS
from casework.ports.store import Work
from casework.use_cases.go_on_by_code import taken_up
from casework.use_cases.hear_code import CHECK, LEAVES_IT, ask_check, ask_code, found
from casework.use_cases.offer_next import offer_next
from casework.use_cases.office import Office, Progress, offering, speak
from casework.use_cases.resume_check import check_of, passes

MOST_MISSES = 2
"""Replies to the check with no such value in them, in a row, after which it is left."""


def take_check(
    office: Office, work: Work, conversation: Conversation, turn: Turn
) -> Progress | None:
    """The reply to the check; None when none was asked."""
    offer = conversation.offer
    if offer is None or offer.kind != CHECK:
        return None
    try:
        code, draft = found(office, work, offer.words)
    except NotFound:
        # Used elsewhere, or too old, since it was asked.
        wrong = speak(office, conversation, "resume_code_wrong")
        return ask_code(office, work, conversation, wrong)
    question = check_of(draft)
    said = turn.text if turn.choice is None else turn.choice
    if question is None or LEAVES_IT.fullmatch(said) or turn.label in {"deny", "stop", "dont_know"}:
        return _left(office, work, conversation, speak(office, conversation, "resume_unchecked"))
    passed = passes(office, draft, question, said)
    if passed:
        work.resumes.save(replace(code, used_by=conversation.id))
        return taken_up(office, work, conversation, draft.id, turn)
    if passed is None:
        return _unclear(office, work, conversation, ask_check(office, conversation, draft).asks)
    code = replace(code, failures=code.failures + 1)
    work.resumes.save(code)
    if code.failures >= MOST_WRONG_CHECKS:
        return _left(office, work, conversation, speak(office, conversation, "resume_check_over"))
    again = ask_check(office, conversation, draft)
    wrong = speak(office, conversation, "resume_check_wrong")
    return Progress((wrong, again), filling=False)


def _unclear(office: Office, work: Work, conversation: Conversation, asks: str | None) -> Progress:
    """Asks once more when there was nothing to compare; the third time it is left."""
    if conversation.misses >= MOST_MISSES:
        return _left(office, work, conversation, speak(office, conversation, "resume_unchecked"))
    conversation = replace(conversation, misses=conversation.misses + 1)
    work.conversations.save(conversation)
    _, draft = found(office, work, conversation.offer.words if conversation.offer else "")
    note = speak(office, conversation, "not_caught")
    return Progress((note, ask_check(office, conversation, draft)), filling=False)


def _left(office: Office, work: Work, conversation: Conversation, said: Utterance) -> Progress:
    conversation = offering(work, replace(conversation, misses=0), None)
    _, more = offer_next(office, work, conversation, None)
    return Progress((said, *more), filling=False)
