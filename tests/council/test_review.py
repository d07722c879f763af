"""The review of what is published names what an editor should look at."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from casework.adapters.council_files import load_council
from casework.adapters.council_review import reading_ages, review
from casework.adapters.reading_age import reading_age
from casework.use_cases.list_reviews import reviews
from tests.office import COUNCIL, NOW, copy_of_council, the_council


def findings(folder: Path) -> list[str]:
    found = review(folder, load_council(folder), NOW.date())
    return [f"{one.where}: {one.advice}" for one in found]


def test_the_shipped_council_has_no_errors() -> None:
    found = review(COUNCIL, the_council(), NOW.date())
    assert [one for one in found if one.serious] == []


def test_every_answer_and_topic_has_a_review_the_first_due_in_front() -> None:
    found = reviews(the_council())
    assert len(found) >= 500
    assert found[0].review_by == min(review.review_by for review in found)
    assert found[0].review_by >= NOW.date()


def test_mistakes_are_named_with_file_and_line(tmp_path: Path) -> None:
    folder = copy_of_council(tmp_path)
    file = folder / "answers" / "callback.yml"
    text = file.read_text(encoding="utf-8")
    longer = text.replace('  sms: "I can', '  sms: "' + "x " * 160 + "I can", 1)
    longer = longer.replace('voice: "We ring', 'voice: "See www.x.uk. One. Two. We ring', 1)
    file.write_text(longer, encoding="utf-8")
    (folder / "answers" / "bin_day.yml").unlink()
    told = "\n".join(findings(folder))
    assert "write at most 320 characters" in told
    assert "callback.yml, line" in told
    assert "write at most two sentences" in told
    assert "no addresses" in told
    assert "bin_day: write answers/bin_day.yml" in told


def test_an_overdue_review_is_a_warning_and_no_error() -> None:
    found = review(COUNCIL, the_council(), date(2031, 1, 1))
    assert any("was due for review" in one.advice for one in found)
    assert not any(one.serious for one in found)


def test_reading_ages_are_given_for_every_service_and_plain_words_are_young() -> None:
    ages = reading_ages(the_council())
    assert {age.service for age in ages} == set(the_council().answers)
    assert sum(age.web <= 12 for age in ages) >= 0.9 * len(ages)
    hard = "Notwithstanding the aforementioned considerations, applicability is discretionary."
    assert reading_age("Put the bin out by the gate.") < 8 < reading_age(hard)
