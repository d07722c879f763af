"""Hears the yes or the no to a read-back: only a clear yes sends."""

from __future__ import annotations

import re
from dataclasses import replace

from casework.domain.assent import answers_offer
from casework.domain.catalogue import PERSON
from casework.domain.conversations import SAFETY
from casework.domain.drafts import CONFIRM
from casework.domain.plain_words import plain_words
from casework.ports.reading import Read
from casework.use_cases.ask_again import again
from casework.use_cases.check_sense import heard_well
from casework.use_cases.filling import YES_NO, Filling, agrees
from casework.use_cases.finish_draft import finish_draft
from casework.use_cases.office import Progress

NO_AND = re.compile(
    r"(?i)\W*(?:no+|nope|nah)\b[\s,.!]+(?:(?:thanks?|thank you|no)\b[\s,.!]*)*(?P<rest>\S.*)"
)
"""A no with more behind it: "no, that's right" is as much a yes."""

YES_BUT = re.compile(
    r"(?i)\W*(?:yes|yeah|yep|yup|ok(?:ay)?|right)\b[\s,]+(?:but|except|only|apart from)\b"
)
"""Agrees to all but something."""

WRONG = re.compile(r"(?i)\b(?:wrong|incorrect|mistakes?|not (?:right|correct))\b")

YES_AND = re.compile(
    r"(?i)\W*(?:yes|yeah|yep|yup)\b.{0,20}?\b(?:and|also)\b(?P<rest>(?:\W+\w+){3,})"
)
"""A yes with another request behind it."""

SENDS = re.compile(
    r"(?:(?:yes|ok|okay|please|just|no|now) )*(?:carry on|continue|proceed|go on|go ahead|send(?: "
    r"it| "
    r"this| that)?(?: off| in)?|submit(?: it)?)(?: (?:please|then|now|thanks|thank you))*"
)
"""Has it sent, in other words than yes."""

PLAUSIBLE = 0.05
"""Probability below which a guess at that request is not worth offering."""


def confirm(filling: Filling) -> Progress | None:
    """The reply to a read-back; None at any other question, and for what is no reply to it."""
    if filling.draft.asking != CONFIRM:
        return None
    if _says_both(filling):
        return again(filling)
    agreed = agrees(filling.office, filling.turn)
    if agreed is None and filling.turn.choice is None and _sends(filling.turn.text):
        agreed = True
    reserved = filling.turn.choice is None and YES_BUT.match(filling.turn.text)
    if reserved or (agreed is not False and WRONG.search(filling.turn.text)):
        agreed = None if filling.draft.changing else False
    if agreed is None:
        return None
    if filling.draft.changing:
        # "Which part?" "It's fine as it is": read back once more, for a yes to all of it.
        filling.draft = replace(filling.draft, changing=False)
        return again(filling)
    if agreed and not heard_well(filling.turn) and not filling.draft.tries:
        return again(filling)
    if agreed:
        _keep_the_rest(filling)
        filling.draft = replace(filling.draft, yes_turn_id=filling.turn.id)
        return finish_draft(filling)
    filling.keep(replace(filling.draft, changing=True))
    return Progress((), filling=True)


def _sends(text: str) -> bool:
    """Whether a reply that holds no plain yes has it sent: "carry on", "I suppose so"."""
    return SENDS.fullmatch(plain_words(text)) is not None or answers_offer(text) is True


def _says_both(filling: Filling) -> bool:
    """Whether a no is followed by nothing but a yes."""
    both = NO_AND.fullmatch(filling.turn.text) if filling.turn.choice is None else None
    if both is None:
        return False
    office, yes = filling.office, Read(True)
    # "No, that is all correct" says only one thing.
    whole, rest = (
        office.reader.read(YES_NO, said, office.context())
        for said in (filling.turn.text, both["rest"])
    )
    return rest == yes and whole != yes


def _keep_the_rest(filling: Filling) -> None:
    """Keeps what is asked for in one breath with the yes, to be offered afterwards."""
    turn, services = filling.turn, filling.office.council.services
    if turn.choice is not None or YES_AND.match(turn.text) is None:
        return
    unfit = {*SAFETY, PERSON, filling.service.id, filling.shown, *filling.conversation.kept}
    likely = [label for label, p in ((turn.label, 1.0), *turn.ranking) if p >= PLAUSIBLE]
    asked = next((one for one in likely if one in services and one not in unfit), None)
    if asked is not None:
        kept = (*filling.conversation.kept, asked)
        filling.conversation = replace(filling.conversation, kept=kept)
        filling.work.conversations.save(filling.conversation)
