"""`/twilio/status`: what became of calls and texts."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial

from flask import Blueprint, Response, request

from casework.domain.conversations import CallEnd
from casework.domain.outbox import Delivery
from casework.use_cases.note_call_end import note_call_end
from casework.use_cases.office import Office
from casework.use_cases.record_delivery import record_delivery
from telephony.promptness import within
from telephony.signatures import names

log = logging.getLogger(__name__)

RECORDED_WITHIN = 3.5
"""Seconds after which a report is taken although it is not recorded yet."""

ENDS = {
    "completed": CallEnd.COMPLETED,
    "busy": CallEnd.BUSY,
    "failed": CallEnd.FAILED,
    "no-answer": CallEnd.NO_ANSWER,
    "canceled": CallEnd.CANCELLED,
}

OVER = frozenset(ENDS)
"""States of a call after which nobody is on the line."""

BEFORE_OVER = frozenset({"queued", "initiated", "ringing", "in-progress"})
"""States of a call that goes on."""

REPORTS = {
    "sent": Delivery.SENT,
    "delivered": Delivery.DELIVERED,
    "read": Delivery.DELIVERED,
    "undelivered": Delivery.UNDELIVERED,
    "failed": Delivery.FAILED,
    "canceled": Delivery.FAILED,
}
"""States of a text that say how far it got."""


class Status:
    """The webhook. 503 has the carrier's log show what was missed; it does not try again.

    `hung_up` is told the id of a call that is over.
    """

    def __init__(self, hung_up: Callable[[str], None], office: Office) -> None:
        self._hung_up = hung_up
        self._office = office

    def arrive(self) -> Response:
        """A report on a call or a text; one about neither is taken and left alone."""
        form = request.form
        work: Callable[[], object] | None = None
        _note_state(form.get("CallSid", ""), form.get("CallStatus", ""))
        if form.get("CallStatus", "") in OVER and form.get("CallSid"):
            seconds = form.get("CallDuration", "")[:6]
            work = partial(
                self._over,
                form.get("CallSid", "")[:64],
                ENDS[form.get("CallStatus", "")],
                int(seconds) if seconds.isascii() and seconds.isdigit() else None,
            )
        elif form.get("MessageStatus", "") in REPORTS:
            work = self._text(form.get("MessageStatus", ""))
        try:
            # Somebody who hangs up in the middle of a turn: it is recorded when the turn is over.
            if work is not None:
                within(RECORDED_WITHIN, work, failed=_missed)
        except Exception as failure:  # its words could quote the report
            _missed(failure)
            return Response(status=503)
        return Response(status=204)

    def _over(self, call_sid: str, end: CallEnd, seconds: int | None) -> None:
        """Noted first: the turn that is going on may take its time."""
        try:
            note_call_end(self._office, call_sid, end, seconds)
        finally:
            self._hung_up(call_sid)

    def _text(self, reported: str) -> Callable[[], object]:
        """The report of a text of ours: the address names it, the carrier's own id may be news."""
        return partial(
            record_delivery,
            self._office,
            request.args.get("message", "")[:64],
            REPORTS[reported],
            problem=request.form.get("ErrorCode", "")[:16] or None,
            provider_id=request.form.get("MessageSid", "")[:64] or None,
        )


def _note_state(call_sid: str, state: str) -> None:
    """How a call stands, in the log: ids and the carrier's own words for states, nothing else."""
    known = state in OVER or state in BEFORE_OVER
    if known and call_sid.isascii() and call_sid.isalnum():
        log.info("call %s is %s", call_sid[:64], state)


def _missed(failure: Exception) -> None:
    log.error("a report could not be recorded: %s", type(failure).__name__)


def create_status(status: Status, check: Callable[[], Response | None]) -> Blueprint:
    """The blueprint. `check` refuses what Twilio did not sign."""
    blueprint = Blueprint("status", __name__, url_prefix="/twilio/status")
    blueprint.before_request(check)
    blueprint.before_request(names("CallSid", "MessageSid"))
    blueprint.add_url_rule("", "arrive", status.arrive, methods=["POST"])
    return blueprint
