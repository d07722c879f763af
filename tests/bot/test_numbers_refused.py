"""A number at hand that must not be rung is never taken, however the no is typed or said."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from casework.domain.conversations import Channel
from tests.office import Talk

Begin = Callable[..., Talk]
OWN = "+447700900123"

REFUSED = [
    "don't ring this number",
    "don’t ring this number",
    "please don´t ring this number",
    "don`t use this number",
    "please dont ring me on this number",
    "you cannot ring this number",
    "you can’t ring this number",
    "any number but this number isn’t safe, avoid this one",
    "anything but this number",
    "stop ringing this number",
    "you shouldn’t use this number",
]


def asked_for_number(begin: Begin, channel: Channel) -> Talk:
    talk = begin(channel, caller=OWN)
    talk.says("there's a pothole on Mutley Plain", "pothole")
    talk.answers("it's deep", "no")
    assert talk.asks == "contact"
    return talk


@pytest.mark.parametrize("channel", [Channel.VOICE, Channel.SMS])
@pytest.mark.parametrize("said", REFUSED)
def test_a_number_that_is_refused_is_not_taken(begin: Begin, channel: Channel, said: str) -> None:
    talk = asked_for_number(begin, channel)
    talk.says(said)
    assert talk.values.get("contact") is None


@pytest.mark.parametrize("said", ["this number", "ring me on the number I'm calling from"])
def test_one_that_is_offered_is(begin: Begin, said: str) -> None:
    talk = asked_for_number(begin, Channel.VOICE)
    talk.says(said)
    assert talk.values["contact"] == OWN


@pytest.mark.parametrize("said", ["no number’s safe", "please don’t ring", "it isn’t safe to ring"])
def test_whoever_has_no_safe_number_is_believed(begin: Begin, said: str) -> None:
    talk = begin(Channel.SMS, caller=OWN)
    talk.says("my husband hits me")
    talk.says("yes", "affirm")
    talk.answers("yes", said)
    assert talk.values.get("phone") is None
    assert talk.asks == "confirm"
