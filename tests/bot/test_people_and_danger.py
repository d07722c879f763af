"""Bringing in a person, and what outranks every form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest

from casework.domain.conversations import Channel, Mode
from casework.domain.drafts import DraftState
from tests.office import LONDON, Talk, make_office, values_of


def test_a_person_asked_for_at_once_is_a_callback(talk: Talk) -> None:
    talk.says("I want to talk to someone", "speak_to_agent")
    talk.answers("Priya Shah", "07700 900123", "tomorrow morning", "my rent")
    assert talk.asks == "confirm"
    talk.says("yes", "affirm")
    (case,) = talk.cases
    assert (case.service, case.team) == ("callback", "customer_services")
    assert values_of(case)["when"].startswith("2026-11-25T09:00")
    assert values_of(case)["about"] == "my rent"
    assert "Wednesday 25 November, between 9am and 12pm" in talk.said


def test_a_person_asked_for_in_mid_form_gets_what_was_captured(talk: Talk) -> None:
    talk.says("I'm moving house", "house_move")
    talk.answers("out", "Priya Shah", "07700 900123", "14 Elm Road PL4 7AA")
    talk.says("can I speak to a person", "speak_to_agent")
    assert talk.asks == "when"
    talk.answers("tomorrow afternoon", "yes")
    (case,) = talk.cases
    assert (case.service, case.about, case.team) == ("callback", "house_move", "revenues")
    values = values_of(case)
    assert values["name"] == "Priya Shah"
    assert values["phone"] == "+447700900123"
    assert values["direction"] == "out"
    assert values["old_address"]["uprn"] == "10099000063"
    assert values["about"] == talk.office.council.service("house_move").short
    assert not case.fields["old_address"].confirmed
    assert case.fields["phone"].confirmed
    assert [d.state for d in talk.drafts] == [DraftState.PARKED, DraftState.CONFIRMED]


@pytest.mark.parametrize("channel", list(Channel))
def test_the_button_for_a_person_works_at_any_time(
    begin: Callable[..., Talk], channel: Channel
) -> None:
    for before in (
        [],
        ["nothing"],
        ["service:pothole"],
        ["service:pothole", "Elm Road in Mutley near the post office"],
        ["service:council_tax_pay"],
    ):
        talk = begin(channel)
        for said in before:
            service = said.removeprefix("service:")
            talk.says(said, service if service != said else None)
        talk.presses("speak_to_agent")
        assert talk.draft is not None
        assert talk.draft.service == "callback"
        assert talk.asks == "name"
        talk.presses("speak_to_agent")
        assert talk.asks == "name"


def test_a_person_asked_for_at_night_is_told_that_nobody_is_at_work() -> None:
    talk = Talk(make_office(datetime(2026, 11, 24, 23, 30, tzinfo=LONDON)))
    talk.says("put me through to a person", "speak_to_agent")
    assert "not at work right now" in talk.said
    assert talk.asks == "name"


def test_a_slot_is_chosen_from_the_times_offered(talk: Talk) -> None:
    talk.presses("speak_to_agent")
    talk.answers("Priya Shah", "07700 900123")
    assert talk.asks == "when"
    assert len(talk.choices) == 4
    talk.presses(talk.choices[2])
    assert talk.values["when"].startswith("2026-11-25T13:00")


def test_a_matter_for_a_person_is_arranged_and_not_refused(talk: Talk) -> None:
    talk.says("my son has special educational needs and school won't help", 
              "special_educational_needs")  # fmt: skip
    assert "the schools team" in talk.said
    talk.answers("Priya Shah", "07700 900123", "tomorrow morning")
    assert talk.asks == "confirm"
    talk.says("yes", "affirm")
    case, call = talk.cases
    assert (case.service, case.team) == ("special_educational_needs", "education")
    assert set(case.fields) == {"name", "contact", "summary"}
    assert (call.service, call.parent_ref, call.team) == ("callback", case.ref, "education")


def test_danger_is_answered_with_the_number_first_then_a_person(talk: Talk) -> None:
    talk.says("my house is on fire")
    assert talk.heard[0].said.text.startswith("Call 999")
    assert talk.heard[0].said.service == "emergency"
    assert talk.asks == "offer"
    assert talk.engine.asked == []
    assert talk.conversation.flags == ("emergency",)


@pytest.mark.parametrize("mode", [Mode.QUEUED, Mode.AGENT])
def test_danger_is_answered_in_every_mode_and_other_words_are_left_to_the_person(
    talk: Talk, mode: Mode
) -> None:
    with talk.office.store.begin() as work:
        work.conversations.save(replace(talk.conversation, mode=mode))
    assert talk.says("how do I pay", "council_tax_pay") == []
    replies = talk.says("my house is on fire")
    assert replies[0].said.text.startswith("Call 999")
    assert [m.said.text for m in talk.transcript][-2] == "my house is on fire"
    assert talk.conversation.mode is mode


@pytest.mark.parametrize("mode", [Mode.BOT, Mode.QUEUED, Mode.AGENT])
@pytest.mark.parametrize(
    "said", ["there's no point any more", "he'll be home at six and I'm scared", "nowere to sleep"]
)
def test_indirect_danger_is_answered_in_every_mode_with_the_assistant_down(
    talk: Talk, mode: Mode, said: str
) -> None:
    with talk.office.store.begin() as work:
        work.conversations.save(replace(talk.conversation, mode=mode))
    talk.engine.down = True
    replies = talk.says(said)
    assert "999" in replies[0].said.text
    assert talk.engine.asked == []


@pytest.mark.parametrize("mode", [Mode.BOT, Mode.QUEUED, Mode.AGENT])
def test_an_idiom_sets_nothing_off_in_any_mode(talk: Talk, mode: Mode) -> None:
    with talk.office.store.begin() as work:
        work.conversations.save(replace(talk.conversation, mode=mode))
    for said in ("this bin is killing me", "my boiler died", "dying for an answer"):
        talk.says(said)
        assert talk.conversation.flags == ()


def test_danger_in_mid_form_puts_it_aside_and_it_goes_on_after_a_no(talk: Talk) -> None:
    talk.says("report a pothole", "pothole")
    talk.says("Elm Road in Mutley near the post office")
    talk.says("my house is on fire")
    assert talk.heard[0].said.text.startswith("Call 999")
    assert talk.asks == "offer"
    assert [d.state for d in talk.drafts] == [DraftState.PARKED]
    talk.says("no", "deny")
    assert talk.asks == "offer"
    assert talk.heard[-1].said.service == "pothole"
    talk.says("yes", "affirm")
    assert talk.asks == "description"
    assert talk.values["location"]["street"] == "Elm Road"
    talk.answers("big", "no", "skip", "yes")
    (case,) = talk.cases
    assert case.service == "pothole"


def test_a_form_put_aside_for_danger_can_be_left(talk: Talk) -> None:
    talk.says("report a pothole", "pothole")
    talk.says("my house is on fire")
    talk.says("no", "deny")
    talk.says("no", "deny")
    assert talk.asks == "topic"
    assert [d.state for d in talk.drafts] == [DraftState.DROPPED]


def test_after_danger_a_person_is_brought_in_on_a_yes(talk: Talk) -> None:
    talk.says("report a pothole", "pothole")
    talk.says("my house is on fire")
    talk.says("yes please", "affirm")
    talk.answers("Priya Shah", "07700 900123", "tomorrow morning", "yes")
    (case,) = talk.cases
    assert (case.service, case.about, case.team) == ("callback", "emergency", "emergency")
    assert talk.heard[-1].said.service == "pothole"


def test_the_model_may_see_danger_too(talk: Talk) -> None:
    talk.says("report a pothole", "pothole")
    talk.says("everything is so dark", "crisis")
    assert "116 123" in talk.heard[0].said.text
    assert talk.conversation.flags == ("crisis",)
    assert [d.state for d in talk.drafts] == [DraftState.PARKED]


def test_abuse_at_home_flags_that_nothing_may_be_sent(talk: Talk) -> None:
    rule = next(r for r in talk.office.council.safety_rules if r.safe_contact)
    talk.says(rule.fires[0])
    assert "safe_contact" in talk.conversation.flags


def test_a_button_never_sets_a_rule_off(talk: Talk) -> None:
    talk.says("I need help with something", "not_sure", ranking=[("emergency", 0.15)])
    assert talk.conversation.flags == ()


class TestNotUnderstood:
    LIKELY = (("pothole", 0.12), ("pavement", 0.1), ("greet", 0.06), ("litter", 0.02))

    def test_first_it_is_put_in_other_words(self, talk: Talk) -> None:
        talk.says("asdf")
        assert talk.asks == "topic"
        assert "didn't understand" in talk.said

    def test_then_what_is_likely_a_person_or_a_question_is_offered(self, talk: Talk) -> None:
        talk.says("asdf", ranking=self.LIKELY)
        talk.says("qwer", ranking=self.LIKELY)
        assert talk.asks == "offer"
        expected = ["pothole", "pavement", "speak_to_agent", "information_request", "no"]
        assert talk.choices == expected
        talk.presses("pothole")
        assert talk.asks == "location"

    def test_then_a_person(self, talk: Talk) -> None:
        for _ in range(2):
            talk.says("asdf", ranking=self.LIKELY)
        talk.says("yes", "affirm")
        assert talk.draft is not None
        assert talk.draft.service == "callback"

    def test_without_a_guess_the_person_comes_second(self, talk: Talk) -> None:
        talk.says("asdf")
        talk.says("qwer")
        assert talk.choices == ["speak_to_agent", "information_request", "no"]

    def test_torn_between_a_few_they_are_offered_at_once(self, talk: Talk) -> None:
        talk.says("the road by me", "not_sure", ranking=self.LIKELY)
        assert talk.choices == ["pothole", "pavement", "no"]

    def test_neither_of_them_is_heard(self, talk: Talk) -> None:
        talk.says("the road by me", "not_sure", ranking=self.LIKELY)
        talk.presses("no")
        assert talk.asks == "topic"

    def test_no_two_replies_in_a_row_only_say_that_it_was_not_understood(self, talk: Talk) -> None:
        for ranking in ((), self.LIKELY):
            hopeless = 0
            for number in range(9):
                talk.says(f"asdf {number}", ranking=ranking)
                if talk.draft is not None:
                    break
                hopeless = 0 if talk.choices else hopeless + 1
                assert hopeless < 2

    def test_understanding_again_forgets_the_misses(self, talk: Talk) -> None:
        talk.says("asdf")
        talk.says("how do I pay", "council_tax_pay")
        talk.says("yes", "affirm")
        talk.says("asdf")
        assert talk.asks == "topic"

    def test_in_a_form_a_person_is_offered_beside_the_second_failure(self, talk: Talk) -> None:
        talk.says("report a pothole", "pothole")
        talk.says("asdf")
        assert talk.asks == "location"
        assert "speak_to_agent" not in talk.choices
        talk.says("qwer")
        assert talk.asks == "location"
        assert "speak_to_agent" in talk.choices
        talk.presses("speak_to_agent")
        assert talk.draft is not None
        assert (talk.draft.service, talk.draft.about) == ("callback", "pothole")


class TestProgress:
    def opened(self, talk: Talk) -> str:
        talk.says("report a pothole", "pothole")
        talk.answers("Elm Road in Mutley near the post office", "big", "no", "07700 900123", "yes")
        return talk.refs[0]

    @pytest.mark.parametrize("shape", ["{0}{1}", "{0} {1}", "it's {0}-{1}", "ref {0} {1} please"])
    def test_a_reference_tells_how_it_is_going_and_nothing_else(
        self, begin: Callable[..., Talk], shape: str
    ) -> None:
        ref = self.opened(begin())
        talk = begin()
        talk.says("how is my report going", "case_status")
        assert talk.asks == "case_ref"
        talk.says(shape.format(ref[:4], ref[4:]))
        assert "your pothole report" in talk.said
        assert "received" in talk.said
        assert talk.heard[0].said.service == "case_status"
        for private in ("Elm", "900123", "big", "Priya"):
            assert private not in talk.said
        assert talk.asks == "topic"

    def test_a_reference_in_the_opening_sentence_is_enough(
        self, begin: Callable[..., Talk]
    ) -> None:
        ref = self.opened(begin())
        talk = begin()
        talk.says(f"what is happening, my reference is {ref}", "case_status")
        assert "received" in talk.said

    def test_a_wrong_digit_is_noticed(self, begin: Callable[..., Talk]) -> None:
        ref = self.opened(begin())
        talk = begin()
        talk.says("how is my report going", "case_status")
        talk.says(ref[:-1] + str((int(ref[-1]) + 1) % 10))
        assert talk.asks == "case_ref"
        assert "not quite right" in talk.said

    @pytest.mark.parametrize(
        ("said", "told"),
        [
            ("12345678", "not quite right"),
            ("reference 1000 001", "isn't complete or has a mistake"),
            ("number 1000-0013", "not quite right"),
        ],
    )
    def test_a_wrong_reference_in_the_opening_sentence_is_told(
        self, talk: Talk, said: str, told: str
    ) -> None:
        talk.says(f"what is happening with my case {said}", "case_status")
        assert told in talk.said
        assert talk.asks == "case_ref"

    def test_a_reference_that_nobody_has_is_told_so(self, talk: Talk) -> None:
        talk.says("how is my report going", "case_status")
        talk.says(talk.office.ids.new_reference())
        assert "couldn't find anything" in talk.said

    def test_every_team_of_a_move_is_told_of(self, begin: Callable[..., Talk]) -> None:
        mover = begin()
        mover.says("I'm moving house", "house_move")
        mover.answers("within", "Priya Shah", "07700 900123", "14 Elm Road PL4 7AA",
                      "5 Oak Street PL2 1AB", "12 December", "own", "no one", "skip", "bins",
                      "yes")  # fmt: skip
        talk = begin()
        talk.says(f"how is it going, reference {mover.refs[0]}", "case_status")
        assert talk.said.count("received") == 2
        assert "move" not in talk.said
        mover.says(f"how is it going, reference {mover.refs[0]}", "case_status")
        assert "the council tax team: received" in mover.said
        assert "the bins and recycling team: received" in mover.said


def test_danger_that_the_model_is_not_sure_of_is_taken_seriously(talk: Talk) -> None:
    talk.says(
        "my dad has gone all floppy", "not_sure", ranking=[("emergency", 0.42), ("adult_care", 0.3)]
    )
    assert "999" in talk.said


def test_danger_that_is_unlikely_is_still_among_what_is_offered(talk: Talk) -> None:
    talk.says(
        "my dad is not himself", "not_sure", ranking=[("adult_care", 0.3), ("emergency", 0.25)]
    )
    assert "999" not in talk.said
    assert {"adult_care", "emergency"} <= set(talk.choices)


@pytest.mark.parametrize(
    "said",
    ["I'll have to ring you back", "I'll have to call you back, bye",
     "the dog's got out love, I'll have to phone you back later on"],
)  # fmt: skip
def test_whoever_will_ring_us_back_is_not_rung(talk: Talk, said: str) -> None:
    talk.says(said, "callback")
    assert talk.draft is None
    assert talk.asks is None


def test_whoever_will_ring_us_back_amid_a_form_can_have_it_kept(talk: Talk) -> None:
    talk.says("there's a pothole outside 14 Elm Road PL4 7AA", "pothole")
    talk.says("the dog's got out love, I'll have to phone you back later on", "callback")
    assert [draft.service for draft in talk.drafts] == ["pothole"]
    assert talk.asks != "name"


def test_a_person_still_rings_whoever_asks_for_it(talk: Talk) -> None:
    talk.says("ring me back and I'll call you again if I miss it", "callback")
    assert talk.draft is not None
    assert talk.draft.service == "callback"
