"""What the safety rules say of the messages that the intent model is measured with.

    .venv/bin/python -m benchmarks.safety_screen FILE.yml ... >screened.json

Prints a JSON object: each message on which a rule of council/safety.yml fires, and its label. The
assistant's own environment has no spaCy, so `make nlu` runs this first and hands the result on.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import yaml

from casework.adapters.council_safety import read_safety_rules
from casework.adapters.reading.screening import MatcherScreen
from casework.adapters.yaml_lines import Source

TOP = Path(__file__).resolve().parents[1]


def fired(files: list[Path]) -> dict[str, str]:
    """Message to the label of the rule that fires on it; the others are left out."""
    rules = Source(TOP / "council" / "safety.yml", "safety")
    screen = MatcherScreen(read_safety_rules(rules))
    found = {}
    for file in files:
        for messages in yaml.safe_load(file.read_text(encoding="utf-8")).values():
            for message in messages:
                rule = screen.screen(message)
                if rule is not None:
                    found[message] = rule.label
    return found


if __name__ == "__main__":
    json.dump(fired([Path(name) for name in sys.argv[1:]]), sys.stdout, indent=0)
