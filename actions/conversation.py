"""Rasa's custom actions: each reads the tracker, calls one use case and sets slots.

No exception leaves an action: rasa-sdk would echo the whole request, and Rasa would log it. A
failure becomes a message of its own that `bot/engine.py` recognises.
"""

from __future__ import annotations

import logging
from abc import abstractmethod
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.turns import intent_of, turn_of, utter
from casework.use_cases.ask_draft import ask_draft
from casework.use_cases.begin_service import begin_service
from casework.use_cases.not_understood import not_understood
from casework.use_cases.office import Office, Progress
from casework.use_cases.steer import steer
from casework.use_cases.take_answer import take_answer

log = logging.getLogger(__name__)

FAILED = {"failed": True}
"""What an action sends instead of an utterance when its use case failed."""

Events = list[dict[str, Any]]


class ConversationAction(Action):  # type: ignore[misc]
    """An action that deals with one turn by one use case."""

    def __init__(self, office: Office) -> None:
        self.office = office

    @abstractmethod
    def deal(self, tracker: Tracker) -> Progress:
        """Calls the use case."""

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Says what casework says, and tells Rasa whether a draft now awaits answers."""
        progress = self.attempt(dispatcher, tracker)
        if progress is None:
            # Without the slot no rule would fit, and Rasa would be lost for several turns.
            return [SlotSet("draft_open", bool(tracker.active_loop.get("name")))]
        return self.events(progress)

    def attempt(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Progress | None:
        """What the use case made of the turn; None when it failed, which is then said."""
        try:
            progress = self.deal(tracker)
        except Exception as failure:
            # The message of an exception may quote what was said; its kind does not.
            log.error("%s failed: %s", self.name(), type(failure).__name__)
            dispatcher.utter_message(json_message=FAILED)
            return None
        utter(dispatcher, progress.said)
        return progress

    def events(self, progress: Progress) -> Events:
        """`draft_open` decides in the rules whether the form takes over."""
        return [SlotSet("draft_open", progress.filling)]


class BeginService(ConversationAction):
    """The message asks for a service: an answer, a draft or a person follows."""

    def name(self) -> str:
        return "action_begin_service"

    def deal(self, tracker: Tracker) -> Progress:
        return begin_service(self.office, tracker.sender_id, intent_of(tracker), turn_of(tracker))


class TakeAnswer(ConversationAction):
    """The message answers something, and no form is active in Rasa."""

    def name(self) -> str:
        return "action_take_answer"

    def deal(self, tracker: Tracker) -> Progress:
        return take_answer(self.office, tracker.sender_id, turn_of(tracker))


class Steer(ConversationAction):
    """The message steers the conversation itself."""

    def name(self) -> str:
        return "action_steer"

    def deal(self, tracker: Tracker) -> Progress:
        return steer(self.office, tracker.sender_id, intent_of(tracker), turn_of(tracker))


class NotUnderstood(ConversationAction):
    """The model does not know, or is torn between several services."""

    def name(self) -> str:
        return "action_not_understood"

    def deal(self, tracker: Tracker) -> Progress:
        unsure = intent_of(tracker) == "not_sure"
        return not_understood(self.office, tracker.sender_id, turn_of(tracker), unsure)


class ResumeDraft(ConversationAction):
    """Re-enters a form whose draft lives on in casework."""

    def name(self) -> str:
        return "action_resume_draft"

    def deal(self, tracker: Tracker) -> Progress:
        return Progress((), filling=bool(ask_draft(self.office, tracker.sender_id)))


class AskDraft(ConversationAction):
    """Rasa's form asks its one slot: the draft's question is said."""

    def name(self) -> str:
        return "action_ask_answer"

    def deal(self, tracker: Tracker) -> Progress:
        return Progress(ask_draft(self.office, tracker.sender_id), filling=True)

    def events(self, progress: Progress) -> Events:
        return []


class ValidateDraft(ConversationAction):
    """Rasa's form hands over what it heard. The slot stays empty until the draft is done with.

    The end of the loop proves nothing: cases are opened by casework alone, after a recorded yes.
    """

    def name(self) -> str:
        return "validate_draft_form"

    def deal(self, tracker: Tracker) -> Progress:
        return take_answer(self.office, tracker.sender_id, turn_of(tracker))

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        if "answer" not in tracker.slots_to_validate():
            return []
        progress = self.attempt(dispatcher, tracker)
        done = progress is not None and not progress.filling
        return [SlotSet("answer", "done" if done else None)]


class CloseForm(Action):  # type: ignore[misc]
    """The form has ended: its slot is emptied for the next one."""

    def name(self) -> str:
        return "action_close_form"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        return [SlotSet("answer", None), SlotSet("draft_open", False)]


def all_actions(office: Office) -> list[Action]:
    """Every action of the assistant, on one office."""
    kinds: tuple[type[ConversationAction], ...] = (
        BeginService,
        TakeAnswer,
        Steer,
        NotUnderstood,
        ResumeDraft,
        AskDraft,
        ValidateDraft,
    )
    return [*(kind(office) for kind in kinds), CloseForm()]
