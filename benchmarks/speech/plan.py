"""Writes what the telephone line expects to hear for each utterance, as it tells the recogniser.

python -m benchmarks.speech.plan said.yml plan.yml
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import yaml

from benchmarks.speech.score import asked_field
from casework.domain.conversations import Utterance
from telephony.hints import Places, hints
from tests.office import the_council, the_gazetteer

NAMED = frozenset({"address", "postcode"})
MOST = 60
"""Phrases to expect that do this recogniser good, and kinds of answers for which they do."""


def plan(source: Path) -> dict[str, Any]:
    """The voices, and hints by utterance; none where a caller may say anything."""
    said = yaml.safe_load(source.read_text())
    gazetteer = the_gazetteer()
    localities = tuple(sorted(name.title() for name in gazetteer.localities))
    districts = tuple(dict.fromkeys(code.split()[0] for code in gazetteer.postcodes()))
    places = Places(tuple(gazetteer.streets()), localities, the_council().towns, districts)
    planned = {entry["say"]: "" for entry in said.get("services", [])}
    for entry in said["values"]:
        kind = asked_field(entry["asks"]).type
        expected = hints(Utterance(text="", asks=entry["asks"], kind=kind), places)
        # This recogniser takes few, and where little is said it repeats them instead of listening.
        expected = ", ".join(expected.split(",")[:MOST]) if kind in NAMED else ""
        planned |= {entry["say"]: expected, entry["again"]: expected}
    return {"voices": said["voices"], "hints": planned}


if __name__ == "__main__":
    Path(sys.argv[2]).write_text(yaml.safe_dump(plan(Path(sys.argv[1])), allow_unicode=True))
