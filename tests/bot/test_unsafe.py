"""After an alarm: whoever cannot wait, cannot talk, or cannot be rung."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from casework.domain.conversations import Channel, Mode
from tests.office import LONDON, Talk, make_office, values_of

NIGHT = datetime(2026, 11, 24, 23, 30, tzinfo=LONDON)


@pytest.mark.parametrize("said", ["now please", "tonight", "today", "as soon as possible", "now"])
def test_who_cannot_wait_is_rung_at_the_soonest_time_and_keeps_the_need(said: str) -> None:
    talk = Talk(make_office(NIGHT))
    talk.says("I am homeless tonight with my kids")
    talk.says("yes please", "affirm")
    talk.answers("yes", "Sam Reed", "07700 900123", said)
    assert talk.asks == "confirm"
    assert "soonest a person can ring is Wednesday 25 November" in talk.said
    talk.says("I have nowhere to sleep tonight")
    assert talk.heard[0].said.text.startswith("Call 999")
    assert talk.asks == "confirm"
    talk.says("yes", "affirm")
    case, call = talk.cases
    assert case.service == call.about == "homelessness"
    assert "homeless tonight" in values_of(case)["summary"]


def test_no_alarm_promises_somebody_at_once() -> None:
    council = make_office().council
    for rule in council.safety_rules:
        for channel in Channel:
            assert "person now" not in council.say(rule.wording, channel)


class TestUnsafe:
    @pytest.fixture
    def abused(self, talk: Talk) -> Talk:
        talk.says("my husband hits me")
        assert talk.asks == "offer"
        return talk

    @pytest.mark.parametrize("label", [None, "goodbye", "deny"])
    @pytest.mark.parametrize("said", ["I can't talk he is coming back", "gotta go", "he's here"])
    def test_who_cannot_talk_gets_the_numbers_and_is_left(
        self, abused: Talk, said: str, label: str | None
    ) -> None:
        abused.says(said, label)
        assert len(abused.heard) == 1
        assert "0808 2000 247" in abused.said
        assert abused.asks is None
        assert "safe_contact" in abused.conversation.flags

    def test_who_cannot_talk_in_mid_form_is_left_too(self, abused: Talk) -> None:
        abused.says("yes", "affirm")
        abused.says("I can't talk, he's coming")
        assert "0808 2000 247" in abused.said
        assert abused.asks is None
        assert abused.cases == []

    def test_a_call_is_ended_after_the_numbers(self, begin: Callable[..., Talk]) -> None:
        talk = begin(Channel.VOICE)
        talk.says("my husband hits me")
        talk.says("I can't talk he is coming back")
        assert talk.conversation.mode is Mode.CLOSED

    @pytest.mark.parametrize("label", [None, "stop", "deny"])
    def test_how_to_ring_is_an_answer(self, abused: Talk, label: str | None) -> None:
        abused.says("yes", "affirm")
        abused.answers("yes", "07700 900123", "tomorrow morning")
        abused.says("don't leave a message", label)
        assert abused.values["about"] == "don't leave a message"

    @pytest.mark.parametrize(
        "said", ["no number is safe", "none", "there isn't a safe one", "please don't ring", "skip"]
    )
    def test_without_a_safe_number_nobody_rings_and_the_team_is_told(
        self, abused: Talk, said: str
    ) -> None:
        abused.says("yes", "affirm")
        abused.answers("yes", said)
        assert abused.asks == "confirm"
        abused.says("yes", "affirm")
        (case,) = abused.cases
        assert (case.service, values_of(case)["contact"]) == ("safeguarding_adult", None)
        assert "safe_contact" in case.flags

    def test_who_stops_has_the_numbers_and_nothing_is_sent(self, abused: Talk) -> None:
        abused.says("yes", "affirm")
        abused.answers("yes", "stop")
        assert "no call is arranged" in abused.said
        assert "0808 2000 247" in abused.said
        assert "nothing has been sent" not in abused.said
        assert abused.asks is None
        assert abused.cases == []
