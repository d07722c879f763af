"""Recognises what was told before: the same fault by somebody else, the same change by the same
person. It is asked about once for each form, before it is told again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from casework.domain.cases import Case, CaseStatus, HistoryEntry
from casework.domain.catalogue import Kind
from casework.domain.drafts import CONFIRM, applies
from casework.domain.duplicates import POSSIBLE, SameReport, same_change, same_fields, same_place
from casework.domain.transitions import OVER
from casework.use_cases.filling import Filling
from casework.use_cases.office import Progress, offering, word
from casework.use_cases.read_back import grouped_reference, place_in_words
from casework.use_cases.tell_hours import in_words

FOLLOW = "follow"
TWICE = "told_twice"
CONTACT = "follow_contact"

LOOKED_AT = 500
"""Newest cases of a service among which the same one is looked for."""


def ask_if_told(filling: Filling) -> Progress | None:
    """The question about a case that tells the same; None when there is none, or it was asked."""
    if filling.draft.yes_turn_id is not None or _marker(filling) in filling.conversation.offered:
        return None
    case = _same_report(filling) or _own_change(filling)
    if case is None:
        return None
    offered = (*filling.conversation.offered, _marker(filling))
    filling.conversation = replace(filling.conversation, offered=offered)
    if case.conversation_id == filling.conversation.id or filling.service.kind is Kind.CHANGE:
        return _aside(filling, TWICE, case, _told_when(filling, case))
    return _aside(filling, FOLLOW, case, _how_many(filling, case))


def flag_possible(filling: Filling, case: Case) -> None:
    """Shows staff which case may have told the same before; the resident hears nothing of it."""
    asked = _marker(filling) in filling.conversation.offered
    if filling.service.kind is not Kind.CHANGE and not asked:
        return
    others = [one for one in _changes_told(filling) if one.ref != case.ref]
    others += [one for one in _reports_told(filling) if one.ref != case.ref]
    if not others:
        return
    now = filling.office.clock.now()
    entry = HistoryEntry(at=now, by="assistant", what=POSSIBLE, note=others[0].ref)
    held = filling.work.cases.get(case.ref)
    flagged = replace(held.changed(entry), flags=(*held.flags, POSSIBLE))
    filling.work.cases.save(flagged)


def state_of(filling: Filling, case: Case) -> str:
    """How far a case has come, in words."""
    return word(filling.office, filling.conversation, f"status_{case.status}")


def _aside(filling: Filling, kind: str, case: Case, text: str) -> Progress:
    """Puts a question into the form; it is asked instead of the form's own."""
    services = [filling.service.id, case.ref]
    filling.conversation = offering(filling.work, filling.conversation, kind, services, text)
    filling.keep(filling.draft)
    return Progress(filling.notes, filling=True)


def _marker(filling: Filling) -> str:
    return f"same:{filling.draft.id}"


def _same_report(filling: Filling) -> Case | None:
    """The open report of the same thing that most people follow; the oldest of equals. It is looked
    for in the turn that tells where it is."""
    if not _just_told(filling):
        return None
    found = [one for one in _reports_told(filling) if one.status not in OVER]
    return max(found, key=lambda one: told_by(filling, one), default=None)


def _reports_told(filling: Filling) -> list[Case]:
    """Reports of the same thing, oldest first."""
    draft, service = filling.draft, filling.service
    rule = filling.office.council.duplicates.reports.get(service.id)
    place = _location(filling, draft.values)
    if rule is None or place is None or draft.about or _waits_for(filling, rule):
        return []
    since = filling.office.clock.now() - timedelta(days=rule.days)
    cases = filling.work.cases.search(service=service.id, after=since, limit=LOOKED_AT)
    same = [
        one
        for one in cases
        if one.parent_ref is None
        and one.status not in {CaseStatus.DUPLICATE, CaseStatus.CANCELLED}
        and _lies_there(filling, one, rule, place)
    ]
    return same[::-1]


def _just_told(filling: Filling) -> bool:
    rule = filling.office.council.duplicates.reports.get(filling.service.id)
    if rule is None:
        return False
    answers = filling.draft.answers
    deciding = [a for n, a in answers.items() if _is_location(filling, n) or n in rule.differs]
    return any(answer.at >= filling.draft.updated_at for answer in deciding)


def _lies_there(filling: Filling, case: Case, rule: SameReport, place: Mapping[str, Any]) -> bool:
    values = {name: answer.value for name, answer in case.fields.items()}
    there = _location(filling, values)
    if there is None or not same_place(rule, place, there):
        return False
    return same_fields(rule, filling.draft.values, values)


def _location(filling: Filling, values: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Where it is, among the values of one report."""
    found = next((v for n, v in values.items() if _is_location(filling, n)), None)
    return found if isinstance(found, dict) else None


def _is_location(filling: Filling, name: str) -> bool:
    use = filling.service.use(name)
    return use is not None and use.field.type == "location"


def _waits_for(filling: Filling, rule: SameReport) -> bool:
    """Whether a field that tells two reports apart is still to be asked."""
    uses = [filling.service.use(name) for name in rule.differs]
    values = filling.draft.values
    return any(u is not None and applies(u, values) and u.field.id not in values for u in uses)


def _own_change(filling: Filling) -> Case | None:
    """The same change, told in this conversation or by whoever proved to be the same person."""
    identity = filling.conversation.identity
    account = identity.account_ref if identity is not None and identity.verified else None
    own = [
        one
        for one in _changes_told(filling)
        if one.conversation_id == filling.conversation.id
        or (account is not None and one.account_ref == account)
    ]
    return own[-1] if own else None


def _changes_told(filling: Filling) -> list[Case]:
    """The same change told before, by whomever; oldest first."""
    office, draft = filling.office, filling.draft
    if filling.service.kind is not Kind.CHANGE or draft.about or draft.asking != CONFIRM:
        return []
    since = office.clock.now() - timedelta(days=office.council.duplicates.change_days)
    cases = filling.work.cases.search(service=draft.service, after=since, limit=LOOKED_AT)
    mine = draft.values
    same = [
        one
        for one in cases
        if one.parent_ref is None
        and one.status not in {CaseStatus.DUPLICATE, CaseStatus.CANCELLED}
        and same_change(mine, {name: answer.value for name, answer in one.fields.items()})
    ]
    return same[::-1]


def told_by(filling: Filling, case: Case) -> int:
    """How many people have told us of it: who did first, who follow, whose cases were joined."""
    work = filling.work
    return 1 + len(work.followers.of_case(case.ref)) + len(work.cases.duplicates(case.ref))


def _how_many(filling: Filling, case: Case) -> str:
    """The question for somebody else's report. Of that only the street is told."""
    office, conversation = filling.office, filling.conversation
    own = _location(filling, filling.draft.values) or {}
    held = _location(filling, {n: answer.value for n, answer in case.fields.items()}) or {}
    place = held.get("street") or own.get("street") or place_in_words(own, conversation.channel)
    count, state = told_by(filling, case), state_of(filling, case)
    if count == 1:
        return word(office, conversation, "follow_one", place=place, state=state)
    return word(office, conversation, "follow_many", count=count, place=place, state=state)


def _told_when(filling: Filling, case: Case) -> str:
    office, conversation = filling.office, filling.conversation
    day = in_words(case.opened_at.astimezone(office.zone).date())
    ref = grouped_reference(case.ref, conversation.channel)
    return word(office, conversation, "told_twice", day=day, ref=ref)
