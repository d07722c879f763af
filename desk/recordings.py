"""`/desk/recordings`: listening to recorded talks, and having them deleted."""

from __future__ import annotations

import re

from flask import Response, request
from werkzeug.wrappers import Response as Answer

from casework.domain.errors import Invalid, SendingFailed
from casework.ports.recordings import Audio, Span
from casework.use_cases.forget_recordings import remove_recordings
from casework.use_cases.hear_recording import hear_recording
from casework.use_cases.read_context import read_context
from desk import reading
from desk.errors import Refused
from desk.frame import LOCK_WAIT, Frame

NOT_HEARD = "The telephone carrier does not give the recording just now. Try again in a moment."


class RecordingPages:
    """Recordings as this member may hear them. The sound passes through here: no page holds an
    address of the carrier."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    def hear(self, recording: str) -> Answer:
        """The sound, whole or the piece that the player asks for; that it was heard is written
        down first."""
        wanted = reading.record_id(recording)
        try:
            audio = hear_recording(self._frame.office, self._frame.member, wanted, _span())
        except Invalid:
            return Response(status=416)
        except SendingFailed:
            raise Refused(502, NOT_HEARD) from None
        return _sent(audio)

    def delete(self, handoff: str) -> Answer:
        """Has all recordings of a conversation deleted."""
        wanted = reading.record_id(handoff)
        office, member = self._frame.office, self._frame.member
        conversation_id = read_context(office, member, wanted).conversation.id
        with self._frame.locks.hold(f"desk recordings {conversation_id}", LOCK_WAIT):
            remove_recordings(office, member, conversation_id)
        return self._frame.to("conversation", "recordings_deleted", handoff=wanted)


def _span() -> Span | None:
    """The piece that a player asks for; None for the whole, and for what is no single piece."""
    found = re.fullmatch(r"bytes=([0-9]{0,12})-([0-9]{0,12})", request.headers.get("Range", ""))
    if found is None or not (found[1] or found[2]):
        return None
    return Span(int(found[1]) if found[1] else None, int(found[2]) if found[2] else None)


def _sent(audio: Audio) -> Response:
    headers = {
        "Accept-Ranges": "bytes",
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Content-Disposition": "inline",
    }
    if audio.length is not None:
        headers["Content-Length"] = str(audio.length)
    if audio.span is not None:
        headers["Content-Range"] = f"bytes {audio.span[0]}-{audio.span[1]}/{audio.whole}"
    status = 200 if audio.span is None else 206
    return Response(audio.parts, status, headers, content_type=audio.media_type)
