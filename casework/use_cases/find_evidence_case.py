"""Finds what a photo or a document belongs to that came without a word."""

from __future__ import annotations

from casework.domain.cases import Case
from casework.domain.errors import NotFound
from casework.domain.evidence_needs import needs_of
from casework.ports.store import Work
from casework.use_cases.ask_draft import active_draft
from casework.use_cases.office import Office


def find_evidence_case(office: Office, work: Work, conversation_id: str) -> Case | None:
    """The case of the conversation that it is most likely for, not held; None for what is being
    told just now, or when nothing has been told yet.

    A form being filled comes first if its service has a use for evidence, then the newest case
    that has, then the form, then the newest case. Raises NotFound for an unknown conversation,
    unless a case of it is still there.
    """
    cases = [one for one in work.cases.of_conversation(conversation_id) if one.parent_ref is None]
    try:
        draft = active_draft(work, work.conversations.get(conversation_id))
    except NotFound:
        if not cases:
            raise
        draft = None
    rules = office.council.evidence
    if draft is not None and draft.service in rules.services:
        return None
    using = [one for one in cases if needs_of(rules, one)]
    if using:
        return using[-1]
    if draft is not None or not cases:
        return None
    return cases[-1]
