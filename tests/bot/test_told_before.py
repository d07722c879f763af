"""What was told before is recognised: a fault to follow, a change that need not be sent twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from casework.adapters.surroundings import FixedClock
from casework.domain.cases import Case, CaseStatus
from casework.domain.conversations import Channel
from casework.domain.drafts import Answer, Source
from casework.domain.duplicates import POSSIBLE
from casework.domain.followers import Follower
from casework.use_cases.office import Office
from casework.use_cases.tell_followers import tell_followers
from tests.office import NOW, Talk, make_office

STREET = {"text": "outside 14 Elm Road", "street": "Elm Road", "lat": 50.37999, "lon": -4.12920}


@pytest.fixture
def office() -> Office:
    return make_office()


def reported(office: Office, ref: str = "10000012", **changes: Any) -> None:
    """A pothole that somebody else has told us about."""
    place = {"uprn": None, "postcode": None, "matched": True, **STREET, **changes.pop("place", {})}
    held = Answer(place, Source.TYPED, NOW)
    case = Case(ref, "pothole", "highways", "simple", NOW, "other", fields={"location": held})
    with office.store.begin() as work:
        work.cases.add(Case(**{**vars(case), **changes}))


def tells(office: Office, where: str = "50.38000, -4.12921", **about: Any) -> Talk:
    talk = Talk(office, **about)
    talk.says("report a pothole", "pothole")
    talk.says(where)
    return talk


def followers(office: Office) -> list[Follower]:
    with office.store.begin(reading=True) as work:
        return work.followers.of_case("10000012")


def test_a_fault_told_before_is_offered_to_follow(office: Office) -> None:
    reported(office)
    talk = tells(office)
    assert talk.asks == "offer"
    assert "already told us" in talk.said
    assert "Elm Road" in talk.said
    assert "14" not in talk.said


def test_how_many_have_told_us_is_said(office: Office) -> None:
    reported(office)
    with office.store.begin() as work:
        for number in range(11):
            work.followers.add(Follower("10000012", f"c{number}", NOW))
    assert "12 people have told us" in tells(office).said


def test_whoever_follows_makes_no_second_report(office: Office) -> None:
    reported(office)
    talk = tells(office)
    talk.says("yes", "affirm")
    assert talk.asks == "contact"
    talk.says("07700 900123")
    assert "1000 0012" in talk.said
    assert talk.cases == []
    assert talk.drafts[0].answers == {}
    (follower,) = followers(office)
    assert follower.contact == "+447700900123"
    assert "2 people" in tells(office).said


def test_a_contact_is_no_must(office: Office) -> None:
    reported(office)
    talk = tells(office)
    talk.says("yes please", "affirm")
    talk.says("no thanks", "deny")
    assert "1000 0012" in talk.said
    assert [one.contact for one in followers(office)] == [None]


def test_a_caller_follows_with_the_number_they_ring_from(office: Office) -> None:
    reported(office)
    talk = tells(office, channel=Channel.VOICE, caller="+447700900456")
    talk.says("yes", "affirm")
    talk.says("yes", "affirm")
    assert [one.contact for one in followers(office)] == ["+447700900456"]


def test_whoever_does_not_want_to_follow_makes_a_report(office: Office) -> None:
    reported(office)
    talk = tells(office)
    talk.says("no", "deny")
    assert talk.asks == "description"
    talk.answers("very deep and wide", "no")
    while talk.asks != "confirm":
        talk.says("skip")
    talk.says("yes", "affirm")
    (case,) = talk.cases
    assert POSSIBLE in case.flags
    assert [entry.note for entry in case.history if entry.what == POSSIBLE] == ["10000012"]
    assert followers(office) == []


def test_an_unclear_reply_loses_nothing(office: Office) -> None:
    reported(office)
    talk = tells(office)
    talk.says("hmm well")
    assert talk.asks == "offer"
    talk.says("dunno really")
    assert talk.asks == "description"


def test_stopping_at_that_question_stops(office: Office) -> None:
    reported(office)
    talk = tells(office)
    talk.says("stop", "stop")
    assert talk.cases == []
    assert talk.draft is not None
    assert talk.draft.state == "dropped"


@pytest.mark.parametrize(
    "changes",
    [
        {"status": CaseStatus.FIXED},
        {"status": CaseStatus.DUPLICATE},
        {"service": "pavement"},
        {"opened_at": NOW - timedelta(days=61)},
        {"place": {"lat": 50.3810, "lon": -4.12920}},
    ],
)
def test_another_fault_is_not_offered(office: Office, changes: dict[str, Any]) -> None:
    reported(office, **changes)
    assert tells(office).asks == "description"


def test_followers_hear_how_it_stands_in_the_councils_words(office: Office) -> None:
    reported(office)
    with office.store.begin() as work:
        work.followers.add(Follower("10000012", "c1", NOW, "+447700900001"))
        work.followers.add(Follower("10000012", "c2", NOW, "ann@example.com"))
        work.followers.add(Follower("10000012", "c3", NOW))
        work.followers.add(Follower("10000012", "c4", NOW, "+447700900001"))
        case = work.cases.get("10000012")
        told = tell_followers(office, work, replace(case, status=CaseStatus.FIXED))
        queued = work.outbox.recent()
    assert told == {"+447700900001", "ann@example.com"}
    assert len(queued) == 2
    assert all("now: fixed" in message.text for message in queued)


MOVE = ("within", "Priya Shah", "07700 900123", "14 Elm Road PL4 7AA", "5 Oak Street PL2 1AB",
        "12 December")  # fmt: skip


def moves(talk: Talk, *answers: str) -> None:
    talk.says("I'm moving house", "house_move")
    given = dict(zip(("direction", "name", "contact", "old_address", "new_address", "move_date"),
                     answers or MOVE, strict=True))  # fmt: skip
    others = {"tenure": "I own it", "services_to_tell": "none"}
    while talk.asks in given or talk.asks not in {"confirm", "offer", "topic"}:
        talk.says(given.get(talk.asks or "") or others.get(talk.asks or "", "no"))


def test_the_same_change_in_one_conversation_is_recognised(office: Office) -> None:
    talk = Talk(office)
    moves(talk)
    talk.says("yes", "affirm")
    (ref,) = talk.refs
    talk.says("no thanks", "deny")
    moves(talk)
    assert talk.asks == "offer"
    assert f"{ref[:4]} {ref[4:]}" in talk.said
    talk.says("no", "deny")
    assert "twice" in talk.said
    assert len({case.ref for case in talk.cases if case.parent_ref is None}) == 1


def test_something_to_change_goes_on_to_the_read_back(office: Office) -> None:
    talk = Talk(office)
    moves(talk)
    talk.says("yes", "affirm")
    talk.says("no thanks", "deny")
    moves(talk)
    talk.says("yes", "affirm")
    assert talk.asks == "confirm"


def test_the_same_change_from_somebody_unknown_is_only_flagged_for_staff(office: Office) -> None:
    first = Talk(office)
    moves(first)
    first.says("yes", "affirm")
    (ref,) = first.refs
    second = Talk(office)
    moves(second)
    assert second.asks == "confirm"
    assert ref[:4] not in second.said
    second.says("yes", "affirm")
    case = next(one for one in second.cases if one.parent_ref is None)
    assert POSSIBLE in case.flags
    assert [entry.note for entry in case.history if entry.what == POSSIBLE] == [ref]


@pytest.mark.parametrize("place", [1, 3, 5])
def test_another_persons_or_another_days_change_is_not_the_same(office: Office, place: int) -> None:
    other = {1: "Alan Turner", 3: "5 Elm Road PL4 7AA", 5: "13 December"}
    first = Talk(office)
    moves(first)
    first.says("yes", "affirm")
    second = Talk(office)
    moves(second, *[other[place] if n == place else said for n, said in enumerate(MOVE)])
    second.says("yes", "affirm")
    assert all(POSSIBLE not in case.flags for case in second.cases)


def test_after_thirty_days_the_same_change_is_a_new_one(office: Office) -> None:
    first = Talk(office)
    moves(first)
    first.says("yes", "affirm")
    assert isinstance(office.clock, FixedClock)
    office.clock.advance(timedelta(days=31))
    second = Talk(office)
    moves(second, *MOVE[:5], "12 December 2026")
    second.says("yes", "affirm")
    assert all(POSSIBLE not in case.flags for case in second.cases)
