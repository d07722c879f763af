"""The caller's side of being put through: the wait, into the conference and out of it, and back to
the dialogue."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace

from casework.domain.conversations import Author, Conversation, Message, Mode
from casework.domain.errors import CaseworkError, NotFound, SendingFailed
from casework.domain.handoffs import Handoff, HandoffState
from casework.ports.calls import CallControl
from casework.use_cases.end_calls import caller_left, drop_agents
from casework.use_cases.find_conversation import conversation_of_call
from casework.use_cases.office import Office
from telephony.calls import Calls
from telephony.hold import Hold
from telephony.later import Later, in_the_background
from telephony.manner import Manner, manner_of
from telephony.prompts import Prompt, Room, say
from telephony.recording_notice import RecordingNotice
from telephony.speaking import spoken
from telephony.wording import Wording

log = logging.getLogger(__name__)

TALKING = frozenset({Mode.QUEUED, Mode.AGENT})
"""Modes in which a caller belongs into a conference."""


class Transfer:
    """Where a caller belongs while a person is wanted, and what they hear on the way.

    `later` does what nobody has to wait for.
    """

    def __init__(
        self,
        calls: Calls,
        office: Office,
        control: CallControl,
        wording: Wording,
        hold: Hold,
        notice: RecordingNotice,
        later: Later = in_the_background,
    ) -> None:
        self._calls = calls
        self._notice = notice
        self._hold = hold
        self._office = office
        self._control = control
        self._wording = wording
        self._later = later

    def room(self, call_sid: str) -> Room | None:
        """Where the caller of a call waits for a person, or talks to one, if they do."""
        conversation = conversation_of_call(self._office, call_sid)
        if conversation is None:
            return None
        handoff = self._newest(conversation)
        if conversation.mode in TALKING and handoff is not None and handoff.is_open:
            if handoff.state is not HandoffState.TAKEN:
                return Room(handoff.id)
            told = self._notice.is_due(conversation, handoff)
            return Room(handoff.id, joined=True, notice=told, news=self._notice.news(handoff))
        if handoff is not None and not handoff.is_open and handoff.call:
            self._later(lambda: self._drop_agents(conversation.id))
        return None

    def rejoins(self, call_sid: str) -> Prompt:
        """Back into the conference after a hold; what was said since, if the agent has gone.
        Raises NotFound."""
        conversation = self._conversation(call_sid)
        room = self.room(call_sid)
        return self.back(call_sid) if room is None else self._prompt(conversation, room=room)

    def manner(self, call_sid: str) -> Manner:
        """How the caller of a call wants to be talked to, whatever is said to them on the way.
        Raises NotFound."""
        return manner_of(self._conversation(call_sid).flags)

    def queued(self, call_sid: str, nth: int) -> Prompt:
        """What a caller hears who waits, as the `nth` thing: until their agent is there or the wait
        is over, which needs no news from anybody. Raises NotFound."""
        conversation = self._conversation(call_sid)
        room = self.room(call_sid)
        if room is None:
            return self.back(call_sid)
        if room.joined:
            return self._prompt(conversation, room=room)
        if nth == 0 and self._notice.is_due(conversation, self._newest(conversation)):
            return self._prompt(conversation, room=replace(room, notice=True))
        part = self._hold.waiting(conversation.id, nth)
        room = replace(room, nth=nth + 1, quiet=part.quiet)
        return self._prompt(conversation, part.said, room=room)

    def choices(self, call_sid: str) -> Prompt:
        """What a waiting caller hears who presses the star: what they may do instead. Raises
        NotFound."""
        if (room := self.room(call_sid)) is None or room.joined:
            return self.queued(call_sid, 1)
        return self._prompt(self._conversation(call_sid), self._wording.say("star_pressed"))

    def left(self, call_sid: str, poll: int) -> Prompt | None:
        """What a caller hears who is out of the conference: they pressed the star, or the agent
        has gone, which we may be told of a moment later. None has it asked again in a moment, as
        `poll` + 1. Raises NotFound.
        """
        conversation = self._conversation(call_sid)
        handoff = self._newest(conversation)
        if handoff is None or not handoff.is_open or conversation.mode not in TALKING:
            return self.back(call_sid)
        if handoff.state is HandoffState.TAKEN:
            if poll < LOOKS:
                return None
            # The agent may have gone since we looked.
            room = self.room(call_sid)
            return self.back(call_sid) if room is None else self._prompt(conversation, room=room)
        return self._waits_on(conversation, handoff, Room(handoff.id))

    def back(self, call_sid: str) -> Prompt:
        """What was said since the caller went into the conference, and the question it ends with.
        Raises NotFound."""
        conversation = self._conversation(call_sid)
        room = self.room(call_sid)
        handoff = self._newest(conversation)
        if room is not None and handoff is not None:
            return self._waits_on(conversation, handoff, room)
        messages = self._messages(conversation)
        news = _news(messages) or [m for m in messages if m.author is not Author.RESIDENT][-1:]
        over = conversation.mode is Mode.CLOSED
        ended = handoff is not None and handoff.state is HandoffState.ENDED
        lead = say(self._wording.say("agent_left_call")) if ended and not over else ()
        prompt = self._prompt(conversation)
        said = (*lead, *spoken(news, self._wording, prompt.manner))
        return replace(prompt, said=said, asking=news[-1].said if news else None, over=over)

    def _waits_on(self, conversation: Conversation, handoff: Handoff, room: Room) -> Prompt:
        """Back in the queue: where an agent has just passed them on to, else that they kept their
        place."""
        council = self._office.council
        team = council.teams.get(handoff.team or "")
        passed = team and council.say("passed_on", conversation.channel, team=team.name)
        newest = [message.said.text for message in self._messages(conversation)[-1:]]
        text = passed if passed and newest == [passed] else self._wording.say("hold_again")
        return self._prompt(conversation, text, room=room)

    def hung_up(self, call_sid: str) -> None:
        """Ends the conversation of a call, and the calls to agents about it. Raises Busy."""
        conversation = conversation_of_call(self._office, call_sid)
        if conversation is None:
            return
        caller_left(self._office, conversation.id)
        # The agent first: who has just picked up is not to wait for a turn that is going on.
        self._later(lambda: self._drop_agents(conversation.id))
        self._calls.hung_up(call_sid)

    def _drop_agents(self, conversation_id: str) -> None:
        try:
            drop_agents(self._office, self._control, conversation_id)
        except SendingFailed as failure:
            # They hear nobody, and hang up themselves.
            log.warning("an agent's call is not ended: %s", failure.code)
        except CaseworkError as failure:
            log.warning("an agent's call may not be ended: %s", type(failure).__name__)

    def _prompt(
        self, conversation: Conversation, said: str = "", *, room: Room | None = None
    ) -> Prompt:
        """What is said to a caller in the manner that they asked for: it is not forgotten in the
        queue."""
        turn, manner = self._turn(conversation), manner_of(conversation.flags)
        return Prompt(say(said), turn, room=room, manner=manner)

    def _conversation(self, call_sid: str) -> Conversation:
        found = conversation_of_call(self._office, call_sid)
        if found is None:
            raise NotFound("call")
        return found

    def _newest(self, conversation: Conversation) -> Handoff | None:
        with self._office.store.begin(reading=True) as work:
            handoffs = work.handoffs.of_conversation(conversation.id)
        return handoffs[-1] if handoffs else None

    def _messages(self, conversation: Conversation) -> list[Message]:
        with self._office.store.begin(reading=True) as work:
            return work.conversations.messages(conversation.id)

    def _turn(self, conversation: Conversation) -> int:
        """The number of the caller's next turn."""
        ids = [m.turn_id or "" for m in self._messages(conversation) if m.turn_id]
        numbers = [turn_id.removeprefix("turn-") for turn_id in ids]
        return 1 + max((int(n) for n in numbers if n.isascii() and n.isdigit()), default=0)


LOOKS = 3
"""Times that a caller who is out of the conference is asked after, a second apart, before they
count as somebody who pressed the star while talking: they go back in."""


def _news(messages: Sequence[Message]) -> list[Message]:
    """Our messages at the end that a caller has not heard: those after the wait and the talk."""
    news: list[Message] = []
    for message in reversed(messages):
        if message.author is Author.RESIDENT or message.mode in TALKING:
            break
        news.insert(0, message)
    return news
