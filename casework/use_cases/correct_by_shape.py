"""Which answer a value belongs to that is put right without naming it: by its shape, or its kin."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from casework.domain.fields import Field
from casework.ports.reading import Read, Reading, Refused
from casework.use_cases.filling import SURE, YES_NO, Filling

DISTINCT = frozenset(
    "date date_past address contact phone email registration account_ref money choice".split()
)
"""Types whose values can be told from their shape, without naming the field."""

NAME_WORDS = 5
"""Words that a name put right has at most."""

ALIKE, PLAINLY = 0.5, 0.1
"""How alike two names are when one may stand for the other, and how much more than a third."""

YES_OR_NO = 3
"""Words that a reply has at most which is a yes or a no, and nothing else."""

PLAIN_CHOICE = 6
"""Words up to which a reply that names no field may take back a choice."""

SAYS_OLD = re.compile(r"(?i)\b(?:old|previous|former|before|used to)\b")

SAYS_NEW = re.compile(r"(?i)\bnew\b")

IS = (
    r"(?:(?:'s| is| was| should be| needs to be| to)(?: actually)? |: ?)"
    r"(?:(?:wrong|incorrect|not right)[,. ]+)?(?:(?:it'?s|it is|it should be) )?"
)
"""What stands between the name of a field and its value."""


@dataclass(frozen=True)
class Correction:
    """The field to change, and what was heard for it (None: it must be asked again). `also` are
    others put right in the same breath."""

    field: Field
    reading: Reading | None
    also: tuple[Correction, ...] = ()


def says_so(filling: Filling) -> bool:
    """Whether opening words or the model say that something is put right."""
    text = filling.turn.text
    labelled = filling.turn.label == "correct_answer" and filling.turn.confidence >= SURE
    return labelled or filling.office.reader.correction(text).strip() != text.strip()


def newest_first(filling: Filling, fields: list[Field]) -> list[Field]:
    """Fields answered, the last answered first."""
    ages, places = filling.draft.answers, {field.id: place for place, field in enumerate(fields)}
    return sorted(fields, key=lambda f: (ages[f.id].at, places[f.id]), reverse=True)


def by_shape(filling: Filling, answered: list[Field], words: str) -> Correction | None:
    """The newest answer of the shape that the new words have.

    What the present question asks for comes first: "no, I rent it" answers it.
    """
    present = filling.field
    if present is not None and present.type != "text" and not _other_of_pair(present, filling):
        answer = new_value(filling, present, words)
        if answer is not None and not isinstance(answer, Refused):
            return None
    shaped = [f for f in answered if f.type in DISTINCT]
    if len(words.split()) > PLAIN_CHOICE:
        # In a longer sentence "in" and "out" are no choice.
        shaped = [field for field in shaped if field.type != "choice"]
    for field in _new_before_old(newest_first(filling, shaped), filling.turn.text):
        reading = new_value(filling, field, words)
        if isinstance(reading, Read) and reading.value != filling.draft.value(field.id):
            return Correction(field, reading)
    return _of_a_name(filling, answered, words)


def _of_a_name(filling: Filling, answered: list[Field], words: str) -> Correction | None:
    """A name put right by another: of several held the one that it is nearest to."""
    if not 1 <= len(words.split()) <= NAME_WORDS or not says_so(filling):
        return None
    names = [f for f in answered if f.type == "person_name" and filling.draft.value(f.id)]
    found: list[tuple[float, Field, Read]] = []
    for field in names:
        reading = new_value(filling, field, words)
        if isinstance(reading, Read):
            found.append((_likeness(filling.draft.value(field.id), reading.value), field, reading))
    found.sort(key=lambda one: -one[0])
    if not found:
        return None
    likeness, field, reading = found[0]
    alone = len(names) == 1 and " " in str(reading.value)
    nearest = likeness >= ALIKE and all(likeness - one[0] >= PLAINLY for one in found[1:])
    return Correction(field, reading) if alone or nearest else None


def _likeness(held: Any, new: Any) -> float:
    """How alike two names are, from 0 to 1."""
    return SequenceMatcher(None, str(held).lower(), str(new).lower()).ratio()


def old_or_new(filling: Filling, answered: list[Field], words: str) -> Correction | None:
    """The old one of a pair, or the new, put right by saying which: "the old one was number 12"."""
    text = filling.turn.text
    says_old, says_new = bool(SAYS_OLD.search(text)), bool(SAYS_NEW.search(text))
    if says_old == says_new:
        return None
    kind = "old_" if says_old else "new_"
    found = [
        Correction(field, reading)
        for field in answered
        if field.id.startswith(kind) and field.type in DISTINCT
        for reading in [new_value(filling, field, words)]
        if isinstance(reading, Read)
    ]
    return found[0] if len(found) == 1 else None


def _other_of_pair(present: Field, filling: Filling) -> bool:
    """Whether the new one is put right while the old is asked for, or the other way about."""
    kind, _, rest = present.id.partition("_")
    other = {"old": f"new_{rest}", "new": f"old_{rest}"}.get(kind)
    if other is None or filling.draft.value(other) is None:
        return False
    text = filling.turn.text
    says_old, says_new = bool(SAYS_OLD.search(text)), bool(SAYS_NEW.search(text))
    return says_old != says_new and says_new == (kind == "old")


def _new_before_old(fields: list[Field], text: str) -> list[Field]:
    """Fields with the new of a pair (old_registration, new_registration) before the old, unless
    the words say that the old is meant; the old is left out where they say the new."""
    ids = {field.id for field in fields}
    old = [f for f in fields if f.id.startswith("old_") and f"new_{f.id[4:]}" in ids]
    others = [field for field in fields if field not in old]
    says_old, says_new = SAYS_OLD.search(text), SAYS_NEW.search(text)
    if says_old and not says_new:
        return [*old, *others]
    return others if says_new and not says_old else [*others, *old]


def new_value(filling: Filling, field: Field, words: str) -> Reading | None:
    """What corrective words give for a field; None where that is what it holds already."""
    held, reader = filling.draft.value(field.id), filling.office.reader
    asked = field.id == filling.draft.asking
    bare = len(words.split()) <= YES_OR_NO and reader.read(YES_NO, words, filling.office.context())
    if field.type == "choice" and not asked and isinstance(bare, Read):
        # A yes is an answer to its own question and to no earlier one.
        return None
    if field.type == "person_name" and held and " not " in f" {filling.turn.text.lower()} ":
        # Which word of the name is put right shows in what it replaces.
        words = filling.turn.text
    if field.type == "text":
        behind = _behind_name(field, words)
        if behind == words and _only_names(filling, field, words):
            return None
        words = behind
    reading = filling.office.reader.read(field, words, filling.office.context(held))
    if isinstance(reading, Read) and reading.value == held:
        return None
    return reading


def _behind_name(field: Field, words: str) -> str:
    """What is said behind the name of a free-text field: "the landlord is Sea View Homes"."""
    for name in sorted({field.id.replace("_", " "), *field.names}, key=len, reverse=True):
        lead = rf"^.{{0,30}}?\b{re.escape(name)}(?:'s name| name)?"
        said = re.match(lead + IS, words, re.IGNORECASE)
        value = "" if said is None else words[said.end() :].strip()
        if value and not re.match(r"(?i)(?:wrong|incorrect|not (?:right|correct))\b", value):
            return value
    return words


def _only_names(filling: Filling, field: Field, words: str) -> bool:
    """Whether the words merely name a free-text field ("change the description")."""
    return len(words.split()) <= 4 and filling.office.reader.mentions([field], words) is not None
