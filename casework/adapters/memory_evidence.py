"""Evidence in memory; what each method promises stands with SQL's and the folder's."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from casework.adapters.evidence_folder import check_name
from casework.adapters.memory_unit import MemoryUnit, record_of, utc
from casework.domain.errors import Conflict, NotFound
from casework.domain.evidence import Evidence, PictureToFetch, UploadLink


class MemoryEvidenceRecords:
    """See SqlEvidenceRecords."""

    def __init__(self, unit: MemoryUnit) -> None:
        self._unit = unit

    def add(self, one: Evidence) -> None:
        held = self._unit.writing().evidence
        names = {kept.stored_name for kept in held.values()}
        if one.id in held or one.stored_name in names:
            raise Conflict("evidence id is taken")
        held[one.id] = replace(one, received_at=utc(one.received_at))

    def get(self, evidence_id: str) -> Evidence:
        return record_of(self._unit.records.evidence, evidence_id, "evidence")

    def of_case(self, ref: str) -> list[Evidence]:
        return [one for one in self._unit.records.evidence.values() if one.case_ref == ref]

    def without_case(self, conversation_id: str) -> list[Evidence]:
        return [
            one
            for one in self._unit.records.evidence.values()
            if one.conversation_id == conversation_id and one.case_ref is None
        ]

    def unclaimed(self, limit: int) -> list[Evidence]:
        held = self._unit.records.evidence.values()
        return [one for one in held if one.case_ref is None][:limit]

    def attach(self, conversation_id: str, ref: str, draft_id: str | None) -> int:
        held = self._unit.writing().evidence
        waiting = [one for one in self.without_case(conversation_id) if one.is_for(draft_id)]
        for one in waiting:
            held[one.id] = replace(one, case_ref=ref)
        return len(waiting)

    def hand_over(
        self, conversation_id: str, to_conversation: str, draft_id: str, to_draft: str
    ) -> None:
        held = self._unit.writing().evidence
        for one in self.without_case(conversation_id):
            if one.is_for(draft_id):
                held[one.id] = replace(one, conversation_id=to_conversation, draft_id=to_draft)

    def remove(self, evidence_id: str) -> None:
        self._unit.writing().evidence.pop(evidence_id, None)


class MemoryUploadLinks:
    """See SqlUploadLinks."""

    def __init__(self, unit: MemoryUnit) -> None:
        self._unit = unit

    def add(self, link: UploadLink) -> None:
        held = self._unit.writing().upload_links
        if link.code_hash in held:
            raise Conflict("code is taken")
        held[link.code_hash] = _as_stored(link)

    def get(self, code_hash: str) -> UploadLink:
        return record_of(self._unit.records.upload_links, code_hash, "upload link")

    def save(self, link: UploadLink) -> None:
        held = self._unit.writing().upload_links
        record_of(held, link.code_hash, "upload link")
        held[link.code_hash] = _as_stored(link)

    def remove_of_case(self, ref: str) -> None:
        held = self._unit.writing().upload_links
        for code in [code for code, link in held.items() if link.case_ref == ref]:
            del held[code]


def _as_stored(link: UploadLink) -> UploadLink:
    done = None if link.done_at is None else utc(link.done_at)
    begun, ends = utc(link.created_at), utc(link.expires_at)
    return replace(link, created_at=begun, expires_at=ends, done_at=done)


class MemoryPictureQueue:
    """See SqlPictureQueue."""

    def __init__(self, unit: MemoryUnit) -> None:
        self._unit = unit

    def add(self, picture: PictureToFetch) -> bool:
        held = self._unit.writing().pictures
        if picture.id in held:
            return False
        held[picture.id] = _in_utc(picture)
        return True

    def due(self, now: datetime, limit: int) -> list[PictureToFetch]:
        held = self._unit.records.pictures.values()
        ready = [one for one in held if one.due_at <= now]
        return sorted(ready, key=lambda one: (one.due_at, one.arrived_at, one.id))[:limit]

    def of_conversation(self, conversation_id: str) -> list[PictureToFetch]:
        held = self._unit.records.pictures.values()
        mine = [one for one in held if one.conversation_id == conversation_id]
        return sorted(mine, key=lambda one: (one.arrived_at, one.id))

    def save(self, picture: PictureToFetch) -> None:
        held = self._unit.writing().pictures
        if picture.id in held:
            held[picture.id] = _in_utc(picture)

    def remove(self, picture_id: str) -> None:
        self._unit.writing().pictures.pop(picture_id, None)


def _in_utc(picture: PictureToFetch) -> PictureToFetch:
    return replace(picture, arrived_at=utc(picture.arrived_at), due_at=utc(picture.due_at))


class MemoryEvidenceStore:
    """Files in memory: see EvidenceFolder. `held` are the bytes by name."""

    def __init__(self) -> None:
        self.held: dict[str, bytes] = {}

    def put(self, name: str, data: bytes) -> None:
        """As the port says."""
        check_name(name)
        if name in self.held:
            raise Conflict("stored name is taken")
        self.held[name] = bytes(data)

    def get(self, name: str) -> bytes:
        """As the port says."""
        check_name(name)
        if name not in self.held:
            raise NotFound("file")
        return self.held[name]

    def remove(self, name: str) -> None:
        """As the port says."""
        check_name(name)
        self.held.pop(name, None)
