"""What CivicLine has made of a call or a run of texts, as it is stored."""

from __future__ import annotations

from typing import Any

from casework.domain.conversations import Conversation, Message
from casework.domain.drafts import Draft
from casework.use_cases.find_conversation import conversation_of_call, conversation_of_texter
from casework.use_cases.office import Office
from telephony.texts_in import SILENT_FOR


def understood_of_call(office: Office, call_sid: str) -> dict[str, Any] | None:
    """The conversation of a call; None when there is none."""
    return _understood(office, conversation_of_call(office, call_sid))


def understood_of_texter(office: Office, number: str) -> dict[str, Any] | None:
    """The run of texts that a number is in; None when it is in none."""
    return _understood(office, conversation_of_texter(office, number, SILENT_FOR))


def _understood(office: Office, conversation: Conversation | None) -> dict[str, Any] | None:
    if conversation is None:
        return None
    with office.store.begin(reading=True) as work:
        messages = work.conversations.messages(conversation.id)
        drafts = work.drafts.of_conversation(conversation.id)
        cases = work.cases.of_conversation(conversation.id)
    return {
        "conversation": conversation.id,
        "mode": conversation.mode,
        "service": conversation.service,
        "flags": list(conversation.flags),
        "messages": [_message(message) for message in messages],
        "drafts": [_draft(draft) for draft in drafts],
        "cases": [case.ref for case in cases],
    }


def _message(message: Message) -> dict[str, Any]:
    said = message.said
    return {
        "from": message.author,
        "text": said.text,
        "choice": message.choice,
        "service": said.service,
        "asks": said.asks,
        "kind": said.kind,
    }


def _draft(draft: Draft) -> dict[str, Any]:
    return {
        "service": draft.service,
        "state": draft.state,
        "asking": draft.asking,
        "fields": [
            {"field": name, "value": answer.value, "source": answer.source}
            for name, answer in draft.answers.items()
        ],
    }
