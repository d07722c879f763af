"""Commands to a form: stop, start again, go back. What would lose work is asked about first."""

from __future__ import annotations

import re
from dataclasses import replace

from casework.domain.drafts import DraftState, previous_question
from casework.use_cases.ask_draft import CONFIRMED_FIRST
from casework.use_cases.check_identity import starts_afresh
from casework.use_cases.filling import Filling, agrees
from casework.use_cases.finish_draft import go_on
from casework.use_cases.forget_draft import forget
from casework.use_cases.keep_draft import leaves_for_now, offer_to_keep, worth_keeping
from casework.use_cases.offer_next import offer_next
from casework.use_cases.office import Progress, offering
from casework.use_cases.prepared import asked_so_far
from casework.use_cases.raise_alarm import tell_numbers
from casework.use_cases.wait_for_resident import waits

PLAIN = {
    "stop": re.compile(
        r"(?:please |just |no )*(?:i(?: want| would like|'d like) to )?(?:stop|cancel|quit|exit|end"
        r"|forget it|forget that|nvm|never ?mind|leave it|leave that|drop it|give up)"
        r"(?: it| this| that| here| now| please| all)*"
    ),
    "start_again": re.compile(
        r"(?:please |can we |can i |let's |lets |i(?: want| would like|'d like) to )*"
        r"(?:start|begin|go)(?: all)? (?:again|over|afresh|from the (?:start|beginning|top))"
        r"(?: again| please)*|restart|from the (?:start|beginning)"
    ),
}
"""A message that is nothing but the command; any other that sounds like it is asked about."""

GOODBYE = re.compile(r"(?i)\b(?:good ?bye|bye|cheerio|see you|ta-?ra|so long|i'?m off)\b")

GIVES_UP = re.compile(
    r"(?:(?:oh|ok|okay|actually|sorry|no|just|please) )*"
    r"(?:nvm|never ?mind|forget (?:about )?(?:it|that|this)|stop|cancel)"
    r"(?: (?:it|this|that|please|then|thanks|thank you|now))*"
)
"""The command to stop in words that answer nothing, whatever the model takes them for."""


def steer_draft(filling: Filling) -> Progress | None:
    """Deals with a command, or with the yes or no to one; None when it is neither."""
    pending = filling.conversation.offer
    if pending is not None and pending.kind in CONFIRMED_FIRST:
        agreed = agrees(filling.office, filling.turn)
        filling.conversation = offering(filling.work, filling.conversation, None)
        if agreed:
            return _COMMANDS[pending.kind](filling)
        if agreed is False:
            filling.keep(filling.draft)
            return Progress((), filling=True)
    if filling.turn.choice is not None:
        return None
    if waits(filling.turn.text):
        filling.note("take_your_time")
        filling.keep(filling.draft)
        return Progress(filling.notes, filling=True)
    if GIVES_UP.fullmatch(_words(filling)) or _goes_away(filling):
        return stop(filling)
    for command in CONFIRMED_FIRST:
        if filling.steers(command):
            return _sure(filling, command)
    return _went_back(filling) if filling.steers("go_back") else None


def _goes_away(filling: Filling) -> bool:
    """Whether they leave for now: a time to ring is no reason to leave."""
    if filling.field is not None and filling.field.type == "callback_slot":
        return False
    return leaves_for_now(filling.turn.text) or says_goodbye(filling)


def says_goodbye(filling: Filling) -> bool:
    """Whether a goodbye leaves something that could be kept."""
    said = filling.turn.label == "goodbye" and GOODBYE.search(filling.turn.text) is not None
    return said and worth_keeping(filling.conversation, filling.draft)


def _words(filling: Filling) -> str:
    return " ".join(re.findall(r"[a-z0-9']+", filling.turn.text.lower()))


def _sure(filling: Filling, command: str) -> Progress | None:
    """Obeys a plain command; asks about what only sounds like one, but in a free text."""
    if PLAIN[command].fullmatch(_words(filling)):
        return _COMMANDS[command](filling)
    if filling.field is not None and filling.field.type == "text":
        return None
    filling.conversation = offering(filling.work, filling.conversation, command)
    filling.keep(filling.draft)
    return Progress((), filling=True)


def stop(filling: Filling) -> Progress:
    """Drops the draft as asked; nothing of it is sent to anybody. It is kept only with a yes."""
    if not filling.alarmed:
        filling.note("stopped")
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


_COMMANDS = {"stop": stop, "start_again": _start_again}
