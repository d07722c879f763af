"""What is counted of records is the same in every store, and holds nobody's words."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from casework.domain.cases import CaseStatus, Verification
from casework.domain.conversations import Author, Channel, Mode
from casework.domain.drafts import DraftState
from casework.domain.figures import (
    WITHIN,
    AnswerTimes,
    CaseFigure,
    ConversationFigure,
    DraftFigure,
    HandoffFigure,
    OutboxFigure,
)
from casework.domain.handoffs import HandoffReason, HandoffState
from casework.domain.outbox import Delivery
from tests.casework.store.records import (
    NOW,
    SUMMER,
    case,
    conversation,
    draft,
    entry,
    handoff,
    message,
    outgoing,
)

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


@pytest.fixture
def kept(store: Any) -> Any:
    """A chat with a handoff and a case, a call the day after, and a chat long ago."""
    with store.begin() as work:
        add = work.conversations.add
        add(conversation("old", started_at=NOW - 40 * DAY))
        add(conversation(missed=2, rating=4, mode=Mode.CLOSED))
        add(conversation("c2", channel=Channel.VOICE, started_at=NOW + DAY))
        said = work.conversations.append
        said(message(1))
        said(message(2, author=Author.BOT, at=NOW + timedelta(seconds=1.5)))
        said(message(3, at=NOW + HOUR))
        said(message(4, author=Author.BOT, at=NOW + HOUR + timedelta(seconds=7)))
        said(message(5, mode=Mode.QUEUED, at=NOW + HOUR))
        said(message(6, author=Author.BOT, at=NOW + 2 * HOUR))
        work.handoffs.add(
            handoff(state=HandoffState.ENDED, taken_at=NOW + HOUR, ended_at=NOW + 2 * HOUR)
        )
        ended = entry("updated", status=CaseStatus.FIXED)
        work.cases.add(
            case(
                status=CaseStatus.FIXED,
                due_at=NOW,
                history=(ended, replace(ended, at=NOW + HOUR), entry("noted")),
            )
        )
        work.cases.add(
            case("10000024", team="highways", parent_ref="10000012", due_at=NOW - HOUR,
                 opened_at=NOW + timedelta(seconds=1), conversation_id="gone")
        )  # fmt: skip
        work.drafts.add(draft(state=DraftState.PARKED, asking="bin_type"))
    return store


def test_conversations_are_those_begun_from_the_start_on_and_before_the_end(kept: Any) -> None:
    with kept.begin(reading=True) as work:
        found = work.figures.conversations(NOW.astimezone(SUMMER), NOW + DAY)
    assert found == [ConversationFigure("c1", Channel.WEB, NOW, Mode.CLOSED, True, 2, 4)]
    with kept.begin(reading=True) as work:
        found = work.figures.conversations(NOW - 50 * DAY, NOW + 2 * DAY)
    assert [(one.conversation_id, one.spoke) for one in found] == [
        ("old", False), ("c1", True), ("c2", False),
    ]  # fmt: skip


def test_handoffs_go_with_their_conversations(kept: Any) -> None:
    with kept.begin(reading=True) as work:
        assert work.figures.handoffs(NOW, NOW + DAY) == [
            HandoffFigure(
                "c1", HandoffReason.ASKED, HandoffState.ENDED, NOW, NOW + HOUR, NOW + 2 * HOUR
            )
        ]
        assert work.figures.handoffs(NOW + HOUR, NOW + DAY) == []


def test_a_case_was_done_when_it_last_became_so(kept: Any) -> None:
    with kept.begin(reading=True) as work:
        first, part = work.figures.cases(NOW, NOW + DAY)
    assert first == CaseFigure(
        "c1", Channel.WEB, "missed_bin", "waste", CaseStatus.FIXED, NOW, NOW, NOW + HOUR,
        False, Verification.NOT_NEEDED, None,
    )  # fmt: skip
    assert (part.is_part, part.done_at, part.channel) == (True, None, None)
    with kept.begin() as work:
        reopened = work.cases.get("10000012")
        work.cases.save(reopened.changed(entry("updated", status=CaseStatus.OPEN)))
    with kept.begin(reading=True) as work:
        assert work.figures.cases(NOW, NOW + DAY)[0].done_at is None


def test_forms_say_where_they_stand(kept: Any) -> None:
    with kept.begin(reading=True) as work:
        assert work.figures.drafts(NOW, NOW + DAY) == [
            DraftFigure("missed_bin", DraftState.PARKED, "bin_type", NOW, NOW, Mode.CLOSED)
        ]


def test_answers_are_timed_where_the_assistant_was_asked(kept: Any) -> None:
    with kept.begin(reading=True) as work:
        found = work.figures.answer_times(NOW, NOW + DAY)
        later = work.figures.answer_times(NOW + DAY, NOW + 2 * DAY)
    within = dict(zip(WITHIN, (0, 1, 1, 2, 2), strict=True))
    assert found == {Channel.WEB: AnswerTimes(2, within)}
    assert later == {}


def test_open_cases_whose_time_has_passed_are_overdue(kept: Any) -> None:
    with kept.begin(reading=True) as work:
        assert dict(work.figures.overdue(NOW)) == {"highways": 1}
        assert dict(work.figures.overdue(NOW - DAY)) == {}


def test_the_outbox_tells_how_much_waits_and_since_when(store: Any) -> None:
    with store.begin() as work:
        work.outbox.add(outgoing(created_at=NOW - 3 * DAY, due_at=NOW - HOUR))
        work.outbox.add(outgoing("m2", due_at=NOW + DAY, created_at=NOW - 9 * DAY))
        work.outbox.add(outgoing("m3", state=Delivery.FAILED))
        work.outbox.add(outgoing("m4", state=Delivery.FAILED, created_at=NOW - 2 * DAY))
    with store.begin(reading=True) as work:
        found = work.figures.outbox(NOW - DAY, NOW)
    assert sorted(found, key=lambda one: one.state) == [
        OutboxFigure(Delivery.FAILED, 1, None),
        OutboxFigure(Delivery.QUEUED, 2, NOW - 3 * DAY),
    ]
