"""Ends a draft whose questions are answered: an answer looked up, or cases opened after a yes."""

from __future__ import annotations

from dataclasses import replace

from casework.domain.cases import Case
from casework.domain.conversations import Channel, Utterance
from casework.domain.drafts import CONFIRM, DraftState, next_question
from casework.use_cases.filling import Filling
from casework.use_cases.look_up import LOOK_UPS, in_words
from casework.use_cases.offer_next import offer_next
from casework.use_cases.office import Office, Progress, speak
from casework.use_cases.open_cases import open_cases
from casework.use_cases.read_back import grouped_reference, read_back


def go_on(filling: Filling) -> Progress:
    """Asks the next question, or finishes what needs no read-back."""
    draft = filling.draft
    filling.draft = draft.asking_for(next_question(filling.service, draft))
    return finish_draft(filling)


def finish_draft(filling: Filling) -> Progress:
    """Saves the draft and, when nothing more is to be asked, does what it was for."""
    if filling.draft.asking != CONFIRM:
        filling.keep(filling.draft)
        return Progress(filling.notes, filling=True)
    look_up = LOOK_UPS.get(filling.service.id)
    if look_up is not None:
        return _done(filling, look_up(filling))
    if filling.draft.yes_turn_id is None:
        filling.keep(filling.draft)
        return Progress(filling.notes, filling=True)
    parent, children = open_cases(filling.office, filling.work, filling.conversation, filling.draft)
    filling.draft = replace(filling.draft, case_ref=parent.ref)
    return _done(filling, _opened(filling, parent, children))


def _done(filling: Filling, said: Utterance) -> Progress:
    filling.keep(replace(filling.draft, state=DraftState.CONFIRMED))
    met = filling.service.id if filling.draft.about is None else None
    _, more = offer_next(filling.office, filling.work, filling.conversation, met)
    return Progress((*filling.notes, said, *more), filling=False)


def _opened(filling: Filling, parent: Case, children: list[Case]) -> Utterance:
    office, conversation, service = filling.office, filling.conversation, filling.service
    teams = [office.council.teams[case.team].name for case in (parent, *children)]
    when = service.use("when")
    said = speak(
        office,
        conversation,
        f"opened_{service.id}" if service.id in _OWN_WORDS else f"opened_{service.kind}",
        service=filling.shown,
        ref=grouped_reference(parent.ref, conversation.channel),
        team=teams[0],
        teams=_in_a_row(office, filling, teams),
        due=_due(office, parent, conversation.channel),
        when=read_back(office, conversation, service, when.field, filling.draft.value("when"))
        if when
        else "",
    )
    return replace(said, case_refs=(parent.ref,))


_OWN_WORDS = frozenset({"callback", "information_request"})


def _in_a_row(office: Office, filling: Filling, names: list[str]) -> str:
    if len(names) == 1:
        return names[0]
    last = office.council.say("and", filling.conversation.channel)
    return f"{', '.join(names[:-1])} {last} {names[-1]}"


def _due(office: Office, case: Case, channel: Channel) -> str:
    """When the team will have dealt with it, in words; from the case's own due time."""
    if case.due_at is None:
        return office.council.say("due_unknown", channel)
    return in_words(case.due_at.astimezone(office.zone).date())
