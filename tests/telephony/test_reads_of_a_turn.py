"""A request of a call reads its transcript a few times at most: it grows with the call."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from casework.adapters.memory_conversations import MemoryConversationStore
from tests.telephony.conftest import Caller

Ring = Callable[..., Caller]


@contextmanager
def reads(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The conversations whose transcript is read meanwhile."""
    read, whole = [], MemoryConversationStore.messages

    def counted(store: MemoryConversationStore, conversation_id: str, after: int = 0) -> object:
        if not after:
            read.append(conversation_id)
        return whole(store, conversation_id, after)

    with monkeypatch.context() as patched:
        patched.setattr(MemoryConversationStore, "messages", counted)
        yield read


def test_a_silence_reads_the_transcript_once(ring: Ring, monkeypatch: pytest.MonkeyPatch) -> None:
    caller = ring()
    caller.says("my bin wasn't emptied", "missed_bin")
    with reads(monkeypatch) as read:
        caller.keeps_silent()
    assert len(read) <= 1


def test_what_is_said_again_reads_the_transcript_once(
    ring: Ring, monkeypatch: pytest.MonkeyPatch
) -> None:
    caller = ring()
    caller.says("my bin wasn't emptied", "missed_bin")
    with reads(monkeypatch) as read:
        caller.presses("#")
    assert len(read) <= 1


def test_whoever_asked_for_a_moment_is_still_given_it(ring: Ring) -> None:
    caller = ring()
    caller.says("my bin wasn't emptied", "missed_bin")
    caller.says("hang on a minute")
    assert caller.heard.gather.attributes["timeout"] == "20"
    caller.keeps_silent()
    assert caller.heard.gather.attributes["timeout"] == "20"
