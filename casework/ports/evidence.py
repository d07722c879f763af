"""Evidence: its records, its files, and who looks at them. Adapters bring libraries and disks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from casework.domain.evidence import Evidence, MediaType, PictureToFetch, UploadLink


class EvidenceRecords(Protocol):
    """What was taken, for what."""

    def add(self, evidence: Evidence) -> None:
        """Raises Conflict if the id or the stored name is taken."""
        ...

    def get(self, evidence_id: str) -> Evidence:
        """Raises NotFound."""
        ...

    def of_case(self, ref: str) -> list[Evidence]:
        """Oldest first; not held."""
        ...

    def without_case(self, conversation_id: str) -> list[Evidence]:
        """Of a conversation, what was sent for a matter that has no case yet; oldest first."""
        ...

    def unclaimed(self, limit: int) -> list[Evidence]:
        """What was sent for a form, or before any, and has no case, of any conversation; oldest
        first."""
        ...

    def attach(self, conversation_id: str, ref: str, draft_id: str | None) -> int:
        """Gives what a conversation sent for a form, or before any, to its case; how many these
        were."""
        ...

    def hand_over(
        self, conversation_id: str, to_conversation: str, draft_id: str, to_draft: str
    ) -> None:
        """What a conversation sent for a form, or before any, belongs to another, where the form
        goes on as `to_draft`."""
        ...

    def remove(self, evidence_id: str) -> None:
        """Removing one that is not there changes nothing."""
        ...


class UploadLinks(Protocol):
    """Links by which evidence is sent."""

    def add(self, link: UploadLink) -> None:
        """Raises Conflict if the code is taken."""
        ...

    def get(self, code_hash: str) -> UploadLink:
        """Raises NotFound."""
        ...

    def save(self, link: UploadLink) -> None:
        """Raises NotFound."""
        ...

    def remove_of_case(self, ref: str) -> None: ...


class PictureQueue(Protocol):
    """Pictures that came with texts, to be fetched from the carrier."""

    def add(self, picture: PictureToFetch) -> bool:
        """False, and nothing added, when it is there already."""
        ...

    def due(self, now: datetime, limit: int) -> list[PictureToFetch]:
        """Oldest first, held until the end of the unit; those that another unit holds are left out
        (PostgreSQL)."""
        ...

    def of_conversation(self, conversation_id: str) -> list[PictureToFetch]:
        """Those still to be fetched, oldest first; not held."""
        ...

    def save(self, picture: PictureToFetch) -> None: ...

    def remove(self, picture_id: str) -> None: ...


class EvidenceStore(Protocol):
    """Keeps the bytes of files, where no web server reaches them."""

    def put(self, name: str, data: bytes) -> None:
        """Keeps them under a name that is not in use: all of them or nothing. Raises Conflict,
        Invalid for a name that is none of ours, and Busy when there is no room or no access."""
        ...

    def get(self, name: str) -> bytes:
        """Raises NotFound."""
        ...

    def remove(self, name: str) -> None:
        """Removing what is not there changes nothing."""
        ...


@dataclass(frozen=True)
class Cleaned:
    """A file made anew with nothing in it but what it shows."""

    media_type: MediaType
    data: bytes


class EvidenceCleaner(Protocol):
    """Checks that a file is what it says it is, and makes it anew."""

    def clean(self, data: bytes, *, most_pixels: int, most_pages: int) -> Cleaned:
        """Without places, names and programs. Raises EvidenceRefused."""
        ...


class VirusScan(Protocol):
    """Searches files for viruses."""

    def is_clean(self, data: bytes) -> bool:
        """Raises Busy when that cannot be found out now."""
        ...


class PictureSource(Protocol):
    """Fetches pictures that came with texts."""

    def fetch(self, url: str, most_bytes: int) -> bytes:
        """Raises SendingFailed, and EvidenceRefused (`too_big`) for one larger than that."""
        ...


@dataclass(frozen=True)
class EvidenceRoom:
    """What taking evidence works with; `scan` is None where no scanner is set up."""

    files: EvidenceStore
    cleaner: EvidenceCleaner
    scan: VirusScan | None = None
