"""Takes down what was said and not understood, as a question for the team that can answer it."""

from __future__ import annotations

from casework.domain.catalogue import INTAKE, Service
from casework.domain.conversations import Conversation, Turn
from casework.ports.store import Work
from casework.use_cases.fill_draft import begin_filling
from casework.use_cases.filling import Filling
from casework.use_cases.office import Office, Progress
from casework.use_cases.open_draft import new_draft

SUMMARY = "summary"


def take_question(
    office: Office, work: Work, conversation: Conversation, service: Service, turn: Turn
) -> Progress | None:
    """Begins the question with the words already said, however few; None when there are none, or
    something else was chosen."""
    offer = conversation.offer
    said = offer.words if offer is not None and offer.kind == "person" else ""
    use = service.use(SUMMARY)
    if service.id != INTAKE or not said or use is None:
        return None
    conversation, draft = new_draft(office, work, conversation, service, turn)
    filling = Filling(office, work, conversation, draft, turn)
    filling.answer(SUMMARY, said[: use.field.max_length])
    filling.note("question_taken")
    return begin_filling(filling)
