"""From an error to what a browser hears: a status, a code and the council's sentence for it."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from flask import Response
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from casework.domain.errors import Busy, BusyInDanger, Conflict, EngineFailure, Invalid, NotFound
from web.errors import error_answer, log_fault

log = logging.getLogger(__name__)


class Refused(Exception):
    """A request that cannot be served; `code` names the sentence `error_<code>` of the wording,
    unless there is a more pressing `sentence` to say."""

    def __init__(self, status: int, code: str, sentence: str | None = None) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.sentence = sentence


def refusal(error: Exception) -> Refused:
    """What any error amounts to for whoever asked. Logs those that are our fault."""
    match error:
        case Refused():
            return error
        case NotFound():
            return Refused(404, "not_found")
        case Invalid():
            return Refused(400, "empty")
        case Conflict():
            return Refused(409, "closed")
        case BusyInDanger():
            return Refused(503, "busy", str(error))
        case Busy():
            return Refused(503, "busy")
        case RequestEntityTooLarge():
            return Refused(413, "too_long")
        case HTTPException() if error.code is not None and error.code < 500:
            return Refused(error.code, "malformed")
    log_fault(log, error)
    return Refused(503 if isinstance(error, EngineFailure) else 500, "failed")


def as_response(error: Exception, wording: Mapping[str, str]) -> Response:
    """The contract's JSON error."""
    refused = refusal(error)
    message = refused.sentence or wording[f"error_{refused.code}"]
    answer = error_answer(refused.status, refused.code, message)
    if refused.status == 503:
        answer.headers["Retry-After"] = "2"
    return answer
