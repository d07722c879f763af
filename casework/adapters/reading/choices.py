"""Choices from options, by their words, labels and places in the list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from casework.adapters.reading.phrases import FILLERS, is_unsaid
from casework.adapters.reading.polarity import polarity
from casework.adapters.reading.spoken import UNITS, clean, pieces, words
from casework.domain.drafts import Candidate
from casework.domain.fields import Field, Option
from casework.ports.reading import Pick, Read, Reading

_NEGATIONS = frozenset(
    "not isn't isnt don't dont wasn't aren't doesn't haven't hasn't never without except".split()
)
# "They never emptied the brown bin" denies that it was emptied, and not which bin it is.
_DONE_TO = frozenset(
    "empty emptied emptying collect collected collecting take took taken taking pick picked come "
    "came clear cleared fix fixed mend mended repair repaired deliver delivered bring brought "
    "clean cleaned replace replaced sent send change changed".split()
)
_RESUMES = frozenset({",", ".", ";", "but", "-", "just", "only", "it's", "its"})
_EXCEPT = re.compile(r"\b(?:except|apart from|but not|but|not|other than|excluding|bar)\b")
_ALL = re.compile(
    r"\b(?:all(?: of)?(?: the)? ?(?:them|of|those|teams|services|these)?|everything|everyone|"
    r"everybody|"
    r"every one|the lot|each of them|each one|both|all \w+)\b"
)
_NONE = re.compile(
    r"^(?:no+|nope|nah|none(?: of (?:them|those|these))?|nobody|no one|noone|nothing|"
    r"no thanks?|neither|"
    r"no thank you|not any|don't tell anyone|nobody else|no one else|nothing else|none thanks?)"
    r"(?: (?:please|thanks|thank you|really))*$"
)
_ORDINALS = {
    "first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4,
    "fifth": 5, "5th": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "last": -1,
    "former": 1, "latter": -1, "to": 2, "too": 2, "for": 4, "won": 1,
}  # fmt: skip
_PLACE = re.compile(
    r"^(?:(?:the|option|number|choice|no|num|press|i'?ll take|it'?s|its|er|um|please|i|want|"
    r"that'?s|go|with"
    r"|answer|choose|pick)[ .]+)*([a-z0-9]+)(?: (?:one|option|choice|please|of (?:those|them|"
    r"these)|thanks))*$"
)


@dataclass(frozen=True)
class Hit:
    """A phrase of an option heard at a token of the text."""

    option: str
    start: int
    length: int


_YES_OR_NO = {("yes",): True, ("no",): False}

Phrase = tuple[tuple[str, ...], str]


def stem(word: str) -> str:
    """A word without the s of a plural."""
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word


def tokens_of(text: str) -> list[str]:
    """Lower-case stems of a clean text; marks stay, apostrophes inside words go."""
    return [stem(piece.text.replace("'", "") or "'") for piece in pieces(clean(text))]


@lru_cache(maxsize=512)
def phrases_of(options: tuple[Option, ...]) -> tuple[Phrase, ...]:
    """Every way to say the options, longest first."""
    found: dict[Phrase, None] = {}
    for option in options:
        for said in (option.id.replace("_", " "), option.label, *option.words):
            stems = tuple(t for t in tokens_of(said) if t[0].isalnum())
            # An id that is a number is a place in a list of candidates, not a word for one; a yes
            # or a no only counts as a whole reply.
            if stems and not (said == option.id and said.isdigit()) and stems not in _YES_OR_NO:
                found[(stems, option.id)] = None
    return tuple(sorted(found, key=lambda phrase: (-len(phrase[0]), -len("".join(phrase[0])))))


def hits_in(options: tuple[Option, ...], text: str) -> list[Hit]:
    """Options heard in a text and not denied, longer phrases before shorter ones inside them."""
    tokens = tokens_of(text)
    taken: list[int] = [0] * len(tokens)
    hits: list[Hit] = []
    for stems, option_id in phrases_of(options):
        size = len(stems)
        for start in range(len(tokens) - size + 1):
            if tuple(tokens[start : start + size]) != stems:
                continue
            # Equal phrases of two options may share their place; shorter ones inside may not.
            if max(taken[start : start + size]) > size:
                continue
            if not _denied(tokens, start):
                hits.append(Hit(option_id, start, size))
            taken[start : start + size] = [max(size, t) for t in taken[start : start + size]]
    return hits


def _denied(tokens: list[str], start: int) -> bool:
    """Whether "not", "rather than" or the like governs the phrase that begins at a token."""
    plain = [n.replace("'", "") for n in _NEGATIONS]
    for back in range(1, 4):
        at = start - back
        if at < 0 or tokens[at] in _RESUMES or tokens[at] in _DONE_TO:
            return False
        if tokens[at] in plain or tokens[at : at + 2] in (["rather", "than"], ["instead", "of"]):
            return True
    return False


def read_choice(field: Field, text: str) -> Reading | None:
    """The option a reply chooses, by its id; several equally likely ones are picked from."""
    heard = _options_heard(field.options, text) or _placed(field.options, text)
    heard = heard or _agreed(field.options, text)
    heard = heard or _told_apart(field.options, text) or _nearly(field.options, text)
    if len(heard) == 1:
        return Read(heard[0])
    if len(heard) > 1:
        return Pick(tuple(Candidate(_label(field, one), one) for one in heard[:4]))
    return None


def _agreed(options: tuple[Option, ...], text: str) -> list[str]:
    """The option that has "yes" or "no" for a word, of a reply that is nothing but that."""
    meant = polarity(text)
    said = next((word[0] for word, value in _YES_OR_NO.items() if value is meant), None)
    return [one.id for one in options if said in one.words] if said else []


def read_choices(field: Field, text: str) -> Reading | None:
    """The options a reply chooses, as a list of ids in the options' order; [] for none."""
    plain = clean(text).lower().strip(" .!")
    ids = [option.id for option in field.options]
    if _NONE.match(plain):
        return Read([])
    exception = _EXCEPT.search(plain)
    said_all = _ALL.search(plain)
    if said_all and (exception is None or said_all.start() < exception.start()):
        left_out = _left_out(field, plain[exception.end() :]) if exception else set()
        if exception and not left_out:
            # Who is not to be told was not heard: rather ask again than tell them.
            return None
        chosen = {hit.option for hit in hits_in(field.options, plain)} if not exception else set()
        if not chosen or re.search(r"\ball (?:of )?(?:them|those|these)|everything|the lot", plain):
            return Read([one for one in ids if one not in left_out])
    heard = {hit.option for hit in hits_in(field.options, text)} or set(_many_placed(field, plain))
    heard = heard or set(_nearly(field.options, text))
    return Read([one for one in ids if one in heard]) if heard else None


def _left_out(field: Field, plain: str) -> set[str]:
    """The options that are taken out of all of them, by their words or their places."""
    named = {hit.option for hit in hits_in(field.options, plain)}
    return named or set(_many_placed(field, plain.strip())) or set(_nearly(field.options, plain))


def _label(field: Field, option_id: str) -> str:
    option = field.option(option_id)
    return option.label if option else option_id


def _options_heard(options: tuple[Option, ...], text: str) -> list[str]:
    """The options with the longest phrase heard; ties stay ties."""
    hits = hits_in(options, text)
    specific = [hit for hit in hits if hit.option != "other"] or hits
    if not specific:
        return []
    heard = list(dict.fromkeys(hit.option for hit in specific))
    if len(heard) > 1:
        best = max(hit.length for hit in specific)
        longest = list(dict.fromkeys(hit.option for hit in specific if hit.length == best))
        heard = longest if len(longest) == 1 and best > 1 else heard
    return heard


def _placed(options: tuple[Option, ...], text: str) -> list[str]:
    """An option by its place: "2", "option two", "the second one", "the last"."""
    joined = " ".join(words(text))
    match = _PLACE.match(joined)
    # "No. one" is written as "no one" as well, but is hardly ever what that means.
    if match is None or joined == "no one":
        return []
    word = match[1]
    place = _ORDINALS.get(word, UNITS.get(word, 0))
    if word.isascii() and word.isdigit() and len(word) < 3:
        place = int(word)
    if place == -1 and options:
        return [options[-1].id]
    return [options[place - 1].id] if 1 <= place <= len(options) else []


def _many_placed(field: Field, plain: str) -> list[str]:
    """Options by their places: "1 and 3", "1 3", "the first and the last", "the first two"."""
    ids = [option.id for option in field.options]
    first = re.fullmatch(r"(?:just |only )?the (first|last) (two|three|2|3)(?: please)?", plain)
    if first:
        size = UNITS.get(first[2], 0) or int(first[2])
        return ids[:size] if first[1] == "first" else ids[-size:]
    for between in (r",| and |&", r",| and |&| "):
        parts = [part for part in re.split(between, plain) if part.strip()]
        placed = [_placed(field.options, part) for part in parts]
        if 0 < len(parts) <= len(ids) and all(placed):
            return [one[0] for one in placed]
    return []


def _told_apart(options: tuple[Option, ...], text: str) -> list[str]:
    """The option whose label alone has the words said: "the one in Plympton".

    For candidates, which have no words of their own but long labels that differ in a few.
    """
    if any(option.words for option in options):
        return []
    labels = {option.id: set(tokens_of(option.label)) for option in options}
    said = {t for t in tokens_of(text) if t.isdigit() or (len(t) > 2 and t not in FILLERS)}
    told: set[str] = set()
    for token in said:
        having = [one for one, label in labels.items() if token in label]
        if len(having) == 1:
            told.add(having[0])
    return list(told) if len(told) == 1 else []


def _nearly(options: tuple[Option, ...], text: str) -> list[str]:
    """Options whose words are nearly heard: misspelt or misheard."""
    tokens = [t for t in tokens_of(text) if t[0].isalnum()][:40]
    if is_unsaid(text):
        return []
    scores: dict[str, float] = {}
    for stems, option_id in phrases_of(options):
        phrase = " ".join(stems)
        if len(phrase) < 5:
            continue
        for start in range(max(len(tokens) - len(stems) + 1, 0)):
            if _denied(tokens, start):
                continue
            score = fuzz.ratio(
                phrase, " ".join(tokens[start : start + len(stems)]), score_cutoff=80
            )
            pairs = zip(stems, tokens[start:], strict=False)
            alike = all(fuzz.ratio(wanted, got) >= 65 for wanted, got in pairs)
            if alike and score >= (84 if len(phrase) < 8 else 80):
                scores[option_id] = max(score, scores.get(option_id, 0))
    best = max(scores.values(), default=0)
    return [option for option, score in scores.items() if score >= best - 2]


def distinctive(hit: Hit, tokens: Sequence[str]) -> bool:
    """Whether a phrase is enough to take a volunteered choice from.

    A single word is, when it is not a common one and the sentence is short.
    """
    heard = tokens[hit.start : hit.start + hit.length]
    if hit.length > 1:
        long = any(len(token) >= 5 for token in heard) and len("".join(heard)) >= 8
        return long or hit.length > 2
    return len(heard[0]) >= 4 and heard[0] not in _COMMON and len(tokens) <= 15


_COMMON = frozenset(
    """other lost extra left name new child parent partner friend landlord tenant owner lodger home
    address family birth death marriage else different change changed large small weekly broken
    sign spoken audio refund joined divorce moving move brown green black glass food next alone
    nurse mate relay mice rate ant recording picture translation own rent house bill pay paid
    into leave
    leaving wage works work job benefit pension saving start started stopped stop ended end
    mum dad son daughter mother father wife husband sister brother neighbour carer professional
    husband flat bigger smaller damaged damage repair repaired stolen post time reason
    none""".split()
)
