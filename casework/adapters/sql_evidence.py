"""Evidence, links for sending it, and pictures to be fetched, in SQL."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, delete, select, update

from casework.adapters.sql_tables.evidence import evidence, pictures_to_fetch, upload_links
from casework.adapters.sql_unit import Unit
from casework.domain.conversations import Channel
from casework.domain.errors import Conflict, NotFound
from casework.domain.evidence import Evidence, MediaType, PictureToFetch, Scan, UploadLink


class SqlEvidenceRecords:
    """What was taken."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def add(self, one: Evidence) -> None:
        """Raises Conflict if the id or the stored name is taken."""
        words = {
            "media_type": str(one.media_type),
            "channel": str(one.channel),
            "scan": str(one.scan),
        }
        self._unit.add(evidence, {**vars(one), **words}, "evidence id")

    def get(self, evidence_id: str) -> Evidence:
        """Raises NotFound."""
        found = self._read(select(evidence).where(evidence.c.id == evidence_id))
        if not found:
            raise NotFound("evidence")
        return found[0]

    def of_case(self, ref: str) -> list[Evidence]:
        """Oldest first."""
        return self._read(select(evidence).where(evidence.c.case_ref == ref))

    def without_case(self, conversation_id: str) -> list[Evidence]:
        """Oldest first."""
        mine = (evidence.c.conversation_id == conversation_id) & evidence.c.case_ref.is_(None)
        return self._read(select(evidence).where(mine))

    def unclaimed(self, limit: int) -> list[Evidence]:
        """Oldest first."""
        return self._read(select(evidence).where(evidence.c.case_ref.is_(None)).limit(limit))

    def attach(self, conversation_id: str, ref: str, draft_id: str | None) -> int:
        """Gives a case what was sent before there was one."""
        mine = _sent_for(conversation_id, draft_id)
        return self._unit.write(update(evidence).where(mine).values(case_ref=ref))

    def hand_over(
        self, conversation_id: str, to_conversation: str, draft_id: str, to_draft: str
    ) -> None:
        """What has no case yet goes along to where the matter goes on."""
        mine = _sent_for(conversation_id, draft_id)
        there = {"conversation_id": to_conversation, "draft_id": to_draft}
        self._unit.write(update(evidence).where(mine).values(there))

    def remove(self, evidence_id: str) -> None:
        """Its record; the file is the caller's to remove."""
        self._unit.write(delete(evidence).where(evidence.c.id == evidence_id))

    def _read(self, query: Select[Any]) -> list[Evidence]:
        return [_evidence(row) for row in self._unit.read(query.order_by(evidence.c.number))]


def _sent_for(conversation_id: str, draft_id: str | None) -> ColumnElement[bool]:
    mine = (evidence.c.conversation_id == conversation_id) & evidence.c.case_ref.is_(None)
    return mine & (evidence.c.draft_id.is_(None) | (evidence.c.draft_id == draft_id))


def _evidence(row: Row[Any]) -> Evidence:
    stored = dict(row._mapping)
    del stored["number"]
    words = {
        "media_type": MediaType(row.media_type),
        "channel": Channel(row.channel),
        "scan": Scan(row.scan),
    }
    return Evidence(**{**stored, **words})


class SqlUploadLinks:
    """Links; a writing unit that gets one holds it until its end."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def add(self, link: UploadLink) -> None:
        """Raises Conflict if the code is taken."""
        self._unit.add(upload_links, vars(link), "code")

    def get(self, code_hash: str) -> UploadLink:
        """Raises NotFound."""
        mine = select(upload_links).where(upload_links.c.code_hash == code_hash)
        found = self._unit.held(mine)
        if not found:
            raise NotFound("upload link")
        return UploadLink(**found[0]._mapping)

    def save(self, link: UploadLink) -> None:
        """Raises NotFound."""
        mine = update(upload_links).where(upload_links.c.code_hash == link.code_hash)
        if not self._unit.write(mine.values(vars(link))):
            raise NotFound("upload link")

    def remove_of_case(self, ref: str) -> None:
        """All links for a case."""
        self._unit.write(delete(upload_links).where(upload_links.c.case_ref == ref))


class SqlPictureQueue:
    """Pictures to be fetched."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def add(self, picture: PictureToFetch) -> bool:
        """Whether it is new."""
        try:
            self._unit.add(pictures_to_fetch, vars(picture), "picture")
        except Conflict:
            return False
        return True

    def due(self, now: datetime, limit: int) -> list[PictureToFetch]:
        """Oldest first."""
        table = pictures_to_fetch.c
        query = select(pictures_to_fetch).where(table.due_at <= now)
        query = query.order_by(table.due_at, table.arrived_at, table.id).limit(limit)
        return [PictureToFetch(**row._mapping) for row in self._unit.held(query, free=True)]

    def of_conversation(self, conversation_id: str) -> list[PictureToFetch]:
        """Oldest first."""
        table = pictures_to_fetch.c
        mine = select(pictures_to_fetch).where(table.conversation_id == conversation_id)
        found = self._unit.read(mine.order_by(table.arrived_at, table.id))
        return [PictureToFetch(**row._mapping) for row in found]

    def save(self, picture: PictureToFetch) -> None:
        """Nothing happens to one that is gone."""
        mine = update(pictures_to_fetch).where(pictures_to_fetch.c.id == picture.id)
        self._unit.write(mine.values(vars(picture)))

    def remove(self, picture_id: str) -> None:
        """Once it is here, or given up."""
        self._unit.write(delete(pictures_to_fetch).where(pictures_to_fetch.c.id == picture_id))
