"""One option of several, in the words residents use."""

from __future__ import annotations

from casework.adapters.reading.choices import read_choice
from casework.domain.fields import Field, Option
from casework.domain.wording import Spoken


def test_no_one_is_no_place_in_a_list() -> None:
    tenure = Field(
        "tenure",
        "choice",
        "Own or rent",
        Spoken("", "", ""),
        Spoken("", "", ""),
        options=(
            Option("owner", "I own it", ("own it",)),
            Option("tenant", "I rent it", ("rent",)),
        ),
    )
    assert read_choice(tenure, "no one") is None
