"""Shows staff what was said, and what came of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from casework.domain.cases import Case, Verification
from casework.domain.conversations import Author, Channel, Conversation, Link, Message
from casework.domain.drafts import Answer, Draft, DraftState
from casework.domain.recordings import Recording
from casework.domain.staff import StaffMember
from casework.use_cases.office import Office
from casework.use_cases.open_cases import verification as verification_of_draft
from casework.use_cases.read_cases import MOST
from casework.use_cases.read_texts import Sent, sent_in, without_paths
from casework.use_cases.staff_permissions import require_conversations


@dataclass(frozen=True)
class Captured:
    """A field filled in this conversation, for one service."""

    field: str
    service: str
    answer: Answer


@dataclass(frozen=True)
class ConversationRecord:
    """A conversation as staff see it; everything in the order in which it came about. `sent` is
    what left us as text or e-mail."""

    conversation: Conversation
    messages: tuple[Message, ...]
    captured: tuple[Captured, ...]
    verification: Verification
    case_refs: tuple[str, ...]
    recordings: tuple[Recording, ...] = ()
    sent: Sent = field(default_factory=lambda: Sent({}))


def read_conversation(
    office: Office, member: StaffMember, conversation_id: str
) -> ConversationRecord:
    """The conversation of this id. Raises NotFound or NotAllowed."""
    require_conversations(member)
    with office.store.begin(reading=True) as work:
        conversation = work.conversations.get(conversation_id)
        messages = work.conversations.messages(conversation_id)
        drafts = work.drafts.of_conversation(conversation_id)
        cases = work.cases.of_conversation(conversation_id)
        recordings = work.recordings.of_conversation(conversation_id)
        sent = work.outbox.of_conversation(conversation_id)
    kept = [draft for draft in drafts if draft.state is not DraftState.DROPPED]
    return ConversationRecord(
        conversation=conversation,
        messages=unshown(conversation, messages),
        captured=tuple(captured_in(kept)),
        verification=verification_of(office, kept, cases, conversation),
        case_refs=tuple(case.ref for case in cases),
        recordings=tuple(recordings),
        sent=sent_in(messages, sent),
    )


def search_conversations(
    office: Office,
    member: StaffMember,
    *,
    channel: Channel | None = None,
    call_sid: str | None = None,
    caller: str | None = None,
    after: datetime | None = None,
) -> list[Conversation]:
    """The newest conversations, newest first; `caller` is E.164, `after` compares with the start.

    Raises NotAllowed.
    """
    require_conversations(member)
    with office.store.begin(reading=True) as work:
        return work.conversations.search(
            channel=channel, call_sid=call_sid, caller=caller, after=after, limit=MOST
        )


def captured_in(drafts: Sequence[Draft]) -> list[Captured]:
    """Every answer held. The yes to a read-back confirms all that was read back."""
    return [
        Captured(
            field,
            draft.service,
            replace(answer, confirmed=answer.confirmed or draft.yes_turn_id is not None),
        )
        for draft in drafts
        for field, answer in draft.answers.items()
    ]


_TELLING = (Verification.IDENTITY, Verification.UNVERIFIED, Verification.CONTACT)
"""Of several, the first of these counts: who is known is known, and what is missing must show."""

CHECKED = "[checked]"
"""What staff read instead of an answer that only served to check who somebody is."""


def unshown(conversation: Conversation, messages: Sequence[Message]) -> tuple[Message, ...]:
    """The transcript for staff: dates of birth, codes and digits given as a check are masked, and
    what the links open by which photos and documents are sent."""
    identity = conversation.identity
    checked = () if identity is None else identity.checked
    return tuple(_unshown(message, checked) for message in messages)


def _unshown(message: Message, checked: Collection[str]) -> Message:
    said = message.said
    if message.author is Author.RESIDENT and message.turn_id in checked:
        return replace(message, said=replace(said, text=CHECKED))
    if said.upload is None or not said.links:
        return message
    links = tuple(Link(one.label, without_paths(one.url)) for one in said.links)
    return replace(message, said=replace(said, links=links))


def verification_of(
    office: Office, drafts: Sequence[Draft], cases: Sequence[Case], conversation: Conversation
) -> Verification:
    """How sure we are who this is: who proved it, the cases opened, and what is being filled."""
    found = {case.verification for case in cases}
    if conversation.identity is not None and conversation.identity.verified:
        found.add(Verification.IDENTITY)
    for draft in drafts:
        service = office.council.services.get(draft.service)
        if service and draft.state in {DraftState.FILLING, DraftState.PARKED}:
            found.add(verification_of_draft(service, draft.answers))
    return next((level for level in _TELLING if level in found), Verification.NOT_NEEDED)
