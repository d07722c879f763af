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
    runs = (" ".join(heard[n : n + len(own)]) for n in range(len(heard) - len(own) + 1))
    ratio = max((fuzz.ratio(whole, run, score_cutoff=ALIKE) for run in runs), default=0.0)
    return ratio + 3 * len(whole) if ratio else 0.0
