"""The assistant's files follow the council's services, and its model follows its files."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from casework.domain.catalogue import Council
from casework.domain.conversations import STEERING
from server.assistant_files import (
    ACTIONS,
    FORM,
    SENT_BY_US,
    domain_text,
    rules_text,
    topics_text,
    write_assistant_files,
)
from server.training import TrainingFailed, fitting_model, train
from tests.office import the_council


def rules() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load(rules_text(the_council()))["rules"]
    return found


def intents_of(rule: dict[str, Any]) -> list[str]:
    first = rule["steps"][0]
    return [step["intent"] for step in first.get("or", [first]) if "intent" in step]


def grown() -> Council:
    """The council with one more service."""
    council = the_council()
    more = replace(council.services["pothole"], id="pothole_on_pavement")
    return replace(council, services={**council.services, more.id: more})


def test_both_files_are_written_once_and_then_left_alone(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    written = write_assistant_files(the_council(), tmp_path)
    assert [path.name for path in written] == ["domain.yml", "rules.yml", "topics.yml"]
    assert write_assistant_files(the_council(), tmp_path) == []
    assert write_assistant_files(grown(), tmp_path) == written[:2]


def test_how_residents_ask_for_a_topic_trains_its_service() -> None:
    data = yaml.safe_load(topics_text(the_council()))
    library = the_council().answers["library"].topics["fines"]
    (entry,) = [one for one in data["nlu"] if one["intent"] == "library/fines"]
    assert entry["examples"].splitlines() == [f"- {asked}" for asked in library.asked]
    told = [one["text"] for one in data["responses"]["utter_library/fines"]]
    assert told[0] == library.title
    assert not any("{" in text for text in told)


def test_a_new_service_is_an_intent_with_rules_without_a_line_of_code() -> None:
    domain = yaml.safe_load(domain_text(grown()))
    assert "pothole_on_pavement" in domain["intents"]
    assert "pothole_on_pavement" in rules_text(grown())
    assert "pothole_on_pavement" not in domain_text(the_council())


def test_the_files_say_where_they_come_from() -> None:
    for text in (domain_text(the_council()), rules_text(the_council())):
        assert text.startswith("# Generated from council/services.yml")


def test_every_intent_is_dealt_with_outside_a_form_and_inside() -> None:
    outside = {i for r in rules() if r["condition"] == [{"active_loop": None}]
               for i in intents_of(r)}  # fmt: skip
    inside = {i for r in rules() if r["condition"] == [{"active_loop": FORM}]
              for i in intents_of(r)}  # fmt: skip
    assert outside == {*the_council().services, *STEERING, *SENT_BY_US}
    assert inside == outside - {"answer", "resume_draft"}


def test_a_rule_inside_the_form_ends_with_the_form_or_leaves_it() -> None:
    for rule in rules():
        if rule["condition"] == [{"active_loop": FORM}] and intents_of(rule):
            ends = rule["steps"][-2:]
            assert ends in (
                [{"action": FORM}, {"active_loop": FORM}],
                [{"action": "action_deactivate_loop"}, {"active_loop": None}],
            ), rule["rule"]


def test_only_known_actions_are_named_and_rules_have_names_of_their_own() -> None:
    domain = yaml.safe_load(domain_text(the_council()))
    assert domain["actions"] == list(ACTIONS)
    named = {step["action"] for rule in rules() for step in rule["steps"] if "action" in step}
    assert named <= {*ACTIONS, FORM, "action_deactivate_loop"}
    titles = [rule["rule"] for rule in rules()]
    assert len(titles) == len(set(titles))


def test_the_form_has_one_slot_that_only_its_own_answers_fill() -> None:
    domain = yaml.safe_load(domain_text(the_council()))
    assert domain["forms"] == {FORM: {"required_slots": ["answer"]}}
    (mapping,) = domain["slots"]["answer"]["mappings"]
    assert mapping == {
        "type": "from_text", "intent": "answer", "conditions": [{"active_loop": FORM}],
    }  # fmt: skip


@pytest.fixture
def top(tmp_path: Path) -> Path:
    """A checkout with everything a model is trained on, and a trainer that only writes a file."""
    for name in ("config.yml", "domain.yml", "data/rules.yml", "data/nlu/bins.yml",
                 "bot/rasa/requirements.txt", "bot/rasa/civicline_rasa/asked.py",
                 "bot/rasa/civicline_rasa/misheard.yml",
                 "bot/rasa/encoder/built.json"):  # fmt: skip
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
    python = tmp_path / "bot/rasa/.venv/bin/python"
    python.parent.mkdir(parents=True)
    python.symlink_to(sys.executable)
    trains(tmp_path, "(Path('models') / (sys.argv[-1] + '.tar.gz')).write_text('trained')")
    (tmp_path / "models").mkdir()
    return tmp_path


def trains(top: Path, line: str) -> None:
    launcher = top / "bot/rasa/civicline_rasa/launch.py"
    launcher.write_text(f"import sys\nfrom pathlib import Path\n{line}\n", encoding="utf-8")


def quiet(line: str) -> None:
    """Takes progress and does nothing with it."""


CHANGES: list[Callable[[Path], object]] = [
    lambda top: (top / "config.yml").write_text("other", encoding="utf-8"),
    lambda top: (top / "domain.yml").write_text("other", encoding="utf-8"),
    lambda top: (top / "data/nlu/bins.yml").write_text("other", encoding="utf-8"),
    lambda top: (top / "data/nlu/more.yml").write_text("", encoding="utf-8"),
    lambda top: (top / "data/nlu/bins.yml").rename(top / "data/nlu/waste.yml"),
    lambda top: (top / "bot/rasa/civicline_rasa/asked.py").write_text("other", encoding="utf-8"),
    lambda top: (top / "bot/rasa/requirements.txt").write_text("other", encoding="utf-8"),
    lambda top: (top / "bot/rasa/encoder/built.json").write_text("other", encoding="utf-8"),
]


@pytest.mark.parametrize("change", CHANGES)
def test_another_model_is_wanted_when_anything_it_is_made_of_changes(
    top: Path, change: Callable[[Path], object]
) -> None:
    before = fitting_model(top)
    change(top)
    assert fitting_model(top) != before


def test_the_same_model_is_wanted_while_nothing_of_it_changes(top: Path) -> None:
    before = fitting_model(top)
    (top / "README.md").write_text("other", encoding="utf-8")
    (top / "models" / "civicline-0.tar.gz").write_text("old", encoding="utf-8")
    assert fitting_model(top) == before
    assert before.parent == top / "models"


def test_training_happens_once_for_the_same_data(top: Path) -> None:
    log = top / "var" / "training.log"
    model = train(top, log, quiet)
    assert model == fitting_model(top)
    assert model.read_text(encoding="utf-8") == "trained"
    model.write_text("kept", encoding="utf-8")
    assert train(top, log, quiet) == model
    assert model.read_text(encoding="utf-8") == "kept"


def test_a_model_gone_back_to_does_not_count_as_old(top: Path) -> None:
    log = top / "var" / "training.log"
    first = train(top, log, quiet)
    os.utime(first, (1, 1))
    assert train(top, log, quiet) == first
    assert first.stat().st_mtime > 1


def test_training_that_fails_names_its_log_and_leaves_no_model(top: Path) -> None:
    trains(top, "print('the reason'); raise SystemExit(1)")
    log = top / "var" / "training.log"
    with pytest.raises(TrainingFailed, match=str(log)):
        train(top, log, quiet)
    assert "the reason" in log.read_text(encoding="utf-8")
    assert not fitting_model(top).exists()


def test_training_that_writes_no_model_has_failed(top: Path) -> None:
    trains(top, "pass")
    with pytest.raises(TrainingFailed):
        train(top, top / "var" / "training.log", quiet)


def test_old_models_are_forgotten_but_for_two(top: Path) -> None:
    for age in range(1, 6):
        old = top / "models" / f"civicline-{age}.tar.gz"
        old.write_text("old", encoding="utf-8")
        os.utime(old, (1000 * age, 1000 * age))
    model = train(top, top / "var" / "training.log", quiet)
    kept = sorted(path.name for path in (top / "models").iterdir())
    assert kept == sorted(["civicline-4.tar.gz", "civicline-5.tar.gz", model.name])
