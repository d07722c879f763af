"""Several candidates for one value: the resident picks, or says that none is right."""

from __future__ import annotations

from dataclasses import replace

from casework.domain.commands import Command, command_in
from casework.domain.fields import Option
from casework.domain.lists import rejects_all
from casework.ports.reading import Pick, Read
from casework.use_cases.ask_again import again
from casework.use_cases.ask_draft import NONE_OF_THESE, is_asked_alone
from casework.use_cases.ask_if_sure import sure_of
from casework.use_cases.filling import WHICH, Filling
from casework.use_cases.finish_draft import go_on
from casework.use_cases.office import Progress


def offer_candidates(filling: Filling, several: Pick) -> Progress:
    """Has the resident pick; the same list once more, or a longer one, is a failure like any
    other."""
    known = {candidate.label for candidate in filling.draft.candidates}
    again_the_same = bool(known) and known <= {one.label for one in several.candidates}
    filling.draft = replace(filling.draft, candidates=several.candidates)
    if again_the_same:
        return again(filling)
    filling.keep(filling.draft)
    return Progress(filling.notes, filling=True)


def choose_candidate(filling: Filling) -> Progress | None:
    """One of several candidates for a value, by its place or its words."""
    candidates, use = filling.draft.candidates, filling.use
    if not candidates or use is None:
        return None
    if _means_none(filling):
        filling.draft = replace(filling.draft, candidates=())
        return again(filling)
    if len(candidates) == 1 and is_asked_alone(filling.conversation, use.field):
        return sure_of(filling, candidates[0])
    options = tuple(Option(str(n), c.label) for n, c in enumerate(candidates, 1))
    asked = replace(WHICH, options=options)
    reading = filling.office.reader.read(asked, filling.said, filling.office.context())
    if not isinstance(reading, Read):
        return _time_among(filling) or _adds_to_place(filling)
    filling.answer(use.field.id, candidates[int(reading.value) - 1].value)
    return go_on(filling)


def _time_among(filling: Filling) -> Progress | None:
    """Of several times to ring the one that "the morning" or "at ten" is said of."""
    field, offered = filling.field, [one.value for one in filling.draft.candidates]
    if field is None or field.type != "callback_slot" or filling.turn.choice is not None:
        return None
    among = replace(field, options=tuple(one for one in field.options if one.id in offered))
    reading = filling.office.reader.read(among, filling.said, filling.office.context())
    if not isinstance(reading, Read):
        return None
    filling.answer(field.id, reading.value)
    return go_on(filling)


def _adds_to_place(filling: Filling) -> Progress | None:
    """Keeps "by number 14" with the street that was told before, and asks once more which of its
    name it is; None for all else. Taken alone it would stand in the street's place."""
    use, said = filling.use, filling.said.strip(" .!,")
    if use is None or use.field.type != "location" or filling.turn.choice is not None:
        return None
    reading = filling.office.reader.read(use.field, said, filling.office.context())
    if not isinstance(reading, Read) or reading.value["matched"] or reading.value["lat"]:
        return None
    more = reading.value["text"]
    filling.draft = replace(
        filling.draft,
        candidates=tuple(
            replace(one, value={**one.value, "text": f"{one.value['text']}, {more}"})
            for one in filling.draft.candidates
            if isinstance(one.value, dict)
        ),
    )
    return again(filling)


def _means_none(filling: Filling) -> bool:
    """Whether none of the candidates is right."""
    if filling.turn.choice is not None:
        return filling.turn.choice == NONE_OF_THESE
    heard = command_in(filling.turn.text)
    wrong = heard is not None and heard.command is Command.NOT_THAT
    return wrong or rejects_all(filling.turn.text) or filling.steers("deny")
