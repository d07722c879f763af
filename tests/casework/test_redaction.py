"""Payment card numbers are masked, and nothing else is."""

from __future__ import annotations

import pytest

from casework.domain.redaction import MASK, passes_luhn, redact_cards


@pytest.mark.parametrize(
    "number",
    [
        "4242424242424242", "5555555555554444", "378282246310005", "6011111111111117",
        "4000056655665556", "4222222222222", "6304000000000000000",
    ],
)  # fmt: skip
def test_card_numbers_are_masked_however_they_are_written(number: str) -> None:
    groups = " ".join(number[at : at + 4] for at in range(0, len(number), 4))
    for written in (number, groups, groups.replace(" ", "-")):
        for before, after in (("", ""), ("my card is ", " and it expires 04/29"), ("(", ")"),
                              ("card:", "."), ("", ", thanks")):  # fmt: skip
            redacted = redact_cards(f"{before}{written}{after}")
            assert MASK in redacted, written
            assert number not in redacted.replace(" ", "").replace("-", "")


def test_amex_grouping_and_two_cards_in_one_message_are_masked() -> None:
    assert redact_cards("3782 822463 10005") == MASK
    assert redact_cards("4242424242424242 or 5555 5555 5555 4444?") == f"{MASK} or {MASK}?"


@pytest.mark.parametrize(
    "text",
    [
        "07700 900123", "+44 7700 900123", "01632 960123 or 07700 900456",
        "my account is 4021 7753", "40217753", "HB 204 118", "reference 1000 0012",
        "on 12 12 2026", "12/12/2026", "2026-11-24", "born 27 03 1958",
        "14 Elm Road PL4 7AA", "UPRN 10099000063", "50.37999, -4.12920",
        "£1,234.56", "1234 5678 9012 3456",  # fails the card check
        "call 0800 111 999 or 0300 456 0519", "no digits at all", "",
    ],
)  # fmt: skip
def test_what_is_no_card_number_stays(text: str) -> None:
    assert redact_cards(text) == text


def test_an_account_number_and_a_phone_number_side_by_side_stay() -> None:
    text = "account 40217753 phone 07700900123"
    assert redact_cards(text) == text


def test_redacting_twice_changes_nothing_more() -> None:
    once = redact_cards("4242 4242 4242 4242")
    assert redact_cards(once) == once


@pytest.mark.parametrize(
    ("digits", "expected"),
    [("4242424242424242", True), ("4242424242424241", False), ("79927398713", True),
     ("79927398710", False), ("0", True)],
)  # fmt: skip
def test_the_check_of_card_numbers(digits: str, expected: bool) -> None:
    assert passes_luhn(digits) is expected


@pytest.mark.parametrize(
    "text",
    [
        "4242 4242 4242 4242 04 29 123", "4242424242424242 0429", "40217753 4242424242424242",
        "4242 - 4242 - 4242 - 4242", "4242–4242–4242–4242", "4242\n4242\n4242\n4242",
        "4242\u00a04242\u00a04242\u00a04242", " ".join(["\uff14\uff12\uff14\uff12"] * 4),
        "card no.4242424242424242",
    ],
)  # fmt: skip
def test_a_card_number_is_found_among_other_digits_and_odd_spaces(text: str) -> None:
    redacted = redact_cards(text)
    assert MASK in redacted
    assert "4242" not in redacted
    assert "\uff14" not in redacted


def test_what_stands_beside_a_card_number_stays() -> None:
    assert redact_cards("ref 4021 7753, 4242 4242 4242 4242") == f"ref 4021 7753, {MASK}"
    assert redact_cards("4242424242424242 04/29") == f"{MASK} 04/29"
