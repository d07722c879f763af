"""How well the intent model understands, and how fast.

    PYTHONPATH=bot/rasa bot/rasa/.venv/bin/python -m civicline_rasa.measure [HELD_OUT] [--data DIR]

HELD_OUT is a Rasa NLU file or a mapping of labels to messages (.yml), or a CSV with the columns
`text` and `intent`; without it the
training data (data/nlu) is cross-validated. Prints no message, only counts and names of intents.
"""

from __future__ import annotations

import argparse
import csv
import sys
import time
from collections import Counter
from pathlib import Path

import numpy as np
import yaml
from sklearn.model_selection import StratifiedKFold

from civicline_rasa.encoder import SentenceEncoder
from civicline_rasa.text_model import TextModel

FOLDS = 5
TIMED = 300
Examples = tuple[list[str], list[str]]


def read_examples(path: Path) -> Examples:
    """Texts and their intents, from a file or from every .yml below a folder."""
    texts: list[str] = []
    intents: list[str] = []
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                texts.append(row["text"])
                intents.append(row["intent"])
        return texts, intents
    files = sorted(path.rglob("*.yml")) if path.is_dir() else [path]
    for file in files:
        content = yaml.safe_load(file.read_text(encoding="utf-8")) or {}
        if "nlu" not in content:
            # The held-out set is written plainly: a label, and what was said.
            for label, said in content.items():
                texts += said
                intents += [label] * len(said)
        for entry in content.get("nlu") or []:
            for line in (entry.get("examples") or "").splitlines():
                if line.strip().startswith("- "):
                    texts.append(line.strip()[2:].strip())
                    intents.append(entry["intent"])
    return texts, intents


def cross_validate(texts: list[str], intents: list[str], encoder: SentenceEncoder) -> tuple:
    """Chances float64[texts, labels] of each text by a model that has not seen it, and labels."""
    labels = sorted(set(intents))
    chances = np.zeros((len(texts), len(labels)))
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=1)
    for known, held_out in folds.split(texts, intents):
        model = TextModel.train([texts[i] for i in known], [intents[i] for i in known], encoder)
        chances[held_out] = model.chances([texts[i] for i in held_out])
    return chances, labels


def report(chances: np.ndarray, labels: list[str], intents: list[str]) -> None:
    """Prints accuracy, how far confidence can be trusted, and what is mixed up most."""
    order = np.argsort(-chances, axis=1)[:, :3]
    guesses = [[labels[i] for i in row] for row in order]
    right = np.array([guess[0] == intent for guess, intent in zip(guesses, intents, strict=True)])
    top3 = np.mean([intent in guess for guess, intent in zip(guesses, intents, strict=True)])
    print(f"messages {len(intents)}  intents {len(labels)}")
    print(f"top-1 {right.mean():.1%}  top-3 {top3:.1%}")
    sure = chances.max(axis=1)
    print("confidence    messages   right")
    for low, high in ((0, 0.2), (0.2, 0.35), (0.35, 0.5), (0.5, 0.7), (0.7, 0.9), (0.9, 1.01)):
        within = (sure >= low) & (sure < high)
        if within.any():
            share = f"{right[within].mean():7.1%}"
            print(f"{low:4.2f} to {min(high, 1):4.2f}  {within.mean():7.1%}  {share}")
    mixed = Counter(
        (intent, guess[0])
        for guess, intent in zip(guesses, intents, strict=True)
        if guess[0] != intent
    )
    print("mixed up most (meant, understood):")
    for (meant, understood), count in mixed.most_common(15):
        print(f"  {count:4}  {meant}  {understood}")


def time_messages(model: TextModel, texts: list[str]) -> float:
    """Milliseconds a message, the median, without the encoder's cache."""
    taken = []
    for number, text in enumerate(texts[:TIMED]):
        started = time.perf_counter()
        model.rank(f"{text} {number}")
        taken.append(time.perf_counter() - started)
    return float(np.median(taken)) * 1000


def main(arguments: list[str] | None = None) -> int:
    """Measures and prints; gives the exit status."""
    parser = argparse.ArgumentParser(description="Measures the intent model.")
    parser.add_argument("held_out", nargs="?", type=Path)
    parser.add_argument("--data", type=Path, default=Path("data/nlu"))
    options = parser.parse_args(arguments)
    texts, intents = read_examples(options.data)
    encoder = SentenceEncoder()
    started = time.perf_counter()
    model = TextModel.train(texts, intents, encoder)
    print(f"trained in {time.perf_counter() - started:.1f} s")
    print(f"{time_messages(model, texts):.1f} ms a message")
    if options.held_out:
        asked, meant = read_examples(options.held_out)
        report(model.chances(asked), model.labels, meant)
    else:
        report(*cross_validate(texts, intents, encoder), intents)
    return 0


if __name__ == "__main__":
    sys.exit(main())
