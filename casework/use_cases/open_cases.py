"""Opens the case, or the parent and its children, that a confirmed draft asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from casework.domain.cases import Case, HistoryEntry, Verification
from casework.domain.catalogue import Kind, Service
from casework.domain.conversations import SAFETY, Author, Conversation
from casework.domain.drafts import Answer, Draft, DraftState, uses_in_order
from casework.domain.errors import Conflict, Invalid, NotFound
from casework.domain.working_time import due_at
from casework.ports.store import Work
from casework.use_cases.office import Office
from casework.use_cases.open_draft import source_of

TELL = "services_to_tell"
"""The field that names the teams to be told of a change."""

ATTEMPTS = 5

OWN_WORDS = 4
"""Words from which on a message counts as an account of what happened."""


def open_cases(
    office: Office, work: Work, conversation: Conversation, draft: Draft
) -> tuple[Case, list[Case]]:
    """The case for the service's own team and one for each other team chosen.

    Raises Invalid unless the resident's yes to the read-back is recorded in the draft.
    """
    if draft.yes_turn_id is None:
        raise Invalid(f"draft {draft.id} was not confirmed")
    service = office.council.service(draft.service)
    fields = _confirmed(service, draft)
    team = office.council.service(draft.about).team if draft.about else service.team
    parent = _add(
        office,
        work,
        _case(
            office,
            conversation,
            draft,
            service,
            team,
            {**_captured(work, draft), **_account(work, conversation, draft), **fields},
        ),
    )
    chosen = draft.value(TELL) or []
    children = []
    for tell in service.tells:
        if tell.team in chosen and tell.team != team:
            needed = {name: fields[name] for name in tell.fields if name in fields}
            child = _case(office, conversation, draft, service, tell.team, needed)
            children.append(_add(office, work, replace(child, parent_ref=parent.ref)))
    return parent, children


def _confirmed(service: Service, draft: Draft) -> dict[str, Answer]:
    """The draft's answers to fields that apply, marked as read back and agreed."""
    applying = [use.field.id for use in uses_in_order(service, draft)]
    return {k: replace(draft.answers[k], confirmed=True) for k in applying if k in draft.answers}


def _captured(work: Work, draft: Draft) -> dict[str, Answer]:
    """What a parked draft had gathered before the resident asked for a person instead.

    It was not read back, so it goes along unconfirmed: whoever rings back need not ask again.
    """
    parked = [
        other
        for other in work.drafts.of_conversation(draft.conversation_id)
        if other.state is DraftState.PARKED and draft.about == (other.about or other.service)
    ]
    return dict(parked[-1].answers) if parked else {}


def _account(work: Work, conversation: Conversation, draft: Draft) -> dict[str, Answer]:
    """What a resident in danger said, in their own words, for whoever gets in touch."""
    if draft.about not in SAFETY:
        return {}
    said = [
        message
        for message in work.conversations.messages(conversation.id)
        if message.author is Author.RESIDENT and len(message.said.text.split()) >= OWN_WORDS
    ]
    words = "\n".join(message.said.text for message in said)
    return {"summary": Answer(words, source_of(conversation), said[0].at)} if said else {}


def _case(
    office: Office,
    conversation: Conversation,
    draft: Draft,
    service: Service,
    team: str,
    fields: Mapping[str, Answer],
) -> Case:
    now = office.clock.now()
    return Case(
        ref="",
        service=service.id,
        team=team,
        tier=str(service.tier),
        about=draft.about,
        opened_at=now,
        conversation_id=conversation.id,
        verification=verification(service, fields),
        valid_notice=service.notice if service.kind is Kind.CHANGE else None,
        flags=conversation.flags,
        fields=fields,
        due_at=due_at(service, now, office.council.hours, office.holidays.is_holiday, office.zone),
        history=(HistoryEntry(at=now, by="resident", what="opened"),),
    )


def verification(service: Service, fields: Mapping[str, Answer]) -> Verification:
    """How sure we are who reported this.

    A service that needs identity is intake only until a person has checked it; one that needs a
    contact has it when a way to reach the resident was given.
    """
    if service.verify == "identity":
        return Verification.UNVERIFIED
    reached = any(fields[k].value for k in ("contact", "phone") if k in fields)
    if service.verify == "contact":
        return Verification.CONTACT if reached else Verification.UNVERIFIED
    return Verification.CONTACT if reached else Verification.NOT_NEEDED


def _add(office: Office, work: Work, case: Case) -> Case:
    """Gives the case a reference nobody has yet."""
    for _ in range(ATTEMPTS):
        numbered = replace(case, ref=office.ids.new_reference())
        if not taken(work, numbered.ref):
            work.cases.add(numbered)
            return numbered
    raise Conflict("no free reference found")


def taken(work: Work, ref: str) -> bool:
    """Whether a case has this reference."""
    try:
        work.cases.get(ref)
    except NotFound:
        return False
    return True
