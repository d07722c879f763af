"""A person asked for in so many words, whatever else the words are about."""

from __future__ import annotations

import pytest

from casework.domain.person_wanted import declines_person, wants_person

WANTED = [
    "I want to speak to someone about my bins not being collected",
    "can I speak to a person, I'm not happy",
    "I'm not happy can I speak to a person",
    "this is not working, put me through to someone",
    "you're not helping me I want to talk to a human",
    "I don't have a computer so I need to speak to someone",
    "I don't want to do this online, can I talk to somebody",
    "I've been waiting without any heating. I'd like to speak to someone",
    "Why was my bin not emptied? I want to speak to someone.",
    "can't I just speak to a person",
    "why has nobody been out to fix my boiler I want to speak to someone",
    "no I don't. I want to speak to a real person",
    "i wanna talk to someone about not getting my rebate",
    "can I speak to someone who won't hang up on me",
    "I never got a reply so I need to speak to someone",
]
NOT_WANTED = [
    "I don't want to speak to someone",
    "I don’t want to speak to someone",
    "i dont want to talk to anyone",
    "I do not really want to speak to anybody",
    "I'd rather not have to get through to someone",
    "I don't think I need to speak to anyone",
    "please don't put me through to somebody",
    "there's no need to put me through to someone",
    "I'm not asking you to put me through to someone",
    "I didn't ask to speak to someone",
    "how can I speak to someone",
    "when can I speak to someone about my rent",
    "do I need to speak to someone first",
    "how long do I have to wait before I can speak to someone",
    "what number do I need to speak to someone about rent",
    "never ask to speak to someone",
    "my neighbour speaks to someone all night",
]


@pytest.mark.parametrize("text", WANTED)
def test_a_person_is_wanted_though_a_no_stands_elsewhere(text: str) -> None:
    assert wants_person(text)


@pytest.mark.parametrize("text", NOT_WANTED)
def test_a_no_right_before_it_or_a_question_about_it_asks_for_nobody(text: str) -> None:
    assert not wants_person(text)


@pytest.mark.parametrize(
    ("said", "declined"),
    [
        ("I don't want a person, I want to tell you", True),
        ("i dont want to speak to anyone just tell me", True),
        ("there's no need for a person", True),
        ("I don't want a machine I want to speak to a person", False),
        ("I don't want somebody to ring me I need a person now", False),
        ("I don't want an agent I want a human", False),
        ("I don't want someone tomorrow I want someone now", False),
        ("I don't want anyone to know he hits me", False),
        ("I want a person", False),
        ("why don't you have a person", False),
    ],
)
def test_a_person_turned_down_is_not_wanted(said: str, declined: bool) -> None:
    assert declines_person(said) is declined
