"""Further questions stay with what was just answered; new needs do not."""

import pytest

pytest.importorskip("rasa")
from civicline_rasa.asked import decide
from civicline_rasa.follow_ups import asks_of, asks_to_know, leans, stays_with
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


TEN = (
    "library blue_badge pothole bulky_waste garden_waste recycling_centre marriage parking_permit "
    "planning_apply bus_pass"
).split()


@pytest.mark.parametrize("about", TEN)
@pytest.mark.parametrize(
    "text",
    [
        "And how much is it?",
        "and bank holidays?",
        "bank holidays",
        "what about weekends",
        "on sundays?",
        "where is it",
        "how long does it take",
        "do I need an appointment",
        "can I do it online",
        "who do I ring",
        "is there a phone number",
        "what time do they open tomorrow",
        "and is it free",
        "and how long have i got",
    ],
)
def test_what_leans_on_the_answer_stays_with_any_service(text, about):
    told = {about: [["any", 0.1]]}
    for label, confidence in (
        ("contact_and_hours", 0.9),
        ("bin_day", 0.6),
        ("register_birth", 0.2),
    ):
        assert stays_with(text, about, told, label, confidence >= 0.5), (label, confidence)


@pytest.mark.parametrize("about", TEN)
@pytest.mark.parametrize(
    "text", ["And how much is it?", "how long does it take", "can I do it online", "who do I ring"]
)
def test_a_question_at_an_offer_is_about_what_is_offered(text, about):
    asked = Asked(asks="offer", kind="offer", draft=about, about=about)
    told = {about: [["any", 0.2]]}
    assert decide(text, ranked("bin_day", 0.7), asked, 0.5, LABELS, told) == about


@pytest.mark.parametrize("text", ["yes please", "ok thanks", "that one", "no", "great thank you"])
def test_what_asks_nothing_does_not_lean(text):
    assert not leans(text)


@pytest.mark.parametrize(
    ("text", "to_know"),
    [
        ("how much does bulky waste cost", True),
        ("sofa collection how much", True),
        ("do you take mattresses", True),
        ("whats the wait for a new bin", True),
        ("am i allowed to put a skip on the road", True),
        ("when do the gritters go out", True),
        ("do i need permission to drop a kerb", True),
        ("is changing my name with you free", True),
        ("could you tell me what a permit costs", True),
        ("dead fox on my drive do you come", True),
        ("i need a bulky collection", False),
        ("can you come and take my sofa", False),
        ("could someone fix the street light outside", False),
        ("i want to report a pothole", False),
        ("theres a dead badger in my garden", False),
        ("would you send me a new bin", False),
        ("he does it every night", False),
        ("the lamp is out and it is dark", False),
        ("lost my blue badge", False),
        ("water comes up when it rains", False),
    ],
)
def test_wanting_to_know_is_not_wanting_it_done(text, to_know):
    assert asks_to_know(text) is to_know


@pytest.mark.parametrize("text", ["CALL", "call me please", "can you ring me", "phone me"])
def test_who_wants_to_be_rung_asks_nothing_further(text):
    topics = {"house_move": [["when_to_tell", 0.9]]}
    assert not stays_with(text, "house_move", topics, "callback", sure=True)


FORM = {"pothole": [["repair_time", 0.4], ["size", 0.3]], "housing_repair": [["how_soon", 0.7]]}


@pytest.mark.parametrize("text", ["how long to fix it", "how quickly will you fix it then"])
@pytest.mark.parametrize("kind", ["location", "yes_no", "text"])
def test_a_question_that_leans_on_the_form_is_about_the_form(text, kind):
    topics = asks_of(text, "pothole", FORM, polar=kind == "yes_no")
    assert topics["pothole"][0] == ["repair_time", 0.5]
    asked = Asked(asks="location", kind=kind, draft="pothole", about="pothole")
    assert decide(text, ranked("housing_repair", 0.9), asked, 0.5, LABELS, topics) == "pothole"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("how long to fix my boiler", "location"), ("when is my bin day", "location"),
        ("when are you open", "location"), ("what are the opening times", "location"),
        ("when it rains", "yes_no"), ("is it", "yes_no"), ("outside the shop", "location"),
    ],
)  # fmt: skip
def test_what_has_words_of_its_own_or_answers_is_not(text, kind):
    assert asks_of(text, "pothole", FORM, polar=kind == "yes_no") is FORM
