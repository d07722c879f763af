"""Files sent in, and what staff see of them: what the tests of evidence share."""

from __future__ import annotations

from typing import Any

from casework.adapters.memory_evidence import MemoryEvidenceStore
from casework.domain.cases import Case
from casework.domain.evidence import Evidence
from casework.domain.outbox import Outgoing
from casework.domain.staff import Role, StaffMember
from casework.use_cases.accept_evidence import accept_evidence
from casework.use_cases.ask_for_evidence import ask_for_evidence
from casework.use_cases.find_contact import Told
from casework.use_cases.office import Office
from casework.use_cases.read_cases import read_case
from tests.casework.changes import fill
from tests.office import Talk

KIM = StaffMember("k", "Kim Dean", Role.SUPERVISOR, "hash-k")
REVENUES = StaffMember("r", "Rae Venue", Role.BACK_OFFICE, "hash-r", ("revenues",))
BENEFITS = StaffMember("b", "Ben Fitt", Role.BACK_OFFICE, "hash-b", ("benefits",))
ELECTIONS = StaffMember("e", "El Ector", Role.BACK_OFFICE, "hash-e", ("elections",))


def told(talk: Talk, service: str, **other: str) -> Case:
    """Has the resident tell something to the end; the parent case."""
    fill(talk, service, **other)
    talk.says("yes", "affirm")
    return case_of(talk)


def case_of(talk: Talk) -> Case:
    with talk.office.store.begin(reading=True) as work:
        whole = [c for c in work.cases.of_conversation(talk.id) if c.parent_ref is None]
    return whole[-1]


def send(talk: Talk, data: bytes, ref: str | None = None) -> Evidence:
    return accept_evidence(talk.office, talk.id, data, talk.conversation.channel, ref).evidence


def received(office: Office, ref: str, member: StaffMember = KIM) -> tuple[Evidence, ...]:
    return read_case(office, member, ref).evidence.received


def store_of(office: Office) -> MemoryEvidenceStore:
    assert office.evidence is not None
    assert isinstance(office.evidence.files, MemoryEvidenceStore)
    return office.evidence.files


def outbox(office: Office) -> list[Outgoing]:
    with office.store.begin(reading=True) as work:
        return work.outbox.recent()


def code_in(text: str) -> str:
    return text.split("/evidence/")[1].split()[0]


def offer(talk: Talk) -> Any:
    """What the newest message that speaks of sending says of it."""
    return next((m.said.upload for m in reversed(talk.heard) if m.said.upload), None)


def link_for(talk: Talk, ref: str) -> str:
    assert ask_for_evidence(talk.office, KIM, ref) in {Told.TEXT, Told.EMAIL}
    return code_in(outbox(talk.office)[0].text)


def upload_links(office: Office) -> list[Any]:
    return list(office.store._records.upload_links)  # type: ignore[attr-defined]


class Carrier:
    """Has pictures by address; an exception in their place is raised."""

    def __init__(self, held: dict[str, bytes | Exception]) -> None:
        self.held = held
        self.asked: list[str] = []

    def fetch(self, url: str, most_bytes: int) -> bytes:
        self.asked.append(url)
        found = self.held[url]
        if isinstance(found, Exception):
            raise found
        return found
