"""Gives out a link by which evidence is sent for one case."""

from __future__ import annotations

from casework.domain.cases import Case
from casework.domain.evidence import UploadLink
from casework.domain.tokens import hash_of
from casework.ports.store import Work
from casework.use_cases.office import Office


def issue_upload_link(office: Office, work: Work, case: Case) -> str:
    """The address of a page for this case alone. It works until the resident says that was all, or
    until it is too old; only a hash of its code is kept."""
    code, now = office.ids.new_token(), office.clock.now()
    lasts = office.council.evidence.link_lasts
    link = UploadLink(hash_of(code), case.ref, case.conversation_id, now, expires_at=now + lasts)
    work.upload_links.add(link)
    return f"{office.address}/evidence/{code}"
