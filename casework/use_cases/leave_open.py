"""A question that the resident does not know the answer to, or would rather not answer."""

from __future__ import annotations

import re

from casework.domain.catalogue import FieldUse
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

BY_KEYS = "keypad"
"""Flag of a call in which answers come by the keys of the telephone."""

UNKEYABLE = frozenset({"text", "person_name", "email", "registration", "reference"})
"""Types that keys cannot say."""

_SKIPS = re.compile(
    r"(?i)\W*(?:skip(?: it| this)?|pass|leave it(?: blank)?|rather not(?: say)?|none|"
    r"(?:no[, ]+)?i(?:'d| would) (?:rather|prefer) not\b.*)\W*"
)

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


def may_be_left_out(filling: Filling, use: FieldUse) -> bool:
    """Whether a field may be skipped; in danger nearly all may, where no contact is safe, how to
    get in touch, and by a caller who uses keys alone, whatever no keys can say."""
    if filling.unsafe and use.field.id == "contact":
        return True
    if use.optional or (filling.alarmed and use.field.id != "phone"):
        return True
    by_keys = filling.turn.keyed and BY_KEYS in filling.conversation.flags
    return by_keys and use.field.type in UNKEYABLE


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
    declined = declined or filling.steers("dont_know")
    return declined or _SKIPS.fullmatch(filling.turn.text) is not None


def leaves_open(filling: Filling) -> bool:
    """Whether the resident does not know the answer, or will not give it."""
    if filling.turn.choice is not None:
        return False
    skipped = _LEAVES_OUT.fullmatch(filling.turn.text) is not None
    return skipped or filling.steers("dont_know")
