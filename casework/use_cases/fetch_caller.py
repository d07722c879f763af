"""Fetches a caller from their wait, to the agent who has taken the call."""

from __future__ import annotations

import logging

from casework.domain.errors import CaseworkError, SendingFailed
from casework.ports.calls import CallControl, CallHolding
from casework.use_cases.office import Office

log = logging.getLogger(__name__)


def fetch_caller(office: Office, calls: CallControl, handoff_id: str) -> None:
    """If the carrier does not do it, the caller comes by themselves, after what they are just
    hearing."""
    if not isinstance(calls, CallHolding):
        return
    try:
        with office.store.begin(reading=True) as work:
            handoff = work.handoffs.look(handoff_id)
            call_sid = work.conversations.get(handoff.conversation_id).call_sid
        if call_sid is not None:
            calls.resume(call_sid)
    except SendingFailed as failure:
        log.warning("the caller of %s is not fetched: %s", handoff_id, failure.code)
    except CaseworkError as failure:
        log.warning("the caller of %s is not fetched: %s", handoff_id, type(failure).__name__)
