"""Which way a move goes, told in one sentence."""

from __future__ import annotations

import pytest

from tests.casework.reading.conftest import rows

TOLD = """
moving in with my sister in Exeter | out
I'm moving in with my sister in Truro | out
we're moving to Torquay next month | out
I am going to live with my mum in Bristol | out
moving to Leeds for work | out
I've moved from Exeter | in
coming from Truro | in
I live in Exeter and I'm moving to Plymouth | in
I lived in Bristol, moving to Plymouth | in
moving from Cardiff into a flat in Stonehouse | in
moving out | out
moving in | in
moving in with my boyfriend | None
we are moving in together | None
from Exeter to Bristol | None
just moving house | None
"""


@pytest.mark.parametrize(("text", "value"), rows(TOLD))
def test_hears_which_way_a_move_goes(hears, text, value):
    assert str(hears("direction", text)) == value


def test_a_move_to_another_town_is_volunteered(finds):
    said = "I'm moving in with my sister in Truro on 5 December"
    assert finds("direction move_date", said) == {"direction": "out", "move_date": "2026-12-05"}
