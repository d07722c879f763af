"""What staff do with a case from its opening to its end, and what follows for others."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from casework.domain.cases import Case, CaseStatus, HistoryEntry
from casework.domain.conversations import Channel, Conversation
from casework.domain.drafts import Answer, Source
from casework.domain.errors import BadPart, NotAllowed, StatusNotAllowed
from casework.domain.outbox import Outgoing
from casework.domain.staff import Role, StaffMember
from casework.use_cases.office import Office
from casework.use_cases.read_cases import CaseRecord, read_case, search_cases
from casework.use_cases.tell_resident import Told
from casework.use_cases.update_case import CaseChange, update_case
from tests.office import LONDON, NOW, make_office

REF, OTHER, THIRD = "10000012", "10000024", "10000036"
MOBILE, SECOND = "+447700900123", "+447700900124"
SAM = StaffMember("s", "Sam", Role.SUPERVISOR, "h1")
BO = StaffMember("b", "Bo", Role.BACK_OFFICE, "h2", teams=("highways",))
WIN = StaffMember("w", "Win", Role.BACK_OFFICE, "h3", teams=("waste",))
ANN = StaffMember("a", "Ann", Role.AGENT, "h4")


@pytest.fixture
def office() -> Office:
    return staffed(make_office())


def staffed(office: Office) -> Office:
    with office.store.begin() as work:
        for member in (SAM, BO, WIN, ANN):
            work.staff.save(member)
    return office


def given(**fields: Any) -> dict[str, Answer]:
    return {name: Answer(value, Source.TYPED, NOW, True) for name, value in fields.items()}


def opened(office: Office, ref: str = REF, **about: Any) -> Case:
    opening = (HistoryEntry(NOW, "resident", "opened"),)
    case = replace(Case(ref, "pothole", "highways", "simple", NOW, "c1", history=opening), **about)
    with office.store.begin() as work:
        work.cases.add(case)
    return case


def case(office: Office, ref: str = REF) -> Case:
    with office.store.begin(reading=True) as work:
        return work.cases.get(ref)


def change(office: Office, ref: str = REF, by: StaffMember = SAM, **what: Any) -> CaseRecord:
    return update_case(office, by, ref, CaseChange(**what)).record


def sent(office: Office) -> list[Outgoing]:
    with office.store.begin(reading=True) as work:
        return work.outbox.recent()


def test_a_refused_status_says_which_are_allowed(office: Office) -> None:
    opened(office, status=CaseStatus.CLOSED)
    with pytest.raises(StatusNotAllowed) as refused:
        change(office, status=CaseStatus.FIXED, note="x")
    assert refused.value.allowed == ("open", "investigating")
    assert len(case(office).history) == 1


def test_what_is_over_is_reopened_with_a_reason(office: Office) -> None:
    opened(office, status=CaseStatus.FIXED)
    with pytest.raises(BadPart) as refused:
        change(office, status=CaseStatus.OPEN)
    assert refused.value.part == "note"
    assert change(office, status=CaseStatus.OPEN, note="It is back").case.status == "open"


def test_a_case_is_given_to_those_who_work_it(office: Office) -> None:
    opened(office)
    assert change(office, assignee="Bo").case.assignee == "Bo"
    assert [row.case.ref for row in search_cases(office, BO, assignee="Bo")] == [REF]
    assert search_cases(office, SAM, assignee="Sam") == []
    for nobody in ("Win", "Ann", "Zoe"):
        with pytest.raises(BadPart):
            change(office, assignee=nobody)
    assert change(office, team="waste", assignee="Win").case.assignee == "Win"
    assert change(office, assignee="").case.assignee is None
    assert read_case(office, SAM, REF).colleagues == ("Sam", "Win")


def test_an_agent_gives_no_case_to_anybody(office: Office) -> None:
    opened(office)
    for what in ({"assignee": "Bo"}, {"duplicate_of": OTHER}):
        with pytest.raises(NotAllowed):
            change(office, by=ANN, **what)


def test_a_case_is_joined_with_another_and_both_say_so(office: Office) -> None:
    opened(office)
    opened(office, OTHER)
    record = change(office, duplicate_of=OTHER)
    assert (record.case.status, record.case.duplicate_of) == (CaseStatus.DUPLICATE, OTHER)
    survivor = read_case(office, SAM, OTHER)
    assert survivor.duplicates == (REF,)
    assert (survivor.case.history[-1].what, survivor.case.history[-1].note) == ("joined", REF)
    assert survivor.case.status is CaseStatus.OPEN


def test_joining_goes_on_to_the_case_that_is_left(office: Office) -> None:
    for ref in (REF, OTHER, THIRD):
        opened(office, ref)
    change(office, REF, duplicate_of=OTHER)
    change(office, OTHER, duplicate_of=THIRD)
    assert read_case(office, SAM, THIRD).duplicates == (REF, OTHER)
    for ref in (OTHER, REF):
        with pytest.raises(BadPart):
            change(office, THIRD, duplicate_of=ref)


@pytest.mark.parametrize("ref", [REF, "99999999"])
def test_there_must_be_another_case_to_join_with(office: Office, ref: str) -> None:
    opened(office)
    with pytest.raises(BadPart):
        change(office, duplicate_of=ref)
    opened(office, OTHER)
    with pytest.raises(BadPart):
        change(office, duplicate_of=OTHER, status=CaseStatus.FIXED)


def test_a_case_of_a_team_that_one_may_not_see_is_no_case_to_join_with(office: Office) -> None:
    opened(office)
    opened(office, OTHER, team="waste")
    with pytest.raises(BadPart):
        change(office, by=BO, duplicate_of=OTHER)


def test_whoever_reported_the_same_hears_what_becomes_of_it_once_each(office: Office) -> None:
    opened(office, fields=given(contact=MOBILE))
    opened(office, OTHER, fields=given(contact=SECOND))
    opened(office, THIRD, fields=given(contact=MOBILE))
    change(office, OTHER, duplicate_of=REF)
    change(office, THIRD, duplicate_of=REF)
    change(office, status=CaseStatus.FIXED, tell_resident="It is filled.")
    assert sorted(one.to for one in sent(office)) == [MOBILE, SECOND]
    (own,) = [one for one in sent(office) if one.to == SECOND]
    assert "1000 0024" in own.text
    assert case(office, OTHER).history[-1].told_resident == "It is filled."
    assert case(office, OTHER).status is CaseStatus.DUPLICATE


def moved(office: Office) -> None:
    opened(office, service="house_move", team="revenues", fields=given(contact=MOBILE))
    for ref, team in ((OTHER, "waste"), (THIRD, "parking")):
        opened(office, ref, service="house_move", team=team, parent_ref=REF)


def test_a_parent_is_closed_with_its_last_part_and_that_is_told_once(office: Office) -> None:
    moved(office)
    change(office, status=CaseStatus.FIXED)
    change(office, OTHER, status=CaseStatus.CLOSED)
    assert case(office).status is CaseStatus.FIXED
    assert sent(office) == []
    change(office, THIRD, status=CaseStatus.NO_FURTHER_ACTION)
    parent = case(office)
    assert parent.status is CaseStatus.CLOSED
    assert (parent.history[-1].by, parent.history[-1].what) == ("assistant", "all_done")
    assert len(sent(office)) == 1
    change(office, THIRD, status=CaseStatus.OPEN, note="not yet")
    assert case(office).status is CaseStatus.INVESTIGATING
    change(office, status=CaseStatus.FIXED)
    change(office, THIRD, status=CaseStatus.FIXED)
    assert case(office).status is CaseStatus.CLOSED
    assert len(sent(office)) == 1


def test_a_parent_whose_own_team_has_still_to_act_is_not_closed(office: Office) -> None:
    moved(office)
    for ref in (OTHER, THIRD):
        change(office, ref, status=CaseStatus.CLOSED)
    assert case(office).status is CaseStatus.OPEN
    assert sent(office) == []
    record = change(office, status=CaseStatus.FIXED)
    assert record.case.status is CaseStatus.FIXED
    assert len(sent(office)) == 1


def test_staffs_own_words_at_the_end_are_not_followed_by_ours(office: Office) -> None:
    moved(office)
    for ref in (OTHER, THIRD):
        change(office, ref, status=CaseStatus.CLOSED)
    change(office, status=CaseStatus.FIXED, tell_resident="All is done.")
    assert ["All is done." in one.text for one in sent(office)] == [True]


@pytest.mark.parametrize(
    ("now", "goes"),
    [
        ("2026-11-24 07:59", "2026-11-24 08:00"),
        ("2026-11-24 08:00", "2026-11-24 08:00"),
        ("2026-11-24 19:59", "2026-11-24 19:59"),
        ("2026-11-24 20:00", "2026-11-25 08:00"),
        ("2026-10-24 23:00", "2026-10-25 08:00"),
        ("2026-03-29 00:30", "2026-03-29 08:00"),
    ],
)
def test_updates_wait_for_the_hours_in_which_residents_are_written_to(now: str, goes: str) -> None:
    at = datetime.fromisoformat(now).replace(tzinfo=LONDON)
    office = staffed(make_office(at))
    opened(office, fields=given(contact=MOBILE))
    assert update_case(office, SAM, REF, CaseChange(tell_resident="Soon.")).told is Told.TEXT
    (queued,) = sent(office)
    assert queued.due_at.astimezone(LONDON).strftime("%Y-%m-%d %H:%M") == goes


def told(office: Office) -> Told | None:
    return update_case(office, SAM, REF, CaseChange(tell_resident="Soon.")).told


@pytest.mark.parametrize("wish", ["large_print", "braille", "audio", "easy_read"])
def test_whoever_asked_for_another_format_is_written_to_by_staff(office: Office, wish: str) -> None:
    fields = given(contact=MOBILE)
    opened(office, OTHER, service="accessible_format", fields=given(preference=wish))
    opened(office, fields=fields, conversation_id="c2", account_ref="40217753")
    assert told(office) is Told.TEXT  # nobody knows that it is the same person
    with office.store.begin() as work:
        work.conversations.add(Conversation("c1", Channel.VOICE, NOW, NOW, "hash"))
        work.cases.save(replace(case(office, OTHER), account_ref="40217753"))
    assert told(office) is Told.POST
    contact = read_case(office, SAM, REF).contact
    assert (contact.by, contact.to, contact.wish) == (Told.POST, None, wish)


def test_formats_that_a_text_serves_go_by_text(office: Office) -> None:
    fields = given(contact=MOBILE, preference="bsl")
    opened(office, service="accessible_format", fields=fields)
    assert told(office) is Told.TEXT
    assert read_case(office, SAM, REF).contact.wish == "bsl"


def test_whoever_asks_for_safe_contact_gets_no_message(office: Office) -> None:
    fields = given(contact=MOBILE, preference="safe_contact")
    opened(office, service="accessible_format", fields=fields)
    assert told(office) is Told.RECORDED
    assert sent(office) == []


def test_what_they_asked_for_last_counts(office: Office) -> None:
    later = replace(given(preference="text_relay")["preference"], at=NOW.replace(hour=12))
    opened(office, OTHER, service="accessible_format", account_ref="40217753",
           fields=given(preference="braille"))  # fmt: skip
    opened(office, THIRD, service="accessible_format", account_ref="40217753",
           fields={"preference": later})  # fmt: skip
    opened(office, account_ref="40217753", fields=given(contact=MOBILE))
    assert told(office) is Told.TEXT
