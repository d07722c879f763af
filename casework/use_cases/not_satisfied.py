"""What follows when an answer was not what was needed: once in other words, then a person."""

from __future__ import annotations

from dataclasses import replace

from casework.domain.catalogue import INTAKE, PERSON
from casework.domain.conversations import Conversation, Offer, Turn
from casework.ports.store import Work
from casework.use_cases.answer_enquiry import topics_offered
from casework.use_cases.office import Office, Progress, offering, service_choices, speak

REPHRASED = "rephrased"
"""Noted in `offered`, with the service: nobody is asked twice to say it in other words."""


def not_satisfied(
    office: Office, work: Work, conversation: Conversation, offer: Offer, turn: Turn
) -> Progress:
    """Asks for other words and offers the topics not yet answered; the second time a person, or to
    take the question down for the team."""
    service = offer.services[0] if offer.services else None
    noted = f"{REPHRASED}:{service}"
    if service is None or noted in conversation.offered:
        return _person(office, work, conversation, offer, service)
    conversation = replace(conversation, offered=(*conversation.offered, noted))
    conversation = offering(work, conversation, "topics", [service])
    said = speak(
        office,
        conversation,
        "say_it_differently",
        service=service,
        asks="topic",
        choices=topics_offered(
            office, conversation, office.council.service(service), turn, without=[offer.words]
        ),
    )
    return Progress((said,), filling=False)


def _person(
    office: Office, work: Work, conversation: Conversation, offer: Offer, service: str | None
) -> Progress:
    conversation = offering(work, conversation, "person", offer.services)
    said = speak(
        office,
        conversation,
        "not_satisfied",
        service=service,
        asks="offer",
        choices=service_choices(office, [PERSON, INTAKE]),
    )
    return Progress((said,), filling=False)
