"""What a caller hears until an agent is there: while they wait, and for the moment in which the two
are joined in the conference."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from casework.domain.conversations import Mode
from casework.domain.errors import NotFound
from casework.domain.handoffs import Handoff, HandoffState
from casework.ports.calls import CallControl
from casework.use_cases.end_calls import agent_left
from casework.use_cases.find_conversation import conversation_of_call
from casework.use_cases.office import Office
from casework.use_cases.ring_agents import bring_back
from casework.use_cases.staffing import place_of, waiting_handoff
from telephony.wording import Wording

JOINS_WITHIN = timedelta(seconds=45)
"""How long an agent who took the call can take into the conference: they are told who it is, in
which words, and whether it is recorded, some 24 seconds in all, and a request of theirs that is
tried again takes up to 20 more. While this is still played after that, the agent has gone and we
were not told."""

PATIENCE = 16
"""Seconds of quiet between two sentences, so that the place is told about every 45."""

RINGING = 8
"""As many while a telephone rings. If the carrier cannot fetch the caller when it is answered, they
come at the end of it, and the agent is not to wait for long."""


@dataclass(frozen=True)
class Part:
    """Something said, and the seconds of quiet after it."""

    said: str
    quiet: int = PATIENCE


class Hold:
    """The sentences of a wait, each time as it stands."""

    def __init__(self, office: Office, control: CallControl, wording: Wording) -> None:
        self._office = office
        self._control = control
        self._wording = wording

    def waiting(self, conversation_id: str, nth: int) -> Part:
        """What somebody hears who waits for a person, as the `nth` thing: by turns the place, and
        that keys lead elsewhere. Raises NotFound."""
        say = self._wording.say
        with self._office.store.begin(reading=True) as work:
            place = place_of(self._office, work, conversation_id)
            handoff = waiting_handoff(work, conversation_id)
        if nth == 0:
            return Part(say("hold_first"))
        if handoff is not None and handoff.state is HandoffState.RINGING:
            return Part(say("hold_ringing"), RINGING)
        if place is None or nth % 2 == 0:
            return Part(say("hold_patience"))
        return Part(say("hold_place", place=place.place, minutes=place.minutes))

    def parts(self, call_sid: str, handoff_id: str) -> list[Part]:
        """What a caller hears in the conference, in which they are for their agent: whoever is
        still alone there goes back. Raises NotFound for a handoff of somebody else's."""
        conversation = conversation_of_call(self._office, call_sid)
        if conversation is None:
            raise NotFound("call")
        with self._office.store.begin(reading=True) as work:
            handoff = work.handoffs.look(handoff_id)
        if handoff.conversation_id != conversation.id:
            raise NotFound("handoff")
        joins = handoff.state is HandoffState.TAKEN and conversation.mode is not Mode.CLOSED
        if not joins or self._is_alone(handoff):
            return self._over(conversation.id)
        return [Part(self._wording.say("hold_joining"), 5)]

    def _is_alone(self, handoff: Handoff) -> bool:
        """Whether the agent has gone without our being told; it is then so recorded."""
        if handoff.state is not HandoffState.TAKEN or handoff.agent is None:
            return False
        taken = handoff.taken_at or handoff.updated_at
        late = self._office.clock.now() - taken > JOINS_WITHIN
        # Their own call may still be up somewhere: it is ended with the caller's next step.
        return late and agent_left(
            self._office, handoff.id, handoff.agent, handoff.call or "", leg_over=False
        )

    def _over(self, conversation_id: str) -> list[Part]:
        """The caller is to go back to the dialogue. Nothing played here can lead there, so the
        star is said as well: it works while the carrier's own way does not."""
        bring_back(self._office, self._control, conversation_id)
        return [Part(self._wording.say("hold_over"), 10)]
