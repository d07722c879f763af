"""Every service of kind change, report and request reaches a correct case, and only after a yes."""

from __future__ import annotations

from typing import Any

import pytest

from casework.domain.branches import branched
from casework.domain.catalogue import Kind, Reach, Service
from casework.domain.conversations import Channel
from casework.domain.drafts import uses_in_order
from casework.use_cases.office import Office
from tests.casework.changes import ELM, EXETER, OAK, fill, fits, go_on, said, taken
from tests.office import NOW, Talk, flaws, make_office, the_council, values_of


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def talk(office: Office) -> Talk:
    return Talk(office)


def named(service: Service) -> str:
    return service.id


def test_every_change_request_and_report_is_taken_to_the_end() -> None:
    kinds = {Kind.CHANGE, Kind.REQUEST, Kind.REPORT}
    services = [s for s in the_council().services.values() if s.kind in kinds]
    assert [s.id for s in services if not s.full] == []
    assert services == taken()


def everywhere() -> list[Any]:
    """Each service on each channel on which it goes to the end."""
    return [
        pytest.param(service, channel, id=f"{service.id}-{channel}")
        for service in taken()
        for channel in Channel
        if service.on(channel) is Reach.FULL or channel is Channel.WEB
    ]


@pytest.mark.parametrize(("service", "channel"), everywhere())
def test_a_conversation_about_it_ends_in_a_correct_case(
    office: Office, service: Service, channel: Channel
) -> None:
    talk = Talk(office, channel)
    fill(talk, service.id)
    assert talk.cases == []
    draft = talk.draft
    assert draft is not None
    expected = {
        use.field.id
        for use in uses_in_order(branched(service, draft.values), draft)
        if use.asked or use.field.id in draft.answers
    }
    talk.says("yes", "affirm")
    parent, *children = talk.cases
    assert (parent.service, parent.team) == (service.id, service.team)
    values = values_of(parent)
    assert set(values) == expected
    for name, held in values.items():
        assert fits(held, said(service.id, name)[1]), (name, held)
    assert all(answer.confirmed for answer in parent.fields.values())
    must = {tell.team for tell in service.tells if tell.must}
    told = must | set(values.get("services_to_tell") or ())
    assert {c.team for c in children if c.service == service.id} == told
    tells = {tell.team: tell.fields for tell in service.tells}
    for child in children:
        if child.service == service.id:
            asked = [name for name in tells[child.team] if name in values]
            assert values_of(child) == {name: values[name] for name in asked}
    assert parent.ref in "".join(c for c in talk.said if c.isdigit())
    assert flaws(talk) == []


@pytest.mark.parametrize("service", taken(), ids=named)
def test_no_case_is_opened_without_a_yes(talk: Talk, service: Service) -> None:
    fill(talk, service.id)
    talk.says("no", "deny")
    assert talk.cases == []
    talk.says("stop", "stop")
    assert talk.cases == []


# --- branches ---------------------------------------------------------------------------------


def test_moving_in_can_leave_out_where_one_came_from(talk: Talk) -> None:
    fill(talk, "house_move", direction="moving into Plymouth", old_address="skip")
    talk.says("yes", "affirm")
    values = values_of(talk.cases[0])
    assert (values["direction"], values["old_address"]) == ("in", None)
    assert fits(values["new_address"], OAK)
    assert "forwarding_address" not in values


def test_moving_out_takes_an_address_elsewhere_as_it_is_said(talk: Talk) -> None:
    fill(talk, "house_move", direction="moving out to Exeter",
         new_address="9 High Street, Exeter EX4 3AA", forwarding_address="skip")  # fmt: skip
    talk.says("yes", "affirm")
    values = values_of(talk.cases[0])
    assert fits(values["new_address"], EXETER)
    assert fits(values["old_address"], ELM)


def test_moving_out_without_an_address_yet_asks_where_letters_go(talk: Talk) -> None:
    fill(talk, "house_move", direction="moving out of Plymouth", new_address="skip")
    values = talk.values
    assert values["new_address"] is None
    assert fits(values["forwarding_address"], OAK)


def test_a_landlord_is_asked_which_tenants_move(talk: Talk) -> None:
    talk.says("one of my tenants is leaving", "house_move")
    while talk.asks != "other_adults":
        asks = str(talk.asks)
        words = {"tenure": "I let it out"}.get(asks)
        skips = asks.startswith("verify_")
        talk.answers("skip it all" if skips else words or said("house_move", asks)[0])
    assert "tenants" in talk.said
    go_on(talk, "house_move")
    assert "landlord" not in talk.values
    assert "Tenants who move: Sam Reed" in talk.said


def test_a_student_gives_where_and_until_when(talk: Talk) -> None:
    fill(talk, "occupancy_change", change="my daughter started university")
    values = talk.values
    assert values["institution"] == "City College Plymouth"
    assert values["course_end"] == "2029-06-30"
    assert "forwarding_address" not in values


def test_a_job_that_starts_asks_who_the_employer_is(talk: Talk) -> None:
    fill(talk, "income_change", change="I started a new job")
    assert talk.values["change"] == "job_started"
    assert talk.values["employer"] == "Sutton Bakery"


def test_who_is_away_is_asked_when_they_are_back_and_not_what_they_earn(talk: Talk) -> None:
    fill(talk, "income_change", change="away from home", end_date="20 December")
    assert talk.values["end_date"] == "2026-12-20"
    assert "amount" not in talk.values


@pytest.mark.parametrize(
    ("change", "field"),
    [("it was stolen", "crime_ref"), ("the holder moved house", "new_address"),
     ("the name changed", "new_name")],
)  # fmt: skip
def test_a_badge_asks_what_its_change_needs(talk: Talk, change: str, field: str) -> None:
    fill(talk, "blue_badge_change", change=change)
    others = {"crime_ref", "new_address", "new_name"} - {field}
    assert field in talk.values
    assert not others & set(talk.values)


def test_an_interpreter_is_asked_for_the_language(talk: Talk) -> None:
    fill(talk, "accessible_format", preference="an interpreter")
    assert talk.values["preference_details"] == "Polish"
    assert "Which language: Polish" in talk.said


# --- dates together ---------------------------------------------------------------------------


def test_a_move_more_than_a_year_ago_is_asked_about_once(talk: Talk) -> None:
    fill_to(talk, "house_move", "move_date")
    talk.says("1 December 2023")
    assert "more than a year ago" in talk.said
    assert talk.asks == "move_date"
    talk.says("yes", "affirm")
    assert talk.values["move_date"] == "2023-12-01"
    assert talk.asks == "tenure"


def test_a_doubtful_date_can_be_said_again_or_put_right(office: Office) -> None:
    again, other = Talk(office), Talk(office)
    for one, words, stored in (
        (again, "1 December 2023", "2023-12-01"), (other, "no, 1 December 2026", "2026-12-01"),
    ):  # fmt: skip
        fill_to(one, "house_move", "move_date")
        one.says("1 December 2023")
        one.says(words)
        assert one.values["move_date"] == stored
    wrong = Talk(office)
    fill_to(wrong, "house_move", "move_date")
    wrong.answers("1 December 2023", "no")
    assert "move_date" not in wrong.values
    assert wrong.asks == "move_date"


def test_a_course_cannot_end_before_the_change(talk: Talk) -> None:
    fill_to(talk, "occupancy_change", "course_end", change="my son is a student now")
    talk.says("30 November 2026")
    assert "before the day it changed" in talk.said
    assert talk.asks == "course_end"
    talk.says("30 June 2028")
    assert talk.values["course_end"] == "2028-06-30"


def test_a_corrected_start_takes_back_an_end_that_no_longer_fits(talk: Talk) -> None:
    fill(talk, "permit_vehicle_change", end_date="10 December")
    talk.says("no, the start date is 20 December", "correct_answer")
    assert talk.values["start_date"] == "2026-12-20"
    assert "before the day it starts" in talk.said
    assert talk.asks == "end_date"


def test_somebody_cannot_be_born_after_they_moved_in(talk: Talk) -> None:
    fill_to(talk, "occupancy_change", "date_of_birth", change_date="1 March 2026")
    talk.says("2 May 2026")
    assert "comes after" in talk.said
    assert talk.asks == "date_of_birth"


def test_a_birth_in_the_future_is_asked_again_with_the_reason(talk: Talk) -> None:
    fill_to(talk, "bus_pass", "date_of_birth")
    talk.says("27 March 2031")
    assert "hasn't come yet" in talk.said
    assert talk.asks == "date_of_birth"


# --- at least one of two ----------------------------------------------------------------------


def test_new_contact_details_end_with_a_number_or_an_address(talk: Talk) -> None:
    fill_to(talk, "contact_details_change", "new_email", new_phone="skip")
    assert "skip" not in talk.choices
    talk.says("skip")
    assert "at least one" in talk.said
    assert talk.asks == "new_phone"
    talk.says("priya@example.com")
    assert talk.asks == "confirm"
    assert (talk.values["new_phone"], talk.values["new_email"]) == (None, "priya@example.com")


def test_either_of_the_two_is_enough(talk: Talk) -> None:
    fill(talk, "contact_details_change", new_email="skip")
    talk.says("yes", "affirm")
    assert values_of(talk.cases[0])["new_phone"] == "+447700900456"


# --- what a rule asks for ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("service", "field", "within"),
    [("house_move", "move_date", "21 days"), ("occupancy_change", "change_date", "21 days"),
     ("income_change", "change_date", "one month"), ("benefit_appeal", "decision_date",
     "one month")],
)  # fmt: skip
@pytest.mark.parametrize("channel", [Channel.VOICE, Channel.WEB])  # texts go on by a link
def test_a_notice_rule_is_told_once_when_the_date_is_known(
    office: Office, channel: Channel, service: str, field: str, within: str
) -> None:
    talk = Talk(office, channel)
    fill(talk, service)
    told = [m for m in talk.transcript if within in m.said.text]
    assert len(told) == 1
    talk.says("no, it was 20 November", "correct_answer")
    assert len([m for m in talk.transcript if within in m.said.text]) == 1


# --- other teams ------------------------------------------------------------------------------


def test_teams_that_must_know_are_named_in_the_read_back(talk: Talk) -> None:
    fill(talk, "name_change")
    assert "We also tell: " in talk.said
    assert "Voting" in talk.said


@pytest.mark.parametrize(
    ("words", "left_out"),
    [("all except 3", {"waste"}), ("all but the libary", {"libraries"}),
     ("everyone apart from the second one and 4", {"elections", "parking"})],
)  # fmt: skip
def test_whoever_is_taken_out_of_all_is_not_told(
    talk: Talk, words: str, left_out: set[str]
) -> None:
    fill_to(talk, "house_move", "services_to_tell", tenure="I own it")
    talk.says(words)
    offered = {tell.team for tell in the_council().service("house_move").tells}
    assert set(talk.values["services_to_tell"]) == offered - left_out


def test_who_cannot_be_made_out_is_asked_about_again(talk: Talk) -> None:
    fill_to(talk, "house_move", "services_to_tell")
    talk.says("everyone except you know who")
    assert talk.asks == "services_to_tell"
    assert "services_to_tell" not in talk.values


def test_nothing_goes_to_a_team_that_was_not_chosen(talk: Talk) -> None:
    fill(talk, "house_move", services_to_tell="everyone except the library and parking")
    talk.says("yes", "affirm")
    teams = {case.team for case in talk.cases}
    assert not teams & {"libraries", "parking"}
    assert {"waste", "benefits", "elections"} <= teams


# --- bank details -----------------------------------------------------------------------------


def test_new_bank_details_end_in_a_call(talk: Talk) -> None:
    talk.says("I've got a new bank account", "bank_details_change")
    assert "never take" in talk.said
    go_on(talk, "bank_details_change")
    talk.says("yes", "affirm")
    parent, call = talk.cases
    assert (call.service, call.parent_ref, call.team) == ("callback", parent.ref, "revenues")
    assert values_of(call)["when"] == values_of(parent)["when"]
    assert "will ring you" in talk.said


@pytest.mark.parametrize(("contact", "when"), [("07700 900123", "skip"), ("p@example.com", "")])
def test_or_in_a_secure_form(talk: Talk, contact: str, when: str) -> None:
    fill(talk, "bank_details_change", contact=contact, when=when or "never asked")
    talk.says("yes", "affirm")
    (case,) = talk.cases
    assert values_of(case).get("when") is None
    links = [link.url for m in talk.heard for link in m.said.links]
    assert links == [the_council().facts["secure_form_url"]]


@pytest.mark.parametrize(
    "numbers",
    [
        ["20-45-67 12345678"], ["my sort code is 20 45 67", "12345678"],
        ["it's two zero four five six seven", "one two three four five six seven eight"],
        ["sort code 20-45-67", "and the account number is 12345678"],
        ["4242 4242 4242 4242"],
    ],
)  # fmt: skip
def test_numbers_that_are_volunteered_are_not_kept_and_it_is_said(
    talk: Talk, numbers: list[str]
) -> None:
    fill_to(talk, "bank_details_change", "purpose")
    for words in numbers:
        talk.says(words)
        assert "not kept" in talk.said
    go_on(talk, "bank_details_change")
    talk.says("yes", "affirm")
    kept = str(talk.transcript) + str(talk.drafts) + str(talk.cases)
    for words in ("204567", "20-45-67", "20 45 67", "12345678", "4242 4242", "four five six"):
        assert words not in kept, words


# --- complaints -------------------------------------------------------------------------------


def test_a_complaint_is_told_its_stages_and_times(talk: Talk) -> None:
    fill(talk, "complaint")
    assert "earlier_case" not in talk.values
    talk.says("yes", "affirm")
    (case,) = talk.cases
    assert case.team == "complaints"
    assert case.due_at is not None
    assert (case.due_at.date() - NOW.date()).days == 14
    for words in ("stage 1", "10 working days", "stage 2", "Ombudsman"):
        assert words in talk.said


def test_whoever_complained_before_goes_to_stage_2_with_the_earlier_case(office: Office) -> None:
    first = fill(Talk(office), "complaint")
    first.says("yes", "affirm")
    ref = first.cases[0].ref
    talk = Talk(office)
    fill(talk, "complaint", "I already complained and want to escalate it", earlier_case=ref)
    assert talk.values["complaint_stage"] == "second"
    talk.says("yes", "affirm")
    (case,) = talk.cases
    assert values_of(case)["earlier_case"] == ref
    assert case.due_at is not None
    assert (case.due_at.date() - NOW.date()).days == 28
    assert "stage 2 complaint" in talk.said


def test_the_reference_of_a_complaint_alone_makes_it_the_second_stage(office: Office) -> None:
    first = fill(Talk(office), "complaint")
    first.says("yes", "affirm")
    ref = first.cases[0].ref
    talk = fill(Talk(office), "complaint", f"this is about my complaint {ref[:4]} {ref[4:]}")
    assert talk.values["earlier_case"] == ref
    assert talk.values["complaint_stage"] == "second"


def test_where_no_contact_is_safe_a_complaint_is_taken_without_one(talk: Talk) -> None:
    talk.says("my husband hits me")
    talk.says("no")
    fill(talk, "complaint", contact="skip")
    talk.says("yes", "affirm")
    case = talk.cases[-1]
    assert "safe_contact" in case.flags
    assert values_of(case)["contact"] is None


# --- life events ------------------------------------------------------------------------------


def test_the_bundle_of_a_move_carries_the_new_home_over(talk: Talk) -> None:
    fill(talk, "house_move")
    talk.says("yes", "affirm")
    assert talk.asks == "offer"
    talk.presses("parking_permit")
    assert talk.asks == "registration"
    assert fits(talk.values["address"], OAK)
    assert talk.values["name"] == "Priya Shah"
    assert talk.values["contact"] == "+447700900123"


def test_a_birth_carries_its_date_over_and_nobody_elses(talk: Talk) -> None:
    fill(talk, "register_birth")
    talk.says("yes", "affirm")
    assert talk.asks == "offer"
    talk.presses("occupancy_change")
    assert talk.values["change_date"] == "2026-11-09"
    go_on(talk, "occupancy_change", person_name="Sam Shah", on_bill="skip")
    assert talk.values["date_of_birth"] == "2026-11-09"


def test_the_address_of_the_dead_is_nobody_elses(talk: Talk) -> None:
    fill(talk, "parking_permit")
    talk.says("yes", "affirm")
    talk.says("my father died", "bereavement")
    if talk.asks == "offer":
        talk.presses("no")
    assert "address" not in talk.values


def fill_to(talk: Talk, service_id: str, field_id: str, **other: str) -> Talk:
    """Answers whatever is asked until a field is asked for."""
    talk.says("I need that please", service_id)
    for _ in range(30):
        asks = str(talk.asks)
        if asks == field_id:
            return talk
        if asks.startswith("verify_"):
            talk.says("skip it all")
        else:
            talk.answers(other.get(asks) or said(service_id, asks)[0])
    raise AssertionError(f"{service_id} does not ask {field_id}")
