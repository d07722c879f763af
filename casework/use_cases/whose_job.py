"""Says whose job something is when it is not the council's."""

from __future__ import annotations

from casework.domain.catalogue import NOT_OURS
from casework.domain.conversations import Channel, Conversation, Link, Utterance
from casework.ports.store import Work
from casework.ports.tables import Row
from casework.use_cases.office import Office
from casework.use_cases.read_table import said_before

BODIES = "bodies"
"""The table of other organisations: name, words, how, spoken, url."""

A_FEW = 6
"""Words that may lean on what was named before."""


def whose_job(office: Office, text: str) -> Row | None:
    """The organisation that the message names most tellingly; the first of those alike."""
    if BODIES not in office.council.tables:
        return None
    return next(iter(office.tables.find(BODIES, text)), None)


def point_elsewhere(
    office: Office, work: Work, conversation: Conversation, text: str
) -> Utterance | None:
    """Whose job it is and the way there; None when the words name no organisation's.

    A few words after an answer ("who do I ring?") are about the organisation named before.
    """
    body = whose_job(office, text)
    if body is None and conversation.service == NOT_OURS and len(text.split()) <= A_FEW:
        named = (whose_job(office, said) for said in said_before(work, conversation))
        body = next((one for one in named if one is not None), None)
    if body is None:
        return None
    said = office.council.answers[NOT_OURS].said.on(conversation.channel)
    how = body["how"]
    if conversation.channel is Channel.VOICE:
        how = body.get("spoken") or how
    text = said.format_map({**office.council.facts, "name": body["name"], "how": how})
    links = (Link(body["name"], body["url"]),) if body["url"] else ()
    return Utterance(text=text, service=NOT_OURS, links=links)
