"""Who answers what cannot wait is told whenever nobody can deal with it now, and only then."""

from __future__ import annotations

from datetime import datetime

import pytest

from casework.domain.conversations import Channel
from tests.office import LONDON, NOW, Talk, make_office, on_duty

NIGHT = datetime(2026, 11, 24, 23, 30, tzinfo=LONDON)


def digits(talk: Talk) -> str:
    return "".join(sign for sign in talk.said if sign.isdigit())


def reported(service: str, danger: str, now: datetime, channel: Channel = Channel.WEB) -> Talk:
    """A report to its end; `danger` answers whatever asks whether it is dangerous."""
    talk = Talk(make_office(now), channel)
    talk.says("I want to report something", service)
    told = {"location": "Elm Road in Mutley near the post office", "description": "it is quite big",
            "danger": danger, "hazardous": danger, "contact": "skip", "confirm": "yes"}  # fmt: skip
    while talk.asks in told:
        talk.says(told[str(talk.asks)])
    assert len(talk.cases) == 1
    return talk


@pytest.mark.parametrize("channel", list(Channel))
@pytest.mark.parametrize(
    ("service", "danger", "line"),
    [
        ("road_flooding", "no", "01632960901"),
        ("fallen_tree", "no", "01632960902"),
        ("traffic_light", "no", "01632960901"),
        ("pothole", "yes", "01632960901"),
        ("fly_tipping", "yes", "01632960902"),
    ],
)
def test_out_of_hours_what_cannot_wait_has_a_number(
    service: str, danger: str, line: str, channel: Channel
) -> None:
    talk = reported(service, danger, NIGHT, channel)
    told = "If it is dangerous now" if danger == "yes" else "If it cannot wait until we are open"
    assert f"{told}, ring" in talk.said
    assert line in digits(talk)
    if channel is Channel.VOICE:
        assert " ".join(line[:5]) in talk.said


@pytest.mark.parametrize(
    ("service", "danger", "now"),
    [("road_flooding", "yes", NOW), ("pothole", "no", NIGHT), ("fly_tipping", "no", NIGHT)],
)
def test_what_can_wait_or_is_seen_to_now_has_none(service: str, danger: str, now: datetime) -> None:
    assert "dangerous now" not in reported(service, danger, now).said


def test_an_urgent_burial_is_mentioned_out_of_hours_only() -> None:
    for now, told in ((NIGHT, True), (NOW, False)):
        office = make_office(now)
        on_duty(office)
        talk = Talk(office)
        talk.says("I need to register a death", "register_death")
        assert "sorry for your loss" in talk.said
        assert ("urgent burial" in talk.said) is told


def test_a_team_without_a_line_of_its_own_has_the_councils() -> None:
    council = make_office().council
    assert council.line_of(council.service("emergency")) == council.line
    assert council.line_of(council.service("adult_care")) == council.teams["adult_care"].line


def test_the_numbers_shipped_belong_to_nobody() -> None:
    council = make_office().council
    lines = [team.line for team in council.teams.values() if team.line] + [council.line]
    assert all(line.phone.startswith("01632 960") for line in lines)
