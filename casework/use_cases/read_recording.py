"""Shows staff whether a talk is being recorded, and what was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from casework.domain.conversations import Channel, Conversation
from casework.domain.handoffs import Handoff, HandoffState
from casework.domain.recordings import GONE, Recording, Unrecorded, agent_begins, unrecorded
from casework.ports.store import Work
from casework.use_cases.office import Office

NOT_BEGUN = "not_begun"


@dataclass(frozen=True)
class TalkRecording:
    """How the recording of a talk stands. `now` is the one of the talk that goes on, `past` are all
    others of the conversation, oldest first. `refused` is why this talk must not be recorded by
    itself, `may_begin` says that its agent can begin it."""

    now: Recording | None = None
    past: tuple[Recording, ...] = ()
    refused: Unrecorded | None = None
    may_begin: bool = False

    @property
    def state(self) -> str:
        """One word: the state of what is recorded now, why nothing is, or `not_begun`."""
        if self.now is not None and self.now.is_live:
            return self.now.state.value
        return NOT_BEGUN if self.refused is None else self.refused.value

    def removable(self, now: datetime) -> bool:
        """Whether there is one that the carrier may hold, and that nobody has had deleted yet."""
        return any(one.state not in GONE and not one.unwanted(now) for one in self.past)


def read_recording(
    office: Office, work: Work, conversation: Conversation, handoff: Handoff
) -> TalkRecording | None:
    """None where no call was or could be recorded: staff then see nothing of all this."""
    if conversation.channel is not Channel.VOICE:
        return None
    found = work.recordings.of_conversation(conversation.id)
    refused = unrecorded(office.council, conversation, handoff)
    if not found and refused is Unrecorded.OFF:
        return None
    talks = handoff.state is HandoffState.TAKEN
    now = next((one for one in found if talks and one.call == handoff.call), None)
    begins = agent_begins(office.council, conversation, handoff, now)
    past = tuple(one for one in found if one is not now or not one.is_live)
    return TalkRecording(now, past, refused, begins and office.recorder is not None)
