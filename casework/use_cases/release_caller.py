"""Takes a caller out of the talk with an agent, once that is recorded as over."""

from __future__ import annotations

import logging

from casework.domain.conversations import Conversation
from casework.domain.errors import SendingFailed
from casework.ports.calls import CallControl
from casework.use_cases.end_calls import drop_agents
from casework.use_cases.office import Office

log = logging.getLogger(__name__)


def release_caller(office: Office, calls: CallControl, conversation: Conversation) -> bool:
    """Has the caller hear what was said to them since, and ends the agent's call. Whether the
    caller was still there.

    Either of the two is enough: the end of the agent's call leads the caller out as well. Raises
    SendingFailed when the carrier does neither; the two then talk on until the agent hangs up,
    which leads the caller to the same place.
    """
    there, refused = True, None
    try:
        there = calls.bring_back(conversation.call_sid or "")
    except SendingFailed as failure:
        refused = failure
    try:
        dropped = drop_agents(office, calls, conversation.id)
    except SendingFailed as failure:
        if refused is not None:
            raise
        # They hear nobody, and hang up themselves; it is tried again at the caller's next turn.
        log.warning("an agent's call is not ended: %s", failure.code)
        return there
    if refused is not None and not dropped:
        raise refused
    return there
