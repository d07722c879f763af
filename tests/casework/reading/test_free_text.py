"""What is a text in a resident's own words, and what cannot be meant for one."""

from __future__ import annotations

import pytest

from casework.adapters.reading.free_text import asks, stops
from casework.ports.reading import Context, Read
from tests.office import NOW, the_council, the_reader


def read(service: str, field: str, words: str) -> str | None:
    use = the_council().services[service].use(field)
    assert use is not None
    reading = the_reader().read(use.field, words, Context(NOW))
    return str(reading.value) if isinstance(reading, Read) else None


@pytest.mark.parametrize(
    "words",
    ["how long will I wait", "is it free", "what happens next", "how much", "why",
     "can I stop this",
     "actually forget it, stop", "oh forget it", "never mind", "stop", "cancel that please",
     "I don't want to do this any more", "do you take fridges?", "when will you come",
     "how do I get help?", "yes", "yeah", "ok", "hmm", "hello"],
)  # fmt: skip
def test_a_question_a_yes_or_a_wish_to_stop_is_no_list_of_things(words: str) -> None:
    assert read("bulky_waste", "items", words) is None


@pytest.mark.parametrize(
    "words",
    ["a sofa", "stop sign is bent", "when it rains it floods", "there is a hole, can you fix it?",
     "about a foot deep, is that bad?", "what looks like an old fridge and a mattress",
     "how long it has been there I cannot say but it is a big heap of black bags by the wall",
     "cancelled parcels and boxes", "yes there is a big hole"],
)  # fmt: skip
def test_what_is_told_is_a_text(words: str) -> None:
    assert read("pothole", "description", words) == words


@pytest.mark.parametrize(
    "words", ["can I keep chickens on my allotment?", "how long will I wait", "is it free"]
)
def test_a_question_is_an_answer_where_one_is_asked_for(words: str) -> None:
    assert read("information_request", "summary", words) == words


@pytest.mark.parametrize(
    "words",
    ["called Apex Lettings", "it's called Apex Lettings", "the name is Apex Lettings",
     "they're called Apex Lettings", "I rent from Apex Lettings", "from Apex Lettings",
     "a company called Apex Lettings", "the agent's name is Apex Lettings", "um it's Apex Lettings",
     "my landlord is Apex Lettings", "Apex Lettings"],
)  # fmt: skip
def test_the_name_of_a_firm_is_taken_without_what_leads_up_to_it(words: str) -> None:
    assert read("house_move", "landlord", words) == "Apex Lettings"


def test_stopping_and_asking_are_told_apart() -> None:
    assert stops("no stop, forget it")
    assert not stops("stop the bin lorry outside")
    assert asks("what happens next")
    assert not asks("what a mess")


@pytest.mark.parametrize(
    "said",
    [
        "all of them",
        "everyone",
        "Everybody!",
        "the whole family",
        "both of us",
        "the two of us",
        "all 3 of us",
        "my wife",
        "me and my partner",
        "it's just my husband and the kids",
        "the same people as before",
        "yes all of us",
        "all the tenants are moving",
    ],
)
def test_people_who_are_only_counted_or_related_are_asked_for_by_name(said: str) -> None:
    assert read("house_move", "other_adults", said) is None


@pytest.mark.parametrize(
    "said",
    [
        "Sam Reed",
        "my wife Sana Aziz",
        "my son Will",
        "just me",
        "only me",
        "no one",
        "nobody else",
        "none",
        "me and Lucy",
        "both my sons, Tom and Will Reed",
        "no other adults",
    ],
)
def test_names_and_nobody_are_answers(said: str) -> None:
    assert read("house_move", "other_adults", said) == said
