"""A long story by text is understood whole, by the real reading."""

from __future__ import annotations

import yaml

from casework.domain.conversations import Channel
from tests.office import TOP, Talk, make_office

SCRIPT = TOP / "tests" / "conversations" / "scripts" / "texts" / "long-story.yml"


def test_a_story_of_eight_hundred_characters_leaves_only_the_read_back() -> None:
    story = yaml.safe_load(SCRIPT.read_text(encoding="utf-8"))["steps"][0]["resident"]
    assert len(story) > 800
    talk = Talk(make_office(), Channel.SMS, caller="+447700900123")
    talk.says(story, "missed_bin")
    assert talk.values["address"]["lines"] == ["14 Elm Road"]
    assert talk.values["bin_type"] == "recycling"
    assert talk.values["collection_date"] == "2026-11-20"
    assert talk.values["contact"] == "+447700900345"
    assert talk.asks == "confirm"
