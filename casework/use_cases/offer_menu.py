"""Offers services to choose from, to a caller who does not say what they want."""

from __future__ import annotations

from collections.abc import Sequence

from casework.domain.conversations import Author, Message, Mode
from casework.use_cases.office import Office, offering, service_choices, speak
from casework.use_cases.say_in_conversation import say_in_conversation


def offer_menu(
    office: Office, conversation_id: str, services: Sequence[str], turn_id: str
) -> list[Message]:
    """Asks which of these services (catalogue ids) it is about, as the answer to a turn; the same
    turn again gives the same, and nothing is written twice in a row. Gives the question. Raises
    NotFound."""
    with office.store.begin() as work:
        conversation = work.conversations.get(conversation_id)
        told = work.conversations.turn(conversation_id, turn_id)
        if told and told[0].author is not Author.RESIDENT:
            return told
        newest = work.conversations.messages(conversation_id)[-1:]
        if [
            one for one in newest if one.said.asks == "service"
        ] or conversation.mode is not Mode.BOT:
            return newest
        offering(work, conversation, "which", services)
        conversation = work.conversations.get(conversation_id)
        said = speak(
            office,
            conversation,
            "which_service",
            asks="service",
            choices=service_choices(office, services),
        )
        # Words of theirs in the same turn have an answer of their own.
        answers = None if told else turn_id
        return say_in_conversation(office, work, conversation, [said], Author.BOT, turn_id=answers)
