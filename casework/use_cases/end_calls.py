"""How the ringing and the talking end: declined, caller gone, agent gone."""

from __future__ import annotations

from dataclasses import replace

from casework.domain.conversations import Author, Conversation, Mode
from casework.domain.drafts import DraftState
from casework.domain.errors import SendingFailed
from casework.domain.handoffs import UNANSWERED, Handoff, HandoffState
from casework.ports.calls import CallControl
from casework.ports.store import Work
from casework.use_cases.ask_draft import active_draft
from casework.use_cases.forget_draft import forget_unkept
from casework.use_cases.hold_handoff import hold_handoff
from casework.use_cases.keep_draft import keep_dropped
from casework.use_cases.keep_unanswered import keep_unanswered
from casework.use_cases.offer_next import offer_next
from casework.use_cases.office import Office
from casework.use_cases.say_in_conversation import say_in_conversation


def queue_again(
    office: Office, handoff_id: str, staff_id: str, call: str | None, *, once_more: bool = False
) -> bool:
    """Lets the next agent be rung: this one declined, did not answer or was not put through.

    `call` is the carrier's id of the call that came to nothing (None: there was none); news of
    another one changes nothing. `once_more` lets the same agent be rung again. Whether anything
    changed; raises NotFound.
    """
    with office.store.begin() as work:
        conversation, handoff = hold_handoff(work, handoff_id)
        if not _is_about(handoff, staff_id, call) or not handoff.is_open:
            return False
        tried = [one for one in handoff.tried if one != staff_id]
        again = replace(
            handoff,
            state=HandoffState.WAITING,
            agent=None,
            taken_at=None,
            call=None,
            tried=tuple(tried) if once_more else (*tried, staff_id),
            updated_at=office.clock.now(),
        )
        work.handoffs.save(again)
        if conversation.mode is Mode.AGENT:
            mode = Mode.CLOSED if handoff.ring_back else Mode.QUEUED
            work.conversations.save(replace(conversation, mode=mode))
    return True


def note_call(office: Office, handoff_id: str, staff_id: str, call: str) -> None:
    """Keeps which call an agent talks in. Raises NotFound."""
    with office.store.begin() as work:
        _, handoff = hold_handoff(work, handoff_id)
        if handoff.agent == staff_id and handoff.is_open and handoff.call != call:
            work.handoffs.save(replace(handoff, call=call))


def agent_left(
    office: Office, handoff_id: str, staff_id: str, call: str, *, leg_over: bool = True
) -> bool:
    """The agent has put the telephone down: the talk is over, and the assistant goes on.

    What was being filled in is put aside: the agent may have dealt with it, so the caller is
    asked. `leg_over` says that the agent's own call is known to have ended: the carrier is not
    asked to end it then. Whether anything changed for the caller; raises NotFound.
    """
    with office.store.begin() as work:
        conversation, handoff = hold_handoff(work, handoff_id)
        if not handoff.is_open and handoff.call == call and leg_over:
            work.handoffs.save(replace(handoff, call=None))
            return False
        taken = handoff.state is HandoffState.TAKEN
        if not taken or handoff.call is None or not _is_about(handoff, staff_id, call):
            return False
        now, kept = office.clock.now(), None if leg_over else handoff.call
        ended = replace(handoff, state=HandoffState.ENDED, ended_at=now, updated_at=now, call=kept)
        if handoff.ring_back:
            end_rung_back(office, work, conversation, ended)
            return True
        work.handoffs.save(ended)
        if conversation.mode is not Mode.CLOSED:
            _go_on(office, work, conversation)
    return True


def caller_left(office: Office, conversation_id: str) -> None:
    """The caller has put the telephone down: nobody is wanted any more. What was
    prepared for the person is kept for the team. Raises NotFound."""
    with office.store.begin() as work:
        conversation = work.conversations.get(conversation_id)
        found = work.handoffs.of_conversation(conversation_id)
        if any(one.is_open and one.ring_back for one in found):
            # They keep their place, and all that they told.
            return
        keep_dropped(office, work, conversation)
        forget_unkept(work, conversation, None)
        for one in found:
            if one.is_open:
                handoff = work.handoffs.get(one.id)
                now = office.clock.now()
                gone = handoff.state in UNANSWERED
                state = HandoffState.GONE if gone else HandoffState.ENDED
                ended = replace(handoff, state=state, ended_at=now, updated_at=now)
                work.handoffs.save(ended)
                if gone:
                    keep_unanswered(office, work, conversation_id, ended)


def drop_agents(office: Office, calls: CallControl, conversation_id: str) -> bool:
    """Ends the calls to agents that nobody is at the other end of any more; whether there were
    any. Raises SendingFailed when the carrier does not; it may then be tried again."""
    with office.store.begin(reading=True) as work:
        handoffs = work.handoffs.of_conversation(conversation_id)
    dropped = False
    for handoff in handoffs:
        # Taken out first: of two that come at once, one asks the carrier.
        call = _take_out(office, handoff.id)
        if call is None:
            continue
        try:
            calls.stop_ringing(call)
        except SendingFailed:
            _put_back(office, handoff.id, call)
            raise
        dropped = True
    return dropped


def _take_out(office: Office, handoff_id: str) -> str | None:
    """The agent's call of a handoff that is over, which is then no longer held."""
    with office.store.begin() as work:
        _, handoff = hold_handoff(work, handoff_id)
        if handoff.is_open or handoff.call is None:
            return None
        work.handoffs.save(replace(handoff, call=None))
        return handoff.call


def _put_back(office: Office, handoff_id: str, call: str) -> None:
    with office.store.begin() as work:
        _, handoff = hold_handoff(work, handoff_id)
        work.handoffs.save(replace(handoff, call=call))


def _is_about(handoff: Handoff, staff_id: str, call: str | None) -> bool:
    """Whether news of a call to this agent is about the one going on."""
    return handoff.agent == staff_id and (handoff.call is None or handoff.call == call)


def note_reached(office: Office, handoff_id: str, staff_id: str) -> bool:
    """The caller who was to be rung back is there, and says so. Whether this agent still waits for
    them. Raises NotFound."""
    with office.store.begin() as work:
        _, handoff = hold_handoff(work, handoff_id)
        mine = handoff.state is HandoffState.TAKEN and handoff.agent == staff_id
        if not mine or not handoff.ring_back:
            return False
        if handoff.reached_at is None:
            now = office.clock.now()
            work.handoffs.save(replace(handoff, reached_at=now, updated_at=now))
    return True


def note_lost(office: Office, handoff_id: str, staff_id: str) -> None:
    """The caller who said that they are there could not be joined after all: whatever is known of
    it by now, they were not reached, and are to be rung. Raises NotFound."""
    with office.store.begin() as work:
        conversation, handoff = hold_handoff(work, handoff_id)
        mine = handoff.agent == staff_id and handoff.ring_back
        if not mine or handoff.reached_at is None:
            return
        lost = replace(handoff, reached_at=None, updated_at=office.clock.now())
        if handoff.state is HandoffState.ENDED:
            end_rung_back(office, work, conversation, lost)
        elif handoff.state is HandoffState.TAKEN:
            work.handoffs.save(lost)


def end_rung_back(
    office: Office, work: Work, conversation: Conversation, ended: Handoff
) -> Handoff:
    """Nobody is on the line any more; who was not reached stays to be rung, as a case."""
    if ended.reached_at is None:
        ended = replace(ended, state=HandoffState.CALLBACK)
    work.handoffs.save(ended)
    work.conversations.save(replace(conversation, mode=Mode.CLOSED, offer=None))
    if ended.reached_at is None:
        keep_unanswered(office, work, conversation.id, ended)
    return ended


def _go_on(office: Office, work: Work, conversation: Conversation) -> None:
    draft = active_draft(work, conversation)
    if draft is not None:
        work.drafts.save(replace(draft, state=DraftState.PARKED))
    back = replace(conversation, mode=Mode.BOT, draft_id=None, misses=0)
    back, said = offer_next(office, work, back, None)
    say_in_conversation(office, work, back, said, Author.BOT)
