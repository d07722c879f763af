"""Says whose job something is when it is not the council's."""

from __future__ import annotations

import re

from casework.domain.catalogue import NOT_OURS, Body, Council
from casework.domain.conversations import Conversation, Utterance
from casework.use_cases.office import Office


def whose_job(council: Council, text: str) -> Body | None:
    """The organisation whose words the message uses most tellingly (the longest that fit)."""
    words_said = re.findall(r"[a-z0-9']+", text.lower())
    said = f" {' '.join(words_said)} "
    best: tuple[int, Body] | None = None
    for body in council.bodies:
        for words in body.words:
            if f" {words.lower()} " in said and (best is None or len(words) > best[0]):
                best = len(words), body
    return None if best is None else best[1]


def point_elsewhere(office: Office, conversation: Conversation, text: str) -> Utterance:
    """The published answer about another organisation's job, with its name where it is known."""
    answer = office.council.answers[NOT_OURS]
    body = whose_job(office.council, text)
    if body is None:
        said = (answer.missing or answer.said).on(conversation.channel)
        return Utterance(text=said, service=NOT_OURS, links=answer.links)
    said = answer.said.on(conversation.channel)
    filled = said.format_map({**office.council.facts, "name": body.name, "how": body.how})
    return Utterance(text=filled, service=NOT_OURS)
