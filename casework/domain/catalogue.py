"""The council's book: services, fields, teams, hours and words, as `council/` states them."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import Any

from casework.domain.conversations import Channel, Link

PERSON = "speak_to_agent"
"""The service that brings in a person; also the choice that is open at any time."""

CALLBACK = "callback"
"""The service by which the council rings back."""

INTAKE = "information_request"
"""The service that takes down whatever has none of its own yet."""

NOT_OURS = "not_council"
"""The service that says whose job something is instead."""


class Kind(StrEnum):
    """What a service does with a contact (see `council/services.yml`)."""

    ENQUIRY = "enquiry"
    REPORT = "report"
    REQUEST = "request"
    CHANGE = "change"
    TRACK = "track"
    HUMAN = "human"


class Tier(StrEnum):
    """How far the assistant goes alone (council strategy, Table 4)."""

    SIMPLE = "simple"
    ASSISTED = "assisted"
    COMPLEX = "complex"


@dataclass(frozen=True)
class Spoken:
    """One sentence in the form each channel needs."""

    web: str
    sms: str
    voice: str

    def on(self, channel: Channel) -> str:
        """The text for a channel."""
        return {Channel.WEB: self.web, Channel.SMS: self.sms, Channel.VOICE: self.voice}[channel]


@dataclass(frozen=True)
class Option:
    """One choice of a choice field. `words` are what residents say for it."""

    id: str
    label: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Field:
    """Something a case must carry: how it is asked, heard, checked and read back.

    `type` is a type of the catalogue (`date`, `address`, `choice`, ...). `past_days` and
    `future_days` bound a date, counted from today in the council's time zone.
    """

    id: str
    type: str
    label: str
    ask: Spoken
    again: Spoken
    help: str = ""
    skip: str = ""
    names: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    may_be_unknown: bool = False
    past_days: int | None = None
    future_days: int | None = None
    min_length: int = 0
    max_length: int = 1000

    def option(self, option_id: str) -> Option | None:
        """The option with this id, if there is one."""
        return next((o for o in self.options if o.id == option_id), None)


class Reach(StrEnum):
    """How far a service that opens cases goes on a channel: to the end, as a link that goes on
    elsewhere or a callback, as a callback, or to a person first."""

    FULL = "full"
    LINK_OR_CALLBACK = "link_or_callback"
    CALLBACK = "callback"
    HUMAN = "human"


@dataclass(frozen=True)
class FieldUse:
    """A service's use of a field: optional or not, and on which earlier answers it depends."""

    field: Field
    optional: bool = False
    when: Mapping[str, tuple[Any, ...]] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True)
class Tell:
    """A team that can be told of a change, and the fields it then needs."""

    team: str
    label: str
    why: str
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Service:
    """One line of the catalogue. `sla_days` counts working days, `sla_hours` clock hours.

    `notice`: a report by this channel is valid notice, not only taken down for a person to check.
    `reach` follows from the tier.
    """

    id: str
    title: str
    short: str
    about: str
    tier: Tier
    kind: Kind
    team: str
    full: bool
    verify: str = "none"
    notice: bool = False
    lgsl: int | None = None
    sla_days: int | None = None
    sla_hours: int | None = None
    uses: tuple[FieldUse, ...] = ()
    tells: tuple[Tell, ...] = ()
    reach: Mapping[Channel, Reach] = dataclasses.field(default_factory=dict)

    def on(self, channel: Channel) -> Reach:
        """How far this service goes on a channel."""
        return self.reach.get(channel, Reach.FULL)

    def use(self, field_id: str) -> FieldUse | None:
        """How this service uses a field, if it does."""
        return next((u for u in self.uses if u.field.id == field_id), None)


@dataclass(frozen=True)
class Team:
    """Who works a case. `name` fits in a sentence, `label` on a button."""

    id: str
    name: str
    label: str
    words: tuple[str, ...]
    email: str


@dataclass(frozen=True)
class PublishedAnswer:
    """An enquiry's answer per channel, with where it comes from and when it was last checked."""

    service: str
    said: Spoken
    links: tuple[Link, ...]
    source: str
    reviewed: date
    missing: Spoken | None = None


@dataclass(frozen=True)
class SafetyRule:
    """Token patterns (spaCy Matcher) that outrank everything, and the ones that silence them."""

    id: str
    label: str
    wording: str
    safe_contact: bool
    patterns: tuple[tuple[Mapping[str, Any], ...], ...]
    unless: tuple[tuple[Mapping[str, Any], ...], ...]
    fires: tuple[str, ...]
    quiet: tuple[str, ...]


@dataclass(frozen=True)
class LifeEvent:
    """Several services that go together, offered once after the first need is met.

    It shows by what was done (`after`, service ids) or by what residents say of it (`words`).
    """

    id: str
    offer: str
    services: tuple[str, ...]
    after: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Body:
    """Another organisation whose job something is."""

    id: str
    name: str
    words: tuple[str, ...]
    how: str


@dataclass(frozen=True)
class OpeningHours:
    """Weekly opening times in local time, Monday first, and single days closed."""

    week: tuple[tuple[tuple[time, time], ...], ...]
    closed: frozenset[date] = frozenset()

    def spans(self, day: date) -> tuple[tuple[time, time], ...]:
        """Opening spans on a day; empty when closed."""
        return () if day in self.closed else self.week[day.weekday()]


@dataclass(frozen=True)
class CallbackPart:
    """A part of the day in which the council rings back."""

    id: str
    start: time
    end: time


@dataclass(frozen=True)
class Council:
    """Everything that differs from one council to the next.

    `bin_weeks_from` is the Monday of a week in which rounds of week A collect refuse;
    `average_minutes` how long a person mostly needs for one resident.
    """

    name: str
    short_name: str
    website: str
    phone: str
    timezone: str
    postcode_areas: tuple[str, ...]
    towns: tuple[str, ...]
    account_ref_pattern: str
    account_ref_help: str
    reference_pattern: str
    bank_holidays: str
    bin_weeks_from: date
    language: str
    services: Mapping[str, Service]
    fields: Mapping[str, Field]
    teams: Mapping[str, Team]
    answers: Mapping[str, PublishedAnswer]
    wording: Mapping[str, Spoken]
    hours: OpeningHours
    average_minutes: int
    callback_parts: tuple[CallbackPart, ...]
    life_events: tuple[LifeEvent, ...]
    bodies: tuple[Body, ...]
    safety_rules: tuple[SafetyRule, ...]
    facts: Mapping[str, str]

    def service(self, service_id: str) -> Service:
        """The service of this id. Raises KeyError: ids come from our own data."""
        return self.services[service_id]

    def say(self, key: str, channel: Channel, **values: object) -> str:
        """The wording under `key` for a channel, with its {placeholders} filled.

        The council's own facts (name, phone, website) can be used in every wording.
        """
        return self.wording[key].on(channel).format_map({**self.facts, **values})
