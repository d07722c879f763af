"""Opens a photo or a document for a member of staff, and writes down that they saw it."""

from __future__ import annotations

import hashlib
import hmac

from casework.domain.cases import HistoryEntry
from casework.domain.errors import CaseworkError, NotFound
from casework.domain.evidence import ENDINGS, OPENED, Evidence, MediaType
from casework.domain.staff import StaffMember
from casework.use_cases.list_evidence import list_evidence
from casework.use_cases.office import Office
from casework.use_cases.staff_permissions import require_case
from casework.use_cases.try_anew import try_anew


def read_evidence(
    office: Office, member: StaffMember, ref: str, evidence_id: str
) -> tuple[Evidence, bytes]:
    """The file as kept, of a case that this member may see. Raises NotFound, alike for one of
    another case; and CaseworkError when the file is not what was kept."""
    if office.evidence is None:
        raise NotFound("evidence")
    return try_anew(lambda: _opened(office, member, ref, evidence_id))


def file_headers(evidence: Evidence) -> dict[str, str]:
    """The headers under which a browser may show the file and do nothing else with it. Its name
    says nothing of the resident."""
    # Browsers show no document in a sandbox: it is saved, and opened by what the desk has for it.
    shown = "attachment" if evidence.media_type is MediaType.PDF else "inline"
    name = f"evidence-{evidence.id[:8]}.{ENDINGS.get(evidence.media_type, 'bin')}"
    return {
        "Content-Disposition": f'{shown}; filename="{name}"',
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'; "
        "img-src 'self'",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "no-store",
    }


def _opened(
    office: Office, member: StaffMember, ref: str, evidence_id: str
) -> tuple[Evidence, bytes]:
    room = office.evidence
    assert room is not None
    with office.store.begin() as work:
        case = work.cases.get(ref)
        require_case(member, case)
        received = list_evidence(office, work, case).received
        found = next((one for one in received if one.id == evidence_id), None)
        if found is None:
            raise NotFound("evidence")
        data = room.files.get(found.stored_name)
        if not hmac.compare_digest(hashlib.sha256(data).hexdigest(), found.sha256):
            raise CaseworkError(f"evidence {found.id} was changed on the disk")
        entry = HistoryEntry(at=office.clock.now(), by=member.name, what=OPENED)
        work.cases.save(case.changed(entry))
    return found, data
