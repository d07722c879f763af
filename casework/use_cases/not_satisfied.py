"""What follows when an answer was not what was needed: once in other words, then a person."""

from __future__ import annotations

from dataclasses import replace

from casework.domain.catalogue import INTAKE, PERSON, Service
from casework.domain.conversations import Conversation, Offer, Turn
from casework.ports.store import Work
from casework.use_cases.answer_enquiry import topics_offered
from casework.use_cases.find_answer import published
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
    shown = [offer.words, *_shown(work, conversation, service)]
    said = speak(
        office,
        conversation,
        "say_it_differently",
        service=service,
        asks="topic",
        choices=topics_offered(
            office,
            conversation,
            office.council.service(service),
            turn,
            without=shown,
        ),
    )
    return Progress((said,), filling=False)


def topics_again(
    office: Office, work: Work, conversation: Conversation, service: Service, turn: Turn
) -> Progress | None:
    """What follows when the topics of a service were offered and it is named again, and no more:
    never the same list twice. None for any other message."""
    offer = conversation.offer
    if turn.choice is not None or offer is None or offer.kind != "topics":
        return None
    found = published(office, work, conversation, service, turn)
    overview = found is not None and found.topic is None and found.answer.table is None
    if offer.services[:1] != (service.id,) or not overview:
        return None
    return not_satisfied(office, work, conversation, offer, turn)


def _shown(work: Work, conversation: Conversation, service: str | None) -> list[str]:
    """The topics of the service that have just been offered."""
    asking = work.conversations.last_asking(conversation.id)
    values = [choice.value.partition("/") for choice in asking.said.choices] if asking else []
    return [topic for name, _, topic in values if name == service and topic]


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
