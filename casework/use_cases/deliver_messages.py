"""Sends what is due in the outbox: at least once, by one sender at a time."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from casework.domain.errors import Busy, CaseworkError, OptedOut, SendingFailed
from casework.domain.outbox import Delivery, Medium, Outgoing
from casework.ports.sending import Sender
from casework.ports.store import Work
from casework.use_cases.office import Office
from casework.use_cases.record_delivery import moved_on, settle

_log = logging.getLogger(__name__)

ATTEMPTS = 10
"""After so many a message has failed."""

LEASE = timedelta(minutes=2)
"""How long a claimed message is nobody else's."""

SEND_TAKES = timedelta(minutes=1)
"""The longest that one attempt may take; with less of the lease left, none is begun."""

FIRST_WAIT = timedelta(seconds=15)
LONGEST_WAIT = timedelta(hours=1)

RECORDING_TRIES = 3
"""A result that cannot be recorded means that the message goes out once more."""


@dataclass(frozen=True)
class _Outcome:
    """What came of an attempt; `queued` means that another may succeed."""

    state: Delivery
    problem: str | None = None
    provider_id: str | None = None


def deliver_due(office: Office, senders: Mapping[Medium, Sender], limit: int = 20) -> int:
    """Sends up to `limit` due messages and gives how many were due; as many may be waiting.

    A message refused for now is tried again after 15 s, then twice as long each time up to an
    hour, ten times in all. Nothing a sender raises gets out. Raises Busy when the store cannot
    be had.
    """
    now = office.clock.now()
    with office.store.begin() as work:
        claimed = [_claimed(work, message, senders, now) for message in work.outbox.due(now, limit)]
    for message in claimed:
        if message.state is Delivery.QUEUED:
            _deliver(office, senders[message.medium], message)
        else:
            _log_end(message.id, message.state, message.problem)
    return len(claimed)


def _claimed(
    work: Work, message: Outgoing, senders: Mapping[Medium, Sender], now: datetime
) -> Outgoing:
    """The message as saved: with a lease on it, or settled because it cannot be sent."""
    if message.medium is Medium.TEXT and work.opt_outs.has(message.to):
        message = moved_on(message, Delivery.OPTED_OUT, now)
    elif message.medium not in senders:
        message = moved_on(message, Delivery.FAILED, now, "not_configured")
    elif message.attempts >= ATTEMPTS:
        # Its last attempt began and nothing was heard of it.
        message = moved_on(message, Delivery.FAILED, now, message.problem or "no_result")
    else:
        attempts = message.attempts + 1
        message = replace(message, attempts=attempts, due_at=now + LEASE, updated_at=now)
    work.outbox.save(message)
    return message


def _deliver(office: Office, sender: Sender, message: Outgoing) -> None:
    """Sends one, unless it must not be any more, and records what came of it."""
    try:
        if not _begins(office, message):
            return
        outcome = _attempt(sender, message)
        _log_end(message.id, outcome.state, outcome.problem)
        _record(office, message, outcome)
    except CaseworkError as error:
        # The lease runs out, and the message is due again.
        _log.warning("message %s: not recorded: %s", message.id, type(error).__name__)


def _begins(office: Office, message: Outgoing) -> bool:
    """Whether the message is still to be sent, and ours for long enough to send it."""
    with office.store.begin(reading=True) as work:
        current = work.outbox.get(message.id)
    if not _is_ours(current, message):
        return False
    if office.clock.now() + SEND_TAKES <= message.due_at:
        return True
    _put_back(office, message)
    return False


def _is_ours(current: Outgoing, message: Outgoing) -> bool:
    """Whether it is still queued and nobody else has begun an attempt since our claim."""
    return current.state is Delivery.QUEUED and current.attempts == message.attempts


def _put_back(office: Office, message: Outgoing) -> None:
    """Gives up a claim that was not used; it counts as no attempt."""
    now = office.clock.now()
    with office.store.begin() as work:
        current = work.outbox.get(message.id)
        if _is_ours(current, message):
            unused = replace(current, attempts=current.attempts - 1, due_at=now, updated_at=now)
            work.outbox.save(unused)


def _attempt(sender: Sender, message: Outgoing) -> _Outcome:
    try:
        return _Outcome(Delivery.SENT, provider_id=sender.send(message))
    except OptedOut:
        return _Outcome(Delivery.OPTED_OUT)
    except SendingFailed as error:
        return _Outcome(Delivery.QUEUED if error.again else Delivery.FAILED, error.code)
    except Exception as error:
        # One message that a sender stumbles over must not hold up all the others.
        return _Outcome(Delivery.QUEUED, type(error).__name__)


def _record(office: Office, message: Outgoing, outcome: _Outcome) -> None:
    for tries_left in reversed(range(RECORDING_TRIES)):
        try:
            if outcome.state is Delivery.QUEUED:
                _record_failure(office, message, str(outcome.problem))
            else:
                settle(office, message, outcome.state, outcome.problem, outcome.provider_id)
            return
        except Busy:
            if not tries_left:
                raise


def _record_failure(office: Office, message: Outgoing, problem: str) -> None:
    """Another attempt later, or none when there were enough."""
    now = office.clock.now()
    with office.store.begin() as work:
        current = work.outbox.get(message.id)
        if not _is_ours(current, message):
            return
        if current.attempts >= ATTEMPTS:
            changed = moved_on(current, Delivery.FAILED, now, problem)
        else:
            due_at = now + wait_after(current.attempts)
            changed = replace(current, problem=problem, due_at=due_at, updated_at=now)
        work.outbox.save(changed)


def wait_after(attempts: int) -> timedelta:
    """How long to wait after so many failed attempts (from 1)."""
    return min(FIRST_WAIT * (1 << (attempts - 1)), LONGEST_WAIT)


def _log_end(message_id: str, state: Delivery, problem: str | None) -> None:
    level = logging.INFO if state is Delivery.SENT else logging.WARNING
    _log.log(level, "message %s: %s %s", message_id, state, problem or "-")
