"""The contract of conversations and transcripts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta

import pytest

from casework.domain.conversations import Author, CallEnd, Channel, Mode, Utterance
from casework.domain.errors import Conflict, NotFound
from casework.ports.store import Store
from tests.casework.store.records import (
    NOW,
    SUMMER,
    conversation,
    full_conversation,
    full_message,
    message,
)


def test_a_conversation_comes_back_as_it_was_written(store: Store) -> None:
    with store.begin() as work:
        work.conversations.add(full_conversation())
    with store.begin(reading=True) as work:
        found = work.conversations.get("c1")
    assert found == full_conversation()
    assert found.started_at.tzinfo is UTC
    assert found.last_at.tzinfo is UTC


def test_an_unknown_conversation_is_not_found(store: Store) -> None:
    with pytest.raises(NotFound), store.begin() as work:
        work.conversations.get("nobody")
    with pytest.raises(NotFound), store.begin() as work:
        work.conversations.save(conversation("nobody"))
    with store.begin() as work:
        assert work.conversations.messages("nobody") == []
        assert work.conversations.last_seq("nobody") == 0
        assert work.conversations.last_asking("nobody") is None


def test_an_id_is_given_once(store: Store) -> None:
    with store.begin() as work:
        work.conversations.add(conversation(page="first"))
        with pytest.raises(Conflict):
            work.conversations.add(conversation(page="second"))
        work.conversations.add(conversation("c2"))
    with store.begin() as work:
        assert work.conversations.get("c1").page == "first"
        assert work.conversations.get("c2")


def test_saving_writes_every_field(store: Store) -> None:
    with store.begin() as work:
        work.conversations.add(conversation())
    with store.begin() as work:
        work.conversations.save(full_conversation())
    with store.begin() as work:
        assert work.conversations.get("c1") == full_conversation()


def test_messages_come_back_in_order_as_they_were_written(store: Store) -> None:
    lines = [message(1), full_message(2), message(3, "", at=NOW.astimezone(SUMMER))]
    with store.begin() as work:
        work.conversations.add(conversation())
        for line in (lines[0], lines[2], lines[1]):
            work.conversations.append(line)
    with store.begin() as work:
        assert work.conversations.messages("c1") == lines
        assert work.conversations.messages("c1", after=1) == lines[1:]
        assert work.conversations.messages("c1", after=3) == []
        assert work.conversations.last_seq("c1") == 3
        assert all(line.at.tzinfo is UTC for line in work.conversations.messages("c1"))


def test_a_taken_place_is_a_conflict_and_the_next_may_be_tried(store: Store) -> None:
    with store.begin() as work:
        work.conversations.add(conversation())
        work.conversations.append(message(1, "first"))
        with pytest.raises(Conflict):
            work.conversations.append(message(1, "second"))
        work.conversations.append(message(2, "second"))
    with store.begin() as work:
        said = [line.said.text for line in work.conversations.messages("c1")]
        assert said == ["first", "second"]
        assert len(work.events.since(0)) == 2


def test_a_message_needs_its_conversation(store: Store) -> None:
    with pytest.raises(NotFound), store.begin() as work:
        work.conversations.append(message(1))


def test_a_turn_is_the_message_of_the_resident_and_its_replies(store: Store) -> None:
    lines = [
        message(1, turn_id="t1"),
        message(2, author=Author.BOT, turn_id="t1"),
        message(3, author=Author.BOT, turn_id="t1"),
        message(4, turn_id="t2"),
    ]
    with store.begin() as work:
        work.conversations.add(conversation())
        work.conversations.add(conversation("c2"))
        for line in lines:
            work.conversations.append(line)
        work.conversations.append(replace(lines[0], conversation_id="c2"))
    with store.begin() as work:
        assert work.conversations.turn("c1", "t1") == lines[:3]
        assert work.conversations.turn("c1", "t2") == lines[3:]
        assert work.conversations.turn("c1", "t3") == []


def test_a_resident_says_a_turn_once(store: Store) -> None:
    with store.begin() as work:
        work.conversations.add(conversation())
        work.conversations.append(message(1, turn_id="t1"))
        with pytest.raises(Conflict):
            work.conversations.append(message(2, turn_id="t1"))


def test_what_was_asked_last(store: Store) -> None:
    def ours(seq: int, asks: str | None, author: Author = Author.BOT) -> None:
        work.conversations.append(message(seq, author=author, said=Utterance("?", asks=asks)))

    with store.begin() as work:
        work.conversations.add(conversation())
        work.conversations.append(message(1))
        assert work.conversations.last_asking("c1") is None
        ours(2, "bin_type")
        asking = work.conversations.last_asking("c1")
        assert asking is not None
        assert (asking.seq, asking.said.asks) == (2, "bin_type")
        work.conversations.append(message(3))
        assert work.conversations.last_asking("c1") == asking
        ours(4, None, Author.AGENT)
        assert work.conversations.last_asking("c1") is None


def test_conversations_are_searched_newest_first(store: Store) -> None:
    hour = timedelta(hours=1)
    calls = [
        conversation("c1", channel=Channel.VOICE, caller="+441632960001", call_sid="CA1"),
        conversation("c2", channel=Channel.SMS, caller="+441632960001", started_at=NOW + hour),
        conversation("c3", channel=Channel.SMS, caller="+441632960002", started_at=NOW - hour),
        conversation("c4"),
    ]
    with store.begin() as work:
        for one in calls:
            work.conversations.add(one)
    with store.begin() as work:
        search = work.conversations.search
        assert [one.id for one in search()] == ["c2", "c4", "c1", "c3"]
        assert [one.id for one in search(limit=2)] == ["c2", "c4"]
        assert [one.id for one in search(caller="+441632960001")] == ["c2", "c1"]
        assert [one.id for one in search(call_sid="CA1")] == ["c1"]
        assert [one.id for one in search(channel=Channel.SMS)] == ["c2", "c3"]
        assert [one.id for one in search(after=NOW.astimezone(SUMMER))] == ["c2"]
        assert search(call_sid="CA2") == []


def test_silent_conversations_are_found_oldest_first(store: Store) -> None:
    minute = timedelta(minutes=1)
    sms = Channel.SMS
    texts = [
        conversation("just", channel=sms, last_at=NOW),
        conversation("late", channel=sms, last_at=NOW - minute),
        conversation("early", channel=sms, last_at=NOW - 2 * minute, mode=Mode.AGENT),
        conversation("told", channel=sms, last_at=NOW - 3 * minute),
        conversation("ended", channel=sms, last_at=NOW - 3 * minute, mode=Mode.CLOSED),
        conversation("chat", last_at=NOW - 3 * minute),
    ]
    with store.begin() as work:
        for one in texts:
            work.conversations.add(one)
        told = message(1, author=Author.SYSTEM, conversation_id="told")
        work.conversations.append(told)
        work.conversations.append(replace(told, conversation_id="late", at=NOW - minute))
    with store.begin(reading=True) as work:
        silent = work.conversations.silent_since
        assert silent(sms, NOW.astimezone(SUMMER)) == ["early", "late"]
        assert silent(sms, NOW, limit=1) == ["early"]
        assert silent(sms, NOW, limit=1, mode=Mode.BOT) == ["late"]
        assert silent(sms, NOW - 2 * minute) == []
        assert silent(Channel.WEB, NOW) == ["chat"]


def test_messages_and_changes_of_mode_are_announced(store: Store) -> None:
    with store.begin() as work:
        work.conversations.add(conversation())
        work.conversations.append(message(1))
        work.conversations.save(conversation(misses=1))
        work.conversations.save(conversation(mode=Mode.QUEUED))
    with store.begin() as work:
        work.conversations.save(conversation(mode=Mode.QUEUED))
        assert [event.kind for event in work.events.since(0)] == ["message", "mode"]


@pytest.mark.parametrize("end", [None, *CallEnd])
def test_how_a_call_ended_comes_back(store: Store, end: CallEnd | None) -> None:
    with store.begin() as work:
        work.conversations.add(conversation(call_end=end, call_seconds=61 if end else None))
    with store.begin(reading=True) as work:
        held = work.conversations.get("c1")
        assert (held.call_end, held.call_seconds) == (end, 61 if end else None)
