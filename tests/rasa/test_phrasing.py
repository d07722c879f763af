import pytest
from civicline_rasa.phrasing import (
    is_correction,
    is_new_request,
    is_question,
    is_request,
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


@pytest.mark.parametrize(
    "text",
    [
        "actually my name is Jo",
        "the date is wrong",
        "you've got my name wrong, it's Sam",
        "you have spelt it wrong",
        "that's not my address",
        "that isn't the right postcode",
        "wrong house number",
        "can you make it friday",
        "could you please change the date",
        "sorry can you put it under Smith",
        "correct my name please",
    ],
)
def test_corrections(text):
    assert is_correction(text)


@pytest.mark.parametrize(
    "text",
    ["my bin was missed", "change of address", "can you make a note", "you missed my bin", ""],
)
def test_not_corrections(text):
    assert not is_correction(text)


@pytest.mark.parametrize(
    "text",
    ["I want to report a pothole", "no we'd like to book a skip", "yes I'd like a permit",
     "report a broken light", "I'm calling about my rent"],
)  # fmt: skip
def test_requests(text):
    assert is_request(text)


@pytest.mark.parametrize(
    "text", ["I want to change my name", "I rent it", "the report said so", "I like the park", ""]
)
def test_not_requests(text):
    assert not is_request(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("actually I need a permit", True), ("actually could I pay rent", True),
     ("actually could you change the date", False), ("actually I live at number 5", False)],
)  # fmt: skip
def test_actually_begins_something_or_puts_it_right(text, expected):
    assert is_new_request(text) is expected
