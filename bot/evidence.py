"""Photos and documents as the channels hand them in."""

from __future__ import annotations

from casework.domain.conversations import Channel
from casework.domain.evidence import EvidenceRefused
from casework.use_cases.accept_evidence import Accepted, accept_evidence
from casework.use_cases.office import Office
from casework.use_cases.refuse_evidence import why_refused
from casework.use_cases.send_by_link import LinkView, accept_by_link, finish_link, view_link


class EvidenceDesk:
    """Takes in files of a chat, and those sent by a link."""

    def __init__(self, office: Office) -> None:
        self._office = office

    @property
    def most_bytes(self) -> int:
        """Bytes of one file."""
        return self._office.council.evidence.most_bytes

    @property
    def most_files(self) -> int:
        """Files of one case."""
        return self._office.council.evidence.most_files

    def take(self, conversation_id: str, data: bytes, case_ref: str | None = None) -> Accepted:
        """Keeps a file of a chat. Raises EvidenceRefused, NotFound and Busy."""
        return accept_evidence(self._office, conversation_id, data, Channel.WEB, case_ref)

    def view(self, code: str) -> LinkView:
        """What the page behind a link may show. Raises NotFound, alike for every link that leads
        nowhere."""
        return view_link(self._office, code)

    def take_by_link(self, code: str, data: bytes) -> Accepted:
        """Keeps a file sent by a link. Raises EvidenceRefused, NotFound and Busy."""
        return accept_by_link(self._office, code, data)

    def finish(self, code: str) -> None:
        """Uses the link up. Raises NotFound."""
        finish_link(self._office, code)

    def why_not(self, refused: EvidenceRefused) -> str:
        """The sentence for a file that is not taken."""
        return why_refused(self._office, refused, Channel.WEB)
