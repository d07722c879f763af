"""Answers what steers the conversation itself: greetings, thanks, repeat, help and their kin."""

from __future__ import annotations

from casework.domain.conversations import Author, Conversation, Turn, Utterance
from casework.ports.store import Work
from casework.use_cases.ask_draft import active_draft
from casework.use_cases.filling import Filling
from casework.use_cases.not_understood import miss
from casework.use_cases.office import Office, Progress, offering, speak
from casework.use_cases.take_answer import take_answer

REPLIES = frozenset({"affirm", "deny", "dont_know", "correct_answer", "go_back", "start_again"})
"""Labels that only make sense as a reply to something."""


def steer(office: Office, conversation_id: str, label: str, turn: Turn) -> Progress:
    """Deals with a label of the catalogue's `conversation:`. Raises NotFound."""
    if label in REPLIES or label == "stop":
        return _as_reply(office, conversation_id, label, turn)
    with office.store.begin() as work:
        conversation = work.conversations.get(conversation_id)
        draft = active_draft(work, conversation)
        if label in {"repeat", "slower"}:
            return _repeat(office, work, conversation, filling=draft is not None)
        if draft is not None and label == "help":
            filling = Filling(office, work, conversation, draft, turn)
            field = filling.field
            filling.note("help_in_form", help=field.help if field else "")
            return Progress(filling.notes, filling=True)
        if label == "out_of_scope" and draft is None:
            return miss(office, work, conversation, turn)
        if draft is not None:
            return Progress((speak(office, conversation, f"steer_{label}_in_form"),), filling=True)
        said = speak(office, conversation, f"steer_{label}", asks=_asks(label))
        offering(work, conversation, None if label == "goodbye" else "more")
    return Progress((said,), filling=False)


def _asks(label: str) -> str | None:
    return None if label == "goodbye" else "topic"


def _as_reply(office: Office, conversation_id: str, label: str, turn: Turn) -> Progress:
    with office.store.begin() as work:
        conversation = work.conversations.get(conversation_id)
        waiting = conversation.offer is not None or active_draft(work, conversation) is not None
        if not waiting or (label == "stop" and active_draft(work, conversation) is None):
            conversation = offering(work, conversation, None if label == "stop" else "more")
            key = "goodbye" if label == "stop" else "tell_me"
            said = speak(office, conversation, key, asks=None if label == "stop" else "topic")
            return Progress((said,), filling=False)
    return take_answer(office, conversation_id, turn)


def _repeat(office: Office, work: Work, conversation: Conversation, filling: bool) -> Progress:
    """Says again what was said last; the form asks its question again by itself."""
    last: list[Utterance] = []
    for message in reversed(work.conversations.messages(conversation.id)):
        if message.author is Author.RESIDENT and last:
            break
        if message.author in {Author.BOT, Author.SYSTEM}:
            last.insert(0, message.said)
    if filling:
        last = last[:-1]
    if not last and not filling:
        return Progress((speak(office, conversation, "tell_me", asks="topic"),), filling=False)
    return Progress(tuple(last), filling=filling)
