"""Texts a caller the address of a page that they agreed to be sent."""

from __future__ import annotations

from casework.domain.conversations import Channel, Conversation, Offer
from casework.domain.outbox import LOST, Medium
from casework.domain.tokens import hash_of
from casework.ports.store import Work
from casework.use_cases.answer_enquiry import was_that_it
from casework.use_cases.number_to_text import number_to_text
from casework.use_cases.office import Office, Progress, speak
from casework.use_cases.queue_message import queue_message


def text_link(
    office: Office,
    work: Work,
    conversation: Conversation,
    offer: Offer,
    agreed: bool,
    *,
    number: str | None = None,
) -> Progress:
    """Queues the text if it is wanted, says so, and asks whether that was what was needed.
    `number` is one they gave and said yes to; without it, it is their own."""
    service = office.council.service(offer.services[0])
    asked = was_that_it(office, work, conversation, service, "")
    number = number or number_to_text(work, conversation)
    if not agreed:
        return Progress((asked,), filling=False)
    if number is None:
        refused = speak(office, conversation, "link_not_texted", service=service.id)
        return Progress((refused, asked), filling=False)
    sent_as = f"link:{conversation.id}:{hash_of(f'{number} {offer.words}')}"
    queued = queue_message(
        office,
        work,
        medium=Medium.TEXT,
        to=number,
        text=office.council.say("text_link", Channel.SMS, title=service.title, url=offer.words),
        key=sent_as,
        conversation_id=conversation.id,
    )
    own = number == conversation.caller
    key = "link_not_texted" if own else "form_link_not_sent"
    before = None if queued else work.outbox.of_key(sent_as)
    if queued:
        key = "link_texted" if own else "link_texted_there"
    elif before is not None and before.state not in LOST:
        # The same page to the same number: it is there, or on its way.
        key = "link_texted_before" if own else "link_texted_there"
    return Progress((speak(office, conversation, key, service=service.id), asked), filling=False)
