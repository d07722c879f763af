"""Moving a case on, giving it, joining it and applying its change, as the staff API has it."""

from __future__ import annotations

from typing import Any

import pytest

from casework.domain.cases import CaseStatus, Verification
from casework.domain.drafts import Answer, Source
from casework.domain.residents import Resident

CASE, CHILD, POTHOLE = (f"/api/staff/cases/{ref}" for ref in ("48291573", "10000012", "20000024"))
ACCOUNT = "40217753"
PLACE = {"uprn": "1", "lines": ["5 Oak Street"], "postcode": "PL2 1AB", "matched": True}


@pytest.fixture
def move(town: Any) -> Any:
    """A move that somebody reported without proving who they were."""
    at = town.clock.now()
    town.add_case(
        "48291573",
        verification=Verification.UNVERIFIED,
        fields={"new_address": Answer(PLACE, Source.TYPED, at, True)},
    )
    with town.office.store.begin() as work:
        work.residents.save(Resident(ACCOUNT, "Ann", address="1 Elm Road", postcode="PL4 7AA"))
    return town


def test_a_case_goes_from_open_to_closed(moved: Any) -> None:
    client = moved.client()
    for status in ("in_progress", "fixed", "closed"):
        answer = client.patch(POTHOLE, json={"status": status})
        assert (answer.status_code, answer.json["status"]) == (200, status)
    assert answer.json["next_statuses"] == ["open", "investigating"]


def test_a_status_that_may_not_follow_is_refused_with_those_that_may(
    moved: Any, error_of: Any
) -> None:
    client = moved.client()
    client.patch(POTHOLE, json={"status": "closed"})
    status, code, message = error_of(client.patch(POTHOLE, json={"status": "fixed", "note": "x"}))
    assert (status, code) == (409, "status_not_allowed")
    assert message.endswith("open, investigating.")


def test_reopening_needs_a_reason(moved: Any, error_of: Any) -> None:
    client = moved.client()
    client.patch(POTHOLE, json={"status": "fixed"})
    refused = client.patch(POTHOLE, json={"status": "open"})
    assert error_of(refused)[:2] == (409, "unfit_note")
    again = client.patch(POTHOLE, json={"status": "open", "note": "It is back"})
    assert again.json["status"] == "open"


def test_who_works_a_case_is_set_found_and_unset(moved: Any, error_of: Any) -> None:
    client = moved.client()
    moved.client("back_office", "highways")
    assert client.patch(POTHOLE, json={"assignee": "Sam back_office"}).json["assignee"] == (
        "Sam back_office"
    )
    found = client.get("/api/staff/cases?assignee=Sam%20back_office").json
    assert [one["ref"] for one in found] == ["20000024"]
    assert client.patch(POTHOLE, json={"assignee": None}).json["assignee"] is None
    refused = client.patch(CASE, json={"assignee": "Sam back_office"})
    assert error_of(refused)[:2] == (409, "unfit_assignee")


def test_a_duplicate_names_the_case_that_goes_on(moved: Any, error_of: Any) -> None:
    client = moved.client()
    moved.add_case("30000036", service="pothole", team="highways")
    joined = client.patch("/api/staff/cases/30000036", json={"duplicate_of": "2000 0024"}).json
    assert (joined["status"], joined["duplicate_of"]) == ("duplicate", "20000024")
    assert client.get(POTHOLE).json["duplicates"] == ["30000036"]
    refused = client.patch(POTHOLE, json={"duplicate_of": "30000036"})
    assert error_of(refused)[:2] == (409, "unfit_duplicate_of")
    for wrong in ("x", 5, None):
        answer = client.patch(POTHOLE, json={"duplicate_of": wrong})
        assert error_of(answer)[:2] == (400, "bad_value")


def test_a_parent_is_closed_with_its_last_part(moved: Any) -> None:
    client = moved.client()
    client.patch(CASE, json={"status": "fixed"})
    client.patch(CHILD, json={"status": "closed"})
    assert client.get(CASE).json["status"] == "closed"


def test_an_agent_neither_gives_joins_nor_applies(moved: Any, error_of: Any) -> None:
    agent = moved.client("agent")
    for change in ({"assignee": "Sam agent"}, {"duplicate_of": "10000012"}):
        assert error_of(agent.patch(POTHOLE, json=change))[:2] == (403, "not_allowed")
    assert error_of(agent.post(f"{CASE}/apply"))[:2] == (403, "not_allowed")


def test_a_change_is_applied_once_a_person_has_checked(move: Any, error_of: Any) -> None:
    client = move.client()
    plan = client.get(CASE).json["record_change"]
    assert plan == {"check_needed": True, "from": None, "changes": None}
    for body in ({}, {"checked": False, "note": "x"}, {"checked": True}):
        assert error_of(client.post(f"{CASE}/apply", json=body))[:2] == (409, "not_applied_check")
    check = {"checked": True, "note": "Rang her on the number we hold"}
    answer = client.post(f"{CASE}/apply", json=check)
    assert error_of(answer)[:2] == (409, "not_applied_no_record")
    answer = client.post(f"{CASE}/apply", json={**check, "account_ref": "4021 7753"})
    assert answer.status_code == 200
    assert answer.json["applied"] is True
    assert answer.json["record_change"] is None
    assert answer.json["history"][-1]["changes"] == [
        {"column": "address", "before": "1 Elm Road", "after": "5 Oak Street"},
        {"column": "postcode", "before": "PL4 7AA", "after": "PL2 1AB"},
    ]
    again = client.post(f"{CASE}/apply", json={**check, "account_ref": ACCOUNT})
    assert error_of(again)[:2] == (409, "not_applied_done")


def test_what_was_proved_is_applied_with_one_press(move: Any) -> None:
    with move.office.store.begin() as work:
        case = work.cases.get("48291573")
    at = move.clock.now()
    move.add_case(
        "48291580", verification=Verification.IDENTITY, account_ref=ACCOUNT,
        fields={"new_address": Answer(PLACE, Source.TYPED, at, True), **case.fields},
    )  # fmt: skip
    answer = move.client().post("/api/staff/cases/48291580/apply")
    assert (answer.status_code, answer.json["applied"]) == (200, True)


@pytest.mark.parametrize(
    ("body", "code"),
    [({"checked": "yes"}, "bad_value"), ({"note": ""}, "bad_value"), ({"x": 1}, "unknown_key"),
     ([], "malformed")],
)  # fmt: skip
def test_a_senseless_check_is_refused(move: Any, error_of: Any, body: Any, code: str) -> None:
    assert error_of(move.client().post(f"{CASE}/apply", json=body))[:2] == (400, code)


def test_a_case_that_changes_no_record_says_so(moved: Any, error_of: Any) -> None:
    client = moved.client()
    assert error_of(client.post(f"{POTHOLE}/apply"))[:2] == (409, "not_applied_nothing")
    assert error_of(client.post(f"{CHILD}/apply"))[:2] == (409, "not_applied_part")
    assert client.get(POTHOLE).json["record_change"] is None
    assert client.get(POTHOLE).json["status"] == CaseStatus.INVESTIGATING
