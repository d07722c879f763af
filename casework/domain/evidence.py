"""Evidence: photos and documents that residents send, and what a service needs to see."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from casework.domain.conversations import Channel
from casework.domain.errors import CaseworkError
from casework.domain.wording import Spoken

HAS_PROOF = "evidence"
"""The field that asks whether somebody has proof; a team whose part of a case has it sees what was
sent for the whole."""

HAS_NONE = "do_not_have"
"""Its answer on which nobody is asked to send what they do not have."""

RECEIVED = "evidence_received"
OPENED = "evidence_opened"
ASKED = "evidence_asked"
"""What a case's history says of evidence."""


class MediaType(StrEnum):
    """What is taken from residents."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    HEIC = "image/heic"
    PDF = "application/pdf"


ENDINGS = {MediaType.JPEG: "jpg", MediaType.PNG: "png", MediaType.PDF: "pdf"}
"""How files end that staff save; a HEIC is kept as a JPEG."""


class Scan(StrEnum):
    """Whether a file was searched for viruses when it came in."""

    CLEAN = "clean"
    NOT_SCANNED = "not_scanned"


class Refusal(StrEnum):
    """Why a file is not taken: larger than allowed, of another type, not readable as what it says
    it is, locked by a password, not safe, or one too many; `unchecked` when the search for viruses
    failed, and the same file may be taken later."""

    TOO_BIG = "too_big"
    TYPE = "type"
    UNREADABLE = "unreadable"
    LOCKED = "locked"
    UNSAFE = "unsafe"
    FULL = "full"
    UNCHECKED = "unchecked"


class EvidenceRefused(CaseworkError):
    """A file that is not taken."""

    def __init__(self, why: Refusal) -> None:
        super().__init__(f"evidence refused: {why}")
        self.why = why


@dataclass(frozen=True)
class Proof:
    """Something that can be sent. `label` is for staff and lists; `what` fits behind "a photo
    of"."""

    id: str
    label: str
    what: Spoken


@dataclass(frozen=True)
class Need:
    """A service's use of a proof, on the answers in `when`; one that is `optional` only helps."""

    proof: Proof
    optional: bool = False
    when: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class ServiceNeeds:
    """What a service needs to see, within how many days of telling us."""

    needs: tuple[Need, ...]
    days: int

    def due(self, told_on: date) -> date:
        """The day by which it should be here."""
        return told_on + timedelta(days=self.days)


@dataclass(frozen=True)
class EvidenceRules:
    """The council's limits: bytes of a file, files of a case, pixels of a picture, pages of a
    document, and how long a link for sending works; and what each service needs to see."""

    most_bytes: int = 10_000_000
    most_files: int = 10
    most_pixels: int = 50_000_000
    most_pages: int = 60
    link_lasts: timedelta = timedelta(days=7)
    services: Mapping[str, ServiceNeeds] = field(default_factory=dict)


@dataclass(frozen=True)
class Evidence:
    """A file that was taken. Nothing of its name or of what else came with it is kept.

    `case_ref` is None until the matter it was sent for has a case. `size` and `sha256` are of the
    file as kept, `original_sha256` of what was sent: the same file sent again is recognised by it.
    `draft_id` is the form that was being filled then, if any. `stored_name` is random. `channel` is
    how it came in; a link counts as the web.
    """

    id: str
    conversation_id: str
    case_ref: str | None
    media_type: MediaType
    size: int
    sha256: str
    original_sha256: str
    stored_name: str
    received_at: datetime
    channel: Channel
    scan: Scan = Scan.NOT_SCANNED
    draft_id: str | None = None

    def is_for(self, draft_id: str | None) -> bool:
        """Whether it goes with a form: it was sent for it, or before anything was told."""
        return self.draft_id is None or self.draft_id == draft_id


@dataclass(frozen=True)
class UploadLink:
    """A link by which evidence is sent for one case. Only the hash of its code is kept; it works
    until `expires_at`, or until the resident says that was all (`done_at`)."""

    code_hash: str
    case_ref: str
    conversation_id: str
    created_at: datetime
    expires_at: datetime
    done_at: datetime | None = None

    def works(self, now: datetime) -> bool:
        """Whether files can be sent by it."""
        return self.done_at is None and now < self.expires_at


@dataclass(frozen=True)
class PictureToFetch:
    """A picture that came with a text and lies with the carrier. `id` is the carrier's of the
    message with the picture's place in it; `attempts` were made to fetch it, the next at
    `due_at`."""

    id: str
    conversation_id: str
    url: str
    arrived_at: datetime
    due_at: datetime
    attempts: int = 0


_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
"""Brands of ISO 23008-12 whose pictures are coded in HEVC, and the general ones."""


def media_type_of(data: bytes) -> MediaType | None:
    """The type that a file's first bytes show, whatever it is called. A file that begins with
    anything else, such as another file, is of no type that is taken."""
    if data.startswith(b"\xff\xd8\xff"):
        return MediaType.JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return MediaType.PNG
    if data.startswith(b"%PDF-"):
        return MediaType.PDF
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC_BRANDS:
        return MediaType.HEIC
    return None


_THING = (
    r"(?:photos?|photographs?|pictures?|pics?|images?|scans?|pdfs?|documents?|files?|proof|"
    r"evidence|certificates?|letters?|payslips?|paperwork|papers?|screenshots?)"
)
_LEAD = (
    r"(?:ok |okay |and |so |hi |hello |sorry |actually |please |yes |also )*"
    r"(?:can i|could i|may i|am i able to|how (?:do|can|could|should|would) i|"
    r"where (?:do|can|should) i|"
    r"i want to|i(?:'d| would) like to|i need to|i wish to|i'?ll|i will|let me|i'?m trying to|"
    r"is there (?:a|any) way (?:to|i can)|is it possible to)"
)
_SENDS = r"(?:send|upload|attach|add|share|show|give|submit|post|text|e-?mail)"
_WANTS_TO_SEND = re.compile(
    rf"{_LEAD} (?:just |now |also )?{_SENDS}(?: in| you| to you)?(?: (?:a|an|the|my|some|you|this|"
    rf"these|another|more|few|couple|of|over|you a|here|marriage|birth|deed|poll|tenancy|doctor'?s|"
    rf"bank|two|three))* {_THING}(?: .{{0,40}})?|"
    rf"(?:i have|i'?ve (?:got|taken)|i took|got|here'?s|here is|there'?s)"
    rf"(?: (?:a|an|the|some|my|couple|few|of))* {_THING}"
    rf"(?: (?:of it|of this|of the \w+|to send(?: you)?|for you|i can send(?: you)?|here|now|if "
    rf"(?:you want|that helps|it helps)|i took))*|"
    rf"{_SENDS} (?:a |an |my |some )?{_THING}|"
    rf"(?:so |and |sorry )*(?:how|where) (?:do|can|could|should|would) i {_SENDS} "
    rf"(?:it|that|them|this|these|those)(?: in| off| to you| over)?(?: again| then| please)?"
)


def wants_to_send(text: str) -> bool:
    """Whether somebody says, and says nothing else, that they want to send a photo or a document
    to us."""
    words = " ".join(re.findall(r"[\w'-]+", text.lower()))
    return len(words) <= 120 and _WANTS_TO_SEND.fullmatch(words) is not None
