"""Files that a browser sends: read within bounds, kept, and answered in the council's words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from flask import request
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from casework.domain.conversations import Message, Upload
from casework.domain.errors import Conflict
from casework.domain.evidence import EvidenceRefused, Refusal
from casework.use_cases.accept_evidence import Accepted
from casework.use_cases.send_by_link import LinkView
from webchat.errors import Refused

ROOM = 64 * 1024
"""Bytes of a form beside the files in it."""

ACCEPT = "image/jpeg,image/png,image/heic,image/heif,.heic,.heif,application/pdf"
"""What a browser's own dialogue offers; what counts is looked at in the file itself."""

STATUSES = {
    Refusal.TOO_BIG: 413,
    Refusal.TYPE: 415,
    Refusal.UNREADABLE: 422,
    Refusal.LOCKED: 422,
    Refusal.UNSAFE: 422,
    Refusal.FULL: 409,
    Refusal.UNCHECKED: 503,
}


class EvidenceDesk(Protocol):
    """What the web chat needs of whoever takes in evidence (`bot.evidence`)."""

    @property
    def most_bytes(self) -> int: ...

    @property
    def most_files(self) -> int: ...

    def take(self, conversation_id: str, data: bytes, case_ref: str | None = None) -> Accepted:
        """Keeps a file of a chat. Raises EvidenceRefused, NotFound and Busy."""
        ...

    def view(self, code: str) -> LinkView:
        """What the page behind a link may show. Raises NotFound."""
        ...

    def take_by_link(self, code: str, data: bytes) -> Accepted:
        """Keeps a file sent by a link. Raises EvidenceRefused, NotFound and Busy."""
        ...

    def finish(self, code: str) -> None:
        """Uses the link up. Raises NotFound."""
        ...

    def why_not(self, refused: EvidenceRefused) -> str:
        """The sentence for a file that is not taken."""
        ...


def files(desk: EvidenceDesk, most: int = 1) -> Sequence[FileStorage]:
    """The files of the form's part `file`, at most so many; one that was left empty is none.

    Raises Refused 400 without one, 413 for too many or more bytes than they can have together.
    """
    # One that is a little too large is read all the same: whoever stops reading is not heard.
    request.max_content_length = max(most, 3) * desk.most_bytes + ROOM
    request.max_form_memory_size, request.max_form_parts = ROOM, most + 20
    try:
        found = [one for one in request.files.getlist("file") if one.filename or one.read(1)]
    except RequestEntityTooLarge:
        raise refused(desk, EvidenceRefused(Refusal.TOO_BIG)) from None
    except HTTPException:
        raise Refused(400, "no_file") from None
    if not found:
        raise Refused(400, "no_file")
    if len(found) > most:
        raise refused(desk, EvidenceRefused(Refusal.FULL))
    return found


def content(desk: EvidenceDesk, file: FileStorage) -> bytes:
    """The bytes of a file, at most one more than is taken. Raises Refused 400 when empty."""
    file.seek(0)
    data: bytes = file.read(desk.most_bytes + 1)
    if not data:
        raise Refused(400, "no_file")
    return data


def refused(desk: EvidenceDesk, problem: EvidenceRefused) -> Refused:
    """A file that is not taken, as an answer."""
    return Refused(STATUSES[problem.why], f"file_{problem.why}", desk.why_not(problem))


def open_upload(messages: Sequence[Message]) -> Upload | None:
    """What can be sent now: the newest message that speaks of sending says so."""
    offered = (one.said.upload for one in reversed(messages) if one.said.upload is not None)
    return next(offered, None)


def written_ref() -> str | None:
    """The form's `case_ref`, None when it is left out. Raises Refused 404 for what is none."""
    written = request.form.get("case_ref", "").strip()
    if written and not (len(written) == 8 and written.isascii() and written.isdigit()):
        raise Refused(404, "not_found")
    return written or None


def taken(desk: EvidenceDesk, conversation_id: str, case_ref: str | None, data: bytes) -> Accepted:
    """As the desk's `take`, refusing in the web chat's words. Raises Refused."""
    try:
        return desk.take(conversation_id, data, case_ref)
    except EvidenceRefused as problem:
        raise refused(desk, problem) from None
    except Conflict:
        raise Refused(503, "busy") from None


def as_json(accepted: Accepted) -> dict[str, Any]:
    """What is known of a file that was taken; nothing that was in it."""
    held = accepted.evidence
    return {
        "id": held.id,
        "case_ref": held.case_ref,
        "media_type": held.media_type.value,
        "size": held.size,
        "received_at": held.received_at.isoformat(),
        "again": accepted.again,
    }
