"""Opens the case, or the parent and its children, that a confirmed draft asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from casework.domain.branches import branched
from casework.domain.cases import Case, CaseStatus, HistoryEntry, Verification
from casework.domain.catalogue import CALLBACK, Kind, Notice, Service
from casework.domain.conversations import SAFETY, Author, Conversation
from casework.domain.drafts import Answer, Draft, DraftState, uses_in_order
from casework.domain.errors import Conflict, Invalid, NotFound
from casework.domain.evidence import RECEIVED
from casework.domain.identity import AUTHORITY, RELATIONSHIP, RESIDENT, THIRD_PARTY, Identity
from casework.domain.urgency import URGENT
from casework.domain.working_time import due_at
from casework.ports.store import Work
from casework.use_cases.apply_change import apply_at_once
from casework.use_cases.emergency_line import cannot_wait
from casework.use_cases.hear_wishes import wish_field
from casework.use_cases.office import Office
from casework.use_cases.open_draft import source_of
from casework.use_cases.prepared import WHEN, call_fields, is_prepared, is_to_be_rung, number_of

TELL = "services_to_tell"
"""The field that names the teams to be told of a change."""

ATTEMPTS = 5
"""References tried: of ten million few are taken, so that a second is rarely needed."""

OWN_WORDS = 4
"""Words from which on a message counts as an account of what happened."""


def open_cases(
    office: Office, work: Work, conversation: Conversation, draft: Draft, by: str = "resident"
) -> tuple[Case, list[Case]]:
    """The case for the service's own team and one for each other team that was chosen or that the
    council's data says must know; for a person's case the call that goes with
    it. `by` is who agreed to the read-back: `resident`, or the name of the member of staff whom
    they told.

    Raises Invalid unless the yes to the read-back is recorded in the draft.
    """
    if draft.yes_turn_id is None:
        raise Invalid(f"draft {draft.id} was not confirmed")
    service = branched(office.council.service(draft.service), draft.values)
    fields = _confirmed(service, draft)
    team = office.council.service(draft.about).team if draft.about else service.team
    third_party = _third_party(conversation, office.clock.now())
    told = {**_captured(work, draft), **_account(work, conversation, draft)}
    wishes = wish_field(office, work, conversation)
    held = {**told, **third_party, **fields, **wishes}
    case = _case(office, conversation, draft, service, team, held)
    parent = apply_at_once(office, work, _add(office, work, _opened_by(case, by)))
    parent = with_evidence(office, work, parent, draft.id)
    chosen = {tell.team for tell in service.tells if tell.must} | set(draft.value(TELL) or ())
    children = []
    for tell in service.tells:
        if tell.team in chosen and tell.team != team:
            needed = {name: fields[name] for name in tell.fields if name in fields} | wishes
            if RESIDENT in third_party:
                needed = {RESIDENT: third_party[RESIDENT], **needed}
            child = _case(office, conversation, draft, service, tell.team, needed)
            child = replace(_opened_by(child, by), parent_ref=parent.ref)
            children.append(_add(office, work, child))
    call = _call(office, conversation, draft, service)
    if call is not None:
        call = replace(call, fields={**call.fields, **wishes})
        call = replace(_opened_by(call, by), parent_ref=parent.ref)
        children.append(_add(office, work, call))
    return parent, children


def open_prepared(
    office: Office, work: Work, conversation: Conversation, draft: Draft, status: CaseStatus
) -> Case:
    """The case of a draft that nobody could agree to any more, with its fields unconfirmed."""
    service = office.council.service(draft.service)
    applying = [use.field.id for use in uses_in_order(service, draft)]
    fields = {name: draft.answers[name] for name in applying if name in draft.answers}
    fields |= wish_field(office, work, conversation)
    case = _case(office, conversation, draft, service, service.team, fields)
    opened = _add(office, work, replace(_opened_by(case, "assistant"), status=status))
    return with_evidence(office, work, opened, draft.id)


def with_evidence(office: Office, work: Work, case: Case, draft_id: str | None) -> Case:
    """The case with what was sent while it was being told."""
    if not work.evidence.attach(case.conversation_id, case.ref, draft_id):
        return case
    held = case.changed(HistoryEntry(at=office.clock.now(), by="resident", what=RECEIVED))
    work.cases.save(held)
    return held


def open_unanswered(
    office: Office,
    work: Work,
    conversation: Conversation,
    service: str,
    about: str,
    fields: Mapping[str, Answer],
) -> Case:
    """The case, for triage, of somebody who left before a person came: nothing in it was agreed.
    `service` is what is to be done, `about` the matter, which says whose it is."""
    book, now = office.council, office.clock.now()
    matter = book.services.get(about)
    taken_as = book.service(service)
    team = matter.team if matter is not None else taken_as.team
    draft = Draft("", conversation.id, service, now, now, about=about)
    held = {**fields, **wish_field(office, work, conversation)}
    case = _case(office, conversation, draft, taken_as, team, held)
    opened = replace(case.history[0], by="assistant", what="left_waiting")
    triage = replace(case, history=(opened,), status=CaseStatus.FOR_TRIAGE)
    return _add(office, work, triage)


def _call(
    office: Office, conversation: Conversation, draft: Draft, service: Service
) -> Case | None:
    """The call about a case, for the same team, when a time for it was agreed."""
    agreed = service.use(WHEN) is not None and draft.value(WHEN) is not None
    rung = is_prepared(service) and is_to_be_rung(draft)
    if service.id == CALLBACK or not (rung or agreed) or number_of(draft) is None:
        return None
    ringing = office.council.service(CALLBACK)
    fields = {
        name: replace(answer, confirmed=True)
        for name, answer in call_fields(draft, service.short).items()
    }
    about = replace(draft, about=service.id)
    return _case(office, conversation, about, ringing, service.team, fields)


def _opened_by(case: Case, by: str) -> Case:
    """The case as opened in somebody's name: a member of staff has read it back and been told yes;
    the assistant has not been answered any more."""
    how = {"resident": "opened", "assistant": "opened_unconfirmed"}.get(by, "opened_as_agreed")
    (opened,) = case.history
    return replace(case, history=(replace(opened, by=by, what=how),))


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
    now, identity = office.clock.now(), conversation.identity
    found = verification(service, fields, identity)
    return Case(
        ref="",
        service=service.id,
        team=team,
        tier=str(service.tier),
        about=draft.about,
        opened_at=now,
        conversation_id=conversation.id,
        verification=found,
        valid_notice=is_notice(service, conversation, found),
        account_ref=None if identity is None else identity.account_ref,
        verified_how=None if identity is None else identity.how,
        flags=_flags(office, conversation, draft),
        fields=fields,
        due_at=due_at(service, now, office.council.hours, office.holidays.is_holiday, office.zone),
        history=(HistoryEntry(at=now, by="resident", what="opened"),),
    )


def _flags(office: Office, conversation: Conversation, draft: Draft) -> tuple[str, ...]:
    """The conversation's, and whether this matter cannot wait."""
    if not cannot_wait(office, draft):
        return conversation.flags
    return tuple(dict.fromkeys((*conversation.flags, URGENT)))


def is_notice(service: Service, conversation: Conversation, found: Verification) -> bool | None:
    """Whether the report is the notice that a rule asks for, by the council's own flags: never from
    somebody who speaks for another. None where no rule asks for one."""
    if service.kind is not Kind.CHANGE:
        return None
    if THIRD_PARTY in conversation.flags:
        return False
    says = service.notice.get(conversation.channel, Notice.NEVER)
    verified = found is Verification.IDENTITY
    return says is Notice.ALWAYS or (says is Notice.IDENTITY and verified)


def _third_party(conversation: Conversation, now: datetime) -> dict[str, Answer]:
    """What somebody who speaks for another said of themselves; nobody has checked it."""
    identity = conversation.identity
    if identity is None or THIRD_PARTY not in conversation.flags:
        return {}
    said = {
        RESIDENT: identity.resident or None,
        RELATIONSHIP: identity.relationship,
        AUTHORITY: identity.authority,
    }
    source = source_of(conversation)
    return {name: Answer(one, source, now) for name, one in said.items() if one is not None}


def verification(
    service: Service, fields: Mapping[str, Answer], identity: Identity | None = None
) -> Verification:
    """How sure we are who reported this.

    A service that needs identity is intake only until a person has checked it, unless identity held
    in the conversation; one that needs a contact has it when a way to reach the resident was given.
    """
    if identity is not None and identity.verified:
        return Verification.IDENTITY
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
