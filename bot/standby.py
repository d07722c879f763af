"""What still works while the assistant does not: asking to be rung back.

The form lives in casework, so a callback can be taken without a model to understand the rest.
"""

from __future__ import annotations

import re

from bot.engine import Question
from casework.domain.catalogue import CALLBACK, PERSON
from casework.domain.conversations import Turn, Utterance
from casework.use_cases.ask_draft import active_draft, ask_draft
from casework.use_cases.office import Office
from casework.use_cases.prepared import is_to_be_rung
from casework.use_cases.take_answer import take_answer

WANTS_PERSON = re.compile(
    r"(?i)^\W*(0|agent|operator|human|person|adviser|advisor)\W*$"
    r"|\b(speak|talk|put me through|chat) (to|with) (a|an|some|the|real)\b"
    r"|\b(real|actual) (person|human)\b|\bring me back\b|\bcall me back\b"
)
"""Plain ways of asking for a person, for when no model can tell."""


def stand_in(office: Office, question: Question) -> list[Utterance]:
    """The answer to a message without the assistant; empty if it takes the assistant."""
    wanted = question.choice == PERSON or WANTS_PERSON.search(question.text) is not None
    if not wanted and not _filling_callback(office, question.conversation_id):
        return []
    choice = PERSON if wanted else question.choice
    turn = Turn(
        id=question.message_id,
        text=question.text,
        choice=choice,
        keyed=question.keyed,
        sure=question.sure,
    )
    progress = take_answer(office, question.conversation_id, turn)
    asked = ask_draft(office, question.conversation_id) if progress.filling else ()
    return [*progress.said, *asked]


def _filling_callback(office: Office, conversation_id: str) -> bool:
    with office.store.begin(reading=True) as work:
        draft = active_draft(work, work.conversations.get(conversation_id))
    return draft is not None and (draft.service == CALLBACK or is_to_be_rung(draft))
