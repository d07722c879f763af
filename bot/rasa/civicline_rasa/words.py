"""The words of a text as features: which ones, in pairs, and their pieces."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
import yaml
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

from civicline_rasa.encoder import MAX_CHARACTERS

MISHEARD = Path(__file__).with_name("misheard.yml")
ANALYSERS = {
    "words": {"analyzer": "word", "ngram_range": (1, 2), "token_pattern": r"(?u)\b\w+\b"},
    "pieces": {"analyzer": "char_wb", "ngram_range": (2, 4), "min_df": 2},
}
ALIKE = 0.84
SHORTEST_MISSPELT = 3


@cache
def _misheard() -> tuple[re.Pattern[str], dict[str, str]]:
    """A pattern of everything that is heard for something else, the longest first, and what for."""
    content = yaml.safe_load(MISHEARD.read_text(encoding="utf-8"))
    meant = {heard: meant for meant, several in content.items() for heard in several}
    longest_first = sorted(meant, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b"), meant


def as_meant(text: str) -> str:
    """Lower-case text with what was misheard put right: "counsel tax" is "council tax"."""
    pattern, meant = _misheard()
    return pattern.sub(lambda found: meant[found.group()], text)


def tidy(text: str) -> str:
    """What the model reads: lower case, plain apostrophes, misheard words put right, one digit."""
    text = as_meant(text[:MAX_CHARACTERS].lower().replace("\u2019", "'"))
    return "".join("0" if character.isdigit() else character for character in text)


class WordFeatures:
    """TF-IDF of words, pairs of words and pieces of words; each part is of unit length."""

    def __init__(self, vectorisers: dict[str, TfidfVectorizer]) -> None:
        self._vectorisers = vectorisers
        self._by_letter: dict[str, list[str]] = {}
        for term in vectorisers["words"].vocabulary_:
            if " " not in term:
                self._by_letter.setdefault(term[0], []).append(term)

    @classmethod
    def learn(cls, texts: Sequence[str]) -> WordFeatures:
        vectorisers = {}
        for name, options in ANALYSERS.items():
            vectorisers[name] = TfidfVectorizer(sublinear_tf=True, dtype=np.float32, **options)
            vectorisers[name].fit([tidy(text) for text in texts])
        return cls(vectorisers)

    def of(self, texts: Sequence[str]) -> sparse.csr_matrix:
        """float32[len(texts), features]"""
        tidied = [tidy(text) for text in texts]
        parts = [vectoriser.transform(tidied) for vectoriser in self._vectorisers.values()]
        # float32 like the weights: otherwise every product converts all of those (8 ms).
        return sparse.hstack(parts).tocsr().astype(np.float32)

    def knows(self, text: str) -> bool:
        """Whether a word of the text, or one spelt almost like it, was in the examples."""
        vocabulary = self._vectorisers["words"].vocabulary_
        for word in re.findall(r"\w+", tidy(text)):
            if word in vocabulary:
                return True
            alike = self._by_letter.get(word[0], []) if len(word) > SHORTEST_MISSPELT else []
            if difflib.get_close_matches(word, alike, 1, ALIKE):
                return True
        return False

    def arrays(self) -> dict[str, np.ndarray]:
        arrays = {}
        for name, vectoriser in self._vectorisers.items():
            arrays[f"{name}_terms"] = np.array(vectoriser.get_feature_names_out(), dtype=str)
            arrays[f"{name}_idf"] = vectoriser.idf_
        return arrays

    @classmethod
    def from_arrays(cls, arrays: dict[str, np.ndarray]) -> WordFeatures:
        vectorisers = {}
        for name, options in ANALYSERS.items():
            vocabulary = {str(term): i for i, term in enumerate(arrays[f"{name}_terms"])}
            options = {key: value for key, value in options.items() if key != "min_df"}
            vectoriser = TfidfVectorizer(
                sublinear_tf=True, dtype=np.float32, vocabulary=vocabulary, **options
            )
            vectoriser.idf_ = arrays[f"{name}_idf"]
            vectorisers[name] = vectoriser
        return cls(vectorisers)
