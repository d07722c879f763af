"""Opens the case of a resident's form for them, once they have agreed in the conversation."""

from __future__ import annotations

from dataclasses import replace

from casework.domain.cases import Case
from casework.domain.conversations import Author, Conversation
from casework.domain.drafts import Draft, DraftState
from casework.domain.errors import Conflict, FieldsMissing
from casework.domain.handoffs import Handoff
from casework.domain.staff import StaffMember
from casework.ports.store import Work
from casework.use_cases.ask_draft import active_draft
from casework.use_cases.hold_handoff import hold_handoff, require_own
from casework.use_cases.look_up import LOOK_UPS
from casework.use_cases.office import Office, speak
from casework.use_cases.open_cases import open_cases
from casework.use_cases.prepared import missing, service_taken
from casework.use_cases.read_back import grouped_reference
from casework.use_cases.say_in_conversation import say_in_conversation
from casework.use_cases.staff_permissions import require_conversations


def open_as_agent(office: Office, member: StaffMember, handoff_id: str) -> Case:
    """The case, opened in the name of who read it back; the resident is told its reference. Twice
    is as once.

    Raises NotFound, NotAllowed, Conflict when the conversation is not this member's now or no form
    is open, and FieldsMissing, naming them.
    """
    require_conversations(member)
    with office.store.begin() as work:
        conversation, handoff = hold_handoff(work, handoff_id)
        require_own(member, handoff)
        agreed = f"staff:{member.name}:{handoff.id}"
        draft = _form(office, work, conversation)
        if draft is None:
            return _opened_before(work, conversation, agreed)
        service = service_taken(office.council, draft)
        if lacking := missing(service, draft):
            raise FieldsMissing(lacking)
        draft = replace(draft, yes_turn_id=agreed)
        case, _ = open_cases(office, work, conversation, draft, by=member.name)
        done = replace(draft, state=DraftState.CONFIRMED, case_ref=case.ref)
        work.drafts.save(replace(done, updated_at=office.clock.now()))
        _tell(office, work, conversation, handoff, case)
        return case


def _form(office: Office, work: Work, conversation: Conversation) -> Draft | None:
    """The form being filled, else the newest put aside, if it ends in a case."""
    drafts = work.drafts.of_conversation(conversation.id)
    parked = [draft for draft in reversed(drafts) if draft.state is DraftState.PARKED]
    active = active_draft(work, conversation)
    for draft in (*([active] if active else []), *parked):
        if draft.service in office.council.services and draft.service not in LOOK_UPS:
            return work.drafts.get(draft.id)
    return None


def _opened_before(work: Work, conversation: Conversation, agreed: str) -> Case:
    """The case that this agent opened in this handoff. Raises Conflict without one."""
    for draft in reversed(work.drafts.of_conversation(conversation.id)):
        if draft.yes_turn_id == agreed and draft.case_ref is not None:
            return work.cases.get(draft.case_ref)
    raise Conflict("no form is open")


def _tell(
    office: Office, work: Work, conversation: Conversation, handoff: Handoff, case: Case
) -> None:
    said = speak(
        office,
        conversation,
        "agent_opened",
        service=case.service,
        ref=grouped_reference(case.ref, conversation.channel),
        team=office.council.teams[case.team].name,
    )
    told = replace(said, case_refs=(case.ref,))
    say_in_conversation(
        office, work, replace(conversation, offer=None), [told], Author.SYSTEM,
        turn_id=f"agent-case-{handoff.id}-{case.ref}",
    )  # fmt: skip
