"""Figures in SQL: counted or listed without what anybody said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Float, and_, case, exists, func, or_, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import FunctionElement

from casework.adapters.sql_tables.cases import case_history, cases
from casework.adapters.sql_tables.conversations import conversations, messages
from casework.adapters.sql_tables.drafts import drafts
from casework.adapters.sql_tables.handoffs import handoffs
from casework.adapters.sql_tables.outbox import outbox
from casework.adapters.sql_unit import Unit
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
from casework.domain.transitions import OVER

_OVER = sorted(status.value for status in OVER)


class _SecondsBetween(FunctionElement[float]):
    """Seconds from one moment to another, in either database."""

    type = Float()
    inherit_cache = True
    name = "seconds_between"


@compiles(_SecondsBetween, "postgresql")
def _on_postgresql(element: Any, compiler: SQLCompiler, **more: Any) -> str:
    start, end = (compiler.process(one, **more) for one in element.clauses)
    return f"EXTRACT(EPOCH FROM ({end} - {start}))"


@compiles(_SecondsBetween, "sqlite")
def _on_sqlite(element: Any, compiler: SQLCompiler, **more: Any) -> str:
    start, end = (compiler.process(one, **more) for one in element.clauses)
    return f"((julianday({end}) - julianday({start})) * 86400.0)"


class SqlFigureStore:
    """See FigureStore."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def conversations(self, start: datetime, end: datetime) -> list[ConversationFigure]:
        table = conversations.c
        spoke = exists().where(
            messages.c.conversation_id == table.id, messages.c.author == str(Author.RESIDENT)
        )
        query = (
            select(
                table.id, table.channel, table.started_at, table.mode, table.missed, table.rating,
                spoke.label("spoke"),
            )
            .where(table.started_at >= start, table.started_at < end)
            .order_by(table.started_at, table.number)
        )  # fmt: skip
        return [
            ConversationFigure(
                row.id, Channel(row.channel), row.started_at, Mode(row.mode), bool(row.spoke),
                row.missed, row.rating,
            )
            for row in self._unit.read(query)
        ]  # fmt: skip

    def handoffs(self, start: datetime, end: datetime) -> list[HandoffFigure]:
        table = handoffs.c
        query = (
            select(
                table.conversation_id, table.reason, table.state, table.created_at,
                table.taken_at, table.ended_at,
            )
            .join(conversations, conversations.c.id == table.conversation_id)
            .where(conversations.c.started_at >= start, conversations.c.started_at < end)
            .order_by(table.created_at, table.number)
        )  # fmt: skip
        return [
            HandoffFigure(
                row.conversation_id, HandoffReason(row.reason), HandoffState(row.state),
                row.created_at, row.taken_at, row.ended_at,
            )
            for row in self._unit.read(query)
        ]  # fmt: skip

    def cases(self, start: datetime, end: datetime) -> list[CaseFigure]:
        table = cases.c
        done = (
            select(case_history.c.case_ref, func.max(case_history.c.at).label("at"))
            .where(case_history.c.status.in_(_OVER))
            .group_by(case_history.c.case_ref)
            .subquery()
        )
        query = (
            select(
                table.conversation_id, table.service, table.team, table.status, table.opened_at,
                table.due_at, table.parent_ref, table.verification, table.valid_notice,
                conversations.c.channel, done.c.at.label("done_at"),
            )
            .outerjoin(conversations, conversations.c.id == table.conversation_id)
            .outerjoin(done, done.c.case_ref == table.ref)
            .where(table.opened_at >= start, table.opened_at < end)
            .order_by(table.opened_at, table.number)
        )  # fmt: skip
        return [_case(row) for row in self._unit.read(query)]

    def drafts(self, start: datetime, end: datetime) -> list[DraftFigure]:
        table = drafts.c
        query = (
            select(
                table.service, table.state, table.asking, table.created_at, table.updated_at,
                conversations.c.mode,
            )
            .join(conversations, conversations.c.id == table.conversation_id)
            .where(table.created_at >= start, table.created_at < end)
            .order_by(table.created_at, table.number)
        )  # fmt: skip
        return [
            DraftFigure(
                row.service, DraftState(row.state), row.asking, row.created_at, row.updated_at,
                Mode(row.mode),
            )
            for row in self._unit.read(query)
        ]  # fmt: skip

    def answer_times(self, start: datetime, end: datetime) -> Mapping[Channel, AnswerTimes]:
        table = messages.c
        within = {"partition_by": table.conversation_id, "order_by": table.seq}
        lines = (
            select(
                table.conversation_id, table.author, table.mode, table.at,
                func.lead(table.at).over(**within).label("next_at"),  # type: ignore[arg-type]
                func.lead(table.author).over(**within).label("next_author"),  # type: ignore[arg-type]
            )
            .where(table.at >= start)
            .subquery()
        )  # fmt: skip
        took = _SecondsBetween(lines.c.at, lines.c.next_at)
        counts = [func.sum(case((took <= limit, 1), else_=0)) for limit in WITHIN]
        query = (
            select(conversations.c.channel, func.count(), *counts)
            .join(conversations, conversations.c.id == lines.c.conversation_id)
            .where(
                lines.c.author == str(Author.RESIDENT),
                lines.c.mode == str(Mode.BOT),
                lines.c.next_author == str(Author.BOT),
                lines.c.at < end,
            )
            .group_by(conversations.c.channel)
        )
        found = {}
        rows: Sequence[Any] = self._unit.read(query)
        for row in rows:
            counted = dict(zip(WITHIN, map(int, row[2:]), strict=True))
            found[Channel(row[0])] = AnswerTimes(row[1], counted)
        return found

    def overdue(self, now: datetime) -> Mapping[str, int]:
        table = cases.c
        query = (
            select(table.team, func.count())
            .where(table.due_at < now, table.status.not_in(_OVER))
            .group_by(table.team)
        )
        rows: Sequence[Any] = self._unit.read(query)
        return {row[0]: row[1] for row in rows}

    def outbox(self, since: datetime, now: datetime) -> list[OutboxFigure]:
        table = outbox.c
        queued = table.state == str(Delivery.QUEUED)
        due = case((and_(queued, table.due_at <= now), table.created_at))
        query = (
            select(table.state, func.count().label("number"), func.min(due).label("oldest"))
            .where(or_(queued, table.created_at >= since))
            .group_by(table.state)
        )
        return [
            OutboxFigure(Delivery(row.state), row.number, row.oldest)
            for row in self._unit.read(query)
        ]


def _case(row: Any) -> CaseFigure:
    status = CaseStatus(row.status)
    return CaseFigure(
        conversation_id=row.conversation_id,
        channel=None if row.channel is None else Channel(row.channel),
        service=row.service,
        team=row.team,
        status=status,
        opened_at=row.opened_at,
        due_at=row.due_at,
        done_at=row.done_at if status in OVER else None,
        is_part=row.parent_ref is not None,
        verification=Verification(row.verification),
        valid_notice=row.valid_notice,
    )
