"""Passes a conversation on to another team's people, with all that is known of it."""

from __future__ import annotations

from dataclasses import replace

from casework.domain.conversations import Author, Channel, Conversation, Mode
from casework.domain.errors import Invalid, NobodyThere, SendingFailed
from casework.domain.handoffs import Handoff, HandoffState, Note
from casework.domain.staff import Availability, StaffMember
from casework.ports.calls import CallControl
from casework.ports.store import Work
from casework.use_cases.hold_handoff import (
    hold_handoff,
    require_means,
    require_movable,
    require_own,
    written,
)
from casework.use_cases.join_queue import where_they_stand
from casework.use_cases.office import Office, word
from casework.use_cases.say_in_conversation import say_in_conversation
from casework.use_cases.staff_permissions import require_conversations
from casework.use_cases.staffing import TALKS


def teams_there(office: Office, work: Work, member: StaffMember, channel: Channel) -> list[str]:
    """Ids of the teams of which somebody else is at work who talks to residents."""
    there = {
        team
        for one in work.staff.all()
        if one.role in TALKS
        and one.id != member.id
        and one.availability is not Availability.AWAY
        and (channel is not Channel.VOICE or one.phone)
        for team in one.teams
    }
    return [team for team in office.council.teams if team in there]


def pass_on(
    office: Office,
    member: StaffMember,
    handoff_id: str,
    team: str,
    note: str | None = None,
    calls: CallControl | None = None,
) -> Handoff:
    """The handoff, waiting for that team at the place it always had. The resident hears so; `note`
    is for whoever takes it.

    A caller goes back to waiting, and the agent's own call ends. Raises Invalid (no such team, or
    a note of more than 2,000 characters), NotFound, NotAllowed, Conflict when it is not this
    member's now, RungBack, NobodyThere when nobody of that team is at work, and SendingFailed when
    the carrier does not part the two: hanging up then has the same effect.
    """
    require_conversations(member)
    if team not in office.council.teams:
        raise Invalid("unknown team")
    with office.store.begin() as work:
        conversation, handoff = hold_handoff(work, handoff_id)
        require_own(member, handoff)
        require_means(conversation, calls)
        require_movable(handoff)
        if team not in teams_there(office, work, member, conversation.channel):
            raise NobodyThere("nobody of that team is at work")
        call = handoff.call
        handoff = _waiting(office, member, handoff, team, note)
        work.handoffs.save(handoff)
        _tell(office, work, replace(conversation, mode=Mode.QUEUED), team)
    if conversation.channel is Channel.VOICE and calls is not None:
        _part(calls, conversation, call)
    return handoff


def _waiting(
    office: Office, member: StaffMember, handoff: Handoff, team: str, note: str | None
) -> Handoff:
    now = office.clock.now()
    notes = (Note(now, member.name, written(note)),) if note else ()
    return replace(
        handoff,
        state=HandoffState.WAITING,
        agent=None,
        taken_at=None,
        seen_at=None,
        call=None,
        team=team,
        held_at=None,
        # Whoever passed it on is not rung about it, those of the team are, whoever tried before.
        tried=(member.id,),
        notes=(*handoff.notes, *notes),
        updated_at=now,
    )


def _tell(office: Office, work: Work, conversation: Conversation, team: str) -> None:
    """What may be chosen while waiting is on offer again."""
    work.conversations.save(conversation)
    text = word(office, conversation, "passed_on", team=office.council.teams[team].name)
    said = replace(where_they_stand(office, work, conversation), text=text)
    say_in_conversation(office, work, conversation, [said], Author.BOT)


def _part(calls: CallControl, conversation: Conversation, call: str | None) -> None:
    """Takes the caller out of the talk before the agent's leg ends, which would end it."""
    refused: SendingFailed | None = None
    try:
        calls.bring_back(conversation.call_sid or "")
    except SendingFailed as failure:
        refused = failure
    if call is not None:
        calls.stop_ringing(call)
    elif refused is not None:
        raise refused
