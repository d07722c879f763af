"""What `./civicline council check` prints: errors, warnings, reading ages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from casework.adapters.council_review import Finding, reading_ages, review
from casework.domain.catalogue import Council
from casework.domain.conversations import STEERING
from server.assistant_files import domain_text, rules_text, topics_text
from server.composition import check_folder
from server.examples_report import examples_report


def report(folder: Path, top: Path, tell: Callable[[str], object]) -> int:
    """Tells everything there is to say of a folder; gives the number of errors.

    `top` is where the assistant's files are. Raises CouncilDataError for a folder that does not
    load at all.
    """
    council = check_folder(folder)
    today = datetime.now(ZoneInfo(council.timezone)).date()
    findings = [*review(folder, council, today), *_assistant(council, top)]
    errors = [one for one in findings if one.serious]
    for one in sorted(findings, key=lambda one: not one.serious):
        tell(f"{'error' if one.serious else 'warning'}: {one.where}: {one.advice}")
    tell("")
    tell("Reading age in years (aim: 9 to 11)      web    sms  voice")
    for age in reading_ages(council):
        tell(f"  {age.service:36} {age.web:6.1f} {age.sms:6.1f} {age.voice:6.1f}")
    made_up = sum(fact.example for fact in council.stated.values())
    tables = sum(table.example for table in council.tables.values())
    topics = sum(len(answer.topics) for answer in council.answers.values())
    tell("")
    tell(
        f"{council.name}: {len(council.services)} services, {len(council.answers)} answered, "
        f"{topics} topics, {len(errors)} errors, {len(findings) - len(errors)} warnings."
    )
    tell(f"Example data: {made_up} facts of council.yml and {tables} tables are made up.")
    return len(errors)


def _assistant(council: Council, top: Path) -> Iterator[Finding]:
    """Every service and every steering label has examples, and what is generated is up to date."""
    yield from examples_report(top / "data" / "nlu", {*council.services, *STEERING})
    for path, text in (
        (top / "domain.yml", domain_text(council)),
        (top / "data" / "rules.yml", rules_text(council)),
        (top / "data" / "topics.yml", topics_text(council)),
    ):
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            yield Finding(str(path), "is out of date; run ./civicline assistant")
