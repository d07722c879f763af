"""`/desk/answers`: the published answers whose review is overdue or due soon."""

from __future__ import annotations

from werkzeug.wrappers import Response as Answer

from casework.use_cases.list_reviews import list_reviews
from desk.frame import Frame


class AnswerPages:
    """For those who keep what is published right: back office and supervisors."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    def show(self) -> Answer:
        late, soon = list_reviews(self._frame.office, self._frame.member)
        return self._frame.draw("answers", late=late, soon=soon)
