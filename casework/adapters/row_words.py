"""Which rows of a table a resident's words name, misspelt or misheard as they may be."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz

from casework.ports.tables import Row

ALIKE = 86.0
"""How like a name the words must be, of 100: "librery" is, "tin" for "bin" is not."""

SHORTEST = 4
"""Letters of the shortest name that may be misspelt; "gp" must be said as it is."""

EACH_ALIKE = 60.0
"""How like its counterpart each word must be: "gas leak in the street" is no "water leak"."""

_LITTLE = frozenset("a an the my our your is are was has have been of in on at to from for".split())
"""Words that are left out or put in as people please: "water leaking from the road"."""


def rows_named(
    rows: Iterable[Row], found_by: Sequence[str], keys: Sequence[str], words: str
) -> list[Row]:
    """The rows whose names, in the columns `found_by`, the words hold best; the longest name wins.

    Columns in `keys` hold references: they are compared without spaces and punctuation.
    """
    heard = re.findall(r"[a-z0-9']+", words.lower().replace("\u2019", "'"))
    joined = "".join(character for character in words.lower() if character.isalnum())
    best, found = 0.0, list[Row]()
    for row in rows:
        score = _score(row, found_by, keys, heard, joined)
        if score > best:
            best, found = score, []
        if score and score == best:
            found.append(row)
    return found


def _score(
    row: Row, found_by: Sequence[str], keys: Sequence[str], heard: list[str], joined: str
) -> float:
    scores = [0.0]
    for column in found_by:
        for name in row[column].split(";"):
            if column in keys:
                key = "".join(c for c in name.lower() if c.isalnum())
                scores.append(1000.0 if key and key in joined else 0.0)
            else:
                scores.append(_likeness(name, heard))
    return max(scores)


def _likeness(name: str, heard: list[str]) -> float:
    """How well the best run of words fits a name, plus a little for every letter of it."""
    own = re.findall(r"[a-z0-9']+", name.lower())
    whole = " ".join(own)
    if len(whole) < SHORTEST:
        return 100.0 + 3 * len(whole) if whole and whole in heard else 0.0
    ratio = _best_run(own, heard)
    if not ratio and len(telling := [word for word in own if word not in _LITTLE]) > 1:
        ratio = _best_run(telling, [word for word in heard if word not in _LITTLE])
    return ratio + 3 * len(whole) if ratio else 0.0


def _best_run(own: Sequence[str], heard: Sequence[str]) -> float:
    """How like the name, of 100, the likest run of as many words is; 0 when none is alike."""
    whole = " ".join(own)
    best = 0.0
    for start in range(len(heard) - len(own) + 1):
        run = heard[start : start + len(own)]
        ratio = fuzz.ratio(whole, " ".join(run), score_cutoff=ALIKE)
        if ratio > best and all(
            fuzz.ratio(ours, theirs) >= EACH_ALIKE for ours, theirs in zip(own, run, strict=True)
        ):
            best = ratio
    return best
