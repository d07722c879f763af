"""Scores what a recogniser heard: is the value, or the service, the one that was meant?

    python -m benchmarks.speech.score

Values go the way of a call: `telephony.hearing`, then the reader of the field asked. "Once more"
counts a value right where the first reply gave none, or a wrong one that the read-back lays open,
and the reply to the next question gives it. Services go to the running assistant, where a choice
of a few that holds the right one is put right by the next word.
"""

from __future__ import annotations

import sys
import tempfile
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import yaml

from casework.domain.fields import Field
from casework.domain.wording import Spoken
from casework.ports.reading import Context, Pick, Read
from telephony.hearing import heard_words
from tests.office import NOW, the_council, the_gazetteer, the_reader
from tests.product import running_product

FOLDER = Path(__file__).parent
YES_NO = Field("confirm", "yes_no", "yes or no", Spoken("", "", ""), Spoken("", "", ""))
ADDRESS = "address"


@dataclass(frozen=True)
class Score:
    """How one utterance fared with one voice."""

    kind: str
    voice: str
    said: str
    raw: str
    got: str
    word_for_word: bool
    first: bool
    in_the_end: bool


def asked_field(asks: str) -> Field:
    """The field behind a word of the contract."""
    return YES_NO if asks == "confirm" else the_council().fields[asks]


def value_heard(asks: str, raw: str) -> tuple[str, Any]:
    """What the ear makes of the recogniser's words, and the value read from them: None where there
    is none, a list where it is asked whether it is this."""
    field = asked_field(asks)
    areas, known = the_council().postcode_areas, the_gazetteer().postcodes()
    found = heard_words(raw, asks, field.type, areas, known)
    words = found.text
    reading = the_reader().read(field, words, Context(NOW))
    if isinstance(reading, Pick):
        return words, [_plain_value(field, candidate.value) for candidate in reading.candidates]
    value = _plain_value(field, reading.value) if isinstance(reading, Read) else None
    return words, [value] if found.guessed and value is not None else value


def _plain_value(field: Field, value: Any) -> Any:
    """A value to compare: of an address its first line."""
    return value["lines"][0] if field.type == ADDRESS else value


def plain(text: str) -> str:
    """Letters and digits alone, to compare what was said with what was written."""
    return "".join(c for c in text.lower() if c.isalnum())


def score_values(said: Mapping[str, Any], heard: Mapping[str, Mapping[str, str]]) -> list[Score]:
    """Every value in every voice."""
    scores = []
    for entry in said["values"]:
        for voice, raw in heard[entry["say"]].items():
            words, value = value_heard(entry["asks"], raw)
            first = _fits(value, entry["value"])
            second = value_heard(entry["asks"], heard[entry["again"]][voice])[1]
            # From two or three that were offered, the right one is named.
            offered = isinstance(value, list) and entry["value"] in value
            in_the_end = first or offered or _fits(second, entry["value"])
            exact = plain(raw) in {plain(entry["say"]), plain(str(entry["value"]))}
            scores.append(
                Score(entry["asks"], voice, entry["say"], raw, f"{words} = {value}", exact,
                      first, in_the_end)
            )  # fmt: skip
    return scores


def _fits(value: Any, wanted: Any) -> bool:
    return str(value) == str(wanted)


def score_services(
    address: str, said: Mapping[str, Any], heard: Mapping[str, Mapping[str, str]]
) -> list[Score]:
    """Every need in every voice, told to the assistant as the first words of a conversation."""
    areas = the_council().postcode_areas
    scores = []
    for entry in said["services"]:
        for voice, raw in heard[entry["say"]].items():
            words = heard_words(raw, None, None, areas).text
            last = _first_reply(address, words)
            got = "speak_to_agent" if last["mode"] == "queued" else str(last["service"])
            if last["asks"] in {"when", "phone"} and entry["service"] == "speak_to_agent":
                got = "speak_to_agent"  # Nobody is there: a call back is being arranged.
            first = got == entry["service"]
            among = entry["service"] in {choice["value"] for choice in last["choices"]}
            exact = plain(raw) == plain(entry["say"])
            scores.append(
                Score("service", voice, entry["say"], raw, got, exact, first, first or among)
            )
    return scores


def _first_reply(address: str, words: str) -> dict[str, Any]:
    with httpx.Client(base_url=address, timeout=30, trust_env=False) as http:
        session = http.post("/api/chat/sessions", json={}).json()
        path = f"/api/chat/sessions/{session['conversation_id']}/messages"
        headers = {"Authorization": f"Bearer {session['token']}"}
        body = {"id": str(uuid.uuid4()), "text": words}
        answer = http.post(path, json=body, headers=headers).raise_for_status().json()
    return dict(answer["messages"][-1])


def table(scores: list[Score]) -> str:
    """What fell short, then the shares by voice."""
    lines = [
        f"{'  ' if s.in_the_end else '! '}{s.voice:10} {s.kind:20} {s.said}\n"
        f"{'':33}heard: {s.raw}\n{'':33}made:  {s.got}"
        for s in scores
        if not s.first
    ]
    return "\n".join([*lines, "", shares(scores)])


def shares(scores: list[Score]) -> str:
    """How many are right, by voice."""
    lines = ["| | utterances | word for word | right at once | after one question more |",
             "|---|---|---|---|---|"]  # fmt: skip
    for part, wanted in (("values", False), ("services", True)):
        for voice in [*dict.fromkeys(s.voice for s in scores), None]:
            of = [s for s in scores if (s.kind == "service") is wanted and voice in {None, s.voice}]
            if of:
                parts = (
                    sum(getattr(s, name) for s in of) / len(of)
                    for name in ("word_for_word", "first", "in_the_end")
                )
                cells = " | ".join(f"{share:.0%}" for share in parts)
                lines.append(f"| {part}, {voice or 'all'} | {len(of)} | {cells} |")
    return "\n".join(lines)


def read(name: str) -> Any:
    """A file of this folder."""
    return yaml.safe_load((FOLDER / f"{name}.yml").read_text())


def main() -> int:
    """Prints the tables: of what rules were written for, and of what was held out."""
    said, heard = read("said"), read("heard")
    scores = score_values(said, heard)
    if "--values" not in sys.argv:
        with tempfile.TemporaryDirectory() as folder, running_product(Path(folder)) as product:
            scores += score_services(product.address, said, heard)
    print(table(scores))  # noqa: T201
    for name, title in (("held_out", "Held out"), ("unseen", "Held out and never looked at")):
        scores = score_values(read(name), read(f"heard_{name}"))
        kept = table(scores) if name != "unseen" else shares(scores)
        print(f"\n{title}:\n\n{kept}")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
