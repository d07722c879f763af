"""The worker: sends what is to be sent, and does what is due now and then."""

from __future__ import annotations

import logging
import signal
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TypeVar

from casework.domain.conversations import Channel
from casework.domain.outbox import Medium
from casework.ports.sending import Sender
from casework.use_cases.close_silent import close_silent
from casework.use_cases.deliver_messages import deliver_due
from casework.use_cases.forget_evidence import forget_unwanted_evidence
from casework.use_cases.keep_left import keep_left
from casework.use_cases.office import Office
from casework.use_cases.take_up_abandoned import take_up_abandoned
from casework.use_cases.wait_over import end_waits
from server.carriers import make_senders
from server.composition import make_announcements, make_office, make_redis
from server.settings import Settings

LOOKS_EVERY = 0.5
"""Seconds between two looks at the outbox when nothing was due."""

TRIES_AGAIN_AFTER = 5.0
"""Seconds after which sending is tried again when the outbox itself could not be had."""

SILENT_FOR = {Channel.SMS: timedelta(hours=24), Channel.VOICE: timedelta(hours=1)}
"""After how long without a word a conversation is over. A call says when it ends, so one that goes
on for this long is one whose end we were not told of."""

LONGEST_WAIT = timedelta(minutes=30)
"""After how long in the queue somebody who writes is rung back instead."""

LEFT_AFTER = timedelta(minutes=30)
"""After how long without a word somebody who waited in vain has left: the call back they were
promised becomes a case with what is known."""

DESK_SILENT_FOR = timedelta(minutes=2)
"""After how long without a sign of an agent's desk their conversations go to others. A browser may
give a page in the background no more than one moment a minute."""

T = TypeVar("T")

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Chore:
    """Something to do every so many seconds. `name` is for the log: no words of residents."""

    name: str
    every: float
    do: Callable[[], object]


MakeChores = Callable[[Office], Sequence[Chore]]


class Worker:
    """Sends and does chores, one after the other, until it is stopped.

    A fault of one is logged by its kind, and does not keep the others from being done. Several
    workers may run on one database: the outbox gives each message to one of them.
    """

    def __init__(
        self,
        office: Office,
        senders: Mapping[Medium, Sender],
        chores: Sequence[Chore] = (),
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """`now` counts seconds from anywhere and only forwards; `sleep` takes seconds."""
        self._office = office
        self._senders = senders
        self._now, self._sleep = now, sleep
        self._chores = list(chores)
        self._due = [now()] * len(self._chores)
        self._stopping = False

    def run(self) -> None:
        """Goes on until `stop`."""
        while not self._stopping:
            wait = self.turn()
            if wait and not self._stopping:
                self._sleep(wait)

    def stop(self) -> None:
        """Has `run` end after the message or chore in hand. A signal's handler may call it."""
        self._stopping = True

    def turn(self) -> float:
        """Does the chores that are due and sends one message; the seconds until the next look."""
        for place, chore in enumerate(self._chores):
            if not self._stopping and self._now() >= self._due[place]:
                self._attempt(chore.name, chore.do)
                # Counted from its end: a slow one does not fill all the time there is.
                self._due[place] = self._now() + chore.every
        if self._stopping:
            return 0.0
        # One at a time: between two messages it can be stopped, and chores come up.
        sent = self._attempt("sending", lambda: deliver_due(self._office, self._senders, limit=1))
        if sent is None:
            return TRIES_AGAIN_AFTER
        return 0.0 if sent else LOOKS_EVERY

    def _attempt(self, name: str, do: Callable[[], T]) -> T | None:
        """What `do` gives; None when it failed."""
        try:
            return do()
        except Exception as fault:
            # Its words may hold what somebody said.
            log.error("%s failed: %s", name, type(fault).__name__)
            return None


def closing_chores(office: Office) -> list[Chore]:
    """Closes conversations that fell silent, once a minute."""
    return [
        Chore(f"closing silent {channel} conversations", 60.0, _closing(office, channel, after))
        for channel, after in SILENT_FOR.items()
    ]


def _closing(office: Office, channel: Channel, after: timedelta) -> Callable[[], int]:
    return lambda: close_silent(office, channel, after)


def waiting_chores(office: Office) -> list[Chore]:
    """Sees to those who write and wait for a person: nobody is left waiting in vain."""
    return [
        Chore("keeping what was left", 60.0, lambda: keep_left(office, LEFT_AFTER)),
        Chore("ending waits", 10.0, lambda: end_waits(office, LONGEST_WAIT)),
        Chore(
            "taking up abandoned conversations",
            15.0,
            lambda: take_up_abandoned(office, DESK_SILENT_FOR),
        ),
    ]


def forgetting_chores(office: Office) -> list[Chore]:
    """Deletes what nobody agreed to have kept."""
    return [
        Chore("forgetting unwanted evidence", 60.0, lambda: forget_unwanted_evidence(office)),
    ]


def no_more(office: Office) -> Sequence[Chore]:
    """No chores but the worker's own."""
    return ()


def run_worker(settings: Settings, more: MakeChores = no_more) -> None:
    """Works until SIGTERM or SIGINT, and then ends what it has in hand.

    `more` makes further chores on the worker's office. Raises CouncilDataError.
    """
    with ExitStack() as stack:
        if settings.demo and settings.smtp_host is None:
            settings = _with_demo_mail(settings, stack)
        office, store = make_office(settings)
        stack.callback(store.close)
        if client := make_redis(settings):
            # What the worker writes is heard at once in the web processes.
            make_announcements(office, store, client)
        senders = make_senders(settings, office.council.name)
        for medium in Medium:
            if medium not in senders:
                log.warning("no carrier for %s messages; see docs/settings.md", medium)
        chores = [*closing_chores(office), *waiting_chores(office), *forgetting_chores(office)]
        chores += more(office)
        worker = Worker(office, senders, chores)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: worker.stop())
        worker.run()


def _with_demo_mail(settings: Settings, stack: ExitStack) -> Settings:
    """Settings that send mail to a server of the demo's own, which runs as long as `stack`."""
    # Only the demo needs it.
    from server.demo_mail import DemoMailbox

    box = stack.enter_context(DemoMailbox(settings.var_dir / "demo-mail"))
    return replace(
        settings,
        smtp_host=box.host,
        smtp_port=box.port,
        smtp_user=None,
        smtp_password=None,
        smtp_starttls=False,
    )
