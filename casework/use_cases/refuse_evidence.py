"""Says why a file is not taken, in the council's words."""

from __future__ import annotations

from casework.domain.conversations import Channel
from casework.domain.evidence import EvidenceRefused
from casework.use_cases.office import Office


def why_refused(office: Office, refused: EvidenceRefused, channel: Channel) -> str:
    """A sentence for the resident that also says what to do instead."""
    rules = office.council.evidence
    return office.council.say(
        f"evidence_refused_{refused.why}",
        channel,
        megabytes=rules.most_bytes // 1_000_000,
        files=rules.most_files,
        pages=rules.most_pages,
    )
