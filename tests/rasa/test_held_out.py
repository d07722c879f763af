"""What the trained model understands of messages that it never met does not get worse.

The floors lie a little below what was reached (docs/adr/0013-understanding-better.md).
"""

import pytest
from civicline_rasa.measure import TOP, measure, newest_model, read_examples, thresholds
from civicline_rasa.measured_report import danger, rejection, right, top3
from civicline_rasa.text_model import TextModel

FLOORS = {
    "held_out_typed": (0.93, 0.98),
    "held_out_spoken": (0.93, 0.98),
    "second_typed": (0.91, 0.97),
    "second_spoken": (0.91, 0.97),
    "third_typed": (0.88, 0.95),
    "third_spoken": (0.86, 0.95),
}
# The third set is all danger and what only sounds like it.
FALSE_ALARMS = {"third_typed": 0.05, "third_spoken": 0.07}


@pytest.fixture(scope="session")
def model(encoder):
    try:
        return newest_model(TOP / "models")
    except FileNotFoundError:
        return TextModel.train(*read_examples(TOP / "data"), encoder)


@pytest.fixture(scope="session")
def measured(model):
    return {name: measure(model, TOP / "tests" / "nlu" / f"{name}.yml") for name in FLOORS}


@pytest.mark.parametrize("name", FLOORS)
def test_residents_are_understood_as_well_as_before(measured, name):
    first, among_three = FLOORS[name]

    assert right(measured[name]).mean() >= first
    assert top3(measured[name]).mean() >= among_three


@pytest.mark.parametrize("name", FLOORS)
def test_what_is_no_matter_of_the_council_is_not_acted_on(measured, name):
    steps = thresholds(TOP / "config.yml")
    shares = rejection(measured[name], steps.reject_below, steps.sure_above)

    assert shares["rejected"] >= 0.8
    assert shares["kept"] >= 0.95


@pytest.mark.parametrize("name", FLOORS)
def test_most_danger_is_seen_by_the_model_alone(measured, name):
    recall, false_alarms = danger(measured[name], thresholds(TOP / "config.yml").danger_above, None)

    assert recall >= 0.85
    assert false_alarms <= FALSE_ALARMS.get(name, 0.02)
