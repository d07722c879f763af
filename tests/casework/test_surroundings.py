"""Clocks, ids and holidays."""

from __future__ import annotations

import socket
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from stdnum import damm

from casework.adapters.surroundings import (
    FixedClock,
    GovUkHolidays,
    RandomIdentifiers,
    SequentialIdentifiers,
    SystemClock,
)
from casework.ports.surroundings import Clock, Holidays, Identifiers


@pytest.fixture(params=[RandomIdentifiers, SequentialIdentifiers])
def ids(request: pytest.FixtureRequest) -> Identifiers:
    made: Identifiers = request.param()
    return made


def test_the_clock_is_aware_and_in_utc() -> None:
    clock: Clock = SystemClock()
    assert clock.now().tzinfo is UTC
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


def test_a_fixed_clock_moves_when_told() -> None:
    clock = FixedClock(datetime(2026, 6, 1, 9, tzinfo=timezone(timedelta(hours=1))))
    assert clock.now() == datetime(2026, 6, 1, 8, tzinfo=UTC)
    assert clock.now().tzinfo is UTC
    clock.advance(timedelta(minutes=90))
    assert clock.now() == datetime(2026, 6, 1, 9, 30, tzinfo=UTC)


def test_ids_tokens_and_references_are_made_once(ids: Identifiers) -> None:
    for make in (ids.new_id, ids.new_token, ids.new_reference):
        made = [make() for _ in range(200)]
        assert len(set(made)) >= 199


def test_references_are_eight_digits_with_a_check_digit(ids: Identifiers) -> None:
    for _ in range(200):
        reference = ids.new_reference()
        assert len(reference) == 8
        assert reference[0] != "0"
        assert damm.is_valid(reference)
        assert ids.is_reference(reference)


def test_one_wrong_digit_or_two_swapped_are_noticed(ids: Identifiers) -> None:
    good = ids.new_reference()
    for place, digit in enumerate(good):
        wrong = good[:place] + str((int(digit) + 1) % 10) + good[place + 1 :]
        assert not ids.is_reference(wrong)
        swapped = good[:place] + good[place : place + 2][::-1] + good[place + 2 :]
        assert swapped == good or not ids.is_reference(swapped)


@pytest.mark.parametrize(
    "text", ["", "0", "1234567", "abcdefgh", "١٢٣٤٥٦٧٨", "²²²²²²²²", " 1000001"]
)
def test_other_texts_are_no_references(ids: Identifiers, text: str) -> None:
    assert not ids.is_reference(text)


def test_secrets_are_long() -> None:
    ids = RandomIdentifiers()
    assert len(ids.new_id()) == 32
    assert len(ids.new_token()) >= 43


def test_sequential_ids_can_be_foretold() -> None:
    ids = SequentialIdentifiers()
    assert [ids.new_id(), ids.new_id(), ids.new_token()] == ["id-1", "id-2", "token-1"]
    assert ids.new_reference().startswith("1000001")


def test_holidays_differ_by_division_and_need_no_network(monkeypatch: Any) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was used")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    england: Holidays = GovUkHolidays()
    assert england.is_holiday(date(2026, 12, 25))
    assert england.is_holiday(date(2026, 4, 6))
    assert not england.is_holiday(date(2026, 12, 24))
    assert not GovUkHolidays("scotland").is_holiday(date(2026, 4, 6))
    assert GovUkHolidays("northern-ireland").is_holiday(date(2026, 3, 17))
    with pytest.raises(ValueError, match="no such division"):
        GovUkHolidays("mercia")


def test_the_shipped_holidays_reach_far_enough_ahead() -> None:
    """Update govuk-bank-holidays when this fails: due dates would count holidays as working."""
    assert GovUkHolidays().known_until > datetime.now(UTC).date() + timedelta(days=180)
