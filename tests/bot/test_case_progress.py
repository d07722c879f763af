"""Asking after a case: a wrong digit is caught, and what a duplicate was joined with counts."""

from __future__ import annotations

import pytest

from casework.domain.conversations import Channel
from casework.domain.staff import Role
from casework.use_cases.update_case import CaseChange, update_case
from tests.office import Talk, make_office, on_duty

CHANNELS = [Channel.WEB, Channel.SMS, Channel.VOICE]
NOT_RIGHT = "That number is not quite right"


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("wrong", ["1000 0013", "10000021", "one 0 0 0, 0 0 1 three"])
def test_one_wrong_digit_is_caught_and_said(channel: Channel, wrong: str) -> None:
    talk = Talk(make_office(), channel)
    talk.says("how is my report going", "case_status")
    talk.says(wrong)
    assert NOT_RIGHT in talk.said
    assert talk.asks == "case_ref"


@pytest.mark.parametrize("channel", CHANNELS)
def test_one_wrong_digit_in_the_opening_words_is_caught_too(channel: Channel) -> None:
    talk = Talk(make_office(), channel)
    talk.says("what is happening with my case 1000 0013", "case_status")
    assert NOT_RIGHT in talk.said
    assert talk.asks == "case_ref"


def reported(talk: Talk, place: str) -> str:
    talk.says("there is a pothole", "pothole")
    talk.answers(place, "a deep hole in the road", "[no]", "[skip]")
    talk.presses("yes")
    return talk.refs[0]


@pytest.mark.parametrize("channel", CHANNELS)
def test_what_a_duplicate_was_joined_with_counts(channel: Channel) -> None:
    office = make_office()
    robin = on_duty(office, "Robin", Role.SUPERVISOR)
    first, second = (Talk(office) for _ in range(2))
    goes_on = reported(first, "outside 14 Elm Road PL4 7AA")
    joined = reported(second, "outside 5 Oak Street PL2 1AB")
    update_case(office, robin, joined, CaseChange(duplicate_of=goes_on))
    update_case(office, robin, goes_on, CaseChange(note="x", status=None, tell_resident="Soon."))
    talk = Talk(office, channel)
    talk.says(f"how is it going, reference {joined}", "case_status")
    assert "joined with an earlier report" in talk.said
    assert "waiting to be looked at" in talk.said
    assert "Soon." not in talk.said
    second.says(f"how is it going, reference {joined}", "case_status")
    assert "Soon." in second.said


@pytest.mark.parametrize("channel", [Channel.WEB, Channel.SMS, Channel.VOICE])
@pytest.mark.parametrize(
    "said", ["{0} {1}", "{0}{1}", "my reference is {0}{1}", "it's {0} {1} love"]
)
def test_a_reference_given_to_an_offer_is_looked_up(channel: Channel, said: str) -> None:
    office = make_office()
    told = Talk(office)
    told.says("there's a pothole outside 14 Elm Road PL4 7AA", "pothole")
    for _ in range(12):
        if told.refs:
            break
        told.answers("[yes]" if told.asks == "confirm" else "it is very deep, in the middle")
        if told.asks == "contact":
            told.presses("skip")
    ref = told.refs[0]
    talk = Talk(office, channel)
    talk.says("can you ring me", "callback")
    talk.says("my bin was missed", "missed_bin")
    talk.says("stop")
    assert talk.asks in {"offer", "topic"}
    talk.says(said.format(ref[:4], ref[4:]))
    assert "pothole" in talk.said
    assert "case_status" in [draft.service for draft in talk.drafts]


def test_news_of_ones_own_pothole_asks_for_the_reference() -> None:
    talk = Talk(make_office())
    talk.says("what's happening with my pothole", "pothole")
    assert talk.asks == "case_ref"


def test_a_reference_is_looked_up_whatever_is_asked_beside_it(talk: Talk) -> None:
    talk.says(
        "what's happening with 4829 1573",
        "case_status",
        topic="words",
        question=True,
    )
    assert talk.asks in {"case_ref", "topic"}
    assert "Investigating" not in talk.said
