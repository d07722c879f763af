"""Time, chance and holidays as they really are, and as tests want them."""

from __future__ import annotations

import secrets
from datetime import UTC, date, datetime, timedelta

from govuk_bank_holidays.bank_holidays import BankHolidays
from stdnum import damm


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Aware, in UTC."""
        return datetime.now(UTC)


class FixedClock:
    """A clock that moves only when told to."""

    def __init__(self, now: datetime) -> None:
        self._now = now.astimezone(UTC)

    def now(self) -> datetime:
        """The moment it was set to, in UTC."""
        return self._now

    def advance(self, by: timedelta) -> None:
        """Moves the clock on."""
        self._now += by


def _with_check_digit(digits: str) -> str:
    return digits + str(damm.calc_check_digit(digits))


def _is_reference(text: str) -> bool:
    return len(text) == 8 and text.isascii() and text.isdigit() and bool(damm.is_valid(text))


class RandomIdentifiers:
    """Ids from the system's source of randomness."""

    def new_id(self) -> str:
        """32 hexadecimal digits, 128 random bits."""
        return secrets.token_hex(16)

    def new_token(self) -> str:
        """43 characters safe in an address, 256 random bits."""
        return secrets.token_urlsafe(32)

    def new_code(self) -> str:
        """Six digits, 000000 to 999999."""
        return f"{secrets.randbelow(1_000_000):06}"

    def new_reference(self) -> str:
        """Eight digits, the last a Damm check digit.

        The first is never 0, which spreadsheets drop.
        """
        return _with_check_digit(str(1_000_000 + secrets.randbelow(9_000_000)))

    def is_reference(self, text: str) -> bool:
        """Whether the text is eight digits with a correct check digit."""
        return _is_reference(text)


class SequentialIdentifiers:
    """Ids that tests can foretell: `id-1`, `token-1`, 10000012, each counting for itself."""

    def __init__(self) -> None:
        self._ids = self._tokens = self._references = self._codes = 0

    def new_id(self) -> str:
        """`id-1`, `id-2`, ..."""
        self._ids += 1
        return f"id-{self._ids}"

    def new_token(self) -> str:
        """`token-1`, `token-2`, ..."""
        self._tokens += 1
        return f"token-{self._tokens}"

    def new_code(self) -> str:
        """400001, 400002, ..."""
        self._codes += 1
        return str(400_000 + self._codes)

    def new_reference(self) -> str:
        """1000001, 1000002, ... each with its check digit."""
        self._references += 1
        return _with_check_digit(str(1_000_000 + self._references))

    def is_reference(self, text: str) -> bool:
        """Whether the text is eight digits with a correct check digit."""
        return _is_reference(text)


class GovUkHolidays:
    """Bank holidays as published on GOV.UK, from the copy shipped with `govuk-bank-holidays`.

    `division` is `england-and-wales`, `scotland` or `northern-ireland`. `known_until` is the last
    holiday the copy knows: later ones count as working days until the package is updated.
    Nothing is fetched.
    """

    def __init__(self, division: str = "england-and-wales") -> None:
        published = BankHolidays(use_cached_holidays=True)
        if division not in published.data:
            raise ValueError(f"no such division: {division}")
        self._days: frozenset[date] = frozenset(
            holiday["date"] for holiday in published.get_holidays(division=division)
        )
        self.known_until: date = max(self._days)

    def is_holiday(self, day: date) -> bool:
        """Whether the day is a bank holiday there."""
        return day in self._days
