"""A sentence as a vector: all-MiniLM-L6-v2, int8, on one thread.

Texts are encoded one at a time: int8 activations are scaled by batch, so a batch would change them.
"""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

WIDTH = 384
MAX_TOKENS = 128
# A letter is at least a byte of text; tokenising more than this is only work for the bin.
MAX_CHARACTERS = 2_000
CACHED_TEXTS = 512
FOLDER = Path(__file__).resolve().parent.parent / "encoder"


class EncoderNotBuilt(RuntimeError):
    """The encoder's files are missing; running `bot/rasa/build-encoder` makes them."""


class SentenceEncoder:
    """Gives the unit vector float32[384] of a text; remembers the last texts it was given."""

    def __init__(self, folder: Path = FOLDER, model: str = "model.onnx") -> None:
        """Raises EncoderNotBuilt when the folder does not hold the model and its tokenizer."""
        if not (folder / model).is_file() or not (folder / "tokenizer.json").is_file():
            raise EncoderNotBuilt(
                "The sentence encoder is not built: run bot/rasa/build-encoder first."
            )
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(max_length=MAX_TOKENS)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            str(folder / model), options, providers=["CPUExecutionProvider"]
        )
        self._cache: OrderedDict[str, np.ndarray] = OrderedDict()

    def encode(self, text: str) -> np.ndarray:
        """The unit vector float32[384] of the text; the array is read-only."""
        text = text[:MAX_CHARACTERS]
        vector = self._cache.pop(text, None)
        if vector is None:
            vector = self._compute(text)
            vector.flags.writeable = False
        self._cache[text] = vector
        if len(self._cache) > CACHED_TEXTS:
            self._cache.popitem(last=False)
        return vector

    def encode_all(self, texts: list[str]) -> np.ndarray:
        """The vectors of several texts, float32[len(texts), 384]."""
        if not texts:
            return np.zeros((0, WIDTH), dtype=np.float32)
        return np.stack([self.encode(text) for text in texts])

    def _compute(self, text: str) -> np.ndarray:
        encoding = self._tokenizer.encode(text)
        ids = np.array([encoding.ids], dtype=np.int64)
        (vectors,) = self._session.run(
            ["vector"], {"input_ids": ids, "attention_mask": np.ones_like(ids)}
        )
        return np.asarray(vectors[0], dtype=np.float32)
