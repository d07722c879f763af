"""The build step of the sentence encoder: weights in, checked int8 ONNX out.

Run by `bot/rasa/build-encoder` in a throw-away environment:

    python -m civicline_rasa.build_encoder WEIGHTS OUTPUT REFERENCE STAMP

WEIGHTS is a folder that holds model.safetensors and tokenizer.json somewhere below; OUTPUT must not
exist; REFERENCE is the file of reference vectors; STAMP goes into OUTPUT/built.json, so that the
shell script can tell whether the inputs have changed since.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import shutil
import sys
import tempfile
from pathlib import Path

import numpy as np
import onnx
from onnxruntime.quantization import QuantType, quantize_dynamic

from civicline_rasa.encoder import SentenceEncoder
from civicline_rasa.encoder_graph import build_graph, read_safetensors

WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
FULL_COSINE = 0.9999
SMALL_COSINE = 0.93


class BuildFailed(Exception):
    """The encoder cannot be built from what was given; the message says why in one sentence."""


def find_one(folder: Path, name: str) -> Path:
    """The single file of that name below the folder."""
    found = sorted(folder.rglob(name))
    if len(found) != 1:
        raise BuildFailed(f"The package of weights holds {len(found)} files called {name}, not 1.")
    return found[0]


def check_weights(path: Path, expected: str = WEIGHTS_SHA256) -> None:
    """Raises BuildFailed unless the file's SHA-256 is the expected one."""
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if digest != expected:
        raise BuildFailed(f"model.safetensors is not the known file: its SHA-256 is {digest}.")


def check_vectors(encoder: SentenceEncoder, reference: Path, least: float, what: str) -> float:
    """The lowest cosine with the reference vectors; raises BuildFailed if it is below `least`."""
    lowest = 1.0
    for entry in json.loads(reference.read_text(encoding="utf-8"))["vectors"]:
        expected = np.array(entry["vector"], dtype=np.float32)
        expected /= np.linalg.norm(expected)
        lowest = min(lowest, float(encoder.encode(entry["text"]) @ expected))
    if lowest <= least:
        raise BuildFailed(
            f"The {what} encoder differs from the reference: cosine {lowest:.4f}, need {least}."
        )
    return lowest


def build(weights: Path, output: Path, reference: Path, stamp: str) -> None:
    """Writes model.onnx, tokenizer.json and built.json to `output`, all of them or nothing."""
    tensors_file = find_one(weights, "model.safetensors")
    check_weights(tensors_file)
    with tempfile.TemporaryDirectory(dir=output.parent, prefix="encoder-") as scratch:
        folder = Path(scratch) / "encoder"
        folder.mkdir()
        shutil.copyfile(find_one(weights, "tokenizer.json"), folder / "tokenizer.json")
        full = folder / "full.onnx"
        onnx.save(build_graph(read_safetensors(tensors_file)), str(full))
        cosine = check_vectors(
            SentenceEncoder(folder, "full.onnx"), reference, FULL_COSINE, "float32"
        )
        print(f"  float32 encoder agrees with the reference (lowest cosine {cosine:.5f})")
        # per_channel and reduce_range: the defaults lose too much (cosine 0.80).
        quantize_dynamic(
            full,
            folder / "model.onnx",
            per_channel=True,
            reduce_range=True,
            weight_type=QuantType.QInt8,
        )
        full.unlink()
        cosine = check_vectors(SentenceEncoder(folder), reference, SMALL_COSINE, "int8")
        print(f"  int8 encoder agrees with the reference (lowest cosine {cosine:.3f})")
        (folder / "built.json").write_text(json.dumps({"inputs": stamp}) + "\n", encoding="utf-8")
        os.replace(folder, output)


def main(arguments: list[str]) -> int:
    """Builds, or says in one sentence why not; gives the exit status."""
    # onnxruntime recommends a step of its own that this graph does not need.
    logging.disable(logging.WARNING)
    weights, output, reference, stamp = arguments
    try:
        build(Path(weights), Path(output), Path(reference), stamp)
    except (BuildFailed, OSError) as problem:
        print(f"build-encoder: {problem}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
