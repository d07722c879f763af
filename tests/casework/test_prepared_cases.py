"""What a person deals with is prepared: its own fields once, then that person, or a call."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from casework.adapters.surroundings import FixedClock
from casework.domain.cases import CaseStatus
from casework.domain.conversations import Channel, Mode
from casework.domain.drafts import DraftState, Source
from casework.domain.handoffs import HandoffReason, HandoffState
from casework.domain.staff import Availability
from casework.use_cases.accept_handoff import accept_handoff
from casework.use_cases.end_calls import caller_left
from casework.use_cases.fill_as_agent import fill_as_agent
from casework.use_cases.office import Office
from casework.use_cases.wait_over import end_waits
from tests.office import LONDON, NOW, Talk, flaws, make_office, on_duty, values_of

NIGHT = datetime(2026, 11, 24, 23, 30, tzinfo=LONDON)
SUNDAY = datetime(2026, 11, 22, 12, 0, tzinfo=LONDON)
CHRISTMAS = datetime(2026, 12, 25, 12, 0, tzinfo=LONDON)
MOBILE = "+447700900123"
SEN = "my son has special educational needs"
OWN = ("name", "contact", "summary")


def begin(
    office: Office, channel: Channel = Channel.WEB, words: str = SEN, label: str = ""
) -> Talk:
    talk = Talk(office, channel, caller=None if channel is Channel.WEB else MOBILE)
    talk.says(words, label or "special_educational_needs")
    return talk


def at_work(now: datetime = NOW, **about: object) -> Office:
    office = make_office(now)
    on_duty(office, phone="+441752000001", **about)  # type: ignore[arg-type]
    return office


def answered(talk: Talk) -> Talk:
    """All of the service's own questions answered."""
    while talk.asks in {"name", "contact"}:
        talk.says({"name": "Priya Shah", "contact": "07700 900123"}[str(talk.asks)])
    return talk


@pytest.mark.parametrize("channel", list(Channel))
def test_in_hours_only_its_own_fields_are_asked_and_then_a_person_comes(channel: Channel) -> None:
    talk = begin(at_work(), channel)
    assert "A person will deal with this" in talk.said
    assert "go straight through" in talk.said
    assert "short thing" in talk.said
    assert talk.draft is not None
    assert (talk.draft.service, talk.draft.about) == ("special_educational_needs", None)
    answered(talk)
    assert talk.conversation.mode is Mode.QUEUED
    assert "number 1 in the queue" in talk.said
    assert talk.handoff.reason is HandoffReason.COMPLEX
    assert talk.handoff.about == "special_educational_needs"
    assert talk.draft.state is DraftState.FILLING
    assert set(talk.values) == set(OWN)
    assert talk.values["summary"] == SEN
    assert talk.cases == []
    assert flaws(talk) == []


@pytest.mark.parametrize("channel", [Channel.VOICE, Channel.SMS])
def test_whoever_rings_or_texts_is_not_asked_for_their_number(channel: Channel) -> None:
    talk = begin(at_work(), channel)
    assert "one short thing" in talk.said
    talk.says("Priya Shah")
    assert talk.conversation.mode is Mode.QUEUED
    assert talk.draft is not None
    assert talk.draft.answers["contact"].value == MOBILE
    assert talk.draft.answers["contact"].source is Source.LOOKED_UP


@pytest.mark.parametrize("channel", list(Channel))
@pytest.mark.parametrize(
    ("now", "words"),
    [
        (NIGHT, "not at work until Wednesday 25 November at 9am"),
        (SUNDAY, "not at work until Monday 23 November at 9am"),
        (CHRISTMAS, "not at work until Tuesday 29 December at 9am"),
        (NOW, "nobody is free"),
    ],
)
def test_when_nobody_comes_it_is_said_why_and_a_call_goes_with_the_case(
    now: datetime, words: str, channel: Channel
) -> None:
    office = make_office(now)
    on_duty(office, availability=Availability.AWAY)
    talk = begin(office, channel)
    assert words in talk.said
    assert "straight through" not in talk.said
    answered(talk)
    assert talk.asks == "when"
    talk.presses(talk.choices[0])
    assert talk.asks == "confirm"
    talk.says("yes", "affirm")
    parent, call = talk.cases
    assert (parent.service, parent.about, parent.team, parent.parent_ref) == (
        "special_educational_needs", None, "education", None,
    )  # fmt: skip
    assert set(parent.fields) == set(OWN)
    assert all(answer.confirmed for answer in parent.fields.values())
    assert (call.service, call.team, call.parent_ref) == ("callback", "education", parent.ref)
    assert set(call.fields) == {"name", "phone", "when", "about"}
    assert values_of(call)["phone"] == MOBILE
    assert SEN in values_of(call)["about"]
    assert talk.refs == [parent.ref]
    assert flaws(talk) == []


def test_whoever_gives_an_email_is_written_to() -> None:
    talk = begin(make_office(NIGHT))
    talk.answers("Priya Shah", "priya@example.com")
    assert talk.asks == "confirm"
    talk.says("yes", "affirm")
    (case,) = talk.cases
    assert case.service == "special_educational_needs"
    assert "write to you" in talk.said


def test_a_number_put_right_as_an_email_needs_no_time_to_ring() -> None:
    talk = answered(begin(make_office(NIGHT)))
    talk.presses(talk.choices[0])
    talk.says("my contact is wrong, it is priya@example.com", "correct_answer")
    assert talk.asks == "confirm"
    talk.says("yes", "affirm")
    assert [case.service for case in talk.cases] == ["special_educational_needs"]


def test_a_person_asked_for_at_any_point_has_what_was_said() -> None:
    talk = begin(at_work())
    talk.says("Priya Shah")
    talk.presses("speak_to_agent")
    assert talk.conversation.mode is Mode.QUEUED
    assert talk.handoff.reason is HandoffReason.ASKED
    assert talk.values["name"] == "Priya Shah"


def test_the_agent_sees_and_fills_what_is_still_open() -> None:
    office = at_work()
    talk = begin(office)
    talk.presses("speak_to_agent")
    agent = on_duty(office)
    accept_handoff(office, agent, talk.handoff.id)
    fill_as_agent(office, agent, talk.handoff.id, "name", "Priya Shah")
    assert talk.values["name"] == "Priya Shah"


LEAVES: list[Callable[[Talk], object]] = [
    lambda talk: talk.presses("callback"),
    lambda talk: talk.presses("go_on"),
    lambda talk: later(talk, timedelta(minutes=40)),
    lambda talk: later(talk, timedelta(hours=8)),
]


def later(talk: Talk, by: timedelta) -> None:
    assert isinstance(talk.office.clock, FixedClock)
    talk.office.clock.advance(by)
    assert end_waits(talk.office, timedelta(minutes=30)) == [talk.id]
    talk.heard = talk.transcript[-1:]


@pytest.mark.parametrize("leaves", LEAVES)
def test_whoever_no_longer_waits_gets_the_same_case_and_is_asked_nothing_again(
    leaves: Callable[[Talk], object],
) -> None:
    talk = answered(begin(at_work()))
    leaves(talk)
    assert talk.asks == "when"
    talk.presses(talk.choices[1])
    talk.says("yes", "affirm")
    assert [case.service for case in talk.cases] == ["special_educational_needs", "callback"]
    assert talk.asked_again == []


def test_going_back_from_a_question_does_not_lead_to_the_time_of_the_call() -> None:
    talk = begin(make_office(NIGHT))
    talk.says("go back", "go_back")
    assert talk.asks == "name"
    talk.says("Priya Shah")
    talk.says("go back", "go_back")
    assert talk.asks == "name"


@pytest.mark.parametrize("complete", [True, False])
def test_a_caller_who_hangs_up_while_waiting_leaves_the_case_to_its_team(complete: bool) -> None:
    office = at_work()
    talk = begin(office, Channel.VOICE)
    if complete:
        talk.says("Priya Shah")
    else:
        talk.presses("speak_to_agent")
    caller_left(office, talk.id)
    assert talk.handoff.state is HandoffState.GONE
    (case,) = talk.cases
    if not complete:
        # Too little for the service's own case: they are rung on the number they rang from.
        assert (case.service, case.about) == ("callback", "special_educational_needs")
        assert values_of(case)["phone"] == MOBILE
        return
    assert (case.service, case.status) == ("special_educational_needs", CaseStatus.FOR_TRIAGE)
    assert set(case.fields) == set(OWN)
    assert not any(answer.confirmed for answer in case.fields.values())
    assert [entry.by for entry in case.history] == ["assistant"]
    caller_left(office, talk.id)
    assert len(talk.cases) == 1


def test_a_link_given_by_text_leads_to_the_services_own_case_when_a_call_is_wanted() -> None:
    talk = begin(
        make_office(), Channel.SMS, "I am behind with council tax, got a summons",
        "council_tax_arrears",
    )  # fmt: skip
    assert talk.heard[-1].said.links
    talk.says("call", "callback")
    talk.answers("Priya Shah", "skip", "tomorrow morning")
    talk.says("yes", "affirm")
    assert [case.service for case in talk.cases] == ["council_tax_arrears", "callback"]
    assert talk.refs == [talk.cases[0].ref]


class TestDanger:
    def test_a_yes_while_somebody_is_there_joins_at_once_without_a_form(self) -> None:
        talk = Talk(at_work())
        talk.says("I am homeless tonight with my kids")
        assert talk.heard[0].said.text.startswith("Call 999")
        talk.says("yes please", "affirm")
        assert talk.conversation.mode is Mode.QUEUED
        assert talk.handoff.reason is HandoffReason.DANGER
        assert talk.drafts == []

    @pytest.mark.parametrize("channel", list(Channel))
    def test_out_of_hours_the_number_comes_first_and_then_danger_is_asked(
        self, channel: Channel
    ) -> None:
        talk = Talk(make_office(NIGHT), channel)
        talk.says("I am homeless tonight with my kids")
        assert talk.heard[0].said.text.startswith("Call 999")
        assert "01632960904" in talk.said.replace(" ", "").replace(",", "")
        talk.says("yes please", "affirm")
        assert talk.asks == "safe_now"
        talk.says("no", "deny")
        talk.answers("Sam", "07700 900123", "tomorrow morning")
        talk.says("yes", "affirm")
        parent, call = talk.cases
        assert (parent.service, parent.team) == ("homelessness", "housing")
        assert values_of(parent) == {
            "safe_now": False, "summary": "I am homeless tonight with my kids",
            "name": "Sam", "contact": MOBILE,
        }  # fmt: skip
        assert (call.service, call.team, call.parent_ref) == ("callback", "housing", parent.ref)
        assert "01632960904" in talk.said.replace(" ", "").replace(",", "")

    def test_nobody_need_say_how_they_are_reached(self) -> None:
        talk = Talk(make_office(NIGHT))
        rules = talk.office.council.safety_rules
        talk.says(next(r for r in rules if r.label == "safeguarding_child").fires[0])
        talk.says("yes", "affirm")
        talk.answers("no", "skip")
        assert talk.asks == "confirm"
        talk.says("yes", "affirm")
        (case,) = talk.cases
        assert (case.service, case.team) == ("safeguarding_child", "children_care")
        assert set(case.fields) == {"safe_now", "summary", "contact"}


class TestBereavement:
    WORDS = "my mum has died, her address was 14 Elm Road PL4 7AA"

    @pytest.mark.parametrize("channel", [Channel.WEB, Channel.VOICE])
    def test_a_person_now_sees_what_was_said(self, channel: Channel) -> None:
        talk = begin(at_work(), channel, self.WORDS, "bereavement")
        assert "sorry for your loss" in talk.said
        assert talk.said.count("Tell Us Once") == 1
        assert talk.asks == "offer"
        talk.says("yes", "affirm")
        assert talk.conversation.mode is Mode.QUEUED
        assert talk.handoff.reason is HandoffReason.COMPLEX
        assert talk.handoff.about == "bereavement"
        assert talk.values["address"]["uprn"] == "10099000063"

    @pytest.mark.parametrize("office", [at_work, lambda: make_office(NIGHT)])
    @pytest.mark.parametrize("reply", ["[no]", "I'd rather go on here"])
    def test_going_on_tells_every_team(self, office: Callable[[], Office], reply: str) -> None:
        talk = begin(office(), Channel.WEB, self.WORDS, "bereavement")
        talk.answers(reply)
        assert talk.asks == "deceased_name"
        talk.answers("Mary Shah", "1 November", "Priya Shah", "parent", "07700 900123", "yes")
        parent, *children = talk.cases
        assert (parent.service, parent.team) == ("bereavement", "customer_services")
        tells = talk.office.council.service("bereavement").tells
        assert {case.team for case in children} == {tell.team for tell in tells}
        assert {case.parent_ref for case in children} == {parent.ref}
        assert "Tell Us Once" not in "".join(m.said.text for m in talk.heard)

    def test_being_rung_keeps_what_was_said(self) -> None:
        talk = begin(make_office(NIGHT), Channel.WEB, self.WORDS, "bereavement")
        assert "not at work" in talk.said
        talk.says("yes", "affirm")
        talk.answers("Priya Shah", "07700 900123", "tomorrow morning", "yes")
        (case,) = talk.cases
        assert (case.service, case.about) == ("callback", "bereavement")
        assert values_of(case)["address"]["uprn"] == "10099000063"

    def test_what_is_no_answer_is_met_with_the_choice_again(self) -> None:
        talk = begin(at_work(), Channel.WEB, self.WORDS, "bereavement")
        talk.says("hmm well")
        assert talk.asks == "offer"
        assert talk.heard[-1].said.service == "bereavement"

    def test_by_text_a_call_is_arranged(self) -> None:
        talk = begin(at_work(), Channel.SMS, self.WORDS, "bereavement")
        assert "sorry for your loss" in talk.said
        assert "Tell Us Once" in talk.said
        assert talk.draft is not None
        assert (talk.draft.service, talk.draft.about) == ("callback", "bereavement")
