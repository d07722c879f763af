"""The agent's side of being put through: the brief, the key, and the end of the call."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field

from casework.domain.conversations import Channel
from casework.domain.errors import Conflict, NotAllowed, NotFound
from casework.domain.handoffs import HandoffState
from casework.ports.calls import CallControl
from casework.use_cases.accept_handoff import accept_handoff
from casework.use_cases.end_calls import agent_left, note_call, queue_again
from casework.use_cases.fetch_caller import fetch_caller
from casework.use_cases.office import Office
from casework.use_cases.read_back import grouped_reference
from casework.use_cases.read_brief import Brief, read_brief
from telephony.later import Later, in_the_background
from telephony.recording_notice import RecordingNotice
from telephony.wording import Wording

log = logging.getLogger(__name__)

TAKES, DECLINES = "1", "2"


@dataclass(frozen=True)
class Rung:
    """A call to an agent about a handoff; `call_sid` is the carrier's id of that call."""

    handoff_id: str
    staff_id: str
    call_sid: str


@dataclass(frozen=True)
class Told:
    """What an agent hears, and then: their key is awaited (`listens`), they come into the
    conference (`room`, with `news` to us of its beginning), a number is dialled for them (`dials`),
    or the call is over."""

    said: tuple[str, ...]
    listens: bool = False
    room: str | None = None
    dials: str | None = None
    news: Mapping[str, str] = field(default_factory=dict)


class AgentLeg:
    """Calls to agents. `later` does what nobody has to wait for."""

    def __init__(
        self,
        office: Office,
        control: CallControl,
        wording: Wording,
        notice: RecordingNotice,
        later: Later = in_the_background,
    ) -> None:
        self._notice = notice
        self._office = office
        self._control = control
        self._wording = wording
        self._later = later

    def brief(self, rung: Rung) -> Told:
        """What an agent hears who picks up, as long as the caller waits for them."""
        gone = self._gone(rung)
        if gone is not None:
            return gone
        brief = self._brief(read_brief(self._office, rung.handoff_id))
        return Told((brief, self._wording.say("agent_keys")), listens=True)

    def key(self, rung: Rung, digits: str) -> Told:
        """What comes of a key: 1 alone takes the call, so that no machine can. Raises Busy."""
        if digits == TAKES:
            return self._taken(rung)
        if digits != DECLINES:
            return self._gone(rung) or Told((self._wording.say("agent_keys"),), listens=True)
        self.declined(rung)
        return Told((self._wording.say("agent_passed"),))

    def silent(self, rung: Rung) -> Told:
        """No key was pressed: nobody is there, or a machine."""
        self.declined(rung)
        return Told((self._wording.say("agent_silent"),))

    def declined(self, rung: Rung) -> None:
        """The next agent may be rung. News of a call that is no longer the one changes nothing."""
        try:
            queue_again(self._office, rung.handoff_id, rung.staff_id, rung.call_sid)
        except NotFound:
            log.info("handoff %s is not there any more", rung.handoff_id)

    def dialled(self, rung: Rung) -> Told:
        """The call to whoever was dialled for an agent is over, or never came about."""
        self.over(rung)
        try:
            with self._office.store.begin(reading=True) as work:
                reached = work.handoffs.look(rung.handoff_id).reached_at is not None
        except NotFound:
            reached = True
        return Told((self._wording.say("agent_over" if reached else "agent_not_reached"),))

    def over(self, rung: Rung) -> None:
        """An agent's call has ended, or never came about. Raises Busy."""
        try:
            if agent_left(self._office, rung.handoff_id, rung.staff_id, rung.call_sid):
                return
        except NotFound:
            return
        self.declined(rung)

    def taken_up(self, rung: Rung) -> Told:
        """What an agent hears whose call broke off on our side: who has taken it is put through, as
        long as nobody was dialled for them; else the next agent may be rung. Raises Busy."""
        try:
            with self._office.store.begin(reading=True) as work:
                handoff = work.handoffs.look(rung.handoff_id)
        except NotFound:
            return Told((self._wording.say("agent_out_of_order"),))
        mine = handoff.state is HandoffState.TAKEN and handoff.agent == rung.staff_id
        if mine and not handoff.ring_back:
            return self._taken(rung)
        if mine:
            return self.dialled(rung)
        if (gone := self._gone(rung)) is not None:
            return gone
        self.declined(rung)
        return Told((self._wording.say("agent_out_of_order"),))

    def _taken(self, rung: Rung) -> Told:
        try:
            with self._office.store.begin(reading=True) as work:
                member = work.staff.get(rung.staff_id)
            handoff = accept_handoff(self._office, member, rung.handoff_id)
            note_call(self._office, handoff.id, member.id, rung.call_sid)
        except (Conflict, NotFound, NotAllowed):
            return self._gone(rung) or Told((self._wording.say("agent_too_late"),))
        told = self._told(read_brief(self._office, handoff.id))
        told = (*told, *self._notice.to_agent(handoff.id))
        # Asked before the caller is fetched, who may be through it in a moment.
        hears_notice = self._notice.is_told_to_caller_of(handoff)
        if handoff.ring_back:
            return Told((*told, self._wording.say("agent_dials")), dials=handoff.ring_back)
        self._later(lambda: fetch_caller(self._office, self._control, handoff.id))
        if not hears_notice:
            told = (*told, self._wording.say("agent_through"))
        return Told(told, room=handoff.id, news=self._notice.news(handoff))

    def _gone(self, rung: Rung) -> Told | None:
        """What an agent hears who comes too late; None when they do not."""
        try:
            with self._office.store.begin(reading=True) as work:
                handoff = work.handoffs.look(rung.handoff_id)
        except NotFound:
            return Told((self._wording.say("agent_too_late"),))
        if not handoff.is_open:
            return Told((self._wording.say("agent_too_late"),))
        if handoff.state is HandoffState.TAKEN and handoff.agent != rung.staff_id:
            return Told((self._wording.say("agent_taken"),))
        return None

    def _brief(self, brief: Brief) -> str:
        """One sentence to decide by. A machine may record it: it does not tell who calls."""
        say = self._wording.say
        wants = say("brief_wants_unknown")
        if brief.wants:
            wants = say("brief_wants", wants=brief.wants, team=brief.team)
        return say(
            "brief",
            urgent=say("brief_urgent") if brief.danger else "",
            wants=wants,
            verified=say(f"brief_{brief.verification}"),
            language=self._wording.texts.get(f"brief_language_{brief.language}", brief.language),
        )

    def _told(self, brief: Brief) -> tuple[str, ...]:
        """Who it is, for whoever has pressed 1; nothing when nothing is known."""
        say, told = self._wording.say, []
        if brief.name or brief.ref:
            who = say("told_who", who=brief.name) if brief.name else say("told_who_unknown")
            reference = ""
            if brief.ref:
                reference = say("told_reference", ref=grouped_reference(brief.ref, Channel.VOICE))
            told.append(say("told", who=who, reference=reference))
        if brief.words:
            told.append(say("told_words", words=brief.words))
        return tuple(told)
