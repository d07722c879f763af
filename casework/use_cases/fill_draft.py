"""One turn of a form: an answer, a correction or a command, in `take_answer`'s transaction."""

from __future__ import annotations

import re
from dataclasses import replace

from casework.domain.branches import is_last_of
from casework.domain.drafts import CONFIRM, uses_in_order
from casework.domain.fields import Field
from casework.ports.reading import Pick, Read, Reading, Refused
from casework.use_cases.ask_again import again, ask_for_the_rest
from casework.use_cases.ask_if_sure import asked_about
from casework.use_cases.check_sense import as_heard, contradicts, doubted, said_before
from casework.use_cases.choose_candidate import choose_candidate, offer_candidates
from casework.use_cases.confirm_draft import confirm
from casework.use_cases.correct_by_shape import Correction
from casework.use_cases.correct_draft import find_correction, names_a_part
from casework.use_cases.emergency_line import cannot_wait, emergency_line
from casework.use_cases.filling import TEXT, Filling
from casework.use_cases.finish_draft import go_on, told_at_once
from casework.use_cases.follow_case import follow_case
from casework.use_cases.join_breaths import join_breaths
from casework.use_cases.leave_open import leave_open, leaves_open, skips
from casework.use_cases.look_up import LOOK_UPS, not_ours
from casework.use_cases.office import Progress, offering
from casework.use_cases.own_number import hidden_number, keeps_number, no_safe_number, own_number
from casework.use_cases.read_back import read_back
from casework.use_cases.request_person import write_instead
from casework.use_cases.steer_draft import drop, steer_draft, stop
from casework.use_cases.take_along import (
    address_instead,
    stays_within,
    take_along,
    take_how_often,
    tell_noted,
)
from casework.use_cases.tell_why import explain
from casework.use_cases.verify_resident import verify_resident

BEGUN = frozenset({"address_number", "address_flat"})
"""Why an address is not taken yet although it was begun well."""

SOON = re.compile(
    r"(?i)(?<!not )\b(?:now|to(?:day|night)|soon(?:est)?|asap|urgent(?:ly)?|immediate(?:ly)?|"
    r"straight ?away|right away|emergency)\b"
)
"""Cannot wait for a time to ring."""

REFERENCE = re.compile(r"(?<!\d)(?!0\d{9})(?:\d[ -]?){5,9}(?!\d)")
"""Digits that are meant for a reference, and not for a telephone number."""

VOLUNTEERS = 4
"""Words from which on a reply may hold more than the answer to its question."""


def fill_draft(filling: Filling) -> Progress:
    """Deals with one turn; the draft is saved whatever came of it."""
    conversation = replace(filling.conversation, misses=0)
    filling.work.conversations.save(conversation)
    filling.conversation = conversation
    for step in (
        explain,
        follow_case,
        verify_resident,
        steer_draft,
        choose_candidate,
        _corrected,
        confirm,
        _answered,
        leave_open,
    ):
        progress = step(filling)
        if progress is not None:
            return progress
    return _missed(filling)


def begin_filling(filling: Filling) -> Progress:
    """Asks a new draft's first question; a place that the opening words leave open between a few
    ("outside 14 Elm Road") is offered to choose from instead of being asked for again."""
    now = filling.draft.created_at
    if filling.service.id in LOOK_UPS:
        _hear_doubts(filling)
    else:
        tell_noted(filling, [k for k, a in filling.draft.answers.items() if a.at >= now])
    _tell_at_once(filling)
    progress = go_on(filling)
    field = filling.field
    if field is None or field.type not in {"address", "location"} or not progress.filling:
        return progress
    reading = filling.office.reader.read(field, filling.turn.text, filling.office.context())
    if isinstance(reading, Pick):
        filling.keep(replace(filling.draft, candidates=reading.candidates))
    return progress


def _tell_at_once(filling: Filling) -> None:
    """The number to ring, before any question, for whoever says that it cannot wait."""
    office, draft = filling.office, filling.draft
    shown = office.council.service(filling.shown)
    if filling.service.id in LOOK_UPS or filling.alarmed or not cannot_wait(office, draft):
        return
    line = emergency_line(office, filling.work, filling.conversation, shown, draft)
    if line is None:
        return
    filling.notes = (*filling.notes, line)
    offered = (*filling.conversation.offered, told_at_once(draft))
    filling.conversation = replace(filling.conversation, offered=offered)
    filling.work.conversations.save(filling.conversation)


def _hear_doubts(filling: Filling) -> None:
    """Tells of a reference or an address in the opening words that nothing can be looked up for."""
    for use in uses_in_order(filling.service, filling.draft):
        field, text = use.field, filling.turn.text
        held = filling.draft.value(field.id)
        if missing := not_ours(filling, field, held):
            filling.draft = filling.draft.without_answer(field.id)
            filling.notes = (*filling.notes, missing)
        tried = filling.turn.choice is None and REFERENCE.search(text) is not None
        if held is None and field.type == "case_ref" and tried:
            reading = filling.office.reader.read(field, text, filling.office.context())
            if isinstance(reading, Refused):
                filling.note(f"refused_{reading.reason}")


def _corrected(filling: Filling) -> Progress | None:
    asked = filling.field
    if asked is not None and filling.unsafe and no_safe_number(asked, filling.turn):
        # "No number is safe" says nothing of whether they are.
        return None
    correction = find_correction(filling)
    if correction is None:
        return None
    return _apply(filling, correction)


def _apply(filling: Filling, correction: Correction) -> Progress:
    field, reading = correction.field, correction.reading
    if isinstance(reading, Read):
        if odd := asked_about(filling, field, reading.value):
            return odd
        unchanged = filling.draft.value(field.id) == reading.value
        filling.answer(field.id, reading.value)
        words = read_back(
            filling.office, filling.conversation, filling.service, field, reading.value
        )
        said = "held_already" if unchanged else "corrected"
        filling.note(said, label=field.label, value=words)
        if correction.also:
            return _apply(filling, correction.also[0])
        return go_on(filling)
    if names_a_part(filling, field):
        filling.draft = filling.draft.asking_for(field.id)
        filling.note("kept_the_rest")
        return _asks_anew(filling)
    filling.draft = filling.draft.without_answer(field.id).asking_for(field.id)
    return _heard(filling, field, reading) if reading else _asks_anew(filling)


def _asks_anew(filling: Filling) -> Progress:
    filling.keep(filling.draft)
    return Progress(filling.notes, filling=True)


def _answered(filling: Filling) -> Progress | None:
    use = filling.use
    if use is None:
        return None
    if filling.may_be_left_out and skips(filling):
        filling.answer(use.field.id, None)
        return go_on(filling)
    if is_last_of(filling.service, use.field.id, filling.draft.values) and skips(filling):
        return _needs_one(filling, use.field.id)
    field = filling.completed(use.field)
    if field.type == "text" and leaves_open(filling):
        return None
    if told := address_instead(filling, field):
        return told
    if number := own_number(filling.conversation, field, filling.turn):
        return _heard(filling, field, Read(number))
    held = filling.draft.value(field.id)
    reading = filling.office.reader.read(field, filling.said, filling.office.context(held))
    reading = _soonest(filling, field, reading)
    if not isinstance(reading, Read):
        reading = join_breaths(filling, field) or reading
    if reading is None or isinstance(reading, Refused):
        withheld = write_instead(filling) or _without_number(filling, field)
        if reading is None or withheld is not None:
            return withheld
    return _heard(filling, field, reading)


def _needs_one(filling: Filling, field_id: str) -> Progress:
    """Says that one of a group is needed, and asks for the first of it once more."""
    group = next(group for group in filling.service.one_of if field_id in group)
    first = next(name for name in group if name != field_id)
    filling.note("needs_one_of")
    if said_before(filling, filling.notes[-1].text):
        return again(filling)
    filling.answer(field_id, None)
    filling.draft = filling.draft.asking_for(first)
    filling.keep(filling.draft)
    return Progress(filling.notes, filling=True)


def _soonest(filling: Filling, field: Field, reading: Reading | None) -> Reading | None:
    """The first time to ring, for whoever is in danger and asks for today or now."""
    soon = filling.alarmed and field.type == "callback_slot" and SOON.search(filling.said)
    first = Read(field.options[0].id) if soon and field.options else None
    if first is None or (isinstance(reading, Read) and reading != first):
        return reading
    filling.note("soonest", when=field.options[0].label)
    return first


def _without_number(filling: Filling, field: Field) -> Progress | None:
    """What to say to whoever gives no number: it is left out, or why it is needed."""
    if filling.unsafe and field.id == "phone" and no_safe_number(field, filling.turn):
        return drop(filling)
    use = filling.use
    open_to_none = use is not None and use.optional and filling.unsafe
    if open_to_none and (no_safe_number(field, filling.turn) or filling.turn.label == "stop"):
        filling.answer(field.id, None)
        return go_on(filling)
    if keeps_number(field, filling.turn):
        if filling.use is not None and filling.use.optional:
            filling.answer(field.id, None)
            return go_on(filling)
        filling.note("needs_contact")
        return again(filling)
    if hidden_number(filling.conversation, field, filling.turn):
        filling.note("number_hidden")
        return again(filling)
    return None


def _heard(filling: Filling, field: Field, reading: Reading) -> Progress:
    if isinstance(reading, Refused):
        reason = "date_future" if _yet_to_come(filling, field, reading) else reading.reason
        filling.note(f"refused_{reason}")
        return ask_for_the_rest(filling) if reason in BEGUN else again(filling)
    if isinstance(reading, Pick):
        return offer_candidates(filling, reading)
    if missing := not_ours(filling, field, reading.value):
        filling.notes = (*filling.notes, missing)
        return again(filling)
    if contradicts(filling, field, reading.value):
        return again(filling)
    if candidates := doubted(filling, field, reading.value):
        filling.keep(replace(filling.draft, candidates=candidates))
        return Progress(filling.notes, filling=True)
    filling.answer(field.id, reading.value)
    stays_within(filling, field)
    if filling.turn.choice is None and len(filling.turn.text.split()) >= VOLUNTEERS:
        take_along(filling)
    take_how_often(filling, field)
    progress = go_on(filling)
    return replace(progress, said=(*as_heard(filling, field), *progress.said))


def _yet_to_come(filling: Filling, field: Field, refused: Refused) -> bool:
    """Whether a day refused as too long ago, said without its year, is rather one soon to come."""
    if refused.reason != "date_past" or field.future_days != 0 or not field.past_days:
        return False
    ahead = replace(field, type="date", past_days=0, future_days=field.past_days)
    return isinstance(
        filling.office.reader.read(ahead, filling.said, filling.office.context()), Read
    )


def _missed(filling: Filling) -> Progress:
    """Not an answer to this question; perhaps to another that is still open, or mere assent."""
    if filling.steers("affirm") and not filling.draft.tries and filling.draft.asking != CONFIRM:
        return again(filling)
    if filling.turn.choice is None and filling.draft.asking != CONFIRM:
        before = filling.draft.answers
        take_along(filling)
        if filling.draft.answers != before:
            return go_on(filling)
    if filling.steers("stop"):
        if filling.office.reader.read(TEXT, filling.turn.text, filling.office.context()) is None:
            # Nothing but the wish to stop.
            return stop(filling)
        # No answer to a question for a text either: it is asked whether to stop.
        filling.conversation = offering(filling.work, filling.conversation, "stop")
        filling.keep(filling.draft)
        return Progress((), filling=True)
    filling.note("still_not_caught" if filling.draft.tries else "not_caught")
    return again(filling)
