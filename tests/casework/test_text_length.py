"""Texts in characters that phones need little room for, cut where they may be cut."""

from __future__ import annotations

import random

import pytest

from casework.domain.text_length import in_gsm7, pieces

LONG_ADDRESS = "https://www.plymouth.example/" + "a-long-way/" * 40
WORDS = [
    "bin", "Your", "council\n", "tax.", "Really?", "\n\n", "48291573", "x" * 50, "£5", "ŵy", "1.5",
    "https://plymouth.example/bins?day=2", "(www.plymouth.example/a,b.)", "\t",
]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("It’s “yours”", 'It\'s "yours"'),
        ("Monday – Friday — all day", "Monday - Friday - all day"),
        ("Wait…", "Wait..."),
        ("PL1\u00a02AA", "PL1 2AA"),
        ("soft\u00adware\ufeff", "software"),
        ("Café at £5, Dŵr Cymru\n", "Café at £5, Dŵr Cymru\n"),
        ("", ""),
    ],
)
def test_only_typography_is_written_plainly(written: str, sent: str) -> None:
    assert in_gsm7(written) == sent
    assert in_gsm7(sent) == sent


@pytest.mark.parametrize(
    ("text", "limit", "cut"),
    [
        ("", 10, []),
        (" \n ", 10, []),
        ("short", 10, ["short"]),
        ("exactly ten", 11, ["exactly ten"]),
        ("One. Two.\n\nThree. Four.", 20, ["One. Two.", "Three. Four."]),
        ("One. Two.\nThree. Four.", 20, ["One. Two.", "Three. Four."]),
        ("One is here. Two is there.", 20, ["One is here.", "Two is there."]),
        ("Is it 1.5 metres? It is.", 20, ["Is it 1.5 metres?", "It is."]),
        ("no sentence ends in here", 12, ["no sentence", "ends in here"]),
        ("abcdefghij klm", 10, ["abcdefghij", "klm"]),
        ("a" * 25, 10, ["a" * 10, "a" * 10, "a" * 5]),
        ("go to https://x.example/bins now", 12, ["go to", "https://x.example/bins", "now"]),
        ("(https://x.example/bins) now", 12, ["(", "https://x.example/bins)", "now"]),
        ("WWW.X.EXAMPLE/BINS", 5, ["WWW.X.EXAMPLE/BINS"]),
    ],
)
def test_text_is_cut_at_the_greatest_boundary_there_is(
    text: str, limit: int, cut: list[str]
) -> None:
    assert pieces(text, limit) == cut


def test_a_long_address_stands_alone() -> None:
    assert pieces(f"Look here: {LONG_ADDRESS} and write.") == [
        "Look here:", LONG_ADDRESS, "and write.",
    ]  # fmt: skip


def test_a_piece_has_room_for_something() -> None:
    with pytest.raises(ValueError, match="at least one"):
        pieces("words", 0)


@pytest.mark.parametrize("seed", range(200))
def test_whatever_is_cut_loses_nothing_but_white_space(seed: int) -> None:
    chance = random.Random(seed)
    text = " ".join(chance.choices(WORDS, k=chance.randrange(80)))
    limit = chance.randrange(1, 120)
    cut = pieces(text, limit)
    assert "".join("".join(cut).split()) == "".join(text.split())
    for piece in cut:
        assert piece == piece.strip() != ""
        assert len(piece) <= limit or (len(piece.split()) == 1 and "plymouth.example" in piece)
    addresses = [w for word in text.split() if "plymouth" in (w := word.strip("("))]
    assert all(any(address in piece for piece in cut) for address in addresses)
