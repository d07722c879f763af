"""The contract of drafts, cases and staff."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta

import pytest

from casework.domain.cases import Case, CaseStatus
from casework.domain.drafts import DraftState
from casework.domain.errors import Conflict, Invalid, NotFound
from casework.domain.staff import Availability, Role, StaffMember
from casework.ports.store import Store
from tests.casework.store.records import (
    NOW,
    answers,
    case,
    conversation,
    draft,
    entry,
    full_case,
    full_draft,
)


def test_a_draft_comes_back_as_it_was_written(store: Store) -> None:
    with store.begin() as work:
        work.conversations.add(conversation())
        work.drafts.add(full_draft())
        work.drafts.add(draft("d2"))
    with store.begin() as work:
        assert work.drafts.get("d1") == full_draft()
        assert work.drafts.get("d2") == draft("d2")
        assert work.drafts.get("d1").answers["when"].at.tzinfo is UTC
        work.drafts.save(replace(full_draft(), state=DraftState.PARKED, answers={}))
    with store.begin() as work:
        assert work.drafts.get("d1") == replace(full_draft(), state=DraftState.PARKED, answers={})


def test_drafts_of_a_conversation_oldest_first(store: Store) -> None:
    with store.begin() as work:
        work.conversations.add(conversation())
        work.conversations.add(conversation("c2"))
        for name in ("d3", "d1", "d2"):
            work.drafts.add(draft(name))
        work.drafts.add(draft("d0", created_at=NOW - timedelta(seconds=1)))
        work.drafts.add(draft("other", conversation_id="c2"))
    with store.begin() as work:
        assert [one.id for one in work.drafts.of_conversation("c1")] == ["d0", "d3", "d1", "d2"]


def test_drafts_that_are_unknown_taken_or_homeless(store: Store) -> None:
    with pytest.raises(NotFound), store.begin() as work:
        work.drafts.get("d1")
    with pytest.raises(NotFound), store.begin() as work:
        work.drafts.save(draft())
    with pytest.raises(NotFound), store.begin() as work:
        work.drafts.add(draft())
    with store.begin() as work:
        work.conversations.add(conversation())
        work.drafts.add(draft())
        with pytest.raises(Conflict):
            work.drafts.add(draft())


@pytest.mark.parametrize("value", [object(), float("nan"), {"day": NOW}])
def test_a_value_that_is_not_json_is_refused_without_being_quoted(
    store: Store, value: object
) -> None:
    wrong = {"when": replace(answers()["when"], value={"secret": value})}
    with store.begin() as work:
        work.conversations.add(conversation())
    with pytest.raises(Invalid) as refused, store.begin() as work:
        work.drafts.add(draft(answers=wrong))
    assert "secret" not in str(refused.value)
    with store.begin() as work:
        assert work.drafts.of_conversation("c1") == []


def test_a_moment_without_a_zone_is_refused(store: Store) -> None:
    naive = NOW.replace(tzinfo=None)
    with pytest.raises(Invalid), store.begin() as work:
        work.conversations.add(conversation(started_at=naive))
    with pytest.raises(Invalid), store.begin() as work:
        work.cases.add(case(fields={"when": replace(answers()["when"], at=naive)}))


def test_a_case_comes_back_as_it_was_written(store: Store) -> None:
    with store.begin() as work:
        work.cases.add(full_case())
        work.cases.add(case("10000024", parent_ref="10000012", valid_notice=True))
    with store.begin() as work:
        found = work.cases.get("10000012")
        assert found == full_case()
        assert found.due_at is not None
        assert found.due_at.tzinfo is UTC
        assert work.cases.get("10000024").parent_ref == "10000012"
        assert work.cases.get("10000024").valid_notice is True


def test_saving_a_case_adds_to_its_history(store: Store) -> None:
    fixed = full_case().changed(entry("done", status=CaseStatus.FIXED, note="n", team="parks"))
    with store.begin() as work:
        work.cases.add(full_case())
    with store.begin() as work:
        work.cases.save(fixed)
        work.cases.save(fixed)
    with store.begin() as work:
        found = work.cases.get("10000012")
    assert found == fixed
    assert (found.status, found.team, len(found.history)) == (CaseStatus.FIXED, "parks", 5)


def test_a_case_saved_from_an_old_copy_is_a_conflict(store: Store) -> None:
    with store.begin() as work:
        work.cases.add(full_case())
    with store.begin() as work:
        work.cases.save(work.cases.get("10000012").changed(entry("mine", team="parks")))
    with store.begin() as work, pytest.raises(Conflict):
        work.cases.save(full_case().changed(entry("theirs", team="roads")))
    with store.begin() as work:
        assert work.cases.get("10000012").team == "parks"


def test_cases_that_are_unknown_or_taken(store: Store) -> None:
    with pytest.raises(NotFound), store.begin() as work:
        work.cases.get("10000012")
    with pytest.raises(NotFound), store.begin() as work:
        work.cases.save(case())
    with pytest.raises(NotFound), store.begin() as work:
        work.cases.add(case(parent_ref="99999999"))
    with store.begin() as work:
        work.cases.add(case(history=(entry("opened"),)))
        with pytest.raises(Conflict):
            work.cases.add(case(history=(entry("again"),)))
        work.cases.add(case("10000024"))
    with store.begin() as work:
        assert [one.what for one in work.cases.get("10000012").history] == ["opened"]
        assert work.cases.get("10000024")


def test_children_follow_their_parent(store: Store) -> None:
    with store.begin() as work:
        for ref, parent in (("30", None), ("10", "30"), ("20", "30"), ("05", None)):
            work.cases.add(case(ref, parent_ref=parent))
        work.cases.add(case("01", conversation_id="c2"))
    with store.begin() as work:
        assert [one.ref for one in work.cases.of_conversation("c1")] == ["30", "10", "20", "05"]
        assert [one.ref for one in work.cases.children("30")] == ["10", "20"]
        assert work.cases.children("10") == []


def test_cases_joined_with_another_are_found_oldest_first(store: Store) -> None:
    with store.begin() as work:
        work.cases.add(case("30"))
        work.cases.add(case("20", duplicate_of="30"))
        work.cases.add(case("10", duplicate_of="30", opened_at=NOW - timedelta(days=1)))
    with store.begin() as work:
        assert [one.ref for one in work.cases.duplicates("30")] == ["10", "20"]
        assert work.cases.duplicates("10") == []


def test_cases_are_searched_newest_first(store: Store) -> None:
    def refs(found: list[Case]) -> list[str]:
        return [one.ref for one in found]

    day = timedelta(days=1)
    with store.begin() as work:
        work.cases.add(case("1", history=(entry("opened"),)))
        work.cases.add(case("2", team="roads", service="pothole"))
        work.cases.add(case("3", status=CaseStatus.CLOSED, opened_at=NOW - day))
        work.cases.add(case("4", opened_at=NOW + day, assignee="Sam Pole"))
    with store.begin() as work:
        search = work.cases.search
        assert refs(search()) == ["4", "2", "1", "3"]
        assert refs(search(limit=1)) == ["4"]
        assert refs(search(status=CaseStatus.CLOSED)) == ["3"]
        assert refs(search(teams=["roads", "parks"])) == ["2"]
        assert refs(search(teams=[])) == []
        assert refs(search(service="missed_bin")) == ["4", "1", "3"]
        assert refs(search(after=NOW)) == ["4"]
        assert refs(search(assignee="Sam Pole")) == ["4"]
        assert refs(search(assignee="Kim")) == []
        assert search(teams=["waste"])[1].history == (entry("opened"),)


def member(**changes: object) -> StaffMember:
    plain = StaffMember("s1", "Sam Pole", Role.AGENT, "hash", ("waste", "roads"), "+441632960003")
    return replace(plain, **changes)  # type: ignore[arg-type]


def test_staff_are_found_by_name_and_token(store: Store) -> None:
    with store.begin() as work:
        work.staff.save(member())
    with store.begin() as work:
        assert work.staff.by_name("Sam Pole") == member()
        assert work.staff.by_token("hash") == member()
        assert work.staff.by_name("sam") is None
        assert work.staff.by_token("") is None
        work.staff.save(member(availability=Availability.AVAILABLE, teams=(), token_hash="new"))
    with store.begin() as work:
        assert work.staff.by_token("hash") is None
        found = work.staff.by_token("new")
        assert found is not None
        assert (found.availability, found.teams) == (Availability.AVAILABLE, ())


def test_a_token_and_a_name_belong_to_one_member(store: Store) -> None:
    with store.begin() as work:
        work.staff.save(member())
    with pytest.raises(Conflict), store.begin() as work:
        work.staff.save(member(id="s2", name="Kim"))
    with pytest.raises(Conflict), store.begin() as work:
        work.staff.save(member(id="s2", token_hash="other"))


def test_staff_are_found_by_id_and_listed_by_name(store: Store) -> None:
    with store.begin() as work:
        work.staff.save(member())
        for number, name in enumerate(("kim", "Ann", "Zoe"), 2):
            work.staff.save(member(id=f"s{number}", name=name, token_hash=name))
    with store.begin() as work:
        assert work.staff.get("s1") == member()
        assert [one.name for one in work.staff.all()] == ["Ann", "kim", "Sam Pole", "Zoe"]
        with pytest.raises(NotFound):
            work.staff.get("Sam Pole")
