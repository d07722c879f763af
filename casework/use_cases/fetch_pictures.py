"""Fetches pictures that came with texts, and puts them with what they belong to."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import groupby

from casework.domain.conversations import Author, Channel
from casework.domain.errors import Busy, Conflict, NotFound, SendingFailed
from casework.domain.evidence import Evidence, EvidenceRefused, PictureToFetch, Refusal
from casework.ports.evidence import PictureSource
from casework.ports.store import Work
from casework.use_cases.accept_evidence import accept_evidence
from casework.use_cases.offer_upload import asking_on, say_received
from casework.use_cases.office import Office, speak
from casework.use_cases.refuse_evidence import why_refused
from casework.use_cases.say_in_conversation import say_in_conversation
from casework.use_cases.try_anew import try_anew

log = logging.getLogger(__name__)

TRIED_AGAIN_AFTER = (5.0, 30.0, 120.0, 600.0, 1800.0)
"""Seconds from one attempt to the next; after the last the resident is told that it failed."""

MOST_AT_ONCE = 10


@dataclass
class _Text:
    """What became of the pictures of one text."""

    received: list[Evidence] = field(default_factory=list)
    refused: list[EvidenceRefused] = field(default_factory=list)
    lost: int = 0


def queue_pictures(office: Office, conversation_id: str, message: str, urls: Sequence[str]) -> None:
    """Notes pictures of a text to be fetched; `message` is the carrier's id of it. Noting them
    again changes nothing. More than a case may have are left with the carrier."""
    now = office.clock.now()
    with office.store.begin() as work:
        for place, url in enumerate(urls[: office.council.evidence.most_files]):
            picture = PictureToFetch(f"{message}:{place}", conversation_id, url, now, now)
            work.pictures.add(picture)


def fetch_pictures(office: Office, source: PictureSource) -> int:
    """Fetches what is due, and tells each sender once what became of it; the number of pictures
    that were tried."""
    claimed = _claimed(office)
    for (conversation_id, _), pictures in groupby(claimed, key=_text_of):
        text = _Text()
        for picture in pictures:
            _fetch(office, source, picture, text)
        _tell(office, conversation_id, text)
    return len(claimed)


def _text_of(picture: PictureToFetch) -> tuple[str, str]:
    return picture.conversation_id, picture.id.partition(":")[0]


def _claimed(office: Office) -> list[PictureToFetch]:
    """Those due, by text; they are due again later, should this process die."""
    now = office.clock.now()
    with office.store.begin() as work:
        due = work.pictures.due(now, MOST_AT_ONCE)
        for one in due:
            place = min(one.attempts, len(TRIED_AGAIN_AFTER) - 1)
            later = now + timedelta(seconds=TRIED_AGAIN_AFTER[place])
            work.pictures.save(replace(one, attempts=one.attempts + 1, due_at=later))
    return sorted(due, key=_text_of)


def _fetch(office: Office, source: PictureSource, picture: PictureToFetch, text: _Text) -> None:
    over = picture.attempts >= len(TRIED_AGAIN_AFTER)
    try:
        data = source.fetch(picture.url, office.council.evidence.most_bytes)
        accepted = accept_evidence(
            office, picture.conversation_id, data, Channel.SMS, telling=False
        )
        text.received.append(accepted.evidence)
    except EvidenceRefused as refused:
        if refused.why is Refusal.UNCHECKED and not over:
            return
        text.refused.append(refused)
    except SendingFailed as failed:
        log.warning("a picture was not fetched: %s", failed.code)
        if failed.again and not over:
            return
        text.lost += 1
    except (Busy, Conflict):
        if not over:
            return
        text.lost += 1
    except NotFound:
        # The conversation has been forgotten meanwhile.
        pass
    with office.store.begin() as work:
        work.pictures.remove(picture.id)


def _tell(office: Office, conversation_id: str, text: _Text) -> None:
    """One message for one text, whatever it brought."""
    if not (text.received or text.refused or text.lost):
        return

    def told() -> None:
        with office.store.begin() as work:
            _told(office, work, conversation_id, text)

    # The conversation may have been forgotten meanwhile.
    with suppress(NotFound):
        try_anew(told)


def _told(office: Office, work: Work, conversation_id: str, text: _Text) -> None:
    conversation = work.conversations.get(conversation_id)
    if text.received:
        ref = text.received[0].case_ref
        case = None if ref is None else work.cases.look(ref)
        say_received(office, work, conversation, case, text.received)
        conversation = work.conversations.get(conversation_id)
    if not text.refused and not text.lost:
        return
    said = speak(office, conversation, "evidence_not_fetched")
    if text.refused:
        said = replace(said, text=why_refused(office, text.refused[0], conversation.channel))
    said = asking_on(work, conversation, said)
    say_in_conversation(office, work, conversation, [said], Author.SYSTEM)
