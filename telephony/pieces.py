"""What is said before the line listens: never more than two sentences at a time.

A long answer is parted by the question whether to go on; anything else just pauses to listen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from telephony.prompts import Part

SENTENCES = 2
"""Sentences that are said at a time."""

_END = re.compile(r"(?<=[.!?])\s+(?=\S)")


@dataclass(frozen=True)
class Piece:
    """Sentences said in one go. `more` asks whether to go on reading."""

    parts: tuple[Part, ...]
    more: bool = False

    @property
    def firm(self) -> bool:
        """Whether it is heard to the end."""
        return any(part.firm for part in self.parts)


def pieces(said: Sequence[Part], more: str) -> tuple[Piece, ...]:
    """Parts as pieces, in order; `more` is how to ask whether to go on with a long answer."""
    found: list[Piece] = []
    waiting: list[Part] = []
    for part in said:
        sentences = _sentences(part)
        if part.answers and len(sentences) > SENTENCES:
            found += [*_in_twos(waiting), *_answer(sentences, more)]
            waiting = []
        else:
            waiting += sentences
    return (*found, *_in_twos(waiting))


def sentences_of(text: str) -> list[str]:
    """The sentences of a text to be read aloud."""
    return [one for one in _END.split(text.strip()) if one]


def _sentences(part: Part) -> list[Part]:
    return [replace(part, text=one) for one in sentences_of(part.text)]


def _in_twos(sentences: Sequence[Part]) -> Iterable[Piece]:
    """Two at a time; what is not to be interrupted keeps nothing else from being."""
    start = 0
    while start < len(sentences):
        end = start + 1
        if end < len(sentences) and sentences[end].firm == sentences[start].firm:
            end += 1
        yield Piece(tuple(sentences[start:end]))
        start = end


def _answer(sentences: Sequence[Part], more: str) -> Iterable[Piece]:
    for start in range(0, len(sentences), SENTENCES):
        yield Piece(tuple(sentences[start : start + SENTENCES]))
        if start + SENTENCES < len(sentences):
            yield Piece((Part(more),), more=True)
