"""Texts a caller the address of a page that they agreed to be sent."""

from __future__ import annotations

from casework.domain.conversations import Conversation, Offer
from casework.domain.outbox import Medium
from casework.ports.store import Work
from casework.use_cases.answer_enquiry import was_that_it
from casework.use_cases.office import Office, Progress, speak, word
from casework.use_cases.queue_message import queue_message


def text_link(
    office: Office, work: Work, conversation: Conversation, offer: Offer, agreed: bool
) -> Progress:
    """Queues the text if it is wanted, says so, and asks whether that was what was needed."""
    service = office.council.service(offer.services[0])
    asked = was_that_it(office, work, conversation, service, "")
    if not agreed or conversation.caller is None:
        return Progress((asked,), filling=False)
    queued = queue_message(
        office,
        work,
        medium=Medium.TEXT,
        to=conversation.caller,
        text=word(office, conversation, "text_link", title=service.title, url=offer.words),
        key=f"link:{conversation.id}:{service.id}",
        conversation_id=conversation.id,
    )
    key = "link_texted" if queued else "link_not_texted"
    return Progress((speak(office, conversation, key, service=service.id), asked), filling=False)
