"""What `./civicline council check` says of the messages that the assistant learns from."""

from __future__ import annotations

from pathlib import Path

import pytest

from server.examples_report import ENOUGH, examples_report
from tests.office import TOP, the_council

HEAD = 'version: "3.1"\nnlu:\n'


def entry(label: str, *messages: str) -> str:
    lines = "".join(f"    - {message}\n" for message in messages)
    return f"- intent: {label}\n  examples: |\n{lines}"


def told(folder: Path, text: str, known: tuple[str, ...] = ("bench",)) -> list[str]:
    (folder / "benches.yml").write_text(text, encoding="utf-8")
    return [f"{one.where}: {one.advice}" for one in examples_report(folder, known)]


def test_a_slipped_indent_names_the_file_and_the_line(tmp_path: Path) -> None:
    (finding,) = told(tmp_path, HEAD + entry("bench", "my bench is broken") + "   - oh dear\n")
    assert "benches.yml, line" in finding
    assert "check quotes and indents" in finding


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "- intent: bench\n",
        HEAD + "- intent: bench\n  examples: a bench is broken\n",
        "nlu: []",
    ],
)
def test_what_is_not_examples_is_said_with_its_place(tmp_path: Path, text: str) -> None:
    assert "benches.yml, line" in told(tmp_path, text)[0]


def test_a_message_under_two_labels_is_found_however_it_is_written(tmp_path: Path) -> None:
    text = HEAD + entry("bench", "A bench, broken!") + entry("seat", "a bench broken")
    findings = told(tmp_path, text, ("bench", "seat"))
    assert any("stands under bench too" in one and "line 6" in one for one in findings)


def test_few_examples_and_none_are_said_and_a_label_nobody_knows(tmp_path: Path) -> None:
    findings = told(tmp_path, HEAD + entry("bench", "broken") + entry("x", "y"), ("bench", "pond"))
    assert any("x is no service" in one for one in findings)
    assert any(f"bench has 1 examples; {ENOUGH}" in one for one in findings)
    assert any("write examples of pond" in one for one in findings)


def test_the_examples_of_this_council_are_in_order() -> None:
    from casework.domain.conversations import STEERING

    known = {*the_council().services, *STEERING}
    assert list(examples_report(TOP / "data" / "nlu", known)) == []
