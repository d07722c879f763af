"""Yes and no, where a no is about one's own words."""

from __future__ import annotations

import pytest

from casework.adapters.reading.polarity import polarity


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("no wait it was yesterday", None), ("no sorry it's number 7", None),
        ("no hang on it was the Tuesday", None), ("no sorry it's not", False),
        ("no sorry there isn't any", False), ("no, sorry I don't think so", False),
        ("No, sorry, that's all", False), ("no actually it's on the verge", False),
        ("No, sorry, that's fine", False), ("no actually it's ok leave it", False),
        ("no sorry love", False), ("no sorry", False),
    ],
)  # fmt: skip
def test_a_no_to_ones_own_words_answers_nothing(said: str, meant: bool | None) -> None:
    assert polarity(said) is meant
