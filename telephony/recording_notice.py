"""Tells callers and agents that a talk may be recorded, and hears a caller's no."""

from __future__ import annotations

from enum import StrEnum
from urllib.parse import urlencode

from casework.domain.conversations import Conversation
from casework.domain.errors import NotFound
from casework.domain.handoffs import Handoff
from casework.domain.plain_words import plain_words
from casework.domain.recordings import Unrecorded, must_be_told, unrecorded
from casework.use_cases.find_conversation import conversation_of_call
from casework.use_cases.keep_recording_answer import keep_recording_answer
from casework.use_cases.office import Office
from telephony.call_hearing import UNSURE
from telephony.wording import Wording

AGREES, REFUSES = "1", "2"


class Answer(StrEnum):
    """What a caller said to being recorded: yes or nothing, no, something else, which is not taken
    for a yes and is dealt with as what it is, or a key that means nothing."""

    YES = "yes"
    NO = "no"
    ELSE = "else"
    UNKNOWN_KEY = "unknown_key"


class RecordingNotice:
    """The notice of one council's line. `address` is the public one, whole: news of a conference
    come by themselves, so there is no document that theirs could be relative to."""

    def __init__(self, office: Office, wording: Wording, address: str) -> None:
        self._office, self._wording, self._address = office, wording, address

    def read(self, digits: str, speech: str, sure: float | None) -> Answer:
        """What was meant. Only what is surely a yes is one; silence is, as they were told."""
        if digits:
            return {AGREES: Answer.YES, REFUSES: Answer.NO}.get(digits, Answer.UNKNOWN_KEY)
        if not speech.strip():
            return Answer.YES
        said = _bare(speech)
        if said in self._words("recording_agreed"):
            return Answer.YES if sure is None or sure >= UNSURE else Answer.NO
        return Answer.NO if said in self._words("recording_refused") else Answer.ELSE

    def keep(self, call_sid: str, answer: Answer) -> bool:
        """Keeps it; whether the call may be recorded. Raises NotFound, Busy."""
        conversation = conversation_of_call(self._office, call_sid)
        if conversation is None:
            raise NotFound("call")
        return keep_recording_answer(self._office, conversation.id, may=answer is Answer.YES)

    def is_due(self, conversation: Conversation, handoff: Handoff | None) -> bool:
        """Whether a caller is to hear the notice before they are put through."""
        council = self._office.council
        return handoff is not None and must_be_told(council, conversation, handoff)

    def is_told_to_caller_of(self, handoff: Handoff) -> bool:
        """Whether its caller hears the notice before they join an agent who is there already.
        Raises NotFound."""
        return self.is_due(self._talk(handoff.id)[0], handoff)

    def to_agent(self, handoff_id: str) -> tuple[str, ...]:
        """What an agent hears who is put through: whether the talk is recorded. Nothing where the
        council records none. Raises NotFound."""
        (conversation, handoff), council = self._talk(handoff_id), self._office.council
        if not council.recording.on:
            return ()
        if self.is_due(conversation, handoff):
            return (self._wording.say("agent_recording_asked"),)
        key = {None: "agent_recorded", Unrecorded.WAITS: "agent_recording_waits"}
        refused = unrecorded(council, conversation, handoff)
        return (self._wording.say(key.get(refused, "agent_not_recorded")),)

    def news(self, handoff: Handoff) -> dict[str, str]:
        """Attributes of a conference whose beginning we want to know of, as its talk may be
        recorded; none for any other. Twilio heeds those of whoever comes first. Raises NotFound."""
        conversation, council = self._talk(handoff.id)[0], self._office.council
        due = self.is_due(conversation, handoff)
        if not due and unrecorded(council, conversation, handoff, by_agent=True) is not None:
            return {}
        about = urlencode({"handoff": handoff.id})
        return {
            "status_callback": f"{self._address}/twilio/recording/talk?{about}",
            "status_callback_event": "start",
            "status_callback_method": "POST",
        }

    def _talk(self, handoff_id: str) -> tuple[Conversation, Handoff]:
        """What a talk is about. Raises NotFound."""
        with self._office.store.begin(reading=True) as work:
            handoff = work.handoffs.look(handoff_id)
            return work.conversations.get(handoff.conversation_id), handoff

    def _words(self, key: str) -> set[str]:
        return {_bare(one) for one in self._wording.texts[key].split(",")}


def _bare(words: str) -> str:
    """Words as the council's lists have them, where "dont" stands for "don't" as well."""
    return plain_words(words).replace("'", "")
