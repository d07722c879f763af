"""Trains the assistant when no model fits the data it would be trained on."""

from __future__ import annotations

import hashlib
import os
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from server.assistant_environment import of_the_assistant

KEPT = 2
"""Trained models kept beside the newest, for going back."""

TOLD_EVERY = 15.0
"""Seconds between two lines of progress."""


class TrainingFailed(RuntimeError):
    """Training did not end well; the message says where the log is."""


def fitting_model(top: Path) -> Path:
    """Where the model for the present data, pipeline and domain is, or will be."""
    digest = hashlib.sha256()
    for path in _inputs(top):
        digest.update(str(path.relative_to(top)).encode() + b"\0" + path.read_bytes() + b"\0")
    return top / "models" / f"civicline-{digest.hexdigest()[:16]}.tar.gz"


def _inputs(top: Path) -> Iterator[Path]:
    yield from (top / "config.yml", top / "domain.yml", top / "bot" / "rasa" / "requirements.txt")
    yield from sorted((top / "data").rglob("*.yml"))
    yield from sorted((top / "bot" / "rasa" / "civicline_rasa").glob("*.py"))
    yield top / "bot" / "rasa" / "civicline_rasa" / "misheard.yml"
    yield top / "bot" / "rasa" / "encoder" / "built.json"


def train(top: Path, log: Path, tell: Callable[[str], None]) -> Path:
    """Trains unless a fitting model exists; gives its path. Raises TrainingFailed."""
    model = fitting_model(top)
    if model.exists():
        # The newest are kept: one in use must not count as old.
        model.touch()
        return model
    log.parent.mkdir(parents=True, exist_ok=True)
    unfinished = model.with_name(f"unfinished-{os.getpid()}.tar.gz")
    command = [
        str(top / "bot" / "rasa" / ".venv" / "bin" / "python"),
        str(top / "bot" / "rasa" / "civicline_rasa" / "launch.py"),
        "train",
        "--fixed-model-name",
        unfinished.name.removesuffix(".tar.gz"),
    ]
    with log.open("w", encoding="utf-8") as out:
        running = subprocess.Popen(  # noqa: S603 - our own program
            command,
            cwd=top,
            env=of_the_assistant(os.environ),
            stdout=out,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait(running, tell)
        finally:
            if running.poll() is None:
                running.kill()
                running.wait()
    if running.returncode or not unfinished.exists():
        raise TrainingFailed(f"training the assistant failed; the reason is at the end of {log}")
    unfinished.replace(model)
    _forget_old(model)
    return model


def _wait(running: subprocess.Popen[bytes], tell: Callable[[str], None]) -> None:
    began = told = time.monotonic()
    tell("training the assistant (about two minutes)")
    while running.poll() is None:
        time.sleep(0.5)
        if time.monotonic() - told >= TOLD_EVERY:
            told = time.monotonic()
            tell(f"training the assistant, {told - began:.0f} s")


def _forget_old(newest: Path) -> None:
    models = sorted(newest.parent.glob("civicline-*.tar.gz"), key=lambda p: p.stat().st_mtime)
    for old in models[: -KEPT - 1]:
        if old != newest:
            old.unlink()
