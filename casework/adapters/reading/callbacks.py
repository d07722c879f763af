"""Which of the offered times a resident wants to be rung."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from casework.adapters.reading.choices import read_choice
from casework.adapters.reading.clock_times import Span, asked_span
from casework.adapters.reading.date_offsets import offset_dates
from casework.adapters.reading.date_words import normal
from casework.adapters.reading.dates_put_right import read_date
from casework.adapters.reading.phrases import is_question, is_unsaid
from casework.adapters.reading.spoken import clean
from casework.domain.drafts import Candidate
from casework.domain.fields import Field, Option
from casework.domain.wording import Spoken
from casework.ports.reading import Context, Pick, Read, Reading, Refused

MOST = 3
"""Times offered to pick from at most."""

_ANY = re.compile(
    r"\b(?:any ?time|whenever|any ?day|anything|either|any (?:of|one|slot|mornings?|afternoons?)|"
    r"don'?t mind|doesn'?t matter|not fussed|"
    r"asap|a\.s\.a\.p|as soon as|soonest|earliest|first (?:available|one|slot|free)|"
    r"straight ?away|right away|"
    r"next available|up to you|you choose|first thing you have)\b"
)
_NOW = re.compile(r"(?<!not )\b(?:now|immediately|at once|urgently|this (?:minute|second))\b")
_WEEKEND = re.compile(r"\b(?:this |the |next |at the )?week ?ends?\b")
_NOT = re.compile(
    r"\b(?:not(?: (?:free|in|here|around|available))?|except|excluding|other than|apart from|"
    r"anything but|any ?day but|any ?time but|busy|away|"
    r"(?:can'?t|cannot|can not|couldn'?t|won'?t)(?: (?:do|make|manage|be (?:in|free|here)))?)"
    r" (?!fussed|before|bothered)"
    r"(?P<what>(?:on |in |the |for )*[a-z]+(?: (?:or|and|nor) (?:on )?[a-z]+)*)"
)
_NO_GOOD = re.compile(
    r"\b(?P<what>(?:[a-z]+day|tomorrow|today)(?: (?:mornings?|afternoons?))?)"
    r"(?:'s| is| are)? (?:no good|no use|not (?:any )?good|not (?:possible|convenient|great)|"
    r"(?:is|are)n'?t (?:any )?(?:good|possible|convenient|great)|"
    r"(?:doesn'?t|does not|don'?t|won'?t|will not) (?:suit|work|do))\b"
)
"""Rules out the day before it: "Wednesday is no good"."""
_ASKS_FOR = re.compile(
    r"^(?:(?:but|and|so|er|um|sorry|ok|okay|well|right|then|no|actually)[, ]+)*"
    r"(?:(?:can|could|would|will|may) (?:you|we|i|it|they|someone|somebody)|would|"
    r"(?:what|how) about|is it possible)\b"
)
"""Asks for a time in the shape of a question: "could you make it Friday?"."""
_NOT_FIELD = Spoken("", "", "")


@dataclass(frozen=True)
class Slot:
    """An offered time: its option, start and end (local)."""

    option: Option
    start: datetime
    end: datetime


@dataclass(frozen=True)
class Wish:
    """The days and the time of day that a reply asks for, and those that it rules out."""

    days: frozenset[date] = frozenset()
    span: Span | None = None
    no_days: frozenset[date] = frozenset()
    no_span: Span | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked for or ruled out."""
        return self == Wish()

    def allows(self, slot: Slot) -> bool:
        """Whether a slot is what was asked for."""
        day = slot.start.date()
        if day in self.no_days or (self.no_span and _overlaps(slot, self.no_span)):
            return False
        fits = self.span is None or _overlaps(slot, self.span)
        return fits and (not self.days or day in self.days)


def read_slot(field: Field, text: str, context: Context) -> Reading | None:
    """The id of an offered slot ("start/end", local time), or the nearest ones to pick from.

    Refused as slot_closed when nobody rings on the day or at the time of day asked for.
    """
    plain = clean(text).lower()
    if not field.options or is_unsaid(plain):
        return None
    wish = wished(plain, context)
    if is_question(plain) and (wish.is_empty or not _ASKS_FOR.match(plain)):
        return None
    if any(option.id == text.strip() for option in field.options):
        return Read(text.strip())
    slots = [slot for slot in map(_slot, field.options) if slot is not None]
    wish = _on_day_held(wish, slots, context.held)
    if _WEEKEND.search(plain) and not wish.days:
        return Refused("slot_closed")
    if _NOW.search(plain) and wish.span is None and wish.days <= {context.today}:
        return Read(field.options[0].id)
    if wish.is_empty:
        if _ANY.search(plain):
            return Read(field.options[0].id)
        return read_choice(field, text)
    kept = next((slot for slot in slots if slot.option.id == context.held), None)
    if kept and not wish.days and wish.span is None and wish.allows(kept):
        # What is ruled out is not what they are down for.
        return Read(kept.option.id)
    return _matching(slots, wish, bool(_ANY.search(plain)))


def wished(plain: str, context: Context) -> Wish:
    """What a lower-case reply asks for, and what it rules out."""
    no_days: set[date] = set()
    no_span: Span | None = None
    for match in [*_NO_GOOD.finditer(plain), *_NOT.finditer(plain)]:
        days, span = _days(match["what"], context), asked_span(match["what"])
        no_days |= days
        no_span = span if span and not days else no_span
        if days or span:
            plain = plain.replace(match.group(), " , ", 1)
    # "This morning" names a day as well.
    plain = re.sub(r"\bthis (?=morning|afternoon|evening)", "today ", plain)
    return Wish(frozenset(_days(plain, context)), asked_span(plain), frozenset(no_days), no_span)


def _on_day_held(wish: Wish, slots: Sequence[Slot], held: object) -> Wish:
    """A wish for another time of day, where a slot is held already, is for the day of that."""
    day = next((slot.start.date() for slot in slots if slot.option.id == held), None)
    if day is None or wish.span is None or wish.days or wish.no_days:
        return wish
    same = replace(wish, days=frozenset({day}))
    return same if any(same.allows(slot) for slot in slots) else wish


def _days(plain: str, context: Context) -> set[date]:
    parts = re.split(r"\b(?:or|nor|and)\b", plain)
    return set().union(*(_day(part, context) for part in parts))


def _day(plain: str, context: Context) -> set[date]:
    offered = Field("when", "date", "", _NOT_FIELD, _NOT_FIELD, past_days=0, future_days=60)
    reading = read_date(offered, plain, context)
    if isinstance(reading, Read):
        return {date.fromisoformat(reading.value)}
    if isinstance(reading, Pick):
        return {date.fromisoformat(one.value) for one in reading.candidates}
    return set(offset_dates(normal(plain), context.today))


def _matching(slots: Sequence[Slot], wish: Wish, any_will_do: bool) -> Reading | None:
    fits = [slot for slot in slots if wish.allows(slot)]
    if fits and (len(fits) == 1 or any_will_do):
        return Read(fits[0].option.id)
    if not fits and _never_rung(slots, wish):
        return Refused("slot_closed")
    near = fits[:MOST] or _nearest(slots, wish)
    return Pick(tuple(Candidate(one.option.label, one.option.id) for one in near)) if near else None


def _never_rung(slots: Sequence[Slot], wish: Wish) -> bool:
    """Whether what was asked for lies outside the hours, or on days off among those offered."""
    anyhow = Wish(span=wish.span)
    if wish.span and not any(anyhow.allows(slot) for slot in slots):
        # Between two parts of a day, over lunch, the nearest are offered instead.
        return wish.span[0] >= max(slot.end.time() for slot in slots) or wish.span[1] <= min(
            slot.start.time() for slot in slots
        )
    open_days = {slot.start.date() for slot in slots}
    weekend = all(day.weekday() > 4 for day in wish.days)
    off = all(min(open_days) < day < max(open_days) and day not in open_days for day in wish.days)
    return bool(wish.days) and (weekend or off)


def _overlaps(slot: Slot, span: Span) -> bool:
    first, last = span
    if first == last:
        return slot.start.time() <= first < slot.end.time()
    return first < slot.end.time() and slot.start.time() < last


def _nearest(slots: Sequence[Slot], wish: Wish) -> list[Slot]:
    """Offered slots in order of their distance from what was asked for, then of time."""

    def distance(slot: Slot) -> float:
        gaps = [abs((slot.start.date() - day).days) for day in wish.days]
        part = 0.0 if wish.span is None or _overlaps(slot, wish.span) else 0.5
        return min(gaps, default=0) + part + _hours_off(slot, wish.span)

    left = [slot for slot in slots if slot.start.date() not in wish.no_days]
    near = sorted(left, key=distance)[: MOST if not _one_day(wish) else 2]
    return sorted(near, key=lambda one: one.start)


def _one_day(wish: Wish) -> bool:
    return len(wish.days) == 1 and wish.span is not None and wish.span[0] == wish.span[1]


def _hours_off(slot: Slot, span: Span | None) -> float:
    if span is None or _overlaps(slot, span):
        return 0.0
    middle = slot.start.hour + 1.5
    return abs(middle - span[0].hour) / 100


def _slot(option: Option) -> Slot | None:
    """A slot from an option's id; None where the id is no slot."""
    try:
        first, _, last = option.id.partition("/")
        start = datetime.fromisoformat(first)
        return Slot(option, start, datetime.fromisoformat(last) if last else start + _LENGTH)
    except ValueError:
        return None


_LENGTH = timedelta(hours=3)
"""How long a slot is taken to be that has no end."""
