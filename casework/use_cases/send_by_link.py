"""Evidence sent by a link: what its page may show, a file sent by it, and that this was all."""

from __future__ import annotations

from dataclasses import dataclass, replace

from casework.domain.cases import Case
from casework.domain.conversations import Channel
from casework.domain.errors import LinkOver
from casework.domain.evidence import UploadLink
from casework.domain.evidence_needs import needs_of
from casework.domain.tokens import hash_of
from casework.ports.store import Work
from casework.use_cases.accept_evidence import Accepted, accept_evidence
from casework.use_cases.office import Office


@dataclass(frozen=True)
class LinkView:
    """What whoever holds a link may know: the kind of matter, what it needs, how many files are
    here and how many more are taken. Never who it is about, nor a reference."""

    matter: str
    needed: tuple[str, ...]
    helpful: tuple[str, ...]
    received: int
    left: int


def view_link(office: Office, code: str) -> LinkView:
    """Raises NotFound for a link that leads nowhere, LinkOver if it did once."""
    with office.store.begin(reading=True) as work:
        link, case = _case_of(office, work, code)
        rules = office.council.evidence
        needs = needs_of(rules, case)
        received = len(work.evidence.of_case(link.case_ref))
    service = office.council.services.get(case.about or case.service)
    return LinkView(
        matter=case.service if service is None else service.title,
        needed=tuple(need.proof.label for need in needs if not need.optional),
        helpful=tuple(need.proof.label for need in needs if need.optional),
        received=received,
        left=max(rules.most_files - received, 0),
    )


def accept_by_link(office: Office, code: str, data: bytes) -> Accepted:
    """Keeps a file for the link's case. Raises NotFound, EvidenceRefused and Busy."""
    with office.store.begin(reading=True) as work:
        link, case = _case_of(office, work, code)
    return accept_evidence(
        office, case.conversation_id, data, Channel.WEB, link.case_ref, telling=False
    )


def finish_link(office: Office, code: str) -> None:
    """The resident has sent all: the link is used up. Raises NotFound."""
    with office.store.begin() as work:
        link, _ = _case_of(office, work, code)
        work.upload_links.save(replace(link, done_at=office.clock.now()))


def _case_of(office: Office, work: Work, code: str) -> tuple[UploadLink, Case]:
    link = work.upload_links.get(hash_of(code))
    if not link.works(office.clock.now()):
        raise LinkOver("upload link")
    return link, work.cases.look(link.case_ref)
