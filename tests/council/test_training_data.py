"""What the assistant is trained on covers every label, and no label borrows from another."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

import pytest
import yaml
from rapidfuzz import fuzz, process

from casework.domain.conversations import STEERING
from server.assistant_files import SENT_BY_US, domain_text, rules_text
from tests.office import TOP, the_council

NEARLY = 94.0


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
    return re.sub(r"[^a-z0-9 ]", "", text.lower()).strip()


LABELS = sorted({*the_council().services, *STEERING})


@pytest.mark.parametrize("label", LABELS)
def test_every_label_has_at_least_fifteen_examples(label: str) -> None:
    assert len(set(map(plain, examples().get(label, ())))) >= 15


def test_no_label_is_trained_that_nothing_deals_with() -> None:
    assert set(examples()) == set(LABELS)


def test_no_example_stands_under_two_labels() -> None:
    said = Counter(text for lines in examples().values() for text in {plain(one) for one in lines})
    assert [text for text, count in said.items() if count > 1] == []


def test_no_example_is_nearly_one_of_another_label() -> None:
    rows = [(label, plain(text)) for label, lines in examples().items() for text in lines]
    texts = [text for _, text in rows]
    scores = process.cdist(texts, texts, scorer=fuzz.ratio, score_cutoff=NEARLY, workers=-1)
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


def test_the_rules_are_up_to_date_with_the_services() -> None:
    assert (TOP / "data" / "rules.yml").read_text(encoding="utf-8") == rules_text(the_council())
