"""The council's book: services, fields, teams, hours and words, as `council/` states them."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from casework.domain.answers import PublishedAnswer
from casework.domain.conversations import Channel, Link
from casework.domain.duplicates import Duplicates
from casework.domain.evidence import EvidenceRules
from casework.domain.fields import Field
from casework.domain.hours import CallbackPart, ContactRules, OpeningHours
from casework.domain.identity import IdentityRules
from casework.domain.recording_rules import RecordingRules
from casework.domain.safety import SafetyRule
from casework.domain.tables import TableSchema
from casework.domain.teams import EmergencyLine, Team
from casework.domain.wording import Spoken

PERSON = "speak_to_agent"
"""The service that brings in a person; also the choice that is open at any time."""

CALLBACK = "callback"
"""The service by which the council rings back."""

INTAKE = "information_request"
"""The service that takes down whatever has none of its own yet."""

BANK = "bank_details_change"
"""The service in whose talk every number that looks like a bank's is masked."""

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


class Notice(StrEnum):
    """When a report is the notice that a rule asks for: never, of whoever proved who they are, or
    always. What is no notice is taken in for a person to check."""

    NEVER = "never"
    IDENTITY = "identity"
    ALWAYS = "always"


class Reach(StrEnum):
    """How far a service that opens cases goes on a channel: to the end, as a link that goes on
    elsewhere or a callback, as a callback, or to a person first."""

    FULL = "full"
    LINK_OR_CALLBACK = "link_or_callback"
    CALLBACK = "callback"
    HUMAN = "human"


@dataclass(frozen=True)
class FieldUse:
    """A service's use of a field: optional or not, and on which earlier answers it depends.

    `when` has for each earlier field the values on which this one is called for; of a contact also
    `phone` or `email`, of any field `given`. `optional_when` are conditions of the same shape on
    which alone it is optional. Without `asked` it is taken when it is given, and never asked, but
    on the answers in `asked_when`.
    """

    field: Field
    optional: bool = False
    when: Mapping[str, tuple[Any, ...]] = dataclasses.field(default_factory=dict)
    optional_when: Mapping[str, tuple[Any, ...]] = dataclasses.field(default_factory=dict)
    asked: bool = True
    asked_when: Mapping[str, tuple[Any, ...]] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True)
class Tell:
    """A team that can be told of a change, and the fields it then needs.

    With `must` it is told whether or not the resident chooses it. `concerns`: answers on which it
    comes before the others when teams are offered.
    """

    team: str
    label: str
    why: str
    fields: tuple[str, ...]
    must: bool = False
    concerns: Mapping[str, tuple[Any, ...]] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True)
class NoticeRule:
    """Within what time (`within`, in words) a rule asks people to tell a council of a change; told
    once, when the date (`field`) is known. It decides nothing."""

    field: str
    within: str
    said: Spoken


@dataclass(frozen=True)
class Ending:
    """What a service says of the case it has opened, on the answers in `when`; addresses of links
    may have facts in braces."""

    when: Mapping[str, tuple[Any, ...]]
    said: Spoken
    links: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Sooner:
    """Another promised time, in working days, on the answers in `when`."""

    when: Mapping[str, tuple[Any, ...]]
    sla_days: int


@dataclass(frozen=True)
class Applies:
    """What a change writes into the resident's record: field ids by column. `automatic`: without a
    person, when whoever reported it proved who they are; never before the day in the field
    `since`, if there is one."""

    record: Mapping[str, str]
    automatic: bool = False
    since: str | None = None


@dataclass(frozen=True)
class Service:
    """One line of the catalogue. `sla_days` counts working days, `sla_hours` clock hours.

    `notice`: when a report by a channel is valid notice, not only taken down for a person to check.
    `reach` follows from the tier. Of each group of fields in `one_of` at least one must be given.
    `begins` is said instead of the common words before its first question, the first of `ends`
    that fits instead of the common words at its end. `applies` is None where nothing is written
    into a resident's record.
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
    notice: Mapping[Channel, Notice] = dataclasses.field(default_factory=dict)
    lgsl: int | None = None
    sla_days: int | None = None
    sla_hours: int | None = None
    uses: tuple[FieldUse, ...] = ()
    tells: tuple[Tell, ...] = ()
    reach: Mapping[Channel, Reach] = dataclasses.field(default_factory=dict)
    one_of: tuple[tuple[str, ...], ...] = ()
    notice_rule: NoticeRule | None = None
    begins: Spoken | None = None
    ends: tuple[Ending, ...] = ()
    sla_when: tuple[Sooner, ...] = ()
    applies: Applies | None = None

    def on(self, channel: Channel) -> Reach:
        """How far this service goes on a channel."""
        return self.reach.get(channel, Reach.FULL)

    def use(self, field_id: str) -> FieldUse | None:
        """How this service uses a field, if it does."""
        return next((u for u in self.uses if u.field.id == field_id), None)


@dataclass(frozen=True)
class Fact:
    """A value that differs from one council to the next, said once. `example`: made up."""

    value: str
    what: str
    example: bool = False


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
class Council:
    """Everything that differs from one council to the next.

    `bin_weeks_from` is the Monday of a week in which rounds of week A collect refuse;
    `average_minutes` how long a person mostly needs for one resident; `hours` are the telephone's.
    `facts` is all that texts may have filled in, `stated` what council.yml says of each fact;
    `urgent` are words with which residents say that something cannot wait;
    `line` is the emergency line of teams that have none of their own.
    """

    name: str
    short_name: str
    website: str
    phone: str
    timezone: str
    postcode_areas: tuple[str, ...]
    towns: tuple[str, ...]
    account_ref_pattern: str
    reference_pattern: str
    bank_holidays: str
    bin_weeks_from: date
    language: str
    urgent: tuple[str, ...]
    services: Mapping[str, Service]
    fields: Mapping[str, Field]
    teams: Mapping[str, Team]
    answers: Mapping[str, PublishedAnswer]
    wording: Mapping[str, Spoken]
    hours: OpeningHours
    first_stop_hours: OpeningHours
    average_minutes: int
    callback_parts: tuple[CallbackPart, ...]
    life_events: tuple[LifeEvent, ...]
    safety_rules: tuple[SafetyRule, ...]
    line: EmergencyLine
    facts: Mapping[str, str]
    stated: Mapping[str, Fact] = dataclasses.field(default_factory=dict)
    tables: Mapping[str, TableSchema] = dataclasses.field(default_factory=dict)
    identity: IdentityRules = dataclasses.field(default_factory=IdentityRules)
    contact: ContactRules = dataclasses.field(default_factory=ContactRules)
    duplicates: Duplicates = dataclasses.field(default_factory=Duplicates)
    evidence: EvidenceRules = dataclasses.field(default_factory=EvidenceRules)
    recording: RecordingRules = dataclasses.field(default_factory=RecordingRules)

    def service(self, service_id: str) -> Service:
        """The service of this id. Raises KeyError: ids come from our own data."""
        return self.services[service_id]

    def line_of(self, service: Service) -> EmergencyLine:
        """The number to ring about a service while nobody is at work."""
        team = self.teams.get(service.team)
        return self.line if team is None or team.line is None else team.line

    def say(self, key: str, channel: Channel, **values: object) -> str:
        """The wording under `key` for a channel, with its {placeholders} filled.

        The council's own facts (name, phone, website) can be used in every wording.
        """
        return self.fill(self.wording[key], channel, **values)

    def fill(self, said: Spoken, channel: Channel, **values: object) -> str:
        """A text for a channel with its {placeholders} and the council's own facts filled in."""
        return said.on(channel).format_map({**self.facts, **values})
