"""Asks a question again after a failure, and gives up properly after the third."""

from __future__ import annotations

from dataclasses import replace

from casework.domain.catalogue import CALLBACK
from casework.domain.drafts import CONFIRM
from casework.use_cases.ask_draft import CALL, GIVES_UP_AFTER
from casework.use_cases.filling import Filling
from casework.use_cases.finish_draft import go_on
from casework.use_cases.office import Progress, offering
from casework.use_cases.open_draft import REACHES
from casework.use_cases.prepared import is_to_be_rung
from casework.use_cases.request_person import hand_over
from casework.use_cases.staffing import staffed
from casework.use_cases.steer_draft import drop


def again(filling: Filling) -> Progress:
    """Asks the present question once more, in other words; a third failure never comes."""
    if filling.draft.tries >= GIVES_UP_AFTER:
        return _gives_up(filling)
    filling.keep(replace(filling.draft, tries=filling.draft.tries + 1))
    return Progress(filling.notes, filling=True)


def ask_for_the_rest(filling: Filling) -> Progress:
    """Asks for what is missing of an answer that was begun. It is no failure of its own, unless
    the same half comes twice."""
    messages = filling.work.conversations.messages(filling.conversation.id)
    said = [m.said.text for m in messages if m.turn_id != filling.turn.id]
    if filling.turn.text not in said:
        filling.draft = replace(filling.draft, tries=min(filling.draft.tries, 1))
    return again(filling)


def _gives_up(filling: Filling) -> Progress:
    """Leaves the question open where that may be, else has a person take over what there is."""
    use, ringing = filling.use, filling.service.id == CALLBACK or is_to_be_rung(filling.draft)
    filling.notes = ()
    if use is not None and (
        use.optional or use.field.may_be_unknown or (ringing and use.field.id not in REACHES)
    ):
        filling.note("left_open")
        filling.answer(use.field.id, None)
        return go_on(filling)
    if ringing:
        unclear = filling.draft.asking == CONFIRM
        filling.note("not_confirmed" if unclear else "cannot_be_rung")
        return drop(filling)
    filling.keep(filling.draft)
    if staffed(filling.office, filling.work, filling.conversation.channel):
        return hand_over(filling.office, filling.work, filling.conversation, filling.turn)
    return _offers_call(filling)


def _offers_call(filling: Filling) -> Progress:
    """Offers a call when nobody comes now; whoever would not have it is told how else to go on."""
    declined = f"call:{filling.draft.id}:{filling.draft.asking}"
    if declined in filling.conversation.offered:
        filling.note("cannot_go_on_without")
        filling.keep(replace(filling.draft, tries=1))
        return Progress(filling.notes, filling=True)
    offered = (*filling.conversation.offered, declined)
    filling.conversation = replace(filling.conversation, offered=offered)
    filling.conversation = offering(filling.work, filling.conversation, CALL)
    return Progress(filling.notes, filling=True)
