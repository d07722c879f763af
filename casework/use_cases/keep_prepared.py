"""Keeps a prepared case for its team when the resident has hung up before a person came."""

from __future__ import annotations

from dataclasses import replace

from casework.domain.cases import Case, CaseStatus
from casework.domain.drafts import DraftState
from casework.ports.store import Work
from casework.use_cases.ask_draft import active_draft
from casework.use_cases.office import Office
from casework.use_cases.open_cases import open_prepared
from casework.use_cases.prepared import is_prepared, missing


def keep_prepared(office: Office, work: Work, conversation_id: str) -> Case | None:
    """The case, for triage: its fields were never read back, and are marked as not confirmed. None
    when no case of a person's was being prepared, or too little is known for one."""
    conversation = work.conversations.get(conversation_id)
    draft = active_draft(work, conversation)
    if draft is None:
        return None
    service = office.council.services.get(draft.service)
    if service is None or not is_prepared(service) or missing(service, draft):
        return None
    case = open_prepared(office, work, conversation, draft, CaseStatus.FOR_TRIAGE)
    kept = replace(draft, state=DraftState.CONFIRMED, case_ref=case.ref)
    work.drafts.save(replace(kept, updated_at=office.clock.now()))
    return case
