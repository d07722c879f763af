"""Further questions stay with what was just answered; new needs do not."""

import pytest

pytest.importorskip("rasa")
from civicline_rasa.asked import decide
from civicline_rasa.question_asked import Asked

LABELS = ["library", "blue_badge", "pothole", "council_tax_pay", "thanks", "parking_permit"]


def topics(about: float = 0.0, **others: float) -> dict:
    scores = {"library": about, **others}
    return {service: [["any", score]] for service, score in scores.items()}


def ranked(top: str, confidence: float) -> list:
    return [{"name": top, "confidence": confidence}]


@pytest.mark.parametrize(
    ("text", "top", "confidence", "fits"),
    [
        ("and how much is it", "council_tax_pay", 0.7, {}),
        ("how much is it", "parking_permit", 0.6, {}),
        ("what about weekends", "parking_permit", 0.3, {"about": 0.4}),
        ("do they take cash", "council_tax_pay", 0.6, {"about": 0.45, "council_tax_pay": 0.3}),
        ("can i print from my phone", "pothole", 0.2, {"about": 0.7}),
        ("is it free", "blue_badge", 0.55, {}),
    ],
)
@pytest.mark.parametrize("asks", ["topic", "satisfied", None])
def test_a_further_question_stays_with_the_service(text, top, confidence, fits, asks):
    asked = Asked(asks=asks, kind=asks, about="library")
    assert decide(text, ranked(top, confidence), asked, 0.5, LABELS, topics(**fits)) == "library"


@pytest.mark.parametrize(
    ("text", "top", "confidence", "fits"),
    [
        ("there is a pothole in my road", "pothole", 0.9, {"about": 0.1}),
        ("what about a blue badge", "blue_badge", 0.9, {"about": 0.2, "blue_badge": 0.7}),
        ("thanks", "thanks", 0.9, {"about": 0.2}),
    ],
)
def test_a_new_need_leaves_it(text, top, confidence, fits):
    asked = Asked(asks="topic", kind="topic", about="library")
    assert decide(text, ranked(top, confidence), asked, 0.5, LABELS, topics(**fits)) is None


def test_without_an_answer_before_there_is_nothing_to_stay_with():
    assert decide("and how much is it", ranked("pothole", 0.3), Asked(), 0.5, LABELS) is None


@pytest.mark.parametrize("text", ["the second one", "fines", "fines please"])
def test_a_topic_on_offer_is_named_by_its_place_or_its_title(text):
    choices = (
        {"label": "Opening hours", "value": "library/opening_hours"},
        {"label": "Fines and lost books", "value": "library/fines"},
    )
    asked = Asked(asks="topic", kind="topic", choices=choices, about="library")
    assert decide(text, ranked("pothole", 0.2), asked, 0.5, LABELS) == "library"


def test_a_button_of_a_topic_is_its_service():
    asked = Asked(asks="topic", choice="library/fines")
    assert decide("Fines", [], asked, 0.5, LABELS) == "library"


def test_the_name_of_a_row_is_an_answer():
    asked = Asked(asks="topic", kind="row", about="library")
    assert decide("central", ranked("pothole", 0.3), asked, 0.5, LABELS) == "answer"


def test_a_question_about_the_form_is_no_answer_to_it():
    asked = Asked(asks="name", kind="person_name", draft="parking_permit")
    told = topics(parking_permit=0.8)
    ranking = ranked("parking_permit", 0.9)
    said = decide("how much is a permit?", ranking, asked, 0.5, LABELS, told)
    assert said == "parking_permit"
    assert decide("Jo Burns", ranking, asked, 0.5, LABELS, told) == "answer"


def test_a_topic_that_clearly_fits_helps_a_model_that_is_not_sure():
    told = topics(blue_badge=0.8)
    ranking = [{"name": "pothole", "confidence": 0.3}, {"name": "blue_badge", "confidence": 0.25}]
    assert decide("badge clock", ranking, Asked(), 0.5, LABELS, told) == "blue_badge"
