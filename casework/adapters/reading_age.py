"""How old a reader must be to read a text with ease."""

from __future__ import annotations

import re

import readability

SCHOOL_STARTS = 5
"""Years of age added to a grade, which counts years at school."""


def reading_age(text: str) -> float:
    """Years, by the Flesch-Kincaid grade of all sentences together; at least 5."""
    plain = re.sub(r"\{\w+\}", "that", re.sub(r"https?://\S+|www\.\S+", "", text))
    # The library wants one sentence a line, with spaces around its words.
    sentences = [
        " ".join(re.findall(r"[A-Za-z'\u2019]+|[0-9][0-9.,:]*[0-9]|[0-9]", sentence))
        for sentence in re.split(r"(?<=[.?!:])\s+|\n+", plain)
    ]
    said = [f"{sentence} ." for sentence in sentences if sentence]
    if not said:
        return float(SCHOOL_STARTS)
    grades = readability.getmeasures("\n".join(said), lang="en")["readability grades"]
    return max(0.0, round(float(grades["Kincaid"]), 1)) + SCHOOL_STARTS
