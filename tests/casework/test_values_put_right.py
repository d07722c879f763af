"""What a resident says puts right the value that they mean, and no other."""

from __future__ import annotations

import pytest

from tests.casework.changes import fill, said
from tests.office import Talk, make_office


def asked(service_id: str, field_id: str) -> Talk:
    """A conversation about a service, up to the question for one field."""
    talk = Talk(make_office())
    talk.says("I need that please", service_id)
    for _ in range(20):
        if talk.asks == field_id:
            return talk
        talk.says(said(service_id, str(talk.asks))[0])
    raise AssertionError(f"{field_id} is not asked: {talk.said}")


@pytest.mark.parametrize("label", [None, "correct_answer"])
def test_a_new_address_does_not_overwrite_the_old_one(label: str | None) -> None:
    talk = asked("house_move", "new_address")
    before = talk.values["old_address"]
    talk.says("14 Beech Street, PL1 1SB", label)
    assert talk.values["old_address"] == before
    assert talk.values["new_address"]["lines"] == ["14 Beech Street"]


@pytest.mark.parametrize("label", [None, "correct_answer"])
def test_an_amount_and_how_often_it_is_paid_are_put_right_in_one(label: str | None) -> None:
    talk = fill(
        Talk(make_office()),
        "income_change",
        change="my wages went down",
        amount="450 pounds",
        frequency="weekly",
    )
    talk.says("no it's £540 a month", label)
    assert (talk.values["amount"], talk.values["frequency"]) == ("540.00", "monthly")


@pytest.mark.parametrize("label", [None, "correct_answer"])
@pytest.mark.parametrize(
    ("words", "old", "new"),
    [
        ("sorry the reg is AB21 CDE", "WA12KLM", "AB21CDE"),
        ("sorry the new one is WL71 OPE", "WA12KLM", "WL71OPE"),
        ("no, the old one is AB21 CDE", "AB21CDE", "WA26KLM"),
        ("sorry, the one before was AB21 CDE", "AB21CDE", "WA26KLM"),
    ],
)
def test_a_registration_put_right_is_the_new_one_unless_the_old_is_named(
    words: str, old: str, new: str, label: str | None
) -> None:
    talk = fill(Talk(make_office()), "permit_vehicle_change")
    talk.says(words, label)
    assert (talk.values["old_registration"], talk.values["new_registration"]) == (old, new)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("30 November", "hasn't come yet"),
        ("30 November 2025", "too long ago"),
        ("1 June", "too long ago"),
    ],
)
def test_a_collection_day_still_to_come_is_not_called_long_ago(words: str, told: str) -> None:
    talk = asked("missed_bin", "collection_date")
    talk.says(words)
    assert told in talk.said
