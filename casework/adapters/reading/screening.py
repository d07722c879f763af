"""The safety screen: the council's token patterns over every message, in every mode."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any

import spacy
from rapidfuzz import fuzz, process
from spacy.matcher import Matcher
from spacy.tokens import Doc

from casework.adapters.reading.spoken import clean
from casework.domain.catalogue import SafetyRule

TokenPattern = Sequence[Mapping[str, Any]]
# From its first token up to the one after its last.
_Span = tuple[int, int]
# A long run of marks costs a second to take apart, and says no more than two of them.
_REPEATED = re.compile(r"([^\w\s])\1{2,}")
LONG = 8
"""Letters from which on a word may be misspelt and still be meant."""
NEARLY = 87.0
"""How alike (0 to 100) a misspelt word must be to a word of the rules."""
_LONG_WORD = re.compile(rf"[a-z]{{{LONG - 1},}}")
_STOPS = re.compile(r"[.,!?;]+")


@dataclass(frozen=True)
class _Pattern:
    """One pattern of a rule. `needs` are sets of words of which a text must have one each."""

    rule: int
    silences: bool
    needs: tuple[frozenset[str], ...]
    matcher: Matcher


class MatcherScreen:
    """Implements `SafetyScreen` with spaCy's Matcher over a blank English tokenizer.

    Raises ValueError when a rule's pattern is not one that Matcher takes.
    """

    def __init__(self, rules: Sequence[SafetyRule]) -> None:
        self._rules = tuple(rules)
        self._language = spacy.blank("en")
        self._lock = Lock()
        self._patterns = [
            self._compiled(at, silences, pattern)
            for at, rule in enumerate(self._rules)
            for silences, patterns in ((False, rule.patterns), (True, rule.unless))
            for pattern in patterns
        ]
        # Hundreds of patterns would be tried on every message: an index by the rarest word that
        # each needs leaves a handful.
        self._by_word: dict[str, list[int]] = defaultdict(list)
        self._always: list[int] = []
        for at, one in enumerate(self._patterns):
            if one.needs:
                for word in min(one.needs, key=len):
                    self._by_word[word].append(at)
            else:
                self._always.append(at)

        self._long_words = sorted(
            word
            for one in self._patterns
            for words in one.needs
            for word in words
            if len(word) >= LONG
        )

    def screen(self, text: str) -> SafetyRule | None:
        """The first rule of the list that fires.

        An `unless` pattern takes back only what it overlaps: an idiom in one clause does not
        silence a danger told in another.
        """
        plain = _REPEATED.sub(r"\1\1", clean(text).lower())
        if not plain or not self._rules:
            return None
        rule = self._fired(plain)
        corrected = self._corrected(plain) if rule is None else plain
        return self._fired(corrected) if corrected != plain else rule

    def _corrected(self, plain: str) -> str:
        """The text with long words that are nearly words of the rules written as these."""

        def nearest(match: re.Match[str]) -> str:
            word = match.group()
            if word in self._long_words:
                return word
            found = process.extractOne(
                word, self._long_words, scorer=fuzz.ratio, score_cutoff=NEARLY
            )
            return found[0] if found else word

        return _LONG_WORD.sub(nearest, plain)

    def _fired(self, plain: str) -> SafetyRule | None:
        # What residents say must not stay in the string store: hence the zone.
        with self._lock, self._language.memory_zone():
            doc = self._language.make_doc(plain)
            fires: dict[int, set[_Span]] = defaultdict(set)
            idioms: dict[int, set[_Span]] = defaultdict(set)
            for one in self._possible({token.text for token in doc}):
                spans = {(start, end) for _, start, end in one.matcher(doc)}
                if one.silences:
                    idioms[one.rule] |= {span for span in spans if _in_one_sentence(doc, span)}
                else:
                    fires[one.rule] |= spans
        fired = [rule for rule, spans in fires.items() if _any_stands(spans, idioms[rule])]
        return self._rules[min(fired)] if fired else None

    def _possible(self, words: set[str]) -> list[_Pattern]:
        """The patterns whose every needed word a text has."""
        near = set(self._always).union(*(self._by_word.get(word, ()) for word in words))
        patterns = [self._patterns[at] for at in near]
        return [one for one in patterns if not any(words.isdisjoint(n) for n in one.needs)]

    def _compiled(self, rule: int, silences: bool, pattern: TokenPattern) -> _Pattern:
        tokens = [_plain(token) for token in pattern]
        matcher = Matcher(self._language.vocab, validate=True)
        matcher.add("pattern", [tokens])
        return _Pattern(rule, silences, _needs(tokens), matcher)


def _in_one_sentence(doc: Doc, span: _Span) -> bool:
    """Whether no stop or comma is in a span: an idiom's free words would take in the next one."""
    return not any(_STOPS.fullmatch(token.text) for token in doc[slice(*span)])


def _any_stands(spans: set[_Span], idioms: set[_Span]) -> bool:
    """Whether a span touches none of the idioms."""
    return any(all(end <= first or last <= start for first, last in idioms) for start, end in spans)


def _needs(tokens: Sequence[Mapping[str, Any]]) -> tuple[frozenset[str], ...]:
    """The words a text must have for a pattern to match, one of each set."""
    needs = []
    for token in tokens:
        lower = token.get("LOWER")
        if token.get("OP", "1") not in ("1", "+") or lower is None:
            continue
        if isinstance(lower, str):
            needs.append(frozenset({lower}))
        elif set(lower) == {"IN"}:
            needs.append(frozenset(lower["IN"]))
    return tuple(needs)


def _plain(value: Any) -> Any:
    """Frozen mappings and tuples of a pattern as the dicts and lists that Matcher takes."""
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, tuple | list) else value
