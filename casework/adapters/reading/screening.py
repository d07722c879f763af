"""The safety screen: the council's token patterns over every message, in every mode."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any

import spacy
from spacy.matcher import Matcher
from spacy.tokens import Doc

from casework.adapters.reading.spoken import clean
from casework.adapters.reading.written_out import corrected_danger, written_out
from casework.domain.safety import SafetyRule

TokenPattern = Sequence[Mapping[str, Any]]
# From its first token up to the one after its last.
_Span = tuple[int, int]
# A long run of marks costs a second to take apart, and says no more than two of them.
_REPEATED = re.compile(r"([^\w\s])\1{2,}")
_SPOKEN_OUT = re.compile(r"([a-z])\1{2,}")
WINDOW = 60
"""Words looked at together: in all of a long message nearly every rule has its words somewhere."""
LAP = 26
"""Words that a window shares with the next one, no fewer than the longest phrase may take."""
_PART = re.compile(r"\S.{0,1900}(?=\s|$)|\S{1,1900}", re.DOTALL)
_TOKEN = re.compile(r"[^\W_]+|[^\w\s]|_")
_STOPS = re.compile(r"[.,!?;]")


@dataclass(frozen=True)
class _Pattern:
    """One pattern of a rule. `needs` are sets of words of which a text must have one each;
    `opens` is for one that only the start of a text can match; `length` is the most words it takes.
    """

    rule: int
    silences: bool
    opens: bool
    length: int
    needs: tuple[frozenset[str], ...]
    matcher: Matcher


class MatcherScreen:
    """Implements `SafetyScreen` with spaCy's Matcher over plain words, their short forms in full.

    Raises ValueError when a rule's pattern is not one that Matcher takes.
    """

    def __init__(self, rules: Sequence[SafetyRule]) -> None:
        self._rules = tuple(rules)
        self._vocab = spacy.blank("en").vocab
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

    def screen(self, text: str) -> SafetyRule | None:
        """The first rule of the list that fires.

        An `unless` pattern takes back only what it overlaps: an idiom in one clause does not
        silence a danger told in another.
        """
        # `clean` reads no more than a message's length at a time.
        cleaned = " ".join(clean(part) for part in _PART.findall(text)).lower()
        plain = _REPEATED.sub(r"\1\1", cleaned)
        if not plain or not self._rules:
            return None
        plain = written_out(_SPOKEN_OUT.sub(r"\1", plain))
        rule = self._fired(plain)
        corrected = corrected_danger(plain) if rule is None else plain
        return self._fired(corrected) if corrected != plain else rule

    def _fired(self, plain: str) -> SafetyRule | None:
        # A phrase may want the end of a clause, and a text ends one.
        tokens = [*_TOKEN.findall(plain), "."]
        fires: dict[int, set[_Span]] = defaultdict(set)
        idioms: dict[int, set[_Span]] = defaultdict(set)
        # What residents say must not stay in the string store: hence the zone.
        with self._lock, self._vocab.memory_zone():
            for offset in range(0, max(1, len(tokens) - LAP), WINDOW - LAP):
                words = tokens[offset : offset + WINDOW]
                doc = Doc(self._vocab, words=words)
                for one in self._possible(words, opens=offset == 0):
                    spans = {(s + offset, e + offset) for _, s, e in one.matcher(doc)}
                    if one.silences:
                        idioms[one.rule] |= _shortest(s for s in spans if _in_one(tokens, s))
                    else:
                        fires[one.rule] |= spans
        fired = [rule for rule, spans in fires.items() if _any_stands(spans, idioms[rule])]
        return self._rules[min(fired)] if fired else None

    def _possible(self, words: Sequence[str], *, opens: bool) -> list[_Pattern]:
        """The patterns whose every needed word a window has, in order."""
        said = set(words)
        found = set(self._always).union(*(self._by_word.get(word, ()) for word in said))
        patterns = [self._patterns[at] for at in found]
        patterns = [one for one in patterns if not any(map(said.isdisjoint, one.needs))]
        return [
            one
            for one in patterns
            if (opens or not one.opens) and _near(one.needs, words, one.length)
        ]

    def _compiled(self, rule: int, silences: bool, pattern: TokenPattern) -> _Pattern:
        tokens = [_plain(token) for token in pattern]
        matcher = Matcher(self._vocab, validate=True)
        matcher.add("pattern", [tokens])
        opens = any("IS_SENT_START" in token for token in tokens)
        return _Pattern(rule, silences, opens, len(tokens), _needs(tokens), matcher)


def _near(needs: Sequence[frozenset[str]], words: Sequence[str], length: int) -> bool:
    """Whether the words have one of each set, each after the one before, within a length."""
    if not needs:
        return True
    for at, word in enumerate(words):
        if word in needs[0]:
            following = iter(words[at + 1 : at + length])
            if all(any(other in need for other in following) for need in needs[1:]):
                return True
    return False


def _in_one(tokens: Sequence[str], span: _Span) -> bool:
    """Whether no stop or comma is in a span: an idiom's free words would take in the next one."""
    return not any(_STOPS.fullmatch(token) for token in tokens[slice(*span)])


def _any_stands(spans: set[_Span], idioms: set[_Span]) -> bool:
    """Whether a span touches none of the idioms."""
    return any(all(end <= first or last <= start for first, last in idioms) for start, end in spans)


def _shortest(spans: Iterable[_Span]) -> set[_Span]:
    """The spans with no other inside: an idiom's free words must not reach into what follows."""
    every = set(spans)
    return {
        (start, end)
        for start, end in every
        if not any(start <= s and e <= end and (s, e) != (start, end) for s, e in every)
    }


def _needs(tokens: Sequence[Mapping[str, Any]]) -> tuple[frozenset[str], ...]:
    """The words a text must have for a pattern to match, one of each set."""
    needs = []
    for token in tokens:
        lower = token.get("LOWER")
        if token.get("OP", "1") not in ("1", "+"):
            continue
        if isinstance(lower, str):
            needs.append(frozenset({lower}))
        elif lower is not None and set(lower) == {"IN"}:
            needs.append(frozenset(lower["IN"]))
    return tuple(needs)


def _plain(value: Any) -> Any:
    """Frozen mappings and tuples of a pattern as the dicts and lists that Matcher takes."""
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, tuple | list) else value
