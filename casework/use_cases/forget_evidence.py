"""Forgets photos and documents with the case or the conversation they came with."""

from __future__ import annotations

from casework.domain.evidence import Evidence
from casework.use_cases.office import Office


def forget_evidence_of_case(office: Office, ref: str) -> int:
    """Deletes a case's files, their records and the links for sending more; gives the number of
    files. Whoever deletes the case itself calls this first; calling it again finishes what a
    process that died had begun."""
    with office.store.begin(reading=True) as work:
        held = work.evidence.of_case(ref)
    _removed(office, held)
    with office.store.begin() as work:
        work.upload_links.remove_of_case(ref)
    return len(held)


def forget_evidence_of_conversation(office: Office, conversation_id: str) -> int:
    """Deletes what was sent in a conversation for a matter that never had a case, and what lies
    with the carrier still to be fetched; gives the number of files."""
    with office.store.begin(reading=True) as work:
        held = work.evidence.without_case(conversation_id)
    _removed(office, held)
    with office.store.begin() as work:
        for picture in work.pictures.of_conversation(conversation_id):
            work.pictures.remove(picture.id)
    return len(held)


def _removed(office: Office, held: list[Evidence]) -> None:
    """The file before its record: one left without the other could not be found any more."""
    for one in held:
        if office.evidence is not None:
            office.evidence.files.remove(one.stored_name)
        with office.store.begin() as work:
            work.evidence.remove(one.id)
