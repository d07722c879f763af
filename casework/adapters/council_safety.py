"""The safety rules of a council's folder: phrases in our own short notation, or token patterns."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from casework.adapters.yaml_lines import Source
from casework.domain.safety import SafetyRule

_ANY = re.compile(r"_(\d?)(\??)")
_GROUP = re.compile(r"[A-Z][A-Z_]*")


def read_safety_rules(source: Source) -> tuple[SafetyRule, ...]:
    """The rules in order, each phrase as one token pattern. Raises CouncilDataError."""
    groups = {name: text.split() for name, text in source.data.get("words", {}).items()}
    rules = []
    for place, entry in enumerate(source.data["rules"]):
        if entry["wording"] not in source.data["responses"]:
            raise source.error(["rules", place, "wording"], "write a key of responses")
        patterns, unless = (
            tuple(
                _pattern(source, ["rules", place, key, number], given, groups)
                for number, given in enumerate(entry.get(key, ()))
            )
            for key in ("patterns", "unless")
        )
        rules.append(
            SafetyRule(
                id=entry["id"],
                label=entry["label"],
                wording=entry["wording"],
                safe_contact=bool(entry.get("safe_contact", False)),
                patterns=patterns,
                unless=unless,
                fires=tuple(entry["fires"]),
                quiet=tuple(entry.get("quiet", ())),
            )
        )
    return tuple(rules)


def _pattern(
    source: Source,
    place: list[str | int],
    given: str | Sequence[Mapping[str, Any]],
    groups: Mapping[str, Sequence[str]],
) -> tuple[Mapping[str, Any], ...]:
    if not isinstance(given, str):
        return tuple(given)
    try:
        return phrase(given, groups)
    except KeyError as unknown:
        raise source.error(place, f"write a name of words, not {unknown}") from None


def phrase(text: str, groups: Mapping[str, Sequence[str]]) -> tuple[Mapping[str, Any], ...]:
    """A phrase as token patterns.

    `a|b` is either word, `WHO` any of that group, `_` any word, `_3` up to three words, `?` after
    a piece makes it optional, `!` before it means any other word, `^` the start of the text.
    Raises KeyError with the name of a group that does not exist.
    """
    tokens: list[Mapping[str, Any]] = []
    for piece in text.split():
        if found := _ANY.fullmatch(piece):
            upto, optional = found.groups()
            tokens += [{"OP": "?"}] * int(upto or 1) if upto or optional else [{}]
            continue
        token: dict[str, Any] = {"IS_SENT_START": True} if piece.startswith("^") else {}
        if piece.endswith("?") and piece != "?":
            token["OP"] = "?"
        bare = piece.removeprefix("^").removesuffix("?") if piece != "?" else piece
        words = _words(bare.removeprefix("!"), groups)
        token["LOWER"] = {"NOT_IN" if bare.startswith("!") else "IN": words}
        tokens.append(token)
    return tuple(tokens)


def _words(piece: str, groups: Mapping[str, Sequence[str]]) -> list[str]:
    words: list[str] = []
    for word in piece.split("|"):
        words += groups[word] if _GROUP.fullmatch(word) else [word]
    return words
