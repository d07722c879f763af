"""Forgets photos and documents with the case, the conversation or the form they came with."""

from __future__ import annotations

from datetime import timedelta

from casework.domain.drafts import DraftState
from casework.domain.errors import NotFound
from casework.domain.evidence import Evidence
from casework.domain.resumes import CODE_LASTS
from casework.ports.store import Work
from casework.use_cases.office import Office

AT_ONCE = 500
"""Files looked at in one go."""

MARGIN = timedelta(days=1)
"""How much longer they stay than a code by which their form can be gone on with."""


def forget_evidence_of_case(office: Office, ref: str) -> int:
    """Deletes a case's files, their records and the links for sending more; gives the number of
    files. It is for the deletion of cases, which is not built yet (docs/operators.md): that calls
    this first; calling it again finishes what a process that died had begun."""
    with office.store.begin(reading=True) as work:
        held = work.evidence.of_case(ref)
    _removed(office, held)
    with office.store.begin() as work:
        work.upload_links.remove_of_case(ref)
    return len(held)


def forget_evidence_of_conversation(office: Office, conversation_id: str) -> int:
    """Deletes what was sent in a conversation for a matter that never had a case, and what lies
    with the carrier still to be fetched; gives the number of files. As `forget_evidence_of_case`,
    for the deletion of conversations."""
    with office.store.begin(reading=True) as work:
        held = work.evidence.without_case(conversation_id)
    _removed(office, held)
    with office.store.begin() as work:
        for picture in work.pictures.of_conversation(conversation_id):
            work.pictures.remove(picture.id)
    return len(held)


def forget_unwanted_evidence(office: Office) -> int:
    """Deletes what was sent for forms that were left and not kept, or can be gone on with no more,
    and as old what was sent before any form; gives the number of files."""
    kept_from = office.clock.now() - CODE_LASTS - MARGIN
    with office.store.begin(reading=True) as work:
        unwanted = [
            one
            for one in work.evidence.unclaimed(AT_ONCE)
            if one.received_at < kept_from or _is_forgotten(work, one.draft_id)
        ]
    _removed(office, unwanted)
    return len(unwanted)


def _is_forgotten(work: Work, draft_id: str | None) -> bool:
    if draft_id is None:
        # Its form may still come: age alone decides.
        return False
    try:
        draft = work.drafts.get(draft_id)
    except NotFound:
        return True
    # One that may still be kept is dropped as well, but holds what was told.
    return draft.state is DraftState.DROPPED and not draft.answers


def _removed(office: Office, held: list[Evidence]) -> None:
    """The file before its record: one left without the other could not be found any more."""
    for one in held:
        if office.evidence is not None:
            office.evidence.files.remove(one.stored_name)
        with office.store.begin() as work:
            work.evidence.remove(one.id)
