"""A sentence as a vector, and as one of each layer: all-MiniLM-L6-v2, int8, on one thread.

Texts are encoded one at a time: int8 activations are scaled by batch, so a batch would change them.
"""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

WIDTH = 384
LAYERS = 6
MAX_TOKENS = 128
# A letter is at least a byte of text; tokenising more than this is only work for the bin.
MAX_CHARACTERS = 2_000
CACHED_TEXTS = 512
FOLDER = Path(__file__).resolve().parent.parent / "encoder"


class EncoderNotBuilt(RuntimeError):
    """The encoder's files are missing; running `bot/rasa/build-encoder` makes them."""


# One network and one memory of texts for all components of a process: each asks for the same text.
_OPENED: dict[Path, tuple[Tokenizer, onnxruntime.InferenceSession]] = {}
_COMPUTED: dict[Path, OrderedDict[str, np.ndarray]] = {}


class SentenceEncoder:
    """Gives the unit vector float32[384] of a text; remembers the last texts it was given.

    Under it lie the layers it was computed in: the lower ones know words, the upper ones meaning.
    """

    def __init__(self, folder: Path = FOLDER, model: str = "model.onnx") -> None:
        """Raises EncoderNotBuilt when the folder does not hold the model and its tokenizer."""
        if not (folder / model).is_file() or not (folder / "tokenizer.json").is_file():
            raise EncoderNotBuilt(
                "The sentence encoder is not built: run bot/rasa/build-encoder first."
            )
        path = (folder / model).resolve()
        if path not in _OPENED:
            _OPENED[path] = _open(folder, model)
            _COMPUTED[path] = OrderedDict()
        self._tokenizer, self._session = _OPENED[path]
        self._cache = _COMPUTED[path]

    def encode(self, text: str) -> np.ndarray:
        """The unit vector float32[384] of the text; the array is read-only."""
        return self.layers(text)[-WIDTH:]

    def layers(self, text: str) -> np.ndarray:
        """The unit vector of every layer, first to last, float32[6 x 384]; read-only."""
        text = text[:MAX_CHARACTERS]
        layers = self._cache.pop(text, None)
        if layers is None:
            layers = self._compute(text)
            layers.flags.writeable = False
        self._cache[text] = layers
        if len(self._cache) > CACHED_TEXTS:
            self._cache.popitem(last=False)
        return layers

    def encode_all(self, texts: list[str]) -> np.ndarray:
        """The vectors of several texts, float32[len(texts), 384]."""
        return self.layers_of_all(texts)[:, -WIDTH:]

    def layers_of_all(self, texts: list[str]) -> np.ndarray:
        """The layers of several texts, float32[len(texts), 6 x 384]."""
        if not texts:
            return np.zeros((0, LAYERS * WIDTH), dtype=np.float32)
        return np.stack([self.layers(text) for text in texts])

    def _compute(self, text: str) -> np.ndarray:
        encoding = self._tokenizer.encode(text)
        ids = np.array([encoding.ids], dtype=np.int64)
        (layers,) = self._session.run(
            ["layers"], {"input_ids": ids, "attention_mask": np.ones_like(ids)}
        )
        return np.asarray(layers[0], dtype=np.float32)


def _open(folder: Path, model: str) -> tuple[Tokenizer, onnxruntime.InferenceSession]:
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(max_length=MAX_TOKENS)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(
        str(folder / model), options, providers=["CPUExecutionProvider"]
    )
    return tokenizer, session
