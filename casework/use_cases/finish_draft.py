"""Ends a draft whose questions are answered: an answer looked up, or cases opened after a yes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from casework.domain.branches import holds
from casework.domain.cases import Case
from casework.domain.catalogue import Kind, Service
from casework.domain.contact_wishes import FIELD
from casework.domain.conversations import SAFETY, Channel, Link, Utterance
from casework.domain.drafts import CONFIRM, Draft, DraftState, next_question
from casework.domain.urgency import URGENT
from casework.use_cases.carry_over import carry_over
from casework.use_cases.check_identity import identity_question
from casework.use_cases.check_sense import drop_contradictions, tell_notice_rule
from casework.use_cases.emergency_line import emergency_line
from casework.use_cases.filling import Filling
from casework.use_cases.link_earlier import link_earlier
from casework.use_cases.look_up import LOOK_UPS
from casework.use_cases.offer_next import offer_next
from casework.use_cases.offer_upload import offer_upload
from casework.use_cases.office import Office, Progress, speak
from casework.use_cases.open_cases import open_cases
from casework.use_cases.prepared import WHEN, is_prepared
from casework.use_cases.queue_or_ring import queue_or_ring
from casework.use_cases.read_back import grouped_reference, read_back
from casework.use_cases.tell_hours import in_words
from casework.use_cases.told_before import ask_if_told, flag_possible


def go_on(filling: Filling) -> Progress:
    """Asks the next question, or finishes what needs no read-back: an answer looked up, or a
    person brought in to whom all is then known."""
    carry_over(filling)
    link_earlier(filling)
    drop_contradictions(filling)
    tell_notice_rule(filling)
    wanted = identity_question(filling) or next_question(filling.service, filling.draft)
    filling.draft = filling.draft.asking_for(wanted)
    return ask_if_told(filling) or queue_or_ring(filling) or finish_draft(filling)


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
    flag_possible(filling, parent)
    passed_on = is_prepared(filling.service)
    said = _passed_on(filling, parent) if passed_on else _opened(filling, parent, children)
    shown = filling.office.council.service(filling.shown)
    line = emergency_line(filling.office, filling.work, filling.conversation, shown, filling.draft)
    upload = offer_upload(filling.office, filling.work, filling.conversation, parent)
    more = [] if upload is None else [upload]
    if FIELD in parent.fields:
        more.append(
            speak(filling.office, filling.conversation, "wishes_noted", service=filling.shown)
        )
    if line is None or told_at_once(filling.draft) in filling.conversation.offered:
        return _done(filling, said, *_marked(filling, parent, shown), *more)
    return _done(filling, said, line, *more)


def told_at_once(draft: Draft) -> str:
    """What is noted in `offered` when the number for what cannot wait was told at the beginning."""
    return f"line:{draft.id}"


def _marked(filling: Filling, case: Case, shown: Service) -> tuple[Utterance, ...]:
    """That staff see that it cannot wait."""
    if URGENT not in case.flags or shown.id in SAFETY:
        return ()
    return (speak(filling.office, filling.conversation, "marked_urgent", service=shown.id),)


def _done(filling: Filling, *said: Utterance) -> Progress:
    filling.keep(replace(filling.draft, state=DraftState.CONFIRMED))
    met = filling.service.id if filling.draft.about is None else None
    _, more = offer_next(filling.office, filling.work, filling.conversation, met)
    return Progress((*filling.notes, *said, *more), filling=False)


def _opened(filling: Filling, parent: Case, children: list[Case]) -> Utterance:
    office, conversation, service = filling.office, filling.conversation, filling.service
    teams = [office.council.teams[case.team].name for case in (parent, *children)]
    teams = list(dict.fromkeys(teams))
    when = service.use("when")
    slot = filling.draft.value("when")
    filled: dict[str, str] = {
        "ref": grouped_reference(parent.ref, conversation.channel),
        "team": teams[0],
        "teams": _in_a_row(office, filling, teams),
        "due": _due(office, parent, conversation.channel),
        "when": read_back(office, conversation, service, when.field, slot) if when else "",
    }
    if own := _own_ending(filling, filled):
        return replace(own, case_refs=(parent.ref,))
    key = f"opened_{service.id}" if service.id in _OWN_WORDS else f"opened_{service.kind}"
    identity = conversation.identity
    if identity is not None and identity.verified and service.kind is Kind.CHANGE:
        # There is nobody left to check.
        key = "opened_change_verified"
    said = speak(
        office,
        conversation,
        key,
        service=filling.shown,
        ref=filled["ref"],
        team=filled["team"],
        teams=filled["teams"],
        due=filled["due"],
        when=filled["when"],
    )
    return replace(said, case_refs=(parent.ref,))


def _own_ending(filling: Filling, filled: Mapping[str, str]) -> Utterance | None:
    """The service's own words at the end that fit the answers, with their links."""
    service, council = filling.service, filling.office.council
    if filling.draft.about is not None:
        return None
    fitting = (one for one in service.ends if holds(one.when, filling.draft.values))
    ending = next(fitting, None)
    if ending is None:
        return None
    text = council.fill(ending.said, filling.conversation.channel, **filled)
    links = tuple(Link(one.label, one.url.format_map(council.facts)) for one in ending.links)
    return Utterance(text=text, service=filling.shown, links=links)


def _passed_on(filling: Filling, case: Case) -> Utterance:
    """What becomes of a case that a person deals with: rung about, written about, or neither."""
    office, conversation, draft = filling.office, filling.conversation, filling.draft
    ref = grouped_reference(case.ref, conversation.channel)
    team, service = office.council.teams[case.team].name, filling.shown
    use, slot = filling.service.use(WHEN), draft.value(WHEN)
    if use is not None and slot:
        said = speak(
            office,
            conversation,
            "opened_human_ring",
            service=service,
            ref=ref,
            team=team,
            when=read_back(office, conversation, filling.service, use.field, slot),
        )
    elif "@" in str(draft.value("contact")):
        said = speak(
            office,
            conversation,
            "opened_human_write",
            service=service,
            ref=ref,
            team=team,
            due=_due(office, case, conversation.channel),
        )
    else:
        said = speak(office, conversation, "opened_human", service=service, ref=ref, team=team)
    return replace(said, case_refs=(case.ref,))


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
