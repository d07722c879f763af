"""From an error to what a member of staff reads: a status and a sentence."""

from __future__ import annotations

import logging

from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from casework.domain.errors import (
    BadPart,
    Busy,
    CallerGone,
    Conflict,
    Invalid,
    NobodyThere,
    NoCarrier,
    NotAllowed,
    NotApplicable,
    NotFound,
    RungBack,
    SendingFailed,
    StatusNotAllowed,
)
from web.errors import log_fault

log = logging.getLogger(__name__)

FORM = (
    "This form is not from this browser, or you signed in as somebody else since. "
    "Load the page again and try once more."
)

UNMOVED = (
    "It is recorded, but the telephone carrier did not move the caller. "
    "Hang up your phone: the caller then goes on from there."
)


RUNG_BACK = (
    "This caller was rung back on your own call, which cannot be moved or put on hold. "
    "Tell them what happens next, and open a case or write a note for the other team."
)


NO_CARRIER = (
    "This was not done: no telephone carrier is set up here any more, and only it can do this. "
    "Tell whoever runs CivicLine."
)


class Refused(Exception):
    """A request that is not carried out: HTTP status, and a sentence for the page."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence


def refusal(error: Exception) -> Refused:
    """What any error amounts to for whoever asked. Logs those that are our fault."""
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
        case CallerGone():
            return Refused(409, "The caller has hung up.")
        case NoCarrier():
            return Refused(409, NO_CARRIER)
        case RungBack():
            return Refused(409, RUNG_BACK)
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
    log_fault(log, error)
    return Refused(500, "Something went wrong. It has been logged; try again.")
