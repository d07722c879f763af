"""Answers what steers the conversation itself: greetings, thanks, repeat, help and their kin."""

from __future__ import annotations

import re
from dataclasses import replace

from casework.domain.conversations import Author, Conversation, Turn, Utterance
from casework.domain.drafts import CONFIRM
from casework.ports.reading import Pick, Read
from casework.ports.store import Work
from casework.use_cases.another_time import names_another_time
from casework.use_cases.ask_draft import active_draft
from casework.use_cases.correct_by_shape import DISTINCT, says_so
from casework.use_cases.correct_draft import find_correction
from casework.use_cases.deal_once import deal_once
from casework.use_cases.fill_draft import fill_draft
from casework.use_cases.filling import Filling
from casework.use_cases.not_understood import bring_person, miss
from casework.use_cases.obey_outside import command_outside, obey_outside
from casework.use_cases.office import Office, Progress, farewell, offering, speak, word
from casework.use_cases.raise_alarm import goes_quiet, still_alarmed
from casework.use_cases.steer_draft import command_of, says_goodbye
from casework.use_cases.take_answer import of_form_left, take
from casework.use_cases.tell_why import explain
from casework.use_cases.wait_for_resident import waits

REPLIES = frozenset({"affirm", "deny", "dont_know", "correct_answer", "go_back", "start_again"})
"""Labels that only make sense as a reply to something."""

INTERPRETER = re.compile(r"(?i)\b(?:interpreters?|translators?|interpreting)\b")


CHANGES = re.compile(r"(?i)\b(?:chang\w+|mov(?:e|ing)|different|another|swap)\b")
"""Wants another one than the one held."""


def steer(office: Office, conversation_id: str, label: str, turn: Turn) -> Progress:
    """Deals with a label of the catalogue's `conversation:`. Raises NotFound."""

    def deal(work: Work, conversation: Conversation) -> Progress:
        if quiet := goes_quiet(office, work, conversation, turn.text):
            return quiet
        draft = active_draft(work, conversation)
        filling = None if draft is None else Filling(office, work, conversation, draft, turn)
        if label in {"repeat", "slower"} and not waits(turn.text):
            if filling is not None and _puts_right(filling):
                return fill_draft(filling)
            return _repeat(office, work, conversation, filling=draft is not None)
        if filling is not None:
            return _in_form(filling, label)
        return _outside(office, work, conversation, label, turn)

    return deal_once(office, conversation_id, turn.id, deal)


def _in_form(filling: Filling, label: str) -> Progress:
    leaves = label == "stop" or says_goodbye(filling) or command_of(filling) is not None
    if label in REPLIES or leaves or waits(filling.turn.text):
        return fill_draft(filling)
    if why := explain(filling):
        return why
    if _puts_right(filling) or (label != "help" and _answers(filling)):
        return fill_draft(filling)
    if label == "help":
        field = filling.field
        filling.note("help_in_form", help=field.help if field else "")
    else:
        filling.note(f"steer_{label}_in_form")
    return Progress(filling.notes, filling=True)


def _puts_right(filling: Filling) -> bool:
    """Whether the read-back is replied to with another value, whatever the model takes it for: who
    is greeted instead would next agree to the value that they had asked to have changed."""
    if filling.draft.asking != CONFIRM or filling.turn.choice is not None:
        return False
    correction = find_correction(filling)
    if correction is None:
        return False
    slot = correction.field.type == "callback_slot"
    moved = slot and (names_another_time(filling) or CHANGES.search(filling.turn.text) is not None)
    return moved or correction.reading is not None or says_so(filling)


def _answers(filling: Filling) -> bool:
    """Whether the words hold a value of what is asked that cannot be mistaken for small talk."""
    field = filling.field
    if field is None or field.type not in DISTINCT | {"callback_slot"}:
        return False
    reading = filling.office.reader.read(field, filling.turn.text, filling.office.context())
    return isinstance(reading, Read | Pick)


def _outside(
    office: Office, work: Work, conversation: Conversation, label: str, turn: Turn
) -> Progress:
    alarmed = still_alarmed(office, work, conversation)
    if alarmed is not None and label not in {*REPLIES, "goodbye", "stop", "thanks"}:
        return alarmed
    if left := of_form_left(office, work, conversation, turn):
        return left
    if label in REPLIES and conversation.offer is not None:
        return take(office, work, conversation, turn)
    if command_outside(turn) is not None and (
        obeyed := obey_outside(office, work, conversation, turn)
    ):
        return obeyed
    if label == "language" and _needs_interpreter(office, work, conversation, turn):
        return bring_person(office, work, conversation, turn)
    if label == "out_of_scope":
        return miss(office, work, conversation, turn)
    if label in {"goodbye", "stop"}:
        return farewell(office, work, conversation)
    conversation = offering(work, conversation, "more")
    key = "tell_me" if label in REPLIES else f"steer_{label}"
    return Progress((speak(office, conversation, key, asks="topic"),), filling=False)


def _needs_interpreter(office: Office, work: Work, conversation: Conversation, turn: Turn) -> bool:
    """Whether an interpreter is asked for, or they go on in a language that is none of ours: to be
    told once more, in English, that a person can arrange one helps nobody."""
    told = office.council.say("steer_language", conversation.channel)
    asking = work.conversations.last_asking(conversation.id)
    again = asking is not None and asking.said.text == told
    return again or INTERPRETER.search(turn.text) is not None


def _repeat(office: Office, work: Work, conversation: Conversation, filling: bool) -> Progress:
    """Says again what was said last; the form asks its question again by itself."""
    last: list[Utterance] = []
    waited = word(office, conversation, "take_your_time")
    for message in reversed(work.conversations.messages(conversation.id)):
        if message.author is Author.RESIDENT and last:
            if [said.text for said in last] != [waited]:
                break
            last = []  # "Take your time" is no question: the one before it is said again.
        if message.author in {Author.BOT, Author.SYSTEM}:
            # The references were opened by the turn repeated, not by this one.
            last.insert(0, replace(message.said, case_refs=()))
    if filling:
        last = last[:-1]
    if not last and not filling:
        return Progress((speak(office, conversation, "tell_me", asks="topic"),), filling=False)
    return Progress(tuple(last), filling=filling)
