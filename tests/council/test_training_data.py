"""What the assistant is trained on covers every label, and no label borrows from another."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

import numpy as np
import pytest
import yaml
from rapidfuzz import fuzz, process

from casework.domain.conversations import STEERING
from server.assistant_files import SENT_BY_US, domain_text, rules_text, topics_text
from tests.office import TOP, the_council

NEARLY = 94.0
NEARLY_HELD_OUT = 90.0
A_SENTENCE = 4
"""Words from which on a message is somebody's own: anybody says "yes please" or "help"."""

LEAST_OF_ANY = 60
LEAST = {
    "out_of_scope": 150,
    **dict.fromkeys(
        "not_council emergency crisis safeguarding_adult safeguarding_child homelessness".split(),
        80,
    ),
}


@cache
def examples() -> dict[str, list[str]]:
    """Examples by intent, as `data/nlu` has them."""
    found: dict[str, list[str]] = {}
    for file in sorted((TOP / "data" / "nlu").glob("*.yml")):
        for entry in yaml.safe_load(file.read_text(encoding="utf-8"))["nlu"]:
            assert entry["intent"] not in found, f"{entry['intent']} is in two files"
            lines = entry["examples"].splitlines()
            found[entry["intent"]] = [line.removeprefix("- ").strip() for line in lines if line]
    return found


def plain(text: str) -> str:
    """Letters of any alphabet, digits and single spaces."""
    return " ".join(re.sub(r"[^\w ]", "", text.lower()).split())


LABELS = sorted({*the_council().services, *STEERING})


@pytest.mark.parametrize("label", LABELS)
def test_every_label_has_enough_examples(label: str) -> None:
    wanted = LEAST.get(label, LEAST_OF_ANY)
    assert len(set(map(plain, examples().get(label, ())))) >= wanted


def test_no_example_stands_twice_under_its_label() -> None:
    twice = {
        label: [text for text, count in Counter(map(plain, lines)).items() if count > 1]
        for label, lines in examples().items()
    }
    assert {label: texts for label, texts in twice.items() if texts} == {}


@cache
def held_out() -> list[tuple[str, str]]:
    """The held-out sentences: label and plain text. Words that everybody says are no secret."""
    return [
        (label, plain(text))
        for file in sorted((TOP / "tests" / "nlu").glob("*.yml"))
        for label, lines in yaml.safe_load(file.read_text(encoding="utf-8")).items()
        for text in lines
        if len(plain(text).split()) >= A_SENTENCE
    ]


def test_nothing_held_out_is_trained_on_or_nearly() -> None:
    trained = [plain(text) for lines in examples().values() for text in lines]
    secret = [text for _, text in held_out()]
    scores = process.cdist(
        secret, trained, scorer=fuzz.ratio, score_cutoff=NEARLY_HELD_OUT, workers=-1, dtype=np.uint8
    )
    leaked = [(secret[one], trained[other]) for one, other in zip(*scores.nonzero(), strict=True)]
    assert leaked == []


def test_no_label_is_trained_that_nothing_deals_with() -> None:
    assert set(examples()) == set(LABELS)


def test_no_example_stands_under_two_labels() -> None:
    said = Counter(text for lines in examples().values() for text in {plain(one) for one in lines})
    assert [text for text, count in said.items() if count > 1] == []


def test_no_example_is_nearly_one_of_another_label() -> None:
    rows = [(label, plain(text)) for label, lines in examples().items() for text in lines]
    texts = [text for _, text in rows]
    scores = process.cdist(
        texts, texts, scorer=fuzz.ratio, score_cutoff=NEARLY, workers=-1, dtype=np.uint8
    )
    close = [
        (rows[one], rows[other])
        for one, other in zip(*scores.nonzero(), strict=True)
        if one < other and rows[one][0] != rows[other][0]
    ]
    assert close == []


def test_examples_hold_no_card_numbers_and_no_markup() -> None:
    for label, lines in examples().items():
        for text in lines:
            assert not re.search(r"\d{13,}", text), (label, text)
            assert "](" not in text, (label, text)
            assert not text.startswith("/"), (label, text)


def test_every_intent_of_the_domain_is_dealt_with_and_every_service_has_one() -> None:
    domain = yaml.safe_load((TOP / "domain.yml").read_text(encoding="utf-8"))
    assert set(domain["intents"]) == {*the_council().services, *STEERING, *SENT_BY_US}
    assert len(domain["intents"]) == len(set(domain["intents"]))


def test_the_domain_is_up_to_date_with_the_services() -> None:
    assert (TOP / "domain.yml").read_text(encoding="utf-8") == domain_text(the_council())


def test_the_topics_are_up_to_date_with_the_answers() -> None:
    written = (TOP / "data" / "topics.yml").read_text(encoding="utf-8")
    assert written == topics_text(the_council())


def test_no_example_of_a_topic_stands_under_another_label() -> None:
    known = {plain(one): label for label, lines in examples().items() for one in lines}
    for service, answer in the_council().answers.items():
        for topic in answer.topics.values():
            for asked in topic.asked:
                assert known.get(plain(asked), service) == service, (service, topic.id, asked)


def test_the_rules_are_up_to_date_with_the_services() -> None:
    assert (TOP / "data" / "rules.yml").read_text(encoding="utf-8") == rules_text(the_council())
