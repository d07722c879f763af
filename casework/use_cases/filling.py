"""One turn at one draft: what the steps of a form look at and change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from casework.domain.assent import answers_offer, cannot_say
from casework.domain.catalogue import FieldUse, Service
from casework.domain.conversations import (
    BY_KEYS,
    SAFE_CONTACT,
    SAFETY,
    Conversation,
    Turn,
    Utterance,
)
from casework.domain.drafts import Answer, Draft, pruned
from casework.domain.fields import Field
from casework.domain.wording import Spoken
from casework.ports.reading import Read
from casework.ports.store import Work
from casework.use_cases.complete_field import completed
from casework.use_cases.identity_asked import asked_use
from casework.use_cases.office import Office
from casework.use_cases.open_draft import source_of
from casework.use_cases.prepared import service_taken

SURE = 0.5
"""How sure the intent model must be of a steering label while something else is asked."""

SHORT = 6
"""A command to the form is at most this many words; longer ones are rather an answer."""

UNKEYABLE = frozenset({"text", "person_name", "email", "registration", "reference"})
"""Types that keys cannot say."""


@dataclass
class Filling:
    """One turn at one draft; the steps below look at it in turn until one has dealt with it."""

    office: Office
    work: Work
    conversation: Conversation
    draft: Draft
    turn: Turn
    notes: tuple[Utterance, ...] = ()

    @property
    def service(self) -> Service:
        """The service being filled, with what is asked for a call about it."""
        return service_taken(self.office.council, self.draft)

    @property
    def shown(self) -> str:
        """The service the resident came for."""
        return self.draft.about or self.draft.service

    @property
    def alarmed(self) -> bool:
        """Whether it is about danger: then nobody need say who they are."""
        return self.shown in SAFETY

    @property
    def unsafe(self) -> bool:
        """Whether ringing could put the resident at risk."""
        return SAFE_CONTACT in self.conversation.flags

    @property
    def use(self) -> FieldUse | None:
        """The field now asked; None at the read-back."""
        return asked_use(self.office.council, self.service, self.draft.asking)

    @property
    def field(self) -> Field | None:
        """The field now asked, with the options that only the moment knows."""
        return None if self.use is None else self.completed(self.use.field)

    def completed(self, field: Field) -> Field:
        """A field with the options that only the moment knows."""
        return completed(self.office, self.conversation, self.service, field)

    @property
    def may_be_left_out(self) -> bool:
        """Whether the present question may be skipped; in danger nearly all may, where no contact
        is safe, how to get in touch, and by a caller who uses keys alone, what no keys can say."""
        use = self.use
        if use is None:
            return False
        if self.unsafe and use.field.id == "contact":
            return True
        if use.optional or (self.alarmed and use.field.id != "phone"):
            return True
        by_keys = self.turn.keyed and BY_KEYS in self.conversation.flags
        return by_keys and use.field.type in UNKEYABLE

    @property
    def said(self) -> str:
        """The resident's words, or the value pressed."""
        return self.turn.choice if self.turn.choice is not None else self.turn.text

    def note(self, key: str, **values: object) -> None:
        """Adds something to say before the next question."""
        text = self.office.council.say(key, self.conversation.channel, **values)
        self.notes = (*self.notes, Utterance(text=text, service=self.shown))

    def tell(self, said: Spoken, **values: object) -> None:
        """Adds a text of the service's own to say before the next question."""
        text = self.office.council.fill(said, self.conversation.channel, **values)
        self.notes = (*self.notes, Utterance(text=text, service=self.shown))

    def steers(self, label: str) -> bool:
        """Whether the message is this command rather than an answer."""
        short = len(self.turn.text.split()) <= SHORT
        return self.turn.label == label and self.turn.confidence >= SURE and short

    def keep(self, draft: Draft) -> None:
        """Writes the draft as it now is."""
        now = self.office.clock.now()
        self.draft = replace(draft, updated_at=now)
        self.work.drafts.save(self.draft)

    def answer(self, field_id: str, value: Any) -> None:
        """Records a value; fields that no longer apply fall away."""
        now = self.office.clock.now()
        held = Answer(value, source_of(self.conversation, self.turn), now)
        self.draft = pruned(self.service, self.draft.with_answer(field_id, held))


def plain(field_type: str) -> Field:
    nothing = Spoken("", "", "")
    return Field(
        id=field_type, type=field_type, label="", ask=nothing, again=nothing, is_asked=True
    )


YES_NO = plain("yes_no")
WHICH = plain("choice")
TEXT = plain("text")


def agrees(
    office: Office, turn: Turn, *, offered: bool = False, satisfied: bool = False
) -> bool | None:
    """Whether a turn is a yes or a no; None when it is neither.

    `offered`: to something offered, so that "I'm good" is a no; `satisfied`: to whether an answer
    was what they needed, so that it is a yes.
    """
    if turn.choice in {"yes", "no"}:
        return turn.choice == "yes"
    if offered and (taken := answers_offer(turn.text, satisfied)) is not None:
        return taken
    if offered and cannot_say(turn.text):
        return None
    reading = office.reader.read(YES_NO, turn.text, office.context())
    if isinstance(reading, Read):
        return bool(reading.value)
    sure = turn.confidence >= SURE and turn.label in {"affirm", "deny"}
    # "Hmm" and "well" are neither, whatever the model takes them for.
    if sure and office.reader.read(TEXT, turn.text, office.context()) is not None:
        return turn.label == "affirm"
    return None
