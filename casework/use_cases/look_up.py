"""Answers that are looked up instead of read out: collection days and a case's progress."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from casework.domain.cases import Case
from casework.domain.catalogue import Kind
from casework.domain.conversations import SAFETY, Utterance
from casework.domain.errors import NotFound
from casework.domain.fields import Field
from casework.domain.transitions import OVER
from casework.use_cases.filling import Filling
from casework.use_cases.office import Office, speak, word
from casework.use_cases.read_back import grouped_reference, place_in_words
from casework.use_cases.read_table import filled, rows_meant, told
from casework.use_cases.tell_hours import in_words

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def bin_days(filling: Filling) -> Utterance:
    """The next collection of each bin at the draft's address, or the truth when unknown."""
    office, conversation = filling.office, filling.conversation
    held = filling.draft.value("address") or {}
    place = office.gazetteer.property(str(held.get("uprn", "")))
    answer = office.council.answers["bin_day"]
    if place is None:
        return _not_found(filling, held)
    shown = place_in_words(held, conversation.channel)
    collections = word(office, conversation, "collections_between").join(
        word(office, conversation, f"collection_{bin_type}", day=in_words(day))
        for bin_type, day in next_collections(office, place.bin_day, place.bin_week)
    )
    said = answer.said.on(conversation.channel)
    text = filled(office, conversation, said, address=shown, collections=collections)
    return Utterance(text=text, service="bin_day", links=answer.links)


def not_ours(filling: Filling, field: Field, value: object) -> Utterance | None:
    """What to say of an address that nothing can be looked up for; None where that is not so."""
    if (
        filling.service.id not in OF_A_PROPERTY
        or field.type != "address"
        or not isinstance(value, dict)
    ):
        return None
    known = filling.office.gazetteer.property(str(value.get("uprn", "")))
    return None if known is not None else _not_found(filling, value)


def _not_found(filling: Filling, held: Mapping[str, Any]) -> Utterance:
    office, conversation = filling.office, filling.conversation
    answer = office.council.answers[filling.service.id]
    shown = place_in_words(held, conversation.channel)
    missing = (answer.missing or answer.said).on(conversation.channel)
    text = filled(office, conversation, missing, address=shown, collections="")
    return Utterance(text=text, service=filling.service.id, links=answer.links)


def by_place(filling: Filling) -> Utterance:
    """What a table holds for the place that the draft was given: its street, postcode or ward."""
    office, conversation, service = filling.office, filling.conversation, filling.service
    answer = office.council.answers[service.id]
    held = next((v for v in filling.draft.values.values() if isinstance(v, dict)), {})
    known = office.gazetteer.property(str(held.get("uprn", "")))
    schema = office.council.tables[answer.table or ""]
    if "ward" in schema.found_by:
        words = known.ward if known else ""
    else:
        street = known.street if known else held.get("street") or held.get("text") or ""
        words = f"{street} {held.get('postcode') or ''}"
    rows = rows_meant(office, answer, words)
    if not rows and "ward" in schema.found_by and known is None:
        return _not_found(filling, held)
    return told(office, conversation, service.id, answer, rows)


def next_collections(office: Office, bin_day: str, bin_week: str) -> list[tuple[str, date]]:
    """The next date of each kind of collection, soonest first.

    Refuse and recycling alternate by week, counted from the council's own Monday: rounds of week A
    collect refuse in that week. A collection due on a bank holiday, or later in that week, is a
    day later.
    """
    today = office.local_now.date()
    monday = today - timedelta(days=today.weekday())
    found: dict[str, date] = {}
    for week in range(4):
        first = monday + timedelta(weeks=week)
        day = _after_holidays(office, first, DAYS.index(bin_day))
        since = (first - office.council.bin_weeks_from).days // 7
        kind = "refuse" if (since % 2 == 0) == (bin_week == "A") else "recycling"
        if day >= today:
            found.setdefault(kind, day)
    return sorted(found.items(), key=lambda item: item[1])


def _after_holidays(office: Office, monday: date, weekday: int) -> date:
    planned = monday + timedelta(days=weekday)
    days = (monday + timedelta(days=n) for n in range(weekday + 1))
    late = sum(1 for day in days if office.holidays.is_holiday(day))
    return planned + timedelta(days=late)


def case_progress(filling: Filling) -> Utterance:
    """Where a case stands. A reference alone proves nothing about who quotes it: what the case is
    about is told only of reports on public matters, and what staff wrote only in the
    conversation that opened it."""
    office, conversation = filling.office, filling.conversation
    ref = str(filling.draft.value("case_ref") or "")
    if not ref:
        return _cases_of_resident(filling)
    shown = grouped_reference(ref, conversation.channel)
    if _asked_too_often(filling):
        return speak(office, conversation, "case_too_many", service="case_status")
    try:
        case = filling.work.cases.look(ref)
    except NotFound:
        return speak(office, conversation, "case_not_found", service="case_status", ref=shown)
    about = office.council.service(case.about or case.service)
    public = about.kind is Kind.REPORT and about.id not in SAFETY
    theirs = case.conversation_id == conversation.id
    open_to_them = public or theirs
    parts = [case, *filling.work.cases.children(case.ref), *_joined_with(filling, case)]
    lines = word(office, conversation, "status_between").join(
        _status(filling, part, named=open_to_them) for part in parts
    )
    if not open_to_them:
        return speak(
            office,
            conversation,
            "case_progress_private",
            service="case_status",
            ref=shown,
            lines=lines,
        )
    news = [entry.told_resident for entry in case.history if entry.told_resident]
    said = speak(
        office,
        conversation,
        "case_progress",
        service="case_status",
        short=about.short,
        ref=shown,
        lines=lines,
        news=news[-1] if news and theirs else "",
    )
    return replace(said, text=said.text.strip())


def _joined_with(filling: Filling, case: Case) -> list[Case]:
    """The case that goes on where this one was joined with it: what becomes of that one counts."""
    if case.duplicate_of is None:
        return []
    return [filling.work.cases.look(case.duplicate_of)]


MOST_OF_ONE = 3
"""Open cases that are told at once."""


def _cases_of_resident(filling: Filling) -> Utterance:
    """Where the open cases of whoever proved who they are stand; without that, nothing at all."""
    office, conversation = filling.office, filling.conversation
    identity = conversation.identity
    if identity is None or not identity.verified or identity.account_ref is None:
        return speak(office, conversation, "case_lost", service="case_status")
    theirs = filling.work.cases.of_account(identity.account_ref)
    still_open = [case for case in theirs if case.status not in OVER and case.parent_ref is None]
    if not still_open:
        return speak(office, conversation, "no_cases_of_yours", service="case_status")
    lines = [
        word(
            office,
            conversation,
            "case_of_yours",
            short=office.council.service(case.about or case.service).short,
            ref=grouped_reference(case.ref, conversation.channel),
            line=_status(filling, case, named=True),
        )
        for case in reversed(still_open[-MOST_OF_ONE:])
    ]
    between = word(office, conversation, "rows_between")
    told = between.join(lines)
    return speak(office, conversation, "cases_of_yours", service="case_status", lines=told)


def _asked_too_often(filling: Filling) -> bool:
    """Whether this conversation has looked for more cases than anybody has of their own."""
    drafts = filling.work.drafts.of_conversation(filling.conversation.id)
    return sum(draft.service == "case_status" for draft in drafts) > MOST_LOOK_UPS


def _status(filling: Filling, case: Case, named: bool) -> str:
    office, conversation = filling.office, filling.conversation
    over = case.status in OVER or case.due_at is None
    team = office.council.teams[case.team].name
    return word(
        office,
        conversation,
        "status_line_over" if over else "status_line",
        team=team if named else word(office, conversation, "the_team"),
        status=word(office, conversation, f"status_{case.status}"),
        due=in_words(case.due_at.astimezone(office.zone).date()) if case.due_at else "",
    )


MOST_LOOK_UPS = 8
"""Cases that one conversation may ask after."""

OF_A_PROPERTY = frozenset({"bin_day", "councillor"})
"""Services that only an address of the gazetteer answers."""

LOOK_UPS = {
    "bin_day": bin_days,
    "case_status": case_progress,
    "councillor": by_place,
    "gritting": by_place,
    "planning_search": by_place,
    "roadworks": by_place,
}
"""Services that end in something looked up instead of a case, by id."""
