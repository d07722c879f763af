"""How well the intent model understands, and how fast.

    make nlu
    PYTHONPATH=bot/rasa bot/rasa/.venv/bin/python -m civicline_rasa.measure [FILE ...]

FILE is a held-out set: a Rasa NLU file or a mapping of labels to messages (.yml); `held_out_typed`
and `held_out_spoken` are two channels of one set. Without one, the sets in tests/nlu are measured.
The newest model in models/ is, or with --data one trained on the spot. --curve trains on a tenth, a
quarter, a half, three quarters and all of the examples and prints how much is right with each.
Prints counts and names of intents, never a message.
"""

from __future__ import annotations

import argparse
import json
import sys
import tarfile
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import yaml

from civicline_rasa import learning_curve, measured_report
from civicline_rasa.encoder import SentenceEncoder
from civicline_rasa.text_model import TextModel

TOP = Path(__file__).resolve().parents[3]
COMPONENT = "civicline_rasa.intents.IntentClassifier"
PARTS = ("intents.npz", "intents.json")
Examples = tuple[list[str], list[str]]


@dataclass(frozen=True)
class Measured:
    """What a model made of a held-out set: `chances` float64[messages, labels].

    `milliseconds` are by the clock, `processor` of work: on a busy machine only the latter tells.
    """

    name: str
    channel: str
    texts: list[str]
    meant: list[str]
    labels: list[str]
    chances: np.ndarray
    milliseconds: np.ndarray
    processor: np.ndarray


def read_examples(path: Path) -> Examples:
    """Texts and their intents, from a file or from every .yml below a folder.

    An intent with a topic, `bin_day/when`, is an example of the intent.
    """
    texts: list[str] = []
    intents: list[str] = []
    files = sorted(path.rglob("*.yml")) if path.is_dir() else [path]
    for file in files:
        content = yaml.safe_load(file.read_text(encoding="utf-8")) or {}
        if not {"nlu", "rules", "responses"} & set(content):
            # The held-out sets are written plainly: a label, and what was said.
            for label, said in content.items():
                texts += said
                intents += [label] * len(said)
        for entry in content.get("nlu") or []:
            for line in (entry.get("examples") or "").splitlines():
                if line.strip().startswith("- "):
                    texts.append(line.strip()[2:].strip())
                    intents.append(entry["intent"].split("/")[0])
    return texts, intents


def newest_model(folder: Path) -> TextModel:
    """The intent model inside the newest model of Rasa. Raises FileNotFoundError if none is."""
    packed = sorted(folder.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)
    if not packed:
        raise FileNotFoundError(f"No trained model in {folder}: run ./civicline train first.")
    with tarfile.open(packed[-1]) as archive, tempfile.TemporaryDirectory() as scratch:
        for member in archive.getmembers():
            name = member.name.rsplit("/", 1)[-1]
            content = archive.extractfile(member) if COMPONENT in member.name else None
            if content and name in PARTS:
                (Path(scratch) / name).write_bytes(content.read())
        return TextModel.open(Path(scratch), SentenceEncoder())


def measure(model: TextModel, file: Path) -> Measured:
    """Every message of the file, one at a time as in service."""
    texts, meant = read_examples(file)
    model.rank("the first message is slow")
    chances, taken = [], []
    for text in texts:
        started = np.array([time.perf_counter(), time.process_time()])
        chances.append(model.chances([text])[0])
        taken.append(np.array([time.perf_counter(), time.process_time()]) - started)
    name, _, channel = file.stem.rpartition("_")
    clock, processor = np.array(taken).T * 1000
    return Measured(name, channel, texts, meant, model.labels, np.array(chances), clock, processor)


class Thresholds(NamedTuple):
    """Probabilities of the pipeline's configuration."""

    reject_below: float
    sure_above: float
    danger_above: float


def thresholds(config: Path) -> Thresholds:
    """What `config.yml` says of the intent model."""
    content = yaml.safe_load(config.read_text(encoding="utf-8"))
    ours = next(one for one in content["pipeline"] if one["name"] == COMPONENT)
    return Thresholds(*(ours[name] for name in Thresholds._fields))


def draw_curve(training: Examples, files: Sequence[Path], kinds: Mapping[str, str]) -> None:
    """Trains on ever more of the examples and prints a row for each."""
    danger_above = thresholds(TOP / "config.yml").danger_above
    for place, (_, (texts, names)) in enumerate(learning_curve.shares_of(*training)):
        model = TextModel.train(texts, names, SentenceEncoder())
        found = learning_curve.points([measure(model, one) for one in files], kinds, danger_above)
        learning_curve.tell(len(texts), found, first=place == 0)


def main(arguments: list[str] | None = None) -> int:
    """Measures and prints; gives the exit status."""
    parser = argparse.ArgumentParser(description="Measures the intent model.")
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--data", type=Path, help="train on these files instead")
    parser.add_argument("--models", type=Path, default=TOP / "models")
    parser.add_argument("--screened", type=Path, help="what the safety rules say of each message")
    parser.add_argument("--curve", action="store_true", help="what more examples would bring")
    options = parser.parse_args(arguments)
    training = read_examples(options.data or TOP / "data")
    files = options.files or sorted((TOP / "tests" / "nlu").glob("*.yml"))
    services = yaml.safe_load((TOP / "council" / "services.yml").read_text(encoding="utf-8"))
    if options.curve:
        draw_curve(training, files, {one["id"]: one["kind"] for one in services["services"]})
        return 0
    if options.data:
        model = TextModel.train(*training, SentenceEncoder())
    else:
        model = newest_model(options.models)
    measured_report.tell(
        [measure(model, file) for file in files],
        known=training[0],
        tiers={one["id"]: one["tier"] for one in services["services"]},
        thresholds=thresholds(TOP / "config.yml"),
        screened=json.loads(options.screened.read_text("utf-8")) if options.screened else None,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
