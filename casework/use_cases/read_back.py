"""Turns stored values into words a resident can check, by eye or by ear."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from itertools import takewhile
from typing import Any

from casework.domain.catalogue import Service
from casework.domain.commands import Command, command_in
from casework.domain.conversations import Author, Channel, Conversation, Message
from casework.domain.drafts import CONFIRM, Draft, uses_in_order
from casework.domain.fields import Field
from casework.domain.identity import RESIDENT, THIRD_PARTY
from casework.ports.store import Work
from casework.use_cases.office import Office, word
from casework.use_cases.prepared import service_taken

PLATE = re.compile(
    r"^(?:([A-Z]{2}[0-9]{2}|[A-Z][0-9]{1,3})([A-Z]{3})|([A-Z]{3})([0-9]{1,3}[A-Z]))$"
)
"""Plates in their two groups: AB12 CDE, A123 BCD and ABC 123D."""

CHOICE_TYPES = frozenset({"choice", "choices"})


def read_back(
    office: Office, conversation: Conversation, service: Service, field: Field, value: Any
) -> str:
    """A field's value in words, on the conversation's channel."""
    if value is None:
        use = service.use(field.id)
        left_out = use is not None and use.optional
        return word(office, conversation, "value_none" if left_out else "value_unknown")
    if field.type == "yes_no":
        return word(office, conversation, "value_yes" if value else "value_no")
    if field.type in CHOICE_TYPES:
        return _chosen(office, conversation, service, field, value)
    if field.type in {"date", "date_past"}:
        return _spoken_date(date.fromisoformat(str(value)))
    if field.type == "callback_slot":
        return slot_label(office, conversation, str(value))
    if field.type in {"address", "location"}:
        return place_in_words(value, conversation.channel)
    if field.type == "money":
        return f"£{Decimal(str(value)):,.2f}"
    return _for_ears(field, str(value), conversation.channel)


def _chosen(
    office: Office, conversation: Conversation, service: Service, field: Field, value: Any
) -> str:
    labels = {tell.team: tell.label for tell in service.tells}
    labels.update({option.id: option.label for option in field.options})
    ids = value if isinstance(value, list) else [value]
    if not ids:
        return word(office, conversation, "value_nobody")
    return ", ".join(labels.get(str(name), str(name)) for name in ids)


def _spoken_date(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"


def slot_label(office: Office, conversation: Conversation, slot: str) -> str:
    """A callback slot `start/end` (RFC 3339) in words: day, from, to."""
    start, end = (datetime.fromisoformat(part) for part in slot.split("/"))
    return word(
        office,
        conversation,
        "callback_slot",
        day=f"{start:%A} {start.day} {start:%B}",
        start=clock_time(start),
        end=clock_time(end),
    )


def clock_time(moment: datetime) -> str:
    """A time as people say it: 9am, 4:30pm."""
    hour = moment.hour % 12 or 12
    minutes = f".{moment:%M}" if moment.minute else ""
    return f"{hour}{minutes}{'am' if moment.hour < 12 else 'pm'}"


def place_in_words(value: Mapping[str, Any], channel: Channel) -> str:
    """An address or a location on one line; its postcode letter by letter for a listener."""
    if "lines" not in value:
        return str(value.get("text", ""))
    postcode = value.get("postcode")
    parts = [*value["lines"]]
    if postcode:
        parts.append(spelt(postcode) if channel is Channel.VOICE else postcode)
    return ", ".join(parts)


def spelt(text: str) -> str:
    """Letters and digits one by one, with a pause between groups: "P L 4, 8 A A"."""
    return ", ".join(" ".join(group) for group in text.split())


def grouped_reference(ref: str, channel: Channel) -> str:
    """A reference in two groups of four, digit by digit for a listener."""
    groups = f"{ref[:4]} {ref[4:]}"
    return spelt(groups) if channel is Channel.VOICE else groups


def _for_ears(field: Field, value: str, channel: Channel) -> str:
    if value.startswith("+44") and value[1:].isdigit():
        value = f"0{value[3:7]} {value[7:]}"
    if field.type == "registration":
        value = PLATE.sub(r"\1\3 \2\4", value)
    if channel is not Channel.VOICE:
        return value
    if field.type in {"account_ref", "reference", "registration", "postcode", "case_ref"}:
        return spelt(value)
    return number_in_words(value, channel)


def number_in_words(value: str, channel: Channel) -> str:
    """A telephone number as it is written; digit by digit in groups for a listener. Anything else
    as it is."""
    digits = value.removeprefix("+").replace(" ", "")
    if channel is Channel.VOICE and digits.isdigit():
        return spelt(f"{digits[:5]} {digits[5:8]} {digits[8:]}")
    return value


def summary(office: Office, conversation: Conversation, service: Service, draft: Draft) -> str:
    """The whole draft, a line for each field that has been answered and is worth hearing."""
    lines = []
    identity = conversation.identity
    if identity is not None and identity.resident and THIRD_PARTY in conversation.flags:
        label = office.council.fields[RESIDENT].label
        value = identity.resident
        lines.append(word(office, conversation, "summary_line", label=label, value=value))
    for use in uses_in_order(service, draft):
        if use.field.id not in draft.answers:
            continue
        value = draft.value(use.field.id)
        if value is None and use.optional:
            continue
        words = read_back(office, conversation, service, use.field, value)
        lines.append(word(office, conversation, "summary_line", label=use.field.label, value=words))
    if told := [tell.label for tell in service.tells if tell.must]:
        also = word(office, conversation, "also_told")
        words = ", ".join(told)
        lines.append(word(office, conversation, "summary_line", label=also, value=words))
    return word(office, conversation, "summary_between").join(lines)


def read_out(office: Office, work: Work, conversation: Conversation, draft: Draft) -> bool:
    """Whether a caller has just heard all that is to be confirmed, as it is now, and did not ask
    for it again: nobody sits through it twice."""
    if conversation.channel is not Channel.VOICE or draft.asking != CONFIRM or draft.changing:
        return False
    messages = work.conversations.messages(conversation.id)
    ours = [m for m in messages if m.author is not Author.RESIDENT]
    heard = messages[-1].said.text if messages[-1].author is Author.RESIDENT else ""
    command = command_in(heard)
    if not ours or not _reads_back(ours[-1]) or (command and command.command is Command.REPEAT):
        return False
    told = summary(office, conversation, service_taken(office.council, draft), draft)
    since = takewhile(lambda m: m.said.asks in {CONFIRM, None}, reversed(ours))
    return any(_reads_back(message) and told in message.said.text for message in since)


def _reads_back(message: Message) -> bool:
    """Whether a message has a yes sent: what is to be changed is asked for without one."""
    yes = any(choice.value == "yes" for choice in message.said.choices)
    return message.said.asks == CONFIRM and yes
