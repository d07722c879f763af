"""Says something to a resident who has a person, or waits for one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from casework.domain.catalogue import PERSON
from casework.domain.conversations import (
    Author,
    Channel,
    Conversation,
    Message,
    Mode,
    Utterance,
)
from casework.domain.outbox import Medium
from casework.domain.text_length import in_gsm7, pieces
from casework.ports.store import Work
from casework.use_cases.ask_draft import active_draft, question
from casework.use_cases.office import Office, word
from casework.use_cases.queue_message import queue_message

_GOES_WITHOUT_SAYING = frozenset({"yes", "no", "skip", PERSON})
"""Choices that a text need not list."""


def say_in_conversation(
    office: Office,
    work: Work,
    conversation: Conversation,
    said: Sequence[Utterance],
    author: Author,
    *,
    turn_id: str | None = None,
) -> list[Message]:
    """Adds to the transcript and, in a run of texts, to the outbox; saves the conversation, which
    the caller holds. Callers are told by telephone: nothing is sent to them."""
    now, seq = office.clock.now(), work.conversations.last_seq(conversation.id)
    messages = [
        Message(
            conversation_id=conversation.id,
            seq=place,
            author=author,
            said=utterance,
            at=now,
            mode=conversation.mode,
            turn_id=turn_id,
        )
        for place, utterance in enumerate(said, seq + 1)
    ]
    for message in messages:
        work.conversations.append(message)
    work.conversations.save(replace(conversation, last_at=now))
    if messages and conversation.channel is Channel.SMS:
        key = turn_id.removeprefix("agent-") if turn_id else f"seq-{messages[0].seq}"
        _text(office, work, conversation, messages, f"agent:{conversation.id}:{key}")
    return messages


def say_words(
    office: Office, work: Work, conversation: Conversation, key: str, **values: object
) -> list[Message]:
    """As `say_in_conversation`, a wording of the council's, without hiding what is awaited."""
    said = awaiting(office, work, conversation, word(office, conversation, key, **values))
    return say_in_conversation(office, work, conversation, [said], Author.SYSTEM)


def awaiting(office: Office, work: Work, conversation: Conversation, text: str) -> Utterance:
    """Words that still await what the form awaits: said between, they must not hide its question.

    What was asked outside a form is asked anew when the assistant has the conversation again.
    """
    service = conversation.service
    if conversation.mode is Mode.CLOSED:
        return Utterance(text, service=service)
    draft = active_draft(work, conversation)
    if draft is None or draft.asking is None:
        return Utterance(text, service=service)
    return replace(question(office, conversation, draft), text=text, case_refs=(), links=())


def takes_texts(work: Work, conversation: Conversation) -> bool:
    """Whether what is said in this run of texts can be sent."""
    return conversation.caller is not None and not work.opt_outs.has(conversation.caller)


def _text(
    office: Office, work: Work, conversation: Conversation, messages: list[Message], key: str
) -> None:
    """Queues what was said, in texts of at most 320 characters."""
    if conversation.caller is None:
        return
    words = "\n".join(_written(message) for message in messages)
    for number, piece in enumerate(pieces(in_gsm7(words)), 1):
        queue_message(
            office,
            work,
            medium=Medium.TEXT,
            to=conversation.caller,
            text=piece,
            key=key if number == 1 else f"{key}:{number}",
            conversation_id=conversation.id,
        )


def _written(message: Message) -> str:
    """The words, and below a question of the assistant's its choices by number."""
    said = message.said
    values = {choice.value for choice in said.choices}
    if message.author is not Author.BOT or values <= _GOES_WITHOUT_SAYING:
        return said.text
    if {"yes", "no"} <= values:
        return said.text
    labels = [choice.label for choice in said.choices if choice.value != PERSON]
    return "\n".join([said.text, *(f"{n} {label}" for n, label in enumerate(labels, 1))])
