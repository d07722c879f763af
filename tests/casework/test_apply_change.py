"""One press writes a reported change into the resident's record, with before and after."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given as given_any
from hypothesis import strategies as st

from casework.domain.cases import Case, CaseStatus, HistoryEntry, RecordChange, Verification
from casework.domain.catalogue import Applies
from casework.domain.conversations import Channel, Conversation
from casework.domain.drafts import Answer, Draft, Source
from casework.domain.errors import NotAllowed, NotApplicable
from casework.domain.identity import Identity, Stage
from casework.domain.record_changes import differences, written
from casework.domain.residents import Resident
from casework.domain.staff import Role, StaffMember
from casework.use_cases.apply_change import Check, apply_change
from casework.use_cases.office import Office
from casework.use_cases.open_cases import open_cases
from casework.use_cases.read_cases import read_case
from tests.office import NOW, make_office

REF, ACCOUNT = "10000012", "40217753"
SAM = StaffMember("s", "Sam", Role.SUPERVISOR, "h1")
ANN = StaffMember("a", "Ann", Role.AGENT, "h2")
PRIYA = Resident(
    ACCOUNT, "Priya Shah", claim_ref="HB204118", phone="+447700900167", address="14 Elm Road",
    postcode="PL4 7AA", registration="AF12HJS",
)  # fmt: skip
NEW = {"uprn": "1", "lines": ["5 Oak Street"], "postcode": "PL2 1AB", "matched": True}
SEEN = Check("Saw her passport")


@pytest.fixture
def office() -> Office:
    office = make_office()
    with office.store.begin() as work:
        work.residents.save(PRIYA)
        for member in (SAM, ANN):
            work.staff.save(member)
    return office


def answers(**fields: Any) -> dict[str, Answer]:
    return {name: Answer(value, Source.TYPED, NOW, True) for name, value in fields.items()}


def moved(office: Office, **about: Any) -> None:
    case = Case(
        REF, "house_move", "revenues", "assisted", NOW, "c1",
        verification=Verification.IDENTITY, account_ref=ACCOUNT,
        fields=answers(new_address=NEW, move_date="2026-11-20"),
        history=(HistoryEntry(NOW, "resident", "opened"),),
    )  # fmt: skip
    with office.store.begin() as work:
        work.cases.add(replace(case, **about))


def record(office: Office) -> Resident:
    with office.store.begin(reading=True) as work:
        found = work.residents.get(ACCOUNT)
    assert found is not None
    return found


def refusal(office: Office, check: Check | None = None) -> str:
    with pytest.raises(NotApplicable) as refused:
        apply_change(office, SAM, REF, check)
    assert record(office) == PRIYA
    return refused.value.reason


def test_one_press_writes_the_record_and_the_history_says_before_and_after(office: Office) -> None:
    moved(office)
    plan = read_case(office, SAM, REF).plan
    assert plan is not None
    expected = (
        RecordChange("address", "14 Elm Road", "5 Oak Street"),
        RecordChange("postcode", "PL4 7AA", "PL2 1AB"),
    )
    assert (plan.check_needed, plan.changes, str(plan.since)) == (False, expected, "2026-11-20")
    done = apply_change(office, SAM, REF)
    assert (record(office).address, record(office).postcode) == ("5 Oak Street", "PL2 1AB")
    entry = done.case.history[-1]
    assert (entry.by, entry.what, entry.changes) == ("Sam", "applied", expected)
    assert done.case.applied
    assert done.plan is None


def test_it_is_written_once(office: Office) -> None:
    moved(office)
    apply_change(office, SAM, REF)
    with office.store.begin() as work:
        work.residents.save(PRIYA)
    assert refusal(office) == "done"


def test_without_proof_a_person_says_how_they_checked(office: Office) -> None:
    moved(office, verification=Verification.UNVERIFIED, account_ref=None,
          fields=answers(new_address=NEW, account_ref=ACCOUNT))  # fmt: skip
    assert refusal(office) == "check"
    done = apply_change(office, SAM, REF, Check("Saw her passport, card 4111 1111 1111 1111"))
    assert record(office).address == "5 Oak Street"
    assert "1111" not in str(done.case.history[-1].note)
    assert str(done.case.history[-1].note).startswith("Saw her passport")


@pytest.mark.parametrize("reference", [ACCOUNT, "HB 204 118", "4021 7753"])
def test_a_person_can_name_the_record(office: Office, reference: str) -> None:
    moved(office, verification=Verification.UNVERIFIED, account_ref=None)
    assert refusal(office, SEEN) == "no_record"
    apply_change(office, SAM, REF, replace(SEEN, reference=reference))
    assert record(office).address == "5 Oak Street"


def test_a_check_does_not_lead_to_another_record_than_the_one_proved(office: Office) -> None:
    other = replace(PRIYA, account_ref="40218846", claim_ref=None)
    with office.store.begin() as work:
        work.residents.save(other)
    moved(office)
    apply_change(office, SAM, REF, replace(SEEN, reference="40218846"))
    with office.store.begin(reading=True) as work:
        assert work.residents.get("40218846") == other


@pytest.mark.parametrize(
    ("about", "reason"),
    [
        ({"service": "pothole"}, "nothing"),
        ({"service": "gone"}, "nothing"),
        ({"status": CaseStatus.CANCELLED}, "over"),
        ({"account_ref": "99999999"}, "no_record"),
    ],
)
def test_what_cannot_be_applied(office: Office, about: dict[str, Any], reason: str) -> None:
    moved(office, **about)
    assert refusal(office) == reason


def test_a_part_for_another_team_is_not_applied(office: Office) -> None:
    moved(office)
    child = Case("10000024", "house_move", "waste", "assisted", NOW, "c1", parent_ref=REF)
    with office.store.begin() as work:
        work.cases.add(child)
    with pytest.raises(NotApplicable):
        apply_change(office, SAM, "10000024", SEEN)


def test_an_agent_applies_nothing_and_sees_no_record(office: Office) -> None:
    moved(office)
    with pytest.raises(NotAllowed):
        apply_change(office, ANN, REF)
    assert read_case(office, ANN, REF).plan is None


def permit(office: Office, *, verified: bool, start: str) -> Case:
    """A new car on a permit, as a confirmed draft opens it."""
    stage = Stage.VERIFIED if verified else Stage.UNVERIFIED
    account = ACCOUNT if verified else None
    identity = Identity(stage=stage, account_ref=account, how="website" if verified else "failed")
    conversation = Conversation("c1", Channel.WEB, NOW, NOW, "hash", identity=identity)
    fields = answers(new_registration="WA12ABC", start_date=start, contact="+447700900123")
    draft = Draft("d1", "c1", "permit_vehicle_change", NOW, NOW, answers=fields, yes_turn_id="t1")
    with office.store.begin() as work:
        work.conversations.add(conversation)
        work.drafts.add(draft)
        case, _ = open_cases(office, work, conversation, draft)
    return case


@pytest.mark.parametrize(
    ("verified", "start", "plate"),
    [
        (True, "2026-11-24", "WA12ABC"),
        (True, "2026-11-01", "WA12ABC"),
        (True, "2026-11-25", "AF12HJS"),
        (False, "2026-11-24", "AF12HJS"),
    ],
)
def test_only_what_the_council_allows_is_written_without_a_person(
    office: Office, verified: bool, start: str, plate: str
) -> None:
    case = permit(office, verified=verified, start=start)
    assert record(office).registration == plate
    assert case.applied is (plate == "WA12ABC")
    if case.applied:
        assert case.history[-1].by == "assistant"
        assert case.history[-1].changes == (RecordChange("registration", "AF12HJS", "WA12ABC"),)


def test_a_move_is_never_written_without_a_person(office: Office) -> None:
    assert all(
        one.applies is None
        or not one.applies.automatic
        or set(one.applies.record) == {"registration"}
        for one in office.council.services.values()
    )


TEXTS = st.one_of(st.none(), st.text(min_size=1, max_size=20))


@given_any(TEXTS, TEXTS, TEXTS)
def test_what_was_not_given_stays_and_before_and_after_say_all(
    name: str | None, phone: str | None, email: str | None
) -> None:
    applies = Applies({"name": "n", "phone": "p", "email": "e"})
    after = written(PRIYA, applies, {"n": name, "p": phone, "e": email})
    told = {one.column: (one.before, one.after) for one in differences(PRIYA, after)}
    for column, new in (("name", name), ("phone", phone), ("email", email)):
        before = getattr(PRIYA, column)
        assert getattr(after, column) == (new or before)
        assert told.get(column, (before, before)) == (before, new or before)
    assert after.address == PRIYA.address


def test_a_new_address_without_a_postcode_leaves_none_of_the_old() -> None:
    far = {"lines": ["3 Rue Haute", "Roscoff"], "postcode": None, "matched": False}
    after = written(PRIYA, Applies({"address": "a"}), {"a": far})
    assert (after.address, after.postcode) == ("3 Rue Haute, Roscoff", "")
