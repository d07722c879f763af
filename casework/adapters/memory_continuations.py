"""Links to go on elsewhere, in memory; what each method promises stands with SQL's."""

from __future__ import annotations

from casework.adapters.memory_unit import MemoryUnit, as_stored, record_of
from casework.domain.continuations import Continuation
from casework.domain.errors import Conflict


class MemoryContinuationStore:
    """See SqlContinuationStore."""

    def __init__(self, unit: MemoryUnit) -> None:
        self._unit = unit

    def add(self, continuation: Continuation) -> None:
        records = self._unit.writing()
        record_of(records.conversations, continuation.conversation_id, "conversation")
        if continuation.code_hash in records.continuations:
            raise Conflict("code is taken")
        records.continuations[continuation.code_hash] = as_stored(continuation)

    def get(self, code_hash: str) -> Continuation:
        return record_of(self._unit.records.continuations, code_hash, "continuation")

    def save(self, continuation: Continuation) -> None:
        self.get(continuation.code_hash)
        self._unit.writing().continuations[continuation.code_hash] = as_stored(continuation)
