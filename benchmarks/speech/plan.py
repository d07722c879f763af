"""Writes what the telephone line expects to hear for each utterance, as it tells the recogniser.

python -m benchmarks.speech.plan said.yml plan.yml
"""

from __future__ import annotations

import sys
from pathlib import Path

import yaml

from benchmarks.speech.score import asked_field
from casework.domain.conversations import Utterance
from telephony.hints import Places, hints
from tests.office import the_council, the_gazetteer


def plan(source: Path) -> dict[str, str]:
    """Hints by utterance; none where a caller may say anything."""
    said = yaml.safe_load(source.read_text())
    gazetteer = the_gazetteer()
    localities = tuple(sorted(name.title() for name in gazetteer.localities))
    districts = tuple(dict.fromkeys(code.split()[0] for code in gazetteer.postcodes()))
    places = Places(tuple(gazetteer.streets()), localities, the_council().towns, districts)
    planned = {entry["say"]: "" for entry in said["services"]}
    for entry in said["values"]:
        field = asked_field(entry["asks"])
        expected = hints(Utterance(text="", asks=entry["asks"], kind=field.type), places)
        planned |= {entry["say"]: expected, entry["again"]: expected}
    return planned


if __name__ == "__main__":
    Path(sys.argv[2]).write_text(yaml.safe_dump(plan(Path(sys.argv[1])), allow_unicode=True))
