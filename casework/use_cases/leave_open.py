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

_UNKNOWN = re.compile(
    r"(?i)\W*(?:(?:sorry|oh|um+|er+m?|well)\W+)*(?:i )?(?:(?:do not|don'?t)(?: really| actually)? "
    r"know|dunno|have no idea|no idea|(?:can'?t|cannot|couldn'?t) (?:read|see|tell|make) (?:it|"
    r"that)"
    r"(?: out)?)(?:\W+(?:sorry|i (?:couldn'?t|can'?t|didn'?t|don'?t|was) .{1,40}|it (?:was|is) "
    r".{1,40}"
    r"|it'?s .{1,40}))?\W*"
)
"""Does not know, with the reason behind it."""

_LEAVES_OUT = re.compile(r"(?i)\W*(skip( it| this)?|(i'd )?rather not( say)?)\W*")

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
    declined = declined or filling.steers("dont_know") or _does_not_know(filling)
    return declined or _SKIPS.fullmatch(filling.turn.text) is not None


def leaves_open(filling: Filling) -> bool:
    """Whether the resident does not know the answer, or will not give it."""
    if filling.turn.choice is not None:
        return False
    skipped = _LEAVES_OUT.fullmatch(filling.turn.text) is not None
    return skipped or filling.steers("dont_know") or _does_not_know(filling)


def _does_not_know(filling: Filling) -> bool:
    """Whether the words themselves say so; a description may hold them."""
    described = filling.field is not None and filling.field.type == "text"
    return not described and _UNKNOWN.fullmatch(filling.turn.text) is not None
