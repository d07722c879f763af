"""Residents and failed attempts are kept alike by every store."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from casework.domain.errors import Invalid, NotFound
from casework.domain.identity import Identity, Stage
from casework.domain.residents import Resident
from casework.ports.residents import Attempt
from tests.casework.store.records import NOW, conversation, full_case

PRIYA = Resident(
    account_ref="40217753",
    name="Priya Shah",
    claim_ref="HB779221",
    date_of_birth="1991-10-14",
    phone="+447700900167",
    email="priya@example.com",
    address="14 Elm Road",
    postcode="PL4 7AA",
    bill_code="TQ4273",
    permit_ref="RP27459",
    registration="AF12HJS",
    services=("revenues", "waste"),
)


def test_a_resident_comes_back_as_it_was_and_is_found_by_either_reference(store: Any) -> None:
    with store.begin() as work:
        assert work.residents.save(PRIYA) is True
    with store.begin(reading=True) as work:
        assert work.residents.get("40217753") == PRIYA
        assert work.residents.find("40217753") == PRIYA
        assert work.residents.find("HB779221") == PRIYA
        assert work.residents.get("HB779221") is None
        assert work.residents.find("") is None
        assert work.residents.has_phone("+447700900167")
        assert not work.residents.has_phone("+447700900168")
        assert work.residents.count() == 1


def test_saving_says_whether_anything_was_different(store: Any) -> None:
    moved = replace(PRIYA, address="5 Oak Street", claim_ref=None, services=())
    with store.begin() as work:
        work.residents.save(PRIYA)
        assert work.residents.save(PRIYA) is False
        assert work.residents.save(moved) is True
        assert work.residents.get("40217753") == moved
        assert work.residents.count() == 1


def test_a_reading_unit_saves_no_resident(store: Any) -> None:
    with store.begin(reading=True) as work, pytest.raises(Invalid):
        work.residents.save(PRIYA)


def test_failures_are_counted_by_account_and_by_caller_since_a_moment(store: Any) -> None:
    with store.begin() as work:
        work.conversations.add(conversation("c1"))
        for minutes, account, caller in ((0, "a", "+441"), (10, "a", None), (20, "b", "+441")):
            at = NOW + timedelta(minutes=minutes)
            work.attempts.add(Attempt("c1", at, account, caller))
    with store.begin(reading=True) as work:
        assert work.attempts.failures("a", "+441", NOW) == (2, 2)
        assert work.attempts.failures("a", None, NOW) == (2, 0)
        assert work.attempts.failures("c", "+441", NOW + timedelta(minutes=5)) == (0, 1)
        assert work.attempts.failures("c", "+442", NOW) == (0, 0)


def test_an_attempt_belongs_to_a_conversation(store: Any) -> None:
    with pytest.raises(NotFound), store.begin() as work:
        work.attempts.add(Attempt("nowhere", NOW, "a"))


def test_identity_comes_back_with_its_conversation(store: Any) -> None:
    asked = Identity().with_answer("verify_name", "Priya Shah", "c1").not_showing("t1")
    held = Identity().holding(PRIYA, "website")
    with store.begin() as work:
        work.conversations.add(conversation("c1", identity=asked))
        work.conversations.add(conversation("c2", identity=held))
        work.conversations.add(conversation("c3"))
    with store.begin(reading=True) as work:
        assert work.conversations.get("c1").identity == asked
        assert work.conversations.get("c2").identity == held
        assert work.conversations.get("c2").identity.stage is Stage.VERIFIED
        assert work.conversations.get("c3").identity is None


def test_the_cases_of_an_account_are_found(store: Any) -> None:
    mine = replace(full_case(), parent_ref=None, account_ref="40217753", verified_how="questions")
    other = replace(full_case(), ref="10000029", parent_ref=None)
    with store.begin() as work:
        work.cases.add(mine)
        work.cases.add(other)
    with store.begin(reading=True) as work:
        assert work.cases.of_account("40217753") == [mine]
