"""One option of several, in the words residents use."""

from __future__ import annotations

import pytest

from casework.adapters.reading.choices import read_choice
from casework.domain.fields import Field, Option
from casework.domain.wording import Spoken
from casework.ports.reading import Context, Read
from tests.office import NOW, the_council, the_reader


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


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("they never emptied my brown bin", "refuse"),
        ("you haven't collected the brown one", "refuse"),
        ("the men never took the green bin", "recycling"),
        ("not the brown one", None),
        ("it's not the green bin it's the brown bin", "refuse"),
    ],
)
def test_what_was_not_done_denies_nothing_of_what_it_was_done_to(
    said: str, meant: str | None
) -> None:
    reading = the_reader().read(the_council().fields["bin_type"], said, Context(NOW))
    assert (reading.value if isinstance(reading, Read) else None) == meant
