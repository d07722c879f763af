"""Prepares a case that a person deals with: its own fields and no more, asked once."""

from __future__ import annotations

from dataclasses import replace

from casework.domain.catalogue import Service
from casework.domain.conversations import SAFETY, Conversation, Turn, Utterance
from casework.domain.drafts import Draft, DraftState, uses_in_order
from casework.domain.working_time import opens_next
from casework.ports.store import Work
from casework.use_cases.ask_draft import active_draft
from casework.use_cases.emergency_line import emergency_line
from casework.use_cases.filling import Filling
from casework.use_cases.finish_draft import go_on
from casework.use_cases.offer_link import goes_on_elsewhere, offer_link
from casework.use_cases.office import Office, Progress, speak, word
from casework.use_cases.open_draft import new_draft
from casework.use_cases.prepared import is_to_be_rung, to_be_rung
from casework.use_cases.read_back import clock_time
from casework.use_cases.staffing import opened, staffed
from casework.use_cases.take_along import tell_noted

DEATHS = frozenset({"bereavement", "register_death"})
"""Services that begin with a word of sympathy."""


def prepare_case(
    office: Office, work: Work, conversation: Conversation, service: Service, turn: Turn
) -> Progress:
    """Begins the service's own draft; says who takes it, and when nobody comes now, why."""
    comes = staffed(office, work, conversation.channel)
    conversation, draft = new_draft(office, work, conversation, service, turn)
    if goes_on_elsewhere(office, conversation, draft):
        return offer_link(office, work, conversation, draft)
    filling = Filling(office, work, conversation, draft, turn)
    if service.id in DEATHS:
        filling.note("sympathy")
    if comes:
        _say_person_comes(filling)
    else:
        _say_nobody_comes(filling)
    return _begun(filling)


def ring_about(
    office: Office,
    work: Work,
    conversation: Conversation,
    service: Service,
    turn: Turn,
    why: Utterance | None,
) -> Progress:
    """Goes on with the service's draft, or begins it, for somebody to ring about it: all that was
    said is kept. `why` says why nobody comes now, unless it has been said."""
    draft = active_draft(work, conversation)
    if draft is not None and draft.service == service.id and is_to_be_rung(draft):
        said = why or speak(office, conversation, "person_being_arranged", service=service.id)
        return Progress((replace(said, service=service.id),), filling=True)
    kept = draft if draft is not None and draft.service == service.id else None
    if kept is None:
        if draft is not None:
            work.drafts.save(replace(draft, state=DraftState.PARKED))
        kept = _put_aside(work, conversation, service)
    new = kept is None
    if kept is None:
        conversation, kept = new_draft(office, work, conversation, service, turn)
    kept = replace(kept, state=DraftState.FILLING)
    conversation = replace(conversation, draft_id=kept.id, service=service.id, offer=None)
    work.conversations.save(conversation)
    filling = Filling(office, work, conversation, kept, turn)
    filling.draft = to_be_rung(kept, filling.unsafe)
    if why is not None:
        filling.notes = (replace(why, service=service.id),)
    return _begun(filling) if new else go_on(filling)


def go_on_alone(filling: Filling) -> Progress:
    """Goes on with a prepared case for somebody who no longer waits: when to ring is asked too."""
    filling.draft = to_be_rung(filling.draft, filling.unsafe)
    return go_on(filling)


def _put_aside(work: Work, conversation: Conversation, service: Service) -> Draft | None:
    """The newest draft of the service that was put aside."""
    drafts = work.drafts.of_conversation(conversation.id)
    parked = [d for d in drafts if d.service == service.id and d.state is DraftState.PARKED]
    return parked[-1] if parked else None


def _begun(filling: Filling) -> Progress:
    since = filling.draft.created_at
    tell_noted(filling, [name for name, one in filling.draft.answers.items() if one.at >= since])
    return go_on(filling)


def _say_person_comes(filling: Filling) -> None:
    """How much is asked first; nothing when all is known: the queue says that a person comes."""
    uses = uses_in_order(filling.service, filling.draft)
    count = sum(use.field.id not in filling.draft.answers for use in uses)
    if not count:
        return
    office, conversation = filling.office, filling.conversation
    few = word(office, conversation, "things_some", count=count)
    things = word(office, conversation, "things_one") if count == 1 else few
    filling.note("begin_human", things=things, team=_team(filling))


def _say_nobody_comes(filling: Filling) -> None:
    office = filling.office
    filling.draft = to_be_rung(filling.draft, filling.unsafe)
    if opened(office):
        filling.note("begin_human_nobody", team=_team(filling))
    else:
        filling.note("begin_human_closed", team=_team(filling), opens=opening_in_words(filling))
    line = emergency_line(office, filling.work, filling.conversation, filling.service)
    if line is not None and filling.service.id not in SAFETY:
        # Of a danger the number has been told before anything else.
        filling.notes = (*filling.notes, line)


def opening_in_words(filling: Filling) -> str:
    """When staff are next at work, as residents say it."""
    office = filling.office
    opens = opens_next(
        office.clock.now(), office.council.hours, office.holidays.is_holiday, office.zone
    )
    return word(
        office,
        filling.conversation,
        "opens_at",
        day=f"{opens:%A} {opens.day} {opens:%B}",
        time=clock_time(opens),
    )


def _team(filling: Filling) -> str:
    return filling.office.council.teams[filling.service.team].name
