"""A question that the resident does not know the answer to, or would rather not answer."""

from __future__ import annotations

import re

from casework.use_cases.ask_again import again
from casework.use_cases.filling import Filling
from casework.use_cases.finish_draft import go_on
from casework.use_cases.identity_asked import CASE_REF, CASE_STATUS
from casework.use_cases.office import Progress, speak

TEAM_FINDS_OUT = frozenset(
    {"date", "date_past", "money", "reference", "account_ref", "registration"}
)
"""Types that staff can find out for somebody who does not know, even with help: no question asked
later depends on them."""

_SKIPS = re.compile(
    r"(?i)\W*(?:(?:please |just )*skip(?: it| this| that)?(?: please)?|pass|leave (?:it|that|this)"
    r"(?: blank| out)?|(?:it )?doesn'?t matter|next(?: question| one)?(?: please)?|"
    r"rather not(?: say)?|none|"
    r"(?:no[, ]+)?i(?:'d| would) (?:rather|prefer) not\b.*)\W*"
)

_LEAVES_OUT = re.compile(
    r"(?i)\W*(?:(?:can|could|may) (?:we|i|you) |please |just |let'?s |"
    r"i(?:'ll| will| want to|'d like to) )*(skip|pass on|miss out|leave out)"
    r"( (?:it|this|that|over)?( ?(?:one|question|bit|part|that|this))?)?( please| thanks)*\W*"
    r"|\W*(?:(i'd )?rather not( say)?|next question)\W*"
)

_LEAD = r"\W*(?:(?:oh|er+m?|um+|well|sorry|no|honestly|actually|i'm afraid|to be honest|god)\W+)*"
_LACKS = (
    r"(?:(?:i|we)\W+)?(?:really |honestly |just |still )*(?:"
    r"(?:do ?n[o']?t|dont|don'?t|didn'?t|do not|did not) (?:really |actually )?"
    r"(?:know|no|remember|recall|have a clue)"
    r"|(?:can|could)(?:no|n'?)t (?:really )?(?:remember|recall|say|tell(?: you)?|see|read|find|"
    r"make it out)|have(?: no|n'?t| not)(?: got)? (?:a clue|the foggiest|a scooby|any idea|idea)"
    r"|have(?: no|n'?t| not)(?: got)? (?:it|that|them)(?: on me| to hand| with me| here)?"
    r"|(?:'m |am )?(?:not|un) ?sure|dunno|forget|'?(?:ve )?forgotten|wouldn'?t know|couldn'?t say"
    r"|(?:'?d|would|will|'ll)(?: have to| need to)? (?:look|check|find out|ask)"
    r"(?: it up| up| that up)?)"
    r"|no(?:t got)? (?:idea|clue)|not (?:a clue|the foggiest|a scooby|on me)|dunno|idk|no idea"
    r"|search me|your guess is as good as mine|who knows|haven'?t a clue|unknown|not known"
)
_UNKNOWN = re.compile(rf"(?i){_LEAD}(?:{_LACKS})\b(?P<rest>.*)")
"""Says that the answer is not known."""

_ADDS_NOTHING = re.compile(
    r"(?i)\W*(?:(?:mate|love|sorry|really|at all|exactly|off ?hand|right now|at the moment|to be "
    r"honest|i'?m afraid|though|actually|that|it|what it is|that one|the answer|you'?ll have to "
    r"ask \w+|(?:i|we|it) (?:could|can|did|was|were|do|am|have|had)(?:n'?t| not| no)?\b.*"
    r"|(?:it'?s|it is|it was|its) (?:too )?(?:dark|far|dirty|covered|faded|hidden|lost|gone|not "
    r"there|in the (?:car|house|other room))\b.*)\W*)*"
)
"""What may follow it without telling anything."""

KNOWS_LITTLE = 14
"""Words up to which a reply that begins so is no more than that."""

_NOTHING = re.compile(
    r"(?i)\W*(?:no+|nope|nah|none|nothing|nobody|not really|"
    r"no[, ]+(?:thanks?|thank you|one|nothing)|nothing (?:else|really)|that'?s (?:it|all))"
    r"(?:[, ]+(?:thanks?|thank you|please))?\W*"
)
"""A no to a question that asks for a text: "don't leave a message" answers it."""


def leave_open(filling: Filling) -> Progress | None:
    """ "I don't know": left open where that may be, else how to find it."""
    use = filling.use
    if use is None or not leaves_open(filling):
        return None
    if filling.service.id == CASE_STATUS and use.field.id == CASE_REF:
        # Whoever shows who they are hears of their cases without it.
        filling.answer(CASE_REF, None)
        return go_on(filling)
    if use.field.may_be_unknown:
        filling.note("left_open")
        filling.answer(use.field.id, None)
        return go_on(filling)
    if filling.draft.tries and use.field.type in TEAM_FINDS_OUT:
        filling.note("left_unknown")
        filling.answer(use.field.id, None)
        return go_on(filling)
    if use.field.help:
        said = speak(
            filling.office,
            filling.conversation,
            "field_help",
            service=filling.shown,
            help=use.field.help,
        )
        filling.notes = (*filling.notes, said)
    return again(filling)


def skips(filling: Filling) -> bool:
    """Whether the resident would rather go past the question that was asked."""
    if filling.turn.choice is not None:
        return filling.turn.choice == "skip"
    declined = any(filling.steers(label) for label in ("deny", "stop"))
    if filling.field is not None and filling.field.type == "text":
        declined = _NOTHING.fullmatch(filling.turn.text) is not None
    if filling.field is not None and filling.field.type == "yes_no":
        # A no is the answer.
        declined = filling.steers("stop")
    declined = declined or leaves_open(filling)
    return declined or _SKIPS.fullmatch(filling.turn.text) is not None


def leaves_open(filling: Filling) -> bool:
    """Whether the resident does not know the answer, or will not give it."""
    if filling.turn.choice is not None:
        return False
    skipped = _LEAVES_OUT.fullmatch(filling.turn.text) is not None
    return skipped or filling.steers("dont_know") or _does_not_know(filling)


def _does_not_know(filling: Filling) -> bool:
    """Whether the words say so. Where a text is asked for, nothing else may be told with them."""
    said = filling.turn.text
    unknown = _UNKNOWN.fullmatch(said)
    if unknown is None or len(said.split()) > KNOWS_LITTLE:
        return False
    free = filling.field is not None and filling.field.type == "text"
    return not free or _ADDS_NOTHING.fullmatch(unknown["rest"]) is not None
