"""What every use case works with, and how it speaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from casework.domain.catalogue import Council, Service
from casework.domain.conversations import (
    Channel,
    Choice,
    Conversation,
    Mode,
    Offer,
    Utterance,
)
from casework.ports.evidence import EvidenceRoom
from casework.ports.reading import AnswerReader, Context, Gazetteer, SafetyScreen
from casework.ports.recordings import CallRecorder
from casework.ports.residents import SignIn
from casework.ports.store import Store, Work
from casework.ports.surroundings import Clock, Holidays, Identifiers
from casework.ports.tables import Tables


@dataclass(frozen=True)
class Office:
    """The council at work: its book, its records, its ears and its clock. `address` is where its
    pages are found, such as https://contact.council.gov.uk; `sign_in` reads whom the council's
    website has signed in, where it says so; `code_key` is the secret under which codes to go
    on with are kept; `evidence` takes in photos and documents (None: none are taken here);
    `recorder` records talks with agents where the council does (None: nothing here can)."""

    council: Council
    store: Store
    reader: AnswerReader
    screen: SafetyScreen
    gazetteer: Gazetteer
    clock: Clock
    ids: Identifiers
    holidays: Holidays
    tables: Tables
    address: str = "http://localhost:8000"
    sign_in: SignIn | None = None
    code_key: bytes = b""
    evidence: EvidenceRoom | None = None
    recorder: CallRecorder | None = None

    @property
    def zone(self) -> ZoneInfo:
        """The council's time zone."""
        return ZoneInfo(self.council.timezone)

    @property
    def local_now(self) -> datetime:
        """Now, on the council's clock on the wall."""
        return self.clock.now().astimezone(self.zone)

    def context(self, held: object = None) -> Context:
        """What a reader may know of the moment."""
        return Context(now=self.local_now, held=held)


@dataclass(frozen=True)
class Progress:
    """What a use case says, and whether a draft now awaits answers."""

    said: tuple[Utterance, ...]
    filling: bool


def speak(
    office: Office,
    conversation: Conversation,
    key: str,
    *,
    service: str | None = None,
    asks: str | None = None,
    kind: str | None = None,
    choices: Sequence[Choice] = (),
    **values: object,
) -> Utterance:
    """An utterance from the council's wording, on the conversation's channel."""
    return Utterance(
        text=office.council.say(key, conversation.channel, **values),
        service=service,
        asks=asks,
        kind=kind or asks,
        choices=tuple(choices),
    )


def word(office: Office, conversation: Conversation, key: str, **values: object) -> str:
    """A piece of wording that becomes part of a sentence or a button."""
    return office.council.say(key, conversation.channel, **values)


def yes_no(office: Office, conversation: Conversation) -> tuple[Choice, Choice]:
    """The two buttons of a plain question."""
    return (
        Choice(word(office, conversation, "button_yes"), "yes"),
        Choice(word(office, conversation, "button_no"), "no"),
    )


def service_choices(office: Office, service_ids: Sequence[str]) -> tuple[Choice, ...]:
    """Services as buttons; the values are catalogue ids."""
    return tuple(Choice(office.council.service(s).title, s) for s in service_ids)


def farewell(office: Office, work: Work, conversation: Conversation) -> Progress:
    """Says goodbye. A call ends with it; elsewhere the resident may go on."""
    over = conversation.channel is Channel.VOICE
    mode = Mode.CLOSED if over else conversation.mode
    conversation = replace(conversation, offer=None, mode=mode)
    work.conversations.save(conversation)
    return Progress((speak(office, conversation, "goodbye"),), filling=False)


def offering(
    work: Work,
    conversation: Conversation,
    kind: str | None,
    services: Sequence[str] = (),
    words: str = "",
) -> Conversation:
    """Remembers what is being offered (None: nothing any more)."""
    offer = None if kind is None else Offer(kind, tuple(services), words)
    changed = replace(conversation, offer=offer)
    work.conversations.save(changed)
    return changed


def known_service(office: Office, label: str | None) -> Service | None:
    """The service of a label; None for steering labels and unknown words."""
    return office.council.services.get(label or "")
