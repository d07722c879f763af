"""Whole conversations as residents have them, each written in a YAML file beside this one."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.conversations.conftest import Rota
from tests.conversations.conversation import CHANNELS, Script, load
from tests.conversations.playing import Play
from tests.journeys.conftest import Staff
from tests.product import Product

HERE = Path(__file__).parent
FILES = sorted((HERE / "scripts").rglob("*.yml"))


def _by_clock() -> list[tuple[str, Script]]:
    """Each script by its file, the earliest day first: a clock does not like to go back."""
    read = [(str(file.relative_to(HERE / "scripts"))[:-4], load(file)) for file in FILES]
    return sorted(read, key=lambda one: (one[1].clock, one[1].staff))


SCRIPTS = _by_clock()


def _known_to_fail(script: Script) -> tuple[pytest.MarkDecorator, ...]:
    """The whole conversation goes wrong, and it is written down why."""
    why = script.falls_short
    return (pytest.mark.xfail(reason=why, strict=True),) if why else ()


@pytest.mark.parametrize(
    "script", [pytest.param(one, id=name, marks=_known_to_fail(one)) for name, one in SCRIPTS]
)
def test_a_conversation_goes_as_it_is_written(
    script: Script, council: Product, staff: Staff, rota: Rota
) -> None:
    rota.is_at_work(script.staff == "at_work")
    Play(script, council, staff).whole()


def test_there_are_conversations_enough_on_every_channel() -> None:
    counted = Counter(script.channel for _, script in SCRIPTS)
    assert sum(counted.values()) >= 60
    assert all(counted[channel] >= 10 for channel in CHANNELS)
    titles = [script.title for _, script in SCRIPTS]
    assert len(titles) == len(set(titles))
