"""Which of the services offered a message means; a choice pressed needs no guess."""

import pytest
from civicline_rasa.asked import decide
from civicline_rasa.question_asked import Asked

SURE = 0.45
LABELS = {"pothole", "pavement", "street_light", "bin_day", "missed_bin", "house_move"}
YES_NO = ({"value": "yes", "label": "Yes"}, {"value": "no", "label": "No"})
OFFERED = (
    {"value": "pothole", "label": "Report a pothole"},
    {"value": "pavement", "label": "Report a broken pavement"},
    {"value": "street_light", "label": "Report a street light"},
)


def ranked(label, confidence, *more):
    pairs = [(label, confidence), *more]
    return [{"name": name, "confidence": chance} for name, chance in pairs]


def meant(text, *ranking, choice=None):
    asked = Asked(asks="service", kind="service", choices=OFFERED, choice=choice)
    return decide(text, ranked(*ranking), asked, SURE, LABELS)


@pytest.mark.parametrize(
    ("text", "ranking", "expected"),
    [
        ("the first one", ("affirm", 0.3), "pothole"),
        ("2", ("dont_know", 0.2), "pavement"),
        ("number three please", ("dont_know", 0.2), "street_light"),
        ("the last one", ("repeat", 0.2), "street_light"),
        ("option one", ("repeat", 0.2), "pothole"),
        ("the pavement", ("dropped_kerb", 0.3), "pavement"),
        ("the lamp post outside", ("street_light", 0.4, ("pothole", 0.1)), "street_light"),
        ("neither", ("deny", 0.9), "answer"),
        ("no none of those", ("deny", 0.9), "answer"),
        ("none of these", ("out_of_scope", 0.9), "answer"),
        ("No, I want to report a blocked drain", ("drains", 0.9), None),
        ("no, I want to report a pothole", ("pothole", 0.9), "pothole"),
        ("something else, a parking permit", ("parking_permit", 0.9), None),
        ("no, something about bins", ("bin_day", 0.3), "answer"),
        ("yes", ("affirm", 0.9), "answer"),
        ("mumble", ("greet", 0.1, ("pothole", 0.05)), "answer"),
        ("when is my bin day", ("bin_day", 0.9), None),
        ("put me through", ("speak_to_agent", 0.9), None),
        ("there is a fire", ("emergency", 0.9), "emergency"),
    ],
)
def test_which_service_was_meant(text, ranking, expected):
    assert meant(text, *ranking) == expected


def test_a_service_pressed_is_that_service():
    assert meant("Report a pothole", "greet", 0.9, choice="pothole") == "pothole"
    assert meant("Something else", "greet", 0.9, choice="something_else") == "answer"


@pytest.mark.parametrize("asks", ["topic", None])
def test_a_service_pressed_with_nothing_awaited_is_that_service(asks):
    asked = Asked(asks=asks, choice="bin_day")

    assert decide("Bin day", ranked("greet", 0.2), asked, SURE, LABELS) == "bin_day"


def test_any_other_choice_pressed_answers():
    asked = Asked(asks="danger", kind="yes_no", choices=YES_NO, choice="yes")

    assert decide("Yes", ranked("speak_to_agent", 0.9), asked, SURE, LABELS) == "answer"
