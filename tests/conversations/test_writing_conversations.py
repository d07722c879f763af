"""What may stand in a file of a conversation, and how a value is compared; without the product."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.conversations.conversation import Miswritten, load
from tests.conversations.expectations import is_value, missing_words

WHOLE = """
title: A bin
channel: web
steps:
  - resident: no
    asks: [address, "null"]
no_case: true
"""


def test_a_file_is_read_as_it_is_written(tmp_path: Path) -> None:
    file = tmp_path / "a.yml"
    file.write_text(WHOLE)
    script = load(file)
    assert script.steps[0].what == "no"
    assert script.steps[0].asks == ("address", "null")
    assert script.no_case


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ("channel: web", "channel: fax"),
        ("asks:", "ask:"),
        ("no_case: true", ""),
        ("resident: no", "shouts: no"),
        ("resident: no", "resident: no\n    press: no"),
        ("resident: no", "resident: no\n    sure: quite"),
        ("resident: no", 'key: "1"\n    sure: "0.6"'),
    ],
)
def test_a_slip_of_the_pen_is_told(tmp_path: Path, was: str, becomes: str) -> None:
    file = tmp_path / "a.yml"
    file.write_text(WHOLE.replace(was, becomes))
    with pytest.raises(Miswritten, match=r"a\.yml"):
        load(file)


@pytest.mark.parametrize(
    ("value", "wanted", "same"),
    [
        (True, "true", True),
        (None, "null", True),
        ("true", "true", False),
        ("2026-12-12", "2026-12-12", True),
        ("By the gate, please", "~the gate", True),
        ({"lines": ["14 Elm Road"], "postcode": "PL4 7AA"}, "14 Elm Road, PL4 7AA", True),
        ({"lines": ["14 Elm Road"], "postcode": "PL4 7AA"}, "14 Elm Road, PL7 9AF", False),
        ({"street": "Elm Road", "text": "outside 14 Elm Road"}, "Elm Road", True),
        (["waste", "parking"], ["parking", "waste"], True),
        (["waste"], ["parking", "waste"], False),
    ],
)
def test_a_value_is_compared_as_somebody_would_write_it(
    value: Any, wanted: Any, same: bool
) -> None:
    assert is_value(value, wanted) is same


def test_one_of_several_wordings_is_enough() -> None:
    assert not list(missing_words("That’s  £30.", ("£30 | free", "that's"), ("£40",)))
    assert len(list(missing_words("That is £40.", ("£30 | free",), ("£40",)))) == 2
