"""From an error to what a client of the staff API reads: a status, a code, a sentence."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from flask import Response
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from casework.domain.errors import (
    BadPart,
    Busy,
    Conflict,
    Invalid,
    NobodyThere,
    NotAllowed,
    NotApplicable,
    NotFound,
    RungBack,
    SendingFailed,
    StatusNotAllowed,
)
from web.errors import error_answer, log_fault

log = logging.getLogger(__name__)

UNFIT = {
    "status": "unfit_status",
    "note": "unfit_note",
    "assignee": "unfit_assignee",
    "duplicate_of": "unfit_duplicate_of",
    "evidence": "unfit_evidence",
}
"""Codes by the part of a change that does not fit the case."""

NOT_APPLIED = {
    "nothing": "not_applied_nothing",
    "part": "not_applied_part",
    "over": "not_applied_over",
    "done": "not_applied_done",
    "no_record": "not_applied_no_record",
    "check": "not_applied_check",
}
"""Codes by the reason why a change cannot be applied."""


class Refused(Exception):
    """A request that cannot be served.

    `code` is the error's code and names its sentence in `council/api.yml`; `values` fill that
    sentence in. `headers` go with the answer.
    """

    def __init__(
        self, status: int, code: str, headers: Mapping[str, str] | None = None, **values: str
    ) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.headers = dict(headers or {})
        self.values = values


def refusal(error: Exception) -> Refused:
    """What any error amounts to for whoever asked. Logs those that are our fault."""
    match error:
        case Refused():
            return error
        case NotFound():
            return Refused(404, "not_found")
        case NotAllowed():
            return Refused(403, "not_allowed")
        case Invalid():
            return Refused(400, "invalid")
        case StatusNotAllowed():
            return Refused(409, "status_not_allowed", allowed=", ".join(error.allowed))
        case BadPart():
            return Refused(409, UNFIT[error.part])
        case NotApplicable():
            return Refused(409, NOT_APPLIED[error.reason])
        case NobodyThere():
            return Refused(409, "nobody_there")
        case RungBack():
            return Refused(409, "rung_back")
        case Conflict():
            return Refused(409, "conflict")
        case Busy():
            return Refused(503, "busy", {"Retry-After": "2"})
        case SendingFailed():
            return Refused(502, "not_moved")
        case RequestEntityTooLarge():
            return Refused(413, "too_long")
        case HTTPException() if error.code is not None and error.code < 500:
            return Refused(error.code, "malformed")
    log_fault(log, error)
    return Refused(500, "failed")


def as_response(error: Exception, words: Mapping[str, str]) -> Response:
    """The contract's JSON error."""
    refused = refusal(error)
    message = words[refused.code].format_map(refused.values)
    answer = error_answer(refused.status, refused.code, message)
    answer.headers.update(refused.headers)
    return answer
