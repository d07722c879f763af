"""One turn of a form: hears an answer, a correction or a command, and says what follows.

Called by `take_answer` with the draft loaded; nothing here opens a transaction.
"""

from __future__ import annotations

import re
from dataclasses import replace

from casework.domain.catalogue import CALLBACK, Field, Option
from casework.domain.conversations import Author
from casework.domain.drafts import (
    CONFIRM,
    uses_in_order,
)
from casework.ports.reading import Pick, Read, Reading, Refused
from casework.use_cases.ask_draft import GIVES_UP_AFTER, NONE_OF_THESE
from casework.use_cases.correct_draft import Correction, find_correction
from casework.use_cases.filling import WHICH, Filling, agrees
from casework.use_cases.finish_draft import finish_draft, go_on
from casework.use_cases.look_up import LOOK_UPS
from casework.use_cases.office import Progress, speak, word
from casework.use_cases.own_number import own_number
from casework.use_cases.read_back import read_back
from casework.use_cases.request_person import hand_over, write_instead
from casework.use_cases.steer_draft import drop, steer_draft

VOLUNTEERS = 4
"""Words from which on a reply may hold more than the answer to its question."""


def fill_draft(filling: Filling) -> Progress:
    """Deals with one turn; the draft is saved whatever came of it."""
    conversation = replace(filling.conversation, misses=0)
    filling.work.conversations.save(conversation)
    filling.conversation = conversation
    for step in (steer_draft, _chosen, _corrected, _confirmed, _answered, _unknown):
        progress = step(filling)
        if progress is not None:
            return progress
    return _missed(filling)


def begin_filling(filling: Filling) -> Progress:
    """Asks a new draft's first question; a place that the opening words leave open between a few
    ("outside 14 Elm Road") is offered to choose from instead of being asked for again."""
    now = filling.draft.created_at
    if filling.service.id not in LOOK_UPS:
        _tell_noted(filling, [k for k, a in filling.draft.answers.items() if a.at >= now])
    progress = go_on(filling)
    field = filling.field
    if field is None or field.type not in {"address", "location"} or not progress.filling:
        return progress
    reading = filling.office.reader.read(field, filling.turn.text, filling.office.context())
    if isinstance(reading, Pick):
        filling.keep(replace(filling.draft, candidates=reading.candidates))
    return progress


def _again(filling: Filling) -> Progress:
    """Asks the present question once more, in other words; a third failure never comes."""
    if filling.draft.tries >= GIVES_UP_AFTER and filling.draft.asking != CONFIRM:
        return _gives_up(filling)
    filling.keep(replace(filling.draft, tries=filling.draft.tries + 1))
    return Progress(filling.notes, filling=True)


def _gives_up(filling: Filling) -> Progress:
    """Leaves the question open where that may be, else has a person take over what there is."""
    use, ringing = filling.use, filling.service.id == CALLBACK
    if use is not None and (
        use.optional or use.field.may_be_unknown or (ringing and use.field.id != "phone")
    ):
        filling.notes = ()
        filling.note("left_open")
        filling.answer(use.field.id, None)
        return go_on(filling)
    filling.notes = ()
    if ringing:
        filling.note("cannot_be_rung")
        return drop(filling)
    filling.keep(filling.draft)
    return hand_over(filling.office, filling.work, filling.conversation, filling.turn)


def _confirmed(filling: Filling) -> Progress | None:
    if filling.draft.asking != CONFIRM:
        return None
    agreed = agrees(filling.office, filling.turn)
    if agreed is None:
        return None
    if filling.draft.changing:
        # "Which part?" "It's fine as it is": read back once more, for a yes to all of it.
        filling.keep(replace(filling.draft, changing=False, tries=0))
        return Progress((), filling=True)
    if agreed:
        filling.draft = replace(filling.draft, yes_turn_id=filling.turn.id)
        return finish_draft(filling)
    filling.keep(replace(filling.draft, changing=True))
    return Progress((), filling=True)


def _chosen(filling: Filling) -> Progress | None:
    """One of several candidates for a value, by its place or its words."""
    candidates, use = filling.draft.candidates, filling.use
    if not candidates or use is None:
        return None
    if filling.turn.choice == NONE_OF_THESE or filling.steers("deny"):
        filling.draft = replace(filling.draft, candidates=())
        return _again(filling)
    options = tuple(Option(str(n), c.label) for n, c in enumerate(candidates, 1))
    asked = replace(WHICH, options=options)
    reading = filling.office.reader.read(asked, filling.said, filling.office.context())
    if not isinstance(reading, Read):
        return None
    filling.answer(use.field.id, candidates[int(reading.value) - 1].value)
    return go_on(filling)


def _corrected(filling: Filling) -> Progress | None:
    correction = find_correction(filling)
    if correction is None:
        return None
    return _apply(filling, correction)


def _apply(filling: Filling, correction: Correction) -> Progress:
    field, reading = correction.field, correction.reading
    if isinstance(reading, Read):
        filling.answer(field.id, reading.value)
        words = read_back(
            filling.office, filling.conversation, filling.service, field, reading.value
        )
        filling.note("corrected", label=field.label, value=words)
        return go_on(filling)
    filling.draft = filling.draft.without_answer(field.id).asking_for(field.id)
    return _heard(filling, field, reading) if reading else _asks_anew(filling)


def _asks_anew(filling: Filling) -> Progress:
    filling.keep(filling.draft)
    return Progress(filling.notes, filling=True)


def _answered(filling: Filling) -> Progress | None:
    use = filling.use
    if use is None:
        return None
    if (use.optional or (filling.alarmed and use.field.id != "phone")) and _skips(filling):
        filling.answer(use.field.id, None)
        return go_on(filling)
    field = filling.completed(use.field)
    if field.type == "text" and _leaves_open(filling):
        return None
    if number := own_number(filling.conversation, field, filling.turn):
        return _heard(filling, field, Read(number))
    reading = filling.office.reader.read(field, filling.said, filling.office.context())
    if isinstance(reading, Refused):
        reading = _with_what_came_before(filling, field) or reading
    if reading is None:
        return write_instead(filling)
    return _heard(filling, field, reading)


def _with_what_came_before(filling: Filling, field: Field) -> Reading | None:
    """A place given in two goes: "PL4 7AA", and when its house number is asked for, "14"."""
    if field.type not in {"address", "location"} or not filling.draft.tries:
        return None
    said = [
        message.said.text
        for message in filling.work.conversations.messages(filling.conversation.id)
        if message.author is Author.RESIDENT and message.turn_id != filling.turn.id
    ]
    if not said:
        return None
    both = f"{filling.said}, {said[-1]}"
    reading = filling.office.reader.read(field, both, filling.office.context())
    found = isinstance(reading, Pick) or (isinstance(reading, Read) and reading.value["matched"])
    return reading if found else None


def _heard(filling: Filling, field: Field, reading: Reading) -> Progress:
    if isinstance(reading, Refused):
        if written := write_instead(filling):
            return written
        filling.note(f"refused_{reading.reason}")
        return _again(filling)
    if isinstance(reading, Pick):
        filling.keep(replace(filling.draft, candidates=reading.candidates))
        return Progress(filling.notes, filling=True)
    filling.answer(field.id, reading.value)
    if filling.turn.choice is None and len(filling.turn.text.split()) >= VOLUNTEERS:
        _volunteered(filling)
    return go_on(filling)


def _volunteered(filling: Filling) -> None:
    """Takes along what else the reply gives away, for fields still open."""
    open_fields = [
        filling.completed(use.field)
        for use in uses_in_order(filling.service, filling.draft)
        if use.field.id not in filling.draft.answers
    ]
    found = filling.office.reader.find(open_fields, filling.turn.text, filling.office.context())
    for field_id, value in found.items():
        filling.answer(field_id, value)
    _tell_noted(filling, list(found))


def _tell_noted(filling: Filling, field_ids: list[str]) -> None:
    """Says what was taken from a sentence that answered something else, so that it can be put
    right."""
    lines = [
        word(
            filling.office,
            filling.conversation,
            "summary_line",
            label=use.field.label,
            value=read_back(
                filling.office,
                filling.conversation,
                filling.service,
                use.field,
                filling.draft.value(use.field.id),
            ),
        )
        for use in uses_in_order(filling.service, filling.draft)
        if use.field.id in field_ids and use.field.type != "text"
    ]
    if lines:
        between = word(filling.office, filling.conversation, "summary_between")
        filling.note("noted", summary=between.join(lines))


_SKIPS = re.compile(r"(?i)\W*(skip( it| this)?|pass|leave it( blank)?|rather not( say)?|none)\W*")


_LEAVES_OUT = re.compile(r"(?i)\W*(skip( it| this)?|(i'd )?rather not( say)?)\W*")


def _leaves_open(filling: Filling) -> bool:
    """Whether the resident does not know the answer, or will not give it."""
    if filling.turn.choice is not None:
        return False
    skipped = _LEAVES_OUT.fullmatch(filling.turn.text) is not None
    return skipped or filling.steers("dont_know")


def _skips(filling: Filling) -> bool:
    if filling.turn.choice is not None:
        return filling.turn.choice == "skip"
    declined = any(filling.steers(label) for label in ("deny", "dont_know", "stop"))
    return declined or _SKIPS.fullmatch(filling.turn.text) is not None


def _unknown(filling: Filling) -> Progress | None:
    """ "I don't know": left open where that may be, else how to find it."""
    use = filling.use
    if use is None or not _leaves_open(filling):
        return None
    if use.field.may_be_unknown:
        filling.note("left_open")
        filling.answer(use.field.id, None)
        return go_on(filling)
    if use.field.help:
        said = speak(
            filling.office,
            filling.conversation,
            "field_help",
            service=filling.shown,
            help=use.field.help,
        )
        filling.notes = (*filling.notes, said)
    return _again(filling)


def _missed(filling: Filling) -> Progress:
    """Not an answer to this question; perhaps to another that is still open, or mere assent."""
    if filling.steers("affirm") and not filling.draft.tries:
        filling.keep(filling.draft)
        return Progress((), filling=True)
    if filling.turn.choice is None and filling.draft.asking != CONFIRM:
        before = len(filling.draft.answers)
        _volunteered(filling)
        if len(filling.draft.answers) > before:
            return go_on(filling)
    filling.note("still_not_caught" if filling.draft.tries else "not_caught")
    return _again(filling)
