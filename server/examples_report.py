"""What an editor should look at in `data/nlu`: the messages that the assistant learns from."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path

from casework.adapters.council_review import Finding
from casework.adapters.yaml_lines import Source
from casework.domain.errors import CouncilDataError

ENOUGH = 60
"""Messages from which on a service is understood about as well as it will be (ADR 0013)."""


def examples_report(folder: Path, known: Collection[str]) -> Iterator[Finding]:
    """Files that cannot be read, labels that are not `known`, messages that stand under two, and
    labels with few."""
    where_first: dict[str, str] = {}
    counted = dict.fromkeys(known, 0)
    for path in sorted(folder.glob("*.yml")):
        try:
            source = Source(path, "examples")
        except CouncilDataError as error:
            place, _, advice = str(error).partition(": ")
            yield Finding(place, advice)
            return
        for number, entry in enumerate(source.data["nlu"]):
            place = f"{path}, line {source.line(['nlu', number])}"
            label = entry["intent"]
            if label not in counted:
                yield Finding(place, f"{label} is no service and steers nothing")
                continue
            for message in messages_of(entry["examples"]):
                counted[label] += 1
                other = where_first.setdefault(plain(message), label)
                if other != label:
                    yield Finding(place, f"“{message}” stands under {other} too; leave it to one")
    for label, count in sorted(counted.items()):
        if not count:
            yield Finding(str(folder), f"write examples of {label}")
        elif count < ENOUGH:
            advice = f"{label} has {count} examples; {ENOUGH} are understood well"
            yield Finding(str(folder), advice, serious=False)


def messages_of(examples: str) -> list[str]:
    """The messages of one entry."""
    return [line.removeprefix("- ").strip() for line in examples.splitlines() if line.strip()]


def plain(text: str) -> str:
    """Letters, digits and single spaces: what two alike messages share."""
    return " ".join(re.sub(r"[^\w ]", "", text.lower()).split())
