"""Says whose job something is when it is not the council's."""

from __future__ import annotations

from casework.domain.catalogue import NOT_OURS
from casework.domain.conversations import Conversation, Link, Utterance
from casework.ports.tables import Row
from casework.use_cases.office import Office

BODIES = "bodies"
"""The table of other organisations: name, words, how, url."""


def whose_job(office: Office, text: str) -> Row | None:
    """The organisation that the message names most tellingly; the first of those alike."""
    if BODIES not in office.council.tables:
        return None
    return next(iter(office.tables.find(BODIES, text)), None)


def point_elsewhere(office: Office, conversation: Conversation, text: str) -> Utterance | None:
    """Whose job it is and the way there; None when the words name no organisation's."""
    body = whose_job(office, text)
    if body is None:
        return None
    said = office.council.answers[NOT_OURS].said.on(conversation.channel)
    text = said.format_map({**office.council.facts, "name": body["name"], "how": body["how"]})
    links = (Link(body["name"], body["url"]),) if body["url"] else ()
    return Utterance(text=text, service=NOT_OURS, links=links)
