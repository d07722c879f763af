"""Answers from the council's tables: the rows that a resident means, in the council's words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from casework.domain.answers import Answer
from casework.domain.conversations import Channel, Choice, Conversation, Utterance
from casework.ports.tables import Row
from casework.use_cases.office import Office, word
from casework.use_cases.tell_hours import first_stop_now, row_hours, row_now, us_now

SHOWN = {Channel.WEB: 6, Channel.SMS: 2, Channel.VOICE: 2}
"""Rows told at once."""

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
    office: Office, conversation: Conversation, service: str, answer: Answer, rows: Sequence[Row]
) -> Utterance:
    """The answer with its rows filled in; without any, what is said then."""
    said = answer.said if rows or answer.table is None else (answer.missing or answer.said)
    text = filled(office, conversation, said.on(conversation.channel), rows, answer.table)
    return Utterance(text=text, service=service, links=answer.links)


def filled(
    office: Office,
    conversation: Conversation,
    text: str,
    rows: Sequence[Row] = (),
    table: str | None = None,
    **values: str,
) -> str:
    """A published text with the council's facts, the moment and the rows filled in."""
    moment = {
        "today": in_words(office.local_now.date()),
        "open_now": us_now(office, conversation),
        "first_stop_now": first_stop_now(office, conversation),
        "lines": _lines(office, conversation, rows, table) if table else "",
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


def in_words(day: date) -> str:
    """A near date as people say it, without the year."""
    return f"{day:%A} {day.day} {day:%B}"


def _lines(
    office: Office, conversation: Conversation, rows: Sequence[Row], table: str | None
) -> str:
    schema = office.council.tables[table or ""]
    text = schema.row.on(conversation.channel)
    lines: list[str] = []
    for row in rows[: SHOWN[conversation.channel]]:
        shown = {name: _shown(schema.columns[name].type, value) for name, value in row.items()}
        if schema.has_hours:
            shown["open_now"] = row_now(office, conversation, row)
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
