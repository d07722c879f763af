"""Photos and documents of a case: opening one, and asking the resident for them."""

from __future__ import annotations

from flask import Response
from werkzeug.wrappers import Response as Answer

from casework.use_cases.ask_for_evidence import ask_for_evidence
from casework.use_cases.read_evidence import file_headers, read_evidence
from casework.use_cases.tell_resident import Told
from desk import reading
from desk.frame import LOCK_WAIT, Frame


class EvidencePages:
    """Evidence as this member may see it."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    def open(self, ref: str, evidence: str) -> Answer:
        """The file itself; that it was opened is in the case's history."""
        found, data = read_evidence(
            self._frame.office,
            self._frame.member,
            reading.case_ref(ref),
            reading.record_id(evidence),
        )
        return Response(data, headers=file_headers(found), content_type=found.media_type.value)

    def ask(self, ref: str) -> Answer:
        """Sends the resident a link, or says it in their chat."""
        ref, office = reading.case_ref(ref), self._frame.office
        with self._frame.locks.hold(f"desk case {ref}", LOCK_WAIT):
            told = ask_for_evidence(office, self._frame.member, ref)
        asked = told not in {Told.RECORDED, Told.POST}
        done = "evidence_asked" if asked else "evidence_not_asked"
        return self._frame.to("case", done, ref=ref, told=told.value)
