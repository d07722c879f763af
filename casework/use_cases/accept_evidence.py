"""Takes in a photo or a document: checks it, makes it anew, keeps it and puts it with its case."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from casework.domain.cases import Case, HistoryEntry
from casework.domain.conversations import Channel, Conversation, Message
from casework.domain.errors import Busy, CaseworkError, NotFound
from casework.domain.evidence import (
    RECEIVED,
    Evidence,
    EvidenceRefused,
    Refusal,
    Scan,
    media_type_of,
)
from casework.ports.evidence import Cleaned, EvidenceRoom
from casework.ports.store import Work
from casework.use_cases.ask_draft import active_draft
from casework.use_cases.find_evidence_case import find_evidence_case
from casework.use_cases.offer_upload import say_received
from casework.use_cases.office import Office
from casework.use_cases.try_anew import try_anew


@dataclass(frozen=True)
class Accepted:
    """What was taken. `again`: the same file had been sent for this before, and is kept once.
    `messages` is what was said about it in the conversation."""

    evidence: Evidence
    again: bool
    messages: tuple[Message, ...] = ()


@dataclass(frozen=True)
class _Checked:
    """A file that can be kept."""

    cleaned: Cleaned
    original_sha256: str
    scan: Scan


def accept_evidence(
    office: Office,
    conversation_id: str,
    data: bytes,
    channel: Channel,
    case_ref: str | None = None,
    *,
    telling: bool = True,
) -> Accepted:
    """Keeps a file for a case of the conversation, or for what is being told in it; without
    `case_ref` for what it fits. With `telling` the resident is told so in the conversation.

    Raises EvidenceRefused, NotFound (no such conversation, or not its case), and Busy.
    """
    room = office.evidence
    if room is None:
        raise CaseworkError("no evidence is taken here")
    checked = _checked(office, room, data)
    name = office.ids.new_id()
    room.files.put(name, checked.cleaned.data)
    kept = False
    try:
        # Others may write into the conversation or the case meanwhile.
        accepted = try_anew(
            lambda: _recorded(office, conversation_id, checked, name, channel, case_ref, telling)
        )
        kept = not accepted.again
    finally:
        if not kept:
            room.files.remove(name)
    return accepted


def _checked(office: Office, room: EvidenceRoom, data: bytes) -> _Checked:
    """Raises EvidenceRefused."""
    rules = office.council.evidence
    if len(data) > rules.most_bytes:
        raise EvidenceRefused(Refusal.TOO_BIG)
    if media_type_of(data) is None:
        raise EvidenceRefused(Refusal.TYPE)
    scan = _scanned(room, data)
    cleaned = room.cleaner.clean(data, most_pixels=rules.most_pixels, most_pages=rules.most_pages)
    return _Checked(cleaned, hashlib.sha256(data).hexdigest(), scan)


def _scanned(room: EvidenceRoom, data: bytes) -> Scan:
    """Raises EvidenceRefused: where a scanner is set up, nothing is taken unscanned."""
    if room.scan is None:
        return Scan.NOT_SCANNED
    try:
        clean = room.scan.is_clean(data)
    except Busy:
        raise EvidenceRefused(Refusal.UNCHECKED) from None
    if not clean:
        raise EvidenceRefused(Refusal.UNSAFE)
    return Scan.CLEAN


def _recorded(
    office: Office,
    conversation_id: str,
    checked: _Checked,
    name: str,
    channel: Channel,
    case_ref: str | None,
    telling: bool,
) -> Accepted:
    with office.store.begin() as work:
        case = _case(office, work, conversation_id, case_ref)
        # After the case, as in all that staff do with one.
        conversation = _conversation(work, conversation_id, case)
        accepted = _kept(office, work, conversation_id, case, checked, name, channel)
        said: Sequence[Message] = ()
        if telling and conversation is not None:
            said = say_received(office, work, conversation, case, [accepted.evidence])
        return Accepted(accepted.evidence, accepted.again, tuple(said))


def _case(office: Office, work: Work, conversation_id: str, case_ref: str | None) -> Case | None:
    """The case it is for, held: several files at once are counted one after the other."""
    if case_ref is None:
        found = find_evidence_case(office, work, conversation_id)
        return None if found is None else work.cases.get(found.ref)
    case = work.cases.get(case_ref)
    if case.conversation_id != conversation_id:
        raise NotFound("case")
    return case


def _conversation(work: Work, conversation_id: str, case: Case | None) -> Conversation | None:
    """None when it is gone: a case is kept longer. Raises NotFound without either."""
    try:
        return work.conversations.get(conversation_id)
    except NotFound:
        if case is None:
            raise
        return None


def _kept(
    office: Office,
    work: Work,
    conversation_id: str,
    case: Case | None,
    checked: _Checked,
    name: str,
    channel: Channel,
) -> Accepted:
    draft_id = None if case is not None else _draft_id(work, conversation_id)
    held = (
        [one for one in work.evidence.without_case(conversation_id) if one.is_for(draft_id)]
        if case is None
        else work.evidence.of_case(case.ref)
    )
    for one in held:
        if one.original_sha256 == checked.original_sha256:
            return Accepted(one, again=True)
    if len(held) >= office.council.evidence.most_files:
        raise EvidenceRefused(Refusal.FULL)
    now, data = office.clock.now(), checked.cleaned.data
    evidence = Evidence(
        id=office.ids.new_id(),
        conversation_id=conversation_id,
        case_ref=None if case is None else case.ref,
        media_type=checked.cleaned.media_type,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        original_sha256=checked.original_sha256,
        stored_name=name,
        received_at=now,
        channel=channel,
        scan=checked.scan,
        draft_id=draft_id,
    )
    work.evidence.add(evidence)
    if case is not None:
        work.cases.save(case.changed(HistoryEntry(at=now, by="resident", what=RECEIVED)))
    return Accepted(evidence, again=False)


def _draft_id(work: Work, conversation_id: str) -> str | None:
    """The form that is being filled, if one is."""
    draft = active_draft(work, work.conversations.get(conversation_id))
    return None if draft is None else draft.id
