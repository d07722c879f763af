"""What a resident says puts right the value that they mean, and no other."""

from __future__ import annotations

import pytest

from casework.domain.conversations import Channel
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


@pytest.mark.parametrize(
    "words",
    ["Bill Smith", "Mark Street", "May Jones", "Dan Street", "Penny Price", "Will Best",
     "Christian Bale", "Chase Road", "Frank Council", "Ann Single", "bill smith", "may jones"],
)  # fmt: skip
def test_a_name_may_be_made_of_common_words(words: str) -> None:
    talk = asked("allotments", "name")
    talk.says(words)
    assert talk.values["name"] == words.title()


@pytest.mark.parametrize(
    "words",
    ["oh alright, Bob Dunn", "ok then Bob Dunn", "fine, Bob Dunn", "fine. it's Bob Dunn",
     "go on then, Bob Dunn", "well if I must, Bob Dunn", "if you must know it's Bob Dunn",
     "alright then it's Bob Dunn", "I suppose so, Bob Dunn", "very well, Bob Dunn"],
)  # fmt: skip
def test_a_name_given_after_some_hesitation_is_read(words: str) -> None:
    talk = asked("allotments", "name")
    talk.says(words)
    assert talk.values["name"] == "Bob Dunn"


@pytest.mark.parametrize(
    "words",
    ["council tax", "new bin please", "parking permit", "brown bin", "street light", "blue badge",
     "the agent", "stop", "my bill", "wrong number", "private business", "rather not"],
)  # fmt: skip
def test_what_is_no_name_is_not_taken_for_one(words: str) -> None:
    talk = asked("allotments", "name")
    talk.says(words)
    assert "name" not in talk.values


@pytest.mark.parametrize(
    "words",
    ["I don't know, I couldn't read it", "no idea mate", "not a clue", "I'd have to look", "dunno",
     "haven't got it on me", "I dont no", "couldn't tell you", "can we skip that question",
     "skip that one please", "next question", "haven't the foggiest"],
)  # fmt: skip
def test_what_is_not_known_stays_open_where_it_may(words: str) -> None:
    talk = asked("abandoned_vehicle", "registration")
    talk.says(words)
    assert talk.values["registration"] is None
    talk.says(words)
    assert talk.values["description"] is None


@pytest.mark.parametrize(
    "words", ["not sure how deep but it's massive", "not sure what it is, some sort of fox"]
)
def test_what_is_partly_known_is_taken(words: str) -> None:
    talk = asked("pothole", "description")
    talk.says(words)
    assert talk.values["description"] == words


def test_the_same_list_of_flats_is_not_offered_for_ever() -> None:
    talk = asked("missed_bin", "address")
    heard = []
    for _ in range(3):
        talk.says("6 Lockyer Terrace PL4 4WD")
        assert talk.asks == "address"
        heard.append(talk.said)
    assert len(set(heard[:2])) == 2
    assert "speak_to_agent" in talk.choices
    talk.says("6 Lockyer Terrace PL4 4WD")
    assert talk.asks != "address"
    assert not talk.cases


@pytest.mark.parametrize(
    ("words", "held"),
    [
        ("yes", "have_it"), ("I have the certificate", "have_it"), ("got both of them", "have_it"),
        ("no", "do_not_have"), ("I haven't got anything", "do_not_have"),
        ("nope none", "do_not_have"), ("not on me", "do_not_have"),
        ("it hasn't come yet", "will_send"),
        ("I don't have it with me but I'll send it", "will_send"), ("I can get it", "will_send"),
    ],
)  # fmt: skip
def test_proof_is_understood_however_it_is_said(words: str, held: str) -> None:
    talk = asked("name_change", "evidence")
    talk.says(words)
    assert talk.values["evidence"] == held


def test_a_plate_of_the_other_car_is_not_the_answer_to_this_one() -> None:
    talk = asked("permit_vehicle_change", "old_registration")
    talk.says("sorry the new one is WL71 OPE")
    assert talk.asks == "old_registration"
    assert "WL71 OPE" in talk.said


def test_nothing_but_the_wish_to_stop_stops_where_a_text_is_asked_for() -> None:
    talk = asked("dog_fouling", "description")
    talk.says("actually forget it, stop", "stop")
    assert "Nothing has been sent" in talk.said or talk.asks != "description"
    assert not talk.cases


PARTS = (
    "number 14|Elm Road|the one in Mutley", "14|Elm Road|Mutley", "Elm Road|in Mutley|number 14",
    "Elm Road|number 14|the one in Mutley", "number fourteen|it's elm road|PL4 7AA",
    "PL4 7AA|14", "14|PL4 7AA", "Elm Road|PL4 7AA|it's fourteen",
    "number 14|what do you mean|Elm Road|Mutley", "the one in Mutley|14|Elm Road",
)  # fmt: skip


@pytest.mark.parametrize("channel", [Channel.WEB, Channel.VOICE])
@pytest.mark.parametrize("parts", PARTS)
def test_an_address_in_parts_adds_up_in_any_order(parts: str, channel: Channel) -> None:
    talk = Talk(make_office(), channel)
    talk.says("my bin was missed", "missed_bin")
    assert talk.asks == "address"
    for part in parts.split("|"):
        talk.says(part)
    held = talk.values["address"]
    assert (held["lines"], held["postcode"]) == (["14 Elm Road"], "PL4 7AA")


def test_a_street_of_two_districts_is_no_house_number_one() -> None:
    talk = Talk(make_office())
    talk.says("my bin was missed", "missed_bin")
    talk.says("Elm Road")
    talk.says("the one in Mutley")
    assert "address" not in talk.values
    assert "number" in talk.said


@pytest.mark.parametrize(
    "words",
    ["Sunday night", "since Sunday teatime", "I put it out the night before",
     "put it out Sunday evening"],
)  # fmt: skip
def test_a_bin_put_out_the_evening_before_was_out_on_time(words: str) -> None:
    talk = asked("missed_bin", "out_on_time")
    talk.says(words)
    assert talk.values["out_on_time"] is True
