"""Payment card numbers are masked, and nothing else is."""

from __future__ import annotations

import pytest

from casework.domain.redaction import MASK, passes_luhn, redact_cards, redact_in_talk


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
        "20240814 27 03 1958", "40217753, 07700 900456, 12/12/2026", "0.4242424242424242",
        "50.4242424242424242, -4.1292", "40217753, 40217753", "4242 4242, 4242 4242",
        "account 40217753 07700 900123", "£4,242,424,242,424,242", "UPRN 200001234567, 50.3",
        "oh seven seven double oh nine hundred one two three",
        "my account is four oh two one double seven five three", "one two three four",
        "I have one or two of the six bins and three or four bags for you",
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


SEPARATORS = [
    ".", ",", "/", "_", "-", "·", " ", "    ", "  -  ", ", ", " . ", "\u200b", "\u2060", "\ufeff",
    "\u00ad", "\u200d ", "\ufe0f\u20e3", " \u2013 ", "\u2212", "\n\n", "\t", "|", ":", "\u2009",
]  # fmt: skip


@pytest.mark.parametrize("between", SEPARATORS)
@pytest.mark.parametrize("number", ["4111111111111111", "378282246310005", "5555555555554444"])
@pytest.mark.parametrize("size", [1, 4])
def test_no_separator_hides_a_card_number(number: str, between: str, size: int) -> None:
    written = between.join(number[at : at + size] for at in range(0, len(number), size))
    assert redact_cards(f"it is {written} thanks") == f"it is {MASK} thanks"


@pytest.mark.parametrize(
    "text",
    [
        "4111.1111 1111.1111", "4111.1111.1111 1111", "3782.822463.10005", "3782/822463/10005",
        "41 11 1111 1111 1111", "41\u200b11 111\u200b1 1111 1111", "4111.1111.1111.1111 04/29",
        "4111.1111.1111.1111.", "my card,4111,1111,1111,1111,please", "411111 1111 111111",
        "four one one one one one one one one one one one one one one one",
        "Four, one, one, one. One one one one, one one one one, one one one one",
        "four triple one, double one double one, one one one one and one one one one",
        "it's four-one-one-one one-one-one-one one-one-one-one one-one-one-one ok",
        "three seven eight two eight two two four six three one oh oh oh five",
        "for one one one 1 1 1 1 one one one one 1111",
        "five five double five five five five five five five five five four four double four exp",
    ],
)  # fmt: skip
def test_a_card_number_is_found_however_it_is_typed_or_said(text: str) -> None:
    redacted = redact_cards(text)
    assert MASK in redacted
    assert "1111" not in redacted
    assert "one one" not in redacted


def test_a_card_after_a_long_row_of_digits_is_still_found() -> None:
    for row in ("4 " * 20_000, "four " * 10_000, "4" * 50_000, "4, " * 20_000, "._ " * 20_000):
        redacted = redact_cards(f"{row} and my card is 4111 1111 1111 1111")
        assert "1111" not in redacted
        assert MASK in redacted


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("my sort code is 20-00-00 and my account number is 12345678",
         f"my sort code is {MASK} and my account number is {MASK}"),
        ("sort code 200000 account 1234 5678", f"sort code {MASK} account {MASK}"),
        ("sort code 20 00 00 12345678", f"sort code {MASK} {MASK}"),
        ("20-00-00 is my sort code", f"{MASK} is my sort code"),
        ("my bank account number is 12345678", f"my bank account number is {MASK}"),
        ("sort code two zero zero zero zero zero", f"sort code {MASK}"),
        ("pay by direct debit from account 12345678", f"pay by direct debit from account {MASK}"),
    ],
)  # fmt: skip
def test_bank_details_that_nobody_asked_for_are_masked(text: str, kept: str) -> None:
    assert redact_cards(text) == kept
    assert redact_cards(kept) == kept


@pytest.mark.parametrize(
    "text",
    [
        "my council tax account number is 40217753 and I pay by direct debit",
        "account number 40217753", "the bank is at 14 Elm Road, I moved on 24 12 26",
        "the direct debit was wrong, case reference 1000 0012",
        "I have a sort code question, ring 07700 900123", "bank holiday on 25 12 2026",
        "sort code 07700 900123",
    ],
)  # fmt: skip
def test_numbers_beside_a_bank_that_are_not_its_details_stay(text: str) -> None:
    assert redact_cards(text) == text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("my card number is 4242 4242", f"my card number is {MASK}"),
        ("the long number is four two four two", f"the long number is {MASK}"),
        ("debit card 4242", f"debit card {MASK}"),
        ("my library card number is 2 0041 7788", "my library card number is 2 0041 7788"),
        ("I left a card at number 4242", "I left a card at number 4242"),
    ],
)
def test_a_part_of_a_card_number_that_is_told_as_one_is_masked(text: str, kept: str) -> None:
    assert redact_cards(text) == kept
    assert redact_cards(kept) == kept


@pytest.mark.parametrize(
    ("before", "text", "kept"),
    [
        (f"my sort code is {MASK}", "and the account number is 12345678",
         f"and the account number is {MASK}"),
        ("4242 4242", "4242 4242", MASK),
        ("4242 4242", "four two four two four two four two", MASK),
        ("4242 4242", "14 Elm Road", "14 Elm Road"),
        ("hello", "07700 900123", "07700 900123"),
        ("I pay by direct debit", "my council tax account is 40217753",
         "my council tax account is 40217753"),
    ],
)  # fmt: skip
def test_a_number_that_began_in_the_message_before_is_masked(
    before: str, text: str, kept: str
) -> None:
    assert redact_in_talk(text, before) == kept


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("20-45-67 12345678", f"{MASK} {MASK}"), ("12345678", MASK),
        ("two zero four five six seven", MASK), ("24 11 2026", "24 11 2026"),
        ("07700 900123", "07700 900123"), ("tomorrow morning", "tomorrow morning"),
        ("council tax 40217753", "council tax 40217753"),
    ],
)  # fmt: skip
def test_in_talk_of_a_bank_a_number_needs_no_word_to_be_masked(text: str, kept: str) -> None:
    assert redact_in_talk(text, of_bank=True) == kept
