"""Choices and yeses that a sentence gives away without having been asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from casework.adapters.reading.choices import Hit, distinctive, hits_in, tokens_of
from casework.adapters.reading.phrases import is_question
from casework.domain.fields import Field

_ASKED_ONLY = frozenset({"evidence", "relationship"})
"""Choices that are taken from nothing but a reply to their own question."""

_PERSONAL = re.compile(r"(?i)\b(?:my|the|her|his|their) (?:full )?(?:name|address)(?:'s| is)\b")
"""Says who somebody is or where they live, and not what has changed."""

_CLAUSE = re.compile(r"[,.;!?]+\s|\s(?:and|but|so|because|cos)\s", re.IGNORECASE)
SUM = re.compile(
    r"£ ?[0-9][0-9,.]*[0-9]|£ ?[0-9]|\b[0-9][0-9,.]* ?(?:pounds|quid)\b"
    r"(?: (?:and )?[0-9]{2}\b(?=[,.]|$| (?:a|per|each|every|p|pence)\b))?",
    re.IGNORECASE,
)
"""An amount of money that is marked as one."""
_BEHIND = 25
"""Characters behind an amount in which it is said how often."""


def choices_in(fields: Sequence[Field], plain: str) -> dict[str, Any]:
    """The options that a clean sentence without addresses chooses, by field id."""
    found: dict[str, Any] = {}
    plain = _PERSONAL.sub(" , ", plain)
    tokens = tokens_of(plain)
    for field in fields:
        if field.type != "choice" or field.id in _ASKED_ONLY:
            continue
        hits = [hit for hit in hits_in(field.options, plain) if hit.option != "other"]
        plainly = [hit for hit in hits if distinctive(hit, tokens)]
        if field.matter:
            # What the sentence is about: a common word will do, unless a plainer one is there.
            hits = plainly = plainly or hits
        options = {hit.option for hit in hits}
        if len(options) == 1 and any(hit.option in options for hit in plainly):
            found[field.id] = options.pop()
    return found


def answers_in(fields: Sequence[Field], plain: str) -> dict[str, Any]:
    """Yes or no to questions that the sentence answers in the words of their options, by id."""
    wanted = [field for field in fields if field.type == "yes_no" and field.options]
    if not wanted or is_question(plain):
        return {}
    found: dict[str, Any] = {}
    for field in wanted:
        meant = {hit.option for hit in _answering(field, plain)}
        if len(meant) == 1:
            found[field.id] = meant.pop() in ("true", "yes")
    return found


def _answering(field: Field, plain: str) -> list[Hit]:
    if not field.cues:
        tokens = tokens_of(plain)
        return [hit for hit in hits_in(field.options, plain) if distinctive(hit, tokens)]
    found: list[Hit] = []
    for clause in _CLAUSE.split(plain):
        lowered = clause.lower()
        if any(re.search(rf"\b{re.escape(cue)}\b", lowered) for cue in field.cues):
            found.extend(hits_in(field.options, clause))
    return found


def how_often(fields: Sequence[Field], plain: str) -> dict[str, Any]:
    """How often an amount is paid, said right behind it: "£450 a week"."""
    often = next((field for field in fields if field.id == "frequency"), None)
    sums = list(SUM.finditer(plain))
    if often is None or len(sums) != 1:
        return {}
    behind = re.split(r"[,.;!?]", plain[sums[0].end() :][:_BEHIND])[0]
    options = {hit.option for hit in hits_in(often.options, behind)}
    return {often.id: options.pop()} if len(options) == 1 else {}
