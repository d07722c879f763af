"""What residents said at our questions is heard as they meant it, and questions ask one thing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest

from casework.adapters.reading.references import is_case_ref
from casework.domain.fields import Field, Option
from casework.ports.reading import Context, Read, Refused
from tests.council.test_services import CHANNELS, SERVICES, sentences
from tests.office import NOW, the_council, the_reader


def field(service: str, name: str) -> Field:
    use = the_council().service(service).use(name)
    assert use is not None
    return use.field


def heard(asked: Field, said: str) -> Any:
    reading = the_reader().read(asked, said, Context(NOW))
    return reading.value if isinstance(reading, Read) else None


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("i'm going to live with my daughter in Torquay", "out"),
        ("we live in plymouth and are off to spain", "out"),
        ("moving in with my sister in Exeter", "out"),
        ("leave Plymouth", "out"),
        ("plymouth to bristol", "out"),
        ("moving from plymouth to london", "out"),
        ("away from plymouth", "out"),
        ("just down the road", "within"),
        ("it's only just down the road from here", "within"),
        ("only ten minutes away", "within"),
        ("not leaving plymouth", "within"),
        ("from plymouth to plymstock", "within"),
        ("plymouth to plymouth", "within"),
        ("from one side of plymouth to the other", "within"),
        ("in", "in"),
        ("moving in", "in"),
        ("from exeter to plymouth", "in"),
        ("we are coming to plymouth from leeds", "in"),
        ("out", "out"),
        ("within", "within"),
        ("1", "in"),
        ("the second one", "out"),
    ],
)
def test_the_kind_of_move_is_heard(said: str, meant: str) -> None:
    assert heard(field("house_move", "direction"), said) == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("green wheelie bin", "recycling"),
        ("the brown wheelie bin", "refuse"),
        ("brown garden bin", "garden"),
        ("the big green wheelie", "recycling"),
        ("general rubbish", "refuse"),
    ],
)
def test_a_bin_is_known_by_its_colour(said: str, meant: str) -> None:
    assert heard(field("missed_bin", "bin_type"), said) == meant


@pytest.mark.parametrize("said", ["wheelie bin", "the brown and the green one"])
def test_a_bin_that_could_be_either_is_asked_about(said: str) -> None:
    assert heard(field("missed_bin", "bin_type"), said) is None


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("it was out the night before", True),
        ("put it out last night", True),
        ("about half 6", True),
        ("half past six", True),
        ("at six", True),
        ("by 6.30", True),
        ("6.45", None),
        ("first thing", True),
        ("i put it out at 6am", True),
        ("put it out at 7 last night", True),
        ("before 6", True),
        ("put it out at 7", False),
        ("about half 7", False),
        ("8 o'clock", False),
        ("it was a bit late", False),
        ("i forgot", False),
        ("yes", True),
        ("yeah it was", True),
        ("no", False),
        ("no it wasn't", False),
        ("not the night before, no", False),
        ("before 7", None),
        ("i don't know", None),
        ("no idea", None),
    ],
)
def test_when_the_bin_was_put_out_answers_whether_it_was_in_time(
    said: str, meant: bool | None
) -> None:
    assert heard(field("missed_bin", "out_on_time"), said) is meant


def which_teams(ids: Iterable[str]) -> Field:
    """The question which teams to tell, with these as its options."""
    teams = the_council().teams
    options = tuple(Option(one, teams[one].label, teams[one].words) for one in ids)
    return replace(field("house_move", "services_to_tell"), options=options)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("just the council tax", ["revenues"]),
        ("please send it to parking", ["parking"]),
        ("i don't care", None),
        ("urgent", None),
        ("bins and voting", ["waste", "elections"]),
        ("council tax support", ["benefits"]),
        ("the electoral register", ["elections"]),
        ("blue badge", ["customer_services"]),
        ("just the library", ["libraries"]),
        ("my books", None),
    ],
)
def test_a_team_is_named_by_words_that_are_its_own(said: str, meant: list[str] | None) -> None:
    assert heard(which_teams(the_council().teams), said) == meant


@pytest.mark.parametrize("said", ["just the council tax", "tell the council", "just the council"])
def test_council_tax_alone_picks_none_of_the_other_teams(said: str) -> None:
    told = [one.team for one in the_council().service("house_move").tells]
    assert heard(which_teams(told), said) is None


def test_a_move_can_be_told_three_years_late() -> None:
    reader, asked = the_reader(), field("house_move", "move_date")
    assert reader.read(asked, "1 December 2023", Context(NOW)) == Read("2023-12-01")
    assert isinstance(reader.read(asked, "1 October 2023", Context(NOW)), Refused)


def test_an_example_of_a_reference_is_one_that_we_accept() -> None:
    asked = field("case_status", "case_ref")
    for text in (asked.again.web, asked.again.sms):
        assert is_case_ref("".join(c for c in text.replace("8 digits", "") if c.isdigit()))


OPTIONAL = [(s.id, u.field) for s in SERVICES for u in s.uses if u.optional]


@pytest.mark.parametrize(("service", "asked"), OPTIONAL, ids=[f"{s}-{f.id}" for s, f in OPTIONAL])
def test_a_question_that_may_be_skipped_can_be_heard_with_the_way_out(
    service: str, asked: Field
) -> None:
    for spoken in (asked.ask, asked.again):
        assert sentences(f"{spoken.voice} {asked.skip}") <= 2, (service, spoken.voice)
        assert len(f"{spoken.sms} {asked.skip}") <= 160, (service, spoken.sms)
        for channel in CHANNELS:
            said = getattr(spoken, channel)
            assert said[-1] in ".?!", said
            assert "skip" not in said, said
            assert said.count("?") <= 1, said


def test_a_bin_day_needs_more_than_a_postcode_and_says_so() -> None:
    asked = field("bin_day", "address")
    for channel in CHANNELS:
        said = getattr(asked.ask, channel).lower()
        assert "number" in said
        assert "postcode" in said
        assert "just the postcode" not in said


@pytest.mark.parametrize("service", SERVICES, ids=lambda service: str(service.id))
def test_the_words_for_a_service_fit_every_sentence_they_are_put_in(service: Any) -> None:
    """They follow "about", "with" and "back to": your own matter, or doing something."""
    assert "you are behind with" not in service.short
    assert "you disagree with" not in service.short
    if service.full and service.uses:
        first = service.short.split()[0]
        assert first == "your" or first.endswith("ing"), service.short
