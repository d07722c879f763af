"""Shows who waits for a person, and who has one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from casework.domain.catalogue import CALLBACK, PERSON
from casework.domain.conversations import Author, Conversation, Message, Mode
from casework.domain.drafts import Draft, DraftState
from casework.domain.errors import NotFound
from casework.domain.handoffs import UNANSWERED, Handoff, HandoffReason
from casework.domain.staff import StaffMember
from casework.ports.store import Work
from casework.use_cases.office import Office
from casework.use_cases.read_conversations import unshown
from casework.use_cases.read_recording import read_recording
from casework.use_cases.staff_permissions import require_conversations

LONGEST_LINE = 120
"""Characters of a request in one line."""

OWN_WORDS = 4
"""Words from which on a message says what somebody wants."""

LEFT_WITHIN = timedelta(hours=24)
"""How long those who left are shown."""


@dataclass(frozen=True)
class QueueRow:
    """A line of the queue. `place` counts from 1 among those waiting and is 0 once taken;
    `waited` is until now, or until it was taken; `line` the request in the resident's words;
    `service` the catalogue id of what it is about and `title` its name; `agent` the name of who
    has it or is being rung; `recording` how the recording of a call stands, in one word."""

    handoff: Handoff
    conversation: Conversation
    place: int
    waited: timedelta
    line: str
    title: str
    agent: str | None
    service: str | None
    recording: str | None = None


def read_queue(office: Office, member: StaffMember) -> list[QueueRow]:
    """All who wait or have a person now: danger first, then the oldest. Raises NotAllowed."""
    require_conversations(member)
    with office.store.begin(reading=True) as work:
        names = {one.id: one.name for one in work.staff.all()}
        handoffs = work.handoffs.open()
        waiting = [one.id for one in handoffs if one.state in UNANSWERED]
        return [
            _row(
                office,
                work,
                handoff,
                waiting.index(handoff.id) + 1 if handoff.id in waiting else 0,
                names.get(handoff.agent or ""),
            )
            for handoff in handoffs
        ]


def read_left(office: Office, member: StaffMember) -> list[QueueRow]:
    """Those of the last day who left before a person came, and of whom there is no case: nobody
    knows how to reach them, or they may still say. Newest first. Raises NotAllowed."""
    require_conversations(member)
    with office.store.begin(reading=True) as work:
        return [
            _row(office, work, handoff, 0, None)
            for handoff in work.handoffs.over_since(office.clock.now() - LEFT_WITHIN)
            if not reached(work, handoff)
        ]


def reached(work: Work, handoff: Handoff) -> bool:
    """Whether a case was opened from the conversation since the resident began to wait."""
    cases = work.cases.of_conversation(handoff.conversation_id)
    return any(case.opened_at >= handoff.created_at for case in cases)


def read_row(office: Office, member: StaffMember, handoff_id: str) -> QueueRow:
    """One line, as `read_queue` gives it; of a handoff that is over too. Raises NotFound,
    NotAllowed."""
    require_conversations(member)
    with office.store.begin(reading=True) as work:
        handoff = work.handoffs.get(handoff_id)
        waiting = [one.id for one in work.handoffs.waiting()]
        place = waiting.index(handoff.id) + 1 if handoff.id in waiting else 0
        return _row(office, work, handoff, place, agent_name(work, handoff))


def _row(office: Office, work: Work, handoff: Handoff, place: int, agent: str | None) -> QueueRow:
    conversation = work.conversations.get(handoff.conversation_id)
    drafts = work.drafts.of_conversation(conversation.id)
    messages = unshown(conversation, work.conversations.messages(conversation.id))
    recording = read_recording(office, work, conversation, handoff)
    return QueueRow(
        handoff=handoff,
        conversation=conversation,
        place=place,
        waited=waited(handoff, office.clock.now()),
        line=request_line(messages, drafts, handoff),
        title=request_title(office, handoff, conversation, drafts),
        agent=agent,
        service=request_service(handoff, conversation, drafts),
        recording=None if recording is None else recording.state,
    )


def agent_name(work: Work, handoff: Handoff) -> str | None:
    """The name of who has it, had it last, or is being rung about it."""
    if handoff.agent is None:
        return None
    try:
        return work.staff.get(handoff.agent).name
    except NotFound:
        return None


def waited(handoff: Handoff, now: datetime) -> timedelta:
    """How long the resident has waited for a person, or did."""
    return (handoff.taken_at or handoff.ended_at or now) - handoff.created_at


def request_line(messages: Sequence[Message], drafts: Sequence[Draft], handoff: Handoff) -> str:
    """What the resident wants in one line of their own words: what began the form they are in,
    else the last message that says something, but for the one that asked for a person, if
    there is another; may be empty."""
    # What a call back is about was told before it was asked for.
    matters = [one for one in drafts if one.service != CALLBACK]
    filling = [one for one in matters if one.state is DraftState.FILLING and one.opening]
    if filling and len(filling[-1].opening.split()) >= OWN_WORDS:
        return _in_one_line(filling[-1].opening)
    typed = [one for one in messages if one.author is Author.RESIDENT and not one.choice]
    asked = [one.seq for one in typed if _may_have_asked(one, handoff)][-1:]
    telling = [one for one in typed if len(one.said.text.split()) >= OWN_WORDS]
    for found in ([one for one in telling if one.seq not in asked], telling, typed):
        if found:
            return _in_one_line(found[-1].said.text)
    return ""


def _may_have_asked(message: Message, handoff: Handoff) -> bool:
    """Whether a message may be the one by which a resident asked for a person."""
    asked = handoff.reason is HandoffReason.ASKED
    return asked and message.mode is Mode.BOT and message.at <= handoff.created_at


def _in_one_line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_LINE else f"{line[: LONGEST_LINE - 1].rstrip()}…"


def request_service(
    handoff: Handoff, conversation: Conversation, drafts: Sequence[Draft]
) -> str | None:
    """The catalogue id of what it is about; None when nothing is known yet."""
    if handoff.about not in {None, PERSON}:
        return handoff.about
    filling = [one for one in drafts if one.state is DraftState.FILLING]
    return (filling[-1].about or filling[-1].service) if filling else conversation.service


def request_title(
    office: Office, handoff: Handoff, conversation: Conversation, drafts: Sequence[Draft]
) -> str:
    """What it is about, as the catalogue calls it; a person, when nothing else is known."""
    services = office.council.services
    found = request_service(handoff, conversation, drafts)
    service = services.get(found or "") or services.get(PERSON)
    return "" if service is None else service.title
