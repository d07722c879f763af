"""From an error to what a member of staff reads: a status and a sentence."""

from __future__ import annotations

import logging
import traceback

from flask import request
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
    SendingFailed,
    StatusNotAllowed,
)

log = logging.getLogger(__name__)

FORM = (
    "This form is not from this browser, or you signed in as somebody else since. "
    "Load the page again and try once more."
)

UNMOVED = (
    "It is recorded, but the telephone carrier did not move the caller. "
    "Hang up your phone: the caller then goes on from there."
)


class Refused(Exception):
    """A request that is not carried out: HTTP status, and a sentence for the page."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence


def refusal(error: Exception) -> Refused:
    """What any error amounts to for whoever asked.

    Logs those that are our fault, by type and place only: an exception's own words may hold what
    a resident said.
    """
    match error:
        case Refused():
            return error
        case NotFound():
            return Refused(404, "There is no such page. It may have been removed.")
        case NotAllowed():
            return Refused(403, "Your role does not allow this.")
        case Invalid():
            return Refused(400, "This could not be used as written. Nothing was changed.")
        case BadPart() | NotApplicable() | StatusNotAllowed():
            return Refused(409, "This is not possible as the case stands. Nothing was changed.")
        case NobodyThere():
            return Refused(
                409,
                "Nobody of that team who talks to residents is at work now. "
                "Open a case for them, or hand back to the assistant.",
            )
        case Conflict():
            return Refused(409, "Somebody else was faster. See how it stands now, then try again.")
        case Busy():
            return Refused(503, "The system is busy. Wait a moment, then try again.")
        case SendingFailed():
            return Refused(502, UNMOVED)
        case RequestEntityTooLarge():
            return Refused(413, "This is too long.")
        case HTTPException() if error.code is not None and error.code < 500:
            return Refused(error.code, "The desk cannot do this.")
    frames = "".join(traceback.format_tb(error.__traceback__))
    log.error("%s in %s\n%s", type(error).__name__, request.endpoint, frames)
    return Refused(500, "Something went wrong. It has been logged; try again.")
