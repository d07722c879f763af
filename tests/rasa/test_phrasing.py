import pytest
from civicline_rasa.phrasing import (
    is_new_request,
    is_question,
    matching_choices,
    place_in_list,
)

COLOURS = [{"value": "red", "label": "The red one"}, {"value": "blue", "label": "The blue one"}]


@pytest.mark.parametrize(
    "text",
    [
        "what day is it",
        "What's the number for the tip",
        "how much is a permit",
        "um sorry how do I pay",
        "can I park there",
        "is there a charge",
        "which bin does glass go in",
        "when are you open",
        "it goes in the brown bin?",
        "ok but what about my bin",
    ],
)
def test_questions(text):
    assert is_question(text)


@pytest.mark.parametrize(
    "text",
    [
        "when it rains it floods",
        "where the road bends",
        "what happened is that a car hit it",
        "will be there on friday",
        "do not want it",
        "is by the church",
        "can't get up the stairs",
        "who knows",
        "",
    ],
)
def test_not_questions(text):
    assert not is_question(text)


@pytest.mark.parametrize("text", ["I also need a permit", "by the way", "oh and my bin was missed"])
def test_new_requests(text):
    assert is_new_request(text)


@pytest.mark.parametrize("text", ["there is also a hole", "a thing by the road", ""])
def test_not_new_requests(text):
    assert not is_new_request(text)


@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("the first one", 0),
        ("number one", 0),
        ("one", 0),
        ("2nd", 1),
        ("the second please", 1),
        ("the last one", 2),
        ("4", None),
        ("the first of may", None),
        ("two bins", None),
        ("", None),
    ],
)
def test_place_in_a_list_of_three(text, index):
    assert place_in_list(text, 3) == index


def test_a_choice_is_known_by_the_words_that_tell_it_apart():
    assert matching_choices("blue", COLOURS) == [COLOURS[1]]
    assert matching_choices("the one over there", COLOURS) == []
    assert matching_choices("red and blue", COLOURS) == COLOURS
