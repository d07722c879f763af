"""Shows an agent in one screen all that a conversation is about, before a word is said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from casework.domain.cases import Case, Verification
from casework.domain.contact_wishes import ContactWishes
from casework.domain.conversations import Author, Conversation, Message
from casework.domain.drafts import Draft, DraftState
from casework.domain.evidence import Evidence
from casework.domain.handoffs import Handoff, HandoffReason
from casework.domain.staff import StaffMember
from casework.domain.transitions import OVER
from casework.ports.store import Work
from casework.use_cases.ask_draft import active_draft
from casework.use_cases.hear_wishes import wishes_of
from casework.use_cases.office import Office
from casework.use_cases.queue_rows import agent_name, request_line, request_title, waited
from casework.use_cases.read_conversations import (
    Captured,
    captured_in,
    unshown,
    verification_of,
)
from casework.use_cases.read_recording import TalkRecording, read_recording
from casework.use_cases.read_texts import Sent, sent_in
from casework.use_cases.staff_permissions import require_conversations

WHO = ("name", "phone", "contact", "address", "account_ref")
"""Fields that say who a resident is and how they are reached, as shown first."""


@dataclass(frozen=True)
class Failed:
    """What did not work: questions that were asked again, by field id and how often, and how many
    turns in a row were not understood at the end."""

    tries: Mapping[str, int]
    misses: int

    def __bool__(self) -> bool:
        return bool(self.tries or self.misses)


@dataclass(frozen=True)
class Done:
    """A service that was dealt with, and the case that it opened, if any."""

    service: str
    title: str
    case_ref: str | None = None

    def __str__(self) -> str:
        return f"{self.title}: {self.case_ref}" if self.case_ref else self.title


@dataclass(frozen=True)
class Context:
    """In the order in which an agent reads it. `who` is by field id, stored values; `line` the
    request in the resident's words and `title` its service; `asking` the field that the form asks
    for now (or `confirm`); `agent` the name of who has it; `held_number` says that the number they
    call from is held for an account, which proves nothing and is never told to them; `wishes` how
    and when they want to be contacted; `sent` what left us as text or e-mail; `recording` is how
    the recording of a call stands; `evidence` are the photos and documents that were sent in it or
    for its cases, oldest first."""

    handoff: Handoff
    conversation: Conversation
    who: Mapping[str, str]
    verification: Verification
    line: str
    title: str
    why: HandoffReason
    done: tuple[Done, ...]
    failed: Failed
    captured: tuple[Captured, ...]
    open_cases: tuple[Case, ...]
    draft: Draft | None
    asking: str | None
    messages: tuple[Message, ...]
    waited: timedelta
    agent: str | None
    held_number: bool = False
    wishes: ContactWishes = field(default_factory=ContactWishes)
    sent: Sent = field(default_factory=lambda: Sent({}))
    recording: TalkRecording | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class _Records:
    """What is written down of a conversation that goes to a person."""

    handoff: Handoff
    conversation: Conversation
    messages: list[Message]
    drafts: list[Draft]
    cases: list[Case]

    @property
    def kept(self) -> list[Draft]:
        """The forms that the resident did not let go of."""
        return [one for one in self.drafts if one.state is not DraftState.DROPPED]


def read_context(office: Office, member: StaffMember, handoff_id: str) -> Context:
    """All of it, as it is now. Raises NotFound, NotAllowed."""
    require_conversations(member)
    with office.store.begin(reading=True) as work:
        records = _records(work, handoff_id)
        handoff, conversation, messages = records.handoff, records.conversation, records.messages
        draft = active_draft(work, conversation)
        captured = captured_in(records.kept)
        return Context(
            handoff=handoff,
            conversation=conversation,
            who=_who(captured, conversation),
            verification=verification_of(office, records.kept, records.cases, conversation),
            line=request_line(messages, records.drafts, handoff),
            title=request_title(office, handoff, conversation, records.drafts),
            why=handoff.reason,
            done=tuple(_done(office, records.drafts, messages)),
            failed=_failed(records),
            captured=tuple(captured),
            open_cases=tuple(case for case in records.cases if case.status not in OVER),
            draft=draft,
            asking=None if draft is None else draft.asking,
            messages=unshown(conversation, messages),
            waited=waited(handoff, office.clock.now()),
            agent=agent_name(work, handoff),
            held_number=_holds_number(work, conversation),
            wishes=wishes_of(office, work, records.cases, conversation),
            sent=sent_in(messages, work.outbox.of_conversation(conversation.id)),
            recording=read_recording(office, work, conversation, handoff),
            evidence=_evidence(work, conversation, records.cases),
        )


def _evidence(
    work: Work, conversation: Conversation, cases: Sequence[Case]
) -> tuple[Evidence, ...]:
    found = [one for case in cases for one in work.evidence.of_case(case.ref)]
    found += work.evidence.without_case(conversation.id)
    return tuple(sorted(found, key=lambda one: one.received_at))


def _records(work: Work, handoff_id: str) -> _Records:
    handoff = work.handoffs.get(handoff_id)
    conversation = work.conversations.get(handoff.conversation_id)
    return _Records(
        handoff,
        conversation,
        work.conversations.messages(conversation.id),
        work.drafts.of_conversation(conversation.id),
        work.cases.of_conversation(conversation.id),
    )


def _failed(records: _Records) -> Failed:
    tries = {one.asking: one.tries for one in records.kept if one.asking and one.tries}
    return Failed(tries, records.conversation.misses)


def _holds_number(work: Work, conversation: Conversation) -> bool:
    return conversation.caller is not None and work.residents.has_phone(conversation.caller)


def _who(captured: Sequence[Captured], conversation: Conversation) -> dict[str, str]:
    """What is known of the resident, the newest of each; the number they call from without
    better."""
    held = {one.field: one.answer.value for one in captured if one.answer.value is not None}
    who = {name: _in_words(held[name]) for name in WHO if name in held}
    if conversation.caller and not {"phone", "contact"} & set(who):
        who["phone"] = conversation.caller
    return who


def _in_words(value: object) -> str:
    """A name or a number as it is; a place on one line."""
    if isinstance(value, Mapping):
        lines = (
            [*value["lines"], value.get("postcode")] if "lines" in value else [value.get("text")]
        )
        return ", ".join(str(line) for line in lines if line)
    return str(value)


def _done(office: Office, drafts: Sequence[Draft], messages: Sequence[Message]) -> list[Done]:
    """Forms that were finished, and what else was answered, in that order."""
    services = office.council.services

    def title(service: str) -> str:
        return services[service].title if service in services else service

    finished = [one for one in drafts if one.state is DraftState.CONFIRMED]
    done = [Done(d.about or d.service, title(d.about or d.service), d.case_ref) for d in finished]
    formed = {name for one in drafts for name in (one.service, one.about)}
    answered = [
        message.said.service
        for message in messages
        if message.author is Author.BOT and message.said.service not in {None, *formed}
    ]
    return [*done, *(Done(name, title(name)) for name in dict.fromkeys(answered) if name)]
