"""Answers from the council's tables: the rows that a resident means, in the council's words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from casework.domain.answers import Answer
from casework.domain.conversations import Author, Channel, Choice, Conversation, Utterance
from casework.domain.days_named import asks_when, day_named
from casework.ports.store import Work
from casework.ports.tables import Row
from casework.use_cases.office import Office, word
from casework.use_cases.tell_hours import first_stop_now, in_words, row_hours, row_now, us_now

SHOWN = {Channel.WEB: 6, Channel.SMS: 2, Channel.VOICE: 2}
"""Rows told at once."""

LOOKED_BACK = 5
"""Messages of the resident in which a row named before is looked for."""

CHOOSABLE = 6
"""Rows from which a resident may pick the one meant."""

SMS_LINES = 230
"""Characters that the rows may take in a text."""


def rows_meant(office: Office, answer: Answer, words: str) -> list[Row]:
    """The rows that words name and that still hold; all that hold, where the table says so."""
    if answer.table is None:
        return []
    schema = office.council.tables[answer.table]
    today = office.local_now.date()
    named = still_holding(office.tables.find(schema.name, words), today)
    if named or schema.unnamed != "all":
        return named
    return still_holding(office.tables.rows(schema.name), today)


def rows_before(
    office: Office, work: Work, conversation: Conversation, answer: Answer, words: str
) -> list[Row]:
    """The rows that the resident named last, for "and on Sunday?"; none for words that do not ask
    when, or of a table without hours."""
    today = office.local_now.date()
    table = answer.table
    if table is None or not office.council.tables[table].has_hours:
        return []
    if not (asks_when(words) or asks_for_day(office, words)):
        return []
    for said in said_before(work, conversation):
        if rows := still_holding(office.tables.find(table, said), today):
            return rows
    return []


def asks_for_day(office: Office, words: str) -> bool:
    """Whether words name a day."""
    today = office.local_now.date()
    return day_named(words, today, office.holidays.is_holiday) is not None


def said_before(work: Work, conversation: Conversation) -> list[str]:
    """The resident's latest messages, the last first."""
    messages = work.conversations.messages(conversation.id)
    own = [message.said.text for message in messages if message.author is Author.RESIDENT]
    return own[: -LOOKED_BACK - 1 : -1]


def still_holding(rows: Sequence[Row], today: date) -> list[Row]:
    """Rows whose day is today or whose time is not over, soonest first; rows without days all."""
    held = [
        row
        for row in rows
        if row.get("date", today.isoformat()) == today.isoformat()
        and row.get("to", today.isoformat()) >= today.isoformat()
    ]
    return sorted(held, key=lambda row: row.get("from", ""))


def told(
    office: Office,
    conversation: Conversation,
    service: str,
    answer: Answer,
    rows: Sequence[Row],
    words: str = "",
) -> Utterance:
    """The answer with its rows filled in; without any, what is said then. A day that `words` name
    is the one whose hours are told."""
    said = answer.said if rows or answer.table is None else (answer.missing or answer.said)
    day = day_named(words, office.local_now.date(), office.holidays.is_holiday)
    text = filled(office, conversation, said.on(conversation.channel), rows, answer.table, day)
    return Utterance(text=text, service=service, links=answer.links)


def filled(
    office: Office,
    conversation: Conversation,
    text: str,
    rows: Sequence[Row] = (),
    table: str | None = None,
    day: date | None = None,
    **values: str,
) -> str:
    """A published text with the council's facts, the moment (or a day) and the rows filled in."""
    moment = {
        "today": in_words(office.local_now.date()),
        "open_now": us_now(office, conversation, day),
        "first_stop_now": first_stop_now(office, conversation, day),
        "lines": _lines(office, conversation, rows, table, day) if table else "",
    }
    return text.format_map({**office.council.facts, **moment, **values}).strip()


def row_choices(office: Office, answer: Answer) -> tuple[Choice, ...]:
    """The rows of a small table as buttons; their labels are its first column."""
    if answer.table is None:
        return ()
    rows = office.tables.rows(answer.table)
    first = next(iter(office.council.tables[answer.table].columns))
    labels = [row[first] for row in rows]
    if len(rows) > CHOOSABLE or len(set(labels)) < len(labels):
        return ()
    return tuple(Choice(label, label) for label in labels)


def _lines(
    office: Office,
    conversation: Conversation,
    rows: Sequence[Row],
    table: str | None,
    day: date | None,
) -> str:
    schema = office.council.tables[table or ""]
    text = schema.row.on(conversation.channel)
    lines: list[str] = []
    for row in rows[: SHOWN[conversation.channel]]:
        shown = {name: _shown(schema.columns[name].type, value) for name, value in row.items()}
        if schema.has_hours:
            shown["open_now"] = row_now(office, conversation, row, day)
            shown["hours"] = row_hours(office, conversation, row)
        line = " ".join(text.format_map(shown).split())
        if lines and conversation.channel is Channel.SMS and len(" ".join(lines)) > SMS_LINES:
            break
        lines.append(line)
    return word(office, conversation, "rows_between").join(lines)


def _shown(kind: str, value: str) -> str:
    if kind == "date" and value:
        return in_words(date.fromisoformat(value))
    return ", ".join(value.split(";")) if kind == "words" else value
