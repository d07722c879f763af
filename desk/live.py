"""What the script on a page asks for: news, and to be taken for present."""

from __future__ import annotations

from flask import Response

from casework.ports.announcements import Announcements
from casework.use_cases.keep_alive import keep_alive
from desk.frame import Frame
from desk.session import signed_in
from desk.stream import Stream


class LivePages:
    """Everything here answers without a page."""

    def __init__(self, frame: Frame, announcements: Announcements) -> None:
        self._frame = frame
        self._announcements = announcements

    def events(self) -> Response:
        """The stream of news; it ends when the session does."""
        mine = signed_in(self._frame.member)
        sessions = self._frame.sessions
        stream = Stream(self._announcements, lambda: sessions.still(mine) is not None)
        answer = Response(stream, mimetype="text/event-stream")
        answer.headers["X-Accel-Buffering"] = "no"
        answer.call_on_close(stream.close)
        return answer

    def alive(self) -> Response:
        """The agent's desk is open: their residents are not put back into the queue."""
        keep_alive(self._frame.office, self._frame.member, self._frame.office.clock.now())
        return Response(status=204)
