"""Reviews what a council publishes: what would fail residents, and what an editor should look at.

Loading refuses what cannot work at all; this names all the rest, each with file and line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from casework.adapters.reading_age import reading_age
from casework.adapters.yaml_lines import Source
from casework.domain.answers import Answer, PublishedAnswer, Topic
from casework.domain.catalogue import Council, Kind, Service

LONGEST_TEXT = 320
TOPICS_OF_AN_ENQUIRY = range(4, 13)
TOPICS_OF_OTHERS = range(2, 7)
FEWEST_ASKED = 8
OLDEST_READER = 12.0
"""Years of age from which on a warning is given; the aim is 9 to 11."""

GSM7 = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà^{}\\[~]|€"
)
_SENTENCE = re.compile(r"[.?!](?:\s+(?=[A-Z\"“])|$)")
_UNSPOKEN = re.compile(r"https?://|www\.|\bclick\b|\bsee below\b|\bthis link\b", re.IGNORECASE)


@dataclass(frozen=True)
class Finding:
    """One thing that an editor should look at. `serious`: residents would be failed."""

    where: str
    advice: str
    serious: bool = True


@dataclass(frozen=True)
class ReadingAge:
    """Years of age needed to read what a service publishes, by channel."""

    service: str
    web: float
    sms: float
    voice: float


def review(folder: Path, council: Council, today: date) -> list[Finding]:
    """All findings of a folder that loads. `today` is the council's date."""
    found = [*_services(folder, council), *_examples(folder, council)]
    for answer in council.answers.values():
        found += _File(folder, council, answer).findings(today)
    return found


def reading_ages(council: Council) -> list[ReadingAge]:
    """How hard each service's answers are to read."""
    return [
        ReadingAge(name, *(reading_age(_all(book, channel)) for channel in ("web", "sms", "voice")))
        for name, book in sorted(council.answers.items())
    ]


def _all(book: PublishedAnswer, channel: str) -> str:
    return "\n".join(getattr(part.said, channel) for part in _spoken_parts(book))


def _spoken_parts(book: PublishedAnswer) -> list[Answer]:
    return [part for part in book.parts() if not (isinstance(part, Topic) and part.looks_up)]


def _services(folder: Path, council: Council) -> Iterator[Finding]:
    source = Source(folder / "services.yml", "services")
    for place, name in enumerate(council.services):
        if name not in council.answers:
            where = f"{source.path}, line {source.line(['services', place])}"
            yield Finding(where, f"{name}: write answers/{name}.yml; nothing is published about it")


def _examples(folder: Path, council: Council) -> Iterator[Finding]:
    """The same words under two topics teach the assistant nothing."""
    said = Counter(
        _plain(asked)
        for book in council.answers.values()
        for topic in book.topics.values()
        for asked in topic.asked
    )
    for name, book in council.answers.items():
        for topic in book.topics.values():
            for number, asked in enumerate(topic.asked):
                if said[_plain(asked)] > 1:
                    steps: list[str | int] = ["topics", topic.id, "asked", number]
                    yield Finding(_line(folder, name, steps), "asked elsewhere too; change one")


class _File:
    """One file of answers."""

    def __init__(self, folder: Path, council: Council, book: PublishedAnswer) -> None:
        self._folder, self._council, self._book = folder, council, book

    def findings(self, today: date) -> Iterator[Finding]:
        service = self._council.services[self._book.service]
        yield from self._counted(service)
        for part in self._book.parts():
            steps: list[str | int] = ["topics", part.id] if isinstance(part, Topic) else []
            if part.review_by < today:
                where = self._at(steps or ["review_by"])
                yield Finding(where, f"was due for review by {part.review_by}", serious=False)
            if part not in _spoken_parts(self._book):
                continue
            yield from self._said(part, steps or ["overview"])
            if part.missing is not None:
                yield from self._missing(part, steps)
        yield from self._ages()

    def _counted(self, service: Service) -> Iterator[Finding]:
        enquiry = service.kind is Kind.ENQUIRY
        wanted = TOPICS_OF_AN_ENQUIRY if enquiry else TOPICS_OF_OTHERS
        if len(self._book.topics) not in wanted:
            advice = f"write {wanted.start} to {wanted.stop - 1} topics"
            yield Finding(self._at(["topics"]), advice)
        for topic in self._book.topics.values():
            if len(topic.asked) < FEWEST_ASKED:
                advice = f"write {FEWEST_ASKED} or more ways to ask it"
                yield Finding(self._at(["topics", topic.id, "asked"]), advice, serious=False)

    def _said(self, part: Answer, steps: Sequence[str | int]) -> Iterator[Finding]:
        yield from self._texts(part.said.sms, part.said.voice, steps)

    def _missing(self, part: Answer, steps: Sequence[str | int]) -> Iterator[Finding]:
        if part.missing is not None:
            yield from self._texts(part.missing.sms, part.missing.voice, [*steps, "not_found"])

    def _texts(self, sms: str, voice: str, steps: Sequence[str | int]) -> Iterator[Finding]:
        length = len(self._with_facts(sms))
        if length > LONGEST_TEXT:
            advice = f"write at most {LONGEST_TEXT} characters, not {length}"
            yield Finding(self._at([*steps, "sms"]), advice)
        odd = sorted(set(self._with_facts(sms)) - GSM7)
        if odd:
            yield Finding(self._at([*steps, "sms"]), f"write without {' '.join(odd)}")
        if sentences(self._with_facts(voice)) > 2:
            yield Finding(self._at([*steps, "voice"]), "write at most two sentences")
        if _UNSPOKEN.search(voice):
            yield Finding(self._at([*steps, "voice"]), "write what can be said aloud, no addresses")

    def _with_facts(self, text: str) -> str:
        def value(match: re.Match[str]) -> str:
            return self._council.facts.get(match[1], "")

        return re.sub(r"\{(\w+)\}", value, text)

    def _ages(self) -> Iterator[Finding]:
        for channel in ("web", "sms", "voice"):
            age = reading_age(self._with_facts(_all(self._book, channel)))
            if age > OLDEST_READER:
                advice = f"{channel} needs a reading age of {age:.1f}; use shorter words"
                yield Finding(self._at([]), advice, serious=False)

    def _at(self, steps: Sequence[str | int]) -> str:
        return _line(self._folder, self._book.service, list(steps))


def sentences(text: str) -> int:
    """How many sentences a text has; a full stop within "5.30pm" ends none."""
    return len(_SENTENCE.findall(text.strip().rstrip(".?!") + "."))


@cache
def _source(path: Path) -> Source:
    return Source(path, "answers")


def _line(folder: Path, service: str, steps: list[str | int]) -> str:
    source = _source(folder / "answers" / f"{service}.yml")
    return f"{source.path}, line {source.line(steps)}: {'.'.join(map(str, steps)) or service}"


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9 ]", "", text.lower()).strip()
