"""How the desk shows what casework holds: times, numbers, messages, recordings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from casework.domain.contact_wishes import ContactWishes
from casework.domain.outbox import Outgoing
from casework.domain.recordings import GONE, Recording
from casework.domain.staff import BROWSER
from casework.use_cases.read_texts import CODE, staff_text
from desk import labels


def worded(words: Mapping[str, str], key: str) -> str:
    """The words for a key; of one without words, the key made readable."""
    return words.get(key) or key.replace("_", " ").capitalize()


def waited(span: timedelta) -> str:
    """How long, as a person says it."""
    minutes = max(0, int(span.total_seconds())) // 60
    if minutes < 1:
        return "under a minute"
    hours, minutes = divmod(minutes, 60)
    parts = [(hours, "hour"), (minutes, "minute")]
    return " ".join(f"{n} {unit}{'' if n == 1 else 's'}" for n, unit in parts if n)


def share(part: int, whole: int) -> str:
    """A part of a whole in words; a handful of a large whole is not nothing."""
    if not whole:
        return "None yet"
    percent = 100 * part / whole
    return "Under 1%" if 0 < percent < 0.5 else f"{percent:.0f}%"


def lasting(span: timedelta | None) -> str:
    """As `waited`, for a table."""
    return "Nobody waited" if span is None else waited(span).capitalize()


def phone(number: str | None) -> str:
    """A number as people in Britain write it; a browser has none."""
    if number == BROWSER:
        return ""
    found = re.fullmatch(r"\+44(\d{4})(\d{3})(\d{3})", number or "")
    return f"0{found[1]} {found[2]} {found[3]}" if found else number or ""


def sent_text(sent: Outgoing) -> str:
    """What was sent, as staff may read it."""
    text = staff_text(sent)
    return "A code to carry on with what they had begun" if text == CODE else text


def grouped(ref: str) -> str:
    """A reference in groups of four, as it is spoken: 4829 1573."""
    return f"{ref[:4]} {ref[4:]}"


def size(count: int) -> str:
    """Bytes as people say them: 340 KB, 2.1 MB."""
    if count < 1_000_000:
        return f"{max(count // 1000, 1)} KB"
    return f"{count / 1_000_000:.1f} MB"


class Times:
    """Times on the council's clock, as GOV.UK writes them."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone

    def clock(self, at: datetime) -> str:
        """Time of day: 9:05am."""
        local = at.astimezone(self._zone)
        return f"{local.hour % 12 or 12}:{local:%M}{'am' if local.hour < 12 else 'pm'}"

    def day(self, at: datetime) -> str:
        """The date: 4 March 2026."""
        local = at.astimezone(self._zone)
        return f"{local.day} {local:%B %Y}"

    def when(self, at: datetime) -> str:
        """Date and time: 4 March 2026, 9:05am."""
        return f"{self.day(at)}, {self.clock(at)}"


DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WAYS = {"phone": "by phone", "text": "by text", "email": "by e-mail", "post": "by post"}


def wishes(given: ContactWishes) -> list[str]:
    """How somebody wants to be contacted, a line each, their own words last."""
    lines = []
    if given.start:
        lines.append(f"From {given.start:%H:%M}")
    if given.end:
        lines.append(f"Until {given.end:%H:%M}")
    if given.days:
        lines.append("On " + ", ".join(DAYS[day] for day in sorted(given.days)))
    if given.only_by:
        lines.append(f"Only {WAYS[given.only_by]}")
    lines += [f"Not {WAYS[way]}" for way in sorted(given.not_by)]
    lines += [f"Not on their {place} number" for place in sorted(given.not_to)]
    if given.no_message:
        lines.append("Leave no voicemail")
    return [*lines, *(f"“{words}”" for words in given.said)]


def recorded(one: Recording, now: datetime) -> str:
    """What became of a recording."""
    going = one.state not in GONE and one.unwanted(now)
    return worded(labels.RECORDED, "unwanted" if going else one.state.value)


def lasted(seconds: int) -> str:
    """How long a recording is."""
    minutes, rest = divmod(seconds, 60)
    return f"{minutes}:{rest:02d} minutes"
