"""Waiting for a person: who may, what they are told, and how it ends without one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from casework.adapters.surroundings import FixedClock
from casework.domain.conversations import Channel, Mode
from casework.domain.drafts import DraftState
from casework.domain.handoffs import HandoffReason, HandoffState
from casework.domain.staff import Availability
from casework.use_cases.accept_handoff import accept_handoff
from casework.use_cases.office import Office
from tests.office import Talk, on_duty, values_of

Begin = Callable[..., Talk]


@pytest.fixture
def waiting(office: Office, talk: Talk) -> Talk:
    """Somebody who asked for a person, with one agent at work."""
    on_duty(office)
    talk.says("can I speak to a person please", "speak_to_agent")
    return talk


def advance(office: Office, **by: float) -> None:
    assert isinstance(office.clock, FixedClock)
    office.clock.advance(timedelta(**by))


class TestJoining:
    def test_place_and_wait_are_told_and_what_can_be_done_meanwhile(self, waiting: Talk) -> None:
        assert waiting.conversation.mode is Mode.QUEUED
        assert "number 1 in the queue" in waiting.said
        assert "about 10 minutes" in waiting.said
        assert "keep writing" in waiting.said
        assert waiting.choices == ["callback", "go_on"]
        assert waiting.handoff.reason is HandoffReason.ASKED
        assert waiting.handoff.state is HandoffState.WAITING

    def test_whoever_comes_later_stands_behind(self, waiting: Talk, begin: Begin) -> None:
        later = begin()
        advance(later.office, seconds=5)
        later.presses("speak_to_agent")
        assert "number 2 in the queue" in later.said
        assert "about 20 minutes" in later.said
        assert waiting.conversations.queue_place(waiting.id) == (1, 10)
        assert later.conversations.queue_place(later.id) == (2, 20)

    def test_more_agents_make_it_shorter(self, waiting: Talk, office: Office) -> None:
        for name in ("Ben", "Cleo", "Dev"):
            on_duty(office, name)
        assert waiting.conversations.queue_place(waiting.id) == (1, 5)

    @pytest.mark.parametrize("channel", list(Channel))
    def test_a_form_stays_open_for_the_agent(
        self, begin: Begin, office: Office, channel: Channel
    ) -> None:
        on_duty(office, phone="+441752000000")
        talk = begin(channel)
        talk.says("report a pothole", "pothole")
        talk.says("Elm Road in Mutley near the post office")
        talk.presses("speak_to_agent")
        assert talk.conversation.mode is Mode.QUEUED
        assert talk.draft is not None
        assert talk.draft.state is DraftState.FILLING
        assert talk.handoff.about == "pothole"

    def test_a_matter_for_a_person_joins_once_it_is_known(self, talk: Talk, office: Office) -> None:
        on_duty(office)
        talk.says("my son has special educational needs", "special_educational_needs")
        assert talk.conversation.mode is Mode.BOT
        talk.answers("Priya Shah", "07700 900123")
        assert talk.conversation.mode is Mode.QUEUED
        assert talk.handoff.reason is HandoffReason.COMPLEX
        assert talk.handoff.about == "special_educational_needs"

    def test_whoever_asks_to_be_rung_is_rung(self, talk: Talk, office: Office) -> None:
        on_duty(office)
        talk.says("please ring me back", "callback")
        assert talk.conversation.mode is Mode.BOT
        assert talk.asks == "name"

    def test_whoever_is_not_understood_at_all_joins(self, begin: Begin, office: Office) -> None:
        on_duty(office, phone="+441752000000")
        talk = begin(Channel.VOICE)
        for _ in range(3):
            talk.says("asdf")
        assert talk.handoff.reason is HandoffReason.NOT_UNDERSTOOD
        assert talk.said.startswith("I'm sorry, I'm not getting this right")

    def test_a_failing_question_is_left_to_the_agent(self, talk: Talk, office: Office) -> None:
        on_duty(office)
        talk.says("I'm moving house", "house_move")
        for _ in range(4):
            if talk.conversation.mode is Mode.BOT:
                talk.says("asdf qwer")
        assert talk.conversation.mode is Mode.QUEUED
        assert talk.draft is not None
        assert talk.draft.state is DraftState.FILLING

    def test_after_an_alarm_the_person_comes_first(self, waiting: Talk, begin: Begin) -> None:
        talk = begin()
        talk.says("my house is on fire")
        assert "talk to a person" in talk.said
        talk.says("yes", "affirm")
        assert talk.handoff.reason is HandoffReason.DANGER
        assert "number 1 in the queue" in talk.said
        assert waiting.conversations.queue_place(waiting.id) == (2, 20)

    def test_asking_again_tells_the_place_and_joins_once(self, waiting: Talk) -> None:
        waiting.presses("speak_to_agent")
        assert "now number 1" in waiting.said
        with waiting.office.store.begin(reading=True) as work:
            assert len(work.handoffs.waiting()) == 1


class TestNobodyThere:
    def test_everybody_away_is_said_and_becomes_a_call(self, talk: Talk, office: Office) -> None:
        on_duty(office, availability=Availability.AWAY)
        talk.presses("speak_to_agent")
        assert "Nobody is free" in talk.said
        assert talk.asks == "name"

    def test_a_caller_is_not_queued_for_agents_without_a_telephone(
        self, begin: Begin, office: Office
    ) -> None:
        on_duty(office)
        talk = begin(Channel.VOICE)
        talk.says("a person", "speak_to_agent")
        assert talk.conversation.mode is Mode.BOT
        assert talk.asks == "name"

    def test_closed_is_said(self, talk: Talk, office: Office) -> None:
        on_duty(office)
        advance(office, hours=8)
        talk.presses("speak_to_agent")
        assert "not at work right now" in talk.said


class TestWaiting:
    def test_words_are_kept_and_met_now_and_then(self, waiting: Talk) -> None:
        assert waiting.says("it is about my rent", "rent_pay") == []
        advance(waiting.office, minutes=2, seconds=1)
        waiting.says("and about my bins", "missed_bin")
        assert "now number 1 in the queue" in waiting.said
        assert waiting.choices == ["callback", "go_on"]
        assert waiting.says("hello?") == []
        assert [question.text for question in waiting.engine.asked] == [
            "can I speak to a person please"
        ]

    def test_the_same_message_twice_is_answered_once(self, waiting: Talk) -> None:
        advance(waiting.office, minutes=3)
        first = waiting.says("hello?", turn_id="x")
        assert waiting.says("hello?", turn_id="x") == first
        assert len(first) == 1

    def test_danger_is_told_whom_to_call_and_comes_first(self, begin: Begin, waiting: Talk) -> None:
        later = begin()
        advance(later.office, seconds=5)
        later.says("report a pothole", "pothole")
        later.presses("speak_to_agent")
        later.says("there is a fire and my house is on fire")
        assert later.heard[0].said.text.startswith("Call 999")
        assert "now number 1 in the queue" in later.said
        assert later.choices == ["callback", "go_on"]
        assert later.conversation.mode is Mode.QUEUED
        assert later.conversation.flags == ("emergency",)
        assert later.handoff.reason is HandoffReason.DANGER
        assert later.draft is not None
        assert later.draft.state is DraftState.FILLING

    def test_danger_while_with_an_agent_stays_there(self, waiting: Talk, office: Office) -> None:
        accept_handoff(office, on_duty(office), waiting.handoff.id)
        waiting.says("my house is on fire")
        assert waiting.heard[0].said.text.startswith("Call 999")
        assert waiting.conversation.mode is Mode.AGENT
        assert waiting.handoff.reason is HandoffReason.DANGER
        assert waiting.handoff.state is HandoffState.TAKEN

    def test_what_is_written_to_an_agent_is_recorded_only(
        self, waiting: Talk, office: Office
    ) -> None:
        accept_handoff(office, on_duty(office), waiting.handoff.id)
        advance(office, minutes=5)
        assert waiting.says("call me back instead") == []
        assert waiting.handoff.state is HandoffState.TAKEN

    def test_whoever_goes_is_gone(self, waiting: Talk) -> None:
        waiting.conversations.end(waiting.id)
        assert waiting.handoff.state is HandoffState.GONE
        assert waiting.conversations.queue_place(waiting.id) is None


class TestLeaving:
    @pytest.mark.parametrize(
        "wish",
        ["[callback]", "call me back instead", "1", "just ring me back please", "CALL"],
    )
    def test_a_call_back_instead(self, waiting: Talk, wish: str) -> None:
        waiting.answers(wish)
        assert waiting.conversation.mode is Mode.BOT
        assert waiting.handoff.state is HandoffState.CALLBACK
        assert waiting.asks == "name"
        waiting.answers("Priya Shah", "07700 900123", "tomorrow morning", "my rent", "yes")
        (case,) = waiting.cases
        assert values_of(case)["about"] == "my rent"

    @pytest.mark.parametrize(
        "wish",
        ["[go_on]", "carry on without", "2", "never mind", "I don't want to wait"],
    )
    def test_on_without_a_person(self, waiting: Talk, wish: str) -> None:
        waiting.answers(wish)
        assert waiting.conversation.mode is Mode.BOT
        assert waiting.handoff.state is HandoffState.GONE
        assert waiting.asks == "topic"
        waiting.says("report a pothole", "pothole")
        assert waiting.asks == "location"

    @pytest.mark.parametrize(
        "words",
        [
            "don't call me back, I am at work",
            "how long does this go on?",
            "they said they would ring me on Monday but nobody did",
            "my number is 2",
        ],
    )
    def test_other_words_are_no_wish(self, waiting: Talk, words: str) -> None:
        assert waiting.says(words) == []
        assert waiting.conversation.mode is Mode.QUEUED

    def test_what_a_form_had_captured_goes_along(self, talk: Talk, office: Office) -> None:
        on_duty(office)
        talk.says("I'm moving house", "house_move")
        talk.answers("out", "Priya Shah", "07700 900123", "14 Elm Road PL4 7AA")
        talk.says("can I speak to a person", "speak_to_agent")
        talk.says("my dog is called Rex by the way")
        talk.presses("callback")
        assert talk.asks == "when"
        talk.answers("tomorrow afternoon", "yes")
        (case,) = talk.cases
        values = values_of(case)
        assert (case.service, case.about) == ("callback", "house_move")
        assert values["old_address"]["uprn"] == "10099000063"
        assert values["about"] == office.council.service("house_move").short

    def test_a_form_goes_on_where_it_was(self, talk: Talk, office: Office) -> None:
        on_duty(office)
        talk.says("report a pothole", "pothole")
        talk.says("Elm Road in Mutley near the post office")
        talk.presses("speak_to_agent")
        talk.presses("go_on")
        assert talk.asks == "description"
        talk.answers("big", "no", "skip", "yes")
        assert [case.service for case in talk.cases] == ["pothole"]

    def test_the_matter_for_a_person_is_told_in_their_own_words(
        self, talk: Talk, office: Office
    ) -> None:
        on_duty(office)
        talk.says("my son has special educational needs", "special_educational_needs")
        talk.presses("speak_to_agent")
        talk.presses("callback")
        talk.answers("Priya Shah", "07700 900123", "tomorrow morning", "yes")
        case, call = talk.cases
        assert case.service == call.about == "special_educational_needs"
        assert values_of(case)["summary"] == "my son has special educational needs"
        assert "my son has special educational needs" in values_of(call)["about"]

    def test_a_person_can_be_asked_for_again(self, waiting: Talk) -> None:
        waiting.presses("go_on")
        waiting.presses("speak_to_agent")
        assert waiting.conversation.mode is Mode.QUEUED
        assert waiting.handoff.state is HandoffState.WAITING
