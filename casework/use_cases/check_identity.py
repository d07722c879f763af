"""Decides what is still asked to find out who speaks, compares it when all is there, and takes from
the record what then need not be asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from typing import Any

from casework.domain.catalogue import Kind, Service
from casework.domain.drafts import Answer, Source, uses_in_order
from casework.domain.fields import Field
from casework.domain.identity import (
    ACCOUNT,
    ANOTHER,
    AUTHORITY,
    NAME,
    POSTCODE,
    QUESTIONS,
    RELATIONSHIP,
    RESIDENT,
    SPEAKER,
    THIRD_PARTY,
    Identity,
    Stage,
    matches,
    normal,
    speaks_for_another,
)
from casework.domain.residents import Resident
from casework.ports.reading import Read
from casework.ports.residents import Attempt
from casework.use_cases.filling import Filling, plain
from casework.use_cases.identity_asked import CASE_STATUS, needs_identity
from casework.use_cases.office import Office
from casework.use_cases.read_back import place_in_words

CHECKED_AGAINST = frozenset({"identity", "contact"})
"""What services say at `verify` for which it matters who speaks for whom."""


def identity_question(filling: Filling) -> str | None:
    """What to ask next about who speaks; None when that is settled or of no matter.

    Compares what was given as soon as there is enough of it. What comes of it is noted, and the
    draft takes from the record what it asks.
    """
    if filling.service.use(SPEAKER) is not None and SPEAKER not in filling.draft.answers:
        # Who speaks for whom decides whose identity it is.
        return SPEAKER
    _hear_third_party(filling)
    if not needs_identity(filling.service, filling.draft):
        _fill_from_record(filling)
        return _whose_change(filling)
    if THIRD_PARTY in filling.conversation.flags:
        return _third_party_question(filling)
    if filling.conversation.identity is None:
        _begin(filling)
    while True:
        identity = filling.conversation.identity or Identity()
        if identity.settled:
            _fill_from_record(filling)
            return None
        if (wanted := identity.next_question()) is not None:
            return wanted
        if identity.complete:
            _compare(filling, identity)
        else:
            end_unverified(filling, "not_known")


def keep_identity(filling: Filling, identity: Identity) -> None:
    """Writes how far it has come."""
    filling.conversation = replace(filling.conversation, identity=identity)
    filling.work.conversations.save(filling.conversation)


def end_unverified(filling: Filling, how: str) -> None:
    """Goes on without knowing who it is: a person checks later."""
    identity = filling.conversation.identity or Identity()
    keep_identity(filling, identity.ended(how))
    lost = filling.service.id == CASE_STATUS
    filling.note("verify_skipped_case" if lost else "verify_skipped")


def give(filling: Filling, question: str, value: str) -> None:
    """Takes an answer to a question of identity; what the form asks as well is not asked again."""
    identity = filling.conversation.identity or Identity()
    kept = normal(value) if question == ACCOUNT else value
    keep_identity(filling, identity.with_answer(question, kept, filling.conversation.id))
    for field_id in _asked_as_well(filling, question, kept):
        if filling.service.use(field_id) is not None:
            filling.answer(field_id, kept)


def _asked_as_well(filling: Filling, question: str, value: str) -> tuple[str, ...]:
    if question == NAME:
        return ("name",)
    if question != ACCOUNT:
        return ()
    account = filling.office.reader.read(plain("account_ref"), value, filling.office.context())
    return ("account_ref",) if isinstance(account, Read) else ("claim_ref",)


def _hear_third_party(filling: Filling) -> None:
    """Notes that somebody speaks for another; identity that held is theirs no more."""
    conversation, service = filling.conversation, filling.service
    matters = service.verify in CHECKED_AGAINST or needs_identity(service, filling.draft)
    if THIRD_PARTY in conversation.flags or not matters:
        return
    said = {filling.draft.opening}
    if filling.draft.asking in QUESTIONS:
        said.add(filling.turn.text)
    phrases = filling.office.council.identity.third_party
    heard = filling.turn.choice is None and any(speaks_for_another(t, phrases) for t in said)
    if not heard and filling.draft.value(SPEAKER) != ANOTHER:
        return
    flags = (*conversation.flags, THIRD_PARTY)
    filling.conversation = replace(conversation, flags=flags)
    record = {k: a for k, a in filling.draft.answers.items() if a.source is not Source.RECORD}
    filling.draft = replace(filling.draft, answers=record)
    if conversation.identity is not None:
        keep_identity(filling, conversation.identity.ended(THIRD_PARTY))
    filling.work.conversations.save(filling.conversation)


def _third_party_question(filling: Filling) -> str | None:
    """Who they are to the resident and whether they may speak for them, each asked once."""
    identity = filling.conversation.identity
    if identity is None or identity.how != THIRD_PARTY or identity.relationship is None:
        begun = (identity or Identity()).ended(THIRD_PARTY)
        if identity != begun:
            filling.note("verify_third_party")
        keep_identity(filling, begun)
        if filling.service.use(RELATIONSHIP) is None and filling.service.id != CASE_STATUS:
            return RELATIONSHIP
        return None
    if identity.resident is None and _names_nobody(filling.service):
        return RESIDENT
    return AUTHORITY if identity.authority is None else None


def _whose_change(filling: Filling) -> str | None:
    """Whom a change is for that a third party tells without a check of who they are."""
    service, identity = filling.service, filling.conversation.identity
    third_party = THIRD_PARTY in filling.conversation.flags and service.kind is Kind.CHANGE
    if not third_party or not _names_nobody(service):
        return None
    if identity is None:
        keep_identity(filling, Identity().ended(THIRD_PARTY))
    return RESIDENT if identity is None or identity.resident is None else None


def _names_nobody(service: Service) -> bool:
    """Whether none of a service's own questions is about who the resident is."""
    named = any(service.use(name) is not None for name in ("deceased_name", "other_person"))
    return not named and service.id != CASE_STATUS


def _begin(filling: Filling) -> None:
    """Starts with what has been said already: it is not asked."""
    keep_identity(filling, Identity())
    lost = filling.service.id == CASE_STATUS
    filling.note("verify_why_case" if lost else "verify_why")
    for question, value in _said_already(filling).items():
        give(filling, question, value)


def _said_already(filling: Filling) -> dict[str, str]:
    """Name, reference and postcode as far as the resident has given them for this matter."""
    draft, office = filling.draft, filling.office
    held = {k: a.value for k, a in draft.answers.items() if a.source is not Source.RECORD}
    found: dict[str, str] = {}
    if name := held.get("name"):
        found[NAME] = str(name)
    opening = office.reader.find(
        [replace(plain("account_ref"), id=ACCOUNT)], draft.opening, office.context()
    )
    if reference := held.get("account_ref") or held.get("claim_ref") or opening.get(ACCOUNT):
        found[ACCOUNT] = str(reference)
    if postcode := _postcode_said(filling, held):
        found[POSTCODE] = postcode
    return found


def _postcode_said(filling: Filling, held: Mapping[str, Any]) -> str | None:
    """The postcode of the home that the record would have; never that of a new one."""
    draft, office = filling.draft, filling.office
    for name in ("old_address", "address"):
        fresh = name in held and draft.answers[name].at >= draft.created_at
        if fresh and isinstance(held[name], dict) and held[name].get("postcode"):
            return str(held[name]["postcode"])
    if any(use.field.type == "address" for use in filling.service.uses):
        return None
    wanted = replace(plain("postcode"), id=POSTCODE)
    found = office.reader.find([wanted], draft.opening, office.context())
    return found.get(POSTCODE)


def _compare(filling: Filling, identity: Identity) -> None:
    """Compares all that was given. The same is done, and said, for an account that is not there."""
    office, work, conversation = filling.office, filling.work, filling.conversation
    now, rules = office.clock.now(), office.council.identity
    reference = identity.given.get(ACCOUNT, "")
    account = sha256(reference.encode()).hexdigest()
    record = work.residents.find(reference)
    if record is not None:
        account = sha256(record.account_ref.encode()).hexdigest()
    since = now - timedelta(hours=rules.lock_hours)
    failures = work.attempts.failures(account, conversation.caller, since)
    locked = max(failures) >= rules.lock_failures
    if matches(identity, record, conversation.id, locked=locked) and record is not None:
        keep_identity(filling, identity.holding(record, "questions"))
        filling.note("verify_done")
        return
    work.attempts.add(Attempt(conversation.id, now, account, conversation.caller))
    after = identity.failed()
    keep_identity(filling, after)
    lost = filling.service.id == CASE_STATUS
    failed = "verify_failed_case" if lost else "verify_failed"
    filling.note(failed if after.settled else "verify_again")


def _fill_from_record(filling: Filling) -> None:
    """Takes from the record what a change or a request asks, to be agreed to at the read-back."""
    identity = filling.conversation.identity
    if identity is None or not identity.verified or identity.account_ref is None:
        return
    if filling.service.kind not in {Kind.CHANGE, Kind.REQUEST, Kind.HUMAN} or filling.alarmed:
        return
    record = filling.work.residents.get(identity.account_ref)
    if record is None:
        return
    told = None
    for use in uses_in_order(filling.service, filling.draft):
        if use.field.id in filling.draft.answers:
            continue
        value = _of_record(filling, record, use.field)
        if value is None:
            continue
        answer = Answer(value, Source.RECORD, filling.office.clock.now())
        filling.draft = filling.draft.with_answer(use.field.id, answer)
        told = value if use.field.type == "address" else told
    if told is not None:
        channel = filling.conversation.channel
        filling.note("record_address", address=place_in_words(told, channel))


def _of_record(filling: Filling, record: Resident, field: Field) -> Any:
    """What the record has for a field; None where it says nothing of it."""
    if field.id in {"address", "old_address"}:
        if filling.service.use("deceased_name") is not None:
            # It asks for the home of somebody else.
            return None
        moves = filling.draft.value("direction")
        leaves = filling.service.use("direction") is None or moves in {"within", "out"}
        return address_of(filling.office, record) if leaves else None
    if field.id == "contact":
        return None if filling.unsafe else record.phone or record.email
    return {
        "name": record.name,
        "old_name": record.name,
        "account_ref": record.account_ref,
        "claim_ref": record.claim_ref,
        "permit_ref": record.permit_ref,
        "old_registration": record.registration,
    }.get(field.id)


def address_of(office: Office, record: Resident) -> dict[str, Any]:
    """The record's address in its stored form, found in the gazetteer where it is there."""
    written = f"{record.address}, {record.postcode}"
    reading = office.reader.read(plain("address"), written, office.context())
    if isinstance(reading, Read) and reading.value.get("matched"):
        return dict(reading.value)
    return {"lines": [record.address], "postcode": record.postcode, "matched": False}


def starts_afresh(filling: Filling) -> None:
    """Forgets what was given so far, for somebody who starts again."""
    identity = filling.conversation.identity
    if identity is not None and identity.stage is Stage.ASKING:
        fresh = replace(identity, given={}, unknown=())
        keep_identity(filling, fresh)
