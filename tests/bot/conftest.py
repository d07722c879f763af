"""Conversations that are looked over when they end: nothing may be asked twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from casework.domain.conversations import Channel
from casework.use_cases.office import Office
from tests.office import Talk, flaws, make_office


@pytest.fixture
def office() -> Office:
    """The office on a Tuesday morning, with nothing in its store."""
    return make_office()


@pytest.fixture
def begin(office: Office) -> Iterator[Callable[..., Talk]]:
    """Begins conversations in one office; each is looked over at the end."""
    begun: list[Talk] = []

    def start(channel: Channel = Channel.WEB, **about: Any) -> Talk:
        begun.append(Talk(office, channel, **about))
        return begun[-1]

    yield start
    assert [flaw for talk in begun for flaw in flaws(talk)] == []


@pytest.fixture
def talk(begin: Callable[..., Talk]) -> Talk:
    """A chat on the website, just begun."""
    return begin()
