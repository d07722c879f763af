"""Keeps the matter of somebody who left before a person came, as a case for the team."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from casework.domain.cases import Case
from casework.domain.catalogue import CALLBACK, INTAKE, PERSON
from casework.domain.conversations import SAFE_CONTACT, Channel, Conversation
from casework.domain.drafts import Answer, Draft, DraftState
from casework.domain.handoffs import Handoff, HandoffReason
from casework.ports.store import Work
from casework.use_cases.keep_prepared import keep_prepared
from casework.use_cases.office import Office
from casework.use_cases.open_cases import open_unanswered, with_evidence
from casework.use_cases.open_draft import source_of
from casework.use_cases.queue_rows import request_line


def keep_unanswered(
    office: Office,
    work: Work,
    conversation_id: str,
    handoff: Handoff,
    *,
    to_be_rung: bool = False,
) -> Case | None:
    """The case, for triage, with all that was told unconfirmed. None when nobody could be reached
    about it and nothing was told: a hole in the road wants mending whoever reported it. Whoever is
    in danger gets one even then, for the transcript that goes with it. `to_be_rung` says that they
    are promised a call, for which there must be a contact.

    Inside a unit of work that holds the conversation and has ended the handoff.
    """
    if prepared := keep_prepared(office, work, conversation_id):
        return prepared
    conversation = work.conversations.get(conversation_id)
    drafts = [
        one
        for one in work.drafts.of_conversation(conversation_id)
        if one.state in {DraftState.FILLING, DraftState.PARKED}
    ]
    contact = _contact(conversation, drafts, handoff)
    about = handoff.about or PERSON
    told = _told(drafts, about)
    worth_it = handoff.reason is HandoffReason.DANGER or (bool(told) and not to_be_rung)
    if contact is None and not worth_it:
        return None
    written = contact is not None and "@" in str(contact.value)
    fields = {**told, **_matter(office, work, conversation, handoff, written)}
    if contact is not None:
        fields["contact" if written else "phone"] = contact
    service = INTAKE if written else CALLBACK
    case = open_unanswered(office, work, conversation, service, about, fields)
    # What they sent before anything was told, if there is no form to bring it along.
    case = with_evidence(office, work, case, None)
    for draft in drafts:
        if about in {PERSON, draft.about, draft.service}:
            case = with_evidence(office, work, case, draft.id)
        if draft.service in {CALLBACK, INTAKE}:
            # It has become this case: nobody is asked to finish it.
            work.drafts.save(_became(office, draft, case))
    return case


def _contact(
    conversation: Conversation, drafts: Sequence[Draft], handoff: Handoff
) -> Answer | None:
    """What they gave to be reached, the newest first; else the number they rang or texted from,
    unless ringing that could put them at risk."""
    for draft in reversed(drafts):
        for name in ("phone", "contact"):
            held = draft.answers.get(name)
            if held is not None and held.value:
                return held
    if conversation.caller is None or SAFE_CONTACT in conversation.flags:
        return None
    if conversation.channel is Channel.WEB:
        return None
    return Answer(conversation.caller, source_of(conversation), handoff.created_at)


def _told(drafts: Sequence[Draft], about: str) -> Mapping[str, Answer]:
    """What was told towards the matter, so that it need not be asked again."""
    mine = [one for one in drafts if about in {PERSON, one.about, one.service}]
    return {name: one for draft in mine for name, one in draft.answers.items() if one.value}


def _matter(
    office: Office, work: Work, conversation: Conversation, handoff: Handoff, written: bool
) -> Mapping[str, Answer]:
    """What it is about, in their own words where they said any."""
    matter = office.council.services.get(handoff.about or "")
    drafts = work.drafts.of_conversation(conversation.id)
    words = request_line(work.conversations.messages(conversation.id), drafts, handoff)
    parts = [part for part in ("" if matter is None else matter.short, words) if part]
    if not parts:
        return {}
    answer = Answer(": ".join(parts), source_of(conversation), handoff.created_at)
    return {"summary" if written else "about": answer}


def _became(office: Office, draft: Draft, case: Case) -> Draft:
    now = office.clock.now()
    return replace(draft, state=DraftState.CONFIRMED, case_ref=case.ref, updated_at=now)
