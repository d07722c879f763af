"""Conversations that nobody goes on with come to an end."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from casework.adapters.surroundings import FixedClock
from casework.domain.conversations import Channel, Conversation, Mode
from casework.use_cases.close_silent import close_silent
from casework.use_cases.office import Office
from tests.office import NOW, make_office

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture
def office(clock: FixedClock) -> Office:
    return make_office(clock=clock)


def add(office: Office, conversation_id: str, silent: timedelta, **about: Any) -> None:
    """A run of texts in which nothing was said for so long."""
    at = office.clock.now() - silent
    begun = Conversation(conversation_id, Channel.SMS, at, at, "hash")
    with office.store.begin() as work:
        work.conversations.add(replace(begun, **about))


def mode(office: Office, conversation_id: str) -> Mode:
    with office.store.begin(reading=True) as work:
        return work.conversations.get(conversation_id).mode


def test_what_was_silent_for_longer_is_closed(office: Office) -> None:
    add(office, "old", DAY + MINUTE)
    add(office, "fresh", DAY)
    add(office, "chat", 2 * DAY, channel=Channel.WEB)
    assert close_silent(office, Channel.SMS, DAY) == 1
    assert [mode(office, one) for one in ("old", "fresh", "chat")] == [
        Mode.CLOSED, Mode.BOT, Mode.BOT,
    ]  # fmt: skip
    assert close_silent(office, Channel.SMS, DAY) == 0


def test_whoever_is_with_a_person_or_waits_for_one_is_left_alone(office: Office) -> None:
    for number, waits in enumerate((Mode.QUEUED, Mode.AGENT) * 3):
        add(office, f"waits{number}", 3 * DAY, mode=waits)
    add(office, "first", 2 * DAY + MINUTE)
    add(office, "second", 2 * DAY)
    # Those left alone are older; they must not use up the limit for ever.
    assert close_silent(office, Channel.SMS, DAY, limit=1) == 1
    assert [mode(office, one) for one in ("first", "second")] == [Mode.CLOSED, Mode.BOT]
    assert close_silent(office, Channel.SMS, DAY, limit=1) == 1
    assert close_silent(office, Channel.SMS, DAY, limit=1) == 0
    assert mode(office, "waits1") is Mode.AGENT


def test_the_end_is_announced_and_dated(office: Office) -> None:
    add(office, "old", 2 * DAY)
    close_silent(office, Channel.SMS, DAY)
    with office.store.begin() as work:
        (event,) = work.events.since(0)
        assert (event.conversation_id, event.kind) == ("old", "mode")
        assert work.conversations.get("old").last_at == office.clock.now()
        # An event of long ago would be deleted before anybody hears of it.
        assert work.events.prune(office.clock.now()) == 0
