"""Puts a conversation's context, and a case's fields, into words for the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from casework.domain.cases import Case
from casework.domain.catalogue import Council, FieldUse
from casework.domain.contact_wishes import FIELD
from casework.domain.conversations import Channel, Conversation, Message, Mode
from casework.domain.drafts import Answer, uses_in_order
from casework.domain.handoffs import HandoffState
from casework.domain.outbox import Outgoing
from casework.domain.staff import StaffMember
from casework.use_cases.look_up import LOOK_UPS
from casework.use_cases.office import Office
from casework.use_cases.prepared import service_taken
from casework.use_cases.read_back import read_back
from casework.use_cases.read_context import Context
from casework.use_cases.read_conversations import Captured
from casework.use_cases.read_texts import furthest
from desk import labels, shown

LAST = 6
"""How many turns are in view before the whole transcript is asked for."""


@dataclass(frozen=True)
class FieldRow:
    """A field in words. `options` are what a choice can be; `asked` says that the resident is
    being asked for it now; without `source` it has not been answered."""

    id: str
    label: str
    value: str
    source: str = ""
    confirmed: bool = False
    asked: bool = False
    options: tuple[str, ...] = ()
    editable: bool = False


@dataclass(frozen=True)
class FieldGroup:
    """The fields of one service."""

    service: str
    title: str
    rows: tuple[FieldRow, ...]


@dataclass(frozen=True)
class View:
    """A conversation as its page shows it. `own` says that it is with the member who looks; they
    `write` unless it is a call; `opens` says that a form is open which can become a case; `sent`
    is the text that carries a line, by its `seq`, and `texter` the number of whoever texts."""

    context: Context
    own: bool
    writes: bool
    who: tuple[tuple[str, str], ...]
    failed: tuple[str, ...]
    groups: tuple[FieldGroup, ...]
    opens: bool
    last: Sequence[Message]
    newest: int
    sent: Mapping[int, Outgoing]
    texter: str | None


def view_of(office: Office, member: StaffMember, context: Context) -> View:
    handoff, conversation = context.handoff, context.conversation
    own = handoff.state is HandoffState.TAKEN and handoff.agent == member.id
    council = office.council
    return View(
        context=context,
        own=own,
        writes=own and conversation.channel is not Channel.VOICE,
        who=tuple((_label(council, one), shown.phone(value)) for one, value in context.who.items()),
        failed=tuple(_failures(council, context)),
        groups=tuple(_groups(office, context, own and conversation.mode is not Mode.CLOSED)),
        opens=own and context.draft is not None and context.draft.service not in LOOK_UPS,
        last=context.messages[-LAST:],
        newest=context.messages[-1].seq if context.messages else 0,
        sent={seq: furthest(texts) for seq, texts in context.sent.by_line.items()},
        texter=conversation.caller if conversation.channel is Channel.SMS else None,
    )


def case_fields(office: Office, case: Case) -> list[FieldRow]:
    """A case's fields; those that the catalogue no longer knows, as they are stored."""
    return [
        _answered(office, case.service, name, held)
        for name, held in case.fields.items()
        if name != FIELD
    ]


def _label(council: Council, field_id: str) -> str:
    field = council.fields.get(field_id)
    return shown.worded({}, field_id) if field is None else field.label


def _failures(council: Council, context: Context) -> Iterable[str]:
    for name, tries in context.failed.tries.items():
        times = "once" if tries == 1 else f"{tries} times"
        yield f"{_label(council, name)}: asked again {times}"
    if context.failed.misses:
        turns = "message" if context.failed.misses == 1 else "messages"
        yield f"The last {context.failed.misses} {turns} could not be understood"


def _groups(office: Office, context: Context, editable: bool) -> Iterable[FieldGroup]:
    """The form being filled first, with what it still asks; then what others hold."""
    draft = context.draft
    if draft is not None and draft.service in office.council.services:
        service = service_taken(office.council, draft)
        rows = [
            _asked(office, context, use, draft.answers.get(use.field.id), editable)
            for use in uses_in_order(service, draft)
        ]
        yield FieldGroup(service.id, service.title, tuple(rows))
    held: dict[str, list[Captured]] = {}
    for one in context.captured:
        if draft is None or one.service != draft.service:
            held.setdefault(one.service, []).append(one)
    for name, captured in held.items():
        known = office.council.services.get(name)
        rows = [_answered(office, name, one.field, one.answer) for one in captured]
        yield FieldGroup(name, known.title if known else name, tuple(rows))


def _asked(
    office: Office, context: Context, use: FieldUse, answer: Answer | None, editable: bool
) -> FieldRow:
    """A field of the form being filled."""
    assert context.draft is not None
    field = use.field
    row = FieldRow(field.id, field.label, "")
    if answer is not None:
        row = _answered(office, context.draft.service, field.id, answer)
    options: tuple[str, ...] = ()
    if field.type == "choice":
        options = tuple(option.label for option in field.options)
    elif field.type == "yes_no":
        options = ("Yes", "No")
    asked = context.asking == field.id
    return replace(row, options=options, asked=asked, editable=editable)


def _answered(office: Office, service_id: str, field_id: str, answer: Answer) -> FieldRow:
    return FieldRow(
        id=field_id,
        label=_label(office.council, field_id),
        value=_in_words(office, service_id, field_id, answer.value),
        source=shown.worded(labels.SOURCES, answer.source.value),
        confirmed=answer.confirmed,
    )


def _in_words(office: Office, service_id: str, field_id: str, value: Any) -> str:
    """A stored value as it is read, never as it is spoken."""
    service = office.council.services.get(service_id)
    use = service.use(field_id) if service else None
    if service is None or use is None:
        return _plain(value)
    now = office.clock.now()
    reader = Conversation("", Channel.WEB, now, now, "")
    return read_back(office, reader, service, use.field, value)


def _plain(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(_plain(part) for part in value.values())
    if isinstance(value, list):
        return ", ".join(_plain(part) for part in value)
    return {None: "Not known", True: "Yes", False: "No"}.get(value, str(value))
