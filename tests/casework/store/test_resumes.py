"""Codes to go on with, and followers of cases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from casework.domain.errors import Conflict, Invalid, NotFound
from casework.domain.followers import Follower
from casework.domain.resumes import Resume, code_hash
from tests.casework.store.records import NOW, case, conversation


def resume(hashed: str = "h1", **changes: Any) -> Resume:
    """A code of conversation c1, good for a week from NOW."""
    return replace(Resume(hashed, "c1", "d1", NOW, NOW + timedelta(days=7)), **changes)


@pytest.fixture
def begun(store: Any) -> Any:
    with store.begin() as work:
        work.conversations.add(conversation())
        work.cases.add(case())
    return store


def test_a_code_is_kept_and_changed(begun: Any) -> None:
    spent = resume(used_by="c2", failures=3)
    with begun.begin() as work:
        work.resumes.add(resume())
        work.resumes.save(spent)
    with begun.begin(reading=True) as work:
        assert work.resumes.get("h1") == spent
        assert work.resumes.of_draft("d1") == [spent]
        assert work.resumes.of_draft("d2") == []


def test_a_code_is_given_out_once_until_it_is_freed(begun: Any) -> None:
    with begun.begin() as work:
        work.resumes.add(resume())
        with pytest.raises(Conflict):
            work.resumes.add(resume(draft_id="d2"))
        work.resumes.remove("h1")
        work.resumes.remove("h1")
        work.resumes.add(resume(draft_id="d2"))
    with begun.begin(reading=True) as work:
        assert work.resumes.get("h1").draft_id == "d2"


def test_unknown_codes_and_conversations_are_not_found(begun: Any) -> None:
    with pytest.raises(NotFound), begun.begin() as work:
        work.resumes.get("h9")
    with pytest.raises(NotFound), begun.begin() as work:
        work.resumes.save(resume("h9"))
    with pytest.raises(NotFound), begun.begin() as work:
        work.resumes.add(resume(conversation_id="c9"))


def test_a_unit_that_reads_writes_no_code(begun: Any) -> None:
    with pytest.raises(Invalid), begun.begin(reading=True) as work:
        work.resumes.add(resume())


def test_wrong_codes_of_a_conversation_are_counted(begun: Any) -> None:
    with begun.begin() as work:
        work.conversations.save(conversation(wrong_codes=2))
    with begun.begin(reading=True) as work:
        assert work.conversations.get("c1").wrong_codes == 2


def test_followers_are_kept_once_for_each_conversation(begun: Any) -> None:
    first = Follower("10000012", "c1", NOW)
    with begun.begin() as work:
        work.followers.add(first)
        work.followers.add(Follower("10000012", "c2", NOW, "ann@example.com"))
        work.followers.add(replace(first, contact="+447700900123"))
    with begun.begin(reading=True) as work:
        found = work.followers.of_case("10000012")
        assert [one.contact for one in found] == ["+447700900123", "ann@example.com"]
        assert work.followers.of_case("20000003") == []


def test_nobody_follows_a_case_that_is_not_there(begun: Any) -> None:
    with pytest.raises(NotFound), begun.begin() as work:
        work.followers.add(Follower("20000003", "c1", NOW))


def test_the_key_changes_what_is_kept_of_a_code() -> None:
    kept = {code_hash(key, code) for key in (b"one", b"two") for code in ("000000", "000001")}
    assert len(kept) == 4


@pytest.mark.parametrize(
    ("changes", "over"),
    [({}, False), ({"used_by": "c2"}, True), ({"failures": 4}, False), ({"failures": 5}, True),
     ({"expires_at": NOW}, True)],
)  # fmt: skip
def test_when_a_code_is_over(changes: dict[str, Any], over: bool) -> None:
    assert resume(**changes).over(NOW) is over
