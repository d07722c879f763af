"""Numbers that want no more texts, and those that want them again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from casework.domain.outbox import Delivery, Medium
from casework.ports.store import Work
from casework.use_cases.office import Office


def opt_out(office: Office, number: str) -> None:
    """No more texts to a number (E.164), those queued included. All else is kept.

    Doing so twice changes nothing.
    """
    with office.store.begin() as work:
        stop_texts(work, number, office.clock.now())


def opt_in(office: Office, number: str) -> None:
    """Texts to a number again. Those stopped before stay stopped."""
    with office.store.begin() as work:
        work.opt_outs.remove(number)


def has_opted_out(office: Office, number: str) -> bool:
    """Whether a number (E.164) wants no texts."""
    with office.store.begin(reading=True) as work:
        return work.opt_outs.has(number)


def stop_texts(work: Work, number: str, now: datetime) -> None:
    """Opts a number out within a unit; do so before anything else of the outbox is got there."""
    # The number comes first: units that opt out the same one then wait for each other here
    # instead of holding a message each and waiting for the other's.
    work.opt_outs.add(number, now)
    for message in work.outbox.queued_to(number):
        if message.medium is Medium.TEXT:
            work.outbox.save(replace(message, state=Delivery.OPTED_OUT, updated_at=now))
