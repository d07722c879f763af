"""Texts of a council's folder: one for all channels, or one for each."""

from __future__ import annotations

from collections.abc import Mapping

from casework.domain.wording import Spoken


def spoken(text: str | Mapping[str, str]) -> Spoken:
    """One text for all channels, or one for each."""
    if isinstance(text, str):
        return Spoken(_text(text), _text(text), _text(text))
    return Spoken(_text(text["web"]), _text(text["sms"]), _text(text["voice"]))


def _text(text: str) -> str:
    """A text without the line end that YAML's blocks leave; one that is a line end stays, and so
    do the spaces of words that join others."""
    return text.rstrip("\n") or text
