"""Records for the tests of the store, every field filled where it matters."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from casework.domain.cases import Case, CaseStatus, HistoryEntry, RecordChange, Verification
from casework.domain.continuations import Continuation
from casework.domain.conversations import (
    Author,
    Channel,
    Choice,
    Conversation,
    Link,
    Message,
    Mode,
    Offer,
    Utterance,
)
from casework.domain.drafts import Answer, Candidate, Draft, Source
from casework.domain.handoffs import Handoff, HandoffReason, HandoffState, Note
from casework.domain.outbox import Delivery, Medium, Outgoing

NOW = datetime(2026, 3, 29, 0, 59, 59, 123456, tzinfo=UTC)
SUMMER = timezone(timedelta(hours=1))


def conversation(conversation_id: str = "c1", **changes: Any) -> Conversation:
    """A web chat begun at NOW."""
    return replace(Conversation(conversation_id, Channel.WEB, NOW, NOW, "hash"), **changes)


def full_conversation() -> Conversation:
    """A call with every field filled."""
    return Conversation(
        id="c1",
        channel=Channel.VOICE,
        started_at=NOW,
        last_at=datetime(2026, 3, 29, 2, 0, tzinfo=SUMMER),
        token_hash="hash",
        mode=Mode.QUEUED,
        language="cy",
        page="https://council.example/bins",
        caller="+441632960001",
        call_sid="CA1",
        service="missed_bin",
        draft_id="d1",
        kept=("pothole",),
        offered=("moving_home",),
        flags=("safe_contact", "angry"),
        misses=2,
        offer=Offer("which", ("pothole", "missed_bin")),
        rating=4,
        comment="Diolch — very quick ☂",
    )


def message(seq: int, text: str = "hello", **changes: Any) -> Message:
    """What a resident said in conversation c1."""
    plain = Message("c1", seq, Author.RESIDENT, Utterance(text), NOW, Mode.BOT)
    return replace(plain, **changes)


def full_message(seq: int = 1) -> Message:
    """A question with every field filled."""
    return Message(
        conversation_id="c1",
        seq=seq,
        author=Author.BOT,
        said=Utterance(
            text="Which bin?\nBrown 'green' \"grey\" ☂",
            choices=(Choice("Brown bin", "brown"), Choice("Green bin", "green")),
            service="missed_bin",
            asks="bin_type",
            kind="choice",
            case_refs=("10000012",),
            links=(Link("Bins", "https://council.example/bins"),),
        ),
        at=NOW,
        mode=Mode.BOT,
        turn_id="t1",
        choice="brown",
    )


def draft(draft_id: str = "d1", **changes: Any) -> Draft:
    """An empty draft of conversation c1."""
    return replace(Draft(draft_id, "c1", "missed_bin", NOW, NOW), **changes)


def answers() -> dict[str, Answer]:
    """Values of every JSON shape."""
    return {
        "when": Answer("2026-03-29", Source.SAID, NOW),
        "address": Answer({"uprn": "100", "lat": 50.37, "lines": ["1 Elm Rd"]}, Source.TYPED, NOW),
        "count": Answer(3, Source.KEYED, NOW, confirmed=True),
        "sure": Answer(False, Source.AGENT, NOW),
        "email": Answer(None, Source.RECORD, NOW.astimezone(SUMMER)),
    }


def full_draft() -> Draft:
    """A draft with every field filled."""
    return draft(
        answers=answers(),
        asking="email",
        asked=("when", "address", "email"),
        candidates=(Candidate("1 Elm Road", {"uprn": "1"}), Candidate("2 Elm Road", "2")),
        tries=2,
        changing=True,
        about="pothole",
        opening="my bin was not emptied",
        yes_turn_id="t8",
        case_ref="10000012",
        updated_at=NOW + timedelta(minutes=5),
    )


def case(ref: str = "10000012", **changes: Any) -> Case:
    """A plain case of conversation c1."""
    return replace(Case(ref, "missed_bin", "waste", "simple", NOW, "c1"), **changes)


def full_case() -> Case:
    """A case with every field filled but its parent."""
    return case(
        status=CaseStatus.IN_PROGRESS,
        about="pothole",
        verification=Verification.IDENTITY,
        valid_notice=False,
        fields=answers(),
        due_at=NOW + timedelta(days=3),
        assignee="Sam Pole",
        duplicate_of="20000024",
        history=(
            entry("opened"),
            entry("taken on", status=CaseStatus.IN_PROGRESS, assignee="Sam Pole"),
            entry("updated", duplicate_of="20000024"),
            entry("applied", changes=(RecordChange("phone", None, "+447700900123"),)),
        ),
    )


def entry(what: str, **changes: Any) -> HistoryEntry:
    """Something that happened to a case at NOW."""
    return replace(HistoryEntry(NOW, "assistant", what), **changes)


def outgoing(message_id: str = "m1", **changes: Any) -> Outgoing:
    """A text queued and due at NOW."""
    plain = Outgoing(message_id, Medium.TEXT, "+447700900123", "Hello", NOW, NOW, NOW)
    return replace(plain, **changes)


def full_outgoing() -> Outgoing:
    """An e-mail with every field filled."""
    return Outgoing(
        id="m1",
        medium=Medium.EMAIL,
        to="ann@example.com",
        text="Diolch — very quick ☂\nBye",
        created_at=NOW,
        due_at=NOW + timedelta(minutes=2),
        updated_at=datetime(2026, 3, 29, 2, 0, tzinfo=SUMMER),
        subject="Your bins",
        key="update:10000012:1",
        conversation_id="c1",
        case_ref="10000012",
        state=Delivery.UNDELIVERED,
        attempts=3,
        provider_id="SM1",
        problem="30003",
    )


def continuation(code_hash: str = "h1", **changes: Any) -> Continuation:
    """A link out of conversation c1, good for an hour from NOW."""
    return replace(Continuation(code_hash, "c1", "d1", NOW, NOW + timedelta(hours=1)), **changes)


def handoff(handoff_id: str = "h1", **changes: Any) -> Handoff:
    """Conversation c1 waiting for a person since NOW."""
    return replace(Handoff(handoff_id, "c1", NOW, NOW, HandoffReason.ASKED), **changes)


def full_handoff() -> Handoff:
    """A handoff with every field filled."""
    return Handoff(
        id="h1",
        conversation_id="c1",
        created_at=NOW,
        updated_at=datetime(2026, 3, 29, 2, 0, tzinfo=SUMMER),
        reason=HandoffReason.NOT_UNDERSTOOD,
        state=HandoffState.TAKEN,
        about="house_move",
        agent="s1",
        taken_at=NOW + timedelta(minutes=1),
        seen_at=NOW + timedelta(minutes=2),
        ended_at=NOW + timedelta(minutes=3),
        tried=("s2", "s3"),
        call="CA2",
        team="waste",
        held_at=NOW + timedelta(minutes=2),
        ring_back="+447700900123",
        reached_at=NOW + timedelta(minutes=3),
        notes=(
            Note(NOW.astimezone(SUMMER), "Sam Pole", "Rang — no answer ☂"),
            Note(NOW, "Kim", "2"),
        ),
    )
