"""A conversation: one call, one chat session or one run of texts, never a phone number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from casework.domain.identity import Identity


class Channel(StrEnum):
    """How the resident reached us."""

    VOICE = "voice"
    SMS = "sms"
    WEB = "web"


class Mode(StrEnum):
    """Who answers: the assistant, nobody yet (waiting for a person), a person, nobody any more."""

    BOT = "bot"
    QUEUED = "queued"
    AGENT = "agent"
    CLOSED = "closed"


class CallEnd(StrEnum):
    """How a telephone call ended: either side put the telephone down, or it never came about."""

    COMPLETED = "completed"
    BUSY = "busy"
    NO_ANSWER = "no_answer"
    CANCELLED = "cancelled"
    FAILED = "failed"


class Author(StrEnum):
    """Who a message is from."""

    RESIDENT = "resident"
    BOT = "bot"
    AGENT = "agent"
    SYSTEM = "system"


@dataclass(frozen=True)
class Choice:
    """Something the resident may pick instead of typing."""

    label: str
    value: str


@dataclass(frozen=True)
class Link:
    """A page that says more."""

    label: str
    url: str


@dataclass(frozen=True)
class Needed:
    """Something that can be sent, by the council's id of it; `optional` only helps."""

    kind: str
    label: str
    optional: bool = False


@dataclass(frozen=True)
class Upload:
    """Photos and documents can be sent here, for a case or for what is being told."""

    case_ref: str | None = None
    needed: tuple[Needed, ...] = ()


@dataclass(frozen=True)
class Utterance:
    """One thing said to a resident.

    `service` is a catalogue id; `asks` what is awaited next (a catalogue field or one of the
    words of the contract, such as `confirm`); `kind` the type of answer awaited (`date`,
    `address`, ...), which the assistant needs to tell an answer from a digression, or `noted`;
    `upload` says that evidence can be sent.
    """

    text: str
    choices: tuple[Choice, ...] = ()
    service: str | None = None
    asks: str | None = None
    kind: str | None = None
    case_refs: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    upload: Upload | None = None


@dataclass(frozen=True)
class Message:
    """A line of the transcript. `seq` counts from 1 within its conversation.

    `turn_id` is the id the channel gave to the resident's message; the replies carry the same,
    so that a repeated message finds the answer already given.
    """

    conversation_id: str
    seq: int
    author: Author
    said: Utterance
    at: datetime
    mode: Mode
    turn_id: str | None = None
    choice: str | None = None


@dataclass(frozen=True)
class Offer:
    """What the resident was asked outside a form, so that a yes or a choice can be understood.

    `kind`: `services` (would you like one of these?), `which` (which of these did you mean?),
    `resume` (shall we go on with what was begun?), `link` (go on elsewhere, or be rung?),
    `person`, `person_first` (a person, or go on here?), `alarm` (a person, after a safety rule: the
    label and its wording), `stop` and `start_again` (really?), `call` (shall a person ring, as this
    goes wrong?), `satisfied`, `more` (anything
    else?), `text_link` (shall I text it?),
    `topics` (what would you like to know of this service?), `row` (which of a table is meant?),
    `keep` (shall I keep the form, whose id is in `words`?), `resume_code`, `resume_check` (of the
    code whose hash is in `words`), `follow`, `told_twice` and `follow_contact` (of a case told
    before: its reference is the second of `services`, the question is in `words`), `text_number`
    (which mobile may be texted?) and `text_number_check` (the one in `words`?).
    `words` is what the resident had said when asked which service was meant, the topic whose
    answer was given, or the address that would be texted.
    """

    kind: str
    services: tuple[str, ...] = ()
    words: str = ""


@dataclass(frozen=True)
class Dealt:
    """What the last turn led to: a repeat of it does nothing again and can still be answered.

    `filling` says whether a draft then awaited answers.
    """

    turn_id: str
    said: tuple[Utterance, ...]
    filling: bool


@dataclass(frozen=True)
class Conversation:
    """State of a conversation that every channel and the desk share.

    `service` is the last service dealt with; `draft_id` the draft being filled, if any; `kept`
    are services asked for in passing, to be offered later, `kept_words` in what words; `misses`
    counts turns in a row that were not understood; `offered` the life events and the like already
    offered, and in a call the page last answered about; `offer` what was last offered;
    `dealt` what the last turn led to; `identity` what is known of who speaks, once that was asked;
    `wrong_codes` counts codes to go on with a form that led nowhere, `missed` all messages that
    were not understood; `may_record` is what a caller said to a talk being recorded (None: they
    were not told of it); `call_end` and `call_seconds` are how a call ended and how long it took
    (None: it goes on, was none, or we were not told).
    """

    id: str
    channel: Channel
    started_at: datetime
    last_at: datetime
    token_hash: str
    mode: Mode = Mode.BOT
    language: str = "en"
    page: str | None = None
    caller: str | None = None
    call_sid: str | None = None
    service: str | None = None
    draft_id: str | None = None
    kept: tuple[str, ...] = ()
    kept_words: Mapping[str, str] = field(default_factory=dict)
    offered: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    misses: int = 0
    offer: Offer | None = None
    dealt: Dealt | None = None
    identity: Identity | None = None
    wrong_codes: int = 0
    missed: int = 0
    rating: int | None = None
    comment: str | None = None
    may_record: bool | None = None
    call_end: CallEnd | None = None
    call_seconds: int | None = None


@dataclass(frozen=True)
class Second:
    """Another request in the same message: the service, how sure the model is of it, its own
    `words`, and `first`, what is left of the message without them."""

    label: str
    confidence: float
    words: str
    first: str


@dataclass(frozen=True)
class Turn:
    """What a resident said, as the assistant's actions hand it to casework.

    `label` is what the intent model took it for (before anything asked was considered), `ranking`
    its ten best guesses with probabilities; `choice` the value of a button pressed; `keyed` says
    that it was entered on a telephone's keypad, `sure` how sure a recogniser was of the words (0 to
    1; None where none was asked). `topics` are the topics of likely services as
    (topic id, score), best first: from FITS on, one fits the words. `question` says that the
    message asks something; `second` is what else it asks for. `rankings` are the guesses at what
    was said before, by its words, as far as the assistant remembers.
    """

    id: str
    text: str
    label: str | None = None
    confidence: float = 0.0
    ranking: tuple[tuple[str, float], ...] = ()
    choice: str | None = None
    keyed: bool = False
    topics: Mapping[str, tuple[tuple[str, float], ...]] = field(default_factory=dict)
    question: bool = False
    second: Second | None = None
    rankings: Mapping[str, tuple[tuple[str, float], ...]] = field(default_factory=dict)
    sure: float | None = None


FITS = 0.5
"""The score from which on a topic fits what was said."""

STEERING = frozenset(
    "greet goodbye thanks affirm deny repeat slower go_back start_again help stop correct_answer "
    "dont_know are_you_human language abuse out_of_scope".split()
)
"""Labels that steer the conversation instead of naming a service (`conversation:` of the
catalogue)."""

BY_KEYS = "keypad"
"""Flag of a call in which answers come by the keys of the telephone."""

SAFE_CONTACT = "safe_contact"
"""Flag of those whom a message that others can see may put in danger; also what somebody who
asks for that chooses."""

SAFETY = frozenset(
    {"emergency", "crisis", "safeguarding_adult", "safeguarding_child", "homelessness"}
)
"""Labels that outrank every form and every question of identity."""

NOTED = "noted"
"""The kind of an utterance that repeats what a resident has just told, and awaits nothing."""
