"""Whoever leaves before a person came leaves a case, or at least a line that staff see."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from casework.domain.cases import Case, CaseStatus
from casework.domain.conversations import Channel, Mode
from casework.domain.drafts import DraftState
from casework.domain.handoffs import HandoffReason, HandoffState
from casework.use_cases.accept_evidence import accept_evidence
from casework.use_cases.accept_handoff import accept_handoff
from casework.use_cases.end_calls import caller_left
from casework.use_cases.forget_evidence import forget_unwanted_evidence
from casework.use_cases.keep_left import keep_left
from casework.use_cases.office import Office
from casework.use_cases.queue_rows import read_left
from casework.use_cases.wait_over import end_waits
from tests import evidence_files as files
from tests.office import Talk, flaws, make_office, on_duty, values_of

BIN = "my recycling bin was missed on Friday"
MOBILE = "07700 900123"
HALF_AN_HOUR = timedelta(minutes=30)


@pytest.fixture
def office() -> Office:
    office = make_office()
    on_duty(office, phone="+441752000001")
    return office


def waits(office: Office, channel: Channel = Channel.WEB, contact: str = "", **about: str) -> Talk:
    """Somebody who reports a missed bin, is asked how to reach them, and wants a person."""
    talk = Talk(office, channel, **about)
    talk.says(BIN, "missed_bin")
    talk.says("14 Elm Road PL4 7AA")
    for _ in range(8):
        if not contact or talk.asks in {"contact", "confirm"}:
            break
        talk.says("yes" if talk.asks == "out_on_time" else "skip", "affirm")
    if contact:
        talk.says(contact)
    talk.says("I want to talk to a person please", "speak_to_agent")
    assert talk.conversation.mode is Mode.QUEUED
    return talk


def only_case(talk: Talk) -> Case:
    (case,) = talk.cases
    return case


def test_a_chat_ended_while_waiting_becomes_a_case_with_all_that_was_told(office: Office) -> None:
    talk = waits(office, contact=MOBILE)
    said = talk.conversations.end(talk.id)
    case = only_case(talk)
    assert (case.service, case.about, case.team) == ("callback", "missed_bin", "waste")
    assert case.status is CaseStatus.FOR_TRIAGE
    values = values_of(case)
    assert values["phone"] == "+447700900123"
    assert values["address"]["postcode"] == "PL4 7AA"
    assert BIN in values["about"]
    assert not any(answer.confirmed for answer in case.fields.values())
    assert case.history[0].what == "left_waiting"
    assert said[-1].said.case_refs == (case.ref,)
    assert "get in touch" in said[-1].said.text
    assert talk.handoff.state is HandoffState.GONE
    assert flaws(talk) == []


def test_ending_twice_opens_one_case(office: Office) -> None:
    talk = waits(office, contact=MOBILE)
    talk.conversations.end(talk.id)
    assert talk.conversations.end(talk.id) == []
    only_case(talk)


@pytest.mark.parametrize("before", [True, False])
def test_a_picture_sent_before_or_with_the_form_goes_with_the_case(
    office: Office, before: bool
) -> None:
    talk = Talk(office, Channel.SMS, caller="+447700900123")
    if not before:
        talk.says(BIN, "missed_bin")
    photo = accept_evidence(office, talk.id, files.photo(), Channel.SMS).evidence
    talk.says("I want to talk to a person please", "speak_to_agent")
    talk.conversations.end(talk.id)
    case = only_case(talk)
    with office.store.begin(reading=True) as work:
        assert [one.id for one in work.evidence.of_case(case.ref)] == [photo.id]
    assert [entry.what for entry in case.history] == ["left_waiting", "evidence_received"]


def test_a_picture_for_which_nothing_was_ever_told_is_not_kept_for_good(office: Office) -> None:
    talk = Talk(office, Channel.WEB)
    accept_evidence(office, talk.id, files.photo(), Channel.WEB)
    office.clock.advance(timedelta(days=7))  # type: ignore[attr-defined]
    assert forget_unwanted_evidence(office) == 0
    office.clock.advance(timedelta(days=2))  # type: ignore[attr-defined]
    assert forget_unwanted_evidence(office) == 1


def test_whoever_gave_an_email_address_is_written_to(office: Office) -> None:
    talk = waits(office, contact="ann@example.com")
    talk.conversations.end(talk.id)
    case = only_case(talk)
    assert case.service == "information_request"
    assert values_of(case)["contact"] == "ann@example.com"
    assert BIN in values_of(case)["summary"]


def test_without_a_way_to_reach_them_what_they_told_is_a_case_all_the_same(office: Office) -> None:
    talk = waits(office)
    said = talk.conversations.end(talk.id)
    case = only_case(talk)
    assert case.status is CaseStatus.FOR_TRIAGE
    assert values_of(case)["address"]["postcode"] == "PL4 7AA"
    assert "phone" not in case.fields
    assert said[-1].said.case_refs == (case.ref,)
    assert "get in touch" not in said[-1].said.text


WISH = "I want to talk to a person please"


def test_without_a_word_told_and_a_way_to_reach_them_staff_see_who_left(office: Office) -> None:
    talk = Talk(office)
    talk.says(WISH, "speak_to_agent")
    said = talk.conversations.end(talk.id)
    assert talk.cases == []
    assert "no number or email" in said[-1].said.text
    (row,) = read_left(office, on_duty(office))
    assert (row.handoff.id, row.line) == (talk.handoff.id, WISH)
    office.clock.advance(timedelta(hours=25))  # type: ignore[attr-defined]
    assert read_left(office, on_duty(office)) == []


def test_somebody_in_danger_is_never_only_a_line(office: Office) -> None:
    talk = waits(office)
    with office.store.begin() as work:
        work.handoffs.save(replace(talk.handoff, reason=HandoffReason.DANGER))
    said = talk.conversations.end(talk.id)
    assert only_case(talk).status is CaseStatus.FOR_TRIAGE
    assert "get in touch" not in said[-1].said.text


def test_where_contact_may_not_be_safe_nobody_promises_any(office: Office) -> None:
    talk = waits(office, contact=MOBILE)
    with office.store.begin() as work:
        work.conversations.save(replace(talk.conversation, flags=("safe_contact",)))
    said = talk.conversations.end(talk.id)
    assert only_case(talk).flags == ("safe_contact",)
    assert "get in touch" not in said[-1].said.text


def test_a_talk_with_a_person_ends_without_a_case_of_its_own(office: Office) -> None:
    talk = waits(office, contact=MOBILE)
    accept_handoff(office, on_duty(office), talk.handoff.id)
    said = talk.conversations.end(talk.id)
    assert talk.cases == []
    assert "still works" in said[-1].said.text


@pytest.mark.parametrize("caller", ["+447700900123", None])
def test_a_caller_who_hangs_up_while_waiting_is_rung_on_the_number_they_rang_from(
    office: Office, caller: str | None
) -> None:
    talk = waits(office, Channel.VOICE, caller=caller)  # type: ignore[arg-type]
    caller_left(office, talk.id)
    assert values_of(only_case(talk)).get("phone") == caller
    assert read_left(office, on_duty(office)) == []


@pytest.mark.parametrize("channel", [Channel.WEB, Channel.SMS])
def test_a_call_back_promised_to_somebody_who_says_no_more_becomes_a_case(
    office: Office, channel: Channel
) -> None:
    talk = waits(
        office, channel, MOBILE, caller=None if channel is Channel.WEB else "+447700900123"
    )  # type: ignore[arg-type]
    office.clock.advance(timedelta(minutes=31))  # type: ignore[attr-defined]
    assert end_waits(office, HALF_AN_HOUR) == [talk.id]
    assert keep_left(office, HALF_AN_HOUR) == 0
    office.clock.advance(timedelta(minutes=31))  # type: ignore[attr-defined]
    assert keep_left(office, HALF_AN_HOUR) == 1
    assert keep_left(office, HALF_AN_HOUR) == 0
    case = only_case(talk)
    assert case.service == "callback"
    assert values_of(case)["phone"] == "+447700900123"
    last = talk.transcript[-1]
    assert last.said.case_refs == (case.ref,)
    assert talk.conversation.mode is Mode.BOT
    talk.says("are you there?", "help")
    assert len(talk.cases) == 1


def test_whoever_answers_the_question_of_when_to_ring_is_left_to_it(office: Office) -> None:
    talk = waits(office, contact=MOBILE)
    office.clock.advance(timedelta(minutes=31))  # type: ignore[attr-defined]
    end_waits(office, HALF_AN_HOUR)
    office.clock.advance(timedelta(minutes=20))  # type: ignore[attr-defined]
    talk.says("hold on")
    office.clock.advance(timedelta(minutes=20))  # type: ignore[attr-defined]
    assert keep_left(office, HALF_AN_HOUR) == 0


def promised(office: Office, channel: Channel = Channel.WEB) -> Talk:
    """Somebody whose wait has ended: a call back was promised, and they are asked about it."""
    caller = None if channel is Channel.WEB else "+447700900123"
    talk = waits(office, channel, MOBILE, caller=caller)  # type: ignore[arg-type]
    office.clock.advance(timedelta(minutes=31))  # type: ignore[attr-defined]
    assert end_waits(office, HALF_AN_HOUR) == [talk.id]
    return talk


@pytest.mark.parametrize("channel", [Channel.WEB, Channel.SMS])
def test_whoever_turns_the_call_back_down_is_not_rung_all_the_same(
    office: Office, channel: Channel
) -> None:
    talk = promised(office, channel)
    talk.says("no, don't bother, forget it", "stop")
    assert talk.draft is None or talk.draft.state is DraftState.DROPPED
    office.clock.advance(timedelta(minutes=31))  # type: ignore[attr-defined]
    assert keep_left(office, HALF_AN_HOUR) == 0
    assert talk.cases == []


@pytest.mark.parametrize("channel", [Channel.WEB, Channel.SMS])
def test_whoever_went_on_to_something_else_is_not_rung_about_the_first(
    office: Office, channel: Channel
) -> None:
    talk = promised(office, channel)
    talk.says("there is a street light out in my road as well", "street_light")
    talk.says("leave that and report the street light", "street_light")
    office.clock.advance(timedelta(minutes=31))  # type: ignore[attr-defined]
    if talk.draft is not None and talk.draft.service == "callback":
        pytest.fail("the street light is not what is talked about")
    assert keep_left(office, HALF_AN_HOUR) == 0
    assert talk.cases == []


def test_whoever_asked_something_in_between_still_awaits_the_call(office: Office) -> None:
    talk = promised(office)
    talk.says("when does the tip shut", "recycling_centre", question=True)
    office.clock.advance(timedelta(minutes=31))  # type: ignore[attr-defined]
    assert keep_left(office, HALF_AN_HOUR) == 1
    assert only_case(talk).service == "callback"
