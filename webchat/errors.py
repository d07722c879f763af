"""From an error to what a browser hears: a status, a code and the council's sentence for it."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Mapping

from flask import Response, jsonify, request
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from casework.domain.errors import Busy, BusyInDanger, Conflict, EngineFailure, Invalid, NotFound

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
    """What any error amounts to for whoever asked. Logs those that are our fault, by type and
    place only: an exception's own words may hold what a resident said."""
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
    frames = "".join(traceback.format_tb(error.__traceback__))
    log.error("%s in %s\n%s", type(error).__name__, request.endpoint, frames)
    return Refused(503 if isinstance(error, EngineFailure) else 500, "failed")


def as_response(error: Exception, wording: Mapping[str, str]) -> Response:
    """The contract's JSON error."""
    refused = refusal(error)
    message = refused.sentence or wording[f"error_{refused.code}"]
    answer = jsonify({"error": {"code": refused.code, "message": message}})
    answer.status_code = refused.status
    if refused.status == 503:
        answer.headers["Retry-After"] = "2"
    return answer
