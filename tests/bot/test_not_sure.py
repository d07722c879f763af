"""Not sure, not understood, and two requests at once: what is offered, kept and recorded."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from casework.domain.conversations import Channel, Second
from casework.domain.guesses import NEITHER, Guess
from tests.office import Talk, the_council

LIKELY = (("pothole", 0.3), ("pavement", 0.2), ("litter", 0.1), ("road_flooding", 0.06))
BOX = Second("bin_order", 0.9, "can I also get a new recycling box", "my bin wasn't collected")


def guesses(talk: Talk, chosen: str | None = None) -> list[Guess]:
    with talk.office.store.begin(reading=True) as work:
        return work.guesses.recent(chosen)


class TestBetweenTheThresholds:
    def test_the_two_or_three_likeliest_are_offered_in_plain_words(self, talk: Talk) -> None:
        talk.says("the road by me", "not_sure", ranking=LIKELY)
        assert talk.choices == ["pothole", "pavement", "litter", "no"]
        assert talk.heard[-1].said.choices[0].label == "Report a pothole"

    def test_one_likely_service_is_never_offered_alone(self, talk: Talk) -> None:
        talk.says("the road", "not_sure", ranking=(("pothole", 0.4), ("litter", 0.01)))
        assert talk.choices == ["pothole", "litter", "no"]

    def test_what_was_chosen_is_recorded_with_the_words(self, talk: Talk) -> None:
        talk.says("the road by me 4242 4242 4242 4242", "not_sure", ranking=LIKELY)
        (before,) = guesses(talk)
        assert (before.chosen, before.dealt) == (None, None)
        assert "4242" not in before.words
        assert before.offered == LIKELY[:3]
        talk.presses("pavement")
        (guess,) = guesses(talk, "pavement")
        assert (guess.channel, guess.dealt) == (Channel.WEB, "pavement")

    def test_neither_is_recorded_with_what_was_dealt_with_in_the_end(self, talk: Talk) -> None:
        talk.says("the road by me", "not_sure", ranking=LIKELY)
        talk.presses("no")
        assert talk.asks == "topic"
        assert "other words" in talk.said
        talk.says("my street light is out", "street_light")
        (guess,) = guesses(talk, NEITHER)
        assert guess.dealt == "street_light"

    def test_a_service_named_that_was_not_offered_counts_as_none_of_them(self, talk: Talk) -> None:
        talk.says("the road by me", "not_sure", ranking=LIKELY)
        talk.says("my street light is out", "street_light")
        (guess,) = guesses(talk)
        assert (guess.chosen, guess.dealt) == (None, "street_light")

    def test_neither_and_still_not_understood_brings_a_person(self, talk: Talk) -> None:
        talk.says("the road by me", "not_sure", ranking=LIKELY)
        talk.presses("no")
        talk.says("asdf")
        assert talk.choices == ["speak_to_agent", "information_request", "no"]

    def test_words_of_somebody_at_risk_are_not_recorded(self, talk: Talk) -> None:
        rule = next(r for r in talk.office.council.safety_rules if r.safe_contact)
        talk.says(rule.fires[0])
        talk.says("the road by me", "not_sure", ranking=LIKELY)
        assert guesses(talk) == []


class TestBelow:
    def test_the_examples_differ_by_channel(self, begin: Callable[..., Talk]) -> None:
        said = set()
        for channel in Channel:
            talk = begin(channel)
            talk.says("asdf")
            assert talk.asks == "topic"
            said.add(talk.said)
        assert len(said) == 3

    def test_the_words_already_said_become_the_question(self, talk: Talk) -> None:
        talk.says("the thing by the thing")
        talk.says("my auntie's doodah")
        talk.presses("information_request")
        assert talk.draft is not None
        assert talk.draft.service == "information_request"
        assert talk.values["summary"] == "the thing by the thing\nmy auntie's doodah"
        talk.answers("Priya Shah", "07700 900123", "yes")
        (case,) = talk.cases
        assert "doodah" in str(case.fields["summary"].value)

    @pytest.mark.parametrize("channel", list(Channel))
    def test_there_is_never_a_third_failure_in_a_row(
        self, begin: Callable[..., Talk], channel: Channel
    ) -> None:
        talk = begin(channel)
        for _ in range(2):
            talk.says("asdf", ranking=LIKELY)
        assert {"speak_to_agent", "information_request"} <= set(talk.choices)
        assert channel is Channel.WEB or len(talk.choices) == 3
        talk.says("asdf")
        assert "ring you" in talk.said
        assert talk.draft is None
        talk.says("if you could")
        assert talk.draft is not None
        assert talk.draft.service == "callback"
        assert {guess.dealt for guess in guesses(talk)} == {"speak_to_agent"}


class TestTwoRequestsAtOnce:
    WHOLE = "my bin wasn't collected and can I also get a new recycling box"

    def test_the_first_is_dealt_with_and_the_second_told_in_passing(self, talk: Talk) -> None:
        talk.says(self.WHOLE, "missed_bin", second=BOX)
        assert talk.draft is not None
        assert talk.draft.service == "missed_bin"
        short = the_council().service("bin_order").short
        assert f"I'll come to {short} after this" in talk.said
        assert talk.conversation.kept == ("bin_order",)
        assert "bin_type" not in talk.values

    def test_the_second_is_offered_afterwards_with_its_own_words(self, talk: Talk) -> None:
        talk.says(self.WHOLE, "missed_bin", second=BOX)
        talk.answers("14 Elm Road PL4 7AA", "green bin", "yesterday", "yes", "skip", "yes")
        assert len(talk.cases) == 1
        assert "You also mentioned" in talk.said
        assert talk.conversation.kept == ()
        talk.says("yes", "affirm")
        assert talk.draft is not None
        assert talk.draft.service == "bin_order"
        assert talk.draft.opening == BOX.words

    def test_it_is_kept_once(self, talk: Talk) -> None:
        talk.says(self.WHOLE, "missed_bin", second=BOX)
        talk.says("14 Elm Road PL4 7AA, and also a new box", second=BOX)
        assert talk.conversation.kept == ("bin_order",)
        assert "I'll come to" not in talk.said

    def test_after_an_answer_the_second_is_offered(self, talk: Talk) -> None:
        second = Second("pothole", 0.9, "there is a pothole on Elm Road", "can I pay by DD")
        talk.says("two things", "council_tax_pay", topic="direct_debit", second=second)
        assert talk.asks == "satisfied"
        assert "after this" in talk.said
        talk.says("yes", "affirm")
        assert talk.asks == "offer"
        talk.says("yes please", "affirm")
        assert talk.draft is not None
        assert talk.draft.opening == second.words

    def test_a_request_made_along_with_an_answer_loses_neither(self, talk: Talk) -> None:
        talk.says("my bin was missed", "missed_bin")
        assert talk.asks == "address"
        second = Second("bin_day", 0.9, "when's my bin day", "14 Elm Road PL4 7AA")
        talk.says("14 Elm Road PL4 7AA, and when's my bin day", second=second)
        assert talk.values["address"]["matched"]
        assert talk.asks != "address"
        assert "after this" in talk.said
        assert talk.conversation.kept == ("bin_day",)

    def test_the_same_service_twice_is_one_request(self, talk: Talk) -> None:
        second = Second("missed_bin", 0.9, "they missed it again", "my bin was missed")
        talk.says("my bin was missed and they missed it again", "missed_bin", second=second)
        assert talk.conversation.kept == ()

    def test_danger_comes_alone(self, talk: Talk) -> None:
        talk.says("the house is burning and a new box", "emergency", second=BOX)
        assert talk.conversation.kept == ()

    def test_what_was_kept_and_is_asked_for_again_is_kept_no_more(self, talk: Talk) -> None:
        second = Second("pothole", 0.9, "there is a pothole", "can I pay by DD")
        talk.says("two things", "council_tax_pay", topic="direct_debit", second=second)
        talk.says("report a pothole now", "pothole")
        assert talk.conversation.kept == ()
