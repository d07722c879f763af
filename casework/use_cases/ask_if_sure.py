"""Asks about a date that does not fit the others, or lies so far back that it may be a slip."""

from __future__ import annotations

from dataclasses import replace

from casework.domain.drafts import Candidate
from casework.domain.fields import Field
from casework.ports.reading import Read
from casework.use_cases.ask_again import again
from casework.use_cases.check_sense import contradicts, doubted
from casework.use_cases.filling import Filling, agrees
from casework.use_cases.finish_draft import go_on
from casework.use_cases.office import Progress


def sure_of(filling: Filling, slip: Candidate) -> Progress | None:
    """The one value asked about, when it is agreed to or said once more."""
    field = filling.field
    if field is None:
        return None
    context = filling.office.context()
    if agrees(filling.office, filling.turn) is False:
        reading = filling.office.reader.read(field, filling.said, context)
        filling.draft = replace(filling.draft, candidates=())
        return None if isinstance(reading, Read) else again(filling)
    if not agrees(filling.office, filling.turn):
        reading = filling.office.reader.read(field, filling.said, context)
        if reading != Read(slip.value):
            return None
    filling.answer(field.id, slip.value)
    return go_on(filling)


def asked_about(filling: Filling, field: Field, value: object) -> Progress | None:
    """Asks again for a new value that does not fit the others, or may be a slip."""
    if contradicts(filling, field, value):
        filling.draft = filling.draft.without_answer(field.id).asking_for(field.id)
        return _anew(filling)
    if candidates := doubted(filling, field, value):
        asking = filling.draft.without_answer(field.id).asking_for(field.id)
        filling.draft = replace(asking, candidates=candidates)
        return _anew(filling)
    return None


def _anew(filling: Filling) -> Progress:
    filling.keep(filling.draft)
    return Progress(filling.notes, filling=True)
