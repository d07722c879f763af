"""Commands to a form: stop, later, start again, go back, carry on. What would lose work is asked
about first."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from casework.domain.commands import Command, command_in, gives_up_first
from casework.domain.drafts import CONFIRM, DraftState, previous_question
from casework.ports.reading import Pick, Read
from casework.use_cases.another_time import names_another_time
from casework.use_cases.ask_draft import CALL, STANDS_IN_FRONT
from casework.use_cases.check_identity import starts_afresh
from casework.use_cases.filling import Filling, agrees
from casework.use_cases.finish_draft import go_on
from casework.use_cases.forget_draft import forget
from casework.use_cases.keep_draft import offer_to_keep, worth_keeping
from casework.use_cases.misunderstood import wrong_service
from casework.use_cases.offer_next import offer_next
from casework.use_cases.office import Progress, offering
from casework.use_cases.prepared import asked_so_far
from casework.use_cases.raise_alarm import tell_numbers
from casework.use_cases.request_person import arrange_callback
from casework.use_cases.wait_for_resident import waits

EVIDENCE = {
    "stop": re.compile(
        r"(?i)\b(?:stop|cancel|quit|exit|end|finish|leave|forget|drop|scrap|bin it|enough|give up|"
        r"changed my mind|bother\w*|never ?mind|(?:not|don'?t|no longer) (?:want|need|interested)|"
        r"do without|pointless|waste|hang up|out of here)\b"
    ),
    "start_again": re.compile(
        r"(?i)\b(?:start|begin|restart|beginning|scratch|afresh|all over|the top|clear|wipe|"
        r"reset)\b"
    ),
    "go_back": re.compile(
        r"(?i)\b(?:back|previous|before|undo|last (?:question|answer|bit)|return|earlier)\b"
    ),
}
"""Words without which a message is no such command, whatever the model takes it for."""

VALUE_FIRST = frozenset({"callback_slot", "choice", "choices"})
"""Types whose values are in words that may sound like a command: "I'll send it later"."""

GOODBYE = re.compile(r"(?i)\b(?:good ?bye|bye|cheerio|see you|ta-?ra|so long|i'?m off)\b")


def steer_draft(filling: Filling) -> Progress | None:
    """Deals with a command, or with the yes or no to one; None when it is neither."""
    pending = filling.conversation.offer
    command = command_of(filling)
    if pending is not None and pending.kind in STANDS_IN_FRONT:
        agreed = _agreed(filling, command)
        filling.conversation = offering(filling.work, filling.conversation, None)
        if agreed:
            return _DO[pending.kind](filling)
        if agreed is False:
            return _asks_on(filling, declined=pending.kind)
    if filling.turn.choice is not None:
        return None
    if waits(filling.turn.text) and not _chooses(filling):
        filling.note("take_your_time")
        filling.keep(filling.draft)
        return Progress(filling.notes, filling=True)
    if command is not None:
        return _obey(filling, command)
    if gives_up_first(filling.turn.text) is not None and not filling.alarmed:
        return wrong_service(filling)
    if says_goodbye(filling):
        return stop(filling)
    for label in ("stop", "start_again"):
        if _meant(filling, label):
            return _sure(filling, label)
    return _went_back(filling) if goes_back(filling) else None


def command_of(filling: Filling) -> Command | None:
    """The command that a turn is: words that could answer the question as well answer it."""
    heard = command_in(filling.turn.text) if filling.turn.choice is None else None
    if heard is None:
        return None
    field = filling.field
    kind = None if field is None else field.type
    if heard.weak and (
        (heard.command is Command.STOP and filling.may_be_left_out)
        or (heard.command is Command.LATER and kind == "callback_slot")
    ):
        return None
    if heard.weak and names_another_time(filling):
        return None
    weak = heard.weak or kind in VALUE_FIRST
    return None if weak and _reads(filling) else heard.command


def goes_back(filling: Filling) -> bool:
    """Whether the question before is wanted once more."""
    return command_of(filling) is Command.GO_BACK or _meant(filling, "go_back")


def says_goodbye(filling: Filling) -> bool:
    """Whether a goodbye leaves something that could be kept."""
    said = filling.turn.label == "goodbye" and GOODBYE.search(filling.turn.text) is not None
    return said and worth_keeping(filling.conversation, filling.draft)


def _agreed(filling: Filling, command: Command | None) -> bool | None:
    """The reply to "really?"."""
    offer = filling.conversation.offer
    if offer is not None and offer.kind == CALL:
        # "Go on then" has them rung; "carry on" goes on here.
        taken = agrees(filling.office, filling.turn, offered=True)
        return False if taken is None and command is not None else taken
    if command is Command.CARRY_ON:
        return False
    if command in {Command.STOP, Command.LATER}:
        return (offer is not None and offer.kind == "stop") or None
    return agrees(filling.office, filling.turn, offered=True)


def _asks_on(filling: Filling, declined: str) -> Progress:
    """Goes on with the question; whoever wants no call gets it from the beginning again."""
    if declined == CALL:
        filling.note("no_call_go_on")
        filling.draft = replace(filling.draft, tries=0)
    filling.keep(filling.draft)
    return Progress(filling.notes, filling=True)


def _reads(filling: Filling) -> bool:
    """Whether the words hold a value of what is asked; a free text is no evidence of one."""
    field = filling.field
    if field is None or field.type == "text":
        return False
    reading = filling.office.reader.read(field, filling.turn.text, filling.office.context())
    return isinstance(reading, Read | Pick)


def _chooses(filling: Filling) -> bool:
    """Whether the words name one of the choices that are asked for: "not yet" may be one."""
    field = filling.field
    return field is not None and field.type in VALUE_FIRST and _reads(filling)


def _meant(filling: Filling, label: str) -> bool:
    """Whether the model's view of a command can be believed."""
    if not filling.steers(label) or EVIDENCE[label].search(filling.turn.text) is None:
        return False
    if filling.field is not None and filling.field.type == "text":
        return False
    return not _reads(filling)


def _obey(filling: Filling, command: Command) -> Progress | None:
    if command is Command.CARRY_ON and filling.draft.asking == CONFIRM:
        # Whether that is a yes is for the read-back to say.
        return None
    if command is Command.NOT_THAT:
        return _misunderstood(filling)
    return _DO[command](filling)


def _sure(filling: Filling, command: str) -> Progress:
    filling.conversation = offering(filling.work, filling.conversation, command)
    filling.keep(filling.draft)
    return Progress((), filling=True)


def stop(filling: Filling) -> Progress:
    """Drops the draft as asked; nothing of it is sent to anybody. It is kept only with a yes."""
    if not filling.alarmed:
        filling.note("stopped")
    return _leave(filling)


def leave_for_later(filling: Filling) -> Progress:
    """Leaves the form for now: the same, in words that fit who means to come back."""
    if not filling.alarmed:
        keeps = worth_keeping(filling.conversation, filling.draft)
        filling.note("later" if keeps else "later_nothing_told")
    return _leave(filling)


def _leave(filling: Filling) -> Progress:
    if filling.alarmed or not worth_keeping(filling.conversation, filling.draft):
        return drop(filling)
    office, work = filling.office, filling.work
    asked = offer_to_keep(office, work, filling.conversation, filling.draft)
    return Progress((*filling.notes, *asked), filling=False)


def drop(filling: Filling) -> Progress:
    """Drops the draft and offers what comes next; in danger whom to call, and nothing else."""
    if filling.alarmed:
        filling.keep(replace(filling.draft, state=DraftState.DROPPED))
        filling.note("no_call_arranged")
        told = tell_numbers(filling.office, filling.work, filling.conversation, filling.shown)
        return Progress((filling.notes[-1], *told.said), filling=False)
    forget(filling.work, filling.draft)
    conversation = offering(filling.work, filling.conversation, None)
    _, more = offer_next(filling.office, filling.work, conversation, None)
    return Progress((*filling.notes, *more), filling=False)


def _asked_again(filling: Filling) -> Progress:
    """The question once more; nothing failed, and nothing is counted."""
    filling.keep(filling.draft)
    return Progress((), filling=True)


def _start_again(filling: Filling) -> Progress:
    filling.note("started_again")
    starts_afresh(filling)
    filling.draft = replace(filling.draft, answers={}, asked=())
    return go_on(filling)


def _went_back(filling: Filling) -> Progress:
    previous = previous_question(filling.service, asked_so_far(filling.draft))
    if previous is None:
        filling.note("nothing_before")
        filling.keep(filling.draft)
        return Progress(filling.notes, filling=True)
    filling.note("went_back")
    filling.keep(filling.draft.without_answer(previous).asking_for(previous))
    return Progress(filling.notes, filling=True)


def _misunderstood(filling: Filling) -> Progress | None:
    """Takes back what was just understood: the value, or as long as none was given the service."""
    if filling.draft.candidates:
        return None
    if filling.draft.asking == CONFIRM:
        filling.keep(replace(filling.draft, changing=True))
        return Progress((), filling=True)
    if any(name in filling.draft.answers for name in filling.draft.asked):
        return _went_back(filling)
    if filling.alarmed:
        return None
    return wrong_service(filling)


def _ring(filling: Filling) -> Progress:
    return arrange_callback(filling.office, filling.work, filling.conversation, filling.turn)


_DO: dict[str, Callable[[Filling], Progress]] = {
    "stop": stop,
    "start_again": _start_again,
    CALL: _ring,
    Command.LATER: leave_for_later,
    Command.GO_BACK: _went_back,
    Command.CARRY_ON: _asked_again,
    Command.REPEAT: _asked_again,
}
