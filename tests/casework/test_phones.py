"""Which numbers take texts."""

from __future__ import annotations

import pytest

from casework.domain.phones import is_mobile


@pytest.mark.parametrize(
    "number",
    ["+447700900123", "+447111111111", "+447539000000", "+447911123456", "+447624123456"],
)
def test_british_mobiles(number: str) -> None:
    assert is_mobile(number)


@pytest.mark.parametrize(
    "number",
    [
        "+441752668000", "+442079460123", "+448081570123", "+447012345678", "+447612345678",
        "+4477009001234", "+44770090012", "07700900123", "+33612345678", "", "ann@example.com",
        "+447700900123\n", "+44770090012٣",
    ],
)  # fmt: skip
def test_other_numbers_and_what_is_none(number: str) -> None:
    assert not is_mobile(number)
