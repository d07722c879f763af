"""Who answers what cannot wait while nobody is at work."""

from __future__ import annotations

from casework.domain.catalogue import Kind, Service
from casework.domain.conversations import SAFETY, Conversation, Utterance
from casework.domain.drafts import Draft
from casework.domain.urgency import sounds_urgent
from casework.ports.store import Work
from casework.use_cases.office import Office, speak
from casework.use_cases.read_back import number_in_words
from casework.use_cases.staffing import opened, staffed

DANGEROUS = {"danger": True, "hazardous": True, "safe_now": False}
"""Answers that say that something is dangerous now."""

FREE_TEXT = frozenset({"text"})
"""Types of answers in which residents say how bad it is."""


def cannot_wait(office: Office, draft: Draft) -> bool:
    """Whether a matter is dangerous by its answers, or a resident says that it cannot wait."""
    if _is_dangerous(draft):
        return True
    taken = office.council.services.get(draft.service)
    if taken is None or taken.kind is Kind.CHANGE:
        return False
    fields = office.council.fields
    texts = [
        str(answer.value)
        for name, answer in draft.answers.items()
        if answer.value and name in fields and fields[name].type in FREE_TEXT
    ]
    return sounds_urgent(office.council.urgent, [draft.opening, *texts])


def _is_dangerous(draft: Draft) -> bool:
    answers = draft.values
    return any(answers.get(name) is value for name, value in DANGEROUS.items())


def emergency_line(
    office: Office,
    work: Work,
    conversation: Conversation,
    service: Service,
    draft: Draft | None = None,
) -> Utterance | None:
    """The number to ring about a service, for what cannot wait, when nobody can deal with it now;
    None otherwise."""
    if not _cannot_wait(office, service, draft) or _somebody_there(
        office, work, conversation, service
    ):
        return None
    dangerous = draft is None or _is_dangerous(draft)
    key = "emergency_line_danger" if dangerous else "emergency_line_urgent"
    if service.kind is Kind.HUMAN:
        key = "emergency_line"
    line = office.council.line_of(service)
    number = number_in_words(line.phone, conversation.channel)
    return speak(office, conversation, key, service=service.id, line=number, what=line.what)


def _cannot_wait(office: Office, service: Service, draft: Draft | None) -> bool:
    """Danger, a promise in hours, or a matter that the line is there for."""
    if service.id in SAFETY or service.sla_hours is not None:
        return True
    if draft is None:
        # Told before the first question, and not once more at the end.
        return service.id in office.council.line_of(service).services
    return cannot_wait(office, draft)


def _somebody_there(
    office: Office, work: Work, conversation: Conversation, service: Service
) -> bool:
    """Whether a person can come to the resident, or the team is at work on what it was sent."""
    if service.kind is Kind.HUMAN:
        return staffed(office, work, conversation.channel)
    return opened(office)
